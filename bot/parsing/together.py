"""Who came along to all of several visits told of one after another: 两趟都是袁局陪我."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.reading import Command

VISIT = "log_visit"
SLOT = "participants"
SAID_ONCE = frozenset(("resolve_issue", "report_milestone"))


def came_along(commands: list[Command], piece: Piece | None) -> list[Command]:
    """Return the visits before the last with who took part, where its last words say it of all of them."""
    last = commands[-1] if commands else None
    if piece is None or last is None or last.intent != VISIT or SLOT not in last.slots or not _of_all(piece):
        return commands
    first = len(commands) - 1
    while first and commands[first - 1].intent == VISIT and SLOT not in commands[first - 1].slots:
        first -= 1
    return [*commands[:first], *(_with(one, last, piece) for one in commands[first:-1]), last]


def _of_all(piece: Piece) -> bool:
    """Tell whether the clause of a person, not that of the firm, speaks of all visits."""
    if not piece.says("both_times"):
        return False
    clauses = [clause for clause in piece.clauses if any(token.entity == "person" for token in clause)]
    clause = clauses[-1] if clauses else ()
    firm = any(token.entity == "enterprise" for token in clause)
    return not firm and any(token.text in piece.roles["both_times"] for token in clause)


def _with(one: Command, last: Command, piece: Piece) -> Command:
    slots: Mapping[str, Any] = {**one.slots, SLOT: last.slots[SLOT]}
    ordered = {slot: slots[slot] for slot in piece.spec.slots if slot in slots}
    linked = {**one.linked, SLOT: last.linked[SLOT]} if SLOT in last.linked else one.linked
    return replace(one, slots=ordered, linked=linked)


def said_once(commands: list[Command]) -> list[Command]:
    """Return the commands without a record that only says again what the one before does: 解决了,最后一户也搬走了."""
    kept: list[Command] = []
    for one in commands:
        before = kept[-1] if kept and one.intent in SAID_ONCE else None
        if before is None or before.intent != one.intent or any(before.slots.get(k) != v for k, v in one.slots.items()):
            kept.append(one)
    return kept


def lists_counted(before: frozenset[str], fresh: Sequence[Any], features: frozenset[str]) -> bool:
    """Tell whether words only name the firms counted just before: 走访了三家,铭诚、华锐还有恒立."""
    counted = "firm_count" in before and "{enterprise}" not in before and not {"question", "how_many"} & before
    named = bool(fresh) and fresh[0].entity == "enterprise"
    told = {"visit", "receive", "call", "go", "remind", "question", "register", "transfer", "{stage}"} & features
    return counted and named and not told
