"""Finds the words of a fixed list in a text, the longest at each place."""

from collections.abc import Iterable
from itertools import compress

from bot.names.pairs import pairs_of

_HEAD = 2


class WordScan:
    """A list of words of two characters or more, scanned in time that depends on the text alone."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= _HEAD)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:_HEAD], set()).add(len(word))
        self._lengths = {head: sorted(sizes, reverse=True) for head, sizes in lengths.items()}

    def scan(self, text: str) -> list[tuple[int, int, str]]:
        """Return the longest word at each place, with its start and end before it."""
        found: list[tuple[int, int, str]] = []
        size, lengths, words, pairs = len(text), self._lengths, self._words, pairs_of(text)
        for start in compress(range(size), map(lengths.__contains__, pairs)):
            for length in lengths[pairs[start]]:
                end = start + length
                word = text[start:end]
                if end <= size and word in words:
                    found.append((start, end, word))
                    break
        return found
