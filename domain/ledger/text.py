"""Plain text and numbers as they stand in cells."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

SPACE = re.compile(r"\s+")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPREADSHEET_DIGITS = 15  # a spreadsheet keeps no more


def clean(text: str) -> str:
    """Return text as the ledger keeps it: no control characters, one kind of line end, no outer blanks."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")).strip()


def folded(text: str) -> str:
    """Return text for comparison: full width folded, no blanks, no case."""
    return SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def text_of(value: Any) -> str:
    """Return any cell as text; empty when there is none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return printed(Decimal(str(value)))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return str(value)


def printed(number: Decimal) -> str:
    """Return a number without exponent or useless zeros."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def to_number(text: str) -> Decimal | None:
    """Return the number a text is, thousands separators allowed; None when it is none."""
    plain = folded(text).replace(",", "")
    if not plain or not set(plain) <= set("0123456789.+-"):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def for_sheet(number: Decimal) -> Decimal | str:
    """Return a number as a cell: text where a spreadsheet would drop digits."""
    digits = number.normalize().as_tuple().digits
    return number if len(digits) <= SPREADSHEET_DIGITS else printed(number)
