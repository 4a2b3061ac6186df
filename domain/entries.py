"""Entries: which record came from which message; what undo takes back and amend corrects."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from domain import access
from domain.appending import append
from domain.errors import Conflict, NotAllowed, NotFound
from domain.models import Entry, OutboxMessage
from domain.records import KINDS
from domain.unit_of_work import UnitOfWork


def make(
    uow: UnitOfWork,
    intent: str,
    slots: Mapping[str, Any],
    text: str,
    *,
    chat_id: int | None,
    message_id: int | None,
) -> tuple[int, Any]:
    """Make the record an intent stands for, remember its origin, and return the entry's number and the record."""
    kind = KINDS[intent]
    record = kind.make(uow, slots, text)
    entry_id = append(
        uow,
        Entry,
        person_id=access.actor(uow).id,
        chat_id=chat_id,
        message_id=message_id,
        intent=intent,
        slots=dict(slots),
        subject=kind.model.__tablename__,
        subject_id=record.id,
        made_at=uow.now,
    )
    return entry_id, record


def latest(uow: UnitOfWork, chat_id: int | None) -> Entry | None:
    """Return the actor's last record of this chat that still stands."""
    query = select(Entry).where(
        Entry.person_id == access.actor(uow).id, Entry.chat_id == chat_id, Entry.undone_at.is_(None)
    )
    return uow.session.scalars(query.order_by(Entry.id.desc()).limit(1)).first()


def by_message(uow: UnitOfWork, chat_id: int, message_id: int) -> list[Entry]:
    """Return the records a message made, or the one whose card the message is; the actor's own, oldest first."""
    said = select(Entry).where(Entry.chat_id == chat_id, Entry.message_id == message_id)
    card = (
        select(Entry)
        .join(OutboxMessage, OutboxMessage.entry_id == Entry.id)
        .where(OutboxMessage.chat_id == chat_id, OutboxMessage.message_id == message_id)
    )
    mine = Entry.person_id == access.actor(uow).id
    for query in (said, card):
        found = uow.session.scalars(query.where(mine).order_by(Entry.id)).all()
        if found:
            return list(found)
    return []


def get(uow: UnitOfWork, entry_id: int | None) -> Entry:
    """Return an entry of the actor's that still stands; raise NotFound, NotAllowed or Conflict."""
    entry = uow.session.get(Entry, entry_id) if entry_id is not None else None
    if entry is None:
        raise NotFound("no_record")
    if entry.person_id != access.actor(uow).id:
        raise NotAllowed("not_your_record")
    if entry.undone_at is not None:
        raise Conflict("already_undone")
    return entry


def revise(uow: UnitOfWork, entry: Entry, slots: Mapping[str, Any]) -> None:
    """Bring the record of an entry to `slots`; late corrections need the head of the unit."""
    _require_recent(uow, entry)
    kind = KINDS[entry.intent]
    record = uow.session.get(kind.model, entry.subject_id)
    if record is None:
        raise NotFound("no_record")
    kind.revise(uow, record, slots)
    entry.slots = dict(slots)


def undo(uow: UnitOfWork, entry: Entry) -> None:
    """Take the record of an entry back."""
    _require_recent(uow, entry)
    kind = KINDS[entry.intent]
    record = uow.session.get(kind.model, entry.subject_id)
    if record is not None:
        kind.withdraw(uow, record)
    entry.undone_at = uow.now


def _require_recent(uow: UnitOfWork, entry: Entry) -> None:
    limit = dt.timedelta(days=uow.rules.correction_days)
    if uow.now - entry.made_at > limit and access.actor(uow).role == "staff":
        raise NotAllowed("too_late_to_correct", days=uow.rules.correction_days)
