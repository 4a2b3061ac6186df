"""One utterance: recognised, handled in units of work, answered; only a lost database makes it raise."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import DBAPIError

from bot import replies, steps
from bot.channel import Channel
from bot.dialogue import DialogueState, next_state, record_after
from bot.parsing.reader import Reader
from bot.parsing.reading import Asking, Reading
from bot.steps import Step
from bot.unbuilt import about_kept, not_kept, unasked
from bot.understand import speaker_of
from bot.utterance import Utterance
from domain import dialogues, entries, visits
from domain.errors import DomainError, Invalid
from domain.inbox import AlreadyApplied
from domain.models import Entry
from domain.unit_of_work import Ledger, UnitOfWork, acting
from handlers.contract import Ask, Choice, Handler, Reply

CHOICES_SHOWN = 4
NOT_OURS = "out_of_scope"
CORRECTION = "amend"  # its handler asks for the value itself: it knows the record, and its fields


@dataclass(frozen=True, slots=True)
class Plan:
    """What an utterance asks for, in order, and what the dialogue is about afterwards."""

    steps: tuple[Step, ...]
    state: DialogueState


class Dispatch:
    """Leads an utterance down the corridor: reading, handlers, ledger, replies."""

    def __init__(self, ledger: Ledger, reader: Reader, handlers: Mapping[str, Handler]) -> None:
        self.ledger = ledger
        self._reader = reader
        self._handlers = handlers
        self._reading = threading.Lock()  # the names are learnt and read by one thread at a time

    def hear(self, utterance: Utterance, channel: Channel) -> None:
        """Read an utterance and answer it through a channel."""
        with self.ledger.read(utterance.now) as uow:
            plan = self.read(uow, utterance, dialogues.load(uow, utterance.chat_id, utterance.person_id))
        self.answer(utterance, channel, plan)

    def answer(self, utterance: Utterance, channel: Channel, plan: Plan, *, done: int = 0) -> None:
        """Do what an utterance asks for, a transaction a command, leaving out the commands already `done`."""
        for place in range(done, len(plan.steps)):
            self._take(utterance, channel, plan, place)

    def forget(self, utterance: Utterance) -> None:
        """Forget what a dialogue was about."""
        with self.ledger.work(utterance.now) as uow:
            dialogues.save(uow, utterance.chat_id, utterance.person_id, {})

    def read(self, uow: UnitOfWork, utterance: Utterance, dialogue: Mapping[str, Any]) -> Plan:
        """Return what an utterance asks for in a dialogue; only a lost database makes it raise."""
        try:
            return self._plan(uow, utterance, DialogueState.from_json(dialogue))
        except DBAPIError:
            raise
        except DomainError as error:
            return Plan((steps.refusal(error),), DialogueState())
        except Exception:  # noqa: BLE001 - whatever it is, the person gets a sentence and the log the traceback
            return Plan((steps.apology(utterance),), DialogueState())

    def _plan(self, uow: UnitOfWork, utterance: Utterance, state: DialogueState) -> Plan:
        meant = _meant(uow, utterance)
        with self._reading:
            self._reader.names.refresh(uow.connection)
        speaker = speaker_of(self._reader.names, utterance.person_id)
        action = utterance.action
        if action is not None and "say" not in action:
            return Plan((steps.pressed(utterance, action, state),), state.pressed())
        if utterance.attachment is not None:
            return Plan((Step("files", steps.turn_of(utterance, "take_file", {}, state)),), state)
        if meant and not utterance.edited:
            state = state.about(meant[-1].intent, meant[-1].slots)
        text = str(action["say"]) if action else utterance.text
        with self._reading:
            reading = self._reader.read(text, at=utterance.now, speaker=speaker, state=state)
        reading = unasked(reading, self._handlers, self._reader.intents)
        if reading.impossible:
            return Plan((steps.refusal(Invalid("impossible_date", said=reading.impossible[0])),), state)
        if state.question is not None and [each.intent for each in reading.commands] == [NOT_OURS]:
            return Plan((steps.again(utterance, state),), state)
        if reading.ask is not None and reading.commands[reading.ask.command].intent == CORRECTION:
            reading = _left_to_handler(reading, reading.ask)
        if utterance.edited and meant:
            return Plan(tuple(steps.edits(utterance, meant, reading, state)), state)
        entry_id = meant[-1].id if meant else None
        after = about_kept(next_state(state, reading), reading, self._handlers)
        return Plan(tuple(self._steps(utterance, reading, state, entry_id)), after)

    def _steps(
        self, utterance: Utterance, reading: Reading, state: DialogueState, entry_id: int | None
    ) -> Iterator[Step]:
        record = state.record
        for place, command in enumerate(reading.commands):
            if reading.ask is not None and place == reading.ask.command:
                yield steps.question(command, reading.ask)
            elif (unkept := not_kept(command, record, self._handlers)) is not None:
                yield unkept
            else:
                turn = steps.turn_of(
                    utterance, command.intent, command.slots, state, entry_id=entry_id, linked=command.linked
                )
                yield Step(command.intent, turn)
            record = record_after(command, record)

    def _take(self, utterance: Utterance, channel: Channel, plan: Plan, place: int) -> None:
        try:
            self._carry_out(utterance, channel, plan, place, plan.steps[place])
        except (DBAPIError, AlreadyApplied):
            raise
        except DomainError as error:
            self._carry_out(utterance, channel, plan, place, steps.refusal(error))
        except Exception:  # noqa: BLE001 - whatever it is, the person gets a sentence and the log the traceback
            self._carry_out(utterance, channel, plan, place, steps.apology(utterance))

    def _carry_out(self, utterance: Utterance, channel: Channel, plan: Plan, place: int, step: Step) -> None:
        last = place == len(plan.steps) - 1
        source = f"message:{utterance.chat_id}/{utterance.message_id}"
        with self.ledger.work(utterance.now, actor=utterance.actor or utterance.person_id, source=source) as uow:
            reply = self._answer(uow, step)
            channel.put(uow, utterance, place, replies.content(uow, utterance, step.scope, reply), reply.entry_id)
            if last:
                state = plan.state
                if step.turn is not None and isinstance(reply, Ask):
                    state = state.asked(step.turn.intent, reply.slots, reply.slot)
                dialogues.save(uow, utterance.chat_id, utterance.person_id, state.to_json())
            channel.advance(uow, place + 1, last=last)

    def _answer(self, uow: UnitOfWork, step: Step) -> Reply:
        if step.turn is not None:
            return self._handlers[step.turn.intent](step.turn, uow)
        assert step.reply is not None
        if not step.suggest:
            return step.reply
        likely = visits.likely_enterprises(uow, limit=CHOICES_SHOWN)
        return replace(step.reply, buttons=[[Choice(name, {"say": name})] for name in likely])


def _left_to_handler(reading: Reading, asking: Asking) -> Reading:
    """Return a reading whose missing value its handler asks for."""
    return replace(reading, ask=None) if asking.why == "missing" else reading


def _meant(uow: UnitOfWork, utterance: Utterance) -> list[Entry]:
    """Return the records an edited or replied-to message stands for."""
    message_id = utterance.message_id if utterance.edited else utterance.reply_to
    if message_id is None:
        return []
    uow.actor = utterance.actor or acting(uow.connection, utterance.person_id)
    return entries.by_message(uow, utterance.chat_id, message_id)
