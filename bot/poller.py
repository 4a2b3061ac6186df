"""Polls Telegram for updates as raw JSON; a batch is stored before the next call acknowledges it."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import NetworkError
from telegram.request import BaseRequest

log = logging.getLogger(__name__)
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
LONG_POLL_SECONDS = 30
SPARE_SECONDS = 10.0  # beyond the long poll, before a silent connection is given up
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
CONFLICT_PAUSE = 3.0  # another poller is at work, or was until just now
REFUSED_PAUSE = 30.0  # the token is wrong: trying faster does not help

Update = dict[str, Any]
Store = Callable[[Sequence[Update]], Awaitable[None]]


class Poller:
    """Calls getUpdates without python-telegram-bot's parsing: an update it cannot read must not stop the rest.

    The offset is not kept anywhere: after a quiet week Telegram numbers anew, and the inbox drops what it knows.
    """

    def __init__(
        self,
        base_url: str,
        request: BaseRequest,
        store: Store,
        *,
        long_poll_seconds: int = LONG_POLL_SECONDS,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        self._url = f"{base_url}/getUpdates"
        self._request = request
        self._store = store
        self._seconds = long_poll_seconds
        self._offset: int | None = None
        self._failures, self._first_pause = 0, first_pause

    async def run(self) -> None:
        """Poll until cancelled."""
        await self._request.initialize()
        try:
            while True:
                pause = await self._round()
                if pause:
                    await asyncio.sleep(pause)
        finally:
            await self._request.shutdown()

    async def _round(self) -> float:
        """Take one batch and return the seconds to pause."""
        try:
            code, body = await self._request.do_request(self._call(), "GET", read_timeout=self._seconds + SPARE_SECONDS)
        except NetworkError as error:
            return self._failed(f"getUpdates: {error}")
        if code != 200:
            return self._refused(code, body)
        try:
            batch = json.loads(body)["result"]
        except (ValueError, KeyError, TypeError) as error:
            return self._failed(f"getUpdates answered no updates: {error!r}")
        return await self._take(batch)

    async def _take(self, batch: Sequence[Any]) -> float:
        updates = [update for update in batch if _is_update(update)]
        if len(updates) < len(batch):
            log.error("%s entries of getUpdates are no updates", len(batch) - len(updates))
            if not updates:
                return self._failed("getUpdates gave nothing to go on with")
        try:
            if updates:
                await self._store(updates)
        except SQLAlchemyError:
            log.exception("updates cannot be stored now; Telegram keeps them")
            return self._failed("the inbox is closed")
        self._failures = 0
        # nothing is left after an empty batch: forgetting the offset lets a new numbering through
        self._offset = max(update["update_id"] for update in updates) + 1 if updates else None
        return 0.0

    def _call(self) -> str:
        query: dict[str, Any] = {"timeout": self._seconds, "allowed_updates": json.dumps(ALLOWED)}
        if self._offset is not None:
            query["offset"] = self._offset
        return f"{self._url}?{urlencode(query)}"

    def _refused(self, code: int, body: bytes) -> float:
        words, wait = _refusal(body)
        if code == 429:
            log.warning("getUpdates is told to wait %s s", wait)
            return wait or self._first_pause
        if code == 409:
            log.warning("another program polls for this bot, or a webhook is set: %s", words)
            return CONFLICT_PAUSE
        if code in (401, 403, 404):
            log.error("Telegram refuses the bot's token: %s", words)
            return REFUSED_PAUSE
        return self._failed(f"getUpdates: {code} {words}")

    def _failed(self, words: str) -> float:
        pause: float = min(LONGEST_PAUSE, self._first_pause * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        log.warning("%s; again in %s s", words, pause)
        return pause


def _is_update(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("update_id"), int)


def _refusal(body: bytes) -> tuple[str, float]:
    """Return the description and retry_after of a refusal, whatever it looks like."""
    try:
        said = json.loads(body)
        wait = (said.get("parameters") or {}).get("retry_after") or 0
        return str(said.get("description", "")), float(wait)
    except (ValueError, AttributeError, TypeError):
        return body[:200].decode(errors="replace"), 0.0
