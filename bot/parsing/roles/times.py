"""When: the day of a record, the next step, a deadline, a period asked about, the moment a reminder rings."""

import datetime as dt
import re
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.quantities import find_quantities
from bot.parsing.roles.beforehand import earlier
from bot.parsing.roles.registry import role
from bot.parsing.spots import Spot, from_mention
from bot.parsing.tenses import comes

DAYS = ("date", "period", "moment")
SOONEST = 2
FIGURES = frozenset(("query_metric", "query_target", "query_ranking", "generate_report", "list_lagging"))
DONE = FIGURES - {"query_target"}
PURPOSE_REACH = 5  # and how far what a meeting or report is for
_ASKED = frozenset(("how_many", "ranking", "complete_word", "target", "circular", "ranking_doc", "ledger_doc", "gap"))
LONGEST_TRIP = 365
WHOLE_YEAR = 360  # days
REACH = 9  # how far after a date its step is named


def day_value(spot: Spot, *, ahead: bool) -> dict[str, Any] | None:
    """Return a mention's days as the contract's shape."""
    value = spot.leaning(ahead=ahead)
    if isinstance(value, str):
        return {"start": value[:10], "end": value[:10]}
    if not isinstance(value, dict):
        return None
    start, end = value.get("start"), value.get("end")
    return {"start": start[:10] if start else None, "end": end[:10] if end else None}


@role("deadline", early=SOONEST, of=(*DAYS, "duration"))
def deadline(piece: Piece, _slot: str) -> Any:
    """Return the last day something must be done by."""
    spots = piece.spots(*DAYS)
    spot = next((spot for spot in spots if spot.deadline), None)
    if spot is None and piece.spec.name == "issue_supervision":
        spot = spots[-1] if spots else None
    return day_value(piece.claim(spot), ahead=True) if spot else _within(piece)


def _within(piece: Piece) -> dict[str, Any] | None:
    """Return the last day of a stretch given to do it: 限三天."""
    for spot in piece.spots("duration"):
        days = re.fullmatch(r"P(\d+)([DWM])", str(spot.value))
        if days and piece.lead(spot).endswith(piece.roles["given"]):
            piece.claim(spot)
            if spot.text.endswith(piece.roles["nth_workday"]):
                return _workdays_on(piece, spot)
            last = piece.at.date() + dt.timedelta(days=int(days[1]) * {"D": 1, "W": 7, "M": 30}[days[2]])
            return {"start": last.isoformat(), "end": last.isoformat()}
    return None


def _workdays_on(piece: Piece, spot: Spot) -> dict[str, Any] | None:
    """Return the last of so many working days: 限10个工作日."""
    found = find_quantities(spot.text + piece.roles["within"], piece.at)
    return day_value(from_mention(found[0]), ahead=True) if found else None


@role("day", of=DAYS)
def day(piece: Piece, _slot: str) -> Any:
    """Return when it was, or will be."""
    said = [spot for spot in piece.spots(*DAYS) if not _bygone(piece, spot)]
    spot = next(
        (spot for spot in said if piece.ahead or heads_visit(piece, spot) or not _foretold(piece, spot)), None
    )  # 接待了铭诚,他们周五要回深圳: no day of the visit
    if spot is None:
        return None
    if len(said) > 1 and spot is said[0] and heads(piece, spot, said[1]):
        spot = said[1]
    return day_value(piece.claim(spot), ahead=piece.ahead)


