"""How much: money, land, people, firms, shares, counts."""

import re
from collections.abc import Mapping
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.registry import role
from bot.parsing.spots import Spot

SEVERAL = 2
ONCE_REACH = 9  # characters before a number where it is said to have been planned once
MU_PER_SQUARE_METRE = 3 / 2000
DAYS_IN = {"D": 1, "W": 7, "M": 30, "Y": 365}
_DURATION = re.compile(r"P(\d+(?:\.\d+)?)([DWMY])")
_HOURS = re.compile(r"PT(\d+)H")
HALF_DAY = 12


@role("money", of=("money",))
def money(piece: Piece, _slot: str) -> Any:
    """Return the sum a project or intention is about."""
    skipped = piece.roles["amount_skip"]
    for spot in _raised_first(piece, piece.spots("money")):
        skip = piece.lead(spot).rstrip(piece.roles["loose"]).endswith(skipped)
        skip = skip or piece.rest(spot).startswith(piece.roles["by_unit"])
        if not skip and not counts_things(piece, spot):
            return hedged(piece, spot, piece.claim(spot).value)
    return None


def hedged(piece: Piece, spot: Spot, bounds: dict[str, Any]) -> dict[str, Any]:
    """Return bounds as open or vague as words a verb parts from the number make them: 至少要50亩, 大概要80亩."""
    if bounds.get("min") is None or bounds["min"] != bounds.get("max"):
        return bounds
    lead, said = piece.lead(spot), piece.folded[spot.start : spot.end]
    if re.search(piece.roles["at_least"], lead):
        return {**bounds, "max": None}
    if re.search(piece.roles["at_most"], lead):
        return {**bounds, "min": None}
    vague = re.search(piece.roles["roughly"], lead) or piece.says("vague_words", said)
    return {**bounds, "approx": True} if vague else bounds


def counts_things(piece: Piece, spot: Spot) -> bool:
    """Tell whether a number in 万 counts things, not money: 30万锭, 10万吨."""
    bare = piece.folded[spot.start : spot.end].endswith(piece.roles["bare_scales"])
    return bare and piece.rest(spot).startswith(piece.roles["things_counted"])


def _raised_first(piece: Piece, spots: list[Spot]) -> list[Spot]:
    """Return mentions, one that the first was raised to before the others: 从100多亩加到200亩."""
    if len(spots) < SEVERAL:
        return spots
    raised = piece.roles["raised_to"]
    spots = still_meant(piece, spots)
    return sorted(spots, key=lambda spot: not _after_any(piece, spot, raised))


def _after_any(piece: Piece, spot: Spot, words: tuple[str, ...]) -> bool:
    """Tell whether a mention stands right after one of these words, or only loose ones part them."""
    lead = piece.lead(spot)
    return lead.endswith(words) or lead.rstrip(piece.roles["loose"]).endswith(words)


def still_meant(piece: Piece, spots: list[Spot]) -> list[Spot]:
    """Return mentions without one only planned once, where another says what it came to: 原计划6家,实际走访4家."""
    if len(spots) < SEVERAL:
        return spots
    once = [spot for spot in spots if _planned_once(piece, spot)]
    return [spot for spot in spots if spot not in once] or spots


def _planned_once(piece: Piece, spot: Spot) -> bool:
    lead = piece.lead(spot)[-ONCE_REACH:]
    places = [lead.rfind(word) for word in piece.roles["once_planned"]]
    facts = [lead.rfind(word) for word in piece.roles["in_fact"]]
    return max(places) >= 0 and max(places) >= max(facts)


@role("land", of=("area",))
def land(piece: Piece, _slot: str) -> Any:
    """Return land in 亩."""
    for spot in _raised_first(piece, piece.spots("area")):
        if _is_land(piece, spot):
            metres = piece.claim(spot).value["square_metres"]
            bounds = metres if isinstance(metres, dict) else {"min": metres, "max": metres}
            return hedged(piece, spot, {**bounds, "min": _mu(bounds.get("min")), "max": _mu(bounds.get("max"))})
    return None


def _is_land(piece: Piece, spot: Spot) -> bool:
    if piece.says("land_units", spot.text):
        return True
    around = piece.lead(spot)[-4:] + piece.rest(spot)[:3]
    return piece.says("land_words", around)


def _mu(metres: float | None) -> float | int | None:
    if metres is None:
        return None
    mu = round(metres * MU_PER_SQUARE_METRE, 4)
    return int(mu) if mu == int(mu) else mu


@role("headcount", of=("count",))
def headcount(piece: Piece, _slot: str) -> Any:
    """Return how many people: the sum where one is said, else the first number of people."""
    counted = [spot for spot in piece.spots("count") if _people(piece, spot) and not _hosts(piece, spot)]
    found = still_meant(piece, counted or [spot for spot in piece.spots("count") if _came_alone(piece, spot)])
    summed = piece.roles["summing"]
    spot = next((one for one in found if piece.lead(one).rstrip(piece.roles["loose"]).endswith(summed)), None)
    spot = spot or next(iter(found), None)
    return _about(piece, piece.claim(spot)) if spot else None


def _hosts(piece: Piece, spot: Spot) -> bool:
    """Tell whether a number only sums up those of theirs just named, where we went: 王总、小莫两位接待的."""
    before = piece.before(spot)
    named = bool(before) and before[0].entity == "contact"
    theirs = sum(token.entity == "contact" for token in piece.clause_of(spot)[1])
    return named and theirs == spot.value and piece.slots.get("mode") == "outbound"


