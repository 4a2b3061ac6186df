"""How far a command can be trusted: what makes readings go wrong, weighed as labelled sentences showed."""

import math
from collections.abc import Sequence

from bot.parsing.mentions import Found
from bot.parsing.reading import OUT_OF_SCOPE, Command
from bot.parsing.tokens import Token

_LEAST, _MOST = 1e-4, 7.0
_SLOTS, _LONG = 5.0, 50.0  # about as many slots, and as many characters, as messages have
_NO_SLOT = frozenset(("metric", "stage", "ordinal"))  # mentions that often make no slot of their own
_NAMES = frozenset(("enterprise", "person", "project"))


def signs(commands: Sequence[Command], found: Found, *, follows: bool) -> tuple[tuple[float, ...], ...]:
    """Return of each command what speaks for and against it: numbers of about one."""
    strangers = len([spot for spot in found.spots if spot.entity in _NAMES and not spot.linked])
    letters, odd = _letters(found.tokens)
    mentions = len([spot for spot in found.spots if spot.entity not in _NO_SLOT])
    of_all = (
        1.0,
        float(len(commands) > 1),
        float(follows),  # said into a dialogue
        odd / letters if letters else 1.0,
        min(letters / _LONG, 2.0),
        min(strangers, 2.0),
        len(found.spots) / _SLOTS,
        max(0.0, mentions - sum([len(command.slots) for command in commands])) / _SLOTS,  # found, and perhaps not used
    )
    return tuple(
        (*of_all, _likely(command.confidence), len(command.slots) / _SLOTS, float(command.intent == OUT_OF_SCOPE))
        for command in commands
    )


def oddness(tokens: Sequence[Token]) -> float:
    """Return the share of letters that belong to words we know nothing of."""
    letters, odd = _letters(tokens)
    return odd / letters if letters else 1.0


def _letters(tokens: Sequence[Token]) -> tuple[int, int]:
    """Return how many letters words have, and those among them that we know nothing of."""
    letters = odd = 0
    for token in tokens:
        if token.text.isalnum():
            size = len(token.text)
            letters += size
            if token.spot is None and not token.concepts:
                odd += size
    return letters, odd


def _likely(confidence: float) -> float:
    """Return the log of the odds, no more than a set phrase has."""
    return min(math.log(max(confidence, _LEAST) / max(1 - confidence, _LEAST)), _MOST)


class Trust:
    """The learnt weights of the signs."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._weights = tuple(weights)

    def of(self, shown: Sequence[float]) -> float:
        """Return how likely a command is right in everything, 0 to 1."""
        total = math.fsum([weight * sign for weight, sign in zip(self._weights, shown, strict=True)])
        return round(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), 4)
