"""Accounts, what came in, what is owed, and what is being talked about."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.base import Base, Code, Instant, Json, Key
from domain.models.directory import Person


class Account(Base):
    """A Telegram account bound to a person; one account, one person."""

    __tablename__ = "account"

    telegram_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    bound_at: Mapped[Instant]

    person: Mapped[Person] = relationship()


class Invite(Base):
    """A one-time code that binds whoever says it first; only its hash is kept."""

    __tablename__ = "invite"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]

    person: Mapped[Person] = relationship()


class InboxUpdate(Base):
    """A Telegram update, stored before it is acknowledged, applied once."""

    __tablename__ = "inbox_update"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    payload: Mapped[Json]
    received_at: Mapped[Instant] = mapped_column(index=True)
    state: Mapped[Code] = mapped_column(default="new", index=True)  # new, done, dead
    steps: Mapped[int] = mapped_column(default=0)  # commands of the message already applied
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]


class OutboxMessage(Base):
    """A message owed: a reply or a push, worded when it is sent."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_due", "state", "due_at"),
        Index("ix_outbox_sent", "chat_id", "message_id"),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(unique=True)  # rule, subject, period, person: what makes it the same message
    kind: Mapped[Code]  # reply, edit, answer, ranking, digest, reminder, …
    chat_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    content: Mapped[Json]  # reply key, values, figures, buttons, document
    reply_to: Mapped[int | None] = mapped_column(BigInteger)
    due_at: Mapped[Instant]
    expires_at: Mapped[Instant | None]
    state: Mapped[Code] = mapped_column(default="pending")  # pending, sent, uncertain, failed, dropped
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[Instant | None]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"), index=True)


class Dialogue(Base):
    """What a person is in the middle of in one chat: the open question, the last record, what "it" means."""

    __tablename__ = "dialogue"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    state: Mapped[Json] = mapped_column(default=dict)
    updated_at: Mapped[Instant]


class Button(Base):
    """What a pressed button means; Telegram carries only its key (at most 64 bytes)."""

    __tablename__ = "button"

    key: Mapped[str] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    person_id: Mapped[int | None]
    action: Mapped[Json]
    created_at: Mapped[Instant]


class Entry(Base):
    """One record a person made by one utterance: what undo takes back and amend corrects."""

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_source", "chat_id", "message_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    intent: Mapped[Code]
    slots: Mapped[Json]
    subject: Mapped[Code]  # the table of the record
    subject_id: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[Instant] = mapped_column(index=True)
    undone_at: Mapped[Instant | None]


class AuditRow(Base):
    """Who did what to which row when: before and after, never changed."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject", "subject_id"),)

    id: Mapped[Key]
    at: Mapped[Instant] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    action: Mapped[Code]  # create, change, remove
    subject: Mapped[Code]
    subject_id: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    source: Mapped[str | None]  # import:<file>, message:<chat>/<id>, command


class Upload(Base):
    """A file a person sent, kept until it is confirmed or cancelled."""

    __tablename__ = "upload"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    path: Mapped[str]
    at: Mapped[Instant]
    state: Mapped[Code] = mapped_column(default="waiting")  # waiting, taken, cancelled
