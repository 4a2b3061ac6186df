"""修改、撤销: amends and undoes what was recorded."""

from collections.abc import Mapping
from typing import Any

from domain import entries, reminders
from domain.errors import NotFound
from domain.models import Entry
from domain.shapes import CHOICES, LISTS, fits
from domain.unit_of_work import UnitOfWork
from handlers.contract import Ask, Choice, Reply, Slots, Turn, handles

FIELDS = {
    "log_visit": (
        "date", "mode", "enterprises", "place", "participants", "contacts", "people_count",
        "amount", "land_mu", "industry", "summary", "result", "next_step", "follow_up",
    ),
    "remind_me": ("moment", "text", "repeat"),
}  # fmt: skip
UNSHOWN = {"log_visit": ("event", "project")}  # said, yet too rare for a button
MEANT = {"remind_me": {"date": "moment", "summary": "text", "next_step": "text"}}  # a reminder has one time, one text
NEEDED = frozenset({"moment", "text"})  # what a reminder cannot do without
PER_ROW = 3


@handles("amend")
def amend(turn: Turn, uow: UnitOfWork) -> Reply:
    """Correct the last or the replied-to record; without a value show its fields, with a field ask the value."""
    entry = _meant(turn, uow)
    if "whole" in turn.slots:
        part = {"part": turn.linked["part"]} if "part" in turn.linked else {}
        return _amended(uow, entry, {**turn.slots["whole"], **part}, None)
    if turn.slots.get("field") is None:
        return Reply("fields", _values(entry), buttons=_field_buttons(entry), entry_id=entry.id)
    return _corrected(turn, uow, entry, str(turn.slots["field"]))


def _corrected(turn: Turn, uow: UnitOfWork, entry: Entry, said: str) -> Reply:
    """Correct the field that was said, where this record has one of that name."""
    field, how = MEANT.get(entry.intent, {}).get(said, said), turn.slots.get("how", "replace")
    if field not in (*FIELDS[entry.intent], *UNSHOWN.get(entry.intent, ())):
        values = _values(entry) | {"field": said}
        return Reply("no_such_field", values, buttons=_field_buttons(entry), entry_id=entry.id)
    if "value" in turn.slots:
        return _revalued(turn, uow, entry, said, field)
    if how == "remove" and field not in NEEDED:
        return _amended(uow, entry, _without(entry.slots, field), field)
    return _ask(entry, field, "ask_again" if "again" in turn.slots else "ask_value")


def _revalued(turn: Turn, uow: UnitOfWork, entry: Entry, said: str, field: str) -> Reply:
    """Bring one field to a new value, or ask again for one that can stand there."""
    value, how = turn.slots["value"], turn.slots.get("how", "replace")
    if not fits(said, value):
        values = _values(entry) | {"field": field, "said": value if isinstance(value, str) else ""}
        return Reply("unfit", values, buttons=_value_buttons(entry, field), entry_id=entry.id)
    if field == "moment":
        slots = moved(entry.slots, value, turn.linked.get("part"), same_day="clock" in turn.linked)
        return _amended(uow, entry, slots, "moment" if "moment" in slots else "date")
    return _amended(uow, entry, amended(entry.slots, field, value, how), field)


def moved(slots: Slots, value: Any, part: str | None, *, same_day: bool) -> dict[str, Any]:
    """Return a reminder's slots at another time: a clock time, a day, or a part of a day; what is not said stays."""
    kept = {name: each for name, each in slots.items() if name not in ("moment", "date", "part")}
    day = _day_of(slots) if same_day else None
    if isinstance(value, str):
        return kept | {"moment": (day or value[:10]) + value[10:]}
    day = day or str(value.get("start") or value.get("end"))[:10]
    if part is not None:
        return kept | {"date": {"start": day, "end": day}, "part": part}
    if slots.get("moment"):
        return kept | {"moment": day + slots["moment"][10:]}
    held = {"part": slots["part"]} if "part" in slots else {}
    return kept | {"date": {"start": day, "end": day}} | held


def _day_of(slots: Slots) -> str | None:
    """Return the day a reminder has now."""
    said = slots.get("moment") or (slots.get("date") or {}).get("start")
    return str(said)[:10] if said else None


def _ask(entry: Entry, field: str, key: str) -> Ask:
    """Ask a field's value."""
    waiting = {"field": field, "entry_id": entry.id}
    values, buttons = _values(entry) | {"field": field}, _value_buttons(entry, field)
    return Ask(key, values, buttons=buttons, slot="value", slots=waiting, entry_id=entry.id)


@handles("undo")
def undo(turn: Turn, uow: UnitOfWork) -> Reply:
    """Take the last or the replied-to record back and name what went."""
    entry = _meant(turn, uow)
    entries.undo(uow, entry)
    return Reply("undone", _values(entry), edits=turn.pressed)


def _amended(uow: UnitOfWork, entry: Entry, slots: Slots, field: str | None) -> Reply:
    before = entry.slots.get(field) if field else None
    entries.revise(uow, entry, slots)
    values = {"slots": slots, "field": field, "before": before, "after": slots.get(field) if field else None}
    if entry.intent == "remind_me" and "moment" not in slots:
        rings = reminders.get(uow, entry.subject_id).moment.astimezone(uow.now.tzinfo)
        values["rings"] = rings.isoformat()  # the hour is ours: only a day or part of day was said
    buttons = [[Choice("undo", _act("undo", entry)), Choice("amend", _act("amend", entry))]]
    return Reply("amended" if field else "rewritten", values, buttons=buttons, entry_id=entry.id)


def amended(slots: Slots, field: str, value: Any, how: str) -> dict[str, Any]:
    """Return slots with one field replaced, added to or cut."""
    changed = dict(slots)
    known = changed.get(field)
    if field in LISTS and how == "add":
        changed[field] = [*(known or ()), *(each for each in _list(value) if each not in (known or ()))]
    elif field in LISTS and how == "remove":
        changed[field] = [each for each in known or () if each not in _list(value)]
    elif how == "remove":
        changed.pop(field, None)
    else:
        changed[field] = _list(value) if field in LISTS else value
    return {name: each for name, each in changed.items() if each not in ([], None)}


def _meant(turn: Turn, uow: UnitOfWork) -> Entry:
    entry_id = turn.entry_id or turn.slots.get("entry_id")
    if entry_id is not None:
        return entries.get(uow, entry_id)
    entry = entries.latest(uow, turn.chat_id)
    if entry is None:
        raise NotFound("nothing_to_undo" if turn.intent == "undo" else "nothing_to_amend")
    return entry


def _values(entry: Entry) -> dict[str, Any]:
    return {"slots": entry.slots, "intent": entry.intent, "made_at": entry.made_at.isoformat()}


def _field_buttons(entry: Entry) -> list[list[Choice]]:
    choices = [Choice(f"field_{name}", _act("amend", entry, {"field": name})) for name in FIELDS[entry.intent]]
    return _rows(choices)


def _value_buttons(entry: Entry, field: str) -> list[list[Choice]]:
    """Return a field's values as buttons, where there are few."""
    codes = CHOICES.get(field, ())
    return _rows([Choice(f"{field}_{code}", _act("amend", entry, {"field": field, "value": code})) for code in codes])


def _rows(choices: list[Choice]) -> list[list[Choice]]:
    return [choices[start : start + PER_ROW] for start in range(0, len(choices), PER_ROW)]


def _without(slots: Slots, field: str) -> dict[str, Any]:
    return {name: value for name, value in slots.items() if name != field}


def _act(intent: str, entry: Entry, slots: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"intent": intent, "slots": dict(slots or {}), "entry_id": entry.id}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
