"""Near names: which slips are evidence enough to link, which only to ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.names.sounds import sound

SURE, CLOSE = 0.9, 0.6
LONG_ENOUGH = 3  # shorter brands differ by design where they differ at all


@dataclass(frozen=True, slots=True)
class Near:
    """A row whose name is nearly the one said."""

    id: int
    score: float  # SURE links, CLOSE asks


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    brand: str
    rest: str  # trades, or nothing


class SlipIndex:
    """Brands by what is left of them when one character is dropped: one slip apart meets in one bucket."""

    def __init__(self) -> None:
        self._buckets: dict[str, list[_Known]] = {}

    def add(self, row_id: int, brand: str, rest: str = "") -> None:
        """Make a row findable by slips of its brand."""
        known = _Known(row_id, brand, rest)
        for key in set(_keys(brand)):
            self._buckets.setdefault(key, []).append(known)

    def discard(self, row_id: int, brand: str) -> None:
        """Forget a row."""
        for key in set(_keys(brand)):
            left = [known for known in self._buckets.get(key, ()) if known.id != row_id]
            if left:
                self._buckets[key] = left
            else:
                self._buckets.pop(key, None)

    def near(self, brand: str, rest: str = "") -> list[Near]:
        """Return rows one slip away, surest first."""
        best: dict[int, float] = {}
        for known in self._meeting(brand):
            if score := _evidence(brand, rest, known):
                best[known.id] = max(score, best.get(known.id, 0.0))
        return [Near(row_id, score) for row_id, score in sorted(best.items(), key=lambda item: (-item[1], item[0]))]

    def _meeting(self, brand: str) -> Iterator[_Known]:
        for key in set(_keys(brand)):
            yield from self._buckets.get(key, ())


def _keys(brand: str) -> Iterable[str]:
    yield brand
    yield sound(brand)
    if len(brand) >= LONG_ENOUGH:
        for place in range(len(brand)):
            yield brand[:place] + "*" + brand[place + 1 :]
            yield brand[:place] + brand[place + 1 :]


def _evidence(brand: str, rest: str, known: _Known) -> float:
    """Weigh a near name: other trades mean another firm; the same sound links, one other slip only asks."""
    if brand == known.brand or (rest and known.rest and rest != known.rest):
        return 0.0
    if sound(brand) == sound(known.brand):
        if len(brand) >= LONG_ENOUGH:
            return SURE
        return CLOSE if rest and rest == known.rest else 0.0
    if len(brand) < LONG_ENOUGH or len(known.brand) < LONG_ENOUGH or brand in known.brand or known.brand in brand:
        return 0.0  # one within the other is a parent, a child or a sibling
    return CLOSE if OSA.distance(brand, known.brand) == 1 else 0.0
