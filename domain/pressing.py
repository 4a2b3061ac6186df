"""What a pressed button means."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, delete

from domain.appending import append_all
from domain.errors import NotAllowed, NotFound
from domain.models import Button
from domain.unit_of_work import UnitOfWork

KEPT = dt.timedelta(days=90)
KEY_BYTES = 9  # 12 characters of callback data, far below Telegram's 64 bytes


def keep(uow: UnitOfWork, chat_id: int, person_id: int | None, actions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Keep what buttons mean and return the key of each, in order."""
    keys = [secrets.token_urlsafe(KEY_BYTES) for _ in actions]
    common = {"chat_id": chat_id, "person_id": person_id, "created_at": uow.now}
    rows = [{"key": key, "action": dict(action), **common} for key, action in zip(keys, actions, strict=True)]
    append_all(uow, Button, rows)
    return keys


def meaning(uow: UnitOfWork, key: str, person_id: int) -> Mapping[str, Any]:
    """Return the action of a button; raise NotFound for an old one, NotAllowed for another person's."""
    button = uow.session.get(Button, key)
    if button is None:
        raise NotFound("button_gone")
    if button.person_id not in (None, person_id):
        raise NotAllowed("not_your_button")
    return button.action


def prune(uow: UnitOfWork) -> int:
    """Forget the buttons of long ago and return how many."""
    result: CursorResult[Any] = uow.connection.execute(delete(Button).where(Button.created_at < uow.now - KEPT))
    return result.rowcount
