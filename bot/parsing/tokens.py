"""Cuts an utterance into words with jieba on our own small dictionary, mentions standing as one word each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jieba

from bot.parsing.lexicon import Lexicon
from bot.parsing.spots import Spot

_MARK = "\ue000"  # a private character stands for a mention while cutting
_FREQUENCY = 1000


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an utterance, with what it stands for."""

    text: str  # folded
    start: int
    end: int
    concepts: tuple[str, ...] = ()
    spot: Spot | None = None

    @property
    def entity(self) -> str:
        """Return the entity type of a mention, or nothing."""
        return self.spot.entity if self.spot else ""


class Cutter:
    """A jieba tokenizer that knows the lexicon and nothing else."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._concepts: Mapping[str, tuple[str, ...]] = lexicon.concepts
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ = _dictionary(lexicon.vocabulary)
        self._jieba.total = sum(self._jieba.FREQ.values())
        self._jieba.initialized = True

    def cut(self, folded: str, spots: Sequence[Spot]) -> list[Token]:
        """Return the words of a folded text."""
        tokens: list[Token] = []
        place, index = 0, 0
        for word in self._jieba.cut(_veiled(folded, spots), HMM=False):
            if word == _MARK:
                spot = spots[index]
                index, place = index + 1, spot.end
                said = folded[spot.start : spot.end]
                tokens.append(Token(said, spot.start, spot.end, self._concepts.get(said, ()), spot))
                continue
            tokens.append(Token(word, place, place + len(word), self._concepts.get(word, ())))
            place += len(word)
        return tokens


def _veiled(folded: str, spots: Sequence[Spot]) -> str:
    parts, place = [], 0
    for spot in spots:
        parts += [folded[place : spot.start].replace(_MARK, " "), _MARK]
        place = spot.end
    return "".join((*parts, folded[place:].replace(_MARK, " ")))


def _dictionary(words: frozenset[str]) -> dict[str, int]:
    """Return jieba's prefix dictionary: every word, and every beginning of one."""
    table: dict[str, int] = {}
    for word in words:
        table[word] = _FREQUENCY
        for size in range(1, len(word)):
            table.setdefault(word[:size], 0)
    return table
