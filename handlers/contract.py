"""What a handler gets and gives back, and how it is found: Turn, Reply, Ask, @handles."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.figures import Figure
from domain.unit_of_work import UnitOfWork

Slots = Mapping[str, Any]  # slot name -> JSON value in the shape of contract §2


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a message besides words."""

    kind: str  # document, photo, voice, location, sticker, other
    name: str | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One recognition by one person at one time."""

    intent: str
    slots: Slots
    text: str  # the whole message as said
    now: dt.datetime
    chat_id: int | None = None
    message_id: int | None = None
    entry_id: int | None = None  # the record meant: replied to, edited, or the last one
    last: Mapping[str, Any] = field(default_factory=dict)  # what the last answer was about (intent, slots)
    attachment: Attachment | None = None
    pressed: bool = False  # a button was pressed: the answer may take its message's place
    linked: Mapping[str, Any] = field(default_factory=dict)  # slot -> row id or ids, where names were linked


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its label's reply key (or the label itself) and what pressing it says to us."""

    label: str
    action: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """Something to say: a key of the intent's replies and the values its words need."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    figures: Sequence[Figure] = ()
    buttons: Sequence[Sequence[Choice]] = ()
    files: Sequence[Mapping[str, str]] = ()  # files already made: name, path
    entry_id: int | None = None  # the record this is the card of
    edits: bool = False  # take the place of the message whose button was pressed
    keyboard: str | None = None  # a reply keyboard of locale/replies/keyboards.toml
    scope: str | None = None  # whose replies the key is looked up in; the turn's intent when None


@dataclass(frozen=True, slots=True)
class Ask(Reply):
    """A reply that waits for a slot."""

    slot: str = ""
    slots: Slots = field(default_factory=dict)  # the command as far as it is known


Handler = Callable[[Turn, UnitOfWork], Reply]
REGISTRY: dict[str, Handler] = {}


def handles(*intents: str) -> Callable[[Handler], Handler]:
    """Register a function for intents; one handler an intent."""

    def register(handler: Handler) -> Handler:
        for intent in intents:
            if intent in REGISTRY:
                raise ValueError(intent)
            REGISTRY[intent] = handler
        return handler

    return register
