"""Land and floor space in square metres: 300亩, 8000㎡, 20公顷."""

from fractions import Fraction
from typing import Any

from bot.parsing.grammar.numerals import Numeral
from bot.parsing.grammar.values import plain

_SQUARE_METRES = {
    "亩": Fraction(2000, 3), "公顷": Fraction(10_000), "平方公里": Fraction(1_000_000), "平方千米": Fraction(1_000_000),
}  # fmt: skip


def area(number: Numeral, unit: str) -> dict[str, Any]:
    """Return a surface in the contract's shape."""
    factor = _SQUARE_METRES.get(unit.strip(), Fraction(1))
    low, high = (None if end is None else plain(Fraction(end) * factor) for end in (number.low, number.high))
    return {"square_metres": low if low == high else {"min": low, "max": high}}
