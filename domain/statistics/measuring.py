"""Turns a tally into figures: the value, what stands beside it, and its growth."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.figures import Figure, Period
from domain.statistics.activity import called
from domain.statistics.cohorts import cohort_label, filters_of
from domain.statistics.funds import NARROWER, ORIGINS_OF
from domain.statistics.metrics import COHORT_RATES, FUNDS, Metric
from domain.statistics.places import districts
from domain.statistics.question import HEADLINE, Question
from domain.statistics.scope import Scope, Tally, scope_of
from domain.unit_of_work import UnitOfWork

ONE_DAY = dt.timedelta(days=1)


def normalised(question: Question) -> Question:
    """Return the question with the funds metric its origin means."""
    name, origin = question.metric or HEADLINE, question.origin
    if name not in FUNDS or origin is None:
        return replace(question, metric=name)
    origins = ORIGINS_OF[name]
    if name in ("funds_total", HEADLINE) and origin in NARROWER:
        return replace(question, metric=NARROWER[origin], origin=None)
    if origins == (origin,):
        return replace(question, metric=name, origin=None)
    return replace(question, metric=name if origins and origin in origins else "funds_total")


def figures_of(metric: Metric, scope: Scope, counted: Tally, subject: str | None = None) -> list[Figure]:
    """Return a tally as figures: the value, and for funds the reported sum."""
    figure = Figure(
        metric=metric.name,
        unit=scope.unit.name,
        period=scope.period,
        value=counted.value,
        value_unit=metric.value_unit,
        as_of=scope.period.end,
        numerator=counted.numerator,
        denominator=counted.denominator,
        subject=subject,
        filters=filters_of(scope),
        cohort=cohort_label(scope) if metric.name in COHORT_RATES else None,
        live=scope.live,
        notes=counted.notes,
        rows={**way_back(scope), "metric": metric.name},
    )
    if counted.reported is None:
        return [figure]
    beside = () if metric.name in FUNDS else ("said_without_names",)
    return [figure, replace(figure, value=counted.reported, status="reported", notes=beside)]


def way_back(scope: Scope) -> dict[str, Any]:
    """Return what asking for the rows behind a figure needs, as plain JSON."""
    question = scope.question
    return {
        "metric": question.metric,
        "unit_id": question.unit_id,
        "person_id": question.person_id,
        "period": question.period.as_json() if question.period else None,
        "origin": question.origin,
        "filters": dict(question.filters),
    }


def growth(now: Figure, before: Tally | None, compare: str) -> list[Figure]:
    """Return how far a figure stands above an earlier one, where that one is not nothing."""
    if before is None or not before.value or now.value is None:
        return []
    rows = {**now.rows, "of": now.metric, "compare": compare}
    value = now.value / before.value - 1
    return [
        replace(
            now,
            metric="growth",
            value=value,
            value_unit="ratio",
            numerator=now.value,
            denominator=before.value,
            notes=(f"growth_{compare}",),
            rows=rows,
        )
    ]


def earlier(scope: Scope, compare: str) -> Scope:
    """Return the scope of the same question a year, or one stretch, earlier."""
    period = scope.period.year_earlier() if compare == "yoy" else stretch_before(scope.period)
    year = scope.year - (scope.period.end.year - period.end.year)
    return replace(scope, period=period, year=year)


def stretch_before(period: Period) -> Period:
    """Return as many whole months, else days, right before a period."""
    end = period.start - ONE_DAY
    if period.start.day == 1:
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        first = period.start.year * 12 + period.start.month - 1 - months
        start = dt.date(first // 12, first % 12 + 1, 1)
        whole = (period.end + ONE_DAY).day == 1
        return Period(start, end if whole else min(end, _same_day(end, period.end.day)))
    return Period(period.start - (period.end - end), end)


def _same_day(month_end: dt.date, day: int) -> dt.date:
    return month_end.replace(day=min(day, month_end.day))


def measured(uow: UnitOfWork, metric: Metric, question: Question) -> list[Figure]:
    """Return the figures of one metric, the value first."""
    scope = scope_of(uow, question, closed=metric.closed)
    subject = next(iter(called(uow, scope.person))) if scope.person else None
    found = figures_of(metric, scope, metric.count(uow, scope)[None], subject)
    compare = question.compare or ("yoy" if metric.name in FUNDS else None)
    if compare:
        then = metric.count(uow, earlier(scope, compare))[None]
        grown = growth(found[0], then, compare)
        if not grown and question.compare:
            found[0] = replace(found[0], notes=(*found[0].notes, f"no_{compare}"))
        found += grown
    return found + (_trips_by_level(uow, metric, scope) if metric.name == "trips" else [])


def _trips_by_level(uow: UnitOfWork, metric: Metric, scope: Scope) -> list[Figure]:
    """Return the trips of city-level units and those of the districts, for the whole city."""
    if scope.units is not None or scope.person is not None:
        return []
    below = districts(uow)
    total = metric.count(uow, scope)[None].value or Decimal(0)
    part = metric.count(uow, replace(scope, units=frozenset(below)))[None].value or Decimal(0)
    levels = {"city": total - part, "district": part}
    return [
        replace(figures_of(metric, scope, Tally(value))[0], filters={**filters_of(scope), "leader_level": level})
        for level, value in levels.items()
    ]
