"""The week's to-dos of a person: follow-ups of own visits, those overdue, and reminders."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from domain import reminders
from domain.directory import display_names
from domain.figures import Figure, Period
from domain.models import Person, Visit, VisitEnterprise
from domain.unit_of_work import UnitOfWork

OVERDUE_DAYS = 60  # what was left longer is no to-do of this week


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person has to do this week."""

    person_id: int
    values: Mapping[str, Any]  # due, overdue, reminders, total; the words are the wording's
    figures: Sequence[Figure]


def of(uow: UnitOfWork, people: Iterable[Person]) -> list[Digest]:
    """Return the digests of people, each empty list included: that nothing is due is worth knowing too."""
    people = list(people)
    week = this_week(uow)
    follow_ups = _open_follow_ups(uow, week)
    names = display_names(people)
    return [_digest(uow, person, week, [one for one in follow_ups if _own(one, person, names)]) for person in people]


def this_week(uow: UnitOfWork) -> Period:
    """Return Monday to Sunday of the week of `now`."""
    monday = uow.today - dt.timedelta(days=uow.today.weekday())
    return Period(monday, monday + dt.timedelta(days=6))


def _digest(uow: UnitOfWork, person: Person, week: Period, visits: Sequence[Visit]) -> Digest:
    overdue = [_item(visit) for visit in visits if _last_day(visit) < uow.today]
    due = [_item(visit) for visit in visits if _last_day(visit) >= uow.today]
    rings = [
        {"text": reminder.text, "moment": moment.isoformat()}
        for moment, reminder in reminders.within(uow, person.id, week)
        if moment >= uow.now
    ]
    total = len(overdue) + len(due) + len(rings)
    count = Figure(
        metric="row_count",
        unit=person.unit.name,
        period=week,
        value=Decimal(total),
        value_unit="count",
        as_of=uow.today,
        subject=person.name,
    )
    values = {"name": person.name, "week": week.as_json(), "due": due, "overdue": overdue, "reminders": rings}
    return Digest(person.id, values | {"total": total}, [count])


def _open_follow_ups(uow: UnitOfWork, week: Period) -> list[Visit]:
    """Return the visits whose next step is due this week or overdue, and whose firms were not seen again since."""
    last = func.coalesce(Visit.follow_up_end, Visit.follow_up_start)
    first = func.coalesce(Visit.follow_up_start, Visit.follow_up_end)
    query = (
        select(Visit)
        .where(first <= week.end, last >= week.start - dt.timedelta(days=OVERDUE_DAYS))
        .options(selectinload(Visit.enterprises))
        .order_by(last, Visit.id)
    )
    visits = list(uow.session.scalars(query))
    seen = _last_contacts(uow, visits)
    return [
        visit
        for visit in visits
        if all(seen.get((visit.unit_id, firm.id), visit.date) <= visit.date for firm in visit.enterprises)
    ]


def _last_contacts(uow: UnitOfWork, visits: Sequence[Visit]) -> dict[tuple[int, int], dt.date]:
    firms = {firm.id for visit in visits for firm in visit.enterprises}
    query = (
        select(Visit.unit_id, VisitEnterprise.enterprise_id, func.max(Visit.date))
        .join(VisitEnterprise, VisitEnterprise.visit_id == Visit.id)
        .where(VisitEnterprise.enterprise_id.in_(firms), Visit.date <= uow.today, Visit.planned.is_(False))
        .group_by(Visit.unit_id, VisitEnterprise.enterprise_id)
    )
    return {(unit, firm): day for unit, firm, day in uow.session.execute(query)}


def _own(visit: Visit, person: Person, names: Mapping[int, str]) -> bool:
    """Tell whether a visit is a person's: recorded by them, or with them among those of their unit who went."""
    if visit.recorded_by is not None:
        return visit.recorded_by == person.id
    return visit.unit_id == person.unit_id and bool({person.name, names[person.id]} & set(visit.participants))


def _last_day(visit: Visit) -> dt.date:
    day = visit.follow_up_end or visit.follow_up_start
    assert day is not None
    return day


def _item(visit: Visit) -> dict[str, Any]:
    return {
        "date": _last_day(visit).isoformat(),
        "firms": [firm.short_name or firm.name for firm in visit.enterprises],
        "next_step": visit.next_step,
        "visited": visit.date.isoformat(),
    }
