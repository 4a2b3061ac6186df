"""A spot: a mention still being read, with the ledger rows it may mean; which of overlapping ones stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from bot.names.index import Ref
from bot.parsing.mention import Mention

NAMES = frozenset(("unit", "person", "enterprise", "project"))
NAMING = NAMES | {"contact", "place", "industry", "event"}  # their words name, they do not speak


@dataclass(slots=True)
class Spot:
    """A typed stretch of an utterance."""

    entity: str
    start: int
    end: int
    text: str
    value: Any = None
    ahead: Any = None
    refs: tuple[Ref, ...] = ()  # equally good readings in the ledger
    names: tuple[str, ...] = ()  # their canonical names
    kept: bool = False  # stands though its words fit nothing in the ledger
    close: bool = False  # the rows are near, not said: ask before linking even one

    @property
    def linked(self) -> bool:
        """Tell whether the spot means one row."""
        return len(self.refs) == 1 and not self.close

    @property
    def doubtful(self) -> bool:
        """Tell whether the spot may mean rows but not surely one."""
        return bool(self.refs) and not self.linked

    @property
    def deadline(self) -> bool:
        """Tell whether the spot is a last day."""
        return isinstance(self.value, dict) and bool(self.value.get("deadline"))

    def leaning(self, *, ahead: bool) -> Any:
        """Return the value as a plan reads it, or as a report does."""
        return self.ahead if ahead and self.ahead is not None else self.value

    def mention(self) -> Mention:
        """Return the spot as the contract shows it."""
        choices = self.names if self.doubtful else ()
        return Mention(
            self.entity, self.start, self.end, self.text, self.value, self.ahead, choices, linked=self.linked
        )


def from_mention(mention: Mention) -> Spot:
    """Return a quantity or time as a spot."""
    return Spot(mention.entity, mention.start, mention.end, mention.text, mention.value, mention.ahead)


@dataclass(slots=True)
class Word:
    """An ordinary word, which is no mention but keeps what is shorter from being one."""

    start: int
    end: int


_Stretch = TypeVar("_Stretch", bound=Spot | Word)


def settle_overlaps(spots: Iterable[tuple[int, _Stretch]]) -> list[_Stretch]:
    """Return the spots that stand, in text order: the longest first, then the lower rank, then the earlier."""
    kept: list[_Stretch] = []
    group: list[tuple[int, _Stretch]] = []  # those that touch, directly or through others: mostly one
    end = 0
    for ranked in sorted(spots, key=lambda item: item[1].start):
        spot = ranked[1]
        if spot.start < end:
            group.append(ranked)
            end = max(end, spot.end)
            continue
        if len(group) > 1:
            kept[-1:] = _standing(group)
        group, end = [ranked], spot.end
        kept.append(spot)
    if len(group) > 1:
        kept[-1:] = _standing(group)
    return kept


def _standing(group: Sequence[tuple[int, _Stretch]]) -> list[_Stretch]:
    """Return those of several overlapping spots that stand; of two it is one."""
    if len(group) == 2:
        return [min(group, key=_precedence)[1]]
    kept: list[_Stretch] = []
    for _, spot in sorted(group, key=_precedence):
        if all(spot.end <= other.start or other.end <= spot.start for other in kept):
            kept.append(spot)
    return sorted(kept, key=attrgetter("start"))


def _precedence(ranked: tuple[int, Spot | Word]) -> tuple[int, int, int]:
    rank, spot = ranked
    return spot.start - spot.end, rank, spot.start
