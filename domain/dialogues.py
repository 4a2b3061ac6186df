"""Keeps what a person is in the middle of in one chat."""

from collections.abc import Mapping
from typing import Any

from domain.models import Dialogue
from domain.unit_of_work import UnitOfWork


def load(uow: UnitOfWork, chat_id: int, person_id: int) -> dict[str, Any]:
    """Return the state of a dialogue, empty when there is none."""
    row = uow.session.get(Dialogue, (chat_id, person_id))
    return dict(row.state) if row else {}


def save(uow: UnitOfWork, chat_id: int, person_id: int, state: Mapping[str, Any]) -> None:
    """Keep the state of a dialogue."""
    row = uow.session.get(Dialogue, (chat_id, person_id))
    if row is None:
        uow.session.add(Dialogue(chat_id=chat_id, person_id=person_id, state=dict(state), updated_at=uow.now))
    elif row.state != state:
        row.state, row.updated_at = dict(state), uow.now
