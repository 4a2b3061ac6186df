"""Telegram updates in: stored before they are acknowledged, applied in order within a chat, chats side by side."""

import asyncio
import datetime as dt
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.exc import OperationalError, SQLAlchemyError, StatementError
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler
from telegram.request import BaseRequest

from bot.downloads import Downloads
from bot.executor import DatabaseExecutor
from domain import inbox
from domain.unit_of_work import Ledger, UnitOfWork

log = logging.getLogger(__name__)
Payload = Mapping[str, Any]
App = Application[Any, Any, Any, Any, Any, Any]
MOST_AT_ONCE = 16  # chats side by side
PAUSES = (0.2, 1.0, 5.0, 15.0)  # seconds before an update that failed is tried again
NO_CHAT = 0
STOP_SECONDS = 10.0


class Dispatcher(Protocol):
    """Applies an update: facts, replies owed and "done" in one transaction."""

    def apply(self, update: Update, files: Mapping[str, Path]) -> None:
        """Apply it; `files` holds the documents that came with it by file_unique_id."""
        ...


def build_application(token: str, base_url: str, base_file_url: str, request: BaseRequest) -> App:
    """Return python-telegram-bot without its own updater, which acknowledges before it processes."""
    builder = ApplicationBuilder().token(token).base_url(base_url).base_file_url(base_file_url)
    return builder.request(request).get_updates_request(request).updater(None).job_queue(None).build()


class Front:
    """Takes updates from the poller (or a webhook) to the dispatcher; none is lost and none applied twice."""

    def __init__(
        self,
        application: App,
        *,
        ledger: Ledger,
        executor: DatabaseExecutor,
        dispatcher: Dispatcher,
        downloads: Downloads,
        clock: Callable[[], dt.datetime],
        applied: Callable[[], None] = lambda: None,  # told after each update: replies may be owed
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._application, self._ledger, self._executor = application, ledger, executor
        self._dispatcher, self._downloads, self._clock, self._applied = dispatcher, downloads, clock, applied
        self._pauses = pauses
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._lanes: dict[int, deque[Payload]] = {}
        self._held: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._failures: dict[int, Exception] = {}
        application.add_handler(TypeHandler(Update, self._apply))
        application.add_error_handler(self._note_failure)

    async def store(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep a batch and begin with what is new of it; when this returns, Telegram may forget the batch."""
        new = set(await self._executor.run(self._store, updates))
        self.take(update for update in updates if update["update_id"] in new)

    async def resume(self) -> None:
        """Begin with what is stored, not applied and in nobody's hands: after a start, and now and then."""
        self.take(await self._executor.run(self._pending))

    def take(self, updates: Iterable[Payload]) -> None:
        """Put updates into the lane of their chat."""
        for update in updates:
            if update["update_id"] in self._held:
                continue
            self._held.add(update["update_id"])
            number = inbox.chat_of(update) or NO_CHAT
            lane = self._lanes.get(number)
            if lane is not None:
                lane.append(update)
                continue
            self._lanes[number] = deque([update])
            task = asyncio.create_task(self._run(number))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Let the updates now being applied end; the rest stays in the inbox."""
        for lane in self._lanes.values():
            self._held -= {update["update_id"] for update in lane}
            lane.clear()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in list(self._tasks):
            task.cancel()

    async def _run(self, number: int) -> None:
        """Apply a chat's updates one after the other until there are none."""
        lane = self._lanes[number]
        try:
            while lane:
                await self._until_settled(lane.popleft())
        finally:
            del self._lanes[number]

    async def _until_settled(self, update: Payload) -> None:
        """Apply an update, again and again while it fails for reasons that may pass."""
        try:
            for pause in chain(self._pauses, repeat(self._pauses[-1])):
                async with self._room:
                    again = await self._try(update)
                if not again:
                    return
                await asyncio.sleep(pause)
        finally:
            self._held.discard(update["update_id"])

    async def _try(self, raw: Payload) -> bool:
        """Apply an update through the application; tell whether to try again."""
        number = raw["update_id"]
        try:
            update = Update.de_json(dict(raw), self._application.bot)
        except Exception as fault:
            log.exception("update %s cannot be read", number)
            return await self._fail(number, fault, for_good=True)
        await self._application.process_update(update)
        fault_met = self._failures.pop(number, None)
        if fault_met is None:
            self._applied()
            return False
        if isinstance(fault_met, inbox.AlreadyApplied):
            return False
        return await self._fail(number, fault_met)

    async def _apply(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        files = await self._downloads.fetch(update) if update.effective_message else {}
        await self._executor.run(self._dispatcher.apply, update, files)

    async def _note_failure(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Keep what a handler raised, which python-telegram-bot would only log."""
        if isinstance(update, Update) and context.error is not None:
            self._failures[update.update_id] = context.error

    async def _fail(self, number: int, fault: Exception, *, for_good: bool = False) -> bool:
        log.error("update %s failed", number, exc_info=fault)
        try:
            return await self._executor.run(self._note, number, f"{type(fault).__name__}: {fault}", for_good)
        except SQLAlchemyError:
            log.exception("the inbox cannot be marked now")
            return True

    def _note(self, number: int, error: str, for_good: bool) -> bool:  # noqa: FBT001 - run takes it by place
        with self._ledger.work(self._clock()) as uow:
            return inbox.fail(uow, number, error, for_good=for_good)

    def _pending(self) -> list[dict[str, Any]]:
        with self._ledger.read(self._clock()) as uow:
            return [row.payload for row in inbox.pending(uow)]

    def _store(self, updates: Sequence[dict[str, Any]]) -> list[int]:
        try:
            with self._ledger.work(self._clock()) as uow:
                return inbox.store(uow, updates)
        except OperationalError:
            raise
        except StatementError:
            with self._ledger.work(self._clock()) as uow:
                return [number for update in updates for number in _store_alone(uow, update)]


def _store_alone(uow: UnitOfWork, update: dict[str, Any]) -> list[int]:
    """Store an update if the database takes it: one that it refuses must not hold back the others."""
    try:
        with uow.session.begin_nested():
            return inbox.store(uow, [update])
    except OperationalError:
        raise
    except StatementError:
        log.exception("update %s cannot be stored and is left out", update["update_id"])
        return []
