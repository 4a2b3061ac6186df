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

    def cut(self, folded: str, spots: Sequence[Spot]) -> list[Token]:
        """Return the words of a folded text, each of these mentions one."""
        return self._between(folded, spots, 0, len(folded))

    def cut_anew(
        self, folded: str, spots: Sequence[Spot], tokens: Sequence[Token], before: Sequence[Spot]
    ) -> list[Token]:
        """Return the words as cut with the mentions before, cut anew from the first to the last that is another."""
        same = _alike(spots, before)
        after = _alike(spots[same:][::-1], before[same:][::-1])
        start = spots[same - 1].end if same else 0
        end = spots[-after].start if after else len(folded)
        changed = self._between(folded, spots[same : len(spots) - after], start, end)
        return [
            *[token for token in tokens if token.end <= start],
            *changed,
            *[token for token in tokens if token.start >= end],
        ]

    def _between(self, folded: str, spots: Sequence[Spot], place: int, last: int) -> list[Token]:
        """Return the words of a stretch of a text."""
        tokens: list[Token] = []
        for spot in (*spots, None):
            end = spot.start if spot else last
            for word, length, meant in self._cut(folded[place:end]) if place < end else ():
                tokens.append(Token(word, place, place + length, meant))
                place += length
            if spot:
                said, place = folded[spot.start : spot.end], spot.end
                tokens.append(Token(said, spot.start, place, self._concepts.get(said, ()), spot, spot.entity))
        return tokens

    def _words(self, stretch: str) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
        """Return the words of a stretch without mentions, their lengths and concepts."""
        concepts = self._concepts.get
        return tuple((word, len(word), concepts(word, ())) for word in self._jieba.cut(stretch, HMM=False))


def _alike(spots: Sequence[Spot], before: Sequence[Spot]) -> int:
    """Return how many mentions at the head of two lists are the same."""
    count = 0
    for one, other in zip(spots, before, strict=False):
        if one is not other:
            break
        count += 1
    return count


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
