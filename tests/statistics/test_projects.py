"""One project's card, and lists of projects."""

from decimal import Decimal
from typing import Any

import pytest

from domain.errors import NotFound
from domain.models import Enterprise, Investor, Issue
from domain.statistics import projects
from domain.statistics.question import Question
from domain.unit_of_work import UnitOfWork
from tests.statistics.city import CUIPING, NANXI, a_city, a_plan, a_project, added, day, funds, span
from tests.statistics.test_activity import a_visit

card: Any = projects.project_card
listed: Any = projects.list_projects


def test_a_card_tells_stage_funds_issues_and_visits(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    dates = {"signed": "2025-03-01", "started": "2025-09-01", "producing": "2026-06-01"}
    project = a_project(uow.session, units[CUIPING], dates, name="储能项目", staff="王强")
    firm = added(uow.session, Enterprise(name="甲公司", aliases=[], tags=[]))
    added(uow.session, Investor(project_id=project.id, enterprise_id=firm.id, position=0))
    a_plan(uow.session, project, 2026, planned_funds=Decimal(200), physical_progress="主体完工")
    funds(uow.session, project, "2025-04", 300)
    funds(uow.session, project, "2026-03", 50)
    funds(uow.session, project, "2026-03", 25, "reported")
    issue = Issue(project_id=project.id, category="land", description="缺地", raised_on=day("2026-02-01"))
    solved = Issue(project_id=project.id, category="labour", description="招工", raised_on=day("2026-01-01"))
    solved.solved_on = day("2026-02-01")
    added(uow.session, issue)
    added(uow.session, solved)
    a_visit(uow.session, units[CUIPING], [firm], "2026-03-02")
    a_visit(uow.session, units[NANXI], [firm], "2026-03-03")
    a_visit(uow.session, units[NANXI], [firm], "2026-03-04", project_id=project.id)
    uow.session.expire_all()
    found = card(uow, project.id)
    assert (found.row.stage, found.row.stage_date) == ("started", day("2025-09-01"))
    assert [(one.metric, one.status, one.value) for one in found.figures] == [
        ("signed_amount", "verified", 100_000_000),
        ("funds_total", "verified", 350),
        ("funds_total", "reported", 375),
        ("funds_rate_plan", "verified", Decimal("0.25")),
    ]
    assert {one.subject for one in found.figures} == {"储能项目"}
    assert found.figures[1].period == span("2025-03-01", "2026-03-18")
    printed = found.as_json()
    assert [one["category"] for one in printed["issues"]] == ["land"]
    assert [one["date"] for one in printed["visits"]] == ["2026-03-04", "2026-03-02"]
    assert (printed["investors"], printed["staff"], printed["physical_progress"]) == (["甲公司"], "王强", "主体完工")


@pytest.mark.parametrize(
    ("dates", "stage"),
    [
        ({}, None),
        ({"signed": "2025-01-01", "registered": "2025-05-01"}, "registered"),
        ({"started": "2025-01-01", "suspended": "2025-05-01"}, "suspended"),
        ({"started": "2025-01-01", "suspended": "2025-05-01", "resumed": "2025-06-01"}, "started"),
        ({"started": "2025-01-01", "terminated": "2026-03-18"}, "terminated"),
        ({"started": "2025-01-01", "terminated": "2026-03-19"}, "started"),
    ],
)
def test_the_stage_is_the_furthest_step_unless_paused(
    uow: UnitOfWork, dates: dict[str, str], stage: str | None
) -> None:
    units = a_city(uow.session)
    assert card(uow, a_project(uow.session, units[NANXI], dates).id).row.stage == stage


def test_an_unknown_project_is_not_found(uow: UnitOfWork) -> None:
    with pytest.raises(NotFound):
        card(uow, 404)


def test_lists_the_largest_first_page_by_page(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for size in (1, 3, 2):
        a_project(uow.session, units[NANXI], {"signed": "2025-01-01"}, name=f"{size}", total_investment=Decimal(size))
    a_project(uow.session, units[CUIPING], {"signed": "2025-01-01"}, name="外区", total_investment=Decimal(9))
    total, rows = listed(uow, Question(unit_id=units[NANXI].id), limit=2)
    assert (total, [row.name for row in rows]) == (3, ["3", "2"])
    assert [row.name for row in listed(uow, Question(unit_id=units[NANXI].id), limit=2, offset=2)[1]] == ["1"]
    assert listed(uow, Question(), unit_ids={units[CUIPING].id})[0] == 1
    figure = projects.row_count(uow, Question(unit_id=units[NANXI].id), total)
    assert (figure.unit, figure.as_json()["value"], figure.value_unit) == (NANXI, 3, "count")


def test_a_list_with_a_year_is_the_list_of_that_year(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[NANXI], {"signed": "2023-01-01"})
    a_plan(uow.session, project, 2025, supervision="supervised")
    year = {"start": "2025-01-01", "end": "2025-12-31"}
    assert listed(uow, Question(filters={"list": "supervised", "period": year}))[0] == 1
    assert listed(uow, Question(filters={"list": "supervised"}))[0] == 0
    assert listed(uow, Question(filters={"list": "supervised", "period": year, "stage": "signed"}))[0] == 0
