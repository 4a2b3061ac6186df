"""Keeps what a person is in the middle of in one chat."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from domain.models import Dialogue
from domain.once import insert_or_replace
from domain.unit_of_work import UnitOfWork


def load(uow: UnitOfWork, chat_id: int, person_id: int) -> dict[str, Any]:
    """Return the state of a dialogue, empty when there is none."""
    query = select(Dialogue.state).where(Dialogue.chat_id == chat_id, Dialogue.person_id == person_id)
    return dict(uow.session.scalar(query) or {})


def save(uow: UnitOfWork, chat_id: int, person_id: int, state: Mapping[str, Any]) -> None:
    """Keep the state of a dialogue."""
    row = {"chat_id": chat_id, "person_id": person_id, "state": dict(state), "updated_at": uow.now}
    statement = insert_or_replace(uow.session, Dialogue.__table__, "state", "updated_at")
    uow.session.connection().execute(statement, row)
