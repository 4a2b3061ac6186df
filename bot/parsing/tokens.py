"""Cuts an utterance into words with jieba on our own small dictionary, mentions standing as one word each."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.parsing.lexicon import Lexicon
from bot.parsing.spots import Spot

_FREQUENCY = 1000
_KEPT = 1024  # stretches whose words are remembered: a text is cut again when more mentions are found in it


@dataclass(slots=True)  # not frozen, like Spot: made by the dozen for every message
class Token:
    """A word of an utterance, with what it stands for."""

    text: str  # folded
    start: int
    end: int
    concepts: tuple[str, ...] = ()
    spot: Spot | None = None
    entity: str = ""  # the type of the mention, or nothing


class Cutter:
    """A jieba tokenizer that knows the lexicon and nothing else."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._concepts: Mapping[str, tuple[str, ...]] = lexicon.concepts
        self._jieba = _tokenizer()
        self._jieba.FREQ = _dictionary(lexicon.vocabulary)
        self._jieba.total = sum(self._jieba.FREQ.values())
        self._jieba.initialized = True
        self._cut = lru_cache(_KEPT)(self._words)

    def cut(self, folded: str, spots: Sequence[Spot], before: Sequence[Token] = ()) -> list[Token]:
        """Return the words of a folded text; those of an earlier cut where they are the same."""
        tokens: list[Token] = []
        known = {token.start: token for token in before if token.spot is None}
        concepts, place = self._concepts.get, 0
        for spot in (*spots, None):
            end = spot.start if spot else len(folded)
            for word, length in self._cut(folded[place:end]) if place < end else ():
                token = known.get(place)
                if token is None or token.text != word:
                    token = Token(word, place, place + length, concepts(word, ()))
                tokens.append(token)
                place += length
            if spot:
                said, place = folded[spot.start : spot.end], spot.end
                tokens.append(Token(said, spot.start, spot.end, concepts(said, ()), spot, spot.entity))
        return tokens

    def _words(self, stretch: str) -> tuple[tuple[str, int], ...]:
        return tuple((word, len(word)) for word in self._jieba.cut(stretch, HMM=False))


def _tokenizer() -> Any:
    """Return a jieba tokenizer; pkg_resources, asked only where jieba's own files lie, would cost 0.1 s and 5 MB."""
    asked = {name: sys.modules[name] for name in ("pkg_resources",) if name in sys.modules}
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # to import it fails: jieba then looks beside itself
    try:
        import jieba  # noqa: PLC0415 - here alone it cannot ask
    finally:
        del sys.modules["pkg_resources"]
        sys.modules.update(asked)
    return jieba.Tokenizer()


def _dictionary(words: frozenset[str]) -> dict[str, int]:
    """Return jieba's prefix dictionary: every word, and every beginning of one."""
    table: dict[str, int] = {}
    for word in words:
        table[word] = _FREQUENCY
        for size in range(1, len(word)):
            table.setdefault(word[:size], 0)
    return table
