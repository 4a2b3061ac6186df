"""Tells whether a value has the shape contract §2 gives its slot."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from domain.codes import VISIT_RESULTS
from domain.reminders import REPEATS

LISTS = frozenset({"enterprises", "participants", "contacts"})
CHOICES = {"mode": ("outbound", "inbound", "remote", "event"), "result": VISIT_RESULTS, "repeat": REPEATS}
DAYS = ("date", "follow_up")
QUANTITIES = ("amount", "land_mu", "people_count")
EARLIEST_YEAR, LATEST_YEAR = 1949, 2199  # outside them a year is a slip of the tongue or an attack


def fits(slot: str, value: Any) -> bool:
    """Tell whether a value can stand in a slot."""
    if slot in CHOICES:
        return value in CHOICES[slot]
    if slot in DAYS:
        return isinstance(value, Mapping) and _days(value)
    if slot in QUANTITIES:
        return _quantity(value)
    if slot == "moment":
        return isinstance(value, str) and _moment(value)
    if slot in LISTS:
        return isinstance(value, str) or (
            isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
        )
    return isinstance(value, str) and bool(value.strip())


def _days(value: Mapping[str, Any]) -> bool:
    sides = [value[side] for side in ("start", "end") if value.get(side)]
    return bool(sides) and all(isinstance(side, str) and _moment(side) for side in sides)


def _quantity(value: Any) -> bool:
    sides = (value.get("min"), value.get("max")) if isinstance(value, Mapping) else (value,)
    return any(side is not None for side in sides) and all(
        side is None or (isinstance(side, int | float) and not isinstance(side, bool)) for side in sides
    )


def _moment(text: str) -> bool:
    try:
        return EARLIEST_YEAR <= dt.datetime.fromisoformat(text).year <= LATEST_YEAR
    except ValueError:
        return False
