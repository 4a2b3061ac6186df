"""Lets one process of several hold the lead: the one that polls, relays and keeps the clock."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)
LOCK = 0x7A53_6C64
TRY_SECONDS = 0.2
PROOF_SECONDS = 1.0


class Hold(Protocol):
    """The lead, held by this process until let go or lost."""

    def alive(self) -> bool:
        """Tell whether it is still held."""
        ...

    def let_go(self) -> None:
        """Give it up."""
        ...


class Lead:
    """Does work in one process at a time; a lead that ends, or is killed, passes to the next that waits.

    For a moment after a broken connection to PostgreSQL two processes may believe they lead: claims are right
    without it. On SQLite whoever leads is alone.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.alone = engine.dialect.name == "sqlite"

    async def hold(self, work: Callable[[], Awaitable[None]]) -> None:
        """Wait for the lead and do the work while holding it; begin again when the lead is lost."""
        while not await self._held(work):
            log.error("the lead is lost with its connection")

    async def _held(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Do the work under the lock; tell whether it came to its own end."""
        held = await self._acquire()
        worker = asyncio.ensure_future(work())
        try:
            while not worker.done():
                await asyncio.wait({worker}, timeout=PROOF_SECONDS)
                if not worker.done() and not await asyncio.to_thread(held.alive):
                    return False
            await worker
            return True
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker
            await asyncio.to_thread(held.let_go)

    async def _acquire(self) -> Hold:
        attempt, told = self._attempt(), False
        while True:
            held = await asyncio.to_thread(attempt)
            if held is not None:
                return held
            if not told:
                log.warning("another process works on this ledger; waiting for it to end")
                told = True
            await asyncio.sleep(TRY_SECONDS)

    def _attempt(self) -> Callable[[], Hold | None]:
        if not self.alone:
            # unpooled: a pool would give the connection, and with it the lock, to the next borrower
            engine = create_engine(self._engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
            return lambda: _try_session(engine)
        database = self._engine.url.database
        return (lambda: _try_file(f"{database}-lead")) if database not in (None, "", ":memory:") else _NoLock


class _NoLock:
    """The lead of a database in memory, which no other process sees."""

    def alive(self) -> bool:
        return True

    def let_go(self) -> None:
        return


class _FileLock(_NoLock):
    """A lock on an empty SQLite file beside the ledger; it ends with the process, however that ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def let_go(self) -> None:
        self._connection.close()


class _SessionLock:
    """An advisory lock of a PostgreSQL session."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alive(self) -> bool:
        try:
            return bool(self._connection.scalar(text("SELECT 1")) == 1)
        except SQLAlchemyError:
            return False

    def let_go(self) -> None:
        with suppress(SQLAlchemyError):
            self._connection.close()


def _try_file(path: str) -> Hold | None:
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        connection.close()
        return None
    return _FileLock(connection)


def _try_session(engine: Engine) -> Hold | None:
    try:
        connection = engine.connect()
    except SQLAlchemyError:
        log.warning("the database cannot be reached")
        return None
    try:
        if connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")):
            return _SessionLock(connection)
    except SQLAlchemyError:
        log.warning("the lead cannot be asked for")
    with suppress(SQLAlchemyError):
        connection.close()
    return None
