"""A running server and a real bot that talks to it."""

from collections.abc import AsyncIterator

import pytest_asyncio
from telegram import Bot

from bot.request import AiohttpRequest
from bot.simulator import BotApiServer, Person

ZHANG, LI, STRANGER = 1001, 1002, 1003


@pytest_asyncio.fixture
async def server() -> AsyncIterator[BotApiServer]:
    people = [Person(ZHANG, "张伟"), Person(LI, "李娜"), Person(STRANGER, "王芳", started=False)]
    async with BotApiServer(people) as running:
        yield running


@pytest_asyncio.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with make_bot(server) as ready:
        yield ready


def make_bot(server: BotApiServer, token: str = "", read_timeout: float = 20) -> Bot:
    """Return a bot that talks to the server."""
    return Bot(
        token or server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=AiohttpRequest(read_timeout=read_timeout),
        get_updates_request=AiohttpRequest(4),
    )
