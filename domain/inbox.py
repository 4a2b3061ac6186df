"""Keeps the updates received: stored before they are acknowledged, applied once, forgotten after two days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, Update, bindparam, delete, select, update

from domain.models import Account, Dialogue, InboxUpdate, Person, Unit
from domain.once import insert_once
from domain.unit_of_work import WHO, Actor, UnitOfWork

MOST_ATTEMPTS = 5
KEPT = dt.timedelta(hours=48)
ERROR_LENGTH = 2000

# built once: they are said for every message
_standing = (
    select(InboxUpdate.steps, Dialogue.state, *WHO)
    .select_from(InboxUpdate)
    .outerjoin(Account, Account.telegram_id == bindparam("sender"))
    .outerjoin(Person, Person.id == Account.person_id)
    .outerjoin(Unit, Unit.id == Person.unit_id)
    .outerjoin(Dialogue, (Dialogue.person_id == Person.id) & (Dialogue.chat_id == InboxUpdate.chat_id))
    .where(InboxUpdate.update_id == bindparam("update"))
)
_new = update(InboxUpdate).where(InboxUpdate.update_id == bindparam("update"), InboxUpdate.state == "new")
_finished = _new.values(state="done", error=None)
_stepped = _new.values(steps=InboxUpdate.steps + 1)


class AlreadyApplied(Exception):
    """The update, or this step of it, was applied before: what was written again must roll back."""


class Standing(NamedTuple):
    """Where an update stands when it is taken up."""

    sender: Actor | None  # None: nobody bound
    done: int = 0  # commands of it already applied
    dialogue: Mapping[str, Any] = MappingProxyType({})  # what the sender was in the middle of in its chat


def store(uow: UnitOfWork, updates: Sequence[Mapping[str, Any]]) -> list[int]:
    """Keep raw updates and return the ids of those not known before, in the order received."""
    if not updates:
        return []
    rows = [
        {
            "update_id": payload["update_id"],
            "chat_id": chat_of(payload),
            "payload": dict(payload),
            "received_at": uow.now,
            "state": "new",
            "steps": 0,
            "attempts": 0,
        }
        for payload in updates
    ]
    statement = insert_once(uow.connection, InboxUpdate.__table__).returning(InboxUpdate.update_id)
    new = set(uow.connection.execute(statement.values(rows)).scalars())
    return [row["update_id"] for row in rows if row["update_id"] in new]


def chat_of(payload: Mapping[str, Any]) -> int | None:
    """Return the chat a raw update belongs to: its own, its message's, or its sender's private one."""
    for part in payload.values():
        if isinstance(part, Mapping):
            return _chat_id(part)
    return None


def _chat_id(part: Mapping[str, Any]) -> int | None:
    for holder in (part, part.get("message")):
        if isinstance(holder, Mapping) and isinstance(chat := holder.get("chat"), Mapping):
            return chat.get("id")
    sender = part.get("from")
    return sender.get("id") if isinstance(sender, Mapping) else None


def pending(uow: UnitOfWork) -> Sequence[InboxUpdate]:
    """Return the updates not yet applied, oldest first."""
    query = select(InboxUpdate).where(InboxUpdate.state == "new")
    return uow.session.scalars(query.order_by(InboxUpdate.received_at, InboxUpdate.update_id)).all()


def standing(uow: UnitOfWork, update_id: int, telegram_id: int) -> Standing:
    """Return where an update stands, in one look: it is asked for every message."""
    found = uow.connection.execute(_standing, {"update": update_id, "sender": telegram_id}).one_or_none()
    if found is None:
        return Standing(None)
    done, dialogue, *who = found
    return Standing(None if who[0] is None else Actor(*who), done, dialogue or {})


def step(uow: UnitOfWork, update_id: int, number: int | None = None) -> None:
    """Note in this transaction that one more command of the message is applied; raise AlreadyApplied.

    With its `number` (from 0) the command is applied only once even when two processes hold the update.
    """
    _advance(uow, _stepped if number is None else _stepped.where(InboxUpdate.steps == number), update_id)


def finish(uow: UnitOfWork, update_id: int) -> None:
    """Note in this transaction that the whole update is applied; raise AlreadyApplied."""
    _advance(uow, _finished, update_id)


def _advance(uow: UnitOfWork, statement: Update, update_id: int) -> None:
    # on PostgreSQL the row lock makes a second process wait here and then find nothing to change
    if not _changed(uow, statement, {"update": update_id}):
        raise AlreadyApplied(update_id)


def fail(uow: UnitOfWork, update_id: int, error: str, *, for_good: bool = False) -> bool:
    """Note that applying failed and tell whether to try again; after some attempts the update is dead."""
    row = uow.session.get(InboxUpdate, update_id)
    if row is None or row.state != "new":
        return False
    row.attempts += 1
    row.error = error[:ERROR_LENGTH]
    if for_good or row.attempts >= MOST_ATTEMPTS:
        row.state = "dead"
    return row.state == "new"


def prune(uow: UnitOfWork, older_than: dt.timedelta = KEPT) -> int:
    """Forget applied updates received longer ago than that and return how many; dead ones stay to be looked at."""
    old = InboxUpdate.received_at < uow.now - older_than
    return _changed(uow, delete(InboxUpdate).where(InboxUpdate.state == "done", old))


def _changed(uow: UnitOfWork, statement: Any, values: Mapping[str, Any] | None = None) -> int:
    result: CursorResult[Any] = uow.connection.execute(statement, values)
    return result.rowcount
