"""Funds in place: verified and reported, by origin, with growth."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.statistics.question import Question
from domain.unit_of_work import UnitOfWork
from tests.statistics import city
from tests.statistics.city import CITY, CUIPING, NANXI, a_city, a_project, funds, measure, span

FEBRUARY = span("2026-01-01", "2026-02-28")


def test_states_verified_first_and_reported_beside(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING])
    funds(uow.session, project, "2026-01", 100)
    funds(uow.session, project, "2026-01", 100, verified=90)
    funds(uow.session, project, "2026-02", 100, "cut", 60)
    funds(uow.session, project, "2026-02", 100, "cut")
    funds(uow.session, project, "2026-02", 100, "reported")
    funds(uow.session, project, "2026-02", 100, "refused", 50)
    funds(uow.session, project, "2026-03", 1000)
    verified, reported = measure(uow, Question(metric="funds_outside_city"))
    assert verified.as_json() == {
        "metric": "funds_outside_city",
        "unit": CITY,
        "period": {"start": "2026-01-01", "end": "2026-02-28"},
        "value": 250,
        "value_unit": "CNY",
        "numerator": None,
        "denominator": None,
        "status": "verified",
        "as_of": "2026-02-28",
    }
    assert (reported.value, reported.status) == (600, "reported")


def test_growth_compares_the_same_days_a_year_earlier(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING])
    funds(uow.session, project, "2025-01", "347.02")
    funds(uow.session, project, "2025-03", 5000)
    funds(uow.session, project, "2026-02", "502.48")
    grown = measure(uow, Question())[2]
    assert (grown.metric, grown.as_json()["value"], grown.period) == ("growth", 0.448, FEBRUARY)
    assert (grown.numerator, grown.denominator) == (Decimal("502.48"), Decimal("347.02"))


def test_without_last_year_there_is_no_growth(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2026-01", 1)
    assert [one.metric for one in measure(uow, Question(metric="funds_total"))] == ["funds_total"] * 2
    assert "no_yoy" in measure(uow, Question(metric="funds_total", compare="yoy"))[0].notes


@pytest.mark.parametrize(
    ("metric", "origin", "named", "value"),
    [
        ("funds_outside_city", None, "funds_outside_city", 7),
        ("funds_outside_province", None, "funds_outside_province", 2),
        ("funds_overseas", None, "funds_overseas", 1),
        ("funds_total", None, "funds_total", 31),
        (None, "out_of_province", "funds_outside_province", 2),
        ("funds_total", "overseas", "funds_overseas", 1),
        ("funds_outside_city", "in_province", "funds_outside_city", 4),
        ("funds_outside_city", "local", "funds_total", 8),
    ],
)
def test_counts_each_origin_where_it_belongs(
    uow: UnitOfWork, metric: str | None, origin: str | None, named: str, value: int
) -> None:
    units = a_city(uow.session)
    for amount, where in ((1, "overseas"), (2, "out_of_province"), (4, "in_province"), (8, "local"), (16, None)):
        funds(uow.session, a_project(uow.session, units[NANXI], origin=where), "2026-01", amount)
    verified = measure(uow, Question(metric=metric, origin=origin))[0]
    assert (verified.metric, verified.value) == (named, value)


def test_an_unknown_origin_is_said(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[NANXI], origin=None), "2026-01", 16)
    assert measure(uow, Question())[0].notes == ("unknown_origin",)
    assert measure(uow, Question(metric="funds_total"))[0].notes == ("unknown_origin_counted",)
    assert measure(uow, Question(unit_id=units[CUIPING].id))[0].notes == ()


def test_a_unit_counts_with_its_subunits(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for name, amount in ((CUIPING, 1), ("李庄镇", 2), (NANXI, 4), (CITY, 8)):
        funds(uow.session, a_project(uow.session, units[name]), "2026-01", amount)
    one = measure(uow, Question(unit_id=units[CUIPING].id))[0]
    assert (one.unit, one.value) == (CUIPING, 3)
    assert measure(uow, Question())[0].value == 15
    assert measure(uow, Question(unit_id=units["李庄镇"].id))[0].value == 2


def test_a_month_not_closed_is_stated_live(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2026-03", 7)
    live = measure(uow, Question(period=span("2026-03-01", "2026-03-31")))[0]
    assert (live.value, live.live, live.as_of) == (7, True, city.day("2026-03-18"))
    assert live.notes == ()


def test_half_a_month_counts_its_whole_months_and_says_so(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2026-01", 7)
    figure = measure(uow, Question(period=span("2026-01-10", "2026-01-20")))[0]
    assert (figure.value, figure.notes) == (7, ("whole_months",))
    week = measure(uow, Question(period=span("2026-03-09", "2026-03-15")))[0]
    assert (week.value, week.live, week.notes) == (0, True, ("whole_months",))


def test_the_29th_of_february_compares_with_the_28th(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING])
    funds(uow.session, project, "2024-02", 3)
    funds(uow.session, project, "2023-02", 2)
    late = replace(uow, now=uow.now.replace(year=2024, month=3, day=10))
    verified, _, grown = measure(late, Question())
    assert (verified.as_of, grown.value) == (dt.date(2024, 2, 29), Decimal("0.5"))


def test_month_on_month_compares_the_stretch_before(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING])
    funds(uow.session, project, "2026-02", 3)
    funds(uow.session, project, "2026-01", 2)
    found = measure(uow, Question(period=span("2026-02-01", "2026-02-28"), compare="mom"))
    assert [one.value for one in found if one.metric == "growth"] == [Decimal("0.5")]


def test_money_stays_exact_to_the_fen(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING])
    for _ in range(3):
        funds(uow.session, project, "2026-01", "0.10")
    assert measure(uow, Question())[0].as_json()["value"] == 0.3
