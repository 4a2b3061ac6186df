"""Which months are closed, and the as-of day of a period."""

import datetime as dt
from dataclasses import replace

import pytest

from domain.closing import as_of, closed_months, last_closed_day, up_to_now
from domain.errors import NothingYet
from domain.figures import Period
from domain.unit_of_work import UnitOfWork
from tests.factories import CITY_ZONE
from tests.statistics.city import day, span


def at(uow: UnitOfWork, moment: str) -> UnitOfWork:
    return replace(uow, now=dt.datetime.fromisoformat(moment).replace(tzinfo=CITY_ZONE))


@pytest.mark.parametrize(
    ("moment", "closed"),
    [
        ("2026-03-04T23:59:59", "2026-01-31"),
        ("2026-03-05T00:00:00", "2026-02-28"),
        ("2026-01-04T12:00:00", "2025-11-30"),
        ("2026-01-05T00:00:00", "2025-12-31"),
        ("2024-03-31T12:00:00", "2024-02-29"),
    ],
)
def test_a_month_is_closed_from_the_fifth_of_the_next(uow: UnitOfWork, moment: str, closed: str) -> None:
    assert last_closed_day(at(uow, moment)) == day(closed)


@pytest.mark.parametrize(
    ("moment", "asked", "expected"),
    [
        ("2026-03-18T10:00", None, (span("2026-01-01", "2026-02-28"), False)),
        ("2026-03-18T10:00", span("2025-01-01", "2025-12-31"), (span("2025-01-01", "2025-12-31"), False)),
        ("2026-03-18T10:00", span("2026-01-01", "2026-03-18"), (span("2026-01-01", "2026-02-28"), False)),
        ("2026-03-18T10:00", span("2026-03-01", "2026-03-31"), (span("2026-03-01", "2026-03-18"), True)),
        ("2026-03-18T10:00", span("2026-03-09", "2026-03-15"), (span("2026-03-09", "2026-03-15"), True)),
        ("2026-01-20T10:00", None, (span("2026-01-01", "2026-01-20"), True)),
        ("2026-02-04T10:00", None, (span("2026-01-01", "2026-02-04"), True)),
        ("2026-02-05T10:00", None, (span("2026-01-01", "2026-01-31"), False)),
        ("2026-01-04T10:00", span("2025-01-01", "2025-12-31"), (span("2025-01-01", "2025-11-30"), False)),
        ("2024-03-10T10:00", span("2024-02-01", "2024-02-29"), (span("2024-02-01", "2024-02-29"), False)),
    ],
)
def test_a_period_is_stated_up_to_the_last_closed_month_else_live(
    uow: UnitOfWork, moment: str, asked: Period | None, expected: tuple[Period, bool]
) -> None:
    assert as_of(at(uow, moment), asked) == expected


def test_a_period_still_to_come_has_no_figure(uow: UnitOfWork) -> None:
    with pytest.raises(NothingYet) as refused:
        as_of(uow, span("2026-04-01", "2026-04-30"))
    assert refused.value.key == "future_period"


def test_what_is_live_reaches_today(uow: UnitOfWork) -> None:
    assert up_to_now(uow, None) == (span("2026-01-01", "2026-03-18"), False)


@pytest.mark.parametrize(
    ("until", "months"),
    [("2026-03-18", 2), ("2026-01-31", 1), ("2026-01-15", 0), ("2025-12-31", 12), ("2025-09-15", 8), ("2024-02-29", 2)],
)
def test_counts_the_closed_months_of_a_year(uow: UnitOfWork, until: str, months: int) -> None:
    assert closed_months(uow, day(until)) == months
