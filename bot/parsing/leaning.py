"""What the words of a piece lean to: a linear model over its characters and features, learnt from example sentences."""

import math
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add

from bot.parsing.tokens import Token

SCALE = 100  # weights are kept as whole hundredths
LEAST = 0.003  # no intent is ruled out by words alone: what its cues say may still carry it
UNKNOWN = 0.1  # an intent the model has never met
_MENTIONS = (
    *("date", "period", "moment", "duration", "money", "ratio", "area", "count", "ordinal", "phone"),
    *("enterprise", "project", "unit", "person", "contact", "place", "event", "industry", "stage", "metric"),
)
_PRIVATE = 0xE100  # the first of the characters that Unicode leaves to its users
_MARKS = {entity: chr(_PRIVATE + number) for number, entity in enumerate(_MENTIONS)}
_FIELD = 16  # bits of a packed weight: the fewer, the less memory a message walks through
_HALF = 1 << (_FIELD - 1)  # what keeps a field from borrowing of its neighbour when its sum is below zero
START, END = "^", "$"
_CLOSING = "。!~… \n"  # whether one closes a sentence with a stop says nothing of what one wants
_FEATURE = "<{}>"


def marked(tokens: Sequence[Token]) -> str:
    """Return the words with one private character in place of each mention: a sentence's pattern."""
    words = [_MARKS.get(token.entity) or token.text for token in tokens]
    return START + "".join(words).rstrip(_CLOSING) + END


def symbols(pattern: str, features: Iterable[str]) -> Iterator[str]:
    """Yield what the model weighs: characters, pairs of them, and the features that cues speak of."""
    yield from _said(pattern)
    yield from map(_FEATURE.format, features)


def _said(pattern: str) -> set[str]:
    return {*pattern, *map(add, pattern, pattern[1:])}


def _packed(weights: Iterable[tuple[int, int]]) -> int:
    """Return the weights of all intents in the fields of one number: adding such numbers adds all fields at once."""
    return sum(weight << (_FIELD * number) for number, weight in weights)


class Leaning:
    """The learnt weights; knows the intents it was taught and no others."""

    def __init__(self, intents: Sequence[str], bias: Sequence[int], weights: Mapping[str, Sequence[int]]) -> None:
        self.intents = tuple(intents)
        self._halves = _packed((number, _HALF) for number in range(len(self.intents)))
        self._bias = _packed(enumerate(bias)) + self._halves
        most = max((abs(weight) for row in weights.values() for weight in row[1::2]), default=1)
        self._at_once = (_HALF - 1 - max(map(abs, bias))) // most  # rows that no field can overflow with
        # symbol -> its weights as one number; a row of the file is intent, weight, intent, weight, …
        self._weights = {name: _packed(zip(row[::2], row[1::2], strict=True)) for name, row in weights.items()}
        self._of_features = {
            name[1:-1]: row for name, row in self._weights.items() if _FEATURE.format(name[1:-1]) == name
        }
        self._fields = struct.Struct(f"<{len(self.intents)}H")

    def shares(self, tokens: Sequence[Token], features: frozenset[str]) -> dict[str, float]:
        """Return each intent's likelihood by the words alone, none below LEAST."""
        known = [*map(self._weights.get, _said(marked(tokens))), *map(self._of_features.get, features)]
        sums = self._summed([row for row in known if row])
        most = max(sums)
        odds = [math.exp((each - most) / SCALE) for each in sums]
        whole = math.fsum(odds)
        floored = [
            share if (share := each / whole) > LEAST else LEAST  # max() would cost twice as much
            for each in odds
        ]
        return dict(zip(self.intents, floored, strict=True))

    def _summed(self, rows: Sequence[int]) -> Sequence[int]:
        """Return the sum of the bias and these weights of each intent."""
        sums = self._fields_of(sum(rows[: self._at_once], self._bias))
        for start in range(self._at_once, len(rows), self._at_once):
            more = self._fields_of(sum(rows[start : start + self._at_once], self._halves))
            sums = [*map(add, sums, more)]
        return sums

    def _fields_of(self, total: int) -> Sequence[int]:
        return [each - _HALF for each in self._fields.unpack(total.to_bytes(self._fields.size, "little"))]
