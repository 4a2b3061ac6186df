"""Which intents an utterance shows: the weights of their cues, added up."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.parsing.intents import IntentSpec

ACCEPT = 1.8  # less evidence than this is not one of ours
OPENS = 2.6  # evidence a clause needs to open a command of its own
SURE = 0.8  # and how likely a judged one must be
_KEPT = 32  # the pieces of a message are weighed more than once
_MENTION = "{"  # how features begin that show in most utterances: {date}
_PART = 1000  # weights are added as whole thousandths: the same in any order

# the sums of all intents are the fields of one number: adding such numbers adds all fields at once
_FIELD, _COUNT = 32, 8  # bits of a field, and those at its end that count cues
_COUNTED, _CUES = 1 << _COUNT, (1 << _COUNT) - 1
_HALF = 1 << (_FIELD - _COUNT - 1)  # what keeps a field from borrowing of its neighbour when its sum is below zero
_NOTHING = _HALF << _COUNT

# one feature more that must be there, all others, what must not be there, the weight in its field
_Weighed = tuple[str, frozenset[str], frozenset[str], int]


@dataclass(frozen=True, slots=True)
class Recognised:
    """An intent with the evidence for it: of its cues, and, once judged, of the words and both together."""

    intent: str
    score: float
    words: float = 0.0
    confidence: float = 0.0

    @property
    def opens(self) -> bool:
        """Tell whether the evidence makes a command of its own, not a part or an afterthought of another."""
        return self.score >= OPENS or self.confidence >= SURE


class Recogniser:
    """Weighs cues; each is looked at only where its rarest feature shows."""

    def __init__(self, intents: Mapping[str, IntentSpec]) -> None:
        often: dict[str, int] = {}
        for spec in intents.values():
            for cue in spec.cues:
                for feature in cue.all:
                    often[feature] = often.get(feature, 0) + 1
        self._intents = tuple(sorted(intents))
        self._fields = struct.Struct(f"<{len(self._intents)}I")
        self._none = sum(_NOTHING << _FIELD * number for number in range(len(self._intents)))
        alone: dict[str, int] = {}
        cues: dict[str, list[_Weighed]] = {}
        for spec in intents.values():
            place = _FIELD * self._intents.index(spec.name)
            for cue in spec.cues:
                key, *others = sorted(
                    cue.all, key=lambda feature: (feature.startswith(_MENTION), often[feature], feature)
                )
                weight = (round(cue.weight * _PART) * _COUNTED + 1) << place
                if others or cue.none:
                    another = others[0] if others else key
                    cues.setdefault(key, []).append((another, frozenset(others[1:]), cue.none, weight))
                else:
                    alone[key] = alone.get(key, 0) + weight
        # feature -> the weights of the cues it alone is, and the cues it is one of the features of
        self._cues = {key: (alone.get(key, 0), tuple(cues.get(key, ()))) for key in alone.keys() | cues.keys()}
        self._keys = frozenset(self._cues)
        self._added = lru_cache(_KEPT)(self._adding)
        self.best = lru_cache(_KEPT)(self._best)
        self._whole = {words: spec.name for spec in intents.values() for words in spec.whole}

    def whole(self, words: str) -> str | None:
        """Return the intent that these words alone are."""
        return self._whole.get(words)

    def scores(self, features: frozenset[str]) -> dict[str, float]:
        """Return the evidence for every intent that has any."""
        added = zip(self._intents, self._added(features), strict=True)
        return {intent: ((each >> _COUNT) - _HALF) / _PART for intent, each in added if each & _CUES}

    def _adding(self, features: frozenset[str]) -> tuple[int, ...]:
        """Return of each intent the sum of its cues' weights, from _HALF up, and behind it how many cues spoke."""
        total = self._none
        for alone, cues in map(self._cues.__getitem__, self._keys & features):
            total += alone
            for another, others, none, weight in cues:
                if another in features and others <= features and none.isdisjoint(features):
                    total += weight
        return self._fields.unpack(total.to_bytes(self._fields.size, "little"))

    def _best(self, features: frozenset[str]) -> Recognised | None:
        """Return the likeliest intent, if the evidence accepts any."""
        added = self._added(features)
        most = max(added) >> _COUNT
        if (most - _HALF) / _PART < ACCEPT:
            return None
        place = next(number for number, each in enumerate(added) if each >> _COUNT == most)
        return Recognised(self._intents[place], (most - _HALF) / _PART)
