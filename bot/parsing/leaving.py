"""Whether an utterance leaves the open question: a sentence of its own does, a value or a detail of it does not."""

from collections.abc import Mapping
from typing import Any

from bot.dialogue import Question, asking
from bot.parsing.intents import IntentSpec
from bot.parsing.reading import Command

TELLING = frozenset(
    ("date", "period", "moment", "mode", "place", "places", "amount", "cumulative", "project", "milestone")
) | {"metric", "unit", "enterprises", "text", "category"}
OF_PROJECTS = frozenset(("report_funds", "verify_funds", "transfer_lead"))
OF_KIND = frozenset(("kind", "subject", "light"))  # 滞后项目, as the kind of push or report that was asked for
QUERY = "query_project"  # a project's name alone reads as a question about it
WHEN = frozenset(("date", "period"))
FREE = frozenset(("text", "summary"))  # slots that take any words: 提醒什么? 拜访比亚迪


def leaves(command: Command, question: Question, intents: Mapping[str, IntentSpec], *, named: bool) -> bool:
    """Tell whether a clear command is no answer to the question; `named` if it says outright what is to be made."""
    if command.intent == "amend" or _only_value(command, question, asks=named):
        return False
    if command.intent == question.intent:
        return _about_another(command, question, intents)
    spec = intents[command.intent]
    if spec.question or command.intent not in intents[question.intent].absorbs:
        return True
    if asking([command], intents) is not None:
        return False
    if question.slot in FREE:
        return bool(WHEN & command.slots.keys()) and "planned" not in command.slots
    foreign = command.slots.keys() - intents[question.intent].slots.keys()
    return named or bool(foreign) or command.intent in OF_PROJECTS or _differs(command, question)


def _only_value(command: Command, question: Question, *, asks: bool) -> bool:
    """Tell whether a command says no more than the value asked for, or what to be reminded of."""
    if question.slot == "kind":
        return not asks and command.slots.keys() <= OF_KIND
    if question.intent == "remind_me":
        return "planned" in command.slots
    alone = command.intent == QUERY and command.slots.keys() == {"project"}
    return question.slot == "project" and alone and not asks


def _about_another(command: Command, question: Question, intents: Mapping[str, IntentSpec]) -> bool:
    """Tell whether a command of the waiting one's kind is another: a whole question, or with other facts."""
    if intents[command.intent].question:
        return asking([command], intents) is None
    return _differs(command, question)


def _differs(command: Command, question: Question) -> bool:
    """Tell whether something said before, and not asked about now, is said differently."""
    held = {slot: value for slot, value in question.slots.items() if slot in TELLING and slot != question.slot}
    return any(_other(value, command.slots[slot]) for slot, value in held.items() if slot in command.slots)


def _other(before: Any, now: Any) -> bool:
    if isinstance(before, list) and isinstance(now, list):
        return not set(before) & set(now)
    if isinstance(before, str) and isinstance(now, str):
        return before not in now and now not in before
    return bool(before != now)
