"""Runs a service until Ctrl+C or SIGTERM, and lets it end what it began."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any


def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until the work ends, or is told to stop from outside."""
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_guarded(work))


async def _guarded(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    with suppress(NotImplementedError):  # Windows has no such handlers; Ctrl+C works there all the same
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await task
