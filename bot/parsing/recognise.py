"""Which intents an utterance shows: the weights of their cues, added up."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.parsing.intents import IntentSpec

ACCEPT = 1.8  # less evidence than this is not one of ours
OPENS = 2.6  # evidence a clause needs to open a command of its own
SURE = 0.8  # and how likely a judged one must be
_PART = 1000  # weights are added as whole thousandths: the same in any order

_Weighed = tuple[str, frozenset[str], frozenset[str], int]  # intent, what else must be there, what must not, weight


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
        self._alone: dict[str, list[tuple[str, int]]] = {}
        self._cues: dict[str, list[_Weighed]] = {}
        for spec in intents.values():
            for cue in spec.cues:
                key = min(cue.all, key=lambda feature: (often[feature], feature))
                others, weight = cue.all - {key}, round(cue.weight * _PART)
                if others or cue.none:
                    self._cues.setdefault(key, []).append((spec.name, others, cue.none, weight))
                else:
                    self._alone.setdefault(key, []).append((spec.name, weight))
        self._whole = {words: spec.name for spec in intents.values() for words in spec.whole}

    def whole(self, words: str) -> str | None:
        """Return the intent that these words alone are."""
        return self._whole.get(words)

    def scores(self, features: frozenset[str]) -> dict[str, float]:
        """Return the evidence for every intent that has any."""
        return {intent: parts / _PART for intent, parts in self._added(features).items()}

    def _added(self, features: frozenset[str]) -> dict[str, int]:
        total: dict[str, int] = {}
        so_far = total.get
        for feature in self._alone.keys() & features:
            for intent, weight in self._alone[feature]:
                total[intent] = so_far(intent, 0) + weight
        for feature in self._cues.keys() & features:
            for intent, others, none, weight in self._cues[feature]:
                if others <= features and none.isdisjoint(features):
                    total[intent] = so_far(intent, 0) + weight
        return total

    def best(self, features: frozenset[str]) -> Recognised | None:
        """Return the likeliest intent, if the evidence accepts any."""
        total = self._added(features)
        most = max(total.values(), default=0)
        if most / _PART < ACCEPT:
            return None
        intent = min(intent for intent, parts in total.items() if parts == most)
        return Recognised(intent, most / _PART)
