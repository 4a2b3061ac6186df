"""Keeps promises to ring: once, or daily, on workdays, weekly, monthly."""

import calendar as months
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from domain import access, audit
from domain.calendar import is_workday
from domain.errors import Invalid, NotFound
from domain.figures import Period
from domain.models import AuditRow, Project, Reminder
from domain.unit_of_work import UnitOfWork

REPEATS = ("daily", "workday", "weekly", "monthly")
DAY = dt.timedelta(days=1)


def make(uow: UnitOfWork, slots: Mapping[str, Any], text: str) -> Reminder:
    """Promise the actor to ring; a day without a clock time rings at the hour of its part of the day."""
    reminder = Reminder(person_id=access.actor(uow).id)
    _fill(uow, reminder, slots)
    return _add(uow, reminder)


def add(uow: UnitOfWork, person_id: int, text: str, moment: dt.datetime, repeat: str | None = None) -> Reminder:
    """Promise a person to ring at a moment."""
    return _add(uow, Reminder(person_id=person_id, text=text, moment=moment, repeat=repeat))


def get(uow: UnitOfWork, reminder_id: int) -> Reminder:
    """Return a reminder; raise NotFound."""
    reminder = uow.session.get(Reminder, reminder_id)
    if reminder is None:
        raise NotFound("no_record")
    return reminder


def revise(uow: UnitOfWork, reminder: Reminder, slots: Mapping[str, Any]) -> None:
    """Bring a reminder to what `slots` say now; a new time makes it ring again."""
    before = audit.snapshot(reminder)
    _fill(uow, reminder, slots)
    reminder.done = False
    audit.write(uow, "change", reminder, before=before, after=audit.snapshot(reminder))


def withdraw(uow: UnitOfWork, reminder: Reminder) -> None:
    """Take a reminder back; what was already owed of it is dropped when its turn comes."""
    audit.write(uow, "remove", reminder, before=audit.snapshot(reminder))
    uow.session.delete(reminder)


def due(uow: UnitOfWork) -> Sequence[Reminder]:
    """Return the reminders whose moment has come, earliest first."""
    query = select(Reminder).where(Reminder.done.is_(False), Reminder.moment <= uow.now)
    return uow.session.scalars(query.order_by(Reminder.moment, Reminder.id)).all()


def within(uow: UnitOfWork, person_id: int, period: Period) -> list[tuple[dt.datetime, Reminder]]:
    """Return when a person's reminders next ring in a period, earliest first."""
    query = select(Reminder).where(Reminder.person_id == person_id, Reminder.done.is_(False))
    found = []
    for reminder in uow.session.scalars(query.order_by(Reminder.moment, Reminder.id)):
        moment = reminder.moment.astimezone(uow.now.tzinfo)
        if reminder.repeat and moment.date() < period.start:
            moment = _following(uow, reminder, _midnight(uow, period.start) - dt.timedelta(microseconds=1))
        if period.start <= moment.date() <= period.end:
            found.append((moment, reminder))
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))


def ring(uow: UnitOfWork, reminder: Reminder) -> None:
    """Move a reminder that rang to its next time after now; one that does not repeat is done."""
    if reminder.repeat is None:
        reminder.done = True
    else:
        reminder.moment = _following(uow, reminder, uow.now)


def latest_ring(uow: UnitOfWork, reminder: Reminder) -> dt.datetime:
    """Return the last time a due reminder should have rung: what was missed before is not rung again and again."""
    moment = reminder.moment.astimezone(uow.now.tzinfo)
    if reminder.repeat is None:
        return moment
    anchor = _anchor_day(uow, reminder)
    while (later := following(moment, reminder.repeat, anchor)) <= uow.now:
        moment = later
    return moment


def following(moment: dt.datetime, repeat: str, anchor_day: int | None = None) -> dt.datetime:
    """Return the next time after `moment`, in its own zone; the 31st of a short month is its last day."""
    if repeat == "weekly":
        return moment + 7 * DAY
    if repeat == "monthly":
        year, month = divmod(moment.year * 12 + moment.month, 12)
        day = min(anchor_day or moment.day, months.monthrange(year, month + 1)[1])
        return moment.replace(year=year, month=month + 1, day=day)
    moment += DAY
    while repeat == "workday" and not is_workday(moment.date()):
        moment += DAY
    return moment


def _following(uow: UnitOfWork, reminder: Reminder, after: dt.datetime) -> dt.datetime:
    moment, anchor = reminder.moment.astimezone(uow.now.tzinfo), _anchor_day(uow, reminder)
    while moment <= after:
        moment = following(moment, reminder.repeat or "daily", anchor)
    return moment


def _anchor_day(uow: UnitOfWork, reminder: Reminder) -> int | None:
    """Return the day of the month a monthly reminder was made for: after February the row alone forgets the 31st."""
    if reminder.repeat != "monthly":
        return None
    said = select(AuditRow.after).where(
        AuditRow.subject == Reminder.__tablename__, AuditRow.subject_id == str(reminder.id), AuditRow.after.is_not(None)
    )
    moments = [after["moment"] for after in uow.session.scalars(said.order_by(AuditRow.id)) if after.get("moment")]
    return dt.datetime.fromisoformat(moments[-1]).astimezone(uow.now.tzinfo).day if moments else None


def _fill(uow: UnitOfWork, reminder: Reminder, slots: Mapping[str, Any]) -> None:
    repeat = slots.get("repeat")
    if repeat is not None and repeat not in REPEATS:
        raise Invalid("unknown_repeat", repeat=repeat)
    moment = _moment(uow, slots)
    if repeat == "workday" and not is_workday(moment.date()):
        moment = following(moment, repeat)
    while repeat and moment <= uow.now:
        moment = following(moment, repeat)
    if moment <= uow.now:
        raise Invalid("moment_past", moment=moment.isoformat())
    reminder.moment, reminder.repeat, reminder.text = moment, repeat, slots["text"]
    reminder.enterprises = list(slots.get("enterprises", ()))
    project = slots.get("project")
    reminder.project_id = uow.session.scalar(select(Project.id).where(Project.name == project)) if project else None


def _moment(uow: UnitOfWork, slots: Mapping[str, Any]) -> dt.datetime:
    if slots.get("moment"):
        moment = dt.datetime.fromisoformat(slots["moment"])
        return moment if moment.tzinfo else moment.replace(tzinfo=uow.now.tzinfo)
    date = slots.get("date") or {"start": uow.today.isoformat()}
    day = dt.date.fromisoformat(date.get("start") or date["end"])
    hours = uow.rules.part_of_day
    if slots.get("part"):
        return _at(uow, day, hours[slots["part"]])
    parts = [_at(uow, day, hour) for hour in sorted(hours.values())]
    # on the day itself the next part of it that is still to come
    return next((moment for moment in parts if moment > uow.now), parts[-1])


def _at(uow: UnitOfWork, day: dt.date, hour: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(hour), uow.now.tzinfo)


def _midnight(uow: UnitOfWork, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), uow.now.tzinfo)


def _add(uow: UnitOfWork, reminder: Reminder) -> Reminder:
    uow.session.add(reminder)
    uow.session.flush()
    audit.write(uow, "create", reminder, after=audit.snapshot(reminder))
    return reminder
