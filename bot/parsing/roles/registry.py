"""The roles by name; a role reads a piece and returns the slot's value, or None when it was not said."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.parsing.piece import Piece

Role = Callable[[Piece, str], Any]
ROLES: dict[str, Role] = {}
EARLY: dict[str, int] = {}  # roles that claim their mentions before the general ones, the higher the sooner

NEEDED: dict[str, frozenset[str]] = {}  # types of mentions without any of which a role says nothing


def role(name: str, *, early: int = 0, of: Iterable[str] = ()) -> Callable[[Role], Role]:
    """Register a function as a role; one that is all of mentions says of which types."""

    def register(function: Role) -> Role:
        ROLES[name] = function
        NEEDED[name] = frozenset(of)
        if early:
            EARLY[name] = early
        return function

    return register
