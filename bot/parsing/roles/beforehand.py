"""How long before something a reminder rings: 明天三点开会,提前半小时提醒我."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.quantities import find_quantities
from bot.parsing.spots import Spot, from_mention

_LENGTH = re.compile(r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?")


def rings_before(piece: Piece) -> tuple[Spot, int, dt.timedelta] | None:
    """Return the stretch left between the ring and what it is for, and where its words begin."""
    for spot in piece.mentions:
        length = _LENGTH.fullmatch(str(spot.value)) if spot.entity == "duration" else None
        word = next((one for one in piece.roles["ahead_by"] if piece.lead(spot).endswith(one)), "") if length else ""
        if length and word:
            stretch = dt.timedelta(**{unit: int(n) for unit, n in length.groupdict().items() if n})
            return spot, spot.start - len(word), stretch
    return None


def earlier(piece: Piece, moment: str) -> str:
    """Return the moment to ring at, or the day, so long before the one of the matter itself."""
    before = rings_before(piece)
    if before is None:
        return moment
    piece.claim(before[0])
    if len(moment) == len("2026-03-18"):
        return (dt.date.fromisoformat(moment) - before[2]).isoformat()
    return (dt.datetime.fromisoformat(moment) - before[2]).isoformat()


def rung_before(piece: Piece, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the slots of a reminder with when it rings, so long before what was told of before it."""
    told = piece.text[: piece.start]
    said = [one for one in find_quantities(told, piece.at) if one.entity in ("date", "moment")]
    if rings_before(piece) is None or not said:
        return dict(slots)
    value = from_mention(said[-1]).leaning(ahead=True)
    value = value["start"] if isinstance(value, Mapping) else value
    if said[-1].entity == "moment":
        when: dict[str, Any] = {"moment": earlier(piece, value)}
    else:
        when = {"date": dict.fromkeys(("start", "end"), earlier(piece, value))}
    matter = told.replace(said[-1].text, "").strip(piece.roles["trim"])
    return {**when, "text": slots.get("text") or matter, **slots}
