"""Workdays, holidays and lunar dates of China, behind one function each."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
from borax.calendars.lunardate import LunarDate

DAY = timedelta(days=1)
FRIDAY = 4
LONGEST_REST = 20  # days; the longest holiday so far had ten

_published: dict[int, tuple[frozenset[date], frozenset[date]]] = {}


class UnknownHoliday(ValueError):
    """The calendar has no holiday of this code."""


def lunar_to_solar(year: int, month: int, day: int, *, leap: bool = False) -> date:
    """Return the solar day of a lunar date; raise ValueError for one that never was."""
    solar: date = LunarDate(year, month, day, int(leap)).to_solar_date()
    return solar


def known_year(year: int) -> bool:
    """Tell whether the official holidays of a year are known."""
    if year in _published:
        return True
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def publish(year: int, days_off: Iterable[date], workdays: Iterable[date]) -> None:
    """Take in an official year: the days off, and the weekend days that are worked."""
    _published[year] = (frozenset(days_off), frozenset(workdays))
    _workday.cache_clear()


def is_workday(day: date) -> bool:
    """Tell whether people work on a day: by the official year, else Monday to Friday less the holidays' own days."""
    return _workday(day)


def add_workdays(day: date, n: int) -> date:
    """Return the n-th workday after a day, or before it when n is negative."""
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while not is_workday(day):
            day += step
    return day


def holiday(code: str, year: int) -> date:
    """Return a holiday's day itself in a solar year."""
    if code not in _HOLIDAYS:
        raise UnknownHoliday(code)
    return _HOLIDAYS[code](year)


def holiday_span(code: str, year: int) -> tuple[date, date, date]:
    """Return a holiday's first and last day off and the day itself; adjoining weekends are days off too."""
    the_day = holiday(code, year)
    first = last = the_day
    while not is_workday(first - DAY) and the_day - first < LONGEST_REST * DAY and not is_workday(the_day):
        first -= DAY
    while not is_workday(last + DAY) and last - the_day < LONGEST_REST * DAY and not is_workday(the_day):
        last += DAY
    return first, last, the_day


@lru_cache(maxsize=4096)
def _workday(day: date) -> bool:
    if day.year in _published:
        days_off, workdays = _published[day.year]
        return day in workdays or (day.weekday() <= FRIDAY and day not in days_off)
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() <= FRIDAY and day not in _own_days(day.year)


@lru_cache(maxsize=64)
def _own_days(year: int) -> frozenset[date]:
    """Return the days that the law itself gives, without any moved weekend."""
    starts = {"new_year": 1, "qingming": 1, "labour_day": 2, "dragon_boat": 1, "mid_autumn": 1, "national_day": 3}
    days = {holiday(code, year) + n * DAY for code, length in starts.items() for n in range(length)}
    eve = holiday("new_years_eve", year)
    return frozenset(days | {eve + n * DAY for n in range(4)})


@lru_cache(maxsize=256)
def _qingming(year: int) -> date:
    terms = chinese_calendar.get_solar_terms(date(year, 4, 3), date(year, 4, 7))
    return next((day for day, _ in terms), date(year, 4, 5))


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _lunar(month: int, day: int, shift: int = 0) -> Callable[[int], date]:
    return lru_cache(maxsize=256)(lambda year: lunar_to_solar(year, month, day) + shift * DAY)


_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new_year": _fixed(1, 1),
    "new_years_eve": _lunar(1, 1, -1),
    "spring_festival": _lunar(1, 1),
    "lantern": _lunar(1, 15),
    "qingming": _qingming,
    "labour_day": _fixed(5, 1),
    "dragon_boat": _lunar(5, 5),
    "mid_autumn": _lunar(8, 15),
    "double_ninth": _lunar(9, 9),
    "national_day": _fixed(10, 1),
}
