"""Explains a figure: its definition, its numbers, the rows behind it, and what was left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

from domain.figures import Figure, Period, plain
from domain.models import FundRecord, Project, Visit
from domain.statistics import funds
from domain.statistics.cohorts import cohort, meant
from domain.statistics.metrics import COHORT_RATES, FUNDS, METRICS
from domain.statistics.milestones import ended, reached
from domain.statistics.question import Question, period_of
from domain.statistics.rows_behind import Listing, Row, listing
from domain.statistics.scope import Scope, scope_of, tally
from domain.unit_of_work import UnitOfWork

FORMULAS = {"CNY": "sum", "count": "count", "ratio": "share", "points": "difference", "rank": "place"}
OWN_FORMULAS = frozenset({"gap", "pace", "lead", "growth", "forecast", "rank", "completion", "fulfilled_count"})


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a figure came about."""

    figure: Figure
    definition: str  # key of the metric's definition
    formula: str  # key of how its numbers make the value
    indicator: str  # the metric whose rows are behind it
    rows: tuple[Row, ...]
    total: int  # how many rows there are that may be seen
    hidden: int  # and how many outside the reader's units
    left_out: Mapping[str, int | float]  # reason -> how much money or how many

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "figure": self.figure.as_json(),
            "definition": self.definition,
            "formula": self.formula,
            "indicator": self.indicator,
            "as_of": self.figure.as_of.isoformat(),
            "rows": [dict(row) for row in self.rows],
            "total": self.total,
            "hidden": self.hidden,
            "left_out": dict(self.left_out),
        }


def explain(uow: UnitOfWork, figure: Figure, *, limit: int = 10, unit_ids: Iterable[int] | None = None) -> Explanation:
    """Return how a figure came about, with up to `limit` rows of the units that may be seen."""
    indicator = figure.rows.get("of", figure.rows.get("metric", figure.metric))
    formula = figure.metric if figure.metric in OWN_FORMULAS else FORMULAS[figure.value_unit]
    if indicator not in METRICS or figure.status == "published":
        return Explanation(figure, figure.metric, formula, indicator, (), 0, 0, {})
    scope = _scope(uow, figure)
    found = listing(uow, indicator, scope)
    rows, total, everything = _seen(uow, scope, found, limit, unit_ids)
    left = _left_out(uow, indicator, scope)
    return Explanation(figure, figure.metric, formula, indicator, tuple(rows), total, everything - total, left)


def _scope(uow: UnitOfWork, figure: Figure) -> Scope:
    """Return the scope the figure was counted in."""
    back = figure.rows
    question = Question(
        metric=back.get("metric"),
        unit_id=back.get("unit_id"),
        person_id=back.get("person_id"),
        period=period_of(back.get("period")),
        origin=back.get("origin"),
        filters=back.get("filters", {}),
    )
    return replace(scope_of(uow, question), period=Period(figure.period.start, figure.as_of))


def _seen(
    uow: UnitOfWork, scope: Scope, found: Listing, limit: int, unit_ids: Iterable[int] | None
) -> tuple[list[Row], int, int]:
    ids = found.ids.where(*scope.within(found.owner))
    everything = _count(uow, ids)
    if unit_ids is not None:
        ids = ids.where(found.owner.in_(sorted(unit_ids)))
    total = everything if unit_ids is None else _count(uow, ids)
    key = ids.selected_columns[0]
    rows = uow.session.execute(found.query.where(key.in_(ids.correlate(None))).order_by(*found.order).limit(limit))
    return [found.describe(*row) for row in rows], total, everything


def _count(uow: UnitOfWork, ids: Any) -> int:
    return uow.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def _left_out(uow: UnitOfWork, indicator: str, scope: Scope) -> dict[str, int | float]:
    """Return what a reader may miss in the figure, where there is any."""
    amounts = dict[str, Decimal]()
    if indicator in FUNDS:
        amounts = _unverified(uow, indicator, scope)
    elif indicator in COHORT_RATES:
        gone = func.sum(case((ended(scope.period.end), 1), else_=0))
        amounts = {"terminated": _one(uow, scope, select(Project.id).where(*cohort(uow, scope)), gone)}
    elif indicator == "fulfilled_count":
        base = select(Project.id).where(*meant(uow, scope), reached("fulfilled", scope.period.end))
        amounts = {"terminated": _one(uow, scope, base.where(ended(scope.period.end)), func.count())}
    elif indicator in ("visits", "enterprises_visited", "receptions"):
        planned = select(Visit.id).where(
            Visit.planned.is_(True), Visit.date.between(scope.period.start, scope.period.end)
        )
        amounts = {"planned": tally(uow, scope, planned, Visit.unit_id, func.count())[None][0]}
    return {reason: value for reason, amount in amounts.items() if (value := plain(amount))}


def _unverified(uow: UnitOfWork, indicator: str, scope: Scope) -> dict[str, Decimal]:
    base = funds.fund_rows(scope).where(*meant(uow, scope))
    wanted = funds.of_origin(indicator)
    columns = {
        "not_verified": funds.total(FundRecord.amount, *wanted, FundRecord.status == "reported"),
        "refused": funds.total(FundRecord.amount, *wanted, FundRecord.status == "refused"),
        "cut": funds.total(FundRecord.amount - funds.VERIFIED, *wanted, FundRecord.status == "cut"),
    }
    if wanted:
        columns["unknown_origin"] = funds.total(FundRecord.amount, Project.origin.is_(None))
    sums = tally(uow, scope, base, Project.unit_id, *columns.values())[None]
    return dict(zip(columns, sums, strict=True))


def _one(uow: UnitOfWork, scope: Scope, base: Any, column: Any) -> Decimal:
    return tally(uow, scope, base, Project.unit_id, column)[None][0]
