"""The words of `locale/lexicon` as reading needs them: concepts, entities, slot values, sentence shapes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.catalog import Catalog
from bot.names.fold import fold
from bot.names.words import place_names
from bot.parsing.anyof import AnyOf

AND_SURNAME = 2  # characters of 和 and a surname
HIDDEN = ""  # the entity of words that only keep shorter readings out

Entry = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything recognition knows before the ledger is asked."""

    concepts: Mapping[str, tuple[str, ...]]  # word -> concepts
    entries: Mapping[str, Entry]  # word -> entity type and value
    slips: Mapping[str, str]  # word mistyped -> the word meant, of the same length
    values: Mapping[str, Sequence[tuple[str, str]]]  # slot -> (word, code), longest word first
    patterns: Mapping[str, re.Pattern[str]]
    stops: frozenset[str]
    titles: "Titles"
    trades: frozenset[str]
    legal: tuple[str, ...]
    bodies: tuple[str, ...]
    common: frozenset[str]  # two-letter words of everyday talk: no names of firms by themselves
    soft: frozenset[str]  # single characters that speak alone but also stand in brands
    project_parts: frozenset[str]
    roles: Mapping[str, Any]
    separators: frozenset[str]  # what parts clauses
    vocabulary: frozenset[str]
    order: Mapping[str, Sequence[str]]  # slot -> its codes as its file lists them
    spoken: Mapping[str, Mapping[str, tuple[str, ...]]]  # slot -> code -> its words, longest first
    coded: Mapping[str, Mapping[str, str]]  # slot -> word -> its code, the first listed
    any_role: AnyOf  # role words -> what finds one of them
    any_value: AnyOf  # slot -> what finds a word of any of its codes

    def code(self, slot: str, text: str) -> str | None:
        """Return the code of the first-listed longest word of a slot's values found in a text."""
        if self.any_value[slot].search(text) is None:
            return None
        return next(code for word, code in self.values[slot] if word in text)

    def first_code(self, slot: str, text: str) -> str | None:
        """Return the first code of a slot, in the order of its file, that has a word in a text."""
        if self.any_value[slot].search(text) is None:
            return None
        return next(code for code in self.order[slot] if any(word in text for word in self.words(slot, code)))

    def words(self, slot: str, code: str) -> tuple[str, ...]:
        """Return the words of one code."""
        return self.spoken[slot].get(code, ())


@dataclass(frozen=True, slots=True)
class Titles:
    """How people are addressed."""

    ours: Mapping[str, tuple[str, ...]]  # title said -> titles of the directory
    theirs: frozenset[str]
    ours_alone: frozenset[str]
    theirs_alone: frozenset[str]
    surnames: frozenset[str]
    compound: frozenset[str]
    continuing: frozenset[str]  # characters that make a one-letter title part of a longer word
    longest: int


def read_lexicon(catalog: Catalog) -> Lexicon:
    """Build the lexicon from the catalog."""
    concepts = _concepts(catalog)
    firms = catalog.table("lexicon/firms")
    stops = frozenset(fold(word) for word in catalog.get("lexicon/ordinary", "stops"))
    others = [fold(word) for word in catalog.get("lexicon/ordinary", "others")]
    values = {slot: _values(codes) for slot, codes in catalog.table("lexicon/values").items()}
    entries = dict(_entries(catalog))
    blockers = [word for slot in ("compare", "repeat", "list") for word, _ in values[slot]]
    spoken = {*(word for word, _ in values["field"]), *blockers}
    titles = _titles(catalog)
    trades = frozenset(fold(word) for word in (*firms["trades"], *catalog.get("lexicon/industries", "industries")))
    legal, bodies = tuple(map(fold, firms["legal"])), tuple(map(fold, firms["bodies"]))
    vocabulary = {
        *stops,
        *concepts,
        *others,
        *entries,
        *spoken,
        *titles.ours,
        *titles.theirs,
        *titles.theirs_alone,
        *trades,
        *legal,
        *bodies,
    }
    vocabulary |= {*catalog.get("lexicon/ordinary", "project_parts"), *catalog.get("lexicon/ordinary", "brand_words")}
    vocabulary -= {word for word in vocabulary if _joined(word, entries, titles, catalog)}
    roles = _fixed(catalog.table("lexicon/roles"))
    return Lexicon(
        concepts=concepts,
        slips=_slips(catalog, (*concepts, *entries)),
        entries={**dict.fromkeys((*others, *blockers), (HIDDEN, None)), **entries},
        values=values,
        patterns={name: re.compile(shape) for name, shape in catalog.get("lexicon/patterns", "patterns").items()},
        stops=stops | frozenset(concepts) | frozenset(others) | frozenset(blockers),
        titles=titles,
        trades=trades,
        legal=legal,
        bodies=bodies,
        common=_common(catalog),
        soft=frozenset(catalog.get("lexicon/ordinary", "soft")),
        project_parts=frozenset(catalog.get("lexicon/ordinary", "project_parts")),
        roles=roles,
        separators=frozenset(catalog.get("lexicon/roles", "separators")),
        vocabulary=frozenset(vocabulary),
        order={slot: tuple(codes) for slot, codes in catalog.table("lexicon/values").items()},
        spoken={slot: _by_code(pairs) for slot, pairs in values.items()},
        coded={slot: dict(reversed(pairs)) for slot, pairs in values.items()},
        any_role=AnyOf(roles),
        any_value=AnyOf({slot: [word for word, _ in pairs] for slot, pairs in values.items()}),
    )


