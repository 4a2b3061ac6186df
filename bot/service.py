"""Connects an assistant to a Bot API server and serves until cancelled."""

import asyncio
import logging
from collections.abc import Callable

from telegram import BotCommand
from telegram.error import TelegramError

from bot.app import Assistant
from bot.delivery import Delivery
from bot.downloads import Downloads
from bot.executor import DatabaseExecutor
from bot.front import App, Front, build_application
from bot.lead import Lead
from bot.limiter import Limiter, Limits
from bot.poller import Poller
from bot.relay import Relay
from bot.request import AiohttpRequest
from bot.schedule import Schedule
from bot.settings import Clock, Settings
from bot.station import Station
from bot.telegram_dispatch import TelegramDispatch

log = logging.getLogger(__name__)


async def serve(
    assistant: Assistant,
    settings: Settings,
    clock: Clock,
    *,
    token: str,
    api: str,
    started: Callable[[str], None],
    limits: Limits | None = None,
) -> None:
    """Serve until cancelled; `started` is told the bot's name once Telegram has answered. Raise InvalidToken.

    `limits` are Telegram's unless the server is one's own and has others.
    """
    application = build_application(token, f"{api}/bot", f"{api}/file/bot", AiohttpRequest())
    executor = DatabaseExecutor.of(assistant.ledger.engine)
    station = connect(assistant, settings, clock, application, executor, limits)
    running = asyncio.create_task(station.run())
    ready = asyncio.create_task(station.ready.wait())
    try:
        await asyncio.wait((running, ready), return_when=asyncio.FIRST_COMPLETED)
        if ready.done():
            await _publish_commands(assistant, application)
            started(application.bot.username)
        await running
    finally:
        for task in (ready, running):
            task.cancel()
        await asyncio.gather(ready, running, return_exceptions=True)
        executor.close()


def connect(
    assistant: Assistant,
    settings: Settings,
    clock: Clock,
    application: App,
    executor: DatabaseExecutor,
    limits: Limits | None = None,
) -> Station:
    """Build everything between an assistant and Telegram."""
    ledger, bot = assistant.ledger, application.bot
    relay = Relay(ledger, executor, Delivery(bot, Limiter(limits), assistant.wording, clock.now), clock.now)
    front = Front(
        application,
        ledger=ledger,
        executor=executor,
        dispatcher=TelegramDispatch(assistant.dispatch, assistant.catalog, clock.now),
        downloads=Downloads(settings.files, ledger, executor, clock.now),
        clock=clock.now,
        applied=relay.notify,
    )
    return Station(
        application,
        lead=Lead(ledger.engine),
        poller=Poller(bot.base_url, AiohttpRequest(), front.store),
        front=front,
        relay=relay,
        schedule=Schedule(ledger, executor, clock.now, owed=relay.notify, resume=front.resume),
    )


async def _publish_commands(assistant: Assistant, application: App) -> None:
    commands = assistant.catalog.get("replies/commands", "commands")
    try:
        await application.bot.set_my_commands([BotCommand(each["name"], each["description"]) for each in commands])
    except TelegramError:
        log.warning("the command menu could not be set", exc_info=True)
