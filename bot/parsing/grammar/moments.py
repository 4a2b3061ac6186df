"""Puts words of time together: ranges, deadlines, days with clock times."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime

from bot.parsing.grammar import calendar_days, clock, days, festivals, months, stretches, written, years
from bot.parsing.grammar.arithmetic import add_days
from bot.parsing.grammar.bounding import bounded, found, so_far, tail_at
from bot.parsing.grammar.clock import Clock
from bot.parsing.grammar.hours import across, bare_hours, with_hour
from bot.parsing.grammar.ranges import range_at
from bot.parsing.grammar.shapes import BLOCKED, IMPOSSIBLE, Atom, Days, Found, Rule, When

RULES = (
    *days.RULES,
    *calendar_days.RULES,
    *written.RULES,
    *months.RULES,
    *years.RULES,
    *festivals.RULES,
    *stretches.RULES,
)
_BY_FIRST = {
    char: [number for number, rule in enumerate(RULES) if char in rule.first]
    for char in frozenset().union(*(rule.first for rule in RULES))
}
_FIRST = frozenset(_BY_FIRST)
_UP_TO_NOW = frozenset("截止")  # one of them is wherever _UNTIL_NOW tells
# all that is asked of what a text shows
NEEDS = _FIRST.union(clock.NEEDS, _UP_TO_NOW, *(needed for rule in RULES for needed in rule.others))
_SO_FAR = re.compile(r"(?:截至|截止到|截止至|截止|截至到)(?:了)?\Z")
_LISTED = re.compile(r" ?[,、和及] ?")
_UP_TO = re.compile(r"[到至]\Z")
_DAY_WORDS = re.compile(r"[日号./-]")
# the year after 比 is what is compared with, not what is asked for
_COMPARED = re.compile(r"(?:(?<!占)比|(?<![计])较|相较于|相比于|比起)\Z")
_BESIDE = re.compile(r"[与和同跟]\Z")
_COMPARING = frozenset("比较于起与和同跟")  # what both end in
_BESIDE_END = re.compile(r"(?:相比|对比|比较|相较|比(?![亚例重特克利如赛分]))")
_NOW, _LONGEST_NOW = re.compile(r"现在|此时|此刻|当前|目前|这会儿?"), 4
_UNTIL_NOW = re.compile(r"(?:截至|截止到?|到)?(?:目前|现在|当前)(?:为止)?")


def find_times(text: str, shown: AbstractSet[str], at: datetime) -> list[Found]:
    """Return the dates, periods, deadlines and moments said in words of the calendar; `shown` is of NEEDS."""
    atoms = _atoms(text, shown, at)
    hours = clock.clocks(text) if not clock.NEEDS.isdisjoint(shown) else []
    said = list(_phrases(text, atoms, at, hours))
    if hours:
        said = across(text, [*said, *_uncovered(said, bare_hours(text, hours, at, said))], at)
    return [*said, *_to_date(text, shown, at), *_now(text, at)]


def _uncovered(said: list[Found], hours: Iterable[Found]) -> Iterable[Found]:
    starts = [one.start for one in said]
    for hour in hours:
        place = bisect_right(starts, hour.start) - 1
        if place < 0 or said[place].end < hour.end:
            yield hour


def _now(text: str, at: datetime) -> Iterable[Found]:
    """Return 现在 as this moment when it is all that is said."""
    if len(text) <= _LONGEST_NOW and _NOW.fullmatch(text):
        yield Found(0, len(text), "moment", at.isoformat())


def _atoms(text: str, shown: AbstractSet[str], at: datetime) -> list[Atom]:
    """Return the longest words of time at each place, in order, not overlapping."""
    matches = [
        (match.start(), match.end(), rule, match) for rule in _rules_for(shown) for match in rule.pattern.finditer(text)
    ]
    if len(matches) > 1:
        matches.sort(key=lambda item: (item[0], -item[1]))
    atoms: list[Atom] = []
    for start, end, rule, match in matches:
        if not atoms or start >= atoms[-1].end:
            atoms.append(_with_part(text, Atom(start, end, rule.read(match, at))))
    return atoms


def _rules_for(shown: AbstractSet[str]) -> Iterable[Rule]:
    """Return, in their order, the rules that a text showing these characters and pairs may follow."""
    numbers = {number for one in _FIRST & shown for number in _BY_FIRST[one]}
    return [RULES[number] for number in sorted(numbers) if RULES[number].may_stand_in(shown)]


def _with_part(text: str, atom: Atom) -> Atom:
    """Take in the weekday and the part of the day behind a single day (3月18日(周三)上午)."""
    if not atom.when or atom.when.part or atom.when.past.start != atom.when.past.end:
        return atom
    if text[atom.end : atom.end + 1] not in days.BEHIND:
        return atom
    atom = days.with_date(text, days.with_weekday(text, atom, atom.when), atom.when)
    part = days.PART_BEHIND.match(text, atom.end)
    return Atom(atom.start, part.end(), replace(atom.when, part=part[1])) if part and atom.when else atom


def _phrases(text: str, atoms: list[Atom], at: datetime, hours: list[Clock]) -> Iterable[Found]:
    place, end, said = 0, 0, None
    while place < len(atoms):
        atom, used = range_at(text, atoms, place)
        place += used
        if atom.when and atom.when.closing:
            continue
        if atom.when and atom.when.listed and said and _LISTED.fullmatch(text, end, atom.start):
            atom = replace(atom, when=_following(said, atom.when))
        end = atom.end
        if atom.when and atom.when.next_day and said:
            atom = replace(atom, when=_day_after(said, atom.when))
        elif atom.when and atom.when.days_before and said:
            atom = replace(atom, when=_day_before(said, atom.when))
        elif atom.when and atom.when.past.start == atom.when.past.end:
            said = atom.when
        yield _phrase(text, atom, at, hours)


def _following(said: When, when: When) -> When:
    """Return the day of the month that comes next after one listed before it: 9月10号,11号."""
    if not when.follow or not said.past.end or not said.ahead.end:
        return when
    past, ahead = when.follow(said.past.end), when.follow(said.ahead.end)
    return replace(when, past=past, ahead=ahead) if past and ahead else when


def _day_after(said: When, when: When) -> When:
    past, ahead = (add_days(days.end or date.max, 1) for days in (said.past, said.ahead))
    return replace(when, past=Days(past, past), ahead=Days(ahead, ahead))


def _day_before(said: When, when: When) -> When:
    past, ahead = (add_days(days.start or date.max, -when.days_before) for days in (said.past, said.ahead))
    return replace(when, past=Days(past, past), ahead=Days(ahead, ahead))


def _compared(text: str, atom: Atom) -> bool:
    """Tell whether a time is the base of a comparison: 比去年, 与去年相比."""
    if text[atom.start - 1 : atom.start] not in _COMPARING:
        return False
    before = text[max(0, atom.start - 3) : atom.start]
    if _COMPARED.search(before):
        return True
    return _BESIDE.search(before) is not None and _BESIDE_END.match(text, atom.end) is not None


def _phrase(text: str, atom: Atom, at: datetime, hours: list[Clock]) -> Found:
    when = atom.when
    if when is not None and _compared(text, atom):
        return Found(atom.start, atom.end, BLOCKED)
    if when is None:
        dated = _DAY_WORDS.search(text, atom.start, atom.end)
        return Found(atom.start, atom.end, IMPOSSIBLE if dated else BLOCKED)
    so_said = text.find("截", max(0, atom.start - 4), atom.start) >= 0
    opening = _SO_FAR.search(text, max(0, atom.start - 4), atom.start) if so_said else None
    tail = tail_at(text, atom.end)
    if opening is None and tail and tail["until"]:
        opening = _UP_TO.search(text, max(0, atom.start - 1), atom.start)
    if opening:
        end = tail.end() if tail and tail["until"] else atom.end
        return found(opening.start(), end, so_far(when.past), so_far(when.ahead))
    return with_hour(text, atom, when, at, hours) or bounded(text, atom, when, at, tail)


def _to_date(text: str, shown: AbstractSet[str], at: datetime) -> Iterable[Found]:
    """Return 截至目前 as this year so far."""
    if shown.isdisjoint(_UP_TO_NOW):
        return
    for match in _UNTIL_NOW.finditer(text):
        if match[0].startswith(("截", "到")) or match[0].endswith("为止"):
            days = Days(date(at.year, 1, 1), at.date())
            yield found(match.start(), match.end(), days, days)
