"""Runs database work off the event loop: one thread on SQLite, which has one writer, several on PostgreSQL."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from sqlalchemy import Engine

POSTGRESQL_THREADS = 8
P = ParamSpec("P")
R = TypeVar("R")


class DatabaseExecutor:
    """The threads that may touch the database."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="database")

    @classmethod
    def of(cls, engine: Engine) -> "DatabaseExecutor":
        """Return the executor fit for an engine."""
        return cls(1 if engine.dialect.name == "sqlite" else POSTGRESQL_THREADS)

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function in a database thread and return what it returns; once begun it ends, even when cancelled."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(*args, **kwargs))

    def close(self) -> None:
        """Wait for the work begun and end the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)
