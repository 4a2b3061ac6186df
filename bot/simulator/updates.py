"""The queue of updates: numbered, kept until acknowledged, taken by one consumer at a time."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from bot.simulator.errors import BadRequest, Conflict
from bot.simulator.params import Json

FIRST_ID = 700_000_001
MOST_IN_BATCH = 100
MOST_SECONDS = 50  # of long polling, as Telegram caps it
BY_DEFAULT = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})


class UpdateQueue:
    """Updates stay until a later offset acknowledges them; a second poller ends the first with 409."""

    def __init__(self) -> None:
        self.allowed: frozenset[str] = BY_DEFAULT
        self.webhook_url = ""
        self.webhook_set = asyncio.Event()
        self.doubled: Callable[[], bool] = lambda: False  # a fault: is this update delivered twice?
        self.last_id = FIRST_ID - 1
        self._pending: deque[Json] = deque()
        self._again: list[Json] = []  # acknowledged, yet to be delivered once more
        self._twice: set[int] = set()
        self._waiter: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._pending) + len(self._again)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember the kinds the bot wants; none named means the usual ones, nothing said leaves it."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or BY_DEFAULT

    def push(self, kind: str, payload: Json) -> int:
        """Append an update the bot wants to see and return its number, 0 when it does not want it."""
        if kind not in self.allowed:
            return 0
        self.last_id += 1
        self._pending.append({"update_id": self.last_id, kind: payload})
        if self.doubled():
            self._twice.add(self.last_id)
        self._wake()
        return self.last_id

    def send_to(self, url: str) -> None:
        """Hand updates to a webhook from now on, or to pollers again when the address is empty."""
        self.webhook_url = url
        if url:
            self.webhook_set.set()
        else:
            self.webhook_set.clear()
        self.interrupt(Conflict("terminated by setWebhook request") if url else None)

    def clear(self) -> None:
        """Forget everything not yet acknowledged."""
        self._pending.clear()
        self._again.clear()
        self._twice.clear()

    def acknowledge(self, offset: int) -> None:
        """Forget what lies before the offset; a negative one keeps that many of the newest."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while self._pending and offset > 0 and self._pending[0]["update_id"] < offset:
            update = self._pending.popleft()
            if update["update_id"] in self._twice:
                self._twice.discard(update["update_id"])
                self._again.append(update)

    def first(self, limit: int) -> list[Json]:
        """Return the oldest updates, those to be repeated before all others."""
        again, self._again = self._again[:limit], self._again[limit:]
        count = min(limit - len(again), len(self._pending))
        return again + [self._pending[index] for index in range(count)]

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """Acknowledge, then return a batch, waiting for the first update when there is none."""
        if self.webhook_url:
            raise Conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        if not 1 <= limit <= MOST_IN_BATCH:
            raise BadRequest("limit must be between 1 and 100")
        self.interrupt(
            Conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        )
        self.acknowledge(offset)
        if not len(self) and seconds > 0:
            await self.wait(min(seconds, MOST_SECONDS))
        return self.first(limit)

    async def wait(self, seconds: float | None) -> None:
        """Return when an update arrives or the time is over; raise what interrupts."""
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        timer = None if seconds is None else waiter.get_loop().call_later(seconds, _finish, waiter)
        try:
            await waiter
        finally:
            if timer:
                timer.cancel()
            if self._waiter is waiter:
                self._waiter = None

    def interrupt(self, reason: Exception | None = None) -> None:
        """End the wait of the present consumer, with an error when there is a reason."""
        waiter, self._waiter = self._waiter, None
        if waiter and not waiter.done():
            if reason:
                waiter.set_exception(reason)
            else:
                waiter.set_result(None)

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


def _finish(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
