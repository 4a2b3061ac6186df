"""Whether words put down what is still to come: 先挂上, 提前报备."""

from bot.parsing.piece import Piece
from bot.parsing.roles.times import day_value, part_of_day
from bot.parsing.spots import Spot


def put_down(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day still to come, or a part of today, is put down beforehand: 下午跟铭诚约了个会,先挂上."""
    said = piece.said
    if not any(mark in said for mark in piece.roles["plan_marks"]):
        return False
    start = str((day_value(spot, ahead=True) or {}).get("start") or "")
    today, part = piece.at.date().isoformat(), part_of_day(piece, [spot.text])
    later = start == today and part is not None and int(part["hour"]) > piece.at.hour
    return (start > today or later) and not _done(piece, spot)


def _done(piece: Piece, spot: Spot) -> bool:
    """Tell whether the clause of a day says that it is over; 约了 only says that it was agreed."""
    past, agreed = tuple(piece.roles["past_words"]), piece.roles["agreed_words"]
    words = [token.text for token in piece.clause_of(spot)[1] if token.spot is None]
    return any(word.endswith(past) for word in words) and not any(word.startswith(agreed) for word in words)
