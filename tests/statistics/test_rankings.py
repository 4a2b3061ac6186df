"""Places, ties, groups, and whose place changed."""

from dataclasses import replace
from decimal import Decimal

from domain.models import PublishedFigure
from domain.statistics.question import Question
from domain.statistics.rankings import ranked
from domain.unit_of_work import UnitOfWork
from tests.statistics.city import (
    CITY,
    CUIPING,
    NANXI,
    ZONE,
    a_city,
    a_project,
    a_target,
    a_unit,
    added,
    funds,
    rank,
    span,
)


def test_ties_share_a_place() -> None:
    values = {1: Decimal(9), 2: Decimal(7), 3: Decimal(7), 4: Decimal(1), 5: None}
    assert ranked(values) == {1: 1, 2: 2, 3: 2, 4: 4}


def test_ranks_by_completion_and_leaves_the_untargeted_last(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for name, done, target in ((CUIPING, 30, 100), (NANXI, 50, 100), (ZONE, 900, None)):
        funds(uow.session, a_project(uow.session, units[name]), "2026-01", done)
        if target:
            a_target(uow.session, units[name], target)
    funds(uow.session, a_project(uow.session, units["李庄镇"]), "2026-01", 10)
    a_target(uow.session, units[CITY], 1000)
    ranking = rank(uow, Question(unit_id=units[CUIPING].id))
    assert [(line.unit.name, line.place) for line in ranking.shown] == [(NANXI, 1), (CUIPING, 2), (ZONE, None)]
    assert ranking.shown[1].figure.value == Decimal("0.4")
    assert ranking.shown[2].figure.notes == ("no_target",)
    assert ranking.asked == ranking.shown[1]
    assert ranking.whole[0].as_json()["value"] == 0.99
    place = ranking.shown[0].rank
    assert place is not None
    assert (place.metric, place.unit, place.as_json()["value"]) == ("rank", NANXI, 1)


def test_a_tie_is_shown_by_amount_then_order(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for name, done, target in ((CUIPING, 5, 10), (NANXI, 50, 100), (ZONE, 5, 10)):
        funds(uow.session, a_project(uow.session, units[name]), "2026-01", done)
        a_target(uow.session, units[name], target)
    shown = rank(uow, Question()).shown
    assert [(line.unit.name, line.place) for line in shown] == [(NANXI, 1), (CUIPING, 1), (ZONE, 1)]


def test_bottom_limit_and_position(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for name, done in ((CUIPING, 3), (NANXI, 2), (ZONE, 1)):
        funds(uow.session, a_project(uow.session, units[name]), "2026-01", done)
    names = {
        "bottom": rank(uow, Question(metric="funds_total", order="bottom", limit=2)),
        "second": rank(uow, Question(metric="funds_total", position=2)),
        "none": rank(uow, Question(metric="funds_total", position=9)),
    }
    found = {key: [(line.unit.name, line.place) for line in ranking.shown] for key, ranking in names.items()}
    assert found == {"bottom": [(ZONE, 3), (NANXI, 2)], "second": [(NANXI, 2)], "none": []}


def test_a_group_is_ranked_alone(uow: UnitOfWork) -> None:
    a_city(uow.session)
    assert {line.unit.name for line in rank(uow, Question(group="一组")).lines} == {CUIPING, ZONE}
    assert {line.unit.name for line in rank(uow, Question(group="county")).lines} == {CUIPING, NANXI}
    assert {line.unit.name for line in rank(uow, Question(group="开发区")).lines} == {ZONE}


def test_a_rate_without_a_cohort_is_unranked(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_project(uow.session, units[NANXI], {"signed": "2025-01-01"})
    a_project(uow.session, units[ZONE], {"signed": "2025-01-01", "started": "2025-02-01"})
    lines = rank(uow, Question(metric="start_rate")).lines
    assert [(line.unit.name, line.place) for line in lines] == [(ZONE, 1), (NANXI, 2), (CUIPING, None)]


def test_distinct_firms_are_counted_within_each_district(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_unit(uow.session, "南溪驻点", "office", units[NANXI])
    lines = rank(uow, Question(metric="enterprises_visited")).lines
    assert [(line.place, line.figure.value) for line in lines] == [(1, 0)] * 3


def test_a_change_of_place_since_the_month_before(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for name, first, second in ((CUIPING, 9, 0), (NANXI, 1, 20), (ZONE, 5, 5)):
        project = a_project(uow.session, units[name])
        funds(uow.session, project, "2026-01", first)
        funds(uow.session, project, "2026-02", second)
        a_target(uow.session, units[name], 100)
    lines = rank(uow, Question(compare="mom")).lines
    assert [(line.unit.name, line.change) for line in lines] == [(NANXI, 2), (ZONE, 0), (CUIPING, -2)]


def test_last_years_places_are_by_last_years_targets(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for name, before, now in ((CUIPING, 9, 1), (NANXI, 1, 9)):
        project = a_project(uow.session, units[name])
        funds(uow.session, project, "2025-01", before)
        funds(uow.session, project, "2026-01", now)
        a_target(uow.session, units[name], 100)
        a_target(uow.session, units[name], 100, year=2025)
    lines = rank(uow, Question(compare="yoy")).lines
    assert [(line.unit.name, line.change) for line in lines] == [(NANXI, 1), (CUIPING, -1), (ZONE, None)]
    last = rank(uow, Question(period=span("2025-01-01", "2025-12-31"))).lines
    assert last[0].unit.name == CUIPING


def test_the_citys_place_among_others_is_quoted(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for period, place in (("2010", 5), ("2011", 4)):
        row = PublishedFigure(name="到位省外资金全省排名", period=period, rank=place, source="省招商局")
        added(uow.session, row)
    question = Question(metric="funds_outside_province", unit_id=units[CITY].id)
    assert [one.value for one in rank(uow, question).published] == [4]
    asked = rank(uow, replace(question, period=span("2010-01-01", "2010-12-31"))).published
    assert [(one.value, one.status, one.rows["source"]) for one in asked] == [(5, "published", "省招商局")]
    assert rank(uow, replace(question, unit_id=units[NANXI].id)).published == ()
