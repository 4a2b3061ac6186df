"""Who and where: firms, projects, units, people of both sides, places."""

import re
from collections.abc import Sequence
from typing import Any

from bot.names.places import leading_places
from bot.parsing.piece import Piece
from bot.parsing.roles.registry import role
from bot.parsing.roles.times import DAYS, day_value
from bot.parsing.spots import Spot

_GOING = {"go", "go_out", "visit", "lead_team", "receive", "look"}
_LEAVING = {"go", "go_out"}
_GUESTS = frozenset(("guests", "party"))
_NAMED = frozenset(("enterprise", "project", "unit", "person", "contact"))
LEADS_REACH = 8
MEASURED = ("query_metric", "query_target", "query_ranking")
_ACTIVITY = {"visits", "enterprises_visited", "receptions", "trips"}
_WORK = {
    "visit",
    "visit_plan",
    "talk",
    "receive",
    "call",
    "look",
    "attend",
    "go",
    "go_out",
    "come_from",
    "lead_team",
} | {*("invest", "lead_word", "register", "posted", "list_word", "project_word", "task", "supervise", "how_many")}
_MEASURES = {"arrive", "complete_word", "gap", "target", "pace", "ranking", "half", "forecast"}


@role("firms", of=("enterprise",))
def firms(piece: Piece, slot: str) -> Any:
    """Return all firms named, each once."""
    spots = [spot for spot in piece.spots("enterprise") if not _at(piece, spot)]
    if piece.spec.name == "register_lead" and len(spots) > 1:
        told = piece.roles["source_after"]
        spots = [spot for spot in spots if not piece.rest(spot).startswith(told)] or spots
        spots = [spot for spot in spots if not _as_field(piece, spot, "source")] or spots
    return _listed(piece, slot, spots)


def _at(piece: Piece, spot: Spot) -> bool:
    """Tell whether a firm only names a project: 华锐的光伏项目."""
    return "project" in piece.slots and piece.slots["project"] == spot.value


@role("firms_unless_project", of=("enterprise",))
def firms_unless_project(piece: Piece, slot: str) -> Any:
    """Return the firms where no project was named."""
    return None if piece.slots.get("project") else firms(piece, slot)


def _listed(piece: Piece, slot: str, spots: Sequence[Spot]) -> list[Any] | None:
    values: list[Any] = []
    ids: list[int | None] = []
    for spot in spots:
        piece.claim(spot)
        if spot.value in values:
            continue
        values.append(spot.value)
        ids.append(spot.refs[0].id if spot.linked else None)
        if spot.doubtful and slot not in piece.doubts:
            piece.doubts[slot] = spot.names
    if any(ids):
        piece.linked[slot] = ids
    return values or None


@role("venue")
def venue(piece: Piece, slot: str) -> Any:
    """Return where it happened."""
    spots = [spot for spot in piece.spots("place", "unit") if not _origin(piece, spot) and not _root(piece, spot)]
    spots = [spot for spot in spots if not _wished_seat(piece, spot)]
    going = [spot for spot in spots if piece.near(spot, _GOING)]
    inbound = piece.slots.get("mode") == "inbound"
    going = [spot for spot in spots if _as_field(piece, spot, "place") or _alone(piece, spot)] or going
    chosen = next(iter(going), None) or (None if inbound else next((s for s in spots if s.entity == "place"), None))
    return piece.claim(chosen).value if chosen else _gone_to(piece) or _premises(piece)


def _premises(piece: Piece) -> str | None:
    """Return the hotel, hall or station they met at: 在白天鹅宾馆见了."""
    if not piece.says("venue_tails"):
        return None
    said = "".join(" " if token.entity in _NAMED else token.text for token in piece.tokens)
    met = re.search(piece.roles["venue_said"], said)
    if met is None:
        return None
    for spot in piece.spots("industry"):
        if spot.text in met["place"]:
            piece.claim(spot)  # 酒店 is no trade here
    return met["place"]


def _wished_seat(piece: Piece, spot: Spot) -> bool:
    """Tell whether a place only says which seat of theirs is wished for: 希望把西南总部放过来."""
    return piece.rest(spot).startswith(piece.roles["seats"]) and piece.says("wishing", piece.lead(spot))


