"""Workdays, holidays and lunar dates."""

from collections.abc import Iterator
from datetime import date

import pytest

from domain import calendar


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 18), True),
        (date(2026, 3, 21), False),
        (date(2026, 2, 17), False),
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 10, 7), False),
        (date(2030, 10, 1), False),
        (date(2030, 10, 4), True),  # nobody has moved a day of 2030 yet
        (date(2030, 2, 2), False),  # New Year's Eve, and a Saturday
        (date(2030, 2, 5), False),
        (date(2030, 2, 6), True),
    ],
)
def test_knows_workdays(day: date, works: bool) -> None:  # noqa: FBT001
    assert calendar.is_workday(day) is works


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2026, 3, 18), 5, date(2026, 3, 25)),
        (date(2026, 3, 18), 0, date(2026, 3, 18)),
        (date(2026, 3, 18), -3, date(2026, 3, 13)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
    ],
)
def test_counts_workdays_from_the_next_day(day: date, n: int, then: date) -> None:
    assert calendar.add_workdays(day, n) == then


@pytest.mark.parametrize(
    ("code", "year", "first", "last", "the_day"),
    [
        ("spring_festival", 2026, date(2026, 2, 15), date(2026, 2, 23), date(2026, 2, 17)),
        ("national_day", 2026, date(2026, 10, 1), date(2026, 10, 7), date(2026, 10, 1)),
        ("national_day", 2025, date(2025, 10, 1), date(2025, 10, 8), date(2025, 10, 1)),
        ("labour_day", 2026, date(2026, 5, 1), date(2026, 5, 5), date(2026, 5, 1)),
        ("qingming", 2026, date(2026, 4, 4), date(2026, 4, 6), date(2026, 4, 5)),
        ("lantern", 2026, date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 3)),
        ("national_day", 2030, date(2030, 10, 1), date(2030, 10, 3), date(2030, 10, 1)),
    ],
)
def test_knows_the_days_off_of_a_holiday(code: str, year: int, first: date, last: date, the_day: date) -> None:
    assert calendar.holiday_span(code, year) == (first, last, the_day)


def test_refuses_a_holiday_it_does_not_know() -> None:
    with pytest.raises(calendar.UnknownHoliday):
        calendar.holiday("doomsday", 2026)


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "solar"),
    [
        (2026, 1, 1, False, date(2026, 2, 17)),
        (2026, 8, 15, False, date(2026, 9, 25)),
        (2025, 6, 1, True, date(2025, 7, 25)),
        (2012, 1, 1, False, date(2012, 1, 23)),
        (1978, 8, 15, False, date(1978, 9, 17)),  # a new moon minutes after midnight
        (2033, 11, 1, True, date(2033, 12, 22)),
    ],
)
def test_turns_lunar_dates_into_solar_ones(year: int, month: int, day: int, leap: bool, solar: date) -> None:  # noqa: FBT001
    assert calendar.lunar_to_solar(year, month, day, leap=leap) == solar


def test_refuses_a_lunar_date_that_never_was() -> None:
    with pytest.raises(ValueError, match="Invalid day"):
        calendar.lunar_to_solar(2026, 1, 31)


@pytest.fixture
def _no_published_year(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(calendar, "_published", {})
    yield
    calendar._workday.cache_clear()


@pytest.mark.usefixtures("_no_published_year")
def test_a_published_year_becomes_known() -> None:
    assert calendar.known_year(2026)
    assert not calendar.known_year(2031)
    calendar.publish(2031, days_off=[date(2031, 1, 2)], workdays=[date(2031, 1, 4)])
    assert calendar.known_year(2031)
    assert not calendar.is_workday(date(2031, 1, 2))
    assert calendar.is_workday(date(2031, 1, 4))
    assert calendar.add_workdays(date(2030, 12, 31), 1) == date(2031, 1, 1)
