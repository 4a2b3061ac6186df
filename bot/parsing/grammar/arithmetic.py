"""Date arithmetic: months, weeks, quarters, and which year a date without one means."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.parsing.grammar.shapes import Days, When

DAY = timedelta(days=1)
LEAP_REACH = 8  # years to look on either side: 29 February may be eight years off
FIRST_YEAR, LAST_YEAR = 1901, 2099  # what the lunar tables hold


def add_days(day: date, n: int) -> date:
    """Return the day n days on, kept within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + n, 1), date.max.toordinal()))


def add_months(day: date, n: int) -> date:
    """Return the same day n months on, or that month's last day."""
    months = day.year * 12 + day.month - 1 + n
    year, month = min(max(months // 12, 1), 9999), months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_of(year: int, month: int) -> Days:
    """Return a whole month; the month may lie outside 1 to 12."""
    first = add_months(date(year, 1, 1), month - 1)
    return Days(first, date(first.year, first.month, monthrange(first.year, first.month)[1]))


def months_of(year: int, first: int, last: int) -> Days:
    """Return the whole months from one to another, the second at or after the first."""
    return Days(month_of(year, first).start, month_of(year, last if last >= first else last + 12).end)


def year_of(year: int) -> Days:
    """Return a whole year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def day_of(year: int, month: int, day: int) -> Days | None:
    """Return one day, or nothing when there is none such."""
    try:
        one = date(year, month, day)
    except ValueError:
        return None
    return Days(one, one)


def week_of(day: date, shift: int = 0) -> Days:
    """Return the week from Monday to Sunday that holds a day, or one so many weeks on."""
    monday = add_days(day, 7 * shift - day.weekday())
    return Days(monday, add_days(monday, 6))


def latest_and_next(candidates: Iterable[Days | None], today: date) -> When | None:
    """Return the latest stretch that has begun and the next that is not over, from stretches in order."""
    real = [days for days in candidates if days and days.start and days.end]
    past = [days for days in real if days.start and days.start <= today]
    ahead = [days for days in real if days.end and days.end >= today]
    if not past or not ahead:
        return None
    return When(past[-1], ahead[0])


def yearly(make: Callable[[int], Days | None], year: int | None, today: date, reach: int = 2) -> When | None:
    """Return what comes once a year, in the year said or in those around today."""
    if year is not None:
        days = make(year)
        return When(days, days) if days else None
    when = latest_and_next((make(today.year + n) for n in range(-reach, reach + 1)), today)
    return replace(when, follow=lambda day: _first_from(make, day, reach)) if when else None


def _first_from(make: Callable[[int], Days | None], day: date, reach: int) -> Days | None:
    made = (make(day.year + n) for n in range(reach + 1))
    return next((days for days in made if days and days.start and days.start >= day), None)
