"""Projects counted, and rates over the cohort that is named."""

from decimal import Decimal
from typing import Any

import pytest

from domain.figures import Period
from domain.statistics.question import Question
from domain.unit_of_work import UnitOfWork
from tests.statistics.city import CUIPING, NANXI, a_city, a_plan, a_project, funds, measure, span

SIGNED = {"signed": "2025-03-01"}
YEAR = span("2025-01-01", "2025-12-31")


def one(uow: UnitOfWork, metric: str, within: Period | None = YEAR, **filters: Any) -> Any:
    return measure(uow, Question(metric=metric, period=within, filters=filters))[0]


def test_a_later_step_of_the_ladder_is_reaching_the_earlier(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[CUIPING], SIGNED | {"producing": "2025-11-01"})
    a_project(uow.session, units[CUIPING], SIGNED | {"started": "2026-01-01"})
    assert [one(uow, name).value for name in ("fulfilment_rate", "start_rate", "production_rate")] == [
        Decimal("0.5")
    ] * 3


def test_a_terminated_project_stays_below_and_leaves_above(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[CUIPING], SIGNED | {"started": "2025-06-01", "terminated": "2025-12-31"})
    a_project(uow.session, units[CUIPING], SIGNED | {"started": "2025-06-01", "terminated": "2026-01-01"})
    rate = one(uow, "start_rate")
    assert (rate.numerator, rate.denominator, rate.cohort) == (1, 2, "signed")


def test_landing_is_being_registered(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[CUIPING], SIGNED | {"registered": "2025-04-01"})
    a_project(uow.session, units[CUIPING], SIGNED | {"producing": "2025-04-01"})
    assert one(uow, "landing_rate").value == Decimal("0.5")


def test_an_empty_cohort_has_no_value(uow: UnitOfWork) -> None:
    a_city(uow.session)
    rate = one(uow, "fulfilment_rate")
    assert (rate.value, rate.numerator, rate.denominator, rate.notes) == (None, 0, 0, ("no_projects",))
    assert rate.as_json()["value"] is None


def test_the_cohort_is_what_was_signed_in_the_period_else_all_signed_by_then(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for signed in ("2024-05-01", "2025-05-01", "2026-02-28", "2026-03-01"):
        a_project(uow.session, units[CUIPING], {"signed": signed})
    a_project(uow.session, units[CUIPING], {"started": "2025-06-01"})
    assert one(uow, "start_rate").denominator == 1
    assert one(uow, "start_rate", None).denominator == 3
    assert one(uow, "start_rate", None, period={"start": "2024-01-01", "end": "2025-12-31"}).denominator == 2


def test_a_list_of_a_year_is_what_its_plan_rows_say(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    said = a_project(uow.session, units[CUIPING], SIGNED, supervision="tracked")
    a_plan(uow.session, said, 2025, supervision="supervised")
    always = a_project(uow.session, units[CUIPING], SIGNED, supervision="supervised")
    a_plan(uow.session, always, 2024, planned_funds=Decimal(1))
    other_year = a_project(uow.session, units[CUIPING], supervision="supervised")
    a_plan(uow.session, other_year, 2024, supervision="supervised")
    a_project(uow.session, units[CUIPING], packaged=True)
    rate = one(uow, "fulfilment_rate", list="supervised")
    assert (rate.denominator, rate.cohort, rate.as_json()["filters"]) == (2, "supervised", {"list": "supervised"})
    assert one(uow, "start_rate", list="tracked").denominator == 0
    assert one(uow, "start_rate", list="packaged").denominator == 1
    assert one(uow, "start_rate", span("2024-01-01", "2024-12-31"), list="supervised").denominator == 2


def test_an_event_is_a_cohort_by_its_name(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[CUIPING], {"signed": "2020-10-01", "started": "2021-01-01"}, event="西博会")
    a_project(uow.session, units[CUIPING], SIGNED, event="渝洽会")
    rate = one(uow, "start_rate", event="西博会")
    assert (rate.value, rate.cohort) == (1, "西博会")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"industry": "电池"}, 1),
        ({"amount": {"min": 200_000_000, "max": None, "currency": "CNY"}}, 1),
        ({"amount": {"min": 105_000_000, "max": 105_000_000, "currency": "CNY", "approx": True}}, 1),
        ({"origin": "overseas"}, 1),
        ({"person": "王强"}, 1),
        ({"stage": "started"}, 1),
        ({"milestone_missing": "started"}, 1),
        ({"days_since_signed": 100}, 2),
        ({"days_since_signed": 366}, 0),
    ],
)
def test_filters_narrow_a_count_and_are_repeated(uow: UnitOfWork, filters: dict[str, Any], count: int) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[CUIPING], SIGNED, industry="动力电池", staff="王强、李敏")
    big = Decimal(300_000_000)
    a_project(
        uow.session,
        units[NANXI],
        SIGNED | {"producing": "2025-09-01"},
        total_investment=big,
        origin="overseas",
        staff="王强国",
    )
    figure = one(uow, "signed_count", **filters)
    assert (figure.value, figure.filters) == (count, filters)


