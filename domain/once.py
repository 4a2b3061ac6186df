"""Inserts rows unless their key is there already, in both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_once(session: Session, table: Any) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that leaves a known key as it is and returns nothing for it."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
