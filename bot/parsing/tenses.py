"""Which of two days a date without a year means where it stands: the one a slot took, else as its clause speaks."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.parsing.intents import IntentSpec
from bot.parsing.mention import Mention
from bot.parsing.mentions import DATES, Found
from bot.parsing.reading import Command
from bot.parsing.spots import Spot

FAR = 250  # days: what lies further ahead is meant only where the words before it say so
NEARER = 4  # how often nearer the day gone by must be for plan words behind it not to count

Days = tuple[dt.date | None, dt.date | None]


class Tenses:
    """Shows every date as its command or, where none took it, its clause means it."""

    def __init__(self, roles: Mapping[str, Any], intents: Mapping[str, IntentSpec]) -> None:
        self._roles = roles
        self._intents = intents

    def shown(self, found: Found, commands: Sequence[Command], today: dt.date) -> tuple[Mention, ...]:
        """Return the mentions of an utterance, dates as meant."""
        mentions = [spot.mention() for spot in found.spots]
        either = [(spot, mention) for spot, mention in zip(found.spots, mentions, strict=True) if _either(spot)]
        if either:
            taken = {days for command in commands for days in _taken(command.slots)}
            asked = bool(commands) and all(command.question for command in commands)
            planned = bool(commands) and all(self._intents[command.intent].ahead for command in commands)
            for spot, mention in either:
                slot = (_days(spot.ahead) in taken) - (_days(spot.value) in taken)
                if slot == 0:
                    slot = comes(found.folded, spot, today, self._roles, asked=asked, planned=planned)
                if slot > 0:
                    mention.value = spot.ahead
        return tuple(mentions)


def comes(
    folded: str, spot: Spot, today: dt.date, roles: Mapping[str, Any], *, asked: bool = False, planned: bool = False
) -> bool:
    """Tell whether the clause of a date that may mean two days speaks of the one still to come."""
    if not _either(spot):
        return False
    before, after = _around(folded, spot, roles["separators"])
    if re.search(roles["done_before"], before) or re.match(roles["done_after"], after):
        return False
    if planned or re.search(roles["ahead_before"], before):
        return True
    gone, ahead = _days(spot.value), _days(spot.ahead)
    since = (today - (gone[1] or gone[0] or today)).days
    until = ((ahead[0] or ahead[1] or today) - today).days
    if re.search(roles["ahead_after"], after) and until < since * NEARER:
        return True
    return not asked and until < since and until <= FAR


def _either(spot: Spot) -> bool:
    return spot.ahead is not None and spot.entity in DATES


def _around(folded: str, spot: Spot, marks: Collection[str]) -> tuple[str, str]:
    """Return the words of the clause before a date and after it."""
    start, end = spot.start, spot.end
    while start and folded[start - 1] not in marks:
        start -= 1
    while end < len(folded) and folded[end] not in marks:
        end += 1
    return folded[start : spot.start], folded[spot.end : end]


def _taken(slots: Mapping[str, Any]) -> Iterator[Days]:
    """Yield the days of all slots."""
    for value in slots.values():
        if isinstance(value, str) or (isinstance(value, Mapping) and "start" in value):
            days = _days(value)
            if days != (None, None):
                yield days
        elif isinstance(value, Mapping):
            yield from _taken(value)


def _days(value: Any) -> Days:
    """Return the first and last day of a date, a period, a moment or a clock span."""
    start, end = (value.get("start"), value.get("end")) if isinstance(value, Mapping) else (value, value)
    return _day(start), _day(end)


def _day(said: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said[:10]) if isinstance(said, str) else None
    except ValueError:
        return None
