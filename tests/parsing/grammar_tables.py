"""Short ways to write what a mention should be worth."""

from datetime import datetime
from typing import Any

from bot.parsing.mention import Mention
from bot.parsing.quantities import find_quantities

AT = datetime.fromisoformat("2026-03-18T10:00:00+08:00")  # a Wednesday


def days(start: str | None, end: str | None = None) -> dict[str, Any]:
    """Return a day, or the days from one to another."""
    return {"start": start, "end": end or start}


def onwards(start: str) -> dict[str, Any]:
    """Return the days from one on."""
    return {"start": start, "end": None}


def due(day: str) -> dict[str, Any]:
    """Return a deadline."""
    return {"start": day, "end": day, "deadline": True}


def clock(day: str, hour: str) -> str:
    """Return a moment of the tests' time zone."""
    return f"{day}T{hour}:00+08:00"


def yuan(low: int | None, high: int | None = None, **more: Any) -> dict[str, Any]:
    """Return exact money, or money between two bounds."""
    return {"min": low, "max": low if high is None else high, "currency": "CNY"} | more


def yuan_from(low: int) -> dict[str, Any]:
    """Return money with no upper bound."""
    return {"min": low, "max": None, "currency": "CNY"}


def yuan_up_to(high: int) -> dict[str, Any]:
    """Return money with no lower bound."""
    return {"min": None, "max": high, "currency": "CNY"}


def span(low: Any, high: Any) -> dict[str, Any]:
    """Return a range or an open end."""
    return {"min": low, "max": high}


def only(text: str) -> Mention:
    """Return the single mention of a text."""
    found = find_quantities(text, AT)
    assert len(found) == 1, found
    return found[0]


def pairs(text: str) -> list[tuple[str, str]]:
    """Return what was found: words and entity."""
    return [(mention.text, mention.entity) for mention in find_quantities(text, AT)]