def _came_alone(piece: Piece, spot: Spot) -> bool:
    """Tell whether a number of no named things is a clause of its own where we received: 铭诚来人,我接的,6个."""
    bare = _bare(piece, spot).endswith(piece.roles["counted_units"])
    alone = not (piece.lead(spot) + piece.rest(spot)).strip(piece.roles["trim"])
    return bare and alone and piece.slots.get("mode") == "inbound"


def _about(piece: Piece, spot: Spot) -> Any:
    """Return a number of people, as vague as it is said: 二十人左右."""
    value, said = spot.value, piece.folded[spot.start : spot.end]
    if not isinstance(value, int):
        return value
    vague = piece.says("vague_words", said) or re.search(piece.roles["roughly"], piece.lead(spot))
    after = piece.rest(spot).startswith(piece.roles["vague_tails"])
    return {"min": value, "max": value, "approx": True} if vague or after else value


def _bare(piece: Piece, spot: Spot) -> str:
    """Return the words of a number without those that make it vague."""
    said = piece.folded[spot.start : spot.end]
    for tail in piece.roles["vague_tails"]:
        said = said.removesuffix(tail)
    return said


def _people(piece: Piece, spot: Spot) -> bool:
    """Tell whether a number is of people: 5人, 5个客商, 来了5个; 一位浙江客商 only names one."""
    rest, said = piece.rest(spot), _bare(piece, spot)
    if said.isdigit():
        return piece.lead(spot).rstrip(piece.roles["field_marks"]).endswith(piece.roles["people_fields"])
    if said.endswith(piece.roles["people_units"]):
        return not (said in piece.roles["one_of_them"] and rest)
    if not said.endswith(piece.roles["counted_units"]):
        return False
    came = not rest.strip(piece.roles["trim"]) and piece.lead(spot).endswith(piece.roles["come_counted"])
    came = came or (not rest and re.search(piece.roles["people_counted"], piece.lead(spot)) is not None)
    return came or rest.startswith(piece.roles["people_words"])


@role("firm_count", of=("count",))
def firm_count(piece: Piece, _slot: str) -> Any:
    """Return how many firms."""
    units = piece.roles["firm_units"]
    fields = piece.roles["firm_fields"]
    counted = still_meant(piece, [spot for spot in piece.spots("count") if spot.text.endswith(units)])
    spot = next(iter(counted), None)
    bare = (spot for spot in piece.spots("count") if spot.text.isdigit())
    spot = spot or next((s for s in bare if piece.lead(s).rstrip(piece.roles["field_marks"]).endswith(fields)), None)
    return piece.claim(spot).value if spot else None


@role("ratio", of=("ratio",))
def ratio(piece: Piece, _slot: str) -> Any:
    """Return a share."""
    spot = next(iter(piece.spots("ratio")), None)
    return piece.claim(spot).value if spot else None


@role("days_since", early=1, of=("duration",))
def days_since(piece: Piece, _slot: str) -> Any:
    """Return how many days ago signing must be at least."""
    spot = next(iter(piece.spots("duration")), None)
    if spot is None:
        return None
    value = spot.value.get("min") if isinstance(spot.value, dict) else spot.value
    match = _DURATION.fullmatch(str(value))
    if match is None:
        return None
    signed = next((s for s in piece.spots("stage") if s.value == "signed" and s.start < spot.start), None)
    if signed:
        piece.claim(signed)
    piece.claim(spot)
    days = float(match[1]) * DAYS_IN[match[2]]
    half_year = match[0] == "P6M"
    return DAYS_IN["M"] * 6 if half_year else int(days)


@role("counts", of=("count", "duration"))
def counts(piece: Piece, _slot: str) -> Any:
    """Return numbers by metric: 拜访5家, 接待2批11人."""
    found: dict[str, Any] = {}
    for spot in piece.spots("count", "duration"):
        metric = _counted(piece, spot)
        if metric:
            piece.claim(spot)
            found[metric] = _number(spot)
    return found or None


def _number(spot: Spot) -> Any:
    if spot.entity == "duration" and (match := _DURATION.fullmatch(str(spot.value))):
        days = float(match[1]) * DAYS_IN[match[2]]
        return int(days) if days == int(days) else days
    hours = _HOURS.fullmatch(str(spot.value)) if spot.entity == "duration" else None
    return int(hours[1]) / (2 * HALF_DAY) if hours and int(hours[1]) % HALF_DAY == 0 else spot.value  # 19天半


def _counted(piece: Piece, spot: Spot) -> str | None:
    """Return the metric a number is of, by its unit and the nearest verb before it."""
    lead = piece.folded[piece.start : spot.start]
    best: tuple[int, str] | None = None
    for rule in piece.roles["count_rules"]:
        if _in_unit(piece, spot, rule):
            place = max((lead.rfind(verb) for verb in rule["verbs"]), default=-1)
            if (place >= 0 or not rule["verbs"]) and (best is None or place > best[0]):
                best = (place, rule["metric"])
    return best[1] if best else None


def _in_unit(piece: Piece, spot: Spot, rule: Mapping[str, Any]) -> bool:
    """Tell whether a number is in a unit of a rule, or counts its things with 个: 十九个人."""
    said, rest = piece.folded[spot.start : spot.end].removesuffix(piece.roles["and_half"]), piece.rest(spot)
    if said.endswith(tuple(rule["units"])) or rest.startswith(tuple(rule.get("after", ()))):
        return True
    return said.endswith(piece.roles["counted_units"]) and rest.startswith(tuple(rule.get("of", ())))
