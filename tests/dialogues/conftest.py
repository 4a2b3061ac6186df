"""A conversation over the local Bot API server: the real bot, a real ledger on either database, real HTTP."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import Engine, select

from bot import app as composition
from bot import service
from bot.app import Assistant
from bot.catalog import load_catalog
from bot.names.book import NameBook
from bot.names.words import name_words
from bot.settings import Clock, Settings
from bot.simulator import Person as Caller
from bot.simulator import SimulatorThread
from domain import accounts
from domain.models import Person
from domain.ports import SheetWords
from domain.rules import default_rules
from domain.unit_of_work import Ledger
from tests import small_city
from tests.factories import CITY_ZONE, NOW

NUMBERS = {name: 1001 + place for place, name in enumerate(row["name"] for row in small_city.people())}
STRANGER = 1999


@dataclass
class Conversation:
    """People talking to the bot; by default the field worker of 翠屏区."""

    simulator: SimulatorThread
    assistant: Assistant
    clock: Clock
    last: dict[str, int] = field(default_factory=dict)  # who -> the bot's last message

    def say(self, text: str, who: str = "陈晓", *, reply_to: int | None = None, replies: int = 1) -> str:
        """Say something and return the answer, or the answers joined by lines."""
        message = self.simulator.say(NUMBERS[who], text, reply_to)
        return self._answers(who, message["message_id"], replies)

    def press(self, label: str, who: str = "陈晓", on: int | None = None) -> str:
        """Press a button of the bot's last message and return what is then read: a new message or the edited one."""
        chat, message_id = NUMBERS[who], on or self.last[who]
        before = {each["message_id"]: each.get("text") for each in self.simulator.replies(chat)}
        self.simulator.press(chat, message_id, label)
        changed = self.simulator.wait_until(
            chat, lambda replies: any(before.get(each["message_id"]) != each.get("text") for each in replies)
        )
        now = next(each for each in reversed(changed) if before.get(each["message_id"]) != each.get("text"))
        self.last[who] = now["message_id"]
        return str(now["text"])

    def edit(self, message_id: int, text: str, who: str = "陈晓") -> str:
        """Edit one's own message and return the answer."""
        latest = max((each["message_id"] for each in self.simulator.messages(NUMBERS[who])), default=0)
        self.simulator.edit(NUMBERS[who], message_id, text)
        return self._answers(who, latest, 1)

    def send(self, path: Path, who: str = "刘海") -> str:
        """Send a document and return the answer."""
        content = path.read_bytes()
        message = self.simulator.do(lambda crowd: crowd.send_document(NUMBERS[who], content, path.name))
        return self._answers(who, message["message_id"], 1)

    def buttons(self, who: str = "陈晓") -> list[str]:
        """Return the labels under the bot's last message."""
        message = next(m for m in self.simulator.replies(NUMBERS[who]) if m["message_id"] == self.last[who])
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    def said(self, who: str = "陈晓") -> int:
        """Return the number of the person's own last message."""
        mine = [each for each in self.simulator.messages(NUMBERS[who]) if not each["from"].get("is_bot")]
        return int(mine[-1]["message_id"])

    def rows(self, table: Any) -> list[Any]:
        """Return all rows of a table."""
        with self.assistant.ledger.read(NOW) as uow:
            return list(uow.session.scalars(select(table).order_by(table.id)))

    def _answers(self, who: str, after: int, count: int) -> str:
        found = self.simulator.wait_for_replies(NUMBERS[who], after, count)
        assert len(found) == count, [each.get("text") for each in found]
        self.last[who] = found[-1]["message_id"]
        return "\n".join(str(each["text"]) for each in found)


@pytest.fixture
def city(engine: Engine, words: SheetWords) -> Ledger:
    """Return a ledger holding the small city, its people bound to accounts."""
    book = NameBook(name_words(load_catalog()))
    ledger = Ledger(engine, words, book, default_rules())
    small_city.build(ledger)
    with ledger.work(NOW) as uow:
        for person in uow.session.scalars(select(Person)):
            number = NUMBERS[person.name]
            accounts.bind(uow, accounts.invite(uow, person), number, number)
    return ledger


@pytest.fixture
def chat(city: Ledger, tmp_path: Path) -> Iterator[Conversation]:
    """Yield a conversation with the running bot."""
    clock, assistant = Clock(CITY_ZONE, NOW), composition.build(city)
    people = [Caller(number, name) for name, number in NUMBERS.items()] + [Caller(STRANGER, "陌生人")]
    settings = Settings(files=tmp_path / "files")
    with (
        SimulatorThread(people, clock=lambda: clock.now().timestamp()) as simulator,
        Running(assistant, settings, clock, simulator),
    ):
        yield Conversation(simulator, assistant, clock)


class Running:
    """Runs the bot in a thread of its own while a test talks to it."""

    def __init__(self, assistant: Assistant, settings: Settings, clock: Clock, simulator: SimulatorThread) -> None:
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._work = service.serve(
            assistant,
            settings,
            clock,
            token=simulator.server.token,
            api=simulator.url,
            started=lambda _: self._started.set(),
        )
        self._thread = threading.Thread(target=self._run, name="bot", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(15)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._task = self._loop.create_task(self._work)
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            return
