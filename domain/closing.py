"""Which months are closed at a moment, and what a figure over a period is stated as of."""

import datetime as dt

from domain.errors import NothingYet
from domain.figures import Period
from domain.unit_of_work import UnitOfWork

ONE_DAY = dt.timedelta(days=1)


def last_closed_day(uow: UnitOfWork) -> dt.date:
    """Return the last day of the last closed month."""
    month_end = uow.today.replace(day=1) - ONE_DAY
    if uow.today.day >= uow.rules.closing_day:
        return month_end
    return month_end.replace(day=1) - ONE_DAY


def this_year(uow: UnitOfWork) -> Period:
    """Return the year of `now`: what a question without a period is about."""
    return Period(dt.date(uow.today.year, 1, 1), dt.date(uow.today.year, 12, 31))


def as_of(uow: UnitOfWork, period: Period | None) -> tuple[Period, bool]:
    """Return the days a figure is stated for, and whether it is live: no month of them closed yet.

    A period still to come raises NothingYet.
    """
    asked = _begun(uow, period)
    closed = last_closed_day(uow)
    if closed >= asked.start:
        return Period(asked.start, min(asked.end, closed)), False
    return Period(asked.start, min(asked.end, uow.today)), True


def up_to_now(uow: UnitOfWork, period: Period | None) -> tuple[Period, bool]:
    """Return the days of what is live whatever is closed: visits, trips, issues, lists."""
    asked = _begun(uow, period)
    return Period(asked.start, min(asked.end, uow.today)), last_closed_day(uow) < asked.start


def closed_months(uow: UnitOfWork, day: dt.date) -> int:
    """Return how many months of the year of `day` are over by it and closed."""
    last = min(day, last_closed_day(uow))
    if last.year < day.year:
        return 0
    return last.month if (last + ONE_DAY).day == 1 else last.month - 1


def _begun(uow: UnitOfWork, period: Period | None) -> Period:
    asked = period or this_year(uow)
    if asked.start > uow.today:
        raise NothingYet("future_period", period=asked.as_json())
    return asked
