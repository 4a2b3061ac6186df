"""Inserts rows whose key may be there already, in both databases; each statement is built once."""

from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def insert_once(connection: Connection, table: Any) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that leaves a known key as it is and returns nothing for it."""
    return _once(_dialect(connection), table)


def insert_or_replace(connection: Connection, table: Any, *values: str) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that gives a known key these new values."""
    return _or_replace(_dialect(connection), table, values)


@cache
def _once(dialect: str, table: Any) -> postgresql.Insert | sqlite.Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _or_replace(dialect: str, table: Any, values: tuple[str, ...]) -> postgresql.Insert | sqlite.Insert:
    statement = _insert(dialect, table)
    new = {name: statement.excluded[name] for name in values}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=new)


def _insert(dialect: str, table: Any) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def _dialect(connection: Connection) -> str:
    return connection.dialect.name