def test_counts_go_by_their_own_date_and_the_stock_by_the_day(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[CUIPING], {"signed": "2024-03-01", "fulfilled": "2024-05-01", "started": "2025-01-01"})
    a_project(uow.session, units[CUIPING], {"signed": "2023-03-01", "producing": "2024-12-31"})
    a_project(uow.session, units[CUIPING], {"signed": "2025-03-01", "producing": "2025-01-01"})
    a_project(uow.session, units[CUIPING], SIGNED | {"fulfilled": "2025-04-01", "terminated": "2025-12-31"})
    found = {name: one(uow, name).value for name in ("signed_count", "new_started_count", "producing_count")}
    assert found == {"signed_count": 2, "new_started_count": 1, "producing_count": 1}
    assert one(uow, "signed_amount").value == 200_000_000
    assert one(uow, "fulfilled_count").value == 2


def test_both_funds_rates_are_always_shown(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING], SIGNED, total_investment=Decimal(20_202))
    a_plan(uow.session, project, 2025, planned_funds=Decimal(1145))
    funds(uow.session, project, "2025-02", 5000)
    funds(uow.session, project, "2025-03", 918)
    funds(uow.session, project, "2026-01", 1)
    unplanned = a_project(uow.session, units[CUIPING], SIGNED, total_investment=Decimal(0))
    a_plan(uow.session, unplanned, 2025, supervision="supervised")
    funds(uow.session, unplanned, "2025-05", 936)
    contract, plan = measure(uow, Question(metric="funds_rate", period=YEAR))
    assert (contract.metric, contract.numerator, contract.denominator) == ("funds_rate_contract", 1854, 20_202)
    assert contract.as_json()["value"] == 0.0918
    assert (plan.metric, plan.numerator, plan.denominator) == ("funds_rate_plan", 5918, 1145)
    assert measure(uow, Question(metric="funds_rate_plan", period=YEAR))[0] == plan


def test_money_without_a_plan_has_no_plan_rate(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[CUIPING], SIGNED), "2025-05", 936)
    plan = measure(uow, Question(metric="funds_rate", period=YEAR))[1]
    assert (plan.value, plan.notes) == (None, ("no_plan",))


@pytest.mark.parametrize(
    ("metric", "reached", "cohort", "printed"),
    [
        ("fulfilment_rate", 26, 31, 0.8387),
        ("start_rate", 19, 31, 0.6129),
        ("start_rate", 198, 292, 0.6781),
        ("start_rate", 199, 218, 0.9128),
        ("production_rate", 118, 218, 0.5413),
    ],
)
def test_published_rates_are_found_again(
    uow: UnitOfWork, metric: str, reached: int, cohort: int, printed: float
) -> None:
    units = a_city(uow.session)
    kind = {"fulfilment_rate": "fulfilled", "start_rate": "started", "production_rate": "producing"}[metric]
    for number in range(cohort):
        a_project(uow.session, units[NANXI], SIGNED | ({kind: "2025-10-01"} if number < reached else {}))
    assert one(uow, metric).as_json()["value"] == printed


def test_a_rate_compared_with_last_year_takes_last_years_cohort(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[CUIPING], {"signed": "2024-01-01"})
    a_project(uow.session, units[CUIPING], {"signed": "2024-01-01", "started": "2024-10-01"})
    a_project(uow.session, units[CUIPING], SIGNED | {"started": "2025-10-01"})
    rate, growth = measure(uow, Question(metric="start_rate", period=YEAR, compare="yoy"))
    assert (rate.value, growth.denominator, growth.value) == (1, Decimal("0.5"), 1)
