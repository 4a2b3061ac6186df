"""The real poller, front, relay and clock against the local Bot API server, with the smallest dispatcher there is."""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import func, select
from telegram import Update

from bot.delivery import Delivery
from bot.downloads import Downloads
from bot.executor import DatabaseExecutor
from bot.front import Front, build_application
from bot.lead import Lead
from bot.limiter import Limiter, Limits
from bot.poller import Poller
from bot.relay import Relay
from bot.request import AiohttpRequest
from bot.schedule import Schedule
from bot.station import Station
from domain import inbox, outbox
from domain.models import AuditRow, InboxUpdate, OutboxMessage
from domain.unit_of_work import Ledger
from tests.factories import CITY_ZONE

QUICK = (0.02, 0.05)


@dataclass(frozen=True, slots=True)
class Plain:
    """A message whose words are its values."""

    text: str
    buttons: Sequence[Sequence[tuple[str, str]]] = ()
    keyboard: Sequence[Sequence[str]] | None = None
    files: Sequence[Mapping[str, str]] = ()


class PlainWording:
    """Words a content by its own text."""

    def word(self, content: Mapping[str, Any], *, now: dt.datetime) -> Plain:
        """Return the text, the buttons and the files as they stand."""
        buttons = [[(each["label"], each["key"]) for each in row] for row in content.get("buttons", ())]
        return Plain(content["values"]["text"], buttons, content.get("keyboard"), content.get("files", ()))


@dataclass
class Echo:
    """Applies an update as the real dispatcher does: a fact, a reply owed and "done" in one transaction."""

    ledger: Ledger
    trouble: dict[str, list[Exception]] = field(default_factory=dict)  # text -> what to raise, one a time
    files: dict[str, bytes] = field(default_factory=dict)

    def apply(self, update: Update, files: Mapping[str, Path]) -> None:
        """Note the message as a fact and owe its echo."""
        message = update.effective_message
        text = (message.text or message.caption or "") if message else ""
        with self.ledger.work(now()) as uow:
            fact = {"text": text}
            row = AuditRow(at=uow.now, action="create", subject="said", subject_id=str(update.update_id), after=fact)
            uow.session.add(row)
            if message is not None:
                content = {"scope": "echo", "key": "echo", "values": {"text": f"收到:{text}"}}
                outbox.owe(uow, key=f"reply:{update.update_id}", kind="reply", chat_id=message.chat_id, content=content)
            if self.trouble.get(text):
                raise self.trouble[text].pop(0)
            self.files |= {name: path.read_bytes() for name, path in files.items()}
            inbox.finish(uow, update.update_id)


def now() -> dt.datetime:
    """Return the wall clock in the city's zone."""
    return dt.datetime.now(CITY_ZONE)


class Rig:
    """A running bot of one process: an async context manager."""

    def __init__(
        self,
        ledger: Ledger,
        server: Any,
        folder: Path,
        *,
        limits: Limits | None = None,
        clock: Callable[[], dt.datetime] = now,
        wording: Any = None,
        dispatcher: Any = None,
    ) -> None:
        self.ledger = ledger
        self.echo = dispatcher or Echo(ledger)
        self.executor = DatabaseExecutor.of(ledger.engine)
        self.request = AiohttpRequest(read_timeout=1.5, connect_timeout=1.5)
        self.application = build_application(server.token, server.base_url, server.base_file_url, self.request)
        self.limiter = Limiter(limits or Limits.none())
        delivery = Delivery(self.application.bot, self.limiter, wording or PlainWording(), clock)
        self.relay = Relay(ledger, self.executor, delivery, clock, poll_seconds=0.05)
        self.front = Front(
            self.application,
            ledger=ledger,
            executor=self.executor,
            dispatcher=self.echo,
            downloads=Downloads(folder, ledger, self.executor, clock),
            clock=clock,
            applied=self.relay.notify,
            pauses=QUICK,
        )
        self.poller = Poller(
            self.application.bot.base_url, AiohttpRequest(), self.front.store, long_poll_seconds=1, first_pause=0.05
        )
        self.schedule = Schedule(
            ledger, self.executor, clock, owed=self.relay.notify, resume=self.front.resume, push_seconds=0.1
        )
        self.station = Station(
            self.application,
            lead=Lead(ledger.engine),
            poller=self.poller,
            front=self.front,
            relay=self.relay,
            schedule=self.schedule,
        )
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> Self:
        """Begin to run, without waiting for the lead."""
        self.task = asyncio.create_task(self.station.run())
        return self

    async def __aenter__(self) -> Self:
        await self.start()
        await asyncio.wait_for(self.station.ready.wait(), 10)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """End cleanly."""
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task
            self.executor.close()


def facts(ledger: Ledger) -> list[str]:
    """Return what was applied, in order."""
    with ledger.read(now()) as uow:
        rows = uow.session.scalars(select(AuditRow).where(AuditRow.subject == "said").order_by(AuditRow.id))
        return [row.after["text"] for row in rows if row.after]


def states(ledger: Ledger, table: type[InboxUpdate] | type[OutboxMessage]) -> dict[str, int]:
    """Return how many rows are in which state."""
    with ledger.read(now()) as uow:
        query = select(table.state, func.count()).group_by(table.state)
        return {state: count for state, count in uow.session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


async def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds; raise TimeoutError when it never does."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - it looks at a database and at a server that tell nobody
            await asyncio.sleep(0.01)