def _alone(piece: Piece, spot: Spot) -> bool:
    """Tell whether one of our places stands by itself in hurried notes: 来访 立讯精密 6人 罗龙园区."""
    if spot.entity != "unit":
        return False
    marks = (*piece.roles["separators"], " ")
    beside = (*piece.before(spot), *piece.after(spot))
    return bool(beside) and all(token.text in marks for token in beside)


def _as_field(piece: Piece, spot: Spot, field: str) -> bool:
    """Tell whether a form names a slot right before a mention: 地点:象鼻园区."""
    lead = piece.lead(spot).rstrip(piece.roles["field_marks"])
    return lead.endswith(piece.lexicon.words("field", field))


def _gone_to(piece: Piece) -> str | None:
    """Return the place a firm from elsewhere is named by, where one goes to it: 去西安比亚迪."""
    for index, token in enumerate(piece.tokens[1:]):
        if token.entity == "enterprise" and _LEAVING.intersection(piece.tokens[index].concepts):
            said = leading_places(token.text, piece.book.words)[0]
            if said and not (token.spot and token.spot.linked):
                return said[-1]
    return None


def _origin(piece: Piece, spot: Spot) -> bool:
    """Tell whether a place is where they come from: 来自浙江, 浙江的客商."""
    if any(token.text in piece.roles["not_in_place"] for token in piece.before(spot)):
        return True
    if piece.rest(spot).startswith(piece.roles["came_from_there"]):
        return True
    after = [token for token in piece.after(spot, 2) if token.text not in piece.roles["particles"]][:1]
    theirs = any(t.entity in ("enterprise", "contact") or not _GUESTS.isdisjoint(t.concepts) for t in after)
    return theirs and not piece.near(spot, _LEAVING)


def _root(piece: Piece, spot: Spot) -> bool:
    if spot.entity != "unit":
        return False
    root = piece.book.root()
    return (root is not None and spot.value == root.name) or "city_whole" in _concepts(piece, spot)


def _concepts(piece: Piece, spot: Spot) -> tuple[str, ...]:
    return piece.lexicon.concepts.get(piece.folded[spot.start : spot.end], ())


@role("venues", of=("place",))
def venues(piece: Piece, slot: str) -> Any:
    """Return all places of a trip."""
    spots = [spot for spot in piece.spots("place") if not _origin(piece, spot)]
    return list(dict.fromkeys(piece.claim(spot).value for spot in spots)) or None


@role("leader", early=1, of=("person",))
def leader(piece: Piece, slot: str) -> Any:
    """Return who led the trip."""
    for spot in piece.spots("person"):
        if piece.near(spot, {"lead_team"}, back=1, forth=2) or _called_leader(piece, spot) or _leads(piece, spot):
            return piece.link(slot, spot) if spot.linked else piece.claim(spot).value
    first = next((spot for spot in piece.spots("person") if _with_party(piece, spot)), None)
    if first is None:
        return None
    return piece.link(slot, first) if first.linked else piece.claim(first).value


def _leads(piece: Piece, spot: Spot) -> bool:
    """Tell whether only days and words of planning part a name from the word for leading: 郑局3号到5号要带队."""
    between = (
        *piece.roles["plan_words"],
        *piece.roles["set_for"],
        *piece.roles["about_to"],
        *piece.roles["list_marks"],
        *piece.roles["particles"],
    )
    for token in piece.after(spot, LEADS_REACH):
        if "lead_team" in token.concepts:
            return True
        if token.entity not in DAYS and token.text not in between:
            return False
    return False


def _with_party(piece: Piece, spot: Spot) -> bool:
    """Tell whether someone opens a clause whose party is theirs: 段县长3月2号在重庆招商,一行6人."""
    before = piece.before(spot)
    opens = not before or before[0].text in piece.roles["separators"] or before[0].entity in DAYS
    return opens and "party" in piece.features


def _called_leader(piece: Piece, spot: Spot) -> bool:
    """Tell whether only filling words part a name from the word for a leader before it: 带队的是郑局."""
    before = list(piece.before(spot, 5))
    while before and before[-1].text in piece.roles["leader_filling"]:
        before.pop()
    return bool(before) and "lead_team" in before[-1].concepts


@role("participants", of=("person",))
def participants(piece: Piece, slot: str) -> Any:
    """Return who of ours took part."""
    return _listed(piece, slot, piece.spots("person"))


