"""Where a firm is at home, and whether a place said before its name speaks against it."""

from collections.abc import Sequence
from functools import lru_cache

from bot.names.fold import fold
from bot.names.words import NameWords
from domain.names import Named

_KEPT = 1024  # firms


def leading_places(name: str, words: NameWords) -> tuple[list[str], int]:
    """Return the places a folded name starts with, without 省 and 市, and where what follows starts."""
    found: list[str] = []
    place = 0
    while (stem := _place_at(name, place, words)) is not None:
        found.append(stem)
        place += len(stem)
        place += next((len(tail) for tail in words.place_tails if name.startswith(tail, place)), 0)
    return found, place


def at_odds(row: Named, said: Sequence[str], words: NameWords) -> bool:
    """Tell whether one of the places said before a firm's name is none of the firm's own."""
    own = _homes(row.name, row.province, row.city, words) if said else frozenset()
    if not own:
        return False
    strange = [place for place in said if place not in own]
    known = [place for place in strange if place in words.provinces or place in words.provinces.values()]
    return bool(known) or len(strange) == len(said)  # an unknown town within the firm's own city is no contradiction


@lru_cache(_KEPT)
def _homes(name: str, province: str | None, city: str | None, words: NameWords) -> frozenset[str]:
    """Return the places of a firm's own, with the provinces of its cities."""
    own = set(leading_places(fold(name), words)[0])
    for place in filter(None, (province, city)):
        own.update(leading_places(fold(place), words)[0] or [fold(place)])
    return frozenset(own | {words.provinces[home] for home in own if home in words.provinces})


def _place_at(name: str, start: int, words: NameWords) -> str | None:
    for size in range(8, 1, -1):
        stem = name[start : start + size]
        if len(stem) == size and stem in words.places:
            return stem
    return None
