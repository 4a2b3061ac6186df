"""One transaction around one turn or one job."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.orm import Session

from domain.models import Person, Unit
from domain.ports import NameIndex, SheetWords
from domain.rules import RuleSet

# of a person joined with the unit, in the order of an Actor's fields
WHO = (Person.id, Person.name, Person.title, Person.role, Person.unit_id, Unit.name, Unit.kind, Unit.parent_id)
# built once: it is asked for every turn
_who = select(*WHO).join(Unit, Unit.id == Person.unit_id).where(Person.id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person of the directory, as the turn found them."""

    id: int
    name: str
    title: str | None
    role: str
    unit_id: int
    unit_name: str
    unit_kind: str | None
    parent_unit_id: int | None  # what the person's unit belongs to


@dataclass(slots=True)
class UnitOfWork:
    """What a service works with; whoever opened it commits, an exception rolls all of it back."""

    connection: Connection  # for statements that need no mapped rows
    now: dt.datetime  # aware, in the city's zone: the only clock
    words: SheetWords
    names: NameIndex
    rules: RuleSet
    actor: Actor | None = None  # who acts; None for the system itself
    source: str | None = None  # where the change came from, for the audit
    _session: Session | None = field(default=None, repr=False)

    @property
    def session(self) -> Session:
        """Return the session of mapped rows, on the same transaction; opened at the first use."""
        if self._session is None:
            self._session = Session(self.connection, expire_on_commit=False)
        return self._session

    @property
    def today(self) -> dt.date:
        """Return the day of `now`."""
        return self.now.date()

    def flush(self) -> None:
        """Write what the session still holds."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Let go of the mapped rows: they keep what they hold."""
        if self._session is not None:
            self._session.close()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Opens units of work on one database."""

    engine: Engine
    words: SheetWords
    names: NameIndex
    rules: RuleSet
    _reading: Engine = field(init=False, repr=False)  # the same engine, whose transactions take no write lock

    def __post_init__(self) -> None:
        object.__setattr__(self, "_reading", self.engine.execution_options(read_only=True))

    @contextmanager
    def work(
        self, now: dt.datetime, *, actor: Actor | int | None = None, source: str | None = None
    ) -> Iterator[UnitOfWork]:
        """Open a unit of work; commit at its end, roll back on an exception. An actor given by id is looked up."""
        with self.engine.begin() as connection:
            uow = self._open(connection, now, actor, source)
            try:
                yield uow
                uow.flush()
            finally:
                uow.close()

    @contextmanager
    def read(self, now: dt.datetime, *, actor: int | None = None) -> Iterator[UnitOfWork]:
        """Open a unit of work that takes no write lock and never commits."""
        with self._reading.connect() as connection:
            uow = self._open(connection, now, actor, None)
            try:
                yield uow
            finally:
                uow.close()

    def _open(
        self, connection: Connection, now: dt.datetime, actor: Actor | int | None, source: str | None
    ) -> UnitOfWork:
        person = acting(connection, actor) if isinstance(actor, int) else actor
        return UnitOfWork(connection, now, self.words, self.names, self.rules, person, source)


def acting(connection: Connection, person_id: int) -> Actor | None:
    """Return a person of the directory as one who acts."""
    found = connection.execute(_who, {"person": person_id}).one_or_none()
    return None if found is None else Actor(*found)
