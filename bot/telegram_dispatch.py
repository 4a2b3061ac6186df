"""Turns a Telegram update into an utterance and has it answered through the outbox."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.catalog import Catalog
from bot.channel import OutboxChannel
from bot.dispatch import Dispatch, Plan
from bot.utterance import Utterance, writable
from domain import accounts, inbox, outbox, pressing
from domain.errors import DomainError
from domain.inbox import Standing
from domain.unit_of_work import Actor, UnitOfWork
from handlers.contract import Attachment

START = "/start"
KINDS = ("photo", "voice", "location", "sticker", "video", "audio", "contact", "animation", "video_note")


@dataclass(frozen=True, slots=True)
class TelegramDispatch:
    """Applies updates: those of bound people are answered by the dispatch, all others learn how to be invited."""

    dispatch: Dispatch
    catalog: Catalog
    clock: Callable[[], dt.datetime]

    def apply(self, update: Update, files: Mapping[str, Path]) -> None:
        """Apply an update; facts, replies owed and "done" are one transaction."""
        user, chat = update.effective_user, update.effective_chat
        now = self._said_at(update.effective_message if update.callback_query is None else None)
        if user is None or chat is None or not (update.message or update.edited_message or update.callback_query):
            return self._finish(update, now)
        code = _code(update)
        with self.dispatch.ledger.read(now) as uow:
            standing = inbox.standing(uow, update.update_id, user.id)
            heard = None if standing.sender is None or code else self._hear(uow, update, standing, files)
        if code:
            return self._bind(update, code, now, stranger=standing.sender is None)
        if heard is None:
            return self._tell(update, now, "unbound", {})
        if isinstance(heard, DomainError):
            return self._tell(update, now, heard.key, heard.values)
        return self.dispatch.answer(*heard, done=standing.done)

    def _hear(
        self, uow: UnitOfWork, update: Update, standing: Standing, files: Mapping[str, Path]
    ) -> tuple[Utterance, OutboxChannel, Plan] | DomainError:
        """Return what a bound person says, where the answers go and what is asked for, or why it cannot be taken."""
        assert standing.sender is not None
        try:
            utterance = self._utterance(uow, update, standing.sender, files)
        except DomainError as error:
            return error
        plan = self.dispatch.read(uow, utterance, standing.dialogue)
        return utterance, OutboxChannel(update.update_id), plan

    def _utterance(self, uow: UnitOfWork, update: Update, sender: Actor, files: Mapping[str, Path]) -> Utterance:
        assert update.effective_chat is not None
        if update.callback_query is not None:
            return self._pressed(uow, update.callback_query, sender, update)
        message = update.message or update.edited_message
        assert message is not None
        attachment = _attachment(message, files)
        return Utterance(
            person_id=sender.id,
            text=self._spoken(writable(message.text or message.caption or "")),
            now=uow.now,
            chat_id=update.effective_chat.id,
            message_id=message.message_id,
            reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
            edited=update.edited_message is not None,
            attachment=attachment,
            actor=sender,
        )

    def _pressed(self, uow: UnitOfWork, query: CallbackQuery, sender: Actor, update: Update) -> Utterance:
        assert update.effective_chat is not None
        action = pressing.meaning(uow, query.data or "", sender.id)
        return Utterance(
            person_id=sender.id,
            text="",
            now=uow.now,
            chat_id=update.effective_chat.id,
            action=action,
            pressed_on=query.message.message_id if query.message else None,
            callback_id=query.id,
            actor=sender,
        )

    def _spoken(self, text: str) -> str:
        """Return what a command stands for; words after it are said instead."""
        if not text.startswith("/"):
            return text
        command, _, rest = text.partition(" ")
        name = command.removeprefix("/").split("@")[0]
        says = {each["name"]: each["say"] for each in self.catalog.get("replies/commands", "commands")}
        says["start"] = says["help"]
        return rest.strip() or str(says.get(name, text))

    def _bind(self, update: Update, code: str, now: dt.datetime, *, stranger: bool) -> None:
        """Bind the sender by a code; why a code does not serve is told to people of the directory only."""
        assert update.effective_user is not None
        assert update.effective_chat is not None
        try:
            with self.dispatch.ledger.work(now, source="start") as uow:
                # in a group the person's own chat is bound: what is pushed to one is not for all
                private = update.effective_chat.type == ChatType.PRIVATE
                chat_id = update.effective_chat.id if private else update.effective_user.id
                person = accounts.bind(uow, code, update.effective_user.id, chat_id)
                uow.session.flush()
                values = {"name": person.name, "unit": person.unit.name, "title": person.title, "role": person.role}
                content = {"scope": "accounts", "key": "welcome", "values": values, "keyboard": person.role}
                self._owe(uow, update, content, person.id)
        except DomainError as error:
            self._tell(update, now, *(("unbound", {}) if stranger else (error.key, error.values)))

    def _tell(self, update: Update, now: dt.datetime, key: str, values: Mapping[str, Any]) -> None:
        with self.dispatch.ledger.work(now) as uow:
            self._owe(uow, update, {"scope": "errors", "key": key, "values": dict(values)}, None)

    def _owe(self, uow: UnitOfWork, update: Update, content: Mapping[str, Any], person_id: int | None) -> None:
        assert update.effective_chat is not None
        chat_id = update.effective_chat.id
        if update.callback_query is not None:
            answer = {"method": "answer", "callback_id": update.callback_query.id}
            outbox.owe(uow, key=f"answer:{update.update_id}", kind="answer", chat_id=chat_id, content=answer)
        outbox.owe(
            uow, key=f"reply:{update.update_id}:0", kind="reply", chat_id=chat_id, content=content, person_id=person_id
        )
        inbox.finish(uow, update.update_id)

    def _finish(self, update: Update, now: dt.datetime) -> None:
        with self.dispatch.ledger.work(now) as uow:
            inbox.finish(uow, update.update_id)

    def _said_at(self, message: Message | None) -> dt.datetime:
        """Return when a message was said: what waited while we were away means its own day."""
        now = self.clock()
        if message is None:
            return now
        said = message.edit_date or message.date
        return min(now, said.astimezone(now.tzinfo))


def _code(update: Update) -> str:
    """Return the invitation code that comes with /start, if any."""
    text = (update.message.text or "") if update.message else ""
    if text.split("@")[0].split(" ")[0] != START:
        return ""
    return text.removeprefix(START).strip()


def _attachment(message: Message, files: Mapping[str, Path]) -> Attachment | None:
    if message.document is not None:
        name = writable(message.document.file_name or "")
        return Attachment("document", name, files.get(message.document.file_unique_id))
    kind = next((kind for kind in KINDS if getattr(message, kind, None)), None)
    if kind is not None:
        return Attachment(kind)
    return None if message.text is not None else Attachment("other")