def _joined(word: str, entries: Mapping[str, Entry], titles: Titles, catalog: Catalog) -> bool:
    """Tell whether a place may as well be 和 and a surname, and is a word only where it stands: 和田."""
    if len(word) != AND_SURNAME or entries.get(word, ("",))[0] != "place" or word[1] not in titles.surnames:
        return False
    return word[0] in catalog.get("lexicon/roles", "with_whom")


def _fixed(plain: Any) -> Any:
    """Return tables with tuples in place of lists: they are looked through, and never copied, for every message."""
    if isinstance(plain, Mapping):
        return {name: _fixed(each) for name, each in plain.items()}
    return tuple(map(_fixed, plain)) if isinstance(plain, list) else plain


def _common(catalog: Catalog) -> frozenset[str]:
    return frozenset(word for line in catalog.get("lexicon/common", "words") for word in line.split())


def _concepts(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for concept, words in catalog.get("lexicon/concepts", "concepts").items():
        for word in map(fold, words):
            found[word] = (*found.get(word, ()), concept)
    return found


def _slips(catalog: Catalog, known: Iterable[str]) -> dict[str, str]:
    """Return words mistyped by their sound or shape, and what they were meant to be: 败访."""
    table = catalog.get("lexicon/slips", "words")
    words = frozenset(known)
    return {slip: word for word, slips in table.items() for slip in slips if slip not in words}


def _values(codes: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    pairs = [(fold(word), code) for code, words in codes.items() for word in words]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _by_code(pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word, code in pairs:
        found.setdefault(code, []).append(word)
    return {code: tuple(words) for code, words in found.items()}


def _entries(catalog: Catalog) -> Iterator[tuple[str, Entry]]:
    for place in place_names(catalog):
        yield from ((fold(place + tail), ("place", place + tail)) for tail in _place_tails(catalog))
        yield fold(place), ("place", place)
    for firm in catalog.get("lexicon/firms", "famous"):
        yield fold(firm), ("enterprise", firm)
    industries = catalog.table("lexicon/industries")
    for trade in industries["industries"]:
        yield from ((fold(trade + maker), ("industry", trade)) for maker in industries["makers"])
        yield fold(trade), ("industry", trade)
    for event in (*catalog.get("lexicon/events", "named"), *catalog.get("lexicon/events", "generic")):
        yield fold(event), ("event", event)
    for event in catalog.get("lexicon/events", "not_events"):
        yield fold(event), (HIDDEN, None)
    for entity, file in (("stage", "stages"), ("metric", "metrics")):
        for code, words in catalog.table(f"lexicon/{file}").items():
            yield from ((fold(word), (entity, code)) for word in words)


def _place_tails(catalog: Catalog) -> list[str]:
    return [str(tail) for tail in catalog.get("lexicon/firms", "place_tails")[:2]]


def _titles(catalog: Catalog) -> Titles:
    table = catalog.table("lexicon/titles")
    words = table["words"]
    theirs = frozenset(fold(word) for word in words["theirs"])
    ours = {title: tuple(full) for title, full in table["ours"].items()}
    return Titles(
        ours=ours,
        theirs=theirs,
        ours_alone=frozenset(words["ours_alone"]),
        theirs_alone=frozenset(fold(word) for word in words["theirs_alone"]),
        surnames=frozenset(words["surnames"]),
        compound=frozenset(words["compound_surnames"]),
        continuing=frozenset(words["continuing"]),
        longest=max(map(len, (*ours, *theirs))),
    )
