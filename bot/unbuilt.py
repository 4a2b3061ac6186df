"""What is understood, but nothing can carry out yet: it is shown and not kept, nor asked about, nor corrected."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import reduce

from bot.dialogue import DialogueState, Spoken, asking, corrected, record_after
from bot.parsing.intents import IntentSpec
from bot.parsing.reading import Command, Reading
from bot.steps import Step
from handlers.contract import Reply, Slots


def unasked(reading: Reading, built: Collection[str], intents: Mapping[str, IntentSpec]) -> Reading:
    """Return a reading whose question is about a command that can be carried out: others need no more details."""
    if reading.ask is None or reading.commands[reading.ask.command].intent in built:
        return reading
    places = [place for place, command in enumerate(reading.commands) if command.intent in built]
    ask = asking([reading.commands[place] for place in places], intents)
    return replace(reading, ask=ask and replace(ask, command=places[ask.command]))


def not_kept(command: Command, record: Spoken | None, built: Collection[str]) -> Step | None:
    """Return what is said of a command that cannot be carried out, or that goes back to one; None of any other."""
    if command.intent not in built:
        return _shown(command.intent, command.slots, question=command.question)
    if record is None or record.intent in built or "entry_id" in command.slots:
        return None
    if command.intent == "amend":  # without this the last record that was kept would be changed
        return _shown(record.intent, corrected(record, command).slots, question=False)
    return Step("common", reply=Reply("nothing_kept")) if command.intent == "undo" else None


def about_kept(state: DialogueState, reading: Reading, built: Collection[str]) -> DialogueState:
    """Return the state after a reading: of a message kept in part, the part kept is what a correction goes back to."""
    waiting = reading.ask.command if reading.ask else None
    kept = [command for place, command in enumerate(reading.commands) if place != waiting and command.intent in built]
    record = reduce(lambda last, command: record_after(command, last), kept, None)
    return state if record is None else replace(state, record=record)


def _shown(intent: str, slots: Slots, *, question: bool) -> Step:
    return Step("common", reply=Reply("not_built", {"intent": intent, "slots": slots, "question": question}))
