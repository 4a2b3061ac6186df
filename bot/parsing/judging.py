"""Decides which intent a piece of an utterance has: what its cues say and what its words lean to, added up."""

import math
from collections.abc import Mapping, Sequence

from bot.parsing.leaning import UNKNOWN, Leaning
from bot.parsing.reading import OUT_OF_SCOPE
from bot.parsing.recognise import ACCEPT, Recognised, Recogniser
from bot.parsing.tokens import Token

CUES = 0.6  # how much the evidence of cues weighs against the log likelihood of words
EQUAL = 1 - 1e-9  # odds closer than this differ by rounding alone
CHATTER = 0.85  # likelier than this, out_of_scope is sure

_Each = Mapping[str, float]  # by intent


class Judge:
    """Weighs every intent; None is the verdict that a piece is none of ours."""

    def __init__(self, recogniser: Recogniser, leaning: Leaning) -> None:
        self._recogniser, self._leaning = recogniser, leaning

    def verdict(self, tokens: Sequence[Token], features: frozenset[str]) -> Recognised | None:
        """Return the likeliest intent of a piece."""
        cues, shares, odds = self._weighed(tokens, features)
        most = max(odds.values())
        intent = max([intent for intent, each in odds.items() if each >= most * EQUAL])
        if intent == OUT_OF_SCOPE:
            return None
        return _recognised(intent, cues, shares, most / math.fsum(odds.values()))

    def chatter(self, tokens: Sequence[Token], features: frozenset[str]) -> bool:
        """Tell whether words are surely none of ours, not even a detail of what was said before."""
        best = self.ranked(tokens, features)[0]
        return best.intent == OUT_OF_SCOPE and best.confidence >= CHATTER

    def ranked(self, tokens: Sequence[Token], features: frozenset[str]) -> Sequence[Recognised]:
        """Return all intents, the likeliest first."""
        cues, shares, odds = self._weighed(tokens, features)
        whole = math.fsum(odds.values())
        found = [_recognised(intent, cues, shares, each / whole) for intent, each in odds.items()]
        return sorted(found, key=lambda item: (-item.confidence, item.intent))

    def _weighed(self, tokens: Sequence[Token], features: frozenset[str]) -> tuple[_Each, _Each, _Each]:
        """Return what cues say of each intent, its likelihood by the words, and the odds both together give it."""
        cues = self._recogniser.scores(features)
        spoken = any(token.spot is None and token.text.isalnum() for token in tokens)
        shares = self._leaning.shares(tokens, features) if spoken else {}  # a bare name or figure leans nowhere
        odds = dict(shares)
        for intent, score in ({OUT_OF_SCOPE: ACCEPT} | cues).items():
            odds[intent] = shares.get(intent, UNKNOWN) * math.exp(CUES * score)
        return cues, shares, odds


def _recognised(intent: str, cues: _Each, shares: _Each, confidence: float) -> Recognised:
    return Recognised(intent, cues.get(intent, 0.0), math.log(shares.get(intent, UNKNOWN)), confidence)
