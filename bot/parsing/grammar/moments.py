"""Puts words of time together: ranges, deadlines, days with clock times."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.parsing.grammar import clock, days, festivals, months, years
from bot.parsing.grammar.arithmetic import add_days
from bot.parsing.grammar.clock import Clock
from bot.parsing.grammar.shapes import BLOCKED, IMPOSSIBLE, Atom, Days, Found, When

RULES = (*days.RULES, *months.RULES, *years.RULES, *festivals.RULES)
_TO = re.compile(r" ?(?:-{1,2}|~|到|至) ?")
_JOIN = re.compile(r"[ ,]?的?")
_SO_FAR = re.compile(r"(?:截至|截止到|截止至|截止|截至到)(?:了)?\Z")
_FROM = re.compile(r"[从自打]\Z")
_DAY_WORDS = re.compile(r"[日号./-]")
# the year after 比 is what is compared with, not what is asked for
_COMPARED = re.compile(r"(?:(?<!占)比|(?<![计])较|相较于|相比于|比起)\Z")
_BESIDE = re.compile(r"[与和同跟]\Z")
_BESIDE_END = re.compile(r"(?:相比|对比|比较|相较|比(?![亚例重特克利如赛分]))")
_UNTIL_NOW = re.compile(r"(?:截至|截止到?|到)?(?:目前|现在|当前)(?:为止)?")
_AFTERWARDS = re.compile(
    r"(?:下班)?(?P<before>之前|以前|前(?![往来去台后期景途几线沿述面进锋列夕身]))"
    r"|(?P<after>之后|以后|后(?![续期台备勤面天者])(?!来(?!考察|访|看|谈|签|我|园|实地|了解|洽谈|投资|一趟|拜访|对接|宜)))|(?P<since>以来)|(?P<within>之内|以内|内(?![部外容资地江蒙]))"
    r"|(?P<from>起|开始)|(?P<until>为止)"
)


def find_times(text: str, at: datetime) -> list[Found]:
    """Return the dates, periods, deadlines and moments that are said in words of the calendar."""
    chars = frozenset(text)
    atoms = _atoms(text, chars, at)
    hours = clock.clocks(text) if not clock.NEEDS.isdisjoint(chars) else []
    return [*_phrases(text, atoms, at, hours), *_bare_hours(text, hours, at), *_to_date(text, chars, at)]


def _atoms(text: str, chars: frozenset[str], at: datetime) -> list[Atom]:
    """Return the longest words of time at each place, in order, not overlapping."""
    found = [
        (match.start(), match.end(), rule, match)
        for rule in RULES
        if not rule.needs.isdisjoint(chars)
        for match in rule.pattern.finditer(text)
    ]
    found.sort(key=lambda item: (item[0], -item[1]))
    atoms: list[Atom] = []
    for start, end, rule, match in found:
        if not atoms or start >= atoms[-1].end:
            atoms.append(_with_part(text, Atom(start, end, rule.read(match, at))))
    return atoms


def _with_part(text: str, atom: Atom) -> Atom:
    """Take in a part of the day that follows a single day (3月18日上午)."""
    if not atom.when or atom.when.part or atom.when.past.start != atom.when.past.end:
        return atom
    part = days.PART_BEHIND.match(text, atom.end)
    return Atom(atom.start, part.end(), replace(atom.when, part=part[1])) if part else atom


def _phrases(text: str, atoms: list[Atom], at: datetime, hours: list[Clock]) -> Iterable[Found]:
    place, said = 0, None
    while place < len(atoms):
        atom, used = _range(text, atoms, place)
        place += used
        if atom.when and atom.when.next_day and said:
            atom = replace(atom, when=_day_after(said, atom.when))
        elif atom.when and atom.when.past.start == atom.when.past.end:
            said = atom.when
        yield _phrase(text, atom, at, hours)


def _day_after(said: When, when: When) -> When:
    past, ahead = (add_days(days.end or date.max, 1) for days in (said.past, said.ahead))
    return replace(when, past=Days(past, past), ahead=Days(ahead, ahead))


def _range(text: str, atoms: list[Atom], place: int) -> tuple[Atom, int]:
    """Return the atom at a place, or the range it opens, and how many atoms that takes."""
    first = atoms[place]
    if place + 1 == len(atoms) or not first.when:
        return first, 1
    second = atoms[place + 1]
    if not second.when or not _TO.fullmatch(text, first.end, second.start):
        return first, 1
    joined = _join(first.when, second.when)
    return (Atom(first.start, second.end, joined), 2) if joined else (first, 1)


def _join(first: When, second: When) -> When | None:
    past, ahead = _until(first.past, second.past, second), _until(first.ahead, second.ahead, second)
    return When(past, ahead, stated=True) if past and ahead else None


def _until(first: Days, second: Days, when: When) -> Days | None:
    if first.start is None:
        return None
    last = when.follow(first.start) if when.follow else second
    if last is None or last.end is None or last.end < first.start:
        return None
    return Days(first.start, last.end)


def _compared(text: str, atom: Atom) -> bool:
    """Tell whether a time is the base of a comparison: 比去年, 与去年相比."""
    before = text[max(0, atom.start - 3) : atom.start]
    if _COMPARED.search(before):
        return True
    return _BESIDE.search(before) is not None and _BESIDE_END.match(text, atom.end) is not None


def _phrase(text: str, atom: Atom, at: datetime, hours: list[Clock]) -> Found:
    when = atom.when
    if when is not None and _compared(text, atom):
        return Found(atom.start, atom.end, BLOCKED)
    if when is None:
        written = _DAY_WORDS.search(text, atom.start, atom.end)
        return Found(atom.start, atom.end, IMPOSSIBLE if written else BLOCKED)
    opening = _SO_FAR.search(text, max(0, atom.start - 4), atom.start)
    if opening:
        tail = _AFTERWARDS.match(text, atom.end)
        end = tail.end() if tail and tail["until"] else atom.end
        return _found(opening.start(), end, _so_far(when.past), _so_far(when.ahead))
    timed = _with_hour(text, atom, when, at, hours)
    if timed:
        return timed
    tail = _AFTERWARDS.match(text, atom.end)
    return _bounded(text, atom, when, at, tail) if tail else _found(atom.start, atom.end, when.past, when.ahead)


def _found(start: int, end: int, past: Days, ahead: Days, *, deadline: bool = False) -> Found:
    value, other = past.value(deadline=deadline), ahead.value(deadline=deadline)
    return Found(start, end, past.entity, value, None if other == value else other)


def _so_far(days: Days) -> Days:
    last = days.end or date.max
    return Days(date(last.year, 1, 1), last)


def _bounded(text: str, atom: Atom, when: When, at: datetime, tail: re.Match[str]) -> Found:
    if tail["before"] or tail["within"]:
        # a deadline is always read forwards
        last = Days(when.ahead.end, when.ahead.end)
        return _found(atom.start, tail.end(), last, last, deadline=True)
    if tail["after"]:
        ends = when.rest or (when.past.end, when.ahead.end)
        return _found(atom.start, tail.end(), *(Days(add_days(end, 1) if end else None, None) for end in ends))
    if tail["since"]:
        return _found(atom.start, tail.end(), *(Days(days.start, at.date()) for days in (when.past, when.past)))
    if tail["from"] and (opening := _FROM.search(text, max(0, atom.start - 1), atom.start)):
        return _found(opening.start(), tail.end(), Days(when.past.start, None), Days(when.ahead.start, None))
    return _found(atom.start, atom.end, when.past, when.ahead)


def _with_hour(text: str, atom: Atom, when: When, at: datetime, hours: list[Clock]) -> Found | None:
    """Return the moment when a clock time follows the day, or stands in its last characters (明天下午|三点)."""
    if when.past.start is None or when.past.start != when.past.end or when.ahead.start is None:
        return None
    hour = _next_hour(atom, hours)
    if hour is None or (hour.weak and hour.part) or not _touches(text, atom, hour):
        return None
    last, end = _hour_range(text, hours, hour)
    start = _FROM.search(text, max(0, atom.start - 1), atom.start) if last else None
    past = _moments(hour, last, when.past.start, at, when.part)
    ahead_day = when.ahead.start
    if when.weekly and at.date() == when.past.start and hour.on(at.date(), at, when.part) > at:
        ahead_day = at.date()
    ahead = _moments(hour, last, ahead_day, at, when.part)
    begin = start.start() if start else atom.start
    tail = _AFTERWARDS.match(text, end)
    end = tail.end() if tail and (tail["before"] or tail["after"]) and not last else end
    return Found(begin, end, "moment", past, None if ahead == past else ahead)


def _next_hour(atom: Atom, hours: list[Clock]) -> Clock | None:
    place = bisect_right(hours, atom.end, key=lambda hour: hour.end)
    return hours[place] if place < len(hours) else None


def _touches(text: str, atom: Atom, hour: Clock) -> bool:
    if hour.start < atom.end:
        return hour.start > atom.start
    return hour.start <= atom.end + 2 and _JOIN.fullmatch(text, atom.end, hour.start) is not None


def _hour_range(text: str, hours: list[Clock], first: Clock) -> tuple[Clock | None, int]:
    place = bisect_right(hours, first.end, key=lambda hour: hour.end)
    if place < len(hours) and _TO.fullmatch(text, first.end, hours[place].start):
        return hours[place], hours[place].end
    return None, first.end


def _moments(first: Clock, last: Clock | None, day: date, at: datetime, part: str) -> Any:
    start = first.on(day, at, part)
    if last is None:
        return start.isoformat()
    end = last.on(day, at, first.part or part)
    if end <= start:
        end += timedelta(hours=12)
    return {"start": start.isoformat(), "end": end.isoformat()}


def _bare_hours(text: str, hours: list[Clock], at: datetime) -> Iterable[Found]:
    """Return clock times without a day: today, or forwards tomorrow when the time has passed."""
    taken = -1
    for hour in hours:
        if hour.start < taken or hour.weak:
            continue
        last, end = _hour_range(text, hours, hour)
        taken = end
        past = _moments(hour, last, at.date(), at, "")
        gone = hour.on(at.date(), at) <= at
        ahead = _moments(hour, last, add_days(at.date(), 1), at, "") if gone else past
        tail = _AFTERWARDS.match(text, end)
        end = tail.end() if tail and (tail["before"] or tail["after"]) and not last else end
        yield Found(hour.start, end, "moment", past, None if ahead == past else ahead)


def _to_date(text: str, chars: frozenset[str], at: datetime) -> Iterable[Found]:
    """Return 截至目前 as this year so far."""
    if chars.isdisjoint("截止"):
        return
    for match in _UNTIL_NOW.finditer(text):
        if match[0].startswith(("截", "到")) or match[0].endswith("为止"):
            days = Days(date(at.year, 1, 1), at.date())
            yield _found(match.start(), match.end(), days, days)
