"""A piece of an utterance that holds one command, and what filling its slots needs to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.names.book import NameBook
from bot.parsing.intents import IntentSpec
from bot.parsing.lexicon import Lexicon
from bot.parsing.reading import Speaker
from bot.parsing.spots import NAMING, Spot
from bot.parsing.tokens import Token


@dataclass
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

    def __post_init__(self) -> None:
        self.roles = self.lexicon.roles

    @cached_property
    def start(self) -> int:
        """Return where the piece starts in the utterance."""
        return self.tokens[0].start if self.tokens else 0

    @cached_property
    def end(self) -> int:
        """Return where the piece ends in the utterance."""
        return self.tokens[-1].end if self.tokens else 0

    @cached_property
    def said(self) -> str:
        """Return the piece's folded words."""
        return self.folded[self.start : self.end]

    def plain(self, tokens: Sequence[Token] | None = None) -> str:
        """Return the words without names: what a firm is called says nothing about its trouble."""
        return self._plain if tokens is None else _without_names(tokens)

    @cached_property
    def _plain(self) -> str:
        return _without_names(self.tokens)

    def written(self, tokens: Sequence[Token]) -> str:
        """Return words as given; between them may stand what belongs to another command."""
        return "".join(self.text[token.start : token.end] for token in tokens)

    def spots(self, *entities: str) -> list[Spot]:
        """Return the free mentions of these types, in order."""
        claimed = self.claimed
        return [spot for spot in self._mentions if spot.entity in entities and spot.start not in claimed]

    @cached_property
    def _mentions(self) -> list[Spot]:
        return [token.spot for token in self.tokens if token.spot]

    def claim(self, spot: Spot) -> Spot:
        """Take a mention: no other slot may use it."""
        self.claimed.add(spot.start)
        return spot

    def index(self, spot: Spot) -> int:
        """Return a mention's place among the words."""
        return self._places[spot.start]

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {token.start: index for index, token in reversed([*enumerate(self.tokens)])}

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
        return any(concepts.intersection(token.concepts) for token in around)

    def clauses(self) -> Sequence[Sequence[Token]]:
        """Return the words between commas and stops."""
        return self._clauses

    @cached_property
    def _clauses(self) -> Sequence[Sequence[Token]]:
        found: list[Sequence[Token]] = []
        start, separators = 0, self.lexicon.separators
        for index, token in enumerate(self.tokens):
            if token.text in separators and token.spot is None:
                if index > start:
                    found.append(self.tokens[start:index])
                start = index + 1
        if start < len(self.tokens):
            found.append(self.tokens[start:])
        return found

    def clause_of(self, spot: Spot) -> tuple[int, Sequence[Token]]:
        """Return number and words of the clause a mention stands in."""
        known = self._clause_at.get(spot.start)
        if known is None:
            self._clause_at[spot.start] = known = self._clause_with(spot.start)
        return known

    @cached_property
    def _clause_at(self) -> dict[int, tuple[int, Sequence[Token]]]:
        return {}

    def _clause_with(self, place: int) -> tuple[int, Sequence[Token]]:
        for number, clause in enumerate(self._clauses):
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
