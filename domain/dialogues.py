"""Keeps what a person is in the middle of in one chat."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from domain.models import Dialogue
from domain.once import insert_or_replace
from domain.unit_of_work import UnitOfWork

_state = select(Dialogue.state).where(Dialogue.chat_id == bindparam("chat"), Dialogue.person_id == bindparam("person"))


def load(uow: UnitOfWork, chat_id: int, person_id: int) -> dict[str, Any]:
    """Return the state of a dialogue, empty when there is none."""
    return dict(uow.connection.scalar(_state, {"chat": chat_id, "person": person_id}) or {})


def save(uow: UnitOfWork, chat_id: int, person_id: int, state: Mapping[str, Any]) -> None:
    """Keep the state of a dialogue."""
    row = {"chat_id": chat_id, "person_id": person_id, "state": dict(state), "updated_at": uow.now}
    statement = insert_or_replace(uow.connection, Dialogue.__table__, "state", "updated_at")
    uow.connection.execute(statement, row)
