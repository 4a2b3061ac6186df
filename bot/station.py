"""Runs the Telegram side of the bot: poller, front, relay and clock together, while holding the lead."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from telegram.error import InvalidToken, NetworkError

from bot.front import App, Front
from bot.lead import Lead
from bot.poller import Poller
from bot.relay import Relay
from bot.schedule import Schedule

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0


class Station:
    """Everything that must run in one process only; ends cleanly when cancelled: what was begun is finished."""

    def __init__(
        self, application: App, *, lead: Lead, poller: Poller, front: Front, relay: Relay, schedule: Schedule
    ) -> None:
        self._application, self._lead = application, lead
        self._poller, self._front, self._relay, self._schedule = poller, front, relay, schedule
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Wait for the lead, then work until cancelled; raise InvalidToken when Telegram does not know the token."""
        await self._lead.hold(self._work)

    async def _work(self) -> None:
        try:
            await self._greet()
            await self._serve()
        finally:
            await self._application.shutdown()
            await self._application.bot.request.shutdown()  # the above does nothing before the greeting is over

    async def _serve(self) -> None:
        await self._front.resume()
        relaying = asyncio.create_task(self._relay.run(alone=self._lead.alone))
        try:
            self.ready.set()
            await _together(self._poller.run(), self._schedule.run(), _watch(relaying))
        finally:
            self.ready.clear()
            await self._front.stop()
            self._relay.stop()
            with suppress(asyncio.CancelledError):
                await relaying

    async def _greet(self) -> None:
        """Ask Telegram who we are, until it answers."""
        while True:
            try:
                await self._application.initialize()
            except InvalidToken:
                raise
            except NetworkError as error:
                log.warning("Telegram cannot be reached: %s", error)
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return


async def _watch(task: asyncio.Task[None]) -> None:
    """Fail when the task does; leave it running when this is cancelled."""
    await asyncio.shield(task)


async def _together(*works: Coroutine[Any, Any, None]) -> None:
    """Run all; when one fails end the others and raise what it raised."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
