"""Funds in place: verified and reported sums, and the two funds rates."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, extract, func, literal_column, select, type_coerce
from sqlalchemy.orm import aliased

from domain.models import AnnualPlan, FundRecord, Milestone, Project
from domain.models.base import Money
from domain.statistics.cohorts import cohort, meant
from domain.statistics.milestones import ended
from domain.statistics.scope import Counting, Scope, Tallies, Tally, by_day, combined, rates, tally
from domain.unit_of_work import UnitOfWork

NOTHING: ColumnElement[Any] = literal_column("0")
ORIGINS_OF: Mapping[str, tuple[str, ...] | None] = {
    "funds_outside_city": ("overseas", "out_of_province", "in_province"),
    "funds_outside_province": ("out_of_province",),
    "funds_overseas": ("overseas",),
    "funds_total": None,
}
NARROWER = {"out_of_province": "funds_outside_province", "overseas": "funds_overseas"}

_cut = case((FundRecord.status == "cut", func.coalesce(FundRecord.verified_amount, NOTHING)), else_=NOTHING)
_counted = case(
    (FundRecord.status == "verified", func.coalesce(FundRecord.verified_amount, FundRecord.amount)), else_=_cut
)
VERIFIED: ColumnElement[Decimal] = type_coerce(_counted, Money)


def total(amount: Any, *conditions: ColumnElement[bool]) -> ColumnElement[Decimal]:
    """Return the sum of money over the rows that meet the conditions."""
    for condition in conditions:
        amount = case((condition, amount), else_=NOTHING)
    return type_coerce(func.sum(amount), Money)


def months_between(start: dt.date, end: dt.date) -> list[ColumnElement[bool]]:
    """Return the condition that a fund row's month has a day in the stretch."""
    return [FundRecord.month >= start.replace(day=1), FundRecord.month <= end]


def splits_month(scope: Scope) -> bool:
    """Tell whether the days asked cut into a month, of which the funds count whole; a live one ends where it is."""
    ends_inside = (scope.period.end + dt.timedelta(days=1)).day != 1
    return scope.period.start.day != 1 or (ends_inside and not scope.live)


def funds(metric: str) -> Counting:
    """Return how the funds of a metric's origins are summed."""

    def count(uow: UnitOfWork, scope: Scope) -> Tallies:
        base = fund_rows(scope).where(*meant(uow, scope))
        sums = tally(uow, scope, base, by_day(Project.unit_id), *_columns(metric))
        notes = ("whole_months",) if splits_month(scope) else ()
        return {place: _fund_tally(parts, notes, metric) for place, parts in sums.items()}

    return count


def fund_rows(scope: Scope) -> Select[Any]:
    """Return the fund rows of the scope's months with their projects."""
    return select(FundRecord.id).join(Project).where(*months_between(scope.period.start, scope.period.end))


def of_origin(metric: str) -> list[ColumnElement[bool]]:
    """Return the condition that a project's origin counts in a funds metric."""
    origins = ORIGINS_OF[metric]
    return [] if origins is None else [Project.origin.in_(origins)]


def contract_rate(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Return verified funds from signing to E over the cohort's total investment."""
    projects, signed = cohort(uow, scope), aliased(Milestone)
    arrived = (
        select(FundRecord.id)
        .join(Project)
        .join(signed, (signed.project_id == Project.id) & (signed.kind == "signed"))
        .where(*projects, ~ended(scope.period.end), FundRecord.month <= scope.period.end)
        .where(_month(FundRecord.month) >= _month(signed.date))
    )
    promised = select(Project.id).where(*projects)
    sums = combined(
        tally(uow, scope, arrived, Project.unit_id, total(VERIFIED)),
        tally(uow, scope, promised, Project.unit_id, total(Project.total_investment)),
    )
    return rates(sums, "no_projects")


def plan_rate(uow: UnitOfWork, scope: Scope) -> Tallies:
    """Return this year's verified funds to E over the year's plan, for cohort projects that have one."""
    end = scope.period.end
    planned = (AnnualPlan.project_id == Project.id) & (AnnualPlan.year == end.year)
    conditions = [*cohort(uow, scope), AnnualPlan.planned_funds.is_not(None)]
    arrived = select(FundRecord.id).join(Project).join(AnnualPlan, planned).where(*conditions, ~ended(end))
    arrived = arrived.where(*months_between(dt.date(end.year, 1, 1), end))
    promised = select(Project.id).join(AnnualPlan, planned).where(*conditions)
    sums = combined(
        tally(uow, scope, arrived, Project.unit_id, total(VERIFIED)),
        tally(uow, scope, promised, Project.unit_id, total(AnnualPlan.planned_funds)),
    )
    return rates(sums, "no_plan")


def _columns(metric: str) -> list[ColumnElement[Decimal]]:
    wanted = of_origin(metric)
    unknown = total(FundRecord.amount, Project.origin.is_(None))
    return [total(VERIFIED, *wanted), total(FundRecord.amount, *wanted), unknown]


def _fund_tally(parts: list[Decimal], notes: tuple[str, ...], metric: str) -> Tally:
    verified, reported, unknown = parts
    if unknown:
        notes = (*notes, "unknown_origin_counted" if ORIGINS_OF[metric] is None else "unknown_origin")
    return Tally(verified, reported=reported, notes=notes)


def _month(day: Any) -> ColumnElement[int]:
    return extract("year", day) * 12 + extract("month", day)
