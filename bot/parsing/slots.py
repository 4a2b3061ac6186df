"""Fills the slots of a piece by the roles its intent names."""

from collections.abc import Sequence
from functools import cache

from bot.parsing.piece import Piece
from bot.parsing.reading import Command
from bot.parsing.roles import (
    amounts,
    entering,
    funds,
    metrics,
    next_steps,
    orders,
    planning,
    projects,
    questions,
    records,
    times,
    ways,
    who,
)
from bot.parsing.roles.registry import EARLY, ROLES, Role

__all__ = [
    "amounts",
    "entering",
    "fill",
    "funds",
    "metrics",
    "next_steps",
    "orders",
    "planning",
    "projects",
    "questions",
    "records",
    "times",
    "ways",
    "who",
]  # imported to register their roles


def fill(piece: Piece, confidence: float) -> Command:
    """Return the command of a piece: the roles that claim narrowly first, then in the order of the intent's file."""
    slots = piece.spec.slots
    piece.ahead = piece.spec.ahead
    for slot, role in _order(tuple(slots.items())):
        value = role(piece, slot)
        if value is not None:
            piece.slots[slot] = value
    ordered = {slot: piece.slots[slot] for slot in slots if slot in piece.slots}
    unknown = tuple(slot for slot in piece.unknown if slot in piece.spec.link and slot in ordered)
    return Command(piece.spec.name, round(confidence, 4), ordered, piece.linked, piece.doubts, unknown)


@cache
def _order(slots: tuple[tuple[str, str], ...]) -> Sequence[tuple[str, Role]]:
    """Return slots with their roles in the order they are filled."""
    return [(slot, ROLES[name]) for slot, name in sorted(slots, key=lambda pair: -EARLY.get(pair[1], 0))]
