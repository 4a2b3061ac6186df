"""帮助、问候: teaches by example, greets, and says what it cannot do."""

from domain.unit_of_work import UnitOfWork
from handlers.contract import REGISTRY, Reply, Turn, handles

LONG = 500  # characters nobody says in one sentence


@handles("help")
def teach(turn: Turn, uow: UnitOfWork) -> Reply:
    """Show an example of each thing the bot does; the keyboard fits the asker's role."""
    return Reply("help", {"intents": sorted(REGISTRY), "role": _role(uow)}, keyboard=_role(uow))


@handles("greet", "thanks")
def answer(turn: Turn, uow: UnitOfWork) -> Reply:
    """Answer small talk."""
    return Reply("answer", {"name": uow.actor.name if uow.actor else "", "role": _role(uow)})


@handles("out_of_scope")
def unread(turn: Turn, uow: UnitOfWork) -> Reply:
    """Say why nothing was read; plain words get three things to try."""
    said = turn.text.strip()
    return Reply(_why(said), {"role": _role(uow), "said": said.split(" ")[0], "length": len(said)})


def _why(said: str) -> str:
    if not said:
        return "blank"
    if said.startswith("/"):
        return "unknown_command"
    if not any(each.isalnum() for each in said):
        return "no_words"
    return "too_long" if len(said) > LONG else "answer"


def _role(uow: UnitOfWork) -> str:
    return uow.actor.role if uow.actor else "staff"
