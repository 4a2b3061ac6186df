"""What words behind a time make of it: a deadline (前, 内), an open period (后, 起), a period up to now (以来)."""

import re
from datetime import date, datetime

from bot.parsing.grammar.arithmetic import add_days
from bot.parsing.grammar.shapes import Atom, Days, Found, When

_FROM = re.compile(r"(?:[从打]|(?<![亲独各来私擅])自从?)\Z")
_SINCE = re.compile(r"自从?\Z")
_BY = re.compile(r"(?:不晚于|不迟于|最迟|最晚|至迟)[在到于]?\Z")
_FROM_ENDS = frozenset("从打自")  # what ends _FROM
_TAIL_BEGINS = frozenset("下及或之以前后内起开为")  # what begins _TAIL
_BY_ENDS = frozenset("于迟晚在到")  # what ends _BY
_REACH = 5  # characters before a time that are looked at
_TAIL = re.compile(
    r"(?:下班)?(?P<with>[及或])?(?P<before>之前|以前|前(?!天(?!气))(?![往来去台后期景途几线沿述面进锋列夕身]))"
    r"|(?P<also>[及或])?(?P<after>之后|以后|后(?![续期台备勤面天者])"
    r"(?!来(?!考察|访|看|谈|签|我|园|实地|了解|洽谈|投资|一趟|拜访|对接|宜)))"
    r"|(?P<since>以来)|(?P<within>之内|以内|内(?![部外容资地江蒙]))"
    r"|(?P<from>起(?![步来草吊诉重飞点初因始床身航跑价早]))|(?P<begin>开始)|(?P<until>为止)"
)


def found(start: int, end: int, past: Days, ahead: Days, *, deadline: bool = False) -> Found:
    """Return a stretch of days as read backwards and forwards."""
    value = past.value(deadline=deadline)
    other = value if ahead is past else ahead.value(deadline=deadline)
    return Found(start, end, past.entity, value, None if other == value else other)


def opened_from(text: str, start: int) -> int:
    """Return where 从 or 自 before a place begins, or the place."""
    opening = _FROM.search(text, max(0, start - 2), start) if text[start - 1 : start] in _FROM_ENDS else None
    return opening.start() if opening else start


def tail_at(text: str, end: int) -> re.Match[str] | None:
    """Return the words behind a time that bound it."""
    return _TAIL.match(text, end) if text[end : end + 1] in _TAIL_BEGINS else None


def so_far(days: Days) -> Days:
    """Return the year up to the last of some days."""
    last = days.end or date.max
    return Days(date(last.year, 1, 1), last)


def bounded(text: str, atom: Atom, when: When, at: datetime, tail: re.Match[str] | None) -> Found:
    """Return what a time means with the words before it and the tail behind it."""
    opened = opened_from(text, atom.start)
    told = text[atom.start - 1 : atom.start] in _BY_ENDS
    by = _BY.search(text, max(0, atom.start - _REACH), atom.start) if told else None
    if by and not tail:
        last = Days(when.ahead.end, when.ahead.end)
        return found(by.start(), atom.end, last, last, deadline=True)
    if tail is None or tail["until"]:
        since = opened < atom.start and not when.stated and _SINCE.search(text, opened, atom.start)
        return _onwards(opened, atom.end, when) if since else found(atom.start, atom.end, when.past, when.ahead)
    return _with_tail(atom, when, at, tail, opened)


def _with_tail(atom: Atom, when: When, at: datetime, tail: re.Match[str], opened: int) -> Found:
    if tail["before"] or tail["within"]:
        # a deadline is always read forwards
        last = Days(when.ahead.end, when.ahead.end)
        return found(atom.start, tail.end(), last, last, deadline=True)
    if tail["after"] and not tail["also"]:
        ends = when.rest or (when.past.end, when.ahead.end)
        return found(atom.start, tail.end(), *(Days(add_days(end, 1) if end else None, None) for end in ends))
    if tail["since"]:
        return found(opened, tail.end(), *(Days(days.start, at.date()) for days in (when.past, when.past)))
    if tail["also"] or tail["from"] or opened < atom.start:
        return _onwards(opened, tail.end(), when)
    return found(atom.start, atom.end, when.past, when.ahead)


def _onwards(start: int, end: int, when: When) -> Found:
    return found(start, end, Days(when.past.start, None), Days(when.ahead.start, None))
