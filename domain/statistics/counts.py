"""Projects counted: signed, started, producing, fulfilled, and the rates over a cohort."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from domain.models import Project
from domain.statistics.cohorts import cohort, meant
from domain.statistics.funds import total
from domain.statistics.milestones import dated, ended, reached
from domain.statistics.scope import Counting, Scope, Tallies, Tally, rates, tally
from domain.unit_of_work import UnitOfWork

RATE_MILESTONES = {
    "fulfilment_rate": "fulfilled",
    "start_rate": "started",
    "production_rate": "producing",
    "landing_rate": "registered",
}
COUNT_MILESTONES = {"signed_count": "signed", "new_started_count": "started", "producing_count": "producing"}


def dated_in_period(kind: str) -> Counting:
    """Return how projects whose own date of a milestone lies in the period are counted."""

    def count(uow: UnitOfWork, scope: Scope) -> Tallies:
        return _sums(uow, scope, _happened(scope, kind), func.count())

    return count


def signed_amount(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Return the total investment of the projects signed in the period."""
    return _sums(uow, scope, _happened(scope, "signed"), total(Project.total_investment))


def fulfilled_stock(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Count the projects fulfilled by E, neither terminated by E nor producing before the period."""
    return _sums(uow, scope, in_stock(scope), func.count())


def in_stock(scope: Scope) -> ColumnElement[bool]:
    """Return the condition of the stock of fulfilled projects."""
    before = dated(("producing",), before=scope.period.start)
    return reached("fulfilled", scope.period.end) & ~ended(scope.period.end) & ~before


def rate_of(kind: str) -> Counting:
    """Return how the share of a cohort that reached a milestone is counted."""

    def count(uow: UnitOfWork, scope: Scope) -> Tallies:
        base = select(Project.id).where(*cohort(uow, scope))
        there = func.sum(case((arrived(kind, scope), 1), else_=0))
        sums = tally(uow, scope, base, Project.unit_id, there, func.count())
        return rates(sums, "no_projects")

    return count


def arrived(kind: str, scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a cohort's project is in the numerator."""
    return reached(kind, scope.period.end) & ~ended(scope.period.end)


def _happened(scope: Scope, kind: str) -> ColumnElement[bool]:
    return dated((kind,), scope.period.start, scope.period.end)


def _sums(uow: UnitOfWork, scope: Scope, which: ColumnElement[bool], column: ColumnElement[Any]) -> Tallies:
    base = select(Project.id).where(*meant(uow, scope), which)
    sums = tally(uow, scope, base, Project.unit_id, column)
    return {place: Tally(parts[0]) for place, parts in sums.items()}
