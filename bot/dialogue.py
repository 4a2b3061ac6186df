"""The open question, the last record, what "it" means: what one utterance leaves for the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.parsing.intents import IntentSpec
from bot.parsing.reading import Asking, Command, Reading

DATE_LENGTH = len("2026-03-18")
REFERENT_SLOTS = ("project", "enterprises", "unit", "person")


@dataclass(frozen=True, slots=True)
class Question:
    """A command that waits for one slot."""

    intent: str
    slots: Mapping[str, Any]
    linked: Mapping[str, Any]
    slot: str
    why: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command carried out: what an ellipsis or a correction goes back to."""

    intent: str
    slots: Mapping[str, Any]
    linked: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DialogueState:
    """What a person is in the middle of."""

    question: Question | None = None
    last: Spoken | None = None  # the last question or record
    record: Spoken | None = None  # the last record
    referents: Mapping[str, Any] = field(default_factory=dict)  # slot -> {"value", "linked"}

    def to_json(self) -> dict[str, Any]:
        """Return the state as JSON."""
        plain: dict[str, Any] = {"referents": dict(self.referents)}
        if self.question:
            asked = self.question
            plain["question"] = {
                "intent": asked.intent,
                "slots": dict(asked.slots),
                "linked": dict(asked.linked),
                "slot": asked.slot,
                "why": asked.why,
                "choices": list(asked.choices),
            }
        for name, spoken in (("last", self.last), ("record", self.record)):
            if spoken:
                plain[name] = {"intent": spoken.intent, "slots": dict(spoken.slots), "linked": dict(spoken.linked)}
        return plain

    def last_question(self) -> dict[str, Any]:
        """Return what the last answer was about: intent and slots, or nothing."""
        return {"intent": self.last.intent, "slots": dict(self.last.slots)} if self.last else {}

    def about(self, intent: str, slots: Mapping[str, Any]) -> "DialogueState":
        """Return the state of someone who replies to a record's card."""
        meant = Spoken(intent, dict(slots))
        return replace(self, question=None, last=meant, record=meant)

    def asked(self, intent: str, slots: Mapping[str, Any], slot: str) -> "DialogueState":
        """Return the state with a handler's question open."""
        return replace(self, question=Question(intent, dict(slots), {}, slot, "missing"))

    def pressed(self) -> "DialogueState":
        """Return the state after a button: a correction waiting for its value waits no more."""
        return replace(self, question=None) if self.question and self.question.intent == "amend" else self

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "DialogueState":
        """Return the state kept as JSON; a state of another shape is forgotten."""
        try:
            asked = plain.get("question")
            return cls(
                question=Question(**{**asked, "choices": tuple(asked["choices"])}) if asked else None,
                last=Spoken(**plain["last"]) if plain.get("last") else None,
                record=Spoken(**plain["record"]) if plain.get("record") else None,
                referents=plain.get("referents", {}),
            )
        except (TypeError, KeyError):
            return cls()


def asking(commands: Sequence[Command], intents: Mapping[str, IntentSpec]) -> Asking | None:
    """Return the question of the first command that cannot be carried out as read."""
    for number, command in enumerate(commands):
        asked = _ask(command, intents[command.intent])
        if asked is not None:
            return replace(asked, command=number)
    return None


def _ask(command: Command, spec: IntentSpec) -> Asking | None:
    """Ask what is ambiguous, then unknown, then missing."""
    said = command.slots
    for slot in spec.slots if command.doubts else ():
        if slot in command.doubts and slot in said:
            return Asking(slot, "ambiguous", command.doubts[slot])
    for slot in spec.slots if command.unknown else ():
        if slot in command.unknown:
            return Asking(slot, "unknown")
    if spec.required and not any(all(map(said.__contains__, group)) for group in spec.required):
        return Asking(_nearest(command, spec), "missing")
    return None


def _nearest(command: Command, spec: IntentSpec) -> str:
    """Return the first slot missing from the alternative most nearly there."""
    groups = [[slot for slot in group if slot not in command.slots] for group in spec.required]
    return min(groups, key=len)[0]


def next_state(state: DialogueState, reading: Reading) -> DialogueState:
    """Return the state after a reading was answered: complete commands are carried out, one may wait."""
    waiting = reading.ask.command if reading.ask else None
    last, record, referents = state.last, state.record, dict(state.referents)
    for number, command in enumerate(reading.commands):
        if number != waiting:
            last, record = _carried_out(command, last, record)
        referents |= _referents(command)
    question = None
    if reading.ask is not None and waiting is not None:
        held, ask = reading.commands[waiting], reading.ask
        question = Question(held.intent, dict(held.slots), dict(held.linked), ask.slot, ask.why, ask.choices)
    elif state.question and all(command.intent in ("greet", "thanks", "help") for command in reading.commands):
        question = state.question  # a courtesy leaves the question open
    return DialogueState(question, last, record, referents)


def meanwhile(state: DialogueState, commands: Sequence[Command]) -> DialogueState:
    """Return the state with what the commands read so far in a message speak of."""
    referents, record = dict(state.referents), state.record
    for command in commands:
        referents |= _referents(command)
        if {"project", "enterprises"} & command.slots.keys():
            record = Spoken(command.intent, command.slots, command.linked)
    return replace(state, referents=referents, record=record) if commands else state


def record_after(command: Command, record: Spoken | None) -> Spoken | None:
    """Return the last record after a command was carried out."""
    return _carried_out(command, None, record)[1]


def _explains_last(command: Command, last: Spoken | None) -> bool:
    """Tell whether an explanation is of the figure just asked for, so that what follows goes on with that."""
    metric = command.slots.get("metric")
    return command.intent == "explain_figure" and (
        metric is None or (last is not None and metric == last.slots.get("metric"))
    )


def _carried_out(command: Command, last: Spoken | None, record: Spoken | None) -> tuple[Spoken | None, Spoken | None]:
    if command.intent == "amend":
        return last, record and corrected(record, command)
    if command.intent == "undo":
        return None, None
    if not (command.record or command.question) or _explains_last(command, last):
        return last, record
    spoken = Spoken(command.intent, dict(command.slots), dict(command.linked))
    return spoken, spoken if command.record else record


def corrected(record: Spoken, command: Command) -> Spoken:
    """Return a record as a correction leaves it."""
    name, value, how = (command.slots.get(key) for key in ("field", "value", "how"))
    if name is None or value is None:
        return record
    slots = dict(record.slots)
    if how == "add" and isinstance(value, list):
        slots[name] = [*slots.get(name, []), *value]
    elif how == "remove" and isinstance(value, list):
        slots[name] = [item for item in slots.get(name, []) if item not in value]
    elif name == "date" and "moment" in slots:
        slots["moment"] = str(value.get("start") or value["end"]) + slots["moment"][DATE_LENGTH:]
    else:
        slots[name] = value
    return replace(record, slots=slots)


def _referents(command: Command) -> dict[str, Any]:
    """Return what the next "it" may mean: the project, firm or unit just spoken of."""
    return {
        slot: {"value": command.slots[slot], "linked": command.linked.get(slot)}
        for slot in REFERENT_SLOTS
        if slot in command.slots and slot not in command.doubts and slot not in command.unknown
    }
