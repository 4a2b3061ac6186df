"""Completion, gap, pace, lead, forecast and what is needed."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.figures import Figure
from domain.statistics.question import Question
from domain.statistics.targets import needed
from domain.unit_of_work import UnitOfWork
from tests.statistics.city import CITY, CUIPING, a_city, a_project, a_target, funds, measure, measure_target, span

OCTOBER = span("2025-01-01", "2025-10-31")


def told(figures: list[Figure], metric: str) -> Any:
    return next(one for one in figures if one.metric == metric)


@pytest.mark.parametrize(("percent", "lead"), [("125.64", 42.31), ("70.41", -12.92)])
def test_ahead_of_and_behind_the_pace(uow: UnitOfWork, percent: str, lead: float) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2025-10", percent)
    a_target(uow.session, units[CITY], 100, year=2025)
    figures = measure_target(uow, Question(period=OCTOBER, aspect="pace"))
    assert (figures[0].metric, figures[0].as_json()["value"]) == ("pace", 0.8333)
    assert told(figures, "lead").as_json()["value"] == lead
    assert (figures[0].numerator, figures[0].denominator) == (10, 12)


def test_completion_leads_with_everything_it_is_made_of(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING])
    funds(uow.session, project, "2026-01", 100)
    funds(uow.session, project, "2026-02", 100, "reported")
    a_target(uow.session, units[CITY], 508, stretch=Decimal(550))
    figures = measure_target(uow, Question())
    assert [(one.metric, one.status) for one in figures[:3]] == [
        ("completion", "verified"),
        ("funds_outside_city", "verified"),
        ("funds_outside_city", "reported"),
    ]
    completion, target = figures[0], told(figures, "target_base")
    assert (completion.numerator, completion.denominator, completion.as_json()["value"]) == (100, 508, 0.1969)
    assert (target.value, target.period, target.as_of) == (508, span("2026-01-01", "2026-12-31"), completion.as_of)
    assert told(figures, "target_stretch").value == 550
    assert told(figures, "gap").value == 408
    assert told(figures, "needed_per_month").as_json()["value"] == 40.8
    assert measure(uow, Question(metric="completion"))[0] == completion


def test_the_stretch_tier_is_named(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2026-01", 110)
    target = a_target(uow.session, units[CITY], 100, stretch=Decimal(220))
    completion = measure_target(uow, Question(tier="stretch"))[0]
    assert (completion.as_json()["value"], completion.filters) == (0.5, {"tier": "stretch"})
    target.stretch = None
    uow.session.flush()
    assert measure_target(uow, Question(tier="stretch"))[0].notes == ("no_stretch_target",)


def test_a_gap_is_negative_when_passed(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2026-01", 110)
    a_target(uow.session, units[CITY], 100)
    figures = measure_target(uow, Question(aspect="gap"))
    assert (figures[0].metric, figures[0].value, told(figures, "needed_per_month").value) == ("gap", -10, 0)


def test_the_target_given_comes_before_the_units_own(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2026-01", "25.47")
    a_target(uow.session, units[CUIPING], "46.5", set_by="own")
    a_target(uow.session, units[CUIPING], "42.5")
    figures = measure_target(uow, Question(unit_id=units[CUIPING].id))
    both = [one for one in figures if one.metric == "completion"]
    assert [one.as_json()["value"] for one in both] == [0.5993, 0.5477]
    assert both[0].notes == ("own_target_too",)
    assert both[1].filters == {"set_by": "own"}


def test_only_an_own_target_says_so(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_target(uow.session, units[CUIPING], 10, set_by="own")
    assert measure_target(uow, Question(unit_id=units[CUIPING].id))[0].notes == ("own_target_only",)


def test_without_a_target_there_is_no_completion_but_what_is_done(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2026-01", 7)
    figures = measure_target(uow, Question())
    assert (figures[0].metric, figures[0].value, figures[0].notes) == ("completion", None, ("no_target",))
    assert figures[1].value == 7


@pytest.mark.parametrize(
    ("schedule", "end", "pace"),
    [
        ({"3": "1.12", "6": "2.24"}, "2025-06-30", 0.4),
        ({"3": "1.12", "6": "2.24"}, "2025-04-30", 0.2667),
        ({"3": "1.12", "6": "2.24"}, "2025-09-30", 0.7),
        ({"6": "2", "12": "8"}, "2025-06-30", 0.25),
        ({}, "2025-06-30", 0.5),
        ({}, "2025-12-31", 1),
    ],
)
def test_the_pace_follows_the_plan_else_the_months(
    uow: UnitOfWork, schedule: dict[str, str], end: str, pace: float
) -> None:
    units = a_city(uow.session)
    a_target(uow.session, units[CITY], "5.6", year=2025, schedule=schedule)
    figures = measure_target(uow, Question(period=span("2025-01-01", end), aspect="pace"))
    assert figures[0].as_json()["value"] == pace


def test_in_january_nothing_is_due_and_nothing_guessed(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_target(uow.session, units[CITY], 100)
    early = replace(uow, now=uow.now.replace(month=1))
    figures = measure_target(early, Question(aspect="forecast"))
    assert (figures[0].metric, figures[0].value, figures[0].notes) == ("forecast", None, ("too_early",))
    assert (told(figures, "pace").value, told(figures, "pace").live) == (0, True)


def test_a_forecast_follows_the_units_own_years(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING])
    for month, amount in (("2025-02", 10), ("2025-11", 90), ("2024-01", 20), ("2024-12", 80), ("2026-02", 30)):
        funds(uow.session, project, month, amount)
    a_target(uow.session, units[CITY], 400)
    figures = [one for one in measure_target(uow, Question(aspect="forecast")) if one.metric == "forecast"]
    assert [one.value for one in figures] == [200, 150, 300]
    assert {one.status for one in figures} == {"estimate"}
    assert figures[0].period == span("2026-01-01", "2026-12-31")
    assert (figures[0].notes, figures[1].filters) == (("forecast_by_own_years",), {"bound": "low"})


def test_without_earlier_years_a_forecast_is_even(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING]), "2026-01", 30)
    a_target(uow.session, units[CITY], 400)
    figures = [one for one in measure_target(uow, Question(aspect="forecast")) if one.metric == "forecast"]
    assert [(one.value, one.notes) for one in figures] == [(180, ("forecast_even",))]


@pytest.mark.parametrize(("goal", "total", "count"), [("0.95", 132, 126), ("0.85", 132, 113), ("0.5", 10, 5)])
def test_the_smallest_number_that_reaches_a_rate(goal: str, total: int, count: int) -> None:
    assert needed(Decimal(goal), Decimal(total)) == count


def test_a_rate_target_is_over_its_list(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for number in range(20):
        dates = {"signed": "2024-05-01"} | ({"started": "2025-05-01"} if number < 15 else {})
        a_project(uow.session, units[CUIPING], dates, supervision="supervised")
    a_project(uow.session, units[CUIPING], {"signed": "2026-01-10"})
    a_target(uow.session, units[CITY], "0.85", indicator="start_rate")
    figures = measure_target(uow, Question(metric="start_rate"))
    rate, completion = told(figures, "start_rate"), figures[0]
    assert (rate.value, rate.cohort, rate.denominator) == (Decimal("0.75"), "supervised", 20)
    assert completion.as_json()["value"] == 0.8824
    gap = told(figures, "gap")
    assert (gap.value, gap.value_unit) == (10, "points")
    assert told(figures, "needed_count").value == 17
    assert told(figures, "needed_per_month").value == 1


def test_a_funds_rate_target_is_over_the_contract_total(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING], {"signed": "2025-01-01"}, supervision="supervised")
    funds(uow.session, project, "2025-06", 22_500_000)
    a_target(uow.session, units[CITY], "0.45", indicator="funds_rate")
    figures = measure_target(uow, Question(metric="funds_rate"))
    assert figures[0].value == Decimal("0.5")
    assert [one.metric for one in figures].count("needed_count") == 0


def test_a_half_year_is_measured_from_january(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING])
    for month in ("2025-02", "2025-08", "2025-11"):
        funds(uow.session, project, month, 10)
    a_target(uow.session, units[CITY], 100, year=2025)
    third = measure_target(uow, Question(period=span("2025-07-01", "2025-09-30")))[0]
    assert (third.numerator, third.period) == (20, span("2025-01-01", "2025-09-30"))
