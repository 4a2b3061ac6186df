"""Tells in one go whether a text holds any word of a list, however long the list is."""

import re
from collections.abc import Iterable, Mapping


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of all words, gathered by first characters: few alternatives are tried at each place."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(head)}(?:{'|'.join(rest)})" for head, rest in tails.items()))


class AnyOf(dict[str, re.Pattern[str]]):
    """The patterns of named lists of words, each made when first asked for: most messages need few."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, name: str) -> re.Pattern[str]:
        pattern = self[name] = any_of(self._lists[name])
        return pattern
