"""Where a year will end: a simple, documented guess with its range.

The verified sum of the closed months, divided by the share of the year that the unit itself had done by the
same month in its last (at most three) years; their mean share gives the value. Without such years the sum is
taken to grow evenly over twelve months. The range spans the guesses of each single year and the even one.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.figures import Figure, Period
from domain.statistics.metrics import Metric
from domain.statistics.question import Question
from domain.statistics.scope import ZERO, scope_of
from domain.unit_of_work import UnitOfWork

MONTHS = 12
YEARS_BACK = 3


def forecast(uow: UnitOfWork, metric: Metric, question: Question, done: Figure, months: int) -> list[Figure]:
    """Return the guess for the whole year and, where they differ, its low and high ends."""
    year = Period(dt.date(done.as_of.year, 1, 1), dt.date(done.as_of.year, 12, 31))
    whole = replace(
        done,
        metric="forecast",
        period=year,
        status="estimate",
        numerator=None,
        denominator=None,
        notes=(),
        rows={**done.rows, "of": done.metric},
    )
    if not months or done.value is None:
        return [replace(whole, value=None, notes=("too_early",))]
    shares = list(_shares(uow, metric, question, done.as_of))
    even = Decimal(months) / MONTHS
    value = done.value / (sum(shares, ZERO) / len(shares) if shares else even)
    guesses = [done.value / share for share in (*shares, even)]
    if metric.value_unit == "count":
        value = value.to_integral_value()
    note = "forecast_by_own_years" if shares else "forecast_even"
    lead = replace(whole, value=value, notes=(note,))
    if min(guesses) == max(guesses):
        return [lead]
    ends = {"low": min(guesses), "high": max(guesses)}
    return [lead, *(replace(whole, value=end, filters={**done.filters, "bound": name}) for name, end in ends.items())]


def _shares(uow: UnitOfWork, metric: Metric, question: Question, day: dt.date) -> Iterator[Decimal]:
    scope = scope_of(uow, question, closed=metric.closed)
    for back in range(1, YEARS_BACK + 1):
        year = day.year - back
        until = Period(dt.date(year, 1, 1), _in_year(day, year))
        then, full = (
            metric.count(uow, replace(scope, period=period, year=year))[None].value
            for period in (until, Period(until.start, dt.date(year, 12, 31)))
        )
        if then and full:
            yield then / full


def _in_year(day: dt.date, year: int) -> dt.date:
    month_end = (day + dt.timedelta(days=1)).day == 1
    if month_end:
        return (dt.date(year + day.month // 12, day.month % 12 + 1, 1)) - dt.timedelta(days=1)
    return day.replace(year=year)
