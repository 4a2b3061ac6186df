"""Updates reach the bot by polling and by webhook, in order, until acknowledged."""

import asyncio
import time

import pytest
from aiohttp import web
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, Update
from telegram.error import BadRequest, Conflict

from bot.simulator import BotApiServer, Person
from bot.simulator.updates import FIRST_ID
from tests.simulator.conftest import LI, ZHANG, make_bot


async def test_updates_stay_until_acknowledged(bot: Bot, server: BotApiServer) -> None:
    for text in ("一", "二", "三"):
        server.crowd.say(ZHANG, text)
    first = await bot.get_updates(limit=2)
    assert [update.update_id for update in first] == [FIRST_ID, FIRST_ID + 1]
    assert [update.update_id for update in await bot.get_updates(limit=2)] == [FIRST_ID, FIRST_ID + 1]
    (third,) = await bot.get_updates(offset=FIRST_ID + 2)
    assert third.message is not None
    assert third.message.text == "三"
    assert await bot.get_updates(offset=FIRST_ID + 3) == ()


async def test_a_negative_offset_keeps_the_newest(bot: Bot, server: BotApiServer) -> None:
    for text in ("一", "二", "三"):
        server.crowd.say(ZHANG, text)
    (newest,) = await bot.get_updates(offset=-1)
    assert newest.update_id == FIRST_ID + 2
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_returns_when_somebody_speaks(bot: Bot, server: BotApiServer) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    began = time.monotonic()
    server.crowd.say(ZHANG, "你好")
    (update,) = await poll
    assert time.monotonic() - began < 1
    assert update.effective_user is not None
    assert update.effective_user.first_name == "张伟"


async def test_a_long_poll_ends_empty_after_its_time(bot: Bot) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert 0.9 < time.monotonic() - began < 3


async def test_a_second_poller_ends_the_first(bot: Bot, server: BotApiServer) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    async with make_bot(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=10))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        server.crowd.say(ZHANG, "你好")
        assert len(await second) == 1


async def test_a_new_poller_gets_what_the_dead_one_left(server: BotApiServer) -> None:
    async with make_bot(server) as doomed:
        server.crowd.say(ZHANG, "一")
        assert len(await doomed.get_updates()) == 1
    async with make_bot(server) as heir:
        server.crowd.say(ZHANG, "二")
        texts = [update.message.text for update in await heir.get_updates() if update.message]
    assert texts == ["一", "二"]


async def test_only_the_wanted_kinds_come(bot: Bot, server: BotApiServer) -> None:
    await bot.get_updates(allowed_updates=["edited_message"])
    said = server.crowd.say(ZHANG, "20亿")
    server.crowd.edit(ZHANG, said["message_id"], "12亿")
    (update,) = await bot.get_updates()
    assert update.edited_message is not None
    assert update.edited_message.text == "12亿"


async def test_limits_beyond_a_hundred_are_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"^Limit must be between 1 and 100$"):
        await bot.get_updates(limit=101)


async def test_commands_make_the_menu(bot: Bot, server: BotApiServer) -> None:
    await bot.set_my_commands([BotCommand("help", "能做什么")])
    assert await bot.get_my_commands() == (BotCommand("help", "能做什么"),)
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([("visit", "记一次拜访")], scope=private)
    assert await bot.get_my_commands(scope=private) == (BotCommand("visit", "记一次拜访"),)
    await bot.delete_my_commands(scope=private)
    assert await bot.get_my_commands(scope=private) == ()
    with pytest.raises(BadRequest, match=r"^Bot_command_invalid$"):
        await bot.set_my_commands([("拜访", "记一次拜访")])
    assert len(server.state.commands) == 1


class Receiver:
    """A webhook of the bot that refuses as often as it is told."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.got: list[tuple[str, int, str]] = []

    async def take(self, request: web.Request) -> web.Response:
        """Note what was posted."""
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503)
        update = Update.de_json(await request.json(), None)
        text = update.message.text if update.message else ""
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), update.update_id, text or ""))
        return web.Response()

    async def listen(self) -> tuple[web.AppRunner, str]:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/hook", self.take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


async def test_a_webhook_gets_every_update_in_order_with_the_secret(bot: Bot, server: BotApiServer) -> None:
    receiver = Receiver(refusals=2)
    runner, url = await receiver.listen()
    server.crowd.say(ZHANG, "早")
    await bot.set_webhook(url, secret_token="s3cret")
    server.crowd.say(LI, "好")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    for _ in range(200):
        if len(receiver.got) == 2:
            break
        await asyncio.sleep(0.02)
    assert receiver.got == [("s3cret", FIRST_ID, "早"), ("s3cret", FIRST_ID + 1, "好")]
    told = await bot.get_webhook_info()
    assert (told.url, told.pending_update_count) == (url, 0)
    assert "503" in (told.last_error_message or "")
    await bot.delete_webhook()
    server.crowd.say(ZHANG, "又见")
    assert len(await bot.get_updates()) == 1
    await runner.cleanup()


async def test_setting_a_webhook_ends_the_poll(bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    await bot.set_webhook("http://127.0.0.1:9/hook", drop_pending_updates=True)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    await bot.set_webhook("")
    assert (await bot.get_webhook_info()).url == ""
    with pytest.raises(BadRequest, match=r"(?i)An HTTPS URL must be provided"):
        await bot.set_webhook("ftp://127.0.0.1/")


async def test_a_later_server_repeats_no_number_of_an_earlier_one() -> None:
    async with BotApiServer([Person(1, "陈晓")], numbered_from=5000) as server:
        message = server.crowd.say(1, "你好")
        assert message["message_id"] == 5001
        assert server.state.updates.last_id == FIRST_ID + 5000
