"""拜访: records visits and receptions, and lists them."""

from typing import Any

from domain import access, directory, entries, visits
from domain.figures import Period
from domain.models import Visit
from domain.unit_of_work import UnitOfWork
from handlers.contract import Choice, Reply, Turn, handles

PAGE = 8


@handles("log_visit")
def log_visit(turn: Turn, uow: UnitOfWork) -> Reply:
    """Record a visit at once and show what was understood, with undo and amend."""
    entry_id, visit = entries.make(
        uow, turn.intent, turn.slots, turn.text, chat_id=turn.chat_id, message_id=turn.message_id
    )
    values = {"slots": turn.slots, "dated_today": "date" not in turn.slots, "day": uow.today.isoformat()}
    found = visits.surroundings(uow, visit)
    return Reply(
        "planned" if visits.is_planned(uow, turn.slots) else "done",
        values | {"others": found.others, "times": found.times},
        buttons=[[Choice("undo", act("undo", entry_id)), Choice("amend", act("amend", entry_id))]],
        entry_id=entry_id,
    )


@handles("list_visits")
def list_visits(turn: Turn, uow: UnitOfWork) -> Reply:
    """List visits within the asker's scope, newest first, in pages."""
    offset = int(turn.slots.get("offset", 0))
    own_today = _own_today(turn, uow)
    question = _recorded_today(uow) if own_today else _question(turn, uow)
    total, found = visits.find(uow, question, limit=PAGE, offset=offset)
    rows = [_row(uow, visit) for visit in found]
    values = {"rows": rows, "total": total, "first": offset + 1, "own_today": own_today}
    pages = []
    if offset:
        pages.append(Choice("previous", act(turn.intent, None, turn.slots, offset - PAGE)))
    if offset + PAGE < total:
        pages.append(Choice("more", act(turn.intent, None, turn.slots, offset + PAGE)))
    return Reply("list" if total else "none", values, buttons=[pages] if pages else (), edits="offset" in turn.slots)


def act(intent: str, entry_id: int | None, slots: Any = None, offset: int | None = None) -> dict[str, Any]:
    """Return what a button means: an intent with slots, on a record."""
    extra = {} if offset is None else {"offset": max(offset, 0)}
    return {"intent": intent, "slots": {**(slots or {}), **extra}, "entry_id": entry_id}


def _own_today(turn: Turn, uow: UnitOfWork) -> bool:
    """Tell whether a person asks what they themselves recorded today, whatever day it was about."""
    today = {"start": uow.today.isoformat(), "end": uow.today.isoformat()}
    me = directory.printed_name(uow, access.actor(uow))
    return turn.slots.get("person") == me and turn.slots.get("period") == today


def _recorded_today(uow: UnitOfWork) -> visits.VisitQuestion:
    return visits.VisitQuestion(recorded_by=access.actor(uow).id, recorded_on=uow.today)


def _question(turn: Turn, uow: UnitOfWork) -> visits.VisitQuestion:
    slots = turn.slots
    period = slots.get("period")
    unit = directory.unit_by_name(uow, slots["unit"]) if "unit" in slots else None
    if unit is not None:
        access.require_readable(uow, unit.id)
    person = directory.find_person(uow, slots["person"]) if "person" in slots else None
    return visits.VisitQuestion(
        person=slots.get("person"),
        person_id=person.id if person else None,
        unit_id=unit.id if unit else None,
        enterprises=slots.get("enterprises", ()),
        place=slots.get("place"),
        period=Period.from_json(period, uow.today) if period else None,
        mode=slots.get("mode"),
    )


def _row(uow: UnitOfWork, visit: Visit) -> dict[str, Any]:
    shown = {
        "date": visit.date.isoformat(),
        "mode": visit.mode,
        "unit": visit.unit.short_name or visit.unit.name,
        "enterprises": [firm.short_name or firm.name for firm in visit.enterprises],
        "subject": visit.subject,
        "result": visit.result,
        "planned": visit.planned,
        "amount": visit.amount,
    }
    if access.sees_contacts(uow, visit.unit_id):
        shown["contacts"] = visit.contacts
    return shown
