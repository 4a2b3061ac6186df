"""What happened: the way of a visit, its outcome, its subject; milestones, issues and progress."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.ahead import done, put_down
from bot.parsing.roles.registry import role
from bot.parsing.roles.times import DAYS, day_value, foretold, part_of_day
from bot.parsing.roles.ways import they_come
from bot.parsing.spots import Spot
from bot.parsing.tokens import Token

_DENIAL_REACH = 3
LONGEST = 120
SOON, LONG_AGO = 92, 200  # days
_VISITING = frozenset(("go", "go_out", "visit", "receive", "call"))
BESIDE = 4  # characters before 问题 that say of which kind


@role("planned_visit", early=1)
@role("planned_trip", early=1)
def planned(piece: Piece, _slot: str) -> Any:
    """Return true for a visit or trip still to come; its dates then lean ahead."""
    spot = next(iter(piece.spots(*DAYS)), None)
    value = day_value(spot, ahead=False) if spot else None
    today = piece.at.date().isoformat()
    coming = bool(value and value["start"] and value["start"] > today)
    piece.ahead = coming or _later_today(piece, spot) or _plans(piece, spot) or nearer_ahead(piece, spot)
    return True if piece.ahead else None


def _later_today(piece: Piece, spot: Spot | None) -> bool:
    """Tell whether a clock time is still to come: 下午三点要会见, said in the morning."""
    if spot is None:
        return False
    if spot.entity != "moment":
        later = _later_part(piece, spot)
    else:
        value = spot.leaning(ahead=False)
        start = value.get("start") if isinstance(value, dict) else value
        later = bool(start and str(start) > piece.at.isoformat())
    return later and not done(piece, piece.clause_of(spot)[1])


def _later_part(piece: Piece, spot: Spot) -> bool:
    """Tell whether a part of today is still to come: 下午过来谈, said in the morning."""
    if not spot.text.startswith(piece.roles["today_words"]):
        return False
    value, part = day_value(spot, ahead=False) or {}, part_of_day(piece, [spot.text])
    today = value.get("start") == value.get("end") == piece.at.date().isoformat()
    return today and part is not None and int(part["hour"]) > piece.at.hour


def nearer_ahead(piece: Piece, spot: Spot | None) -> bool:
    """Tell whether a day something starts on is soon to come and was long ago, and nothing says it is over."""
    since = piece.roles["since_words"]
    if spot is None or not (spot.text.endswith(since) or piece.rest(spot).startswith(since)):
        return False
    return soon_or_long_ago(piece, spot) and not any(done(piece, clause) for clause in piece.clauses)


def soon_or_long_ago(piece: Piece, spot: Spot, within: int = SOON) -> bool:
    """Tell whether a day said without a year is either soon to come or was long ago."""
    past = (day_value(spot, ahead=False) or {}).get("start")
    ahead = (day_value(spot, ahead=True) or {}).get("start")
    if not past or not ahead or past == ahead:
        return False
    today = piece.at.date()
    soon = (dt.date.fromisoformat(ahead) - today).days <= within
    return soon and (today - dt.date.fromisoformat(past)).days >= LONG_AGO


def _plans(piece: Piece, spot: Spot | None) -> bool:
    """Tell whether the first clause with a plan word speaks of the visit itself, not of what they want."""
    if spot is not None and (_over(piece, spot) or piece.says("told_late")):
        return False  # 昨天拜访了铭诚,约好两周后回访
    if spot is not None and (put_down(piece, spot) or _theirs_to_come(piece, spot) or _trip_planned(piece, spot)):
        return True
    clause = _of_visit(piece, spot)
    if spot is not None and (
        _promised_to_come(piece, spot, clause) or piece.lead(spot).endswith(piece.roles["set_for"])
    ):
        return True
    either = spot is not None and spot.ahead is not None and spot.ahead != spot.value  # 周五: the last or the next
    if either and they_come(piece, clause) and not done(piece, clause):
        return True
    words = [token for token in clause if token.spot is None]
    if any("guests" in token.concepts for token in words) or not _plan_words(piece, spot, clause, words):
        return False
    return not done(piece, clause)


def _theirs_to_come(piece: Piece, spot: Spot) -> bool:
    """Tell whether a firm is said to come on a day of two, and nothing that it is over: 周五铭诚来考察."""
    return foretold(piece, spot) and not any(done(piece, clause) for clause in piece.clauses)


def _trip_planned(piece: Piece, spot: Spot) -> bool:
    """Tell whether a clause after a day of a trip that may be to come begins with a plan: 20号去贵阳,计划看4家."""
    opening = [clause[0].text for clause in piece.clauses if clause[0].start > spot.end]
    planned = piece.spec.name == "log_trip" and any(word in piece.roles["plan_words"] for word in opening)
    return planned and spot.ahead not in (None, spot.value) and not any(done(piece, each) for each in piece.clauses)


def _plan_words(piece: Piece, spot: Spot | None, clause: Sequence[Token], words: Sequence[Token]) -> bool:
    """Tell whether words of planning are said of a visit or its day: 计划, 要去, 再去 on one that may be to come."""
    said = {token.text for token in words}
    if not said.isdisjoint(piece.roles["plan_words"]) or _about_to(piece, clause):
        return True
    if spot is None:
        return False
    either = spot.ahead is not None and spot.entity == "date"
    return (either and not said.isdisjoint(piece.roles["again_words"])) or _plan_said(piece, spot)


def _over(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day cannot be one to come: 昨天, 3月9日 of this year; 周五 and a day long ago may be the next."""
    past, ahead = day_value(spot, ahead=False) or {}, day_value(spot, ahead=True) or {}
    today = piece.at.date()
    if not past.get("end") or past["end"] >= today.isoformat():
        return False
    lately = (today - dt.date.fromisoformat(past["end"])).days < LONG_AGO
    return past == ahead or (lately and dt.date.fromisoformat(ahead["start"]) > today + dt.timedelta(SOON))


