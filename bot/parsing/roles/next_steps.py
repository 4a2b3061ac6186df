"""The agreed next step: its day, told from that of the visit."""

from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.registry import role
from bot.parsing.roles.times import DAYS, REACH, SOONEST, day_value, part_of_day
from bot.parsing.spots import Spot

MUST_REACH = 4  # words after a deadline in which the meeting is named
MOST = 20  # times of one command looked at
_TOLD = frozenset(("enterprise", "contact", "person", "project", "event", "money", "area", "count"))
_MEETING = frozenset(("visit", "receive", "call", "go", "go_out", "talk", "attend", "bare_visit", "bare_receive"))


@role("follow_up", early=SOONEST, of=DAYS)
def follow_up(piece: Piece, _slot: str) -> Any:
    """Return the date of the next agreed step."""
    for place, spot in enumerate(piece.spots(*DAYS)[:MOST]):
        if _agreed(piece, spot, first=place == 0):
            return day_value(piece.claim(spot), ahead=True)
    return None


def _agreed(piece: Piece, spot: Spot, *, first: bool) -> bool:
    if piece.folded[spot.start : spot.end] in piece.roles["part_of_day"]:
        return False
    if (
        first
        and not spot.deadline
        and not _foretold_first(piece, spot)
        and (_of_first(piece, spot) or _come_already(piece, spot))
    ):
        return False
    if first and spot.deadline and _ours_to_do(piece, spot):
        return False
    return (
        promised(piece, spot)
        or piece.says("follow_before", piece.lead(spot))
        or _labelled(piece, spot)
        or (spot.deadline and not first and _theirs(piece, spot))
    )


def _ours_to_do(piece: Piece, spot: Spot) -> bool:
    """Tell whether a deadline is by when we must see them: 月底前得上门拜访铭诚."""
    must = piece.roles["must_words"]
    clause = [token for token in piece.clause_of(spot)[1] if token.start >= spot.end]
    begins = piece.rest(spot).startswith(must) or bool(clause and _MEETING.intersection(clause[0].concepts))
    met = any(_MEETING.intersection(token.concepts) for token in clause[:MUST_REACH])
    named = any(token.entity == "enterprise" for token in clause)
    return begins and met and named and _of_first(piece, spot)


def _foretold_first(piece: Piece, spot: Spot) -> bool:
    """Tell whether what they said of a day to come stands before the day of the visit: 说30号给准信,今天邮件回的."""
    if not (piece.lead(spot).endswith(piece.roles["saying"]) and promised(piece, spot)):
        return False
    today = piece.at.date().isoformat()
    days = [day_value(other, ahead=False) for other in piece.spots("date") if other.start > spot.start]
    return any(day and day["end"] and day["end"] <= today for day in days)


def _theirs(piece: Piece, spot: Spot) -> bool:
    """Tell whether it is they who have until a day to do something: 月底前他们法务返合同."""
    clause = piece.clause_of(spot)[1]
    they = any(token.entity == "contact" or "guests" in token.concepts for token in clause)
    they = they or piece.lead(spot).endswith(piece.roles["saying"])
    return they and not any(token.entity == "stage" for token in clause)


def _of_first(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day stands in the first clause that tells of anything: 汇报一下,王总明天上午来考察."""
    before = [token for clause in piece.clauses[: piece.clause_of(spot)[0]] for token in clause]
    return all(token.entity not in _TOLD and _MEETING.isdisjoint(token.concepts) for token in before)


def _come_already(piece: Piece, spot: Spot) -> bool:
    """Tell whether the first day said has come, no part of it being named: 有家叫铭诚的,今天过来两个人."""
    if spot.entity != "date" or spot.ahead not in (None, spot.value):
        return False
    last = (day_value(spot, ahead=False) or {}).get("end")
    come = bool(last) and str(last) <= piece.at.date().isoformat()
    return come and part_of_day(piece, [spot.text]) is None


def _labelled(piece: Piece, spot: Spot) -> bool:
    """Tell whether a form names the next step right before its day: 跟进 3月30日."""
    label = piece.lead(spot).strip(piece.roles["field_marks"])
    return label in piece.lexicon.words("field", "follow_up")


def promised(piece: Piece, spot: Spot) -> bool:
    """Tell whether a step is named right after a date: 下周三前回话."""
    rest = piece.rest(spot)[:REACH]
    if rest.startswith(piece.roles["coming"]):
        return True
    if not piece.says("follow_after", rest):
        return False
    done = piece.roles["past_words"]
    steps = [word for word in piece.roles["follow_after"] if word in rest]
    last = (day_value(spot, ahead=False) or {}).get("end")
    past = spot.entity == "date" and bool(last) and str(last) <= piece.at.date().isoformat()
    around = [rest.split(word)[:2] for word in steps]
    over = [past and (after.startswith(done) or lead.endswith(done)) for lead, after in around]
    return not all(over)  # 今天电话联系了 is no step
