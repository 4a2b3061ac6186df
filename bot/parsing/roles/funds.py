"""Funds in place: what arrived this time, a running total, what the statistician lets stand."""

from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.amounts import counts_things
from bot.parsing.roles.registry import role
from bot.parsing.spots import Spot

SEVERAL = 2


@role("cumulative", early=1, of=("money",))
def cumulative(piece: Piece, _slot: str) -> Any:
    """Return a running total."""
    start = piece.start
    for spot in piece.spots("money"):
        if _totals(piece, piece.folded[start : spot.start]):
            piece.claim(spot)
            return None if _adds_up(piece, spot) else spot.value
        start = spot.end
    return None


def _adds_up(piece: Piece, total: Spot) -> bool:
    """Tell whether a total is only that of the arrivals said before it: 800万和1200万,共2000万."""
    said = [spot.value.get("min") for spot in piece.spots("money") if spot.start < total.start]
    return len(said) >= SEVERAL and None not in said and sum(said) == total.value.get("min")


def _totals(piece: Piece, lead: str) -> bool:
    """Tell whether the words since the last sum speak of a total: right before it, or with no arrival after that."""
    marks = piece.roles["cumulative_before"]
    if lead.rstrip(piece.roles["loose"]).endswith(marks):
        return True
    said = max(lead.rfind(mark) + len(mark) if mark in lead else -1 for mark in piece.roles["total_marks"])
    rest = lead[said:].removeprefix(piece.roles["funds_word"]) if said >= 0 else ""
    return said >= 0 and not piece.says("arrival_marks", rest)


@role("arrival", of=("money",))
def arrival(piece: Piece, _slot: str) -> Any:
    """Return what came in this time."""
    totals, paid = piece.roles["total_before"], piece.roles["arrived_capital"]
    for spot in piece.spots("money"):
        lead = piece.lead(spot)
        bare = lead.rstrip(piece.roles["loose"])
        beside = (lead.endswith(totals) or bare.endswith(totals)) and not bare.endswith(paid)
        if not beside and not counts_things(piece, spot):
            return piece.claim(spot).value
    return None


@role("verified_sum", of=("money",))
def verified_sum(piece: Piece, _slot: str) -> Any:
    """Return the sum that stands after it was looked at: the last one where a reported one is told too."""
    spots = [spot for spot in piece.spots("money") if not counts_things(piece, spot)]
    chosen = next((spot for spot in spots if _decided(piece, spot)), None) or (spots[-1] if spots else None)
    return piece.claim(chosen).value if chosen else None


def _decided(piece: Piece, spot: Spot) -> bool:
    lead = piece.folded[piece.start : spot.start].rstrip(piece.roles["loose"])
    return lead.endswith(piece.roles["verified_before"])
