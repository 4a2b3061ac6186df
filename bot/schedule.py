"""The clock table: which work runs how often; what is due lies in the ledger, the clock only looks."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.executor import DatabaseExecutor
from domain import inbox, pressing, pushes
from domain.unit_of_work import Ledger

log = logging.getLogger(__name__)
PUSH_SECONDS = 5.0
RESUME_SECONDS = 60.0
PRUNE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Beat:
    """One line of the clock table."""

    name: str
    seconds: float
    work: Callable[[], Coroutine[Any, Any, None]]


class Schedule:
    """Beats while it runs; a beat that is missed or still busy is left out, for the next one sees the same rows."""

    def __init__(
        self,
        ledger: Ledger,
        executor: DatabaseExecutor,
        clock: Callable[[], dt.datetime],
        *,
        owed: Callable[[], None],  # told when a push is owed
        resume: Callable[[], Coroutine[Any, Any, None]] | None = None,  # takes up updates in nobody's hands
        push_seconds: float = PUSH_SECONDS,
    ) -> None:
        self._ledger, self._executor, self._clock, self._owed = ledger, executor, clock, owed
        self.beats = [Beat("pushes", push_seconds, self._push), Beat("prune", PRUNE_SECONDS, self._prune)]
        if resume is not None:
            self.beats.append(Beat("resume", RESUME_SECONDS, resume))
        self._working: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Beat until cancelled; the first beat comes at once, and catches up on what was missed."""
        now = self._clock()
        scheduler = AsyncIOScheduler(timezone=now.tzinfo)
        for beat in self.beats:
            scheduler.add_job(
                self._guarded,
                "interval",
                args=(beat,),
                seconds=beat.seconds,
                next_run_time=dt.datetime.now(now.tzinfo),
                id=beat.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.remove_all_jobs()
            await asyncio.sleep(0)  # what the scheduler has begun shows up
            if self._working:
                await asyncio.wait(self._working)
            scheduler.shutdown(wait=False)

    async def _guarded(self, beat: Beat) -> None:
        task = asyncio.ensure_future(beat.work())
        self._working.add(task)
        try:
            await task
        except Exception:  # the next beat tries again
            log.exception("the beat %s failed", beat.name)
        finally:
            self._working.discard(task)

    async def _push(self) -> None:
        if await self._executor.run(self._tick):
            self._owed()

    async def _prune(self) -> None:
        await self._executor.run(self._forget)

    def _tick(self) -> int:
        with self._ledger.work(self._clock()) as uow:
            return pushes.tick(uow)

    def _forget(self) -> None:
        with self._ledger.work(self._clock()) as uow:
            inbox.prune(uow)
            pressing.prune(uow)
