"""修改、撤销: amends and undoes what was recorded."""

from collections.abc import Mapping
from typing import Any

from domain import entries
from domain.errors import NotFound
from domain.models import Entry
from domain.unit_of_work import UnitOfWork
from handlers.contract import Ask, Choice, Reply, Slots, Turn, handles

FIELDS = {
    "log_visit": (
        "date", "mode", "enterprises", "place", "participants", "contacts", "people_count",
        "amount", "land_mu", "industry", "summary", "result", "next_step", "follow_up",
    ),
    "remind_me": ("moment", "text", "repeat"),
}  # fmt: skip
LISTS = frozenset({"enterprises", "participants", "contacts"})
PER_ROW = 3


@handles("amend")
def amend(turn: Turn, uow: UnitOfWork) -> Reply:
    """Correct the last or the replied-to record; without a value show its fields, with a field ask the value."""
    entry = _meant(turn, uow)
    field = turn.slots.get("field")
    if "whole" in turn.slots:
        return _amended(uow, entry, turn.slots["whole"], None)
    if field is None:
        return Reply("fields", _values(entry), buttons=_field_buttons(entry), entry_id=entry.id)
    if "value" not in turn.slots:
        waiting = {"field": field, "entry_id": entry.id}
        return Ask("ask_value", _values(entry) | {"field": field}, slot="value", slots=waiting, entry_id=entry.id)
    slots = amended(entry.slots, field, turn.slots["value"], turn.slots.get("how", "replace"))
    return _amended(uow, entry, slots, field)


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
    return [choices[start : start + PER_ROW] for start in range(0, len(choices), PER_ROW)]


def _act(intent: str, entry: Entry, slots: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"intent": intent, "slots": dict(slots or {}), "entry_id": entry.id}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
