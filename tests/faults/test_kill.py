"""kill -9 at random moments: nothing acknowledged is lost, nothing is applied twice, everyone is answered."""

import asyncio
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.lead import LOCK
from bot.simulator.server import BotApiServer
from bot.simulator.state import Person
from domain.models import InboxUpdate, OutboxMessage
from domain.unit_of_work import Ledger
from tests.faults.rig import Rig, facts, states, until

PEOPLE = range(201, 221)
MESSAGES = 500
KILLS = 5


@asynccontextmanager
async def bot_process(database: str, telegram: BotApiServer, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Yield a bot in a process of its own, alive until killed."""
    program = [sys.executable, "-m", "tests.faults.killed", database, telegram.url, str(folder)]
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.readline(), 30) == b"ready\n"
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def talk(telegram: BotApiServer) -> None:
    """Let everybody write, some thirty messages a second."""
    for number in range(MESSAGES):
        telegram.crowd.say(PEOPLE[number % len(PEOPLE)], f"{number}")
        await asyncio.sleep(0.03)


def answered(telegram: BotApiServer) -> Counter[str]:
    """Return how often each message was answered."""
    replies = (reply["text"] for person in PEOPLE for reply in telegram.crowd.replies(person))
    return Counter(text.removeprefix("收到:") for text in replies)


@pytest.mark.slow
async def test_killed_while_500_messages_arrive(
    ledger: Ledger, database_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(20)
    async with BotApiServer([Person(number, f"{number}") for number in PEOPLE]) as telegram:
        talking = asyncio.create_task(talk(telegram))
        for _ in range(KILLS):
            async with bot_process(database_url, telegram, tmp_path):
                await asyncio.sleep(chance.uniform(0.3, 2.5))
        async with bot_process(database_url, telegram, tmp_path):
            await talking
            await until(lambda: len(answered(telegram)) == MESSAGES, 60)
            await until(lambda: states(ledger, OutboxMessage) == {"sent": MESSAGES}, 30)
    assert sorted(facts(ledger), key=int) == [f"{number}" for number in range(MESSAGES)]
    assert states(ledger, InboxUpdate) == {"done": MESSAGES}
    repeated = sum(count - 1 for count in answered(telegram).values())
    record_property("repeated", repeated)
    assert repeated <= KILLS * 10  # only what was on its way at a kill may come twice


only_postgresql = pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)


async def test_another_process_takes_the_lead(ledger: Ledger, telegram: BotApiServer, tmp_path: Path) -> None:
    first = await Rig(ledger, telegram, tmp_path).start()
    await asyncio.wait_for(first.station.ready.wait(), 10)
    second = await Rig(ledger, telegram, tmp_path).start()
    telegram.crowd.say(101, "一")
    await until(lambda: len(telegram.crowd.replies(101)) == 1)
    assert not second.station.ready.is_set()
    await first.stop()
    await asyncio.wait_for(second.station.ready.wait(), 5)
    telegram.crowd.say(101, "二")
    await until(lambda: len(telegram.crowd.replies(101)) == 2)
    await second.stop()
    assert facts(ledger) == ["一", "二"]
    assert [call.code for call in telegram.state.calls if call.method == "getUpdates"].count(409) == 0


@only_postgresql
async def test_takes_the_lead_again_after_its_connection_broke(
    ledger: Ledger, telegram: BotApiServer, tmp_path: Path
) -> None:
    async with Rig(ledger, telegram, tmp_path) as rig:
        with ledger.engine.connect() as connection:
            holder = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = :lock"
            assert connection.scalar(text(holder), {"lock": LOCK}) is True
        await until(lambda: not rig.station.ready.is_set(), 5)
        await asyncio.wait_for(rig.station.ready.wait(), 10)
        telegram.crowd.say(101, "还在")
        await until(lambda: len(telegram.crowd.replies(101)) == 1)