@role("contacts", of=("contact",))
def contacts(piece: Piece, slot: str) -> Any:
    """Return who of theirs took part."""
    absent = piece.roles["absent"]
    there = [spot for spot in piece.spots("contact") if not piece.rest(spot).startswith(absent)]
    there = [spot for spot in there if not _missed(piece, spot)]
    return _listed(piece, slot, [spot for spot in there if not _coming_later(piece, spot)])


def _missed(piece: Piece, spot: Spot) -> bool:
    """Tell whether someone was not met: 没见到他们老板,见了办公室主任."""
    lead = piece.lead(spot)
    if not piece.says("missed", lead):
        return False
    theirs = (*piece.roles["of_theirs"], *piece.roles["theirs_signs"])
    shorter = [
        lead.removesuffix(one)
        for one in (*theirs, *(sign + piece.roles["attributive"] for sign in piece.roles["theirs_signs"]))
    ]
    return any(words.endswith(piece.roles["missed"]) for words in (lead, *shorter))


def _coming_later(piece: Piece, spot: Spot) -> bool:
    """Tell whether only the next step names someone: 4月2号他们总工过来踏勘, 下周他们法务出稿."""
    if "follow_up" not in piece.slots:
        return False
    rest = piece.rest(spot)
    if not any(rest.startswith(piece.roles[steps]) for steps in ("coming", "follow_after", "later_steps")):
        return False
    clause = piece.clause_of(spot)[1]
    days = (token.spot for token in clause if token.entity in DAYS and token.end <= spot.start)
    return any(one and day_value(one, ahead=True) == piece.slots["follow_up"] for one in days)


@role("unit")
def unit(piece: Piece, slot: str) -> Any:
    """Return the unit asked about; 我们 is the speaker's, or the city's from someone of the city level."""
    spots = piece.spots("unit")
    if spots:
        return _linked_unit(piece, slot, _most_precise(piece, spots))
    elsewhere = _elsewhere(piece)
    if elsewhere is not None:
        return piece.link(slot, elsewhere)
    if "us" in piece.features and piece.spec.question:
        return _own_unit(piece, slot)
    return None


def _elsewhere(piece: Piece) -> Spot | None:
    """Return a city the ledger has no unit for, where its figure is asked: 成都到位多少; not 成都企业, 在成都."""
    if piece.spec.name not in MEASURED or _ACTIVITY & {spot.value for spot in piece.spots("metric")}:
        return None
    for spot in piece.spots("place"):
        after = [t for t in piece.after(spot, 3) if t.entity not in DAYS and t.text not in piece.roles["particles"]][:1]
        figure = any(token.entity == "metric" or _MEASURES.intersection(token.concepts) for token in after)
        if figure and not _origin(piece, spot) and not piece.near(spot, _LEAVING):
            return spot
    return _strange_county(piece)


def _strange_county(piece: Piece) -> Spot | None:
    """Return a county of two characters the ledger does not know, at the head of a clause: 泸县排第几."""
    stops = (*piece.roles["separators"], *piece.roles["county_after"])
    for before, name, tail in zip([None, *piece.tokens], piece.tokens, piece.tokens[1:], strict=False):
        county = tail.text in piece.roles["area_tails"] and len(name.text) == 1 and name.spot is tail.spot is None
        opens = before is None or (before.spot is None and before.text in stops)
        if county and opens and not name.concepts and name.text not in piece.roles["no_county"]:
            said = piece.text[name.start : tail.end]
            return Spot("unit", name.start, tail.end, said, said, kept=True)
    return None


def _linked_unit(piece: Piece, slot: str, spot: Spot) -> Any:
    """Take a unit; 全市 and 我们区 are known even where the ledger is empty."""
    value = piece.link(slot, spot)
    if slot in piece.unknown and {"city_whole", "us_unit"} & set(_concepts(piece, spot)):
        piece.unknown.remove(slot)
    return value


def _most_precise(piece: Piece, spots: Sequence[Spot]) -> Spot:
    issuing = piece.roles["issuing"]
    asked = [spot for spot in spots if not (piece.rest(spot).startswith(issuing) or _asked_of(piece, spot))] or spots
    inner = [spot for spot in asked if not _root(piece, spot)] or list(asked)
    ordered = "supervise" in piece.features or piece.spec.name == "issue_supervision"
    return inner[-1] if ordered else inner[0]


