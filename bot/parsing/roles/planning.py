"""When a milestone was reached, or is announced for."""

import re
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.ahead import done
from bot.parsing.roles.records import nearer_ahead, soon_or_long_ago
from bot.parsing.roles.registry import role
from bot.parsing.roles.times import DAYS, day_value, heads
from bot.parsing.spots import Spot

_PUT_OFF = frozenset(("delay", "stage_promised", "put_to_later"))  # the later of two days is meant
SEVERAL = 2
TELLING_REACH = 5  # characters between a day and a word of telling
DUE = 120  # days ahead that a day said of a milestone still to come may lie


@role("planned_milestone", early=1)
def planned_milestone(piece: Piece, _slot: str) -> Any:
    """Return true for a milestone announced for later."""
    if put_off(piece) and not _PUT_OFF & piece.features:
        piece.ahead = not _reached(piece, piece.spots(*DAYS)[-1])
        return piece.ahead or None
    spot = next(iter(told_days(piece)), None)
    value = day_value(spot, ahead=False) if spot else None
    coming = bool(value and value["start"] and value["start"] > piece.at.date().isoformat())
    soon = "soon_stage" in piece.features
    shifted = bool({"forecast_word", "delay"} & piece.features) and not {"reach"} & piece.features
    later = bool({"delay", "put_to_later"} & piece.features)
    piece.ahead = coming or soon or (shifted and "le" not in piece.features) or later
    if spot is not None and _announced(piece, spot):
        piece.ahead = True
    return True if piece.ahead else None


def _announced(piece: Piece, spot: Spot) -> bool:
    """Tell whether the words around a day say that it is still to come."""
    awaited = {"stage_denied", "stage_promised"} & piece.features
    foretold = piece.lead(spot).endswith(piece.roles["foretold_by"])  # 预计6月20日封顶
    if bool(awaited) or foretold or nearer_ahead(piece, spot) or _said_to_come(piece, spot):
        return True
    return _due(piece, spot) or _agreed(piece, spot)


def _agreed(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day that may be to come is what was agreed right before: 松口了,9月份投产."""
    before = piece.folded[piece.start : piece.clause_of(spot)[1][0].start]
    agreed = re.search(piece.roles["agreed_then"], before)
    return bool(agreed) and spot.ahead not in (None, spot.value) and not _reached(piece, spot)


def _said_to_come(piece: Piece, spot: Spot) -> bool:
    """Tell whether they said they would come to do it: 他们说端午节后过来签约."""
    clause = piece.clause_of(spot)[1]
    said = any(token.text in piece.roles["saying"] and token.end <= spot.start for token in clause)
    return said and piece.rest(spot).startswith(piece.roles["coming"]) and not done(piece, clause)


def _due(piece: Piece, spot: Spot) -> bool:
    """Tell whether a milestone of a day soon to come or long ago is not said to be over: 定了,5月份投产."""
    clause = piece.clause_of(spot)[1]
    stages = [token for token in clause if token.entity == "stage" and token.start >= spot.end]
    if not stages or not soon_or_long_ago(piece, spot, DUE):
        return False
    return not _reached(piece, spot)


def _reached(piece: Piece, spot: Spot) -> bool:
    """Tell whether the clause of a day says that the milestone is reached: 5月投的产, 3月16号才开工的."""
    clause = piece.clause_of(spot)[1]
    stages = [token for token in clause if token.entity == "stage"]
    behind = piece.folded[stages[0].end : clause[-1].end] if stages else ""
    over = any(_over(piece, token.text) for token in stages) or behind.startswith(piece.roles["over_tails"])
    return over or done(piece, clause)


def _over(piece: Piece, words: str) -> bool:
    """Tell whether a word for a milestone says itself that it is reached: 开了工, 投的产."""
    return piece.says("over_marks", words)


@role("milestone_day")
def milestone_day(piece: Piece, _slot: str) -> Any:
    """Return when a milestone was reached or is announced for; the later of two days where it was put off."""
    spots = told_days(piece)
    if put_off(piece) and len(spots) > 1:
        return day_value(piece.claim(spots[-1]), ahead=piece.ahead or bool(_PUT_OFF & piece.features))
    value = day_value(piece.claim(spots[0]), ahead=piece.ahead) if spots else None
    since = value and value["end"] is None and spots[0].text.endswith(piece.roles["since_words"])
    return {**value, "end": value["start"]} if value and since else value


def put_off(piece: Piece) -> bool:
    """Tell whether a milestone was put off: what was planned once, and another day now."""
    if _PUT_OFF & piece.features:
        return True
    spots = piece.spots(*DAYS)
    if len(spots) < SEVERAL:
        return False
    once = piece.says("once_planned", piece.lead(spots[0]))
    return once and piece.says("planned_now", piece.lead(spots[-1]))


def told_days(piece: Piece) -> list[Spot]:
    """Return the days said of a milestone: not that of a later clause about something else, 建成了,下周剪彩."""
    spots = [spot for spot in piece.spots(*DAYS) if not _after_stage(piece, spot)]
    spots = [spot for spot in spots if not _of_telling(piece, spot)] or spots
    spots = _beside_stage(piece, spots[1:] if len(spots) > 1 and heads(piece, spots[0], spots[1]) else spots)
    stages = [token.start for token in piece.tokens if token.entity == "stage"]
    if not stages or put_off(piece):
        return spots
    last = piece.clause_of(next(t.spot for t in piece.tokens if t.start == stages[-1] and t.spot))[0]
    return [spot for spot in spots if piece.clause_of(spot)[0] <= last or not _comes(piece, spot) or _bare(piece, spot)]


def _beside_stage(piece: Piece, spots: list[Spot]) -> list[Spot]:
    """Return the days without that of a clause before the milestone's, which has its own: 昨天过问了。3月9日领的证."""
    clause = next((number for number, words in enumerate(piece.clauses) if any(t.entity == "stage" for t in words)), 0)
    own = [spot for spot in spots if piece.clause_of(spot)[0] == clause]
    return [spot for spot in spots if spot in own or piece.clause_of(spot)[0] > clause] if own else spots


def _of_telling(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day is that of the telling: 老板昨天来电话说下月开工."""
    rest = piece.rest(spot)[:TELLING_REACH]
    told = piece.says("saying", rest) or piece.says("hearing", rest)
    return told and not any(
        token.entity == "stage" and spot.end <= token.start < spot.end + TELLING_REACH for token in piece.tokens
    )


def _after_stage(piece: Piece, spot: Spot) -> bool:
    """Tell whether days are counted from a milestone told of: 停工两周后昨天复工."""
    behind = spot.text.endswith(piece.roles["after_words"]) and len(piece.spots(*DAYS)) > 1
    return behind and any(token.entity == "stage" and token.end == spot.start for token in piece.tokens)


def _comes(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day is still to come."""
    value = day_value(spot, ahead=False)
    return bool(value and str(value["start"]) > piece.at.date().isoformat())


def _bare(piece: Piece, spot: Spot) -> bool:
    """Tell whether a clause says a day and nothing else: 时间是3月5日."""
    words = [token.text for token in piece.clause_of(spot)[1] if token.entity not in DAYS]
    return all(word in piece.roles["day_words"] or not word.isalnum() for word in words)
