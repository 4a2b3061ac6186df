"""Clock times on a day said with them, and on none; spans of the clock, also across days."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.parsing.grammar.arithmetic import add_days
from bot.parsing.grammar.bounding import opened_from, tail_at
from bot.parsing.grammar.clock import Clock
from bot.parsing.grammar.ranges import TO
from bot.parsing.grammar.shapes import Atom, Found, When

_JOIN = re.compile(r"[ ,-]?的?(?:大?约|大概)?")

_FROM_NOW = re.compile(r"从?现在(?:起|开始)?[到至]\Z")


def with_hour(text: str, atom: Atom, when: When, at: datetime, hours: list[Clock]) -> Found | None:
    """Return the moment when a clock time follows the day, or stands in its last characters (明天下午|三点)."""
    if not hours or when.past.start is None or when.past.start != when.past.end or when.ahead.start is None:
        return None
    hour = _next_hour(atom, hours)
    if hour is None or (hour.weak and hour.part) or not _touches(text, atom, hour):
        return None
    last, end = _range(text, hours, hour)
    past = _moments(hour, last, when.past.start, at, when.part)
    ahead_day = when.ahead.start
    if when.weekly and at.date() == when.past.start and hour.on(at.date(), at, when.part) > at:
        ahead_day = at.date()
    ahead = _moments(hour, last, ahead_day, at, when.part)
    begin = opened_from(text, atom.start) if last else atom.start
    return Found(begin, _tail(text, end, last), "moment", past, None if ahead == past else ahead)


def bare_hours(text: str, hours: list[Clock], at: datetime, said: Sequence[Found]) -> Iterable[Found]:
    """Return clock times without a day: that of the moment said before, today, or tomorrow when the time has passed."""
    taken = -1
    for hour in hours:
        if hour.start < taken or hour.weak:
            continue
        last, end = _range(text, hours, hour)
        taken = end
        day = _day_before(hour, at, said)
        if day:
            yield Found(hour.start, _tail(text, end, last), "moment", _moments(hour, last, day, at, ""))
            continue
        past = _moments(hour, last, at.date(), at, "")
        gone = hour.on(at.date(), at) <= at
        ahead = _moments(hour, last, add_days(at.date(), 1), at, "") if gone else past
        yield Found(hour.start, _tail(text, end, last), "moment", past, None if ahead == past else ahead)


def _day_before(hour: Clock, at: datetime, said: Sequence[Found]) -> date | None:
    """Return the day to come of an earlier hour said right before: 明早8点出发,9点半座谈."""
    before = [one for one in said if one.end <= hour.start and one.entity in ("date", "period", "moment")]
    value = before[-1].value if before and before[-1].entity == "moment" and before[-1].ahead is None else None
    if not isinstance(value, str) or datetime.fromisoformat(value).date() <= at.date():
        return None
    day = datetime.fromisoformat(value).date()
    return day if hour.on(day, at) > datetime.fromisoformat(value) else None


def across(text: str, found: list[Found], at: datetime) -> list[Found]:
    """Join a moment to the one it lasts until: 昨天下午两点到明天四点, 从现在到八点."""
    joined: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if isinstance(one.value, str) and (now := _FROM_NOW.search(text, max(0, one.start - 7), one.start)):
            span = _between(at.isoformat(), one.ahead or one.value)
            joined.append(Found(now.start(), one.end, "moment", span) if span else one)
            continue
        first = joined[-1] if joined else None
        if first and isinstance(first.value, str) and isinstance(one.value, str):
            value = _between(first.value, one.value) if TO.fullmatch(text, first.end, one.start) else None
            if value:
                ahead = _between(first.ahead or first.value, one.ahead or one.value)
                joined[-1] = Found(first.start, one.end, "moment", value, None if ahead == value else ahead)
                continue
        joined.append(one)
    return joined


def _between(start: str, end: str) -> dict[str, str] | None:
    return {"start": start, "end": end} if start < end else None


def _tail(text: str, end: int, last: Clock | None) -> int:
    tail = tail_at(text, end)
    return tail.end() if tail and (tail["before"] or tail["after"]) and not last else end


def _next_hour(atom: Atom, hours: list[Clock]) -> Clock | None:
    place = bisect_right(hours, atom.end, key=lambda hour: hour.end)
    return hours[place] if place < len(hours) else None


def _touches(text: str, atom: Atom, hour: Clock) -> bool:
    if hour.start < atom.end:
        return hour.start > atom.start
    return hour.start <= atom.end + 4 and _JOIN.fullmatch(text, atom.end, hour.start) is not None


def _range(text: str, hours: list[Clock], first: Clock) -> tuple[Clock | None, int]:
    place = bisect_right(hours, first.end, key=lambda hour: hour.end)
    if place < len(hours) and TO.fullmatch(text, first.end, hours[place].start):
        return hours[place], hours[place].end
    return None, first.end


def _moments(first: Clock, last: Clock | None, day: date, at: datetime, part: str) -> Any:
    if last is None and first.first is not None:
        first, last = replace(first, hour=first.first, minute=0), first
    start = first.on(day, at, part)
    if last is None:
        return start.isoformat()
    end = last.on(day, at, first.part or part)
    if end <= start:
        end += timedelta(hours=24 if last.part or last.literal else 12)
    return {"start": start.isoformat(), "end": end.isoformat()}
