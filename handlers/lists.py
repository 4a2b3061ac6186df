"""项目清单: lists the projects a condition chooses, largest first, in pages."""

from dataclasses import replace
from typing import Any

from domain import access, directory
from domain.models import Unit
from domain.statistics.projects import list_projects, row_count
from domain.statistics.question import Question, question_of
from domain.unit_of_work import UnitOfWork
from handlers.contract import Choice, Reply, Slots, Turn, handles

PAGE = 10
NARROWING = (
    "stage",
    "milestone_missing",
    "days_since_signed",
    "list",
    "industry",
    "origin",
    "amount",
    "event",
    "person",
)


@handles("list_projects")
def projects(turn: Turn, uow: UnitOfWork) -> Reply:
    """List projects within the asker's scope; how many there are comes first."""
    offset = max(int(turn.slots.get("offset", 0)), 0)
    unit = _unit(uow, turn.slots)
    question = _question(turn.slots, unit)
    total, rows = list_projects(uow, question, limit=PAGE, offset=offset, unit_ids=access.readable_units(uow))
    figure = row_count(uow, question, total, cohort=turn.slots.get("list") or turn.slots.get("event"))
    values = {"rows": [row.as_json() for row in rows], "total": total, "first": offset + 1, "slots": turn.slots}
    pages = [_page(turn, offset - PAGE, "previous")] if offset else []
    pages += [_page(turn, offset + PAGE, "more")] if offset + PAGE < total else []
    values["narrowed"] = any(name in turn.slots for name in NARROWING if name not in ("list", "event"))
    key = "list" if total else "none"
    return Reply(key, values, figures=[figure], buttons=[pages] if pages else (), edits=turn.pressed)


def _unit(uow: UnitOfWork, slots: Slots) -> Unit | None:
    """Return the unit asked for; without one the whole city, or the asker's own unit where that is all they read."""
    if "unit" in slots:
        unit = directory.unit_by_name(uow, slots["unit"])
        access.require_readable(uow, unit.id)
        return unit
    return None if access.reads_everything(uow) else directory.unit(uow, access.actor(uow).unit_id)


def _question(slots: Slots, unit: Unit | None) -> Question:
    filters: dict[str, Any] = {name: slots[name] for name in NARROWING if name in slots}
    if "period" in slots:
        filters["period"] = slots["period"]
    return replace(question_of({}, unit_id=unit.id if unit else None), filters=filters)


def _page(turn: Turn, offset: int, label: str) -> Choice:
    slots = {**turn.slots, "offset": max(offset, 0)}
    return Choice(label, {"intent": turn.intent, "slots": slots, "entry_id": None})
