"""Inserts rows whose key may be there already, in both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_once(session: Session, table: Any) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that leaves a known key as it is and returns nothing for it."""
    return _insert(session, table).on_conflict_do_nothing()


def insert_or_replace(session: Session, table: Any, *values: str) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that gives a known key these new values."""
    statement = _insert(session, table)
    new = {name: statement.excluded[name] for name in values}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=new)


def _insert(session: Session, table: Any) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
