"""The real service without Telegram's limits: `assistant.py DATABASE URL TOKEN MOMENT [stages]`."""

import asyncio
import datetime as dt
import logging
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot import app as composition
from bot import service
from bot.delivery import Delivery
from bot.dispatch import Dispatch
from bot.limiter import Limits
from bot.opening import learn_names
from bot.parsing.reader import Reader
from bot.poller import Poller
from bot.relay import Relay
from bot.settings import Clock, Settings
from bot.telegram_dispatch import TelegramDispatch
from bot.wording.words import Wording
from domain import inbox
from tests.benchmarks.children.report import ready, tell
from tests.benchmarks.children.stages import StageClock

STAGES: tuple[tuple[Any, str, str], ...] = (
    (Poller, "_round", "poll"),
    (inbox, "store", "store"),
    (Update, "de_json", "parse the update"),
    (Application, "process_update", "parse the update"),
    (TelegramDispatch, "apply", "look up speaker and dialogue"),
    (Dispatch, "_plan", "look up speaker and dialogue"),
    (Reader, "read", "understand"),
    (Dispatch, "_take", "write"),
    (Relay, "_settle_and_claim", "claim and mark"),
    (Delivery, "deliver", "send"),
    (Wording, "word", "word"),
)


async def serve(database: str, url: str, token: str, moment: str, *, clock: StageClock | None) -> None:
    """Serve until terminated, then tell the CPU used since the bot was ready."""
    began = 0.0

    def started(_name: str) -> None:
        nonlocal began
        began = time.process_time()
        ready()

    at = dt.datetime.fromisoformat(moment)
    assistant = composition.build(composition.open_ledger(database))
    learn_names(assistant.ledger, at)  # as `zhaoshang run` does
    for owner, name, stage in STAGES if clock else ():
        assert clock is not None
        clock.wrap(owner, name, stage)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(files=Path(folder))
        wall = Clock(settings.zone, at)
        work = service.serve(assistant, settings, wall, token=token, api=url, started=started, limits=Limits.none())
        task = asyncio.create_task(work)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        with suppress(asyncio.CancelledError):
            await task
    cpu = time.process_time() - began
    tell({"cpu": cpu} | ({"seconds": clock.seconds, "calls": clock.calls} if clock else {}))


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(serve(*sys.argv[1:5], clock=StageClock() if sys.argv[5:] else None))
