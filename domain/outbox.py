"""Keeps the messages owed: made once by their key, claimed under a lease, marked when sent.

pending -> sending -> sent
   ^          |-----> failed     Telegram refuses for good
   |          |-----> uncertain  may have arrived and must not be repeated
   +----------+       dropped    no longer true, allowed or timely
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, case, select, text, update

from domain.models import OutboxMessage
from domain.once import insert_once
from domain.unit_of_work import UnitOfWork

LEASE = dt.timedelta(seconds=30)  # a relay renews it while a send lasts; a dead relay's messages come back
BROADCASTS = ("ranking", "digest", "lagging", "circular")
BACK_OFF_SECONDS = (1, 3, 10, 30, 120, 600)
MOST_UNCERTAIN = 6  # sends that may all have arrived, before it is left at that
CLAIM_LOCK = 0x7A53_6F75
ERROR_LENGTH = 500

_open = OutboxMessage.state.in_(("pending", "sending"))
_held_back = select(OutboxMessage.chat_id).where(
    _open, OutboxMessage.due_at > bindparam("now"), OutboxMessage.attempts > 0
)
_claimable = (  # built once: the relay asks after every message
    select(OutboxMessage)
    .where(_open, OutboxMessage.due_at <= bindparam("now"), OutboxMessage.chat_id.not_in(_held_back))
    .order_by(case((OutboxMessage.kind.in_(BROADCASTS), 1), else_=0), OutboxMessage.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_sent = (
    update(OutboxMessage.__table__)  # type: ignore[arg-type]
    .where(OutboxMessage.id == bindparam("row"))
    .values(state="sent", message_id=bindparam("message"), sent_at=bindparam("at"), error=None)
)


def owe(
    uow: UnitOfWork,
    *,
    key: str,
    kind: str,
    chat_id: int,
    content: Mapping[str, Any],
    person_id: int | None = None,
    due_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    reply_to: int | None = None,
    entry_id: int | None = None,
) -> int | None:
    """Owe a message in this transaction and return its number; None when one of that key is owed or sent already."""
    row = {
        "key": key,
        "kind": kind,
        "chat_id": chat_id,
        "person_id": person_id,
        "content": dict(content),
        "reply_to": reply_to,
        "due_at": due_at or uow.now,
        "expires_at": expires_at,
        "state": "pending",
        "attempts": 0,
        "entry_id": entry_id,
    }
    statement = insert_once(uow.connection, OutboxMessage.__table__).returning(OutboxMessage.id)
    number: int | None = uow.connection.execute(statement, row).scalar()
    return number


def claim_due(uow: UnitOfWork, limit: int = 100, *, broadcasts: int | None = None) -> list[OutboxMessage]:
    """Take due messages for sending, replies before broadcasts (of these at most so many), each chat in order.

    A chat with a message under way, or waiting to be tried again, is left alone: what follows must not overtake it.
    """
    if uow.connection.dialect.name == "postgresql":
        # claims one after the other: SKIP LOCKED alone would let a second relay overtake within a chat
        uow.session.execute(text(f"SELECT pg_advisory_xact_lock({CLAIM_LOCK})"))
    rows = _within(
        uow.session.scalars(_claimable, {"now": uow.now, "most": limit}).all(),
        limit if broadcasts is None else broadcasts,
    )
    return _leased(uow, [row for row in rows if not _closed(uow, row)])


def _within(rows: Sequence[OutboxMessage], broadcasts: int) -> list[OutboxMessage]:
    others = [row for row in rows if row.kind not in BROADCASTS]
    return others + [row for row in rows if row.kind in BROADCASTS][:broadcasts]


def _closed(uow: UnitOfWork, row: OutboxMessage) -> bool:
    """Tell whether a due message is not to be sent after all, and mark it so."""
    if row.state == "sending" and not repeatable(row):
        row.state, row.error = "uncertain", "the sender ended while sending"
    elif row.expires_at is not None and row.expires_at <= uow.now:
        row.state, row.error = "dropped", "too late"
    else:
        return False
    return True


def _leased(uow: UnitOfWork, rows: list[OutboxMessage]) -> list[OutboxMessage]:
    """Mark messages as under way: all by one statement, which brings the rows in hand up to date too."""
    if rows:
        leased = update(OutboxMessage).where(OutboxMessage.id.in_([row.id for row in rows]))
        uow.session.execute(
            leased.values(state="sending", attempts=OutboxMessage.attempts + 1, due_at=uow.now + LEASE),
            execution_options={"synchronize_session": "evaluate"},
        )
    return rows


def repeatable(message: OutboxMessage) -> bool:
    """Tell whether sending twice is better than not at all: pictures and documents go out at most once."""
    return not (message.content.get("files") or message.content.get("document"))


def mark_sent(uow: UnitOfWork, sent: Iterable[tuple[int, int | None]]) -> None:
    """Mark messages as sent, each with the number Telegram gave it."""
    rows = [{"row": row, "message": message_id, "at": uow.now} for row, message_id in sent]
    if rows:
        uow.connection.execute(_sent, rows)


def mark_uncertain(uow: UnitOfWork, message_id: int, error: str, *, repeat: bool = True, parts: int = 0) -> None:
    """Note that a send may have arrived: owe it again where a repeat is better than none, else leave it at that."""
    row = uow.session.get_one(OutboxMessage, message_id)
    if repeat and row.attempts < MOST_UNCERTAIN:
        mark_again(uow, message_id, error=f"may have arrived: {error}", parts=parts)
    else:
        row.state, row.error = "uncertain", error[:ERROR_LENGTH]


def mark_failed(uow: UnitOfWork, message_id: int, error: str) -> None:
    """Mark a message that Telegram refuses for good."""
    _close(uow, message_id, "failed", error)


def mark_dropped(uow: UnitOfWork, message_id: int, reason: str) -> None:
    """Mark a message that is no longer true, allowed or timely."""
    _close(uow, message_id, "dropped", reason)


def _close(uow: UnitOfWork, message_id: int, state: str, error: str) -> None:
    row = uow.session.get_one(OutboxMessage, message_id)
    row.state, row.error = state, error[:ERROR_LENGTH]


def mark_again(
    uow: UnitOfWork, message_id: int, *, after: float | None = None, error: str | None = None, parts: int = 0
) -> None:
    """Owe a message again after so many seconds (None: the longer the oftener it was tried), `parts` of it sent."""
    row = uow.session.get_one(OutboxMessage, message_id)
    wait = BACK_OFF_SECONDS[min(row.attempts, len(BACK_OFF_SECONDS)) - 1] if after is None else after
    row.state, row.due_at = "pending", uow.now + dt.timedelta(seconds=wait)
    row.error = error[:ERROR_LENGTH] if error else row.error
    if parts:
        row.content = {**row.content, "parts": parts}


def unclaim(uow: UnitOfWork, message_id: int, *, after: float = 0) -> None:
    """Give back a message that was claimed and not tried."""
    row = uow.session.get_one(OutboxMessage, message_id)
    row.state, row.attempts = "pending", max(1, row.attempts - 1)  # not 0: it still holds back what follows
    row.due_at = uow.now + dt.timedelta(seconds=after)


def renew(uow: UnitOfWork, message_ids: Iterable[int]) -> None:
    """Keep messages claimed while their sending lasts."""
    claimed = OutboxMessage.id.in_(list(message_ids)), OutboxMessage.state == "sending"
    uow.session.execute(update(OutboxMessage).where(*claimed).values(due_at=uow.now + LEASE))


def end_leases(uow: UnitOfWork) -> None:
    """Let whatever an ended process had claimed be claimed again at once; only where no other process can live."""
    uow.session.execute(update(OutboxMessage).where(OutboxMessage.state == "sending").values(due_at=uow.now))


def entry_of(uow: UnitOfWork, chat_id: int, message_id: int) -> int | None:
    """Return the record that a message of ours is the card of."""
    query = select(OutboxMessage.entry_id).where(
        OutboxMessage.chat_id == chat_id, OutboxMessage.message_id == message_id
    )
    return uow.session.scalar(query.order_by(OutboxMessage.id.desc()))
