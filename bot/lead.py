"""Lets one process of several hold the lead: the one that polls, relays and keeps the clock."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)
LOCK = 0x7A53_6C64
TRY_SECONDS = 0.2
PROOF_SECONDS = 1.0


class Lead:
    """Holds a session advisory lock on a connection of its own; on SQLite there is one process, which leads.

    For a moment after a broken connection two processes may believe they lead: claims are right without it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.alone = engine.dialect.name == "sqlite"  # no other process can live

    async def hold(self, work: Callable[[], Awaitable[None]]) -> None:
        """Wait for the lead and do the work while holding it; begin again when the lead is lost."""
        while not self.alone:
            if await self._held(work):
                return
        await work()

    async def _held(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Do the work under the lock; tell whether it came to its own end."""
        connection = await self._acquire()
        worker = asyncio.ensure_future(work())
        try:
            while not worker.done():
                await asyncio.wait({worker}, timeout=PROOF_SECONDS)
                if not worker.done() and not await asyncio.to_thread(_alive, connection):
                    log.error("the lead is lost with its connection")
                    return False
            await worker
            return True
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker
            await asyncio.to_thread(_let_go, connection)

    async def _acquire(self) -> Connection:
        # unpooled: a pool would give the connection, and with it the lock, to the next borrower
        engine = create_engine(self._engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        while True:
            connection = await asyncio.to_thread(_try, engine)
            if connection is not None:
                return connection
            await asyncio.sleep(TRY_SECONDS)


def _try(engine: Engine) -> Connection | None:
    try:
        connection = engine.connect()
    except SQLAlchemyError:
        log.warning("the database cannot be reached")
        return None
    try:
        if connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")):
            return connection
    except SQLAlchemyError:
        log.warning("the lead cannot be asked for")
    _let_go(connection)
    return None


def _alive(connection: Connection) -> bool:
    try:
        return bool(connection.scalar(text("SELECT 1")) == 1)
    except SQLAlchemyError:
        return False


def _let_go(connection: Connection) -> None:
    with suppress(SQLAlchemyError):
        connection.close()
