"""Reads every name the ledger holds, and cheaply tells what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, bindparam, func, select

from domain.models import AuditRow, Enterprise, Investor, Milestone, Person, Project, Unit, Visit

KINDS: dict[str, type[Unit] | type[Person] | type[Enterprise] | type[Project]] = {
    "unit": Unit,
    "person": Person,
    "enterprise": Enterprise,
    "project": Project,
}


LATE_ROWS = 100  # of the audit
SEEN_KEPT = 2_000
_ended = select(Milestone.project_id).where(Milestone.kind == "terminated", Milestone.date.is_not(None))
# by number alone: asked for the subjects too, SQLite would read all rows of each by their index
_audited = select(AuditRow.id, AuditRow.subject, AuditRow.subject_id).where(AuditRow.id > bindparam("last"))


@dataclass(frozen=True, slots=True)
class Named:
    """A ledger row by what it is called and what tells it from its like."""

    kind: str  # unit, person, enterprise, project
    id: int
    name: str
    short_name: str | None = None
    aliases: tuple[str, ...] = ()
    unit_id: int | None = None  # a person's or project's unit, a unit's parent
    rank: str | None = None  # a unit's kind, a person's role
    title: str | None = None
    group: str | None = None  # a unit's group
    industry: str | None = None
    province: str | None = None  # an enterprise's
    city: str | None = None
    investors: tuple[int, ...] = ()
    ended: bool = False  # a project that was terminated when it was read


class Changes:
    """Follows the audit for names: every name made, changed or removed leaves a row there.

    On PostgreSQL numbers are not given in the order of commits: some already seen are looked at again for late ones.
    """

    def __init__(self) -> None:
        self._last = 0
        self._seen: set[int] = set()

    def begin(self, connection: Connection) -> None:
        """Take everything up to now as known."""
        self._last = connection.scalar(select(func.coalesce(func.max(AuditRow.id), 0))) or 0
        self._seen = {number for number, _, _ in self._rows(connection)}

    def take(self, connection: Connection) -> dict[str, set[int]]:
        """Return the ids by kind of rows named, renamed or removed since the last time."""
        found: dict[str, set[int]] = {}
        for number, subject, subject_id in self._rows(connection):
            if subject in KINDS and number not in self._seen and subject_id.isdigit():
                found.setdefault(subject, set()).add(int(subject_id))
            self._seen.add(number)
            self._last = max(self._last, number)
        if len(self._seen) > SEEN_KEPT:
            self._seen = {number for number in self._seen if number > self._last - LATE_ROWS}
        return found

    def _rows(self, connection: Connection) -> Sequence[Row[int, str, str]]:
        late = LATE_ROWS if connection.dialect.name == "postgresql" else 0
        return connection.execute(_audited, {"last": self._last - late}).all()


def read_names(connection: Connection, kind: str, ids: set[int] | None = None) -> Sequence[Named]:
    """Return the names of one kind: all, or those of the given rows that still exist."""
    if ids is not None and not ids:
        return []
    return {"unit": _units, "person": _people, "enterprise": _enterprises, "project": _projects}[kind](connection, ids)


def read_events(connection: Connection) -> set[str]:
    """Return the names of the events the ledger speaks of."""
    projects = connection.scalars(select(Project.event).where(Project.event.is_not(None)).distinct())
    visits = connection.scalars(select(Visit.event).where(Visit.event.is_not(None)).distinct())
    return {name for name in (*projects, *visits) if name}


def _units(connection: Connection, ids: set[int] | None) -> Sequence[Named]:
    query = select(Unit.id, Unit.name, Unit.short_name, Unit.aliases, Unit.parent_id, Unit.kind, Unit.group_name)
    if ids is not None:
        query = query.where(Unit.id.in_(ids))
    return [
        Named("unit", id_, name, short, tuple(aliases or ()), parent, rank, group=group)
        for id_, name, short, aliases, parent, rank, group in connection.execute(query)
    ]


def _people(connection: Connection, ids: set[int] | None) -> Sequence[Named]:
    query = select(Person.id, Person.name, Person.unit_id, Person.role, Person.title)
    if ids is not None:
        query = query.where(Person.id.in_(ids))
    return [
        Named("person", id_, name, unit_id=unit, rank=role, title=title)
        for id_, name, unit, role, title in connection.execute(query)
    ]


def _enterprises(connection: Connection, ids: set[int] | None) -> Sequence[Named]:
    query = select(
        Enterprise.id,
        Enterprise.name,
        Enterprise.short_name,
        Enterprise.aliases,
        Enterprise.industry,
        Enterprise.province,
        Enterprise.city,
    )
    if ids is not None:
        query = query.where(Enterprise.id.in_(ids))
    return [
        Named("enterprise", id_, name, short, tuple(aliases or ()), industry=trade, province=province, city=city)
        for id_, name, short, aliases, trade, province, city in connection.execute(query)
    ]


def _projects(connection: Connection, ids: set[int] | None) -> Sequence[Named]:
    query = select(Project.id, Project.name, Project.unit_id, Project.industry)
    backers = select(Investor.project_id, Investor.enterprise_id).order_by(Investor.project_id, Investor.position)
    if ids is not None:
        query, backers = query.where(Project.id.in_(ids)), backers.where(Investor.project_id.in_(ids))
    investors: dict[int, list[int]] = {}
    for project, enterprise in connection.execute(backers):
        investors.setdefault(project, []).append(enterprise)
    ended = set(connection.scalars(_ended))
    return [
        Named(
            "project",
            row.id,
            row.name,
            unit_id=row.unit_id,
            industry=row.industry,
            investors=tuple(investors.get(row.id, ())),
            ended=row.id in ended,
        )
        for row in connection.execute(query)
    ]
