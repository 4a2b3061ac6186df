"""Which projects are meant: lists of a year, events, signings, filters, and the cohort of a rate."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from domain.models import AnnualPlan, Person, Project
from domain.statistics.milestones import dated, ended, reached
from domain.statistics.question import period_of
from domain.statistics.scope import Scope
from domain.unit_of_work import UnitOfWork

VAGUE = Decimal("0.1")  # an amount said as "about" is matched within a tenth
SCOPE_SLOTS = ("unit",)  # bound by the scope, not a choice of projects
Condition = ColumnElement[bool]


def meant(uow: UnitOfWork, scope: Scope) -> list[Condition]:
    """Return the conditions of the question's filters, origin and person on a project."""
    return chosen(uow, filters_of(scope), scope.period.end, scope.year, scope.person)


def filters_of(scope: Scope) -> dict[str, Any]:
    """Return what narrows the question: its filters, and its origin as one of them."""
    filters = {name: value for name, value in scope.question.filters.items() if name not in SCOPE_SLOTS}
    return filters | ({"origin": scope.question.origin} if scope.question.origin else {})


def cohort_label(scope: Scope) -> str:
    """Return the name of a rate's cohort: the list, the event, else the signed projects."""
    return str(scope.question.filters.get("list") or scope.question.filters.get("event") or "signed")


def cohort(uow: UnitOfWork, scope: Scope) -> list[Condition]:
    """Return the conditions of a rate's cohort.

    The list or event named; else what the filters choose, signed by the as-of day; else the projects
    signed in the period when one was said; else all signed by the as-of day.
    """
    filters = filters_of(scope)
    conditions = chosen(uow, filters, scope.period.end, scope.year, scope.person, ended_too=True)
    if cohort_label(scope) != "signed":
        return conditions
    start = scope.period.start if scope.said and not filters else None
    return [*conditions, dated(("signed",), start, scope.period.end)]


def chosen(
    uow: UnitOfWork,
    filters: Mapping[str, Any],
    day: dt.date,
    year: int,
    person: Person | None = None,
    *,
    ended_too: bool = False,
) -> list[Condition]:
    """Return the conditions that the slots of list_projects put on a project, as of a day.

    A list by stage leaves out what has ended; a rate's cohort keeps it (`ended_too`).
    """
    conditions = [make(filters[name], day, year) for name, make in CHOICES.items() if filters.get(name) is not None]
    if filters.get("period") and not _names_the_year(filters):
        conditions.append(_dated_in(filters))
    by_stage = {"stage", "milestone_missing"} & filters.keys() and filters.get("stage") != "terminated"
    if by_stage and not ended_too:
        conditions.append(~ended(day))
    name = person.name if person else filters.get("person")
    if name:
        conditions.append(Project.id.in_(projects_of(uow, name)))
    return conditions


def in_list(name: str, year: int) -> Condition:
    """Tell whether a project is in a list in a year: its plan rows say so, else its own row always does."""
    packaged = name == "packaged"
    cell: Any = AnnualPlan.packaged if packaged else AnnualPlan.supervision
    own: Any = Project.packaged if packaged else Project.supervision
    code: Any = True if packaged else name
    plan = select(AnnualPlan.id).where(AnnualPlan.project_id == Project.id).correlate(Project)
    said = exists(plan.where(cell.is_not(None)))
    return or_(exists(plan.where(AnnualPlan.year == year, cell == code)), and_(own == code, ~said))


def projects_of(uow: UnitOfWork, person: str) -> list[int]:
    """Return the projects a person answers for, as leader or staff."""
    bare = person.split("(", maxsplit=1)[0]
    near = or_(Project.staff.contains(bare, autoescape=True), Project.leader.contains(bare, autoescape=True))
    query = select(Project.id, Project.staff, Project.leader).where(near)
    return [found for found, *cells in uow.session.execute(query) if {person, bare} & _names(*cells)]


def _names(*cells: str | None) -> set[str]:
    return {name for cell in cells if cell for name in re.split(r"[^\w()·]+", cell)}


def _names_the_year(filters: Mapping[str, Any]) -> bool:
    """Tell whether the period is the year of a list, not one of signing."""
    period = filters["period"]
    whole_year = str(period.get("start"))[4:] == "-01-01" and str(period.get("end"))[4:] == "-12-31"
    return bool(filters.get("list")) and not filters.get("stage") and whole_year


def _dated_in(filters: Mapping[str, Any]) -> Condition:
    period = period_of(filters["period"])
    assert period is not None
    return dated((filters.get("stage") or "signed",), period.start, period.end)


def _invested(amount: Mapping[str, Any]) -> Condition:
    low, high = amount.get("min"), amount.get("max")
    spread = VAGUE if amount.get("approx") else Decimal(0)
    bounds = []
    if low is not None:
        bounds.append(Project.total_investment >= Decimal(low) * (1 - spread))
    if high is not None:
        bounds.append(Project.total_investment <= Decimal(high) * (1 + spread))
    return and_(*bounds)


def _of_trade(word: str) -> Condition:
    columns = (Project.industry, Project.industry_class)
    return or_(*(column.contains(word, autoescape=True) for column in columns))


CHOICES: Mapping[str, Callable[[Any, dt.date, int], Condition]] = {
    "list": lambda name, _day, year: in_list(name, year),
    "event": lambda name, _day, _year: Project.event == name,
    "origin": lambda code, _day, _year: Project.origin == code,
    "industry": lambda word, _day, _year: _of_trade(word),
    "amount": lambda amount, _day, _year: _invested(amount),
    "stage": lambda kind, day, _year: reached(kind, day),
    "milestone_missing": lambda kind, day, _year: ~reached(kind, day),
    "days_since_signed": lambda days, day, _year: dated(("signed",), end=day - dt.timedelta(days=int(days))),
}
