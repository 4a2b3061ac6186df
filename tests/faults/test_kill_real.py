"""kill -9 of `zhaoshang run` while 500 visits are told: 500 are in the ledger, every one answered."""

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.simulator.server import BotApiServer
from bot.simulator.state import Person as Phone
from domain import accounts
from domain.models import InboxUpdate, OutboxMessage, Person, Unit, Visit
from domain.unit_of_work import Ledger
from tests import small_city
from tests.factories import NOW
from tests.faults.rig import states, until

STAFF = range(301, 341)
MESSAGES = 500
KILLS = 4


@pytest.fixture
def city(ledger: Ledger) -> Ledger:
    """Return the small city with more staff, all bound."""
    small_city.build(ledger)
    with ledger.work(NOW) as uow:
        unit = uow.session.scalars(select(Unit).where(Unit.name == "翠屏区")).one()
        for number in STAFF:
            person = Person(name=f"招商员{number}", unit_id=unit.id, role="staff")
            uow.session.add(person)
            uow.session.flush()
            accounts.bind(uow, accounts.invite(uow, person), number, number)
    return ledger


@asynccontextmanager
async def running(database: str, telegram: BotApiServer, folder: Path) -> AsyncIterator[None]:
    """Run the command until the end of the block, then kill it."""
    environment = os.environ | {
        "ZHAOSHANG_TOKEN": telegram.token,
        "ZHAOSHANG_API_BASE_URL": telegram.url,
        "ZHAOSHANG_DATABASE": database,
        "ZHAOSHANG_FILES": str(folder),
    }
    seen = sum(call.method.lower() == "getupdates" for call in telegram.state.calls)
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
    try:
        await until(lambda: sum(call.method.lower() == "getupdates" for call in telegram.state.calls) > seen, 60)
        yield
        assert process.returncode is None
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def tell(telegram: BotApiServer) -> None:
    """Let the staff tell of visits, some twenty-five a second."""
    for number in range(MESSAGES):
        telegram.crowd.say(STAFF[number % len(STAFF)], f"今天去深圳拜访比亚迪,谈了电池项目第{number + 1}次")
        await asyncio.sleep(0.04)


@pytest.mark.slow
async def test_500_visits(city: Ledger, database_url: str, tmp_path: Path) -> None:
    chance = random.Random(7)
    async with BotApiServer([Phone(number, f"{number}") for number in STAFF]) as telegram:
        telling = asyncio.create_task(tell(telegram))
        for _ in range(KILLS):
            async with running(database_url, telegram, tmp_path):
                await asyncio.sleep(chance.uniform(0.2, 3))
        async with running(database_url, telegram, tmp_path):
            await telling
            await until(lambda: states(city, InboxUpdate) == {"done": MESSAGES}, 60)
            await until(lambda: states(city, OutboxMessage) == {"sent": MESSAGES}, 90)
        answers = [len(telegram.crowd.replies(number)) for number in STAFF]
        said = {reply["text"] for reply in telegram.crowd.replies(STAFF[0])}
    with city.read(NOW) as uow:
        assert uow.session.scalar(select(func.count()).select_from(Visit)) == MESSAGES, said
    assert MESSAGES <= sum(answers) <= MESSAGES + KILLS * 10
    assert min(answers) >= MESSAGES // len(STAFF)
