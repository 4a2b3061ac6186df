"""The typed rows that stand between the workbook and the tables.

A row holds only what is said, by field: money as Decimal in 元, dates as `dt.date`, a month as its
first day, names as lists, choices as codes, flags as bool, references as names. A quantity is
{"min", "max"} and for money "currency" and "approx" (contract §2); `follow_up` is {"start", "end"}.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]  # by sheet code

PLACE = "@"  # the key under which a row read from a file keeps its Place
REACHED = "reached."
PLANNED = "planned."
SCHEDULE = "schedule."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in a file, and under which headers its fields stood there."""

    file: str
    sheet: str
    row: int
    headers: Mapping[str, str] = field(default_factory=dict)


def place_of(row: Row, sheet: str) -> Place:
    """Return where a row came from; rows made by a program have no file and no number."""
    found: Place | None = row.get(PLACE)
    return found or Place("", sheet, 0)
