"""Finds dates, times, money, land, shares, counts and phone numbers in an utterance."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import chain

from bot.parsing.grammar.amounts import find_amounts
from bot.parsing.grammar.codes import find_codes
from bot.parsing.grammar.moments import find_times
from bot.parsing.grammar.shapes import BLOCKED, IMPOSSIBLE, Found
from bot.parsing.grammar.writing import ready
from bot.parsing.mention import Mention
from bot.parsing.normalise import normalise

_TIMES = frozenset(("date", "period", "moment"))
_RANKS = {"phone": 0, IMPOSSIBLE: 2, BLOCKED: 2}  # among readings of one length: phones, times, blocked, amounts


def find_quantities(text: str, at: datetime) -> list[Mention]:
    """Return all quantities and times said in a text, in order, not overlapping; `at` is now and aware."""
    return [_mention(text, one) for one in _read(text, at) if one.entity not in (BLOCKED, IMPOSSIBLE)]


def impossible_dates(text: str, at: datetime) -> list[str]:
    """Return the dates in a text that never are, as said, such as the 30th of February."""
    return [text[one.start : one.end] for one in _read(text, at) if one.entity == IMPOSSIBLE]


def _read(text: str, at: datetime) -> list[Found]:
    normalised = normalise(text)
    plain = ready(text, normalised.text)
    found = _longest(chain(find_codes(plain), find_times(plain, at), find_amounts(plain, at)), len(plain))
    places = (normalised.span(one.start, one.end) for one in found)
    return [replace(one, start=start, end=end) for one, (start, end) in zip(found, places, strict=True)]


def _longest(found: Iterable[Found], length: int) -> list[Found]:
    """Return the longest readings that do not overlap, in text order."""
    taken = bytearray(length)
    kept = []
    for one in sorted(found, key=lambda one: (one.start - one.end, _rank(one), one.start)):
        if taken.find(1, one.start, one.end) < 0:
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _rank(one: Found) -> int:
    return _RANKS.get(one.entity, 1 if one.entity in _TIMES else 3)


def _mention(text: str, found: Found) -> Mention:
    return Mention(found.entity, found.start, found.end, text[found.start : found.end], found.value, found.ahead)
