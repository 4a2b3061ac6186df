"""Numbers in the contract's shape: whole as int, ranges and open ends as min and max."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from bot.parsing.grammar.numerals import Numeral


def plain(value: Decimal | Fraction | None) -> int | float | None:
    """Return a JSON number, whole where it is whole."""
    if value is None:
        return None
    whole = int(value)
    return whole if value == whole else float(value)


def spread(number: Numeral) -> Any:
    """Return one number, or its bounds."""
    low = plain(number.low)
    high = low if number.high == number.low else plain(number.high)
    return low if low == high else {"min": low, "max": high}
