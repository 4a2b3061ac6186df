"""A small city whose people are bound to Telegram accounts."""

import datetime as dt
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import select

from bot.simulator.server import BotApiServer
from bot.simulator.state import Person as Phone
from domain import accounts
from domain.models import Account, OutboxMessage, Person
from domain.unit_of_work import Ledger
from tests import small_city
from tests.factories import CITY_ZONE, NOW

BOUND = {"陈晓": 101, "张建国": 102, "曹志远": 103, "刘海": 104}  # 罗敏 of 江安县 has no account
MONDAY = dt.datetime(2026, 3, 23, 8, 30, tzinfo=CITY_ZONE)


class Clock:
    """A wall clock that stands where it is put."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock at half past eight on a Monday."""
    return Clock(MONDAY)


@pytest.fixture
def city(ledger: Ledger) -> Ledger:
    """Return the ledger of the small city."""
    small_city.build(ledger)
    with ledger.work(NOW) as uow:
        for name, number in BOUND.items():
            person = uow.session.scalars(select(Person).where(Person.name == name)).one()
            accounts.bind(uow, accounts.invite(uow, person), number, number)
    return ledger


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    """Yield a local Telegram with the phones of those who are bound."""
    async with BotApiServer([Phone(number, name) for name, number in BOUND.items()]) as server:
        yield server


@pytest.fixture
def person_id(city: Ledger) -> Callable[[str], int]:
    """Return a function that finds a person of the city."""

    def find(name: str) -> int:
        with city.read(NOW) as uow:
            return uow.session.scalars(select(Person.id).where(Person.name == name)).one()

    return find


def unbind(ledger: Ledger, name: str) -> None:
    """Take a person's account away."""
    with ledger.work(NOW) as uow:
        account = uow.session.scalars(select(Account).join(Person).where(Person.name == name)).one()
        uow.session.delete(account)


def outbox_rows(ledger: Ledger) -> list[tuple[str, str]]:
    """Return key and state of everything owed."""
    with ledger.read(NOW) as uow:
        rows = uow.session.execute(select(OutboxMessage.key, OutboxMessage.state).order_by(OutboxMessage.id))
        return [(key, state) for key, state in rows]
