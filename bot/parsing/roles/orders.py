"""What is ordered: reminders, supervision, reports, pushes, corrections."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.amounts import headcount, land, ratio
from bot.parsing.roles.beforehand import rings_before
from bot.parsing.roles.next_steps import promised
from bot.parsing.roles.projects import project
from bot.parsing.roles.records import soon_or_long_ago
from bot.parsing.roles.registry import role
from bot.parsing.roles.times import DAYS, day_value, new_moment, new_part, new_ring_day, part_of_day
from bot.parsing.roles.who import unit
from bot.parsing.spots import Spot

TIMES = frozenset(("date", "moment", "follow_up", "period"))
LISTS = frozenset(("participants", "contacts", "enterprises", "places"))
FIELD_OF = {
    "money": "amount",
    "date": "date",
    "period": "date",
    "moment": "date",
    "area": "land_mu",
    "person": "participants",
    "contact": "contacts",
    "place": "place",
    "enterprise": "enterprises",
    "industry": "industry",
    "stage": "milestone",
    "project": "project",
    "unit": "unit",
    "event": "event",
    "ratio": "ratio",
    "count": "people_count",
}
ENTITIES_OF: Mapping[str, tuple[str, ...]] = {
    "amount": ("money",),
    "cumulative": ("money",),
    "date": DAYS,
    "follow_up": DAYS,
    "deadline": DAYS,
    "period": DAYS,
    "land_mu": ("area",),
    "participants": ("person", "contact"),
    "leader": ("person",),
    "contacts": ("contact", "person"),
    "place": ("place", "unit"),
    "places": ("place",),
    "enterprises": ("enterprise",),
    "industry": ("industry",),
    "milestone": ("stage",),
    "project": ("project", "enterprise"),
    "unit": ("unit",),
    "event": ("event",),
    "people_count": ("count",),
    "enterprise_count": ("count",),
    "moment": DAYS,
    "ratio": ("ratio",),
}


@role("reminder")
def reminder(piece: Piece, _slot: str) -> Any:
    """Return what to be reminded of: the words without time and 提醒我."""
    often = piece.lexicon.coded["repeat"]
    cut = [(t.start, t.end) for t in piece.tokens if t.entity in DAYS or t.text in often]
    before = rings_before(piece)
    cut = sorted([*cut, (before[1], before[0].end)]) if before else cut
    words, place = "", piece.start
    for start, end in [*cut, (piece.end, piece.end)]:
        words += piece.text[place:start]
        place = end
    return _without(words, piece.roles["drop_heads"], piece.roles["trim"]) or None


def _without(words: str, heads: list[str], trim: str) -> str:
    """Strip these words from the front as long as one is there, and loose marks around."""
    heads = sorted(heads, key=len, reverse=True)
    stripped = True
    while stripped:
        words = words.strip(trim)
        head = next((head for head in heads if words.startswith(head)), None)
        stripped = head is not None
        words = words.removeprefix(head or "")
    tail = next((head for head in heads if len(head) > 1 and words.endswith(head)), "")
    return words.removesuffix(tail).strip(trim)


@role("reply_text")
def reply_text(piece: Piece, _slot: str) -> Any:
    """Return what is answered."""
    return _without(piece.text[piece.start : piece.end], piece.roles["reply_heads"], piece.roles["trim"]) or None


@role("task_text")
def task_text(piece: Piece, _slot: str) -> Any:
    """Return which to-do is done."""
    words = piece.text[piece.start : piece.end]
    for word in sorted(piece.roles["task_drop"], key=len, reverse=True):
        words = words.replace(word, "")
    return words.strip(piece.roles["trim"]) or None


@role("order_text")
def order_text(piece: Piece, _slot: str) -> Any:
    """Return what a supervision order demands."""
    clauses = [piece.text[clause[0].start : clause[-1].end] for clause in piece.clauses]
    later = [words for words in clauses[1:] if words.strip(piece.roles["trim"])]
    return later[0] if later else None


@role("push_kind")
def push_kind(piece: Piece, slot: str) -> Any:
    """Return which push, by the first clause that says any: 停了排名推送,滞后的留着."""
    said = (piece.first_code(slot, piece.folded[clause[0].start : clause[-1].end]) for clause in piece.clauses)
    return next((code for code in said if code), None)


@role("report_kind")
def kind(piece: Piece, slot: str) -> Any:
    """Return which document or push."""
    return piece.first_code(slot, piece.said)


@role("decision")
def decision(piece: Piece, slot: str) -> Any:
    """Return what was decided on reported funds; less than was reported is a cut."""
    code = piece.first_code(slot)
    stands = piece.slots.get("amount")
    sums = [token.spot.value for token in piece.tokens if token.spot and token.entity == "money"]
    more = stands and any((one["min"] or 0) > (stands["max"] or 0) for one in sums)
    return "cut" if code == "verified" and more else code


@role("field", early=1)
def field(piece: Piece, _slot: str) -> Any:
    """Return which slot is corrected: by its name, else by the kind of the new value."""
    fields = piece.lexicon.coded["field"]
    named = next((fields[token.text] for token in piece.tokens if token.text in fields), None)
    wanted = ENTITIES_OF.get(named or "")
    _drop_denied(piece)
    spot = _last(piece, tuple(FIELD_OF))
    if spot is not None and spot.entity in DAYS and (named is None or named in TIMES):
        kept = _time_field(piece, spot)
        if kept is not None:
            return kept
    if spot is not None and spot.entity in DAYS and _of_next_step(piece, spot):
        return "follow_up"
    if named in LISTS and spot is None and "mode" in piece.record_slots and piece.first_code("mode_word", piece.said):
        return "mode"  # 是对方来的我们局
    if named is not None and (spot is None or wanted is None or piece.spots(*wanted)):
        return named
    often = "repeat" in piece.record_slots and piece.first_code("repeat", piece.said)
    return _unnamed(piece) if spot is None or (often and spot.entity == "count") else _of_kind(piece, spot)


def _of_next_step(piece: Piece, spot: Spot) -> bool:
    """Tell whether a corrected day is that of the next step: one gone by is none, 上周五来的."""
    if re.match(piece.roles["come_then"], piece.rest(spot)):
        return False
    if "follow_up" in piece.record:
        denied = (*piece.roles["not_is"], *piece.roles["wrongly"])
        old = [day_value(one, ahead=True) for one in piece.spots(*DAYS) if piece.lead(one).endswith(denied)]
        if piece.record["follow_up"] in old or re.search(piece.roles["next_agreed"], piece.lead(spot)):
            return True
    last = str((day_value(spot, ahead=True) or {}).get("end") or "")
    return promised(piece, spot) and not ("" < last < piece.at.date().isoformat())


def _of_kind(piece: Piece, spot: Spot) -> str:
    """Return the slot a kind of mention corrects; a number in a trip is one of firms, a place one of several."""
    if spot.entity == "place" and "places" in piece.record_slots:
        return "places"
    if spot.entity == "enterprise" and "project" in piece.record and "enterprises" not in piece.record:
        return "project"
    firms = "enterprise_count" in piece.record_slots and "people_count" not in piece.record_slots
    return "enterprise_count" if firms and spot.entity == "count" else FIELD_OF[spot.entity]


def _unnamed(piece: Piece) -> str | None:
    """Return which slot words without a mention correct: how often, when, where from, in which way."""
    if "repeat" in piece.record_slots and piece.first_code("repeat", piece.said):
        return "repeat"
    if "moment" in piece.record_slots and part_of_day(piece, [piece.said]):
        return "date"
    if "origin" in piece.record_slots and piece.lexicon.code("origin", piece.said):
        return "origin"
    return "mode" if piece.first_code("mode_word", piece.said) else None


def _drop_denied(piece: Piece) -> None:
    """Leave out what is said not to be so, where the same kind is said rightly: 是9人,不是6人."""
    pairs = pairwise(piece.tokens)
    for spot in [token.spot for before, token in pairs if token.spot and before.text in piece.roles["not_is"]]:
        if any(other.start != spot.start for other in piece.spots(spot.entity)):
            piece.claim(spot)


def _time_field(piece: Piece, spot: Spot) -> str | None:
    """Return which time of a record without a day of its own, or with a moment, is corrected."""
    if "moment" in piece.record_slots and (spot.entity == "moment" or "date" not in piece.record_slots):
        return "moment"
    if "moment" in piece.record_slots:
        return "date"
    only = "period" in piece.record_slots and "date" not in piece.record_slots
    return "period" if only else None


def _last(piece: Piece, entities: tuple[str, ...]) -> Spot | None:
    tokens = {token.start for token in piece.tokens if "last_record" in token.concepts}
    spots = [spot for spot in piece.spots(*entities) if spot.start not in tokens]
    denied = (*piece.roles["not_is"], *piece.roles["wrongly"])
    meant = [spot for spot in spots if not piece.lead(spot).endswith(denied)]
    return (meant or spots)[-1] if spots else None


@role("value")
def value(piece: Piece, slot: str) -> Any:
    """Return the new value in the shape of its slot."""
    name = piece.slots.get("field")
    if name is None:
        return None
    if name in SPECIAL:
        return SPECIAL[name](piece, slot)
    if name in LISTS:
        return _several(piece, slot, ENTITIES_OF[name])
    spot = _last(piece, ENTITIES_OF.get(name, ()))
    if name in TIMES and "moment" in piece.record_slots:
        return _new_time(piece, name, spot)
    return _words_after(piece) if spot is None else _taken(piece, slot, spot)


def _new_time(piece: Piece, name: str, spot: Spot | None) -> Any:
    """Return what a reminder is moved to: a moment, a day, or a part of a day."""
    if spot is None:
        return new_part(piece)
    piece.claim(spot)
    return new_moment(piece, spot) if name == "moment" else new_ring_day(piece, spot)


def _taken(piece: Piece, slot: str, spot: Spot) -> Any:
    """Take a mention as the new value."""
    if spot.entity not in DAYS:
        return piece.link(slot, spot) if spot.refs else piece.claim(spot).value
    if piece.slots["field"] == "moment":
        return new_moment(piece, piece.claim(spot))
    ahead = piece.of_plan or piece.slots["field"] in ("follow_up", "deadline") or _moved_on(piece, spot)
    return day_value(piece.claim(spot), ahead=ahead)


def _moved_on(piece: Piece, spot: Spot) -> bool:
    """Tell whether a day that may be two is one something was moved to, soon to come or long ago: 改到3月30号."""
    return piece.says("moved_on") and soon_or_long_ago(piece, spot)


def _several(piece: Piece, slot: str, entities: tuple[str, ...]) -> list[Any] | None:
    spots = piece.spots(*entities)
    mended = next((token.end for token in piece.tokens if "correct_strong" in token.concepts), 0)
    spots = [spot for spot in spots if spot.start >= mended] or spots
    spots = instead(piece, spots) or spots
    if "not_but" in piece.features and len(spots) > 1:
        spots = spots[-1:]
    values = [piece.claim(spot).value for spot in spots]
    ids = [spot.refs[0].id if spot.linked else None for spot in spots]
    if any(ids):
        piece.linked[slot] = ids
    return values or None


def instead(piece: Piece, spots: list[Spot]) -> list[Spot]:
    """Return who or what took the place of one said not to have been there: 杜局没去,是徐县长去的."""
    removed = [token for token in piece.tokens if "remove_it" in token.concepts]
    if len(removed) != 1:
        return []
    gone = [spot for spot in spots if spot.end <= removed[0].start]
    later = [spot for spot in spots if spot.start >= removed[0].end and piece.clause_of(spot)[0]]
    return later if gone and later else []


def _words_after(piece: Piece) -> str | None:
    """Return the words after 改成 or 是, where a slot holds words."""
    for mark in piece.roles["value_marks"]:
        place = piece.said.find(mark)
        if place >= 0:
            words = piece.text[piece.start + place + len(mark) : piece.end].strip(piece.roles["trim"])
            return re.split(piece.roles["clause_ends"], words)[0] or None
    return None


def _mode(piece: Piece, _slot: str) -> str | None:
    denied = max((piece.said.find(word) for word in piece.roles["not_is"]), default=-1)
    instead = piece.said.find(piece.roles["is_words"][0], denied + 2) if denied >= 0 else -1
    return piece.first_code("mode_word", piece.said[max(instead, 0) :])


def _category(piece: Piece, _slot: str) -> str | None:
    return piece.lexicon.code("category", _words_after(piece) or piece.plain())


def _repeat(piece: Piece, _slot: str) -> str | None:
    return piece.first_code("repeat", piece.said)


def _result(piece: Piece, _slot: str) -> str | None:
    return piece.first_code("visit_result")


def _origin(piece: Piece, _slot: str) -> str | None:
    return piece.lexicon.code("origin", piece.said)


def _head_count(piece: Piece, slot: str) -> Any:
    """Return how many people, a number without its unit standing for them: 不是5个,6个."""
    spot = _last(piece, ("count",))
    people = headcount(piece, slot) if len(piece.spots("count")) == 1 else None
    return people if people is not None or spot is None else piece.claim(spot).value


def _project(piece: Piece, slot: str) -> Any:
    """Return the project meant, a firm standing for its own: 项目搞错了,是茗庭文旅."""
    known = project(piece, slot) if piece.spots("enterprise", "project") else None
    return known or _words_after(piece)


SPECIAL: Mapping[str, Callable[[Piece, str], Any]] = {
    "land_mu": land,
    "project": _project,
    "people_count": _head_count,
    "mode": _mode,
    "category": _category,
    "result": _result,
    "ratio": ratio,
    "repeat": _repeat,
    "origin": _origin,
}


@role("how")
def how(piece: Piece, _slot: str) -> Any:
    """Return add or remove; a replacement is not said."""
    if "remove_it" in piece.features:
        said = [token.spot for token in piece.tokens if token.spot]
        wanted = ENTITIES_OF.get(piece.slots.get("field", ""), ())
        return None if instead(piece, [spot for spot in said if spot.entity in wanted]) else "remove"
    came = piece.slots.get("field") == "participants" and piece.says("came_too")
    adds = ("add_more" in piece.features or came) and "correct_strong" not in piece.features
    return "add" if adds and piece.slots.get("field") in LISTS else None


@role("supervised_unit")
def supervised_unit(piece: Piece, slot: str) -> Any:
    """Return the unit put under supervision; beside a project not the one told to do it: 督查室督一下."""
    if "project" in piece.slots:
        for spot in piece.spots("unit"):
            if piece.near(spot, {"supervise"}, back=0, forth=1):
                piece.claim(spot)
    return unit(piece, slot)
