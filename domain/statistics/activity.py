"""Work done: visits, trips, receptions, leads and issues solved."""

import json
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.directory import display_names
from domain.models import Issue, Lead, Person, Project, Trip, Visit, VisitEnterprise
from domain.statistics.cohorts import filters_of, meant
from domain.statistics.scope import Scope, Tallies, Tally, by_day, combined, rates, tally
from domain.unit_of_work import UnitOfWork

OWN_COLUMN = ("event", "industry")  # filters a visit has itself; the others go by its project


def visits(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Count firms times records of visits paid."""
    base = visited(uow, scope)
    sums = tally(uow, scope, base, by_day(Visit.unit_id), func.count())
    return {place: Tally(parts[0]) for place, parts in sums.items()}


def enterprises_visited(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Count the distinct firms of visits paid; what trips say without names is `reported`, never added."""
    base = visited(uow, scope)
    named = tally(uow, scope, base, by_day(Visit.unit_id), func.count(VisitEnterprise.enterprise_id.distinct()))
    said = tally(uow, scope, trip_rows(uow, scope), by_day(Trip.unit_id), func.sum(Trip.enterprise_count))
    return {place: Tally(one, reported=other or None) for place, (one, other) in combined(named, said).items()}


def receptions(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Count the records of firms received."""
    sums = tally(uow, scope, visit_rows(uow, scope, "inbound"), by_day(Visit.unit_id), func.count())
    return {place: Tally(parts[0]) for place, parts in sums.items()}


def trips(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Count the outbound trips that start in the period."""
    sums = tally(uow, scope, trip_rows(uow, scope), by_day(Trip.unit_id), func.count())
    notes = ("filters_ignored",) if filters_of(scope) else ()
    return {place: Tally(parts[0], notes=notes) for place, parts in sums.items()}


def leads(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Count the leads registered in the period."""
    sums = tally(uow, scope, lead_rows(uow, scope), by_day(Lead.unit_id), func.count())
    notes = ("filters_ignored",) if filters_of(scope).keys() - {"industry"} else ()
    return {place: Tally(parts[0], notes=notes) for place, parts in sums.items()}


def lead_valid_rate(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Return the share of the leads registered in the period that were judged valid."""
    valid = func.sum(case((Lead.judgement == "valid", 1), else_=0))
    sums = tally(uow, scope, lead_rows(uow, scope), by_day(Lead.unit_id), valid, func.count())
    return rates(sums, "no_leads")


def issue_solved_rate(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Return the share of the issues raised in the period that are solved by E."""
    solved = func.sum(case((Issue.solved_on <= scope.period.end, 1), else_=0))
    sums = tally(uow, scope, issue_rows(uow, scope), Project.unit_id, solved, func.count())
    return rates(sums, "no_issues")


def visited(uow: UnitOfWork, scope: Scope) -> Select[Any]:
    """Return one row a firm and record of visits paid."""
    return visit_rows(uow, scope, "outbound").join(VisitEnterprise, VisitEnterprise.visit_id == Visit.id)


def visit_rows(uow: UnitOfWork, scope: Scope, mode: str) -> Select[Any]:
    """Return the done records of a mode in the period."""
    rows = select(Visit.id).where(Visit.mode == mode, Visit.planned.is_(False), *_on(scope, Visit.date))
    if scope.person:
        rows = rows.where(took_part(uow, scope.person))
    filters = filters_of(scope)
    if "event" in filters:
        rows = rows.where(Visit.event == filters["event"])
    if "industry" in filters:
        rows = rows.where(Visit.industry.contains(filters["industry"], autoescape=True))
    if filters.keys() - set(OWN_COLUMN):
        rows = rows.where(Visit.project_id.in_(select(Project.id).where(*meant(uow, scope))))
    return rows


def took_part(uow: UnitOfWork, person: Person) -> ColumnElement[bool]:
    """Return the condition that a person recorded a visit or is named among ours."""
    return or_(Visit.recorded_by == person.id, *(names(Visit.participants, name) for name in called(uow, person)))


def called(uow: UnitOfWork, person: Person) -> set[str]:
    """Return the names a person goes by in records; the bare one only where no other person has it."""
    namesakes = uow.session.scalars(select(Person).where(Person.name == person.name)).all()
    return {display_names(namesakes)[person.id]}


def names(column: InstrumentedAttribute[list[str]], name: str) -> ColumnElement[bool]:
    """Return the condition that a JSON list of names holds a name, in either database."""
    text = cast(column, Text)
    # the driver may have written the list with or without escapes
    written = {json.dumps(name, ensure_ascii=ascii_only) for ascii_only in (True, False)}
    return or_(*(text.contains(quoted, autoescape=True) for quoted in sorted(written)))


def trip_rows(uow: UnitOfWork, scope: Scope) -> Select[Any]:
    """Return the trips that start in the period."""
    rows = select(Trip.id).where(*_on(scope, Trip.start))
    return rows.where(Trip.leader.in_(called(uow, scope.person))) if scope.person else rows


def lead_rows(uow: UnitOfWork, scope: Scope) -> Select[Any]:
    """Return the leads registered in the period."""
    rows = select(Lead.id).where(*_on(scope, Lead.registered_on))
    if scope.person:
        rows = rows.where(Lead.registered_by.in_(called(uow, scope.person)))
    trade = filters_of(scope).get("industry")
    return rows.where(Lead.industry.contains(trade, autoescape=True)) if trade else rows


def issue_rows(uow: UnitOfWork, scope: Scope) -> Select[Any]:
    """Return the issues raised in the period, with their projects."""
    return select(Issue.id).join(Project).where(*meant(uow, scope), *_on(scope, Issue.raised_on))


def _on(scope: Scope, day: Any) -> list[ColumnElement[bool]]:
    return [day >= scope.period.start, day <= scope.period.end]
