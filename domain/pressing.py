"""What a pressed button means."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, delete

from domain.errors import NotAllowed, NotFound
from domain.models import Button
from domain.unit_of_work import UnitOfWork

KEPT = dt.timedelta(days=90)


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
    result: CursorResult[Any] = uow.session.connection().execute(
        delete(Button).where(Button.created_at < uow.now - KEPT)
    )
    return result.rowcount
