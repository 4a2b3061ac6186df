"""Land and floor space in square metres: 300亩, 8000㎡, 20公顷."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from bot.parsing.grammar.numerals import Numeral
from bot.parsing.grammar.values import plain

_SQUARE_METRES = {
    "亩": Fraction(2000, 3), "公顷": Fraction(10_000), "平方公里": Fraction(1_000_000), "平方千米": Fraction(1_000_000),
}  # fmt: skip
_KEPT = 512  # people say the same few sizes over and over


def area(number: Numeral, unit: str) -> dict[str, Any]:
    """Return a surface in the contract's shape."""
    low = _square_metres(number.low, unit)
    high = low if number.high == number.low else _square_metres(number.high, unit)
    return {"square_metres": low if low == high else {"min": low, "max": high}}


@lru_cache(_KEPT)
def _square_metres(number: Decimal | None, unit: str) -> int | float | None:
    return None if number is None else plain(Fraction(number) * _SQUARE_METRES.get(unit.strip(), Fraction(1)))
