"""Hands one owed message to Telegram and says what became of it."""

import asyncio
import datetime as dt
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.limiter import Limiter
from bot.request import NotSent
from bot.splitting import MOST_CAPTION, split, units
from domain.models import OutboxMessage
from domain.outbox import BROADCASTS

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at each 429

log = logging.getLogger(__name__)
REFUSED_TOKEN_SECONDS = 60.0
SAME = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


class Worded(Protocol):
    """A message in words: text, inline buttons (label, key), a reply keyboard, files (name, path)."""

    @property
    def text(self) -> str:
        """Return the plain text."""
        ...

    @property
    def buttons(self) -> Sequence[Sequence[tuple[str, str]]]:
        """Return the rows of inline buttons."""
        ...

    @property
    def keyboard(self) -> Sequence[Sequence[str]] | None:
        """Return the rows of the reply keyboard; empty takes it away, None leaves it."""
        ...

    @property
    def files(self) -> Sequence[Mapping[str, str]]:
        """Return the files to go along."""
        ...


class Wording(Protocol):
    """Puts an outbox row's content into words."""

    def word(self, content: Mapping[str, Any], *, now: dt.datetime) -> Worded:
        """Return the message."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message: sent, failed, uncertain (may have arrived) or again (surely not sent)."""

    kind: str
    message_id: int | None = None
    error: str = ""
    after: float | None = None  # seconds until it may be tried again
    parts: int = 0  # of its parts, how many are done
    repeat: bool = True  # when uncertain: whether a repeat is better than none
    tried: bool = True  # Telegram was called


@dataclass(frozen=True, slots=True)
class Part:
    """One call of the Bot API; a message may need several."""

    method: str  # answer, edit, text, photo, document
    text: str = ""
    markup: Markup | None = None
    path: Path | None = None
    name: str = ""
    target: int | str = 0  # the message to edit, the query to answer

    @property
    def repeatable(self) -> bool:
        """Tell whether twice is better than not at all."""
        return self.path is None


