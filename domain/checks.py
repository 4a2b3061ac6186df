"""Examines an installation: what is well, what is wrong, what is worth knowing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from domain import calendar
from domain.directory import root_unit
from domain.errors import NotFound
from domain.models import Account, InboxUpdate, OutboxMessage, Person, Project
from domain.origins import Atlas, home_place
from domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; advice is no fault."""

    key: str
    good: bool
    values: Mapping[str, Any] = field(default_factory=dict)
    advice: bool = False


def examine(uow: UnitOfWork) -> list[Check]:
    """Return every check, in the order to read them."""
    people = _count(uow, Person)
    checks = [Check("database", good=True, values={"dialect": uow.session.get_bind().dialect.name})]
    checks += _city(uow)
    checks.append(Check("people" if people else "no_people", good=bool(people), values={"count": people}))
    checks += [_administrator(uow), _origins(uow), _year(uow)]
    for key, model, state in (("dead_updates", InboxUpdate, "dead"), ("failed_messages", OutboxMessage, "failed")):
        count = uow.session.scalar(select(func.count()).select_from(model).where(model.state == state)) or 0
        checks.append(Check(key if count else f"no_{key}", good=not count, values={"count": count}, advice=True))
    return checks


def _city(uow: UnitOfWork) -> list[Check]:
    try:
        city = root_unit(uow)
    except NotFound:
        return [Check("no_city", good=False)]
    home = home_place(uow, Atlas(uow.words))
    known = home is not None and home.province is not None
    return [Check("city" if known else "home_unknown", good=known, values={"city": city.name}, advice=True)]


def _administrator(uow: UnitOfWork) -> Check:
    count = uow.session.scalar(select(func.count()).select_from(Person).where(Person.role == "administrator")) or 0
    bound = _count(uow, Account)
    return Check("accounts" if count else "no_administrator", good=bool(count), values={"bound": bound})


def _origins(uow: UnitOfWork) -> Check:
    unknown = uow.session.scalar(select(func.count()).select_from(Project).where(Project.origin.is_(None))) or 0
    return Check("unknown_origins" if unknown else "origins", good=not unknown, values={"count": unknown}, advice=True)


def _year(uow: UnitOfWork) -> Check:
    year = uow.today.year
    known = calendar.known_year(year)
    return Check("holidays" if known else "holidays_missing", good=known, values={"year": year}, advice=True)


def _count(uow: UnitOfWork, model: type[Person] | type[Account]) -> int:
    return uow.session.scalar(select(func.count()).select_from(model)) or 0
