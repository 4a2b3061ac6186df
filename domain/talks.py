"""Who talks to a firm: which unit and which person, since when and at which stage, and nothing more (contract §5)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from domain.codes import MILESTONES
from domain.models import Enterprise, Investor, Person, Project, Unit, Visit, VisitEnterprise
from domain.statistics.projects import stage_of
from domain.unit_of_work import UnitOfWork

TALKING_DAYS = 180  # a half-year, as contract §2 counts it in days: who was silent for longer talks no more
ENDED = "terminated"

_visits = (
    select(Visit.unit_id, Unit.name, Person.name, Visit.date)
    .join(VisitEnterprise, VisitEnterprise.visit_id == Visit.id)
    .join(Unit, Unit.id == Visit.unit_id)
    .outerjoin(Person, Person.id == Visit.recorded_by)
    .where(VisitEnterprise.enterprise_id == bindparam("firm"))
    .where(Visit.planned.is_(False), Visit.date <= bindparam("today"))
    .order_by(Visit.date, Visit.id)
)


@dataclass(frozen=True, slots=True)
class Talk:
    """One unit's talk with a firm."""

    unit_id: int
    unit: str
    person: str | None  # who recorded the last visit; without a visit who is responsible for the project
    since: dt.date
    last: dt.date
    stage: str | None = None  # milestone of the unit's furthest project with the firm; None while only talking

    def as_json(self) -> dict[str, Any]:
        """Return the talk as plain values."""
        return {
            "unit": self.unit,
            "person": self.person,
            "since": self.since.isoformat(),
            "last": self.last.isoformat(),
            "stage": self.stage,
        }


def talks_with(uow: UnitOfWork, firm: Enterprise) -> list[Talk]:
    """Return the units that saw a firm in the last half-year or have a project of it under way, the first one first."""
    since = uow.today - dt.timedelta(days=TALKING_DAYS)
    talks = {talk.unit_id: talk for talk in _seen(uow, firm)}
    backed = {talk.unit_id: talk for talk in _backed(uow, firm)}
    current = [talk for unit, talk in talks.items() if unit not in backed and talk.last >= since]
    current += [_together(talks.get(unit), talk) for unit, talk in backed.items()]
    return sorted(current, key=lambda talk: (talk.since, talk.unit))


def _seen(uow: UnitOfWork, firm: Enterprise) -> Iterable[Talk]:
    """Return of each unit the span of its visits to a firm."""
    found: dict[int, Talk] = {}
    for unit_id, unit, person, day in uow.connection.execute(_visits, {"firm": firm.id, "today": uow.today}):
        before = found.get(unit_id)
        first = before.since if before else day
        found[unit_id] = Talk(unit_id, unit, person or (before.person if before else None), first, day)
    return found.values()


def _backed(uow: UnitOfWork, firm: Enterprise) -> Iterable[Talk]:
    """Return of each unit its furthest project with a firm that has begun and not ended."""
    found: dict[int, Talk] = {}
    query = select(Project).join(Investor, Investor.project_id == Project.id).where(Investor.enterprise_id == firm.id)
    for project in uow.session.scalars(query.options(selectinload(Project.milestones), joinedload(Project.unit))):
        reached = sorted(one.date for one in project.milestones if one.date is not None and one.date <= uow.today)
        stage = stage_of(project.milestones, uow.today)
        if stage is None or stage.kind == ENDED:
            continue
        talk = Talk(project.unit_id, project.unit.name, project.staff, reached[0], reached[-1], stage.kind)
        found[project.unit_id] = max(found.get(project.unit_id, talk), talk, key=_progress)
    return found.values()


def _progress(talk: Talk) -> int:
    return MILESTONES.index(talk.stage) if talk.stage in MILESTONES else -1


def _together(seen: Talk | None, backed: Talk) -> Talk:
    """Return one talk of a unit's visits to a firm and its project with it."""
    if seen is None:
        return backed
    since, last = min(seen.since, backed.since), max(seen.last, backed.last)
    return replace(seen, since=since, last=last, stage=backed.stage)