def heads_visit(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day is the record's own: it opens a clause that names a firm, 周五铭诚来考察, or is told late."""
    clause = piece.clause_of(spot)[1]
    named = any(token.entity == "enterprise" and token.start >= spot.end for token in clause)
    return piece.says("told_late") or (named and clause[0].start == spot.start)


def foretold(piece: Piece, spot: Spot) -> bool:
    """Tell whether a visit is told of on a day of two and said to come: 周五铭诚来考察; not 看了厂房 behind it."""
    either = spot.ahead is not None and spot.ahead != spot.value and spot.entity == "date"
    return either and heads_visit(piece, spot) and _foretold(piece, spot)


def _bygone(piece: Piece, spot: Spot) -> bool:
    """Tell whether a whole year long gone is no day of a record but of what it tells: 他们老厂是1998年建的."""
    value = (day_value(spot, ahead=False) or {}) if spot.entity == "period" else {}
    first, last = value.get("start"), value.get("end")
    if not first or not last or int(last[:4]) >= piece.at.year - 1:
        return False
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days >= WHOLE_YEAR


def heads(piece: Piece, spot: Spot, other: Spot) -> bool:
    """Tell whether a period is but the heading of what has a day within it: 本周工作:①周一拜访铭诚."""
    whole, one = day_value(spot, ahead=piece.ahead) or {}, day_value(other, ahead=piece.ahead) or {}
    if spot.entity != "period" or not (whole.get("start") and one.get("start") and whole["end"] and one["end"]):
        return False
    inside = whole["start"] <= one["start"] and one["end"] <= whole["end"] and one != whole
    between = piece.plain([token for token in piece.tokens if spot.end <= token.start < other.start])
    if not inside or re.search(piece.roles["exact_day"], between):
        return bool(inside)
    return piece.says("heading_marks", between) and len(between) <= REACH


@role("arrival_day", of=DAYS)
def arrival_day(piece: Piece, _slot: str) -> Any:
    """Return the day of an arrival, or the as-of day of a running total."""
    just = piece.roles["just_now"]
    for spot in sorted(piece.spots(*DAYS), key=lambda spot: spot.text.startswith(just)):  # 刚收到,昨天到的
        value = None if _after_arrival(piece, spot) else day_value(spot, ahead=False)
        if value and _as_of(piece, spot):
            piece.claim(spot)
            return {"start": value["end"], "end": value["end"]}
        if value and value["start"] == value["end"]:
            for other in (spot, *(one for one in piece.spots(*DAYS) if one.text.startswith(just))):
                piece.claim(other)
            return value
    return None


def _as_of(piece: Piece, spot: Spot) -> bool:
    return piece.says("as_of", spot.text) or piece.lead(spot).endswith(piece.roles["as_of"])


@role("arrival_period", of=DAYS)
@role("span", of=DAYS)
def span(piece: Piece, _slot: str) -> Any:
    """Return the period asked about."""
    spots = (spot for spot in piece.spots(*DAYS) if not _until_now(piece, spot))
    spot = next((s for s in spots if not (_last_day(piece, s) or _aside(piece, s) or _after_arrival(piece, s))), None)
    if spot is None:
        return None
    return day_value(piece.claim(spot), ahead=piece.spec.ahead or _foretold(piece, spot))


def _foretold(piece: Piece, spot: Spot) -> bool:
    """Tell whether the clause of a day that may be two says that it is to come: 二季度计划到位1亿."""
    return comes(piece.folded, spot, piece.at.date(), piece.roles, asked=True)


def _aside(piece: Piece, spot: Spot) -> bool:
    """Tell whether a time only says what a figure is asked for, or until when: 明天要开会, 下班前报."""
    if piece.spec.name not in FIGURES:
        return False
    clause = piece.clause_of(spot)[1]
    asked = any(token.entity in ("metric", "stage") or _ASKED.intersection(token.concepts) for token in clause)
    purpose = piece.says("purpose_words", piece.lead(spot) + piece.rest(spot))
    noun = piece.says("purpose_nouns", piece.rest(spot)[:PURPOSE_REACH])
    return noun or (purpose and not asked) or spot.deadline or _still_to_come(piece, spot)


def _after_arrival(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day to come is that of something else than money already there: 会计说明天给进账单."""
    if piece.spec.name != "report_funds" or spot.entity != "date":
        return False
    start = str((day_value(spot, ahead=False) or {}).get("start") or "")
    paid = any(token.entity == "money" for token in piece.clause_of(spot)[1])
    return start > piece.at.date().isoformat() and not paid


def _still_to_come(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day is to come: no figure is asked of it; of a period to come one is asked, and there is none."""
    value = day_value(spot, ahead=False) or {}
    return (
        piece.spec.name in DONE
        and spot.entity != "period"
        and str(value.get("start") or "") > piece.at.date().isoformat()
    )


def _last_day(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day only says until when a target runs: 年底能完成吗."""
    value = day_value(spot, ahead=False) or {}
    coming = str(value.get("start") or "") > piece.at.date().isoformat()
    return piece.spec.name == "query_target" and spot.entity == "date" and coming


def _until_now(piece: Piece, spot: Spot) -> bool:
    """Tell whether words only say that something is still not so: 到今天还没开工的."""
    up_to, today = piece.roles["up_to"], piece.roles["up_to_now"]
    said = piece.folded[spot.start : spot.end]
    now = any(word in said for word in today)
    until = said.startswith(up_to) or piece.lead(spot).endswith(up_to)
    return now and until and piece.rest(spot).startswith(piece.roles["still_not"])


@role("trip_days", of=DAYS)
def trip_days(piece: Piece, slot: str) -> Any:
    """Return the days of a trip, from setting out to coming back where these are two dates."""
    spots = piece.spots(*DAYS)
    first = day(piece, slot)
    if first is None:
        return None
    if len(spots) > 1 and _next_to_each_other(piece, spots[0], spots[1]):
        second = day_value(piece.claim(spots[1]), ahead=piece.ahead) or first
        return {"start": min(first["start"], second["start"]), "end": max(first["end"], second["end"])}
    if len(spots) < 2 or not piece.says("returning"):
        return _as_long(piece, first)
    back = _back_on(piece, spots[1:])
    second = day_value(back, ahead=piece.ahead)
    days = [value for one in (first, second or {}) for value in (one.get("start"), one.get("end")) if value]
    if not second or first["start"] != first["end"] or back.deadline:
        return first
    for spot in spots[1 : spots.index(back) + 1]:
        piece.claim(spot)
    return {"start": min(days), "end": max(days)}


def _back_on(piece: Piece, later: list[Spot]) -> Spot:
    """Return the day they came back on, after others on the way: 12号去合肥,13号转芜湖,14号回."""
    returning = piece.roles["returning"]
    return next((spot for spot in later if piece.rest(spot).startswith(returning)), later[0])


def _next_to_each_other(piece: Piece, one: Spot, two: Spot) -> bool:
    """Tell whether two days of a trip are named together and follow each other: 昨天和前天."""
    days = [day_value(spot, ahead=piece.ahead) for spot in (one, two)]
    between = piece.folded[one.end : two.start].strip()
    if (between and between not in piece.roles["list_marks"]) or not all(days):
        return False
    said = [dt.date.fromisoformat(str(day["start"])) for day in days if day and day["start"] == day["end"]]
    return len(said) == len(days) and abs((said[0] - said[1]).days) == 1


def _as_long(piece: Piece, first: dict[str, Any]) -> dict[str, Any]:
    """Return the days of a trip whose first day and length are said: 4月7号起外出5天."""
    if first["end"] is not None and first["start"] != first["end"]:
        return first
    for spot in piece.spots("duration"):
        length = re.fullmatch(r"P(\d+)([DW])", str(spot.value))
        if length and first["start"]:
            piece.claim(spot)
            days = int(length[1]) * {"D": 1, "W": 7}[length[2]] - 1
            last = dt.date.fromisoformat(first["start"]) + dt.timedelta(days=min(days, LONGEST_TRIP))
            return {**first, "end": last.isoformat()}
    return first


@role("repeat")
def repeat(piece: Piece, _slot: str) -> Any:
    """Return how often; 5个工作日后 is once."""
    said = piece.said
    for spot in (token.spot for token in piece.tokens if token.entity in DAYS and token.spot):
        words = piece.folded[spot.start : spot.end]
        if words.endswith(piece.roles["counted_on"]) or piece.says("nth_workday", words):
            said = said.replace(piece.folded[spot.start : spot.end], " ")
    if piece.spec.name == "unsubscribe":
        said = re.sub(piece.roles["rings_often"], " ", said)
    return piece.first_code("repeat", said)


@role("moment")
def moment(piece: Piece, _slot: str) -> Any:
    """Return when to ring, where a clock time is said."""
    spot = next((spot for spot in _ringing(piece) if spot.entity == "moment"), None)
    return earlier(piece, _first(spot.leaning(ahead=True))) if spot else None


@role("ring_day")
def ring_day(piece: Piece, _slot: str) -> Any:
    """Return the day to ring on, where no clock time is said; note the part of the day, which decides the hour."""
    if "moment" in piece.slots:
        return None
    spots = [spot for spot in _ringing(piece) if spot.entity in DAYS]
    repeats = piece.first_code("repeat", piece.said)
    part = part_of_day(piece, [spot.text for spot in spots] or [piece.said])
    if part is not None:
        piece.linked["part"] = part["name"]
    if not spots:
        return _next_day(piece, part) if part and repeats == "daily" else None
    value = day_value(spots[0], ahead=True)
    if value and value["start"] and value["start"] == value["end"]:
        return dict.fromkeys(value, earlier(piece, value["start"]))
    return {"start": value["start"], "end": value["start"]} if value and repeats else value


def new_moment(piece: Piece, spot: Spot) -> Any:
    """Return the moment a reminder is moved to: a clock time alone keeps the day it had."""
    if spot.entity != "moment":
        return new_ring_day(piece, spot)
    day = _record_day(piece)
    if re.match(piece.roles["clock_alone"], spot.text) is None:
        return _first(spot.leaning(ahead=True))
    piece.linked["clock"] = True  # the handler knows the day of the record that is meant
    return _first(find_quantities(spot.text, dt.datetime.combine(day, dt.time(), piece.at.tzinfo))[0].value)


def new_ring_day(piece: Piece, spot: Spot) -> Any:
    """Return the day a reminder is moved to; a part of the day alone keeps the day it had."""
    part = part_of_day(piece, [spot.text])
    if part is not None and spot.text in part["words"]:
        return new_part(piece)
    if part is not None:
        piece.linked["part"] = part["name"]
    return day_value(spot, ahead=True)


def new_part(piece: Piece) -> Any:
    """Return the day a reminder had, where only another part of it is said."""
    part = part_of_day(piece, [piece.said])
    if part is None:
        return None
    day = _record_day(piece).isoformat()
    piece.linked |= {"part": part["name"], "clock": True}
    return {"start": day, "end": day}


def _first(value: Any) -> Any:
    return value["start"] if isinstance(value, dict) else value


def _record_day(piece: Piece) -> dt.date:
    """Return the day of the reminder last made, today where there is none."""
    said = piece.record.get("moment") or (piece.record.get("date") or {}).get("start")
    return dt.date.fromisoformat(said[:10]) if said else piece.at.date()


def part_of_day(piece: Piece, said: list[str]) -> dict[str, Any] | None:
    """Return the part of the day said: 明天下午."""
    parts = piece.roles["parts"]
    return next((part for part in parts if any(word in text for word in part["words"] for text in said)), None)


def _next_day(piece: Piece, part: dict[str, Any]) -> dict[str, Any]:
    """Return the next day on which a part of the day is still to come."""
    day = piece.at.date() + dt.timedelta(days=piece.at.hour >= part["hour"])
    return {"start": day.isoformat(), "end": day.isoformat()}


def _ringing(piece: Piece) -> list[Spot]:
    """Return the times of a reminder; 每周一9点 is read as 周一9点, the next such."""
    spots = [piece.claim(spot) for spot in piece.spots(*DAYS)] or [
        t.spot for t in piece.tokens if t.entity in DAYS and t.spot
    ]
    before = piece.roles["day_before_words"]
    spots.sort(key=lambda spot: not spot.text.startswith(before))  # 4月20号开会,头天下午提醒我
    if not piece.first_code("repeat", piece.said):
        return spots
    once = piece.said
    for word in piece.roles["every"]:
        once = once.replace(word, " " * len(word))
    return [from_mention(mention) for mention in find_quantities(once, piece.at) if mention.entity in DAYS] or spots
