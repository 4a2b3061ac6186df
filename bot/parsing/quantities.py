"""Finds dates, times, money, land, shares, counts and phone numbers in an utterance."""

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from bot.parsing.grammar.amounts import find_amounts
from bot.parsing.grammar.codes import find_codes
from bot.parsing.grammar.moments import find_times
from bot.parsing.grammar.shapes import BLOCKED, Found
from bot.parsing.mention import Mention
from bot.parsing.normalise import normalise

_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d)")
_FIRST = {"phone": 0, BLOCKED: 2}  # of two readings of one length: phone, words of time, blocked, amounts
_TIMES = frozenset(("date", "period", "moment"))


def find_quantities(text: str, at: datetime) -> list[Mention]:
    """Return all quantities and times said in a text, in order, not overlapping; `at` is now and aware."""
    normalised = normalise(text)
    plain = normalised.text
    # between digits a full-width comma parts clauses, a half-width one may group thousands
    for comma in _WIDE_COMMA.finditer(text):
        plain = plain[: comma.start()] + "，" + plain[comma.end() :]
    found = _longest(chain(find_codes(plain), find_times(plain, at), find_amounts(plain, at)), len(plain))
    return [_mention(text, one, normalised.span(one.start, one.end)) for one in found]


def _longest(found: Iterable[Found], length: int) -> list[Found]:
    """Return the longest readings that do not overlap, in text order, without the blocked ones."""
    taken = bytearray(length)
    kept = []
    for one in sorted(found, key=lambda one: (one.start - one.end, _rank(one), one.start)):
        if taken.find(1, one.start, one.end) < 0:
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            kept.append(one)
    return sorted((one for one in kept if one.entity != BLOCKED), key=lambda one: one.start)


def _rank(one: Found) -> int:
    return _FIRST.get(one.entity, 1 if one.entity in _TIMES else 3)


def _mention(text: str, found: Found, span: tuple[int, int]) -> Mention:
    start, end = span
    return Mention(found.entity, start, end, text[start:end], found.value, found.ahead)
