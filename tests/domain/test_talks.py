"""Who talks to a firm: lately, or with a project under way."""

import datetime as dt

from domain.models import Enterprise, Investor, Milestone, Project, Unit, Visit, VisitEnterprise
from domain.talks import TALKING_DAYS, talks_with
from domain.unit_of_work import Ledger, UnitOfWork
from tests.factories import NOW

TODAY = NOW.date()


def talking(ledger: Ledger, firm: int, *, days_later: int = 0) -> list[tuple[str, str | None]]:
    """Return unit and stage of those who talk to a firm some days from now."""
    with ledger.read(NOW + dt.timedelta(days=days_later)) as uow:
        return [(talk.unit, talk.stage) for talk in talks_with(uow, uow.session.get_one(Enterprise, firm))]


def firm_and_unit(uow: UnitOfWork) -> tuple[int, int]:
    unit, firm = Unit(name="翠屏区", kind="county"), Enterprise(name="华锐光伏有限公司")
    uow.session.add_all((unit, firm))
    uow.session.flush()
    return firm.id, unit.id


def visited(uow: UnitOfWork, firm: int, unit: int, day: dt.date, *, planned: bool = False) -> None:
    visit = Visit(date=day, unit_id=unit, mode="outbound", planned=planned)
    uow.session.add(visit)
    uow.session.flush()
    uow.session.add(VisitEnterprise(visit_id=visit.id, enterprise_id=firm, position=0))


def backed(uow: UnitOfWork, firm: int, unit: int, **reached: dt.date) -> None:
    project = Project(name=f"项目{len(reached)}", unit_id=unit, total_investment=1)
    project.milestones = [Milestone(kind=kind, date=day) for kind, day in reached.items()]
    uow.session.add(project)
    uow.session.flush()
    uow.session.add(Investor(project_id=project.id, enterprise_id=firm, position=0))


def test_a_visit_counts_for_half_a_year(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        firm, unit = firm_and_unit(uow)
        visited(uow, firm, unit, TODAY)
    assert talking(ledger, firm, days_later=TALKING_DAYS) == [("翠屏区", None)]
    assert talking(ledger, firm, days_later=TALKING_DAYS + 1) == []


def test_what_is_only_planned_is_no_talk(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        firm, unit = firm_and_unit(uow)
        visited(uow, firm, unit, TODAY, planned=True)
        backed(uow, firm, unit)
    assert talking(ledger, firm) == []


def test_a_project_under_way_keeps_an_old_talk(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        firm, unit = firm_and_unit(uow)
        visited(uow, firm, unit, TODAY - dt.timedelta(days=400))
        backed(uow, firm, unit, signed=TODAY - dt.timedelta(days=300))
        backed(uow, firm, unit, signed=TODAY - dt.timedelta(days=200), started=TODAY - dt.timedelta(days=100))
    assert talking(ledger, firm) == [("翠屏区", "started")]
    with ledger.read(NOW) as uow:
        talk = talks_with(uow, uow.session.get_one(Enterprise, firm))[0]
    assert (talk.since, talk.last) == (TODAY - dt.timedelta(days=400), TODAY - dt.timedelta(days=100))


def test_an_ended_project_keeps_none(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        firm, unit = firm_and_unit(uow)
        backed(uow, firm, unit, signed=TODAY - dt.timedelta(days=30), terminated=TODAY - dt.timedelta(days=2))
    assert talking(ledger, firm) == []
