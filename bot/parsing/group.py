"""The clauses that belong to one command, and which of them belong together after all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.parsing.intents import IntentSpec
from bot.parsing.recognise import Recognised
from bot.parsing.tokens import Token

_ADDED = frozenset(("add_more", "{enterprise}"))
_NAMED = frozenset(("{enterprise}", "{event}", "{count}", "{contact}", "{project}"))
_OF_LEAD = frozenset(("{enterprise}", "{money}", "{area}", "also"))
_OF_PROJECT = frozenset(("note_progress", "raise_issue", "report_milestone"))
_NAMED_THINGS = frozenset(("{enterprise}", "{project}", "it"))
_OWN = frozenset(("question", "show", "remind", "{enterprise}", "{project}"))


@dataclass
class Group:
    """Clauses that belong to one command."""

    tokens: list[Token]
    features: frozenset[str]
    head: Recognised | None
    days: set[str] = field(default_factory=set)
    joined: bool = False
    grown: list[frozenset[str]] = field(default_factory=list)  # features since the head was recognised, the last most
    kept: bool = False  # the head is that of the clause before, and stays
    opened: str = ""  # the intent that its cues alone made of it


def visits_whole(groups: Sequence[Group]) -> list[Group]:
    """Return the groups, a visit that names nobody being part of the one before: 下个月他们派人过来."""
    whole: list[Group] = []
    for group in groups:
        intents = [one.head.intent if one.head else "" for one in (*whole[-1:], group)]
        named = _NAMED & group.features
        added = intents == ["log_visit", "amend"] and group.features >= _ADDED and "field" not in group.features
        if added or (intents == ["log_visit", "log_visit"] and not named and not group.kept):
            _join(whole[-1], group)
        else:
            whole.append(group)
    return whole


def told_whole(groups: Sequence[Group], intents: Mapping[str, IntentSpec]) -> list[Group]:
    """Return the groups, one that turned out to be no command of its own being part of the record before.

    A clause may look like a question by its cues, 初步估算总投资超过两个亿, and prove a detail by all its words.
    """
    whole: list[Group] = []
    for group in groups:
        before = whole[-1].head if whole else None
        intent = group.head.intent if group.head else ""
        asked = bool(group.opened) and intents[group.opened].question and not _OWN & group.features
        turned = asked and intent != group.opened
        if before and turned and intents[before.intent].record and intent in ("", *intents[before.intent].absorbs):
            _join(whole[-1], group)
        else:
            whole.append(group)
    return whole


def leads_whole(groups: Sequence[Group]) -> list[Group]:
    """Return the groups, what is told of nothing named right before 登记线索 being the lead's: 还没注册,登记线索."""
    whole: list[Group] = []
    for group in groups:
        before = whole[-1] if whole else None
        lead = group.head is not None and group.head.intent == "register_lead" and not _OF_LEAD & group.features
        told = before is not None and before.head is not None and before.head.intent in _OF_PROJECT
        if before is not None and lead and told and not _NAMED_THINGS & before.features:
            _join(before, group)
            before.head = group.head
        else:
            whole.append(group)
    return whole


def _join(one: Group, other: Group) -> None:
    one.tokens = [*one.tokens, *other.tokens]
    one.features |= other.features
