"""What the words of a piece lean to: a linear model over its characters and features, learnt from example sentences."""

import math
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add

from bot.parsing.tokens import Token

SCALE = 100  # weights are kept as whole hundredths
LEAST = math.log(0.003)  # no intent is ruled out by words alone: what its cues say may still carry it
UNKNOWN = math.log(0.1)  # an intent the model has never met
_MENTIONS = (
    *("date", "period", "moment", "duration", "money", "ratio", "area", "count", "ordinal", "phone"),
    *("enterprise", "project", "unit", "person", "contact", "place", "event", "industry", "stage", "metric"),
)
_PRIVATE = 0xE100  # the first of the characters that Unicode leaves to its users
_MARKS = {entity: chr(_PRIVATE + number) for number, entity in enumerate(_MENTIONS)}
_FIELD = 32  # bits of a packed weight
_HALF = 1 << (_FIELD - 1)  # what keeps a field from borrowing of its neighbour when its sum is below zero
START, END = "^", "$"


def marked(tokens: Sequence[Token]) -> str:
    """Return the words with one private character in place of each mention: a sentence's pattern."""
    return START + "".join(_MARKS.get(token.entity, "") or token.text for token in tokens) + END


def symbols(pattern: str, features: Iterable[str]) -> Iterator[str]:
    """Yield what the model weighs: characters, pairs of them, and the features that cues speak of."""
    yield from {*pattern, *map(add, pattern, pattern[1:])}
    yield from map("<{}>".format, features)


def _packed(weights: Iterable[tuple[int, int]]) -> int:
    """Return the weights of all intents in the fields of one number: adding such numbers adds all fields at once."""
    return sum(weight << (_FIELD * number) for number, weight in weights)


class Leaning:
    """The learnt weights; knows the intents it was taught and no others."""

    def __init__(self, intents: Sequence[str], bias: Sequence[int], weights: Mapping[str, Sequence[int]]) -> None:
        self.intents = tuple(intents)
        self._bias = _packed(enumerate(bias)) + _packed((number, _HALF) for number in range(len(self.intents)))
        # symbol -> its weights as one number; a row of the file is intent, weight, intent, weight, …
        self._weights = {name: _packed(zip(row[::2], row[1::2], strict=True)) for name, row in weights.items()}
        self._fields = struct.Struct(f"<{len(self.intents)}I")

    def towards(self, tokens: Sequence[Token], features: frozenset[str]) -> dict[str, float]:
        """Return the log of each intent's likelihood by the words alone, none below LEAST."""
        known = filter(None, map(self._weights.get, symbols(marked(tokens), features)))
        total = sum(known, self._bias).to_bytes(self._fields.size, "little")
        sums = [each - _HALF for each in self._fields.unpack(total)]
        most = max(sums)
        whole = math.log(math.fsum(math.exp((each - most) / SCALE) for each in sums)) + most / SCALE
        return {intent: max(each / SCALE - whole, LEAST) for intent, each in zip(self.intents, sums, strict=True)}
