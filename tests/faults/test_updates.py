"""Updates in: each applied exactly once, in order within a chat, whatever Telegram does."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.lead import Lead
from bot.simulator.server import BotApiServer
from domain import inbox
from domain.accounts import bind, invite
from domain.models import InboxUpdate, OutboxMessage, Person, Unit
from domain.unit_of_work import Ledger
from tests.faults.rig import Rig, facts, now, states, until


def answers(telegram: BotApiServer, chat: int = 101) -> list[str]:
    return [reply["text"] for reply in telegram.crowd.replies(chat)]


async def test_answers_each_message_in_order(rig: Rig, telegram: BotApiServer) -> None:
    for number in range(20):
        telegram.crowd.say(101, f"一{number}")
        telegram.crowd.say(102, f"二{number}")
    await until(lambda: len(answers(telegram)) + len(answers(telegram, 102)) == 40)
    assert answers(telegram) == [f"收到:一{number}" for number in range(20)]
    assert answers(telegram, 102) == [f"收到:二{number}" for number in range(20)]
    assert len(facts(rig.ledger)) == 40
    await until(lambda: states(rig.ledger, OutboxMessage) == {"sent": 40})


async def test_an_update_delivered_twice_is_applied_once(rig: Rig, telegram: BotApiServer) -> None:
    telegram.faults.set("duplicate", count=10)
    for number in range(10):
        telegram.crowd.say(101, f"{number}")
    await until(lambda: len(answers(telegram)) == 10)
    await until(lambda: len(telegram.state.updates) == 0)
    await asyncio.sleep(0.2)
    assert facts(rig.ledger) == [f"{number}" for number in range(10)]
    assert len(answers(telegram)) == 10
    assert telegram.faults.hits["duplicate"] == 10


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("error", {"status": 502, "count": 3}),
        ("error", {"status": 500, "count": 3, "after": True}),
        ("flood", {"retry_after": 1, "count": 1}),
        ("drop", {"count": 3}),
        ("drop", {"count": 3, "after": True}),
    ],
)
async def test_polling_survives(rig: Rig, telegram: BotApiServer, kind: str, details: dict[str, int]) -> None:
    telegram.faults.set(kind, "getUpdates", **details)
    for number in range(5):
        telegram.crowd.say(101, f"{number}")
    await until(lambda: len(answers(telegram)) == 5)
    assert facts(rig.ledger) == [f"{number}" for number in range(5)]
    assert telegram.faults.hits[kind] >= 1


async def test_an_update_nobody_can_read_does_not_stop_the_rest(rig: Rig, telegram: BotApiServer) -> None:
    telegram.state.updates.push("message", {"message_id": "nonsense", "chat": 5, "date": "yesterday"})
    telegram.crowd.say(101, "在吗")
    await until(lambda: answers(telegram) == ["收到:在吗"])
    await until(lambda: states(rig.ledger, InboxUpdate) == {"dead": 1, "done": 1})
    assert len(telegram.state.calls) < 40  # getUpdates is not called again and again


async def test_tries_again_what_failed_for_now(rig: Rig, telegram: BotApiServer) -> None:
    rig.echo.trouble["一"] = [OSError("disk"), OSError("disk")]
    telegram.crowd.say(101, "一")
    telegram.crowd.say(101, "二")
    telegram.crowd.say(102, "三")
    await until(lambda: len(answers(telegram)) == 2)
    assert answers(telegram) == ["收到:一", "收到:二"]
    assert sorted(facts(rig.ledger)) == ["一", "三", "二"]


async def test_gives_up_what_fails_always(rig: Rig, telegram: BotApiServer) -> None:
    rig.echo.trouble["一"] = [OSError("disk")] * 99
    telegram.crowd.say(101, "一")
    telegram.crowd.say(101, "二")
    await until(lambda: answers(telegram) == ["收到:二"])
    assert facts(rig.ledger) == ["二"]
    assert states(rig.ledger, InboxUpdate) == {"dead": 1, "done": 1}
    assert len(rig.echo.trouble["一"]) == 99 - inbox.MOST_ATTEMPTS


async def test_begins_with_what_was_left(ledger: Ledger, telegram: BotApiServer, tmp_path: Path) -> None:
    left = {"message_id": 1, "date": 1, "chat": telegram.state.chats[101].card, "text": "昨晚的话"}
    with ledger.work(now()) as uow:
        inbox.store(uow, [{"update_id": 5, "message": left}])
    async with Rig(ledger, telegram, tmp_path):
        await until(lambda: answers(telegram) == ["收到:昨晚的话"])
    assert facts(ledger) == ["昨晚的话"]


async def test_restarts_in_the_middle(ledger: Ledger, telegram: BotApiServer, tmp_path: Path) -> None:
    for number in range(60):
        telegram.crowd.say(101 + number % 3, f"{number}")
    for pause in (0.02, 0.05, 0.1):
        rig = await Rig(ledger, telegram, tmp_path).start()
        await asyncio.sleep(pause)
        await rig.stop()
    async with Rig(ledger, telegram, tmp_path):
        await until(lambda: sum(len(answers(telegram, chat)) for chat in (101, 102, 103)) >= 60)
    for chat in (101, 102, 103):
        assert answers(telegram, chat) == [f"收到:{number}" for number in range(chat - 101, 60, 3)]
    assert len(facts(ledger)) == 60


class Unled(Lead):
    """A lead that everyone believes to hold."""

    async def hold(self, work: Callable[[], Awaitable[None]]) -> None:
        """Work at once."""
        self.alone = False
        await work()


async def test_two_pollers_apply_each_update_once(ledger: Ledger, telegram: BotApiServer, tmp_path: Path) -> None:
    """Two processes that both believe to lead disturb each other, and still nothing is doubled."""
    first, second = Rig(ledger, telegram, tmp_path), Rig(ledger, telegram, tmp_path)
    for rig in (first, second):
        rig.station._lead = Unled(ledger.engine)
        await rig.start()
    for number in range(20):
        telegram.crowd.say(101, f"{number}")
        await asyncio.sleep(0.01)
    await until(lambda: len(answers(telegram)) >= 20, 20)
    await first.stop()
    await second.stop()
    assert sorted(facts(ledger), key=int) == [f"{number}" for number in range(20)]


async def test_fetches_a_document_of_somebody_bound(rig: Rig, telegram: BotApiServer) -> None:
    with rig.ledger.work(now()) as uow:
        unit = Unit(name="翠屏区", kind="county")
        uow.session.add(unit)
        uow.session.flush()
        person = Person(name="甲", unit_id=unit.id, role="statistician")
        uow.session.add(person)
        uow.session.flush()
        bind(uow, invite(uow, person), telegram_id=101, chat_id=101)
    telegram.faults.set("error", "getFile", status=502, count=1)
    telegram.crowd.send_document(102, b"a stranger's", "台账.xlsx", "生人")
    telegram.crowd.send_document(101, b"workbook", "台账.xlsx", "台账")
    await until(lambda: "台账" in facts(rig.ledger))
    await until(lambda: "生人" in facts(rig.ledger))
    assert list(rig.echo.files.values()) == [b"workbook"]
    assert telegram.faults.hits["error"] == 1
