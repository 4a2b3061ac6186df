"""帮助、问候: teaches by example, greets, and says what it cannot do."""

from domain.unit_of_work import UnitOfWork
from handlers.contract import REGISTRY, Reply, Turn, handles


@handles("help")
def teach(turn: Turn, uow: UnitOfWork) -> Reply:
    """Show an example of each thing the bot does; the keyboard fits the asker's role."""
    return Reply("help", {"intents": sorted(REGISTRY), "role": _role(uow)}, keyboard=_role(uow))


@handles("greet", "thanks", "out_of_scope")
def answer(turn: Turn, uow: UnitOfWork) -> Reply:
    """Answer small talk; what is not ours is said to be so, with three things to try."""
    return Reply("answer", {"name": uow.actor.name if uow.actor else "", "role": _role(uow)})


def _role(uow: UnitOfWork) -> str:
    return uow.actor.role if uow.actor else "staff"
