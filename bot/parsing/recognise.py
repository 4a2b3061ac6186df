"""Which intent an utterance shows: the weights of its cues, added up and made a confidence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.parsing.intents import Cue, IntentSpec

ACCEPT = 1.8  # less evidence than this is not one of ours
SHARPNESS = 0.9


@dataclass(frozen=True, slots=True)
class Recognised:
    """An intent with the evidence for it and how sure that makes it among the others."""

    intent: str
    score: float
    confidence: float


class Recogniser:
    """Weighs cues; each is looked at only where its rarest feature shows."""

    def __init__(self, intents: Mapping[str, IntentSpec]) -> None:
        often: dict[str, int] = {}
        for spec in intents.values():
            for cue in spec.cues:
                for feature in cue.all:
                    often[feature] = often.get(feature, 0) + 1
        self._cues: dict[str, list[tuple[str, Cue]]] = {}
        for spec in intents.values():
            for cue in spec.cues:
                key = min(cue.all, key=lambda feature: (often[feature], feature))
                self._cues.setdefault(key, []).append((spec.name, cue))
        self._whole = {words: spec.name for spec in intents.values() for words in spec.whole}

    def whole(self, words: str) -> str | None:
        """Return the intent that these words alone are."""
        return self._whole.get(words)

    def scores(self, features: frozenset[str]) -> dict[str, float]:
        """Return the evidence for every intent that has any."""
        total: dict[str, float] = {}
        for feature in features:
            for intent, cue in self._cues.get(feature, ()):
                if cue.all <= features and not (cue.none & features):
                    total[intent] = total.get(intent, 0.0) + cue.weight
        return total

    def best(self, features: frozenset[str]) -> Recognised | None:
        """Return the likeliest intent, if the evidence accepts any."""
        ranked = self.ranked(features)
        return ranked[0] if ranked and ranked[0].score >= ACCEPT else None

    def ranked(self, features: frozenset[str]) -> Sequence[Recognised]:
        """Return intents by evidence, the most first."""
        total = self.scores(features)
        weights = {intent: math.exp(SHARPNESS * score) for intent, score in total.items()}
        whole = sum(weights.values()) + math.exp(SHARPNESS * ACCEPT)
        found = [Recognised(intent, score, weights[intent] / whole) for intent, score in total.items()]
        return sorted(found, key=lambda item: (-item.score, item.intent))
