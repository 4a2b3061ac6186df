"""The steps an utterance asks for: turns for handlers, questions, refusals."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue import DialogueState
from bot.parsing.reading import Asking, Command, Reading
from bot.utterance import Utterance
from domain.errors import DomainError
from domain.models import Entry
from handlers.contract import Ask, Choice, Reply, Slots, Turn

log = logging.getLogger(__name__)
QUESTIONS = "common"
PER_ROW = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do for an utterance: a turn for a handler, or something to say at once."""

    scope: str
    turn: Turn | None = None
    reply: Reply | None = None
    suggest: bool = False  # likely answers are to be offered as buttons


def turn_of(
    utterance: Utterance,
    intent: str,
    slots: Slots,
    state: DialogueState,
    *,
    entry_id: int | None = None,
    linked: Mapping[str, Any] | None = None,
) -> Turn:
    """Return the turn a handler gets."""
    return Turn(
        intent=intent,
        slots=slots,
        text=utterance.text,
        now=utterance.now,
        chat_id=utterance.chat_id,
        message_id=utterance.message_id,
        entry_id=entry_id,
        last=state.last_question(),
        attachment=utterance.attachment,
        pressed=utterance.pressed_on is not None,
        linked=linked or {},
    )


def pressed(utterance: Utterance, action: Mapping[str, Any], state: DialogueState) -> Step:
    """Return the turn a pressed button stands for."""
    intent = str(action["intent"])
    return Step(intent, turn_of(utterance, intent, action.get("slots", {}), state, entry_id=action.get("entry_id")))


def question(command: Command, asking: Asking) -> Step:
    """Return the one question an incomplete command needs; candidates are buttons, else likely answers are."""
    said = command.slots.get(asking.slot, "")
    said = said[0] if isinstance(said, list) and said else said
    values = {"slot": asking.slot, "said": said, "intent": command.intent}
    rows = [[Choice(name, {"say": name})] for name in asking.choices]
    reply = Ask(f"ask_{asking.why}", values, buttons=rows, slot=asking.slot)
    own = asking.why == "missing"
    if own:
        reply = replace(reply, key=f"ask_{asking.slot}")
    return Step(command.intent, reply=reply, suggest=own and asking.slot == "enterprises")


def again(utterance: Utterance, state: DialogueState) -> Step:
    """Return the open question once more, for an answer that says nothing we know."""
    asked = state.question
    assert asked is not None
    if asked.intent == "amend" and "field" in asked.slots:
        slots = {**asked.slots, "again": True}
        return Step("amend", turn_of(utterance, "amend", slots, state, entry_id=asked.slots.get("entry_id")))
    values = {"slot": asked.slot, "intent": asked.intent, "choices": list(asked.choices)}
    rows = [[Choice(name, {"say": name})] for name in asked.choices]
    own = asked.slot == "enterprises" and not asked.choices
    return Step(asked.intent, reply=Reply("ask_again", values, buttons=rows, scope="common"), suggest=own)


def edits(utterance: Utterance, meant: Sequence[Entry], reading: Reading, state: DialogueState) -> list[Step]:
    """Return the amendments an edited message asks for: each record takes what its sentence says now."""
    if [entry.intent for entry in meant] != [command.intent for command in reading.commands] or reading.ask:
        return [Step("common", reply=Reply("edit_unclear"))]
    return [
        Step("amend", _rewritten(utterance, entry, command, state))
        for entry, command in zip(meant, reading.commands, strict=True)
    ]


def _rewritten(utterance: Utterance, entry: Entry, command: Command, state: DialogueState) -> Turn:
    slots = {"whole": dict(command.slots)}
    return turn_of(utterance, "amend", slots, state, entry_id=entry.id, linked=command.linked)


def refusal(error: DomainError) -> Step:
    """Return what is said when a rule says no."""
    return Step("errors", reply=Reply(error.key, error.values))


def apology(utterance: Utterance) -> Step:
    """Return what is said when the program is at fault; the log has the number that is told."""
    number = secrets.token_hex(3)
    log.error("message %s in %s failed, told as %s", utterance.message_id, utterance.chat_id, number, exc_info=True)  # noqa: LOG014 - called while the exception is handled
    return Step("common", reply=Reply("failed", {"number": number}))
