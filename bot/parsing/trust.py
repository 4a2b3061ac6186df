"""How far a command can be trusted: what makes readings go wrong, weighed as labelled sentences showed."""

import math
from collections.abc import Sequence

from bot.parsing.mentions import Found
from bot.parsing.reading import OUT_OF_SCOPE, Command
from bot.parsing.tokens import Token

_LEAST, _MOST = 1e-4, 7.0
_SLOTS, _LONG = 5.0, 50.0  # about as many slots, and as many characters, as messages have
_NAMES = frozenset(("enterprise", "person", "project"))


def signs(commands: Sequence[Command], found: Found, *, follows: bool) -> tuple[tuple[float, ...], ...]:
    """Return of each command what speaks for and against it: numbers of about one."""
    strangers = sum(spot.entity in _NAMES and not spot.linked for spot in found.spots)
    letters = sum(len(token.text) for token in found.tokens if token.text.isalnum())
    of_all = (
        1.0,
        float(len(commands) > 1),
        float(follows),  # said into a dialogue
        oddness(found.tokens),
        min(letters / _LONG, 2.0),
        min(strangers, 2.0),
    )
    return tuple(
        (*of_all, _likely(command.confidence), len(command.slots) / _SLOTS, float(command.intent == OUT_OF_SCOPE))
        for command in commands
    )


def oddness(tokens: Sequence[Token]) -> float:
    """Return the share of letters that belong to words we know nothing of."""
    words = [token for token in tokens if token.text.isalnum()]
    letters = sum(len(token.text) for token in words)
    odd = sum(len(token.text) for token in words if token.spot is None and not token.concepts)
    return odd / letters if letters else 1.0


def _likely(confidence: float) -> float:
    """Return the log of the odds, no more than a set phrase has."""
    return min(math.log(max(confidence, _LEAST) / max(1 - confidence, _LEAST)), _MOST)


class Trust:
    """The learnt weights of the signs."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._weights = tuple(weights)

    def of(self, shown: Sequence[float]) -> float:
        """Return how likely a command is right in everything, 0 to 1."""
        total = math.fsum(weight * sign for weight, sign in zip(self._weights, shown, strict=True))
        return round(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), 4)
