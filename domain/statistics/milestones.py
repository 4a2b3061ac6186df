"""Milestones as conditions on a project: dated, reached, ended."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from domain.codes import LADDER
from domain.models import Milestone, Project


def ladder_from(kind: str) -> Sequence[str]:
    """Return the milestones whose date says that `kind` is reached."""
    return LADDER[LADDER.index(kind) :] if kind in LADDER else (kind,)


def dated(
    kinds: Sequence[str],
    start: dt.date | None = None,
    end: dt.date | None = None,
    before: dt.date | None = None,
) -> ColumnElement[bool]:
    """Tell whether the project has one of these milestones dated within the days, and before a day."""
    step = aliased(Milestone)
    found = select(step.id).where(step.project_id == Project.id, step.kind.in_(kinds), step.date.is_not(None))
    if start is not None:
        found = found.where(step.date >= start)
    if end is not None:
        found = found.where(step.date <= end)
    if before is not None:
        found = found.where(step.date < before)
    return exists(found.correlate(Project))


def reached(kind: str, day: dt.date) -> ColumnElement[bool]:
    """Tell whether the project has reached a milestone, or a later one of the ladder, by a day."""
    return dated(ladder_from(kind), end=day)


def ended(day: dt.date) -> ColumnElement[bool]:
    """Tell whether the project is terminated by a day."""
    return dated(("terminated",), end=day)
