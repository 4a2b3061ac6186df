"""What a pattern cannot match without, so that most texts need not be searched."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

Needs = frozenset[str]  # one of these characters or marks is in every match

_AROUND = ("?=", "?!", "?<=", "?<!", "?P=")  # groups that take no characters of their own
_NAMED = re.compile(r"\?(?:P<\w+>|:)")
_REPEAT = re.compile(r"[?*]|\+|\{(\d*)(?:,\d*)?\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_MARK = re.compile(r"<[a-z_:]+>")  # what stands for a mention: <stage>
_SPECIAL = frozenset(".^$")
_ASCII_COST = 20  # its characters stand in every mark, and tell little


class _Reader:
    """Reads the syntax the catalog's patterns use; what stands in other syntax needs nothing."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._place = 0

    def alternatives(self) -> list[list[Needs]]:
        """Return what each of the alternatives from here on needs."""
        branches = [self._sequence()]
        while self._at("|"):
            self._place += 1
            branches.append(self._sequence())
        return branches

    def _sequence(self) -> list[Needs]:
        """Return all that must stand here one after another."""
        found: list[Needs] = []
        while self._place < len(self._pattern) and not self._at("|") and not self._at(")"):
            needed = self._atom()
            if not self._optional() and needed:
                found.append(needed)
        return found

    def _atom(self) -> Needs | None:
        char = self._pattern[self._place]
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        mark = _MARK.match(self._pattern, self._place)
        if mark and not _REPEAT.match(self._pattern, mark.end()):
            self._place = mark.end()
            return frozenset((mark[0],))
        self._place += 1
        if char == "\\":
            escaped = self._pattern[self._place]
            self._place += 1
            return None if escaped.isalnum() else frozenset(escaped)
        return None if char in _SPECIAL else frozenset(char)

    def _group(self) -> Needs | None:
        self._place += 1
        around = self._pattern.startswith(_AROUND, self._place)
        if named := _NAMED.match(self._pattern, self._place):
            self._place = named.end()
        elif self._at("?") and not around:
            raise ValueError(self._pattern)
        branches = self.alternatives()
        self._place += 1
        if around or not all(branches):
            return None
        return frozenset().union(*(min(branch, key=_cost) for branch in branches))

    def _class(self) -> Needs | None:
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


def needs(pattern: re.Pattern[str]) -> Sequence[Sequence[Needs]]:
    """Return for each alternative of a pattern what all must be in its matches, the most telling first."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return [[]]
    try:
        branches = _Reader(pattern.pattern).alternatives()
    except ValueError:
        return [[]]
    return [_telling(branch) for branch in branches]


class Shapes:
    """Named patterns, each searched only in texts that hold what it needs."""

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        self._patterns = {name: pattern.search for name, pattern in patterns.items()}
        self._always: list[str] = []
        self._by_need: dict[str, list[tuple[str, Sequence[Needs]]]] = {}
        for name, pattern in patterns.items():
            for branch in needs(pattern):
                for one in branch[0] if branch else ():
                    self._by_need.setdefault(one, []).append((name, branch[1:]))
                if not branch:
                    self._always.append(name)
        self._needs = frozenset(self._by_need)

    def found(self, text: str) -> Iterator[str]:
        """Yield the names of the patterns found in a text."""
        shown = set(text)
        if "<" in shown:
            shown.update(_MARK.findall(text))
        tried = set(self._always)
        for one in self._needs & shown:
            for name, others in self._by_need[one]:
                if name not in tried and not any(map(shown.isdisjoint, others)):
                    tried.add(name)
        return (name for name in tried if self._patterns[name](text))


def _telling(branch: Iterable[Needs]) -> list[Needs]:
    """Return what tells texts apart: marks and Chinese characters, and others where there are none."""
    ordered = sorted(set(branch), key=lambda needed: (_cost(needed), sorted(needed)))
    return [needed for needed in ordered if _cost(needed) < _ASCII_COST] or ordered[:1]


def _cost(needed: Needs) -> int:
    return sum(_ASCII_COST if len(one) == 1 and one.isascii() else 1 for one in needed)
