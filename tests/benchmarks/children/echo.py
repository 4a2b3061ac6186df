"""A bare python-telegram-bot echo bot with default settings: `echo.py httpx|aiohttp URL TOKEN`."""

import sys
import time
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.request import AiohttpRequest
from tests.benchmarks.children.report import ready, tell


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say back what was said."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main(backend: str, url: str, token: str) -> None:
    """Run until terminated, then tell the CPU used since the bot was ready."""
    began = 0.0

    async def note(_application: Any) -> None:
        nonlocal began
        began = time.process_time()
        ready()

    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").post_init(note)
    if backend == "aiohttp":
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()
    tell({"cpu": time.process_time() - began})


if __name__ == "__main__":
    main(*sys.argv[1:])
