"""The value a number has with its unit: money, land, a share or a plain count."""

from typing import Any

from bot.parsing.grammar.areas import area
from bot.parsing.grammar.money import money
from bot.parsing.grammar.numerals import Numeral
from bot.parsing.grammar.ratios import ratio
from bot.parsing.grammar.values import spread


def value_of(entity: str, number: Numeral, unit: str) -> Any:
    """Return a number in the shape the contract gives the entity."""
    if entity == "money":
        return money(number, unit)
    if entity == "area":
        return area(number, unit)
    return ratio(number, unit) if entity == "ratio" else spread(number)
