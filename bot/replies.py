"""Turns a handler's reply into the JSON an outbox row keeps, with its buttons stored under keys."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.utterance import Utterance
from domain import pressing
from domain.figures import Figure
from domain.unit_of_work import UnitOfWork
from handlers.contract import Reply


def content(uow: UnitOfWork, utterance: Utterance, scope: str, reply: Reply) -> dict[str, Any]:
    """Return a reply as JSON; the buttons' meanings are stored and stand in it by key."""
    actions = [plain(choice.action) for row in reply.buttons for choice in row]
    keys = iter(pressing.keep(uow, utterance.chat_id, utterance.person_id, actions))
    said: dict[str, Any] = {
        "scope": reply.scope or scope,
        "key": reply.key,
        "values": plain(reply.values),
        "figures": [figure_json(figure) for figure in reply.figures],
        "buttons": [[{"label": choice.label, "key": next(keys)} for choice in row] for row in reply.buttons],
        "files": [dict(file) for file in reply.files],
        "keyboard": reply.keyboard,
    }
    if reply.edits and utterance.pressed_on is not None:
        said |= {"method": "edit", "message_id": utterance.pressed_on}
    return said


def figure_json(figure: Figure) -> dict[str, Any]:
    """Return a figure with what only the wording needs beside the contract's fields."""
    return figure.as_json() | {"live": figure.live, "notes": list(figure.notes)}


def plain(value: Any) -> Any:
    """Return a value as JSON: Decimals as numbers, tuples as lists, dates as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
