"""What reading an utterance gives: commands with slots, mentions, and what must still be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.parsing.mention import Mention

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: whose unit narrows names and what 我们 means."""

    person_id: int
    name: str
    unit_id: int | None = None
    unit: str = ""
    role: str = ""
    city_level: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person wants done."""

    intent: str
    confidence: float = 1.0
    slots: Mapping[str, Any] = field(default_factory=dict)
    linked: Mapping[str, Any] = field(default_factory=dict)  # slot -> row id, or ids in the order of the slot
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # slot -> canonical names it may mean
    unknown: tuple[str, ...] = ()  # slots whose words name nothing in the ledger
    record: bool = False  # makes a record that can be amended
    question: bool = False  # asks for an answer that can be followed on

    def trusted(self, confidence: float, *, record: bool, question: bool) -> "Command":
        """Return the command as sure as that; written out, for replace() costs three times as much."""
        return Command(self.intent, confidence, self.slots, self.linked, self.doubts, self.unknown, record, question)


@dataclass(frozen=True, slots=True)
class Asking:
    """The one question the first incomplete command needs answered."""

    slot: str
    why: str  # ambiguous, unknown, missing
    choices: tuple[str, ...] = ()
    command: int = 0  # which of the commands waits


@dataclass(frozen=True, slots=True)
class Reading:
    """An utterance as understood."""

    text: str
    commands: tuple[Command, ...]
    entities: tuple[Mention, ...] = ()
    ask: Asking | None = None
    impossible: tuple[str, ...] = ()  # dates that never are, as said: 2月30日
    signs: tuple[tuple[float, ...], ...] = ()  # of each command, what its confidence rests on
