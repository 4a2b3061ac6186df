"""Opens the database: SQLite by default, PostgreSQL by URL, one behaviour for both."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, StaticPool, create_engine, event

BUSY_MILLISECONDS = 15_000
MEMORY = "sqlite://"
# the journal goes into the file every 16 MB: each time all of it waits for the disk
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-32000", "wal_autocheckpoint=4000")


def database_url(name: str) -> str:
    """Return an SQLAlchemy URL for a URL or a file path."""
    if "://" not in name:
        return f"sqlite:///{Path(name).expanduser()}"
    for plain in ("postgresql://", "postgres://"):
        if name.startswith(plain):
            return "postgresql+psycopg://" + name.removeprefix(plain)
    return name


def open_engine(name: str) -> Engine:
    """Return an engine; on SQLite every transaction takes the write lock at once and survives a crash."""
    url = database_url(name)
    if url.startswith("sqlite"):
        arguments = {"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False}
        pool = {"poolclass": StaticPool} if url == MEMORY else {}  # one connection, else each has a database of its own
        engine = create_engine(url, connect_args=arguments, **pool)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
        return engine
    return create_engine(url, pool_size=10, max_overflow=4, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: a deferred one deadlocks between writers
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    immediate = not connection.get_execution_options().get("read_only")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