def _plan_said(piece: Piece, spot: Spot) -> bool:
    """Tell whether a plan is said of the day itself: not 3月9日拜访铭诚,约好两周后回访, where another day is agreed."""
    if not piece.says("plan_said"):
        return False
    number = piece.clause_of(spot)[0]
    own = [
        clause
        for place, clause in enumerate(piece.clauses)
        if place <= number or not any(_another_day(piece, token) for token in clause)
    ]
    return any(piece.says("plan_said", piece.folded[clause[0].start : clause[-1].end]) for clause in own)


def _another_day(piece: Piece, token: Token) -> bool:
    return token.entity == "duration" or (token.entity in DAYS and token.text not in piece.roles["part_of_day"])


def _of_visit(piece: Piece, spot: Spot | None) -> Sequence[Token]:
    """Return the clause that tells of the visit: that of its day, or the next where a day stands alone."""
    clauses = piece.clauses
    number = piece.clause_of(spot)[0] if spot else 0
    alone = number + 1 < len(clauses) and not any(token.entity not in DAYS for token in clauses[number])
    return clauses[number + alone] if clauses else ()


def _promised_to_come(piece: Piece, spot: Spot, clause: Sequence[Token]) -> bool:
    """Tell whether they said to come on that day: 客商表示春节后来考察."""
    saying = piece.roles["saying"]
    comes = any("receive" in token.concepts and token.start >= spot.end for token in clause)
    return comes and any(token.text in saying and token.end <= spot.start for token in clause)


def _about_to(piece: Piece, clause: Sequence[Token]) -> bool:
    """Tell whether 要 stands right before the visit: 要去, 要接待."""
    about = piece.roles["about_to"]
    return any(one.text in about and not _VISITING.isdisjoint(two.concepts) for one, two in pairwise(clause))


@role("mode_filter")
def mode_filter(piece: Piece, _slot: str) -> Any:
    """Return the way of visit a question is limited to."""
    if re.search(piece.roles["both_ways"], piece.said):
        return None
    if "call" in piece.features:
        return "remote"
    if "receive" in piece.features:
        return "inbound"
    if "go_out" in piece.features:
        return "outbound"
    neutral = piece.roles["met_either_way"]  # 见了哪些企业: out there or here
    return "outbound" if any("visit" in one.concepts and one.text not in neutral for one in piece.tokens) else None


@role("event", early=1, of=("event",))
def event(piece: Piece, _slot: str) -> Any:
    """Return the fair or meeting."""
    spot = next(iter(piece.spots("event")), None)
    return piece.claim(spot).value if spot else None


@role("visit_result")
def visit_result(piece: Piece, _slot: str) -> Any:
    """Return what came of it, where that is said outright."""
    if piece.lexicon.any_value["visit_result"].search(piece.plain()) is None:
        return None
    later = _of_follow_up(piece)
    words = ",".join([piece.plain(clause) for number, clause in enumerate(piece.clauses) if number not in later])
    code = piece.first_code("visit_result", words)
    if code in (None, "none"):
        return code
    said = next(word for word in piece.lexicon.words("visit_result", str(code)) if word in words)
    lead = words[: words.index(said)]
    return None if lead.endswith(piece.roles["denials"]) else code


@role("summary")
@role("lead_summary")
@role("project_summary")
def summary(piece: Piece, _slot: str) -> Any:
    """Return what it was about, in the user's words."""
    head = piece.lexicon.any_role["summary_heads"]
    for number, clause in enumerate(piece.clauses):
        words = piece.written(clause)
        found = head.search(words)
        if found and (number or found.start()):
            return words[found.start() :][:LONGEST]
    return None


@role("next_step")
def next_step(piece: Piece, _slot: str) -> Any:
    """Return the agreed next step, in the user's words."""
    later = _of_follow_up(piece)
    for number, clause in enumerate(piece.clauses[1:], 1):
        words = piece.written(clause)
        if number in later or piece.says("next_heads", words):
            return words[:LONGEST]
    return None


