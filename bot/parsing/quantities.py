"""Finds dates, times, money, land, shares, counts and phone numbers in an utterance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter, le

from bot.parsing.grammar import codes, moments
from bot.parsing.grammar.alone import find_alone, read_alone
from bot.parsing.grammar.amounts import find_amounts
from bot.parsing.grammar.codes import find_codes
from bot.parsing.grammar.moments import find_times
from bot.parsing.grammar.shapes import BLOCKED, IMPOSSIBLE, Found, shown_in
from bot.parsing.grammar.writing import ready, squeezed
from bot.parsing.mention import Mention
from bot.parsing.normalise import normalise
from bot.parsing.spots import Spot

_TIMES = frozenset(("date", "period", "moment"))
_RANKS = {"phone": 0, IMPOSSIBLE: 2, BLOCKED: 2}  # among readings of one length: phones, times, blocked, amounts
_TELLING = codes.NEEDS | moments.NEEDS  # characters and pairs that tell what may be found in a text
_start, _end = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Quantities:
    """All quantities and times said in a text, in order, not overlapping; and dates that never are, as said."""

    spots: list[Spot]
    impossible: tuple[str, ...]


def read_quantities(text: str, at: datetime) -> Quantities:
    """Return the quantities and times said in a text; `at` is now and aware."""
    plain = ready(text, normalise(text).text)  # every character in its place
    found = _find(plain, at)
    never = tuple(text[one.start : one.end] for one in found if one.entity == IMPOSSIBLE)
    return Quantities([_spot(text, one) for one in found if one.entity not in (BLOCKED, IMPOSSIBLE)], never)


def find_quantities(text: str, at: datetime) -> list[Mention]:
    """Return the quantities and times said in a text, in order, not overlapping."""
    return [spot.mention() for spot in read_quantities(text, at).spots]


def _find(plain: str, at: datetime) -> list[Found]:
    if " " in plain:
        tight, places = squeezed(plain)
        found = [replace(one, start=places[one.start], end=places[one.end - 1] + 1) for one in _read(tight, at)]
    else:
        found = _read(plain, at)
    alone = read_alone(plain)
    return [alone] if alone and (not found or alone.end - alone.start > found[0].end - found[0].start) else found


def _read(plain: str, at: datetime) -> list[Found]:
    shown = shown_in(plain, _TELLING)
    found = (
        *find_codes(plain, shown),
        *find_times(plain, shown, at),
        *find_amounts(plain, at),
        *find_alone(plain),
    )
    return _longest(found, len(plain))


def _longest(found: Sequence[Found], length: int) -> list[Found]:
    """Return the longest readings that do not overlap, in text order."""
    ordered = sorted(found, key=_start)
    if all(map(le, map(_end, ordered), map(_start, ordered[1:]))):
        return ordered  # as mostly: none overlaps the next
    taken = bytearray(length)
    kept = []
    for one in sorted(found, key=lambda one: (one.start - one.end, _rank(one), one.start)):
        if taken.find(1, one.start, one.end) < 0:
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=_start)


def _rank(one: Found) -> int:
    return _RANKS.get(one.entity, 1 if one.entity in _TIMES else 3)


def _spot(text: str, found: Found) -> Spot:
    return Spot(found.entity, found.start, found.end, text[found.start : found.end], found.value, found.ahead)