def _asked_of(piece: Piece, spot: Spot) -> bool:
    """Tell whether a unit is who is asked, not what is asked about: 请市招商局提供."""
    asks = piece.spec.question and piece.lead(spot).endswith(piece.roles["asking_of"])
    return asks and piece.rest(spot).startswith(piece.roles["asked_of"])


def _own_unit(piece: Piece, slot: str) -> Any:
    root, speaker = piece.book.root(), piece.speaker
    if speaker is None:
        return None
    if speaker.city_level and root is not None:
        piece.linked[slot] = root.id
        return root.name
    if speaker.unit_id is not None:
        piece.linked[slot] = speaker.unit_id
    return speaker.unit or None


@role("ranked_unit")
def ranked_unit(piece: Piece, slot: str) -> Any:
    """Return whose place is asked: a unit, or the city where its place in the province is."""
    spots = piece.spots("unit")
    inner = next((spot for spot in spots if not _root(piece, spot)), None)
    if inner is not None and {"question", "ordinal_asked"} & piece.features:
        return piece.link(slot, inner)
    if "province_whole" in piece.features:
        root = piece.book.root()
        if spots:
            return piece.link(slot, spots[0])
        if root is not None:
            piece.linked[slot] = root.id
            return root.name
    if inner is None and "us" in piece.features:
        return _own_unit(piece, slot)
    inner = inner or _elsewhere(piece)
    return piece.link(slot, inner) if inner else None


@role("receiving_unit", of=("unit", "place"))
def receiving_unit(piece: Piece, slot: str) -> Any:
    """Return the unit a lead goes to."""
    spots = piece.spots("unit")
    after = [spot for spot in spots if piece.near(spot, {"transfer"}, back=2)]
    chosen = next(iter(after), None) or (spots[-1] if spots else None)
    if chosen is None:
        place = next((spot for spot in piece.spots("place") if piece.near(spot, {"transfer"}, back=2)), None)
        return piece.link(slot, place) if place else None
    return piece.link(slot, chosen)


@role("landing_unit", of=("unit",))
def landing_unit(piece: Piece, slot: str) -> Any:
    """Return the unit a project settles in."""
    spot = next((spot for spot in piece.spots("unit") if not _root(piece, spot)), None)
    return piece.link(slot, spot) if spot else None


@role("person")
def person(piece: Piece, slot: str) -> Any:
    """Return whose work is asked about; 我 is the speaker."""
    spot = next((spot for spot in piece.spots("person") if not _only_told(piece, spot)), None)
    if spot is not None:
        return piece.link(slot, spot)
    if piece.speaker is not None and any(_means_me(piece, index) for index in range(len(piece.tokens))):
        piece.linked[slot] = piece.speaker.person_id
        return piece.speaker.name
    return None


def _only_told(piece: Piece, spot: Spot) -> bool:
    """Tell whether who asks, or is reported to, is named: 书记, 向书记汇报, 郑局让我问问."""
    if spot.text.startswith(piece.roles["toward"]) and not spot.linked:
        return True
    lead, rest = piece.lead(spot), piece.rest(spot)
    reported = lead.endswith(piece.roles["reporting_to"]) and rest.startswith(piece.roles["reported"])
    return reported or rest.startswith(piece.roles["told_by"]) or (not spot.linked and _only_title(piece, spot))


def _only_title(piece: Piece, spot: Spot) -> bool:
    return spot.text in piece.lexicon.titles.ours_alone


def _means_me(piece: Piece, index: int) -> bool:
    """Tell whether a word is 我 as the one who acted, not as the one who asks or is told: 给我, 我好汇报."""
    if "me" not in piece.tokens[index].concepts:
        return False
    before = piece.tokens[index - 1].text if index else ""
    if before in piece.roles["giving"]:
        return False
    own = piece.tokens[index].text not in piece.roles["me_words"]
    return own or "record_said" in piece.features or _acts(piece, index)


def _acts(piece: Piece, index: int) -> bool:
    """Tell whether work that is counted or listed follows 我 in its clause, and no word of asking comes before it."""
    for token in piece.tokens[index + 1 :]:
        stays = token.text in piece.roles["staying"]  # 我在车上
        if token.entity in ("metric", "stage") or (_WORK.intersection(token.concepts) and not stays):
            return True
        if token.text in piece.roles["asking_for"] or (token.spot is None and token.text in piece.roles["separators"]):
            return False
    return False