class Delivery:
    """Delivers messages one by one within Telegram's limits; never raises for what Telegram says."""

    def __init__(self, bot: Bot, limiter: Limiter, wording: Wording, clock: Callable[[], dt.datetime]) -> None:
        self._bot = bot
        self._limiter = limiter
        self._wording = wording
        self._clock = clock

    async def deliver(self, message: OutboxMessage) -> Outcome:
        """Send what is left of a message."""
        try:
            parts = parts_of(message.content, await self._word(message.content))
        except Exception as fault:
            log.exception("message %s cannot be worded", message.id)
            return Outcome("failed", error=f"wording: {fault!r}", tried=False)
        return await self._send_all(message, parts)

    async def _word(self, content: Mapping[str, Any]) -> Worded | None:
        if "key" not in content:
            return None
        if content.get("document"):  # drawing takes long; the event loop goes on meanwhile
            return await asyncio.to_thread(self._wording.word, content, now=self._clock())
        return self._wording.word(content, now=self._clock())

    async def _send_all(self, message: OutboxMessage, parts: Sequence[Part]) -> Outcome:
        chat_id, sent = message.chat_id, message.message_id
        for place in range(int(message.content.get("parts", 0)), len(parts)):
            part = parts[place]
            if part.method != "answer":
                wait = await self._limiter.acquire(chat_id, urgent=message.kind not in BROADCASTS)
                if wait > 0:
                    return Outcome("again", error="waiting for leave", after=wait, parts=place, tried=place > 0)
            try:
                number = await self._call(chat_id, part, message.reply_to if place == 0 else None)
            except TelegramError as error:
                return self._judge(error, message, part, place, last=place == len(parts) - 1)
            except OSError as error:
                return Outcome("failed", error=f"{part.name}: {error}")
            sent = number or sent
        return Outcome("sent", message_id=sent)

    async def _call(self, chat_id: int, part: Part, reply_to: int | None) -> int | None:
        try:
            return _number(await self._calls[part.method](self, chat_id, part, reply_to))
        except ChatMigrated as moved:
            return _number(await self._calls[part.method](self, moved.new_chat_id, part, None))

    async def _answer(self, chat_id: int, part: Part, reply_to: int | None) -> None:
        try:
            await self._bot.answer_callback_query(str(part.target), part.text or None)
        except BadRequest as late:  # the button stopped blinking by itself; nothing is owed any more
            log.info("query %s: %s", part.target, late)

    async def _edit(self, chat_id: int, part: Part, reply_to: int | None) -> Message | int:
        try:
            inline = part.markup if isinstance(part.markup, InlineKeyboardMarkup) else None
            await self._bot.edit_message_text(part.text, chat_id, int(part.target), reply_markup=inline)
        except BadRequest as error:
            if SAME in str(error).lower():
                return int(part.target)
            if not any(reason in str(error).lower() for reason in GONE):
                raise
            return await self._text(chat_id, part, reply_to)
        return int(part.target)

    async def _text(self, chat_id: int, part: Part, reply_to: int | None) -> Message:
        return await self._bot.send_message(
            chat_id,
            part.text,
            reply_markup=part.markup,
            reply_to_message_id=reply_to,
            allow_sending_without_reply=True if reply_to else None,
        )

    async def _photo(self, chat_id: int, part: Part, reply_to: int | None) -> Message:
        content = await asyncio.to_thread(_path(part).read_bytes)
        caption = part.text or None
        return await self._bot.send_photo(chat_id, content, caption, filename=part.name, reply_markup=part.markup)

    async def _document(self, chat_id: int, part: Part, reply_to: int | None) -> Message:
        content = await asyncio.to_thread(_path(part).read_bytes)
        caption = part.text or None
        return await self._bot.send_document(chat_id, content, caption, filename=part.name, reply_markup=part.markup)

    _calls: Mapping[str, Callable[..., Any]] = {
        "answer": _answer,
        "edit": _edit,
        "text": _text,
        "photo": _photo,
        "document": _document,
    }

    def _judge(self, error: TelegramError, message: OutboxMessage, part: Part, place: int, *, last: bool) -> Outcome:
        """Say what an error means: never, not now, or who knows."""
        words = f"{type(error).__name__}: {error}"
        if isinstance(error, RetryAfter):
            seconds = seconds_of(error)
            self._limiter.halt(message.chat_id, seconds)
            return Outcome("again", error=words, after=seconds, parts=place)
        if isinstance(error, NotSent):
            return Outcome("again", error=words, parts=place)
        if isinstance(error, InvalidToken):
            return Outcome("again", error=words, after=REFUSED_TOKEN_SECONDS, parts=place)
        if isinstance(error, Forbidden | BadRequest):
            return Outcome("failed", error=words, parts=place)
        if part.repeatable:
            return Outcome("uncertain", error=words, parts=place)
        # a file that may have arrived is not sent again; what comes after it still is
        return Outcome("uncertain", error=words, parts=place + 1, repeat=not last)


def parts_of(content: Mapping[str, Any], worded: Worded | None) -> list[Part]:
    """Return the calls a message needs, in order."""
    method, query = content.get("method", "send"), content.get("callback_id")
    text = worded.text if worded else ""
    if method == "answer":
        return [Part("answer", text[:200], target=str(query))]
    assert worded is not None, "a message without words"
    parts = [Part("answer", target=str(query))] if query else []
    files = [_file(file) for file in worded.files]
    if len(files) == 1 and units(text) <= MOST_CAPTION and method != "edit":
        return [*parts, Part(files[0].method, text, _markup(worded), files[0].path, files[0].name)]
    return [*parts, *_texts(content, text, _markup(worded)), *files]


def _texts(content: Mapping[str, Any], text: str, markup: Markup | None) -> list[Part]:
    pieces = split(text)
    parts = [Part("text", piece) for piece in pieces[:-1]] + [Part("text", piece, markup) for piece in pieces[-1:]]
    if content.get("method") == "edit" and parts:
        parts[0] = Part("edit", parts[0].text, parts[0].markup, target=int(content["message_id"]))
    return parts


def _file(file: Mapping[str, str]) -> Part:
    path = Path(file["path"])
    return Part(file.get("kind", "document"), path=path, name=file.get("name", path.name))


def _markup(worded: Worded) -> Markup | None:
    if any(worded.buttons):
        rows = [[InlineKeyboardButton(label, callback_data=key) for label, key in row] for row in worded.buttons if row]
        return InlineKeyboardMarkup(rows)
    if worded.keyboard is None:
        return None
    if not worded.keyboard:
        return ReplyKeyboardRemove()
    return ReplyKeyboardMarkup(worded.keyboard, resize_keyboard=True, is_persistent=True)


def _path(part: Part) -> Path:
    assert part.path is not None
    return part.path


def _number(result: object) -> int | None:
    if isinstance(result, Message):
        return result.message_id
    return result if isinstance(result, int) else None


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
