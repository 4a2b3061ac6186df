"""Writes a plan in bulk: rows with their ids, children, changes, and an audit row for each."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from domain.ledger.books import Record
from domain.ledger.rows import PLANNED, REACHED
from domain.ledger.shapes import NTH, Shape
from domain.ledger.wide_shapes import UNVERIFIED
from domain.models import AuditRow, Base, Investor, Milestone, VisitEnterprise
from domain.unit_of_work import UnitOfWork

BATCH = 2_000
Wrote = Callable[[int], None]


@dataclass(slots=True)
class Change:
    """One record known before: what is new of it."""

    row_id: int
    before: Record
    after: Record  # only the columns that differ


@dataclass(slots=True)
class SheetPlan:
    """What one sheet comes to: rows to make and rows to change."""

    shape: Shape
    new: list[tuple[int, Record]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def table_of(model: type[Base]) -> Table:
    """Return a model's table."""
    return Base.metadata.tables[model.__tablename__]


def allocate(session: Session, model: type[Base], count: int) -> list[int]:
    """Return ids for `count` rows to come."""
    if count == 0:
        return []
    table = model.__tablename__
    if session.get_bind().dialect.name == "postgresql":
        query = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return list(session.scalars(query, {"table": table, "count": count}))
    last = session.scalar(select(func.max(table_of(model).c.id))) or 0
    return list(range(last + 1, last + 1 + count))


