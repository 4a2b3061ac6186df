"""Keeps who did what to which row: before and after."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect

from domain.appending import append
from domain.models import AuditRow, Base
from domain.unit_of_work import UnitOfWork


def snapshot(row: Base) -> dict[str, Any]:
    """Return a row's columns as JSON."""
    columns = inspect(type(row)).column_attrs
    return plain({column.key: getattr(row, column.key) for column in columns})


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as JSON."""
    return {name: _plain(value) for name, value in values.items()}


def write(
    uow: UnitOfWork,
    action: str,
    row: Base,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Keep a change of `row` (create, change, remove); only what differs is kept of a change."""
    if action == "change" and before is not None and after is not None:
        changed = [key for key in after if before.get(key) != after[key]]
        before, after = {key: before.get(key) for key in changed}, {key: after[key] for key in changed}
        if not changed:
            return
    write_row(uow, action, row.__tablename__, getattr(row, "id", ""), before=before, after=after)


def write_row(
    uow: UnitOfWork,
    action: str,
    subject: str,
    subject_id: int | str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Keep a change of the row of a table."""
    append(
        uow,
        AuditRow,
        at=uow.now,
        person_id=uow.actor.id if uow.actor else None,
        action=action,
        subject=subject,
        subject_id=str(subject_id),
        before=before,
        after=after,
        source=uow.source,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
