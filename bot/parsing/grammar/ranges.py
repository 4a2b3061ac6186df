"""Puts two words of time into one range: 3月1日起至5日止, 三月和九月之间, 去年到现在."""

import re
from dataclasses import replace

from bot.parsing.grammar.arithmetic import add_days
from bot.parsing.grammar.shapes import Atom, Days, When

TO = re.compile(r" ?起?,? ?(?:-{1,2}|~|到|至)了? ?")
_AND = re.compile(r" ?[和与跟及] ?")
_BETWEEN = re.compile(r"之间|间(?![隔接断])")
_AFTER = re.compile(r"(?:之后|以后|后)(?=-|~|到|至)")
_STOP = re.compile(r"为?止|之间")


def range_at(text: str, atoms: list[Atom], place: int) -> tuple[Atom, int]:
    """Return the atom at a place, or the range it opens, and how many atoms that takes."""
    first = atoms[place]
    if place + 1 == len(atoms) or not first.when:
        return first, 1
    second = atoms[place + 1]
    if not second.when or first.when.closing:
        return first, 1
    if after := _AFTER.match(text, first.end):
        first = Atom(first.start, after.end(), _from_then(first.when))
    end = _end(text, first, second)
    joined = _join(first.when, second.when) if end and first.when else None
    return (Atom(first.start, end, joined), 2) if joined else (atoms[place], 1)


def _from_then(when: When) -> When:
    """Return the time from the day after one, a holiday's days off included: 春节后到现在."""
    ends = when.rest or (when.past.end, when.ahead.end)
    past, ahead = (Days(add_days(end, 1), None) if end else Days(None, None) for end in ends)
    return replace(when, past=past, ahead=ahead)


def _end(text: str, first: Atom, second: Atom) -> int:
    """Return where the range from one atom to another ends, or nothing when they make none."""
    if TO.fullmatch(text, first.end, second.start):
        stop = _STOP.match(text, second.end)
        return stop.end() if stop else second.end
    if _AND.fullmatch(text, first.end, second.start) and (between := _BETWEEN.match(text, second.end)):
        return between.end()
    return 0


def _join(first: When, second: When) -> When | None:
    past, ahead = _until(first.past, second.past, second), _until(first.ahead, second.ahead, second)
    if past and not ahead:
        ahead = past
    return When(past, ahead, stated=True) if past and ahead else None


def _until(first: Days, second: Days, when: When) -> Days | None:
    if first.start is None:
        return None
    last = when.follow(first.start) if when.follow else second
    if last is None or last.end is None or last.end < first.start:
        return None
    return Days(first.start, last.end)
