"""Whether words put down what is still to come, 先挂上, or say that it is over."""

from collections.abc import Sequence

from bot.parsing.piece import Piece
from bot.parsing.roles.times import day_value, part_of_day
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token


def put_down(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day still to come, or a part of today, is put down beforehand: 下午跟铭诚约了个会,先挂上."""
    if not piece.says("plan_marks"):
        return False
    start = str((day_value(spot, ahead=True) or {}).get("start") or "")
    today, part = piece.at.date().isoformat(), part_of_day(piece, [spot.text])
    later = start == today and part is not None and int(part["hour"]) > piece.at.hour
    return (start > today or later) and not done(piece, piece.clause_of(spot)[1])


def done(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether a clause says that something is over; 约了 and 约|了 only say that it was agreed."""
    past, agreed = piece.roles["past_words"], piece.roles["agreed_words"]
    pairs = zip((None, *clause), clause, strict=False)
    over = [(one, two) for one, two in pairs if two.spot is None and two.text.endswith(past)]
    return any(not two.text.startswith(agreed) and (one is None or one.text not in agreed) for one, two in over)
