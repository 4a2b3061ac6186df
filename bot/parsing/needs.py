"""What a pattern cannot match without, so that most texts need not be searched."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import product

Needs = frozenset[str]  # one of these characters, pairs of characters or marks is in every match

_AROUND = ("?=", "?!", "?<=", "?<!")  # groups that take no characters of their own
_AGAIN = "?P="
_NAMED = re.compile(r"\?(?:P<\w+>|:)")
_REPEAT = re.compile(r"[?*]|\+|\{(\d*)(?:,\d*)?\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_MARK = re.compile(r"<[a-z_:]+>")  # what stands for a mention: <stage>
_EDGES = frozenset("^$")
# ASCII stands in every mark and tells little, a mention is in most texts, a pair of characters tells most
_ASCII_COST, _MARK_COST, _CHAR_COST, _PAIR_COST = 80, 25, 4, 1
_MOST_PAIRS, _MOST_NEEDS = 60, 3


class _Reader:
    """Reads the syntax the catalog's patterns use; what stands in other syntax needs nothing."""

    def __init__(self, pattern: str, *, pairs: bool) -> None:
        self._pattern = pattern
        self._place = 0
        self._most_pairs = _MOST_PAIRS if pairs else 0

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
        paired: list[Needs] = []
        before: Needs = frozenset()  # what the character right before may be, where that is known
        while self._place < len(self._pattern) and not self._at("|") and not self._at(")"):
            if self._at_edge():
                continue
            single = not self._at("(")
            needed = self._atom() or frozenset()
            least = self._least()
            if needed and least != 0:
                found.append(needed)
            alone = needed if single and least is None and all(map(_is_han, needed)) else frozenset()
            if before and alone and len(before) * len(alone) <= self._most_pairs:
                found.append(frozenset(map("".join, product(before, alone))))
                paired += [before, alone]
            before = alone
        return [needed for needed in found if needed not in paired]

    def _at_edge(self) -> bool:
        """Skip what takes no characters, if such stands here."""
        if self._pattern[self._place] in _EDGES:
            self._place += 1
        elif self._at("(") and self._pattern.startswith(_AROUND, self._place + 1):
            self._group()
        else:
            return False
        return True

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
        return None if char == "." else frozenset(char)

    def _group(self) -> Needs | None:
        self._place += 1
        aside = self._pattern.startswith((*_AROUND, _AGAIN), self._place)
        if named := _NAMED.match(self._pattern, self._place):
            self._place = named.end()
        elif self._at("?") and not aside:
            raise ValueError(self._pattern)
        branches = self.alternatives()
        self._place += 1
        if aside or not all(branches):
            return None
        return frozenset().union(*(min(branch, key=_cost) for branch in branches))

    def _class(self) -> Needs | None:
        found = _CLASS.match(self._pattern, self._place)
        if found is None:
            raise ValueError(self._pattern)
        self._place = found.end()
        inside = found[0][1:-1]
        return None if inside.startswith("^") or "\\" in inside or "-" in inside else frozenset(inside)

    def _least(self) -> int | None:
        """Skip what says how often the last atom stands; return the least of it, or nothing where it stands once."""
        repeat = _REPEAT.match(self._pattern, self._place)
        if repeat is None:
            return None
        self._place = repeat.end()
        if self._at("?"):
            self._place += 1
        return int(repeat[1] or 0) if repeat[0][0] == "{" else int(repeat[0] == "+")

    def _at(self, char: str) -> bool:
        return self._pattern.startswith(char, self._place)


def needs(pattern: re.Pattern[str], *, pairs: bool = False) -> Sequence[Sequence[Needs]]:
    """Return for each alternative of a pattern what all must be in its matches, the most telling first."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return [[]]
    try:
        branches = _Reader(pattern.pattern, pairs=pairs).alternatives()
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
            for branch in needs(pattern, pairs=True):
                for one in branch[0] if branch else ():
                    self._by_need.setdefault(one, []).append((name, branch[1:]))
                if not branch:
                    self._always.append(name)
        self._needs = frozenset(self._by_need)

    def found(self, text: str, shown: AbstractSet[str]) -> list[str]:
        """Return the names of the patterns found in a text that shows these characters, pairs of them and marks."""
        tried = set(self._always)
        for one in self._needs & shown:
            for name, others in self._by_need[one]:
                for needed in others:
                    if shown.isdisjoint(needed):
                        break
                else:
                    tried.add(name)
        return [name for name in tried if self._patterns[name](text)]


def _telling(branch: Iterable[Needs]) -> list[Needs]:
    """Return what tells texts apart best: pairs, marks and Chinese characters, and others where there are none."""
    ordered = sorted(set(branch), key=lambda needed: (_cost(needed), sorted(needed)))
    return [needed for needed in ordered if _cost(needed) < _ASCII_COST][:_MOST_NEEDS] or ordered[:1]


def _cost(needed: Needs) -> int:
    return sum(map(_cost_of, needed))


def _cost_of(one: str) -> int:
    if len(one) > 1:
        return _MARK_COST if one[0] == "<" else _PAIR_COST
    return _CHAR_COST if _is_han(one) else _ASCII_COST


def _is_han(one: str) -> bool:
    return len(one) == 1 and not one.isascii()
