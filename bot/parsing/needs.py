"""The characters a pattern cannot match without, so that most texts need not be searched."""

import re
from collections.abc import Iterable, Iterator, Mapping

Needs = frozenset[str] | None  # one of these characters is in every match; None: nothing can be said

_AROUND = ("?=", "?!", "?<=", "?<!", "?P=")  # groups that take no characters of their own
_NAMED = re.compile(r"\?(?:P<\w+>|:)")
_REPEAT = re.compile(r"[?*]|\+|\{(\d*)(?:,\d*)?\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_SPECIAL = frozenset(".^$")
_MARK_COST = 20  # marks such as <stage> stand in most texts: their letters tell little


class _Reader:
    """Reads the syntax the catalog's patterns use; whatever else is in one makes it need nothing."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._place = 0

    def alternatives(self) -> Needs:
        """Return what every one of the alternatives from here on needs."""
        branches = [self._sequence()]
        while self._at("|"):
            self._place += 1
            branches.append(self._sequence())
        if any(branch is None for branch in branches):
            return None
        return frozenset().union(*(branch for branch in branches if branch is not None))

    def _sequence(self) -> Needs:
        """Return the most telling of the needs of what must stand here one after another."""
        best: Needs = None
        while self._place < len(self._pattern) and not self._at("|") and not self._at(")"):
            needed = self._atom()
            if self._optional() or needed is None:
                continue
            best = needed if best is None or _cost(needed) < _cost(best) else best
        return best

    def _atom(self) -> Needs:
        char = self._pattern[self._place]
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        self._place += 1
        if char == "\\":
            escaped = self._pattern[self._place]
            self._place += 1
            return None if escaped.isalnum() else frozenset(escaped)
        return None if char in _SPECIAL else frozenset(char)

    def _group(self) -> Needs:
        self._place += 1
        around = self._pattern.startswith(_AROUND, self._place)
        if named := _NAMED.match(self._pattern, self._place):
            self._place = named.end()
        elif self._at("?") and not around:
            raise ValueError(self._pattern)
        inside = self.alternatives()
        self._place += 1
        return None if around else inside

    def _class(self) -> Needs:
        found = _CLASS.match(self._pattern, self._place)
        if found is None:
            raise ValueError(self._pattern)
        self._place = found.end()
        inside = found[0][1:-1]
        return None if inside.startswith("^") or "\\" in inside or "-" in inside else frozenset(inside)

    def _optional(self) -> bool:
        """Skip what says how often the last atom stands; tell whether it may be missing."""
        repeat = _REPEAT.match(self._pattern, self._place)
        if repeat is None:
            return False
        self._place = repeat.end()
        if self._at("?"):
            self._place += 1
        return repeat[0] in ("?", "*") or (repeat[0][0] == "{" and int(repeat[1] or 0) == 0)

    def _at(self, char: str) -> bool:
        return self._pattern.startswith(char, self._place)


def needs(pattern: re.Pattern[str]) -> Needs:
    """Return characters one of which stands in every match of a pattern."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return None
    try:
        return _Reader(pattern.pattern).alternatives()
    except ValueError:
        return None


class Shapes:
    """Named patterns, each searched only in texts that hold a character it needs."""

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        self._patterns = {name: pattern.search for name, pattern in patterns.items()}
        self._always: list[str] = []
        self._by_char: dict[str, list[str]] = {}
        for name, pattern in patterns.items():
            needed = needs(pattern)
            for char in needed or ():
                self._by_char.setdefault(char, []).append(name)
            if needed is None:
                self._always.append(name)
        self._chars = frozenset(self._by_char)

    def found(self, text: str) -> Iterator[str]:
        """Yield the names of the patterns found in a text."""
        tried = set(self._always)
        tried.update(*map(self._by_char.__getitem__, self._chars.intersection(text)))
        return (name for name in tried if self._patterns[name](text))


def _cost(needed: Iterable[str]) -> int:
    return sum(map(_cost_of, needed))


def _cost_of(char: str) -> int:
    if char == ":" or not char.isascii():
        return 1
    return 2 * _MARK_COST if char in "<>" else _MARK_COST
