"""绑定: welcomes a person whose account has just been bound."""

from domain.unit_of_work import UnitOfWork
from handlers.contract import Reply, Turn, handles


@handles("start")
def start(turn: Turn, uow: UnitOfWork) -> Reply:
    """Greet a bound person by name and teach three first sentences."""
    person = uow.actor
    assert person is not None
    values = {"name": person.name, "unit": person.unit_name, "title": person.title, "role": person.role}
    return Reply("welcome", values, keyboard=person.role, scope="accounts")
