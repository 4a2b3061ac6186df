"""Fills the slots of a piece by the roles its intent names."""

from collections.abc import Sequence
from functools import cache

from bot.parsing.intents import IntentSpec
from bot.parsing.piece import Piece
from bot.parsing.reading import Command
from bot.parsing.roles import (
    amounts,
    entering,
    funds,
    metrics,
    next_steps,
    orders,
    origins,
    planning,
    projects,
    questions,
    records,
    times,
    ways,
    who,
)
from bot.parsing.roles.registry import EARLY, NEEDED, ROLES, Role

__all__ = [
    "amounts",
    "entering",
    "fill",
    "funds",
    "metrics",
    "next_steps",
    "orders",
    "origins",
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
    spec, slots, kinds = piece.spec, piece.slots, piece.kinds
    piece.ahead = spec.ahead
    for slot, role, needed in _order(spec):
        if needed and kinds.isdisjoint(needed):
            continue
        value = role(piece, slot)
        if value is not None:
            slots[slot] = value
    ordered = {slot: slots[slot] for slot in spec.slots if slot in slots}
    unknown = tuple([slot for slot in piece.unknown if slot in spec.link and slot in ordered])
    return Command(spec.name, round(confidence, 4), ordered, piece.linked, piece.doubts, unknown)


@cache
def _order(spec: IntentSpec) -> Sequence[tuple[str, Role, frozenset[str]]]:
    """Return slots with their roles, and the mentions these need, in the order they are filled."""
    early_first = sorted(spec.slots.items(), key=lambda pair: -EARLY.get(pair[1], 0))
    return [(slot, ROLES[name], NEEDED[name]) for slot, name in early_first]
