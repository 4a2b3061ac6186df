"""Finds the words of a fixed list in a text, the longest at each place."""

from collections.abc import Iterable, Iterator
from itertools import compress
from operator import add

_HEAD = 2


class WordScan:
    """A list of words of two characters or more, scanned in time that depends on the text alone."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= _HEAD)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:_HEAD], set()).add(len(word))
        self._lengths = {head: sorted(sizes, reverse=True) for head, sizes in lengths.items()}

    def scan(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of the longest word at each place."""
        size, lengths = len(text), self._lengths
        for start in compress(range(size), map(lengths.__contains__, map(add, text, text[1:]))):
            for length in lengths[text[start : start + _HEAD]]:
                end = start + length
                if end <= size and text[start:end] in self._words:
                    yield start, end
                    break
