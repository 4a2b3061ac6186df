"""Relays due outbox messages to Telegram, chats side by side, each chat in order."""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery import Delivery, Outcome
from bot.executor import DatabaseExecutor
from domain import outbox, pushes
from domain.models import OutboxMessage
from domain.unit_of_work import Ledger, UnitOfWork

log = logging.getLogger(__name__)
POLL_SECONDS = 1.0  # for what another process owes, and for what falls due
RENEW_PART = 3  # a lease is renewed after this part of it
MOST_IN_FLIGHT = 100
MOST_BROADCASTS = 25  # about a second's worth: a reply never waits behind more
STOP_SECONDS = 10.0


class Relay:
    """Delivers at least once: a crash between sending and marking sends again once the lease is over."""

    def __init__(
        self,
        ledger: Ledger,
        executor: DatabaseExecutor,
        delivery: Delivery,
        clock: Callable[[], dt.datetime],
        *,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._ledger, self._executor, self._delivery, self._clock = ledger, executor, delivery, clock
        self._poll_seconds = poll_seconds
        self._wake = asyncio.Event()
        self._outcomes: list[tuple[int, Outcome]] = []
        self._in_flight: dict[int, OutboxMessage] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewed = time.monotonic()
        self._stopping = False

    def notify(self) -> None:
        """Look at once: something is owed."""
        self._wake.set()

    async def run(self, *, alone: bool = False) -> None:
        """Relay until stopped; `alone`: no other process relays, so what an ended one held is free at once."""
        self._stopping = False
        if alone:
            await self._executor.run(self._end_leases)
        try:
            while not self._stopping:
                if not await self._turn():
                    await self._sleep(self._poll_seconds)
        finally:
            await self._finish()

    def stop(self) -> None:
        """Claim no more and let `run` end when what is under way is sent."""
        self._stopping = True
        self._wake.set()

    async def _turn(self) -> bool:
        """Mark what was sent and claim what is due, in one transaction; tell whether that worked out."""
        self._wake.clear()
        outcomes, self._outcomes = self._outcomes, []
        try:
            claimed = await self._executor.run(self._settle_and_claim, outcomes)
        except SQLAlchemyError:
            log.exception("the outbox cannot be read or marked now")
            self._outcomes = outcomes + self._outcomes
            await asyncio.sleep(self._poll_seconds)
            return True
        for message_id, _ in outcomes:
            self._in_flight.pop(message_id, None)
        self._start(claimed)
        return False

    def _settle_and_claim(self, outcomes: Sequence[tuple[int, Outcome]]) -> list[OutboxMessage]:
        with self._ledger.work(self._clock()) as uow:
            settle(uow, outcomes)
            self._renew(uow, outcomes)
            room = MOST_IN_FLIGHT - len(self._in_flight) + len(outcomes)
            if room <= 0 or self._stopping:
                return []
            claimed = outbox.claim_due(uow, room, broadcasts=self._room_for_broadcasts())
            return [message for message in claimed if pushes.recheck(uow, message)]

    def _room_for_broadcasts(self) -> int:
        under_way = sum(message.kind in outbox.BROADCASTS for message in list(self._in_flight.values()))
        return max(0, MOST_BROADCASTS - under_way)

    def _renew(self, uow: UnitOfWork, outcomes: Sequence[tuple[int, Outcome]]) -> None:
        if time.monotonic() - self._renewed < outbox.LEASE.total_seconds() / RENEW_PART:
            return
        self._renewed = time.monotonic()
        kept = set(self._in_flight) - {message_id for message_id, _ in outcomes}
        if kept:
            outbox.renew(uow, kept)

    def _start(self, claimed: Iterable[OutboxMessage]) -> None:
        chats: dict[int, list[OutboxMessage]] = {}
        for message in claimed:
            self._in_flight[message.id] = message
            chats.setdefault(message.chat_id, []).append(message)
        for messages in chats.values():
            task = asyncio.create_task(self._send(messages))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _send(self, messages: Sequence[OutboxMessage]) -> None:
        """Send a chat's messages one after the other; when one must wait, so must the rest."""
        held: Outcome | None = None
        for message in messages:
            outcome = Outcome("again", after=held.after, tried=False) if held else await self._outcome(message)
            self._outcomes.append((message.id, outcome))
            self._wake.set()
            if outcome.kind == "again" or (outcome.kind == "uncertain" and outcome.repeat):
                held = outcome

    async def _outcome(self, message: OutboxMessage) -> Outcome:
        if self._stopping:
            return Outcome("again", after=0.0, tried=False)
        try:
            return await self._delivery.deliver(message)
        except Exception as fault:  # one message must never stop the others
            log.exception("message %s cannot be delivered", message.id)
            return Outcome("failed", error=repr(fault))

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return

    async def _finish(self) -> None:
        """Wait for the sends under way and mark them, so that a clean end doubles nothing."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        outcomes, self._outcomes = self._outcomes, []
        if outcomes:
            await self._executor.run(self._settle_and_claim, outcomes)

    def _end_leases(self) -> None:
        with self._ledger.work(self._clock()) as uow:
            outbox.end_leases(uow)


def settle(uow: UnitOfWork, outcomes: Iterable[tuple[int, Outcome]]) -> None:
    """Mark what became of messages."""
    outcomes = list(outcomes)
    outbox.mark_sent(uow, [(number, outcome.message_id) for number, outcome in outcomes if outcome.kind == "sent"])
    for number, outcome in outcomes:
        if outcome.kind == "failed":
            outbox.mark_failed(uow, number, outcome.error)
        elif outcome.kind == "uncertain":
            outbox.mark_uncertain(uow, number, outcome.error, repeat=outcome.repeat, parts=outcome.parts)
        elif outcome.kind == "again" and outcome.tried:
            outbox.mark_again(uow, number, after=outcome.after, error=outcome.error, parts=outcome.parts)
        elif outcome.kind == "again":
            outbox.unclaim(uow, number, after=outcome.after or 0.0)
