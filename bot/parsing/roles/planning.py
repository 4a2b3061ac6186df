"""Which milestones are announced for later."""

from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.records import done, nearer_ahead, soon_or_long_ago
from bot.parsing.roles.registry import role
from bot.parsing.roles.times import day_value, told_days
from bot.parsing.spots import Spot

DUE = 120  # days ahead that a day said of a milestone still to come may lie


@role("planned_milestone", early=1)
def planned_milestone(piece: Piece, _slot: str) -> Any:
    """Return true for a milestone announced for later."""
    spot = next(iter(told_days(piece)), None)
    value = day_value(spot, ahead=False) if spot else None
    coming = bool(value and value["start"] and value["start"] > piece.at.date().isoformat())
    soon = "soon_stage" in piece.features
    shifted = bool({"forecast_word", "delay"} & piece.features) and not {"reach"} & piece.features
    piece.ahead = coming or soon or (shifted and "le" not in piece.features) or "delay" in piece.features
    if spot is not None and _announced(piece, spot):
        piece.ahead = True
    return True if piece.ahead else None


def _announced(piece: Piece, spot: Spot) -> bool:
    """Tell whether the words around a day say that it is still to come."""
    awaited = {"stage_denied", "stage_promised"} & piece.features
    foretold = piece.lead(spot).endswith(tuple(piece.roles["foretold_by"]))  # 预计6月20日封顶
    return bool(awaited) or foretold or nearer_ahead(piece, spot) or _said_to_come(piece, spot) or _due(piece, spot)


def _said_to_come(piece: Piece, spot: Spot) -> bool:
    """Tell whether they said they would come to do it: 他们说端午节后过来签约."""
    clause = piece.clause_of(spot)[1]
    said = any(token.text in piece.roles["saying"] and token.end <= spot.start for token in clause)
    return said and piece.rest(spot).startswith(tuple(piece.roles["coming"])) and not done(piece, clause)


def _due(piece: Piece, spot: Spot) -> bool:
    """Tell whether a milestone of a day soon to come or long ago is not said to be over: 定了,5月份投产."""
    clause = piece.clause_of(spot)[1]
    stages = [token for token in clause if token.entity == "stage" and token.start >= spot.end]
    if not stages or not soon_or_long_ago(piece, spot, DUE):
        return False
    behind = piece.folded[stages[0].end : clause[-1].end]
    over = _over(piece, stages[0].text) or behind.startswith(tuple(piece.roles["over_tails"]))
    return not over and not done(piece, clause)


def _over(piece: Piece, words: str) -> bool:
    """Tell whether a word for a milestone says itself that it is reached: 开了工, 投的产."""
    return any(mark in words for mark in piece.roles["over_marks"])
