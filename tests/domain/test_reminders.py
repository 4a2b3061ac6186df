"""Reminders: when they ring, and again."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from domain import reminders
from domain.errors import Invalid, NotFound
from domain.figures import Period
from domain.models import Person, Project, Reminder, Unit
from domain.reminders import following
from domain.unit_of_work import Ledger, UnitOfWork, acting
from tests.factories import CITY_ZONE, NOW


@pytest.fixture
def person(uow: UnitOfWork) -> Person:
    """Return a member of staff who acts."""
    return staff(uow)


def staff(uow: UnitOfWork) -> Person:
    """Enter a member of staff who acts from now on."""
    unit = Unit(name="翠屏区", kind="county")
    uow.session.add(unit)
    uow.session.flush()
    person = Person(name="李明", unit_id=unit.id, role="staff")
    uow.session.add(person)
    uow.session.flush()
    uow.actor = acting(uow.connection, person.id)
    return person


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=CITY_ZONE)


def made(uow: UnitOfWork, **slots: Any) -> Reminder:
    return reminders.make(uow, {"text": "给王总回电话", **slots}, "提醒我给王总回电话")


@pytest.mark.parametrize(
    ("slots", "moment"),
    [
        ({"moment": "2026-03-19T15:00:00+08:00"}, "2026-03-19T15:00"),
        ({"moment": "2026-03-19T15:00:00"}, "2026-03-19T15:00"),
        ({"date": {"start": "2026-03-20", "end": "2026-03-20"}}, "2026-03-20T09:00"),
        ({"date": {"start": "2026-03-20", "end": "2026-03-20"}, "part": "afternoon"}, "2026-03-20T15:00"),
        ({"date": {"start": "2026-03-18", "end": "2026-03-18"}}, "2026-03-18T12:00"),  # 09:00 is over
        ({"date": {"start": None, "end": "2026-03-31"}}, "2026-03-31T09:00"),
        ({"moment": "2026-03-18T08:00:00+08:00", "repeat": "daily"}, "2026-03-19T08:00"),
        ({"moment": "2026-03-21T08:00:00+08:00", "repeat": "workday"}, "2026-03-23T08:00"),  # a Saturday
    ],
)
def test_rings_at(uow: UnitOfWork, person: Person, slots: dict[str, Any], moment: str) -> None:
    reminder = made(uow, **slots)
    assert reminder.moment == at(moment)
    assert reminder.person_id == person.id


@pytest.mark.usefixtures("person")
def test_refuses_what_cannot_ring(uow: UnitOfWork) -> None:
    with pytest.raises(Invalid, match="moment_past"):
        made(uow, moment="2026-03-18T09:00:00+08:00")
    with pytest.raises(Invalid, match="unknown_repeat"):
        made(uow, moment="2026-03-19T09:00:00+08:00", repeat="hourly")


@pytest.mark.parametrize(
    ("start", "repeat", "anchor", "expected"),
    [
        ("2026-03-18T09:00", "daily", None, ["2026-03-19T09:00", "2026-03-20T09:00"]),
        ("2026-03-20T09:00", "workday", None, ["2026-03-23T09:00", "2026-03-24T09:00"]),
        ("2026-09-30T09:00", "workday", None, ["2026-10-08T09:00"]),  # after the holiday
        ("2026-03-18T09:00", "weekly", None, ["2026-03-25T09:00", "2026-04-01T09:00"]),
        ("2026-01-31T09:00", "monthly", 31, ["2026-02-28T09:00", "2026-03-31T09:00", "2026-04-30T09:00"]),
        ("2026-12-05T09:00", "monthly", None, ["2027-01-05T09:00"]),
    ],
)
def test_next_occurrence(start: str, repeat: str, anchor: int | None, expected: list[str]) -> None:
    moment, found = at(start), []
    for _ in expected:
        moment = following(moment, repeat, anchor)
        found.append(moment)
    assert found == [at(text) for text in expected]


def test_rings_once_or_again(ledger: Ledger) -> None:
    with ledger.work(NOW) as work:
        person = staff(work)
        once = reminders.add(work, person.id, "一次", at("2026-03-19T09:00"))
        monthly = reminders.add(work, person.id, "每月", at("2026-03-31T09:00"), "monthly")
    with ledger.work(at("2026-03-19T09:00")) as work:
        assert [each.text for each in reminders.due(work)] == ["一次"]
        reminders.ring(work, reminders.get(work, once.id))
        assert list(reminders.due(work)) == []
    for ring, then in (("2026-04-01T10:00", "2026-04-30T09:00"), ("2026-04-30T10:00", "2026-05-31T09:00")):
        with ledger.work(at(ring)) as work:
            (due,) = reminders.due(work)
            assert due.id == monthly.id
            reminders.ring(work, due)
            assert due.moment == at(then)


def test_after_days_without_power_only_the_last_time_counts(ledger: Ledger) -> None:
    with ledger.work(NOW) as work:
        daily = reminders.add(work, staff(work).id, "每天", at("2026-03-19T09:00"), "daily")
    with ledger.work(at("2026-03-25T10:00")) as work:
        assert reminders.latest_ring(work, reminders.get(work, daily.id)) == at("2026-03-25T09:00")


@pytest.mark.usefixtures("person")
def test_is_moved_and_taken_back(uow: UnitOfWork) -> None:
    project = Project(name="电池项目", unit_id=uow.actor.unit_id if uow.actor else 0, total_investment=Decimal(0))
    uow.session.add(project)
    reminder = made(uow, moment="2026-03-19T09:00:00+08:00", project="电池项目")
    assert reminder.project_id == project.id
    reminder.done = True
    reminders.revise(uow, reminder, {"text": "改了", "moment": "2026-03-20T09:00:00+08:00"})
    assert (reminder.text, reminder.moment, reminder.done) == ("改了", at("2026-03-20T09:00"), False)
    reminders.withdraw(uow, reminder)
    uow.session.flush()
    with pytest.raises(NotFound):
        reminders.get(uow, reminder.id)


def test_lists_what_rings_in_a_week(uow: UnitOfWork, person: Person) -> None:
    reminders.add(uow, person.id, "周五", at("2026-03-20T09:00"))
    reminders.add(uow, person.id, "每周", at("2026-03-18T15:00"), "weekly")
    reminders.add(uow, person.id, "以后", at("2026-05-01T09:00"))
    week = Period(dt.date(2026, 3, 16), dt.date(2026, 3, 22))
    following_week = Period(dt.date(2026, 3, 23), dt.date(2026, 3, 29))
    assert [each.text for _, each in reminders.within(uow, person.id, week)] == ["每周", "周五"]
    assert [moment for moment, _ in reminders.within(uow, person.id, following_week)] == [at("2026-03-25T15:00")]
    assert at("2026-03-20T09:00") > NOW
