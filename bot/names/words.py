"""The words names are made of, read from the catalog."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalog import Catalog
from bot.names.fold import fold


@dataclass(frozen=True, slots=True, eq=False)
class NameWords:
    """What may be dropped from a name without losing which one it is."""

    legal: tuple[str, ...]
    trades: frozenset[str]
    longest_trade: int
    bodies: tuple[str, ...]
    places: frozenset[str]
    provinces: Mapping[str, str]  # city -> province
    famous: frozenset[str]
    place_tails: tuple[str, ...]
    project_tails: tuple[str, ...]
    project_phases: tuple[str, ...]
    product_tails: tuple[str, ...]  # what a product is called by may lack
    premises: tuple[str, ...]  # what the place where something is made ends in
    project_word: str
    joints: str  # characters that join the parts of a project's name
    scale: re.Pattern[str]
    unit_tails: Mapping[str, tuple[str, ...]]
    industries: tuple[str, ...]
    common: frozenset[str]  # ordinary words: never by themselves a short form of a name


def name_words(catalog: Catalog) -> NameWords:
    """Return the words of `lexicon/firms`, with places, industries and ordinary words."""
    firms = catalog.table("lexicon/firms")
    industries = catalog.get("lexicon/industries", "industries")
    trades = frozenset(map(fold, (*firms["trades"], *industries)))
    return NameWords(
        legal=_longest_first(firms["legal"]),
        trades=trades,
        longest_trade=max(map(len, trades)),
        bodies=_longest_first(firms["bodies"]),
        places=frozenset(place_names(catalog)),
        provinces=dict(_provinces(catalog)),
        famous=frozenset(map(fold, firms["famous"])),
        place_tails=_longest_first(firms["place_tails"]),
        project_tails=_longest_first(firms["project_tails"]),
        project_phases=_longest_first(firms["project_phases"]),
        product_tails=_longest_first(firms["product_tails"]),
        premises=_longest_first(firms["premises"]),
        project_word=firms["project_word"],
        joints=firms["joints"],
        scale=re.compile(firms["scale"]),
        unit_tails={tail: tuple(short) for tail, short in firms["unit_tails"].items()},
        industries=_longest_first(industries),
        common=frozenset(_ordinary(catalog)),
    )


def place_names(catalog: Catalog) -> set[str]:
    """Return every place of the lexicon, as written there."""
    places: set[str] = set()
    for words in catalog.table("lexicon/places").values():
        places.update(words)
    table: Mapping[str, Any] = catalog.tables.get("lexicon/provinces", {})
    for province, cities in table.get("provinces", {}).items():
        places.update((province, *cities))
    return places


def _provinces(catalog: Catalog) -> Iterator[tuple[str, str]]:
    table: Mapping[str, Any] = catalog.tables.get("lexicon/provinces", {})
    for province, cities in table.get("provinces", {}).items():
        yield from ((city, province) for city in cities)


def _ordinary(catalog: Catalog) -> set[str]:
    found: set[str] = set()
    for words in catalog.table("lexicon/ordinary").values():
        found.update(words)
    for words in catalog.get("lexicon/concepts", "concepts").values():
        found.update(words)
    return {fold(word) for word in found}


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted({fold(word) for word in words}, key=lambda word: (-len(word), word)))
