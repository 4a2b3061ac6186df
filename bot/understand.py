"""The `understand` command's requests: what an utterance is read as, in the contract's shape; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.dialogue import DialogueState, next_state
from bot.names.book import NameBook
from bot.parsing.evidence import Evidence, Weighed, weighed
from bot.parsing.intents import IntentSpec
from bot.parsing.mention import Mention
from bot.parsing.reader import Reader
from bot.parsing.reading import Command, Reading, Speaker
from domain.errors import Ambiguous, Invalid, NotFound
from domain.unit_of_work import Ledger


class Understanding:
    """Reads requests one by one; no request sees another."""

    def __init__(self, reader: Reader, ledger: Ledger) -> None:
        self._reader = reader
        self._ledger = ledger

    @property
    def intents(self) -> Mapping[str, IntentSpec]:
        """Return what each intent is recognised by."""
        return self._reader.intents

    def line(self, request: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Return what one request's utterance says; raise DomainError for one that cannot be taken."""
        self.refresh(at)
        return understand_line(request, self._reader, at)

    def explained(self, request: Mapping[str, Any], at: datetime) -> "Explained":
        """Return what one request's utterance says and why; raise DomainError for one that cannot be taken."""
        self.refresh(at)
        return explain_line(request, self._reader, at)

    def refresh(self, at: datetime) -> None:
        """Learn the names that are new or changed."""
        with self._ledger.read(at) as uow:
            self._reader.names.refresh(uow.connection)


@dataclass(frozen=True, slots=True)
class Explained:
    """A reading with what it rests on."""

    reading: Reading
    evidence: Evidence
    names: Sequence[Weighed]
    alone: Reading | None  # what the utterance would be without its context, where that differs


def explain_line(request: Mapping[str, Any], reader: Reader, at: datetime) -> Explained:
    """Return what an utterance says and why."""
    text, speaker, state = _heard(request, reader, at)
    reading, alone = reader.read(text, at, speaker, state), reader.read(text, at, speaker)
    evidence = reader.evidence(text, at, speaker)
    names = list(weighed(evidence.spots, reader.names))
    return Explained(reading, evidence, names, alone if alone.commands != reading.commands else None)


def understand_line(request: Mapping[str, Any], reader: Reader, at: datetime) -> dict[str, Any]:
    """Return what an utterance says, its context taken as said and answered just before."""
    text, speaker, state = _heard(request, reader, at)
    return reading_json(reader.read(text, at, speaker, state))


def reading_json(reading: Reading) -> dict[str, Any]:
    """Return a reading in the contract's shape."""
    ask = reading.ask
    return {
        "text": reading.text,
        "commands": [_command(command) for command in reading.commands],
        "entities": [_entity(mention) for mention in reading.entities],
        "ask": {"slot": ask.slot, "why": ask.why, "choices": list(ask.choices)} if ask else None,
    }


def speaker_of(names: NameBook, person_id: int) -> Speaker | None:
    """Return a person of the directory as a speaker."""
    row = names.rows["person"].get(person_id)
    if row is None:
        return None
    unit = names.rows["unit"].get(row.unit_id or 0)
    return Speaker(
        person_id=row.id,
        name=names.name("person", row.id),
        unit_id=row.unit_id,
        unit=unit.name if unit else "",
        role=row.rank or "",
        city_level=names.city_level(row),
    )


def _heard(request: Mapping[str, Any], reader: Reader, at: datetime) -> tuple[str, Speaker | None, DialogueState]:
    """Return the utterance, who says it, and what the earlier ones left."""
    text = request.get("text")
    if not isinstance(text, str):
        raise Invalid("line_without_text")
    speaker = _speaker(request.get("user"), reader.names)
    state = DialogueState()
    for earlier in _texts(request.get("context")):
        state = next_state(state, reader.read(earlier, at, speaker, state))
    return text, speaker, state


def _speaker(name: Any, names: NameBook) -> Speaker | None:
    if name is None:
        return None
    people = names.rows["person"].values()
    exact = [row.id for row in people if names.name("person", row.id) == name]
    found = exact or [row.id for row in people if row.name == name]
    if len(found) != 1:
        choices = [names.name("person", one) for one in found]
        raise Ambiguous("several_people", name=name, choices=choices) if found else NotFound("no_person", name=name)
    return speaker_of(names, found[0])


def _texts(context: Any) -> list[str]:
    if context is None:
        return []
    if not isinstance(context, list) or not all(isinstance(text, str) for text in context):
        raise Invalid
    return context


def _command(command: Command) -> dict[str, Any]:
    return {"intent": {"name": command.intent, "confidence": command.confidence}, "slots": dict(command.slots)}


def _entity(mention: Mention) -> dict[str, Any]:
    return {
        "entity": mention.entity,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "value": mention.value,
    }
