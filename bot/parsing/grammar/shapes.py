"""The shapes readings take on their way to a mention: stretches of days, readings of time, findings."""

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from bot.names.pairs import pairs_of
from bot.parsing.needs import needs

BLOCKED = "blocked"  # the entity of a stretch that must be read as nothing, such as a code
IMPOSSIBLE = "impossible"  # the entity of a date that never is: 2月30日


# what is made by the dozen for every message is not frozen: that would double what making it costs
@dataclass(slots=True)
class Days:
    """A stretch of whole days, both ends included; a missing end is open."""

    start: date | None
    end: date | None

    def value(self, *, deadline: bool = False) -> dict[str, Any]:
        """Return the contract's shape."""
        ends: dict[str, Any] = {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
        }
        return ends | {"deadline": True} if deadline else ends

    @property
    def entity(self) -> str:
        """Tell a single day from a period."""
        return "date" if self.start == self.end else "period"


@dataclass(slots=True)
class When:
    """What words of time mean: read backwards as a report, forwards as a plan."""

    past: Days
    ahead: Days
    follow: Callable[[date], Days | None] | None = None  # the first such stretch that starts on or after a day
    weekly: bool = False  # a bare weekday: today counts forwards only while its clock time is still to come
    part: str = ""  # the part of the day the words hold (明早)
    rest: tuple[date, date] | None = None  # a holiday's last day off, in both readings
    next_day: bool = False  # the day after one said before it (第二天), else tomorrow
    days_before: int = 0  # so many days before one said before it (头天), else before today
    stated: bool = False  # the words stand for an end or a deadline already
    closing: bool = False  # only the end of a range: 至今
    listed: bool = False  # a bare day of the month, which in a list follows the one before it
    dated: bool = False  # a day of the calendar, behind which its weekday may stand

    @staticmethod
    def fixed(start: date, end: date | None = None, *, part: str = "") -> "When":
        """Return a reading that is the same in both directions."""
        days = Days(start, end or start)
        return When(days, days, part=part)


NO_TIME = When(Days(None, None), Days(None, None), closing=True)  # words that turn out to be none


@dataclass(slots=True)
class Atom:
    """Words of time in a text; an impossible date has no meaning but keeps its place."""

    start: int
    end: int
    when: When | None


@dataclass(slots=True)
class Found:
    """A typed stretch with its value in the contract's shape."""

    start: int
    end: int
    entity: str
    value: Any = None
    ahead: Any = None


def shown_in(text: str, telling: frozenset[str]) -> AbstractSet[str]:
    """Return which of some characters, and pairs of them that stand together, are in a text."""
    return telling.intersection(chain(text, pairs_of(text)))


def pairs(first: str, second: str) -> list[str]:
    """Return all pairs of a first and a second character."""
    return [one + other for one in first for other in second]


Read = Callable[[re.Match[str], datetime], When | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One family of words of time: only a text with a character, or a pair, of each of the needs is searched."""

    first: frozenset[str]
    others: Sequence[frozenset[str]]
    pattern: re.Pattern[str]
    read: Read

    def may_stand_in(self, shown: AbstractSet[str]) -> bool:
        """Tell whether a text that shows these characters and pairs of them holds one of each of the other needs."""
        for needed in self.others:  # noqa: SIM110 - done for every text: all() would cost twice as much
            if needed.isdisjoint(shown):
                return False
        return True


def rule(needed: Iterable[str], pattern: str, read: Read) -> Rule:
    """Compile one family; one of the characters or pairs `needed` is in all its texts and in few others."""
    compiled, first = re.compile(pattern), frozenset(needed)
    alternatives = needs(compiled, pairs=True)
    others = alternatives[0] if len(alternatives) == 1 else ()
    if others and all(map(_paired, others[0])) and not all(map(_paired, first)):
        first, others = others[0], (*others[1:], first)  # pairs tell more than characters
    # what is there wherever one of the first is need not be looked for
    told = [other for other in others if any(other.isdisjoint((one, *one)) for one in first)]
    return Rule(first, told, compiled, read)


def _paired(one: str) -> bool:
    return len(one) > 1
