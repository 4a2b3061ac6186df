"""A piece of an utterance that holds one command, and what filling its slots needs to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.names.book import NameBook
from bot.parsing.intents import IntentSpec
from bot.parsing.lexicon import Lexicon
from bot.parsing.reading import Speaker
from bot.parsing.spots import NAMING, Spot
from bot.parsing.tokens import Token


@dataclass(slots=True)
class Piece:
    """The words of one command; roles read it and claim the mentions they use. The words themselves stay."""

    text: str  # the whole utterance as given
    folded: str
    tokens: Sequence[Token]
    features: frozenset[str]
    spec: IntentSpec
    at: datetime
    lexicon: Lexicon
    book: NameBook
    speaker: Speaker | None = None
    weak: Sequence[Spot] = ()
    claimed: set[int] = field(default_factory=set)  # starts of mentions a slot has taken
    slots: dict[str, Any] = field(default_factory=dict)
    linked: dict[str, Any] = field(default_factory=dict)
    doubts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    ahead: bool = False
    of_plan: bool = False  # the record last made is about what is still to come
    record: Mapping[str, Any] = field(default_factory=dict)  # the slots of the record an amendment would correct
    record_slots: frozenset[str] = frozenset()  # the slots that record's intent has

    roles: Mapping[str, Any] = field(init=False, repr=False)  # the role words of the lexicon
    start: int = field(init=False, repr=False)  # where the piece starts in the utterance
    end: int = field(init=False, repr=False)
    said: str = field(init=False, repr=False)  # its folded words
    kinds: frozenset[str] = field(init=False, repr=False)  # the types of its mentions
    mentions: Sequence[Spot] = field(init=False, repr=False)  # free or claimed, in order
    clauses: Sequence[Sequence[Token]] = field(init=False, repr=False)  # the words between commas and stops
    _clause_at: dict[int, tuple[int, Sequence[Token]]] = field(init=False, repr=False)
    _starts: Sequence[int] | None = field(init=False, repr=False, default=None)
    _plain: str | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        tokens = self.tokens
        self.roles = self.lexicon.roles
        self.start, self.end = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
        self.said = self.folded[self.start : self.end]
        self.mentions = [token.spot for token in tokens if token.spot]
        self.kinds = frozenset([spot.entity for spot in self.mentions])
        self.clauses = _clauses(tokens, self.lexicon.separators)
        self._clause_at = {
            token.start: (number, clause)
            for number, clause in enumerate(self.clauses)
            for token in clause
            if token.spot
        }

    def plain(self, tokens: Sequence[Token] | None = None) -> str:
        """Return the words without names: what a firm is called says nothing about its trouble."""
        if tokens is not None:
            return _without_names(tokens)
        if self._plain is None:
            self._plain = _without_names(self.tokens)
        return self._plain

    def written(self, tokens: Sequence[Token]) -> str:
        """Return words as given; between them may stand what belongs to another command."""
        return "".join([self.text[token.start : token.end] for token in tokens])

    def spots(self, *entities: str) -> list[Spot]:
        """Return the free mentions of these types, in order."""
        if self.kinds.isdisjoint(entities):
            return []
        claimed = self.claimed
        return [spot for spot in self.mentions if spot.entity in entities and spot.start not in claimed]

    def claim(self, spot: Spot) -> Spot:
        """Take a mention: no other slot may use it."""
        self.claimed.add(spot.start)
        return spot

    def index(self, spot: Spot) -> int:
        """Return a mention's place among the words."""
        if self._starts is None:
            self._starts = [token.start for token in self.tokens]
        return self._starts.index(spot.start)

    def before(self, spot: Spot, count: int = 1) -> list[Token]:
        """Return the words right before a mention, the nearest last."""
        place = self.index(spot)
        return list(self.tokens[max(0, place - count) : place])

    def after(self, spot: Spot, count: int = 1) -> list[Token]:
        """Return the words right after a mention."""
        place = self.index(spot)
        return list(self.tokens[place + 1 : place + 1 + count])

    def near(self, spot: Spot, concepts: set[str], *, back: int = 1, forth: int = 0) -> bool:
        """Tell whether words beside a mention bear one of these concepts."""
        around = self.before(spot, back) if back else []
        around += self.after(spot, forth) if forth else []
        return any(not concepts.isdisjoint(token.concepts) for token in around)

    def clause_of(self, spot: Spot) -> tuple[int, Sequence[Token]]:
        """Return number and words of the clause a mention stands in."""
        return self._clause_at.get(spot.start) or self._clause_with(spot.start)

    def _clause_with(self, place: int) -> tuple[int, Sequence[Token]]:
        for number, clause in enumerate(self.clauses):
            if clause[0].start <= place < clause[-1].end:
                return number, clause
        return 0, self.tokens

    def lead(self, spot: Spot) -> str:
        """Return the words of the clause before a mention."""
        clause = self.clause_of(spot)[1]
        return self.folded[clause[0].start : spot.start]

    def rest(self, spot: Spot) -> str:
        """Return the words of the clause after a mention."""
        clause = self.clause_of(spot)[1]
        return self.folded[spot.end : clause[-1].end]

    def says(self, name: str, text: str | None = None) -> bool:
        """Tell whether the piece, or a text, holds one of these role words."""
        return self.lexicon.any_role[name].search(self.said if text is None else text) is not None

    def first_code(self, slot: str, text: str | None = None) -> str | None:
        """Return the first code of a slot, in the order of its file, that has a word in the text."""
        return self.lexicon.first_code(slot, self.plain() if text is None else text)

    def link(self, slot: str, spot: Spot) -> Any:
        """Take a named mention for a slot: note its row, or what it may mean, or that it is unknown."""
        self.claim(spot)
        if spot.linked:
            self.linked[slot] = spot.refs[0].id
        elif spot.doubtful:
            self.doubts[slot] = spot.names
        elif slot not in self.unknown:
            self.unknown.append(slot)
        return spot.value


def _without_names(tokens: Sequence[Token]) -> str:
    return "".join([" " if token.entity in NAMING else token.text for token in tokens])


def _clauses(tokens: Sequence[Token], separators: frozenset[str]) -> Sequence[Sequence[Token]]:
    found: list[Sequence[Token]] = []
    start = 0
    for index, token in enumerate(tokens):
        if token.text in separators and token.spot is None:
            if index > start:
                found.append(tokens[start:index])
            start = index + 1
    if start < len(tokens):
        found.append(tokens[start:])
    return found
