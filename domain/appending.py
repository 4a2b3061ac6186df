"""Adds rows that the unit of work does not look at again: one statement each, built once, past the session."""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Table

from domain.models import Base
from domain.unit_of_work import UnitOfWork


def append(uow: UnitOfWork, kind: type[Base], **values: Any) -> int:
    """Write a row now and return its number; rows it points to must have been flushed."""
    made = uow.connection.execute(_insert(kind.__table__), values)
    assert made.inserted_primary_key is not None
    number: int = made.inserted_primary_key[0]
    return number


def append_all(uow: UnitOfWork, kind: type[Base], rows: list[dict[str, Any]]) -> None:
    """Write rows of one kind now."""
    if rows:
        uow.connection.execute(_insert(kind.__table__), rows)


@cache
def _insert(table: Any) -> Insert:
    assert isinstance(table, Table)
    return table.insert()
