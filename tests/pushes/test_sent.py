"""Pushes as people read them on their phones: each once, across restarts and processes, never too late."""

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalog import load_catalog
from bot.simulator.server import BotApiServer
from bot.wording.words import Wording
from domain import reminders
from domain.unit_of_work import Ledger
from tests.factories import NOW
from tests.faults.rig import Rig, until
from tests.pushes.conftest import MONDAY, Clock, outbox_rows

CHEN, ZHANG, CAO = 101, 102, 103
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def bot(city: Ledger, telegram: BotApiServer, tmp_path: Path, clock: Clock) -> Callable[[], Rig]:
    """Return a function that makes one more process of the bot."""
    return lambda: Rig(city, telegram, tmp_path, clock=clock, wording=Wording(load_catalog()))


def read(telegram: BotApiServer, chat: int) -> list[str]:
    return [message["text"] for message in telegram.crowd.replies(chat)]


async def test_monday_morning_across_restarts(bot: Callable[[], Rig], telegram: BotApiServer, clock: Clock) -> None:
    clock.now = MONDAY - dt.timedelta(minutes=1)
    async with bot():
        await asyncio.sleep(0.3)
        assert read(telegram, CAO) == []
        clock.now = MONDAY
        await until(lambda: all(read(telegram, chat) for chat in (CHEN, ZHANG, CAO)))
    for hours in (1, 3):
        clock.now = MONDAY + hours * HOUR
        async with bot():
            await asyncio.sleep(0.3)
    assert [len(read(telegram, chat)) for chat in (CHEN, ZHANG, CAO, 104)] == [1, 1, 1, 0]
    assert read(telegram, CAO)[0].splitlines()[:2] == [
        "【每周排名】截至2026年2月",
        "全市目标完成率:15.5%(6.2亿元/40亿元)",
    ]
    assert "1. 临港经济开发区 21.43%(3亿元/14亿元)" in read(telegram, CAO)[0]
    assert "珙县" in read(telegram, CAO)[0].splitlines()[-1]
    assert read(telegram, ZHANG)[0].startswith("【本周待办】张建国,3月23日(周一)至3月29日(周日)\n没有到期")


@pytest.mark.parametrize(("late", "expected"), [(11, 1), (13, 0)])
async def test_a_missed_monday_is_caught_up_the_same_day_only(
    bot: Callable[[], Rig], telegram: BotApiServer, clock: Clock, late: int, expected: int
) -> None:
    clock.now = MONDAY + late * HOUR
    async with bot():
        await asyncio.sleep(0.4)
    assert len(read(telegram, CAO)) == expected


async def test_a_reminder_rings_at_its_moment(
    bot: Callable[[], Rig], telegram: BotApiServer, clock: Clock, city: Ledger, person_id: Callable[[str], int]
) -> None:
    moment = NOW + 5 * HOUR
    with city.work(NOW) as uow:
        reminders.add(uow, person_id("陈晓"), "给王总回电话", moment)
        reminders.add(uow, person_id("陈晓"), "写日报", moment, "workday")
    clock.now = moment - dt.timedelta(seconds=1)
    async with bot():
        await asyncio.sleep(0.3)
        assert read(telegram, CHEN) == []
        clock.now = moment
        await until(lambda: len(read(telegram, CHEN)) == 2)
        clock.now = moment + 24 * HOUR
        await until(lambda: len(read(telegram, CHEN)) == 3)
    assert read(telegram, CHEN) == [
        "【提醒】给王总回电话",
        "【提醒】写日报\n(每个工作日提醒)",
        "【提醒】写日报\n(每个工作日提醒)",
    ]


async def test_two_processes_push_once(
    bot: Callable[[], Rig], telegram: BotApiServer, clock: Clock, city: Ledger
) -> None:
    clock.now = MONDAY
    first, second = bot(), bot()
    for rig in (first, second):
        await rig.start()
    await until(lambda: all(read(telegram, chat) for chat in (CHEN, ZHANG, CAO)))
    await asyncio.sleep(0.3)
    for rig in (first, second):
        await rig.stop()
    assert [len(read(telegram, chat)) for chat in (CHEN, ZHANG, CAO)] == [1, 1, 1]
    assert {state for _, state in outbox_rows(city)} == {"sent"}


async def test_one_who_blocked_the_bot_does_not_stop_the_others(
    bot: Callable[[], Rig], telegram: BotApiServer, city: Ledger
) -> None:
    telegram.crowd.block(CHEN)
    async with bot():
        await until(lambda: bool(read(telegram, ZHANG)) and bool(read(telegram, CAO)))
        await until(lambda: sorted(state for _, state in outbox_rows(city)) == ["failed", "sent", "sent"])
    assert read(telegram, CHEN) == []
