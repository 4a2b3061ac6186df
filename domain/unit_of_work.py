"""One transaction around one turn or one job."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from domain.models import Person
from domain.ports import NameIndex, SheetWords
from domain.rules import RuleSet


@dataclass(slots=True)
class UnitOfWork:
    """What a service works with; whoever opened it commits, an exception rolls all of it back."""

    session: Session
    connection: Connection  # the session's own: for statements that need no mapped rows
    now: dt.datetime  # aware, in the city's zone: the only clock
    words: SheetWords
    names: NameIndex
    rules: RuleSet
    actor: Person | None = None  # who acts; None for the system itself
    source: str | None = None  # where the change came from, for the audit

    @property
    def today(self) -> dt.date:
        """Return the day of `now`."""
        return self.now.date()


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
    def work(self, now: dt.datetime, *, actor: int | None = None, source: str | None = None) -> Iterator[UnitOfWork]:
        """Open a unit of work; commit at its end, roll back on an exception."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            person = session.get(Person, actor) if actor is not None else None
            connection = session.connection()
            yield UnitOfWork(session, connection, now, self.words, self.names, self.rules, person, source)

    @contextmanager
    def read(self, now: dt.datetime, *, actor: int | None = None) -> Iterator[UnitOfWork]:
        """Open a unit of work that takes no write lock and never commits."""
        with Session(self._reading, expire_on_commit=False) as session:
            person = session.get(Person, actor) if actor is not None else None
            connection = session.connection()
            yield UnitOfWork(session, connection, now, self.words, self.names, self.rules, person)
