"""How a figure came about."""

from decimal import Decimal
from typing import Any

import pytest

from domain.statistics import explain as explaining
from domain.statistics.metrics import METRICS
from domain.statistics.question import Question
from domain.unit_of_work import UnitOfWork
from tests.statistics.city import (
    CITY,
    CUIPING,
    NANXI,
    a_city,
    a_plan,
    a_project,
    a_target,
    funds,
    measure,
    measure_target,
    span,
)
from tests.statistics.test_activity import a_firm, a_trip, a_visit

explain: Any = explaining.explain
YEAR = span("2025-01-01", "2025-12-31")


def test_funds_show_their_largest_rows_and_what_was_left_out(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[CUIPING], name="储能项目")
    for amount in range(1, 13):
        funds(uow.session, project, "2025-01", amount)
    funds(uow.session, project, "2025-02", 100, "cut", 60)
    funds(uow.session, project, "2025-02", 7, "reported")
    funds(uow.session, project, "2025-02", 3, "refused")
    funds(uow.session, a_project(uow.session, units[NANXI], origin=None), "2025-02", 5)
    told = explain(uow, measure(uow, Question(period=YEAR))[0])
    assert (told.definition, told.formula, told.indicator) == ("funds_outside_city", "sum", "funds_outside_city")
    assert told.rows[0] == {
        "project": "储能项目",
        "unit": CUIPING,
        "month": "2025-02",
        "amount": 100,
        "verified": 60,
        "status": "cut",
    }
    assert (len(told.rows), told.total, told.hidden) == (10, 15, 0)
    assert told.left_out == {"not_verified": 7, "refused": 3, "cut": 40, "unknown_origin": 5}
    assert told.as_json()["as_of"] == "2025-12-31"


def test_rows_outside_the_readers_units_are_counted_not_shown(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for name in (CUIPING, NANXI, NANXI):
        funds(uow.session, a_project(uow.session, units[name]), "2025-01", 1)
    told = explain(uow, measure(uow, Question(period=YEAR))[0], unit_ids={units[CUIPING].id})
    assert ([row["unit"] for row in told.rows], told.total, told.hidden) == ([CUIPING], 1, 2)


def test_a_rate_names_those_that_are_missing_first(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[NANXI], {"signed": "2025-01-01", "started": "2025-02-01"})
    a_project(uow.session, units[NANXI], {"signed": "2025-01-01", "started": "2025-02-01", "terminated": "2025-05-01"})
    told = explain(uow, measure(uow, Question(metric="start_rate", period=YEAR))[0])
    assert [row["reached"] for row in told.rows] == [False, True]
    assert (told.formula, told.left_out) == ("share", {"terminated": 1})


def test_a_completion_shows_the_funds_behind_it(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    funds(uow.session, a_project(uow.session, units[NANXI]), "2026-01", 40)
    funds(uow.session, a_project(uow.session, units[NANXI]), "2026-03", 40)
    a_target(uow.session, units[CITY], 100)
    for figure in measure_target(uow, Question()):
        told = explain(uow, figure)
        assert (told.indicator, told.total) == ("funds_outside_city", 1), figure.metric
    assert explain(uow, measure_target(uow, Question())[0]).formula == "completion"


@pytest.mark.parametrize("metric", sorted(METRICS))
def test_every_metric_shows_its_rows(uow: UnitOfWork, metric: str) -> None:
    units = a_city(uow.session)
    dates = dict.fromkeys(("signed", "registered", "fulfilled", "started"), "2025-02-01")
    for end in ({}, {"producing": "2025-06-01"}):
        project = a_project(uow.session, units[NANXI], dates | end, supervision="supervised", origin="overseas")
        a_plan(uow.session, project, 2025, planned_funds=Decimal(5))
        funds(uow.session, project, "2025-03", 10)
    firm = a_firm(uow.session, "甲公司")
    for mode in ("outbound", "inbound"):
        a_visit(uow.session, units[NANXI], [firm], "2025-05-01", mode=mode)
    a_trip(uow.session, units[NANXI], "2025-05-01")
    figure = measure(uow, Question(metric=metric, period=YEAR))[0]
    told = explain(uow, figure)
    expected = {
        "producing_count": 1,
        "visits": 1,
        "enterprises_visited": 1,
        "receptions": 1,
        "trips": 1,
        "lead_count": 0,
        "lead_valid_rate": 0,
        "issue_solved_rate": 0,
        "funds_outside_province": 0,
    }
    assert told.total == len(told.rows) == expected.get(metric, 2)
    if figure.value_unit == "count":
        assert figure.value == told.total
