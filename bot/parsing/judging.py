"""Decides which intent a piece of an utterance has: what its cues say and what its words lean to, added up."""

import math
from collections.abc import Mapping, Sequence

from bot.parsing.leaning import UNKNOWN, Leaning
from bot.parsing.reading import OUT_OF_SCOPE
from bot.parsing.recognise import ACCEPT, Recognised, Recogniser
from bot.parsing.tokens import Token

CUES = 0.6  # how much the evidence of cues weighs against the log likelihood of words
CHATTER = 0.85  # likelier than this, out_of_scope is sure

_Each = Mapping[str, float]  # by intent


class Judge:
    """Weighs every intent; None is the verdict that a piece is none of ours."""

    def __init__(self, recogniser: Recogniser, leaning: Leaning) -> None:
        self._recogniser, self._leaning = recogniser, leaning

    def verdict(self, tokens: Sequence[Token], features: frozenset[str]) -> Recognised | None:
        """Return the likeliest intent of a piece."""
        cues, towards, odds = self._weighed(tokens, features)
        most = max(odds.values())
        intent = max([intent for intent, each in odds.items() if each == most])
        if intent == OUT_OF_SCOPE:
            return None
        return _recognised(intent, cues, towards, most / math.fsum(odds.values()))

    def chatter(self, tokens: Sequence[Token], features: frozenset[str]) -> bool:
        """Tell whether words are surely none of ours, not even a detail of what was said before."""
        best = self.ranked(tokens, features)[0]
        return best.intent == OUT_OF_SCOPE and best.confidence >= CHATTER

    def ranked(self, tokens: Sequence[Token], features: frozenset[str]) -> Sequence[Recognised]:
        """Return all intents, the likeliest first."""
        cues, towards, odds = self._weighed(tokens, features)
        whole = math.fsum(odds.values())
        found = [_recognised(intent, cues, towards, each / whole) for intent, each in odds.items()]
        return sorted(found, key=lambda item: (-item.confidence, item.intent))

    def _weighed(self, tokens: Sequence[Token], features: frozenset[str]) -> tuple[_Each, _Each, _Each]:
        """Return what cues say and words lean to of each intent, and the odds both together give it."""
        cues = self._recogniser.scores(features)
        spoken = any(token.spot is None and token.text.isalnum() for token in tokens)
        towards = self._leaning.towards(tokens, features) if spoken else {}  # a bare name or figure leans nowhere
        sums = dict(towards)
        sums[OUT_OF_SCOPE] = towards.get(OUT_OF_SCOPE, UNKNOWN) + CUES * ACCEPT
        for intent, score in cues.items():
            sums[intent] = towards.get(intent, UNKNOWN) + CUES * score
        return cues, towards, dict(zip(sums, map(math.exp, sums.values()), strict=True))


def _recognised(intent: str, cues: _Each, towards: _Each, confidence: float) -> Recognised:
    return Recognised(intent, cues.get(intent, 0.0), towards.get(intent, UNKNOWN), confidence)
