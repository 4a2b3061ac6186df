"""Visits, trips, receptions, leads and issues, counted live."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from domain.models import Enterprise, Issue, Lead, Trip, Unit, Visit, VisitEnterprise
from domain.statistics.question import Question
from domain.unit_of_work import UnitOfWork
from tests.statistics.city import BUREAU, CITY, CUIPING, NANXI, a_city, a_person, a_project, added, day, measure, span

MARCH = span("2026-03-01", "2026-03-31")


def a_firm(session: Session, name: str) -> Enterprise:
    return added(session, Enterprise(name=name, aliases=[], tags=[]))


def a_visit(session: Session, unit: Unit, firms: list[Enterprise], date: str = "2026-03-10", **fields: Any) -> Visit:
    facts = {"mode": "outbound", "participants": [], "contacts": [], "planned": False, **fields}
    visit = added(session, Visit(unit_id=unit.id, date=day(date), **facts))
    for position, firm in enumerate(firms):
        session.add(VisitEnterprise(visit_id=visit.id, enterprise_id=firm.id, position=position))
    session.flush()
    return visit


def a_trip(session: Session, unit: Unit, start: str, **fields: Any) -> Trip:
    return added(session, Trip(unit_id=unit.id, start=day(start), places=[], **fields))


def test_visits_are_firms_times_records_and_live(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    one, two = a_firm(uow.session, "甲公司"), a_firm(uow.session, "乙公司")
    a_visit(uow.session, units[CUIPING], [one, two])
    a_visit(uow.session, units["李庄镇"], [one], "2026-03-18")
    a_visit(uow.session, units[CUIPING], [one], "2026-03-17", planned=True)
    a_visit(uow.session, units[CUIPING], [one], "2026-03-19")
    a_visit(uow.session, units[CUIPING], [one], mode="inbound")
    a_visit(uow.session, units[NANXI], [two], mode="phone")
    found = {name: measure(uow, Question(metric=name))[0] for name in ("visits", "enterprises_visited", "receptions")}
    assert {name: figure.value for name, figure in found.items()} == {
        "visits": 3,
        "enterprises_visited": 2,
        "receptions": 1,
    }
    assert found["visits"].as_of == day("2026-03-18")
    assert measure(uow, Question(metric="visits", unit_id=units[NANXI].id, period=MARCH))[0].value == 0


def test_firms_of_trips_stand_beside_and_are_never_added(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    a_visit(uow.session, units[CUIPING], [a_firm(uow.session, "甲公司")])
    a_trip(uow.session, units[CUIPING], "2026-03-02", enterprise_count=5)
    named, said = measure(uow, Question(metric="enterprises_visited"))
    assert (named.value, said.value, said.status, said.notes) == (1, 5, "reported", ("said_without_names",))


def test_a_persons_visits_are_those_recorded_or_joined(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    person = a_person(uow.session, "张三", units[CUIPING])
    a_person(uow.session, "张三丰", units[CUIPING])
    firm = a_firm(uow.session, "甲公司")
    a_visit(uow.session, units[CUIPING], [firm], participants=["张三", "李四"])
    a_visit(uow.session, units[CUIPING], [firm], recorded_by=person.id)
    a_visit(uow.session, units[CUIPING], [firm], participants=["张三丰"])
    figure = measure(uow, Question(metric="visits", person_id=person.id))[0]
    assert (figure.value, figure.subject) == (2, "张三")


def test_trips_split_into_those_of_the_city_and_of_the_districts(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    for name, count in ((CITY, 2), (BUREAU, 1), (CUIPING, 3), ("李庄镇", 1)):
        for _ in range(count):
            a_trip(uow.session, units[name], "2026-02-27", end=day("2026-03-02"))
    total, city, district = measure(uow, Question(metric="trips"))
    assert (total.value, city.value, district.value) == (7, 3, 4)
    assert (city.filters, district.filters) == ({"leader_level": "city"}, {"leader_level": "district"})
    assert measure(uow, Question(metric="trips", period=MARCH))[0].value == 0
    assert [one.value for one in measure(uow, Question(metric="trips", unit_id=units[CUIPING].id))] == [4]


def test_leads_and_their_valid_share_go_by_the_closed_months(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    firm = a_firm(uow.session, "甲公司")
    for date, judgement in (("2026-01-05", "valid"), ("2026-02-05", "invalid"), ("2026-03-05", "valid")):
        added(
            uow.session,
            Lead(enterprise_id=firm.id, unit_id=units[NANXI].id, registered_on=day(date), judgement=judgement),
        )
    assert measure(uow, Question(metric="lead_count"))[0].value == 2
    assert measure(uow, Question(metric="lead_valid_rate"))[0].value == Decimal("0.5")
    empty = measure(uow, Question(metric="lead_valid_rate", unit_id=units[CUIPING].id))[0]
    assert (empty.value, empty.notes) == (None, ("no_leads",))


def test_issues_solved_by_now_over_those_raised(uow: UnitOfWork) -> None:
    units = a_city(uow.session)
    project = a_project(uow.session, units[NANXI])
    for raised, solved in (("2026-01-05", "2026-03-18"), ("2026-03-01", None), ("2026-02-01", "2026-03-19")):
        solved_on = day(solved) if solved else None
        issue = Issue(project_id=project.id, category="land", description=raised, raised_on=day(raised))
        issue.solved_on = solved_on
        added(uow.session, issue)
    rate = measure(uow, Question(metric="issue_solved_rate"))[0]
    assert (rate.numerator, rate.denominator) == (1, 3)
