"""Where a firm is at home, and whether a place said before its name speaks against it."""

from collections.abc import Iterator, Sequence

from bot.names.fold import fold
from bot.names.words import NameWords
from domain.names import Named


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
    own = set(_own(row, words))
    if not said or not own:
        return False
    own |= {words.provinces[city] for city in own if city in words.provinces}
    strange = [place for place in said if place not in own]
    known = [place for place in strange if place in words.provinces or place in words.provinces.values()]
    return bool(known) or len(strange) == len(said)  # an unknown town within the firm's own city is no contradiction


def _own(row: Named, words: NameWords) -> Iterator[str]:
    yield from leading_places(fold(row.name), words)[0]
    for place in (row.province, row.city):
        if place:
            yield from leading_places(fold(place), words)[0] or [fold(place)]


def _place_at(name: str, start: int, words: NameWords) -> str | None:
    for size in range(8, 1, -1):
        stem = name[start : start + size]
        if len(stem) == size and stem in words.places:
            return stem
    return None