def _of_follow_up(piece: Piece) -> set[int]:
    """Return the numbers of the clauses that name the day of the next step."""
    wanted = piece.slots.get("follow_up")
    if wanted is None:
        return set()
    days = [spot for spot in piece.mentions if spot.entity in DAYS]
    return {piece.clause_of(spot)[0] for spot in days if day_value(spot, ahead=True) == wanted}


def denied(piece: Piece, spot: Spot) -> bool:
    """Tell whether a milestone is said not to be reached."""
    words = [token for token in piece.before(spot, _DENIAL_REACH + 1) if token.text.isalnum()][-_DENIAL_REACH:]
    far_off = any("far_off" in token.concepts for token in piece.after(spot, _DENIAL_REACH))
    return far_off or any("not_yet" in token.concepts for token in words)


def attributive(piece: Piece, spot: Spot) -> bool:
    """Tell whether a milestone only says which project: 签约项目, 签约的项目."""
    after = [token for token in piece.after(spot, 2) if token.text not in piece.roles["particles"]]
    return bool(after) and piece.book.words.project_word in after[0].text


@role("milestone")
def milestone(piece: Piece, _slot: str) -> Any:
    """Return the milestone reached, planned or put off."""
    spots = piece.spots("stage")
    plain = [spot for spot in spots if not attributive(piece, spot)] or spots
    reached = [spot for spot in plain if not denied(piece, spot)] or plain
    if len(reached) > 1 and _only_signed(piece, reached[0], reached[1]):
        piece.claim(reached.pop(0))
    ended = [spot for spot in reached if spot.value == "resumed"]
    if ended and reached[0].value == "suspended":
        piece.claim(reached[0])
        return piece.claim(ended[0]).value  # 停工两周后复工
    return _failing(piece) or (piece.claim(reached[0]).value if reached else None)


def _failing(piece: Piece) -> str | None:
    """Return the milestone said not to come off in time, where another day is given: 今年开不了工,敲定明年3月."""
    if "put_to_later" not in piece.features:
        return None
    failing: dict[str, list[str]] = piece.roles["failing_stages"]
    return next((code for code, words in failing.items() if any(word in piece.said for word in words)), None)


def _only_signed(piece: Piece, verb: Spot, what: Spot) -> bool:
    """Tell whether a word of signing says with what comes after it what was signed: 签下8亿的框架协议."""
    bare = piece.folded[verb.start : verb.end] in piece.roles["bare_signing"]
    paper = what.value in ("framework", "intent") and piece.clause_of(verb)[0] == piece.clause_of(what)[0]
    return bare and paper and verb.value == "signed"


@role("denied_milestone", of=("stage",))
def denied_milestone(piece: Piece, _slot: str) -> Any:
    """Return the milestone said not to be reached yet."""
    rumour = "denied_rumour" in piece.features  # 谁说投产了?还没呢
    spot = next((spot for spot in piece.spots("stage") if rumour or denied(piece, spot)), None)
    return piece.claim(spot).value if spot else None


@role("negated")
def negated(piece: Piece, _slot: str) -> Any:
    """Return true where a milestone is denied."""
    return True if "milestone" in piece.slots else None


@role("category")
def category(piece: Piece, _slot: str) -> Any:
    """Return the kind of obstacle; a trade that is also one, 环保, only where no other word says it."""
    plain = piece.plain()
    named = piece.lexicon.any_role["troubles"].search(plain)
    beside = piece.lexicon.code("category", plain[max(0, named.start() - BESIDE) : named.start()]) if named else None
    if beside:
        return beside
    trades = ",".join(token.text for token in piece.tokens if token.entity == "industry")
    return piece.lexicon.code("category", plain) or (piece.lexicon.code("category", trades) if trades else None)


@role("issue_summary")
def issue_summary(piece: Piece, _slot: str) -> Any:
    """Return the clauses that name the obstacle."""
    for clause in piece.clauses:
        words = piece.text[clause[0].start : clause[-1].end]
        start = min((place for head in piece.roles["issue_heads"] if (place := words.find(head)) >= 0), default=-1)
        if start >= 0:
            named = [token.end - clause[0].start for token in clause if token.entity in ("project", "enterprise")]
            told = words[max([end for end in named if end <= start], default=0) :][:LONGEST]
            empty = re.match(piece.roles["empty_issue"], told.strip(piece.roles["trim"]))
            return None if empty and len(piece.clauses) == 1 else told
    return None


@role("progress_summary")
def progress_summary(piece: Piece, _slot: str) -> Any:
    """Return the progress in the user's words, without the project's name."""
    ends = [token.end for token in piece.tokens if token.entity in ("project", "enterprise")]
    words = piece.text[max(ends, default=piece.start) : piece.end].strip(piece.roles["trim"])
    return words[:LONGEST] or None
