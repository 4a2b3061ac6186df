"""The roles by name; a role reads a piece and returns the slot's value, or None when it was not said."""

from collections.abc import Callable
from typing import Any

from bot.parsing.piece import Piece

Role = Callable[[Piece, str], Any]
ROLES: dict[str, Role] = {}
EARLY: dict[str, int] = {}  # roles that claim their mentions before the general ones, the higher the sooner


def role(name: str, *, early: int = 0) -> Callable[[Role], Role]:
    """Register a function as a role."""

    def register(function: Role) -> Role:
        ROLES[name] = function
        if early:
            EARLY[name] = early
        return function

    return register
