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
        self._lengths = {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}

    def scan(self, text: str) -> list[tuple[int, int, str]]:
        """Return the longest word at each place, with its start and end before it."""
        found: list[tuple[int, int, str]] = []
        lengths, words, pairs = self._lengths, self._words, pairs_of(text)
        for start in compress(range(len(pairs)), map(lengths.__contains__, pairs)):
            head = pairs[start]
            for length in lengths[head]:
                # what is shorter at the end of the text is a word of another length, found as such
                word = head if length == _HEAD else text[start : start + length]
                if word in words:
                    found.append((start, start + len(word), word))
                    break
        return found
