"""A question about figures, as the handlers ask it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.figures import Period

HEADLINE = "funds_outside_city"  # what is meant when no indicator is said
OPEN_START, OPEN_END = dt.date(1900, 1, 1), dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; a field left None was neither said nor carried over."""

    metric: str | None = None
    unit_id: int | None = None
    person_id: int | None = None
    period: Period | None = None
    origin: str | None = None
    compare: str | None = None  # yoy, mom
    filters: Mapping[str, Any] = field(default_factory=dict)  # slots of list_projects
    tier: str | None = None  # base, stretch
    aspect: str | None = None  # completion, gap, pace, forecast, target
    order: str | None = None  # top, bottom
    limit: int | None = None
    position: int | None = None
    group: str | None = None  # a group of units, else a kind (its code or label)


def question_of(slots: Mapping[str, Any], *, unit_id: int | None = None, person_id: int | None = None) -> Question:
    """Return the question that slots ask; names must have been linked to ids."""
    plain = {name: slots[name] for name in PLAIN_SLOTS if slots.get(name) is not None}
    return Question(
        unit_id=unit_id,
        person_id=person_id,
        period=period_of(slots.get("period")),
        filters=dict(slots.get("filters") or {}),
        **plain,
    )


PLAIN_SLOTS = ("metric", "origin", "compare", "tier", "aspect", "order", "limit", "position", "group")


def period_of(value: Mapping[str, str | None] | None) -> Period | None:
    """Return a period slot as a Period; an open side reaches as far as dates do."""
    if not value:
        return None
    start, end = value.get("start"), value.get("end")
    return Period(
        dt.date.fromisoformat(start) if start else OPEN_START,
        dt.date.fromisoformat(end) if end else OPEN_END,
    )
