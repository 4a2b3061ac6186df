"""The server misbehaves as told, and the bot can tell what surely did not arrive."""

import asyncio
import socket
import time
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.request import AiohttpRequest, NotSent
from bot.simulator import BotApiServer
from tests.simulator.conftest import LI, ZHANG, make_bot


def texts(server: BotApiServer, chat: int = ZHANG) -> list[str]:
    return [message["text"] for message in server.crowd.messages(chat)]


async def test_a_delay_is_only_late(bot: Bot, server: BotApiServer) -> None:
    server.faults.set("delay", "sendMessage", seconds=0.2, count=1)
    began = time.monotonic()
    await bot.send_message(ZHANG, "慢")
    assert time.monotonic() - began > 0.2
    await bot.send_message(ZHANG, "快")
    assert time.monotonic() - began < 1
    assert server.faults.hits["delay"] == 1


@pytest.mark.parametrize(("after", "arrived"), [(False, []), (True, ["在吗"])])
async def test_a_cut_connection_leaves_it_open_whether_it_arrived(
    bot: Bot, server: BotApiServer, *, after: bool, arrived: list[str]
) -> None:
    server.faults.set("drop", "sendMessage", after=after, count=1)
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(ZHANG, "在吗")
    assert not isinstance(caught.value, NotSent)
    assert texts(server) == arrived
    assert server.state.calls[-1].code == 0
    await bot.send_message(ZHANG, "再来")


async def test_a_late_answer_times_out_though_the_message_arrived(server: BotApiServer) -> None:
    server.faults.set("delay", "sendMessage", seconds=2, after=True, count=1)
    async with make_bot(server, read_timeout=0.3) as hasty:
        with pytest.raises(TimedOut) as caught:
            await hasty.send_message(ZHANG, "在吗")
    assert not isinstance(caught.value, NotSent)
    assert texts(server) == ["在吗"]


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_server_errors_are_network_errors(bot: Bot, server: BotApiServer, status: int) -> None:
    server.faults.set("error", status=status, count=1)
    with pytest.raises(NetworkError):
        await bot.send_message(ZHANG, "在吗")
    assert texts(server) == []


async def test_a_flood_says_how_long_to_wait_and_only_to_its_chat(bot: Bot, server: BotApiServer) -> None:
    server.faults.set("flood", "sendMessage", retry_after=7, chat=ZHANG)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(ZHANG, "在吗")
    assert caught.value.retry_after == timedelta(seconds=7)
    await bot.send_message(LI, "在吗")
    server.faults.clear()
    await bot.send_message(ZHANG, "在吗")
    assert (texts(server), texts(server, LI)) == (["在吗"], ["在吗"])


async def test_an_update_comes_twice_even_after_it_was_acknowledged(bot: Bot, server: BotApiServer) -> None:
    server.faults.set("duplicate", count=1)
    server.crowd.say(ZHANG, "一")
    server.crowd.say(ZHANG, "二")
    first = await bot.get_updates()
    second = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.update_id for update in second] == [first[0].update_id]
    assert await bot.get_updates(offset=first[-1].update_id + 1) == ()


async def test_a_probability_strikes_now_and_then(bot: Bot, server: BotApiServer) -> None:
    server.faults.set("error", "sendMessage", probability=0.5)
    failures = 0
    for _ in range(40):
        try:
            await bot.send_message(ZHANG, "在吗")
        except NetworkError:
            failures += 1
    assert 5 < failures < 35
    assert failures + len(texts(server)) == 40


async def test_unknown_faults_are_no_faults(server: BotApiServer) -> None:
    with pytest.raises(ValueError, match="a fault is one of"):
        server.faults.set("earthquake")


async def test_nobody_listening_means_surely_not_sent() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}/bot1:x/getMe"
        async with AiohttpRequest() as request:
            with pytest.raises(NotSent):
                await request.post(url)


async def test_a_full_pool_means_surely_not_sent(server: BotApiServer) -> None:
    server.faults.set("delay", seconds=0.5)
    url = f"{server.base_url}{server.token}/getMe"
    async with AiohttpRequest(connection_pool_size=1) as request:
        running = asyncio.ensure_future(request.post(url))
        await asyncio.sleep(0.05)
        with pytest.raises(NotSent):
            await request.post(url, pool_timeout=0.05, connect_timeout=0.05)
        await running


async def test_a_backend_that_is_closed_sends_nothing(server: BotApiServer) -> None:
    request = AiohttpRequest()
    assert request.read_timeout >= 20
    with pytest.raises(NotSent):
        await request.post(f"{server.base_url}{server.token}/getMe")