class Writer:
    """Writes plans within one unit of work."""

    def __init__(self, uow: UnitOfWork, source: str | None, wrote: Wrote) -> None:
        self._uow = uow
        self._session = uow.session
        self._source = source or uow.source
        self._wrote = wrote
        self._audit: list[dict[str, Any]] = []

    def write(self, plan: SheetPlan) -> None:
        """Write one sheet's rows and changes."""
        shape, table = plan.shape, table_of(plan.shape.model)
        rows = [{"id": row_id, **_columns(table, shape, record)} for row_id, record in _parents_first(plan)]
        for batch in _batches(rows):
            self._insert(table, batch)
            self._wrote(len(batch))
        for row_id, record in plan.new:
            firms = {column: record.get(column, []) for column, _ in shape.lists.values()}
            self._note("create", table.name, row_id, None, {"id": row_id, **_columns(table, shape, record), **firms})
        self._update(table, [(change.row_id, change.after) for change in plan.changes])
        for change in plan.changes:
            after = {column: value for column, value in change.after.items() if not _is_milestone(column)}
            if after:
                before = {column: change.before.get(column) for column in after}
                self._note("change", table.name, change.row_id, before, after)
        if shape.code == "project":
            self._links(plan, Investor, "project_id", "investors")
            self._milestones(plan)
        if shape.code == "visit":
            self._links(plan, VisitEnterprise, "visit_id", "enterprises")
        self._wrote(len(plan.changes))

    def finish(self) -> None:
        """Write the audit rows."""
        self._insert(table_of(AuditRow), self._audit)
        self._audit = []
        self._session.expire_all()

    def _insert(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        for batch in _batches(rows):
            self._session.execute(insert(table), batch)

    def _update(self, table: Table, changes: Iterable[tuple[int, Record]]) -> None:
        """Update by the set of columns that changed, so that each set is one statement."""
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row_id, record in changes:
            columns = tuple(sorted(column for column in record if column in table.c))
            if columns:
                values = {f"new_{column}": record[column] for column in columns}
                groups.setdefault(columns, []).append({"row_id": row_id, **values})
        for columns, rows in groups.items():
            values = {column: bindparam(f"new_{column}", type_=table.c[column].type) for column in columns}
            statement = update(table).where(table.c.id == bindparam("row_id")).values(values)
            for batch in _batches(rows):
                self._session.connection().execute(statement, batch)

    def _links(self, plan: SheetPlan, model: type[Base], owner: str, column: str) -> None:
        """Write which firms a record names, in order."""
        table = table_of(model)
        changed = [(change.row_id, change.after) for change in plan.changes if column in change.after]
        for batch in _batches([row_id for row_id, _ in changed]):
            self._session.execute(delete(table).where(table.c[owner].in_(batch)))
        rows = [
            {owner: row_id, "enterprise_id": enterprise, "position": position}
            for row_id, record in [*plan.new, *changed]
            for position, enterprise in enumerate(record.get(column, []))
        ]
        self._insert(table, rows)

    def _milestones(self, plan: SheetPlan) -> None:
        """Write the dates of milestones: new rows, and changes of those that were there."""
        table = table_of(Milestone)
        touched = [(row_id, Record(), record) for row_id, record in plan.new]
        touched += [(change.row_id, change.before, change.before | change.after) for change in plan.changes]
        new: list[dict[str, Any]] = []
        changed: list[tuple[int, str, Record, Record]] = []
        for project, before, after in touched:
            was, now = _milestones_of(before), _milestones_of(after)
            new += [{"project_id": project, "kind": kind, **now[kind]} for kind in now if kind not in was]
            changed += [(project, kind, was[kind], now[kind]) for kind in now if kind in was and was[kind] != now[kind]]
        for row, row_id in zip(new, allocate(self._session, Milestone, len(new)), strict=True):
            row["id"] = row_id
            self._note("create", table.name, row_id, None, row)
        self._insert(table, new)
        self._change_milestones(table, changed)

    def _change_milestones(self, table: Table, changed: Sequence[tuple[int, str, Record, Record]]) -> None:
        ids: dict[tuple[int, str], int] = {}
        for batch in _batches([project for project, *_ in changed]):
            query = select(table.c.id, table.c.project_id, table.c.kind).where(table.c.project_id.in_(batch))
            ids |= {(project, kind): row_id for row_id, project, kind in self._session.execute(query)}
        self._update(table, ((ids[project, kind], now) for project, kind, _was, now in changed))
        for project, kind, was, now in changed:
            differs = [column for column in now if was[column] != now[column]]
            before, after = ({column: side[column] for column in differs} for side in (was, now))
            self._note("change", table.name, ids[project, kind], before, after)

    def _note(self, action: str, subject: str, row_id: int, before: Record | None, after: Record) -> None:
        actor = self._uow.actor
        self._audit.append(
            {
                "at": self._uow.now,
                "person_id": actor.id if actor else None,
                "action": action,
                "subject": subject,
                "subject_id": str(row_id),
                "before": _plain(before) if before is not None else None,
                "after": _plain(after),
                "source": self._source,
            }
        )
        if len(self._audit) >= BATCH:
            self._insert(table_of(AuditRow), self._audit)
            self._audit = []


def _parents_first(plan: SheetPlan) -> list[tuple[int, Record]]:
    """Return the new rows so that none stands before the one it hangs from."""
    if plan.shape.code != "unit":
        return plan.new
    parents = {row_id: record.get("parent_id") for row_id, record in plan.new}

    def depth(row_id: int) -> int:
        parent = parents.get(row_id)
        return 0 if parent is None else 1 + depth(parent)

    return sorted(plan.new, key=lambda one: depth(one[0]))


def _columns(table: Table, shape: Shape, record: Record) -> Record:
    """Return a record with every column of its table, as a bulk insert wants it."""
    names = [column.name for column in table.columns if column.name != "id"]
    return {name: record.get(name, shape.defaults.get(name)) for name in names}


def _is_milestone(column: str) -> bool:
    """Tell whether a column of a project lies in the table of milestones, whose rows have an audit of their own."""
    return column == UNVERIFIED or column.startswith((REACHED, PLANNED))


def _milestones_of(record: Record) -> dict[str, Record]:
    """Return a project's milestones by kind, from its flat record."""
    found: dict[str, Record] = {}
    for column, value in record.items():
        for prefix, part in ((REACHED, "date"), (PLANNED, "planned_date")):
            if value is not None and column.startswith(prefix):
                kind = column.removeprefix(prefix)
                verified = kind not in (record.get(UNVERIFIED) or ())
                found.setdefault(kind, {"date": None, "planned_date": None, "verified": verified})[part] = value
    return found


def _plain(record: Record) -> Record:
    return {column: _json(value) for column, value in record.items() if column != NTH}


def _json(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _batches(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
