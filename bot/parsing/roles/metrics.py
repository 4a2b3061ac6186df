"""Which figure is asked for: by its name, by what is counted, narrowed by the words around it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.parsing.piece import Piece
from bot.parsing.roles.registry import role
from bot.parsing.spots import Spot

FUNDS = "funds_outside_city"
COMPLETION = "completion"
ASIDE = ("signed_amount", FUNDS)  # figures that only say of what a rate is: 按合同额算的资金到位率
BY_ORIGIN = {"out_of_province": "funds_outside_province", "overseas": "funds_overseas", "outside_city": FUNDS}


@role("metric")
def metric(piece: Piece, _slot: str) -> Any:
    """Return the figure asked for."""
    spots = piece.spots("metric")
    found = _counted_first(piece, spots) or (str(piece.claim(spots[0]).value) if spots else _counted(piece))
    rule = _shift(piece, [str(spot.value) for spot in spots] or [found or ""])
    if rule is None:
        return _by_origin(piece, found, spots[:1])
    for spot in spots:
        if spot.value in (*rule["of"], *ASIDE):
            piece.claim(spot)
    return rule["metric"]


@role("metric_said")
def metric_said(piece: Piece, _slot: str) -> Any:
    """Return the indicator of a target or ranking; a completion rate is one only where units are ranked by it."""
    spots = piece.spots("metric")
    chosen = _indicator(piece, spots)
    if chosen is None:
        return _counted(piece) if piece.spec.name not in ("explain_figure", "list_lagging") else None
    for spot in spots:
        piece.claim(spot)
    said = str(chosen.value)
    rule = _shift(piece, [said])
    if rule is not None:
        return rule["metric"]
    return _by_origin(piece, said, [chosen]) if said == FUNDS else said


def _indicator(piece: Piece, spots: list[Spot]) -> Spot | None:
    plain = [spot for spot in spots if spot.value != COMPLETION]
    ranks = piece.spec.name in ("query_ranking", "explain_figure")
    whole = next((spot for spot in spots if spot.value == COMPLETION), None) if ranks else None
    return whole or next(iter(plain), None)


def _by_origin(piece: Piece, found: str | None, said: Sequence[Spot]) -> str | None:
    """Return the funds of the origin said beside them: 省外的到位资金; not where they say their own: 市外资金."""
    code = piece.lexicon.code("origin", piece.plain())
    if found not in (None, FUNDS, "funds_total") or code not in BY_ORIGIN:
        return found
    own = any(piece.lexicon.code("origin", spot.text) for spot in said)
    return found if own else BY_ORIGIN[code]


def _shift(piece: Piece, said: list[str]) -> Mapping[str, Any] | None:
    """Return the rule by which words around a figure mean its neighbour: 不分来源的到位资金."""
    shifts: list[Mapping[str, Any]] = piece.roles["metric_shifts"]
    fitting = [rule for rule in shifts if not {*said}.isdisjoint(rule["of"]) and _fits(rule, piece.said)]
    either = {rule["metric"] for rule in fitting if rule["of"] == fitting[0]["of"]}
    return fitting[0] if len(either) == 1 else None  # 按合同算还是按计划算: neither of the two


def of_all_origins(piece: Piece) -> bool:
    """Tell whether the funds of every origin are meant."""
    rule = _shift(piece, [FUNDS])
    return rule is not None and rule["metric"] == "funds_total"


def _counted_first(piece: Piece, spots: Sequence[Spot]) -> str | None:
    """Return what is counted in a list before another figure is named: 签约几个、签约额多少."""
    if piece.spec.name != "query_metric":
        return None
    before = piece.folded[piece.start : spots[0].start if spots else piece.end]
    counted = re.search(piece.roles["counted_before"], before)
    return _counted(piece, before if spots else before[: counted.end()]) if counted else None


def _counted(piece: Piece, words: str = "") -> str | None:
    """Return the metric of a question without its name: 签约几个, 拜访了多少家."""
    words = words or piece.plain()
    for rule in piece.roles["asked_rules"]:
        if _fits(rule, words) and piece.spec.name in rule.get("only", (piece.spec.name,)):
            return str(rule["metric"])
    return None


def _fits(rule: Mapping[str, Any], words: str) -> bool:
    """Tell whether a rule's words stand in a text, and one of its units where it has any."""
    units = rule.get("units")
    return any(word in words for word in rule["words"]) and (not units or any(unit in words for unit in units))
