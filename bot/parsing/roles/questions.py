"""What is asked: comparison, order, conditions, aspects."""

import re
from typing import Any

from bot.parsing.grammar.numerals import digits
from bot.parsing.piece import Piece
from bot.parsing.roles.metrics import of_all_origins
from bot.parsing.roles.origins import trade
from bot.parsing.roles.records import denied
from bot.parsing.roles.registry import role
from bot.parsing.roles.times import DAYS, day_value
from bot.parsing.spots import Spot

CONDITION_REACH = 8  # characters between a sum and the projects it limits
RATES = ("fulfilment_rate", "start_rate", "production_rate", "funds_rate", "landing_rate", "lead_valid_rate")


@role("origin_filter")
def origin_filter(piece: Piece, _slot: str) -> Any:
    """Return the origin projects are limited to; a metric that says it already needs none."""
    metric = str(piece.slots.get("metric", ""))
    if metric.startswith("funds_outside") or metric == "funds_overseas":
        return None
    if metric == "funds_total" and of_all_origins(piece):
        return None
    code = piece.lexicon.code("origin", piece.plain())
    return None if code == "outside_city" else code


@role("compare")
@role("rank_compare")
def compare(piece: Piece, _slot: str) -> Any:
    """Return what a figure is compared with."""
    code = piece.first_code("compare", piece.said)
    if piece.spec.name != "query_ranking":
        return code
    if code == "mom" and piece.says("a_year_before"):
        return "yoy"
    return code or ("mom" if "progress_change" in piece.features else None)


@role("tier")
def tier(piece: Piece, _slot: str) -> Any:
    """Return which of the two targets is meant."""
    return piece.lexicon.code("tier", piece.plain())


@role("filters", early=1)
def filters(piece: Piece, _slot: str) -> Any:
    """Return the condition a rate or count puts on projects: 上半年签约项目履约率."""
    found: dict[str, Any] = {}
    listed = piece.lexicon.code("list", piece.plain())
    if listed:
        found["list"] = listed
    event = next(iter(piece.spots("event")), None)
    if event:
        found["event"] = piece.claim(event).value
    found |= _staged(piece)
    industry = trade(piece, "industry")
    if industry:
        found["industry"] = industry
    money = next(iter(piece.spots("money")), None)
    if money and piece.book.words.project_word in piece.rest(money)[:CONDITION_REACH]:
        found["amount"] = piece.claim(money).value
    return found or None


def _staged(piece: Piece) -> dict[str, Any]:
    """Return the stage and time of a cohort: a milestone right before 项目 while a rate is asked."""
    rate = any(str(spot.value).startswith(RATES) for spot in piece.spots("metric"))
    for spot in piece.spots("stage"):
        attached = re.match(piece.roles["those_before"], piece.rest(spot).lstrip(piece.roles["loose"])) is not None
        times = [time for time in piece.spots(*DAYS) if time.end <= spot.start]
        if rate and attached and times:
            piece.claim(spot)
            return {"stage": spot.value, "period": day_value(piece.claim(times[-1]), ahead=False)}
    return {}


@role("target_aspect")
def target_aspect(piece: Piece, _slot: str) -> Any:
    """Return which side of a target is asked about."""
    if "half" in piece.features:
        return "pace"
    if "needed" in piece.features:
        return "gap"
    if piece.says("pace_words"):
        return "pace"
    said = "target" if "target_set" in piece.features else piece.first_code("target_aspect")
    return "completion" if said in (None, "target") and "reached_asked" in piece.features else said


@role("project_aspect")
def project_aspect(piece: Piece, _slot: str) -> Any:
    """Return which side of a project is asked about."""
    return piece.first_code("project_aspect") or ("funds" if "money_asked" in piece.features else None)


@role("enterprise_aspect")
def enterprise_aspect(piece: Piece, _slot: str) -> Any:
    """Return which side of a firm is asked about."""
    return piece.first_code("enterprise_aspect")


@role("order", early=1)
def order(piece: Piece, _slot: str) -> Any:
    """Return whether the head or the tail of the ranking is wanted."""
    words = re.sub(piece.roles["not_at_top"], " ", piece.plain())
    if piece.says("bottom_words", words):
        return "bottom"
    return "top" if _bare_first(piece) or piece.says("top_words", words) else None


@role("limit", early=1)
def limit(piece: Piece, _slot: str) -> Any:
    """Return how many are wanted: 前三, 后五名, and one for 谁第一, 谁最后."""
    for spot in piece.spots("count"):
        lead = piece.lead(spot).removesuffix(piece.roles["attributive"])
        if lead.endswith(piece.roles["limit_before"]) and isinstance(spot.value, int):
            return piece.claim(spot).value
    headed = re.search(piece.roles["headed"], piece.said)
    if headed:
        return digits(headed["count"])  # 前三甲, 前5强
    first = _bare_first(piece)
    if first is not None:
        piece.claim(first)
        return 1
    alone = "who" in piece.features and piece.says("one_alone", piece.plain())
    return 1 if alone and not piece.spots("ordinal") else None


def _bare_first(piece: Piece) -> Spot | None:
    """Return 第一 that is no place counted out: 谁第一, not 第一名是谁."""
    units = piece.roles["rank_units"]
    firsts = [spot for spot in piece.spots("ordinal") if spot.value == 1 and not spot.text.endswith(units)]
    return next((spot for spot in firsts if not piece.rest(spot).startswith(units)), None)


@role("position", early=1, of=("ordinal",))
def position(piece: Piece, _slot: str) -> Any:
    """Return the place asked about: 第二名是谁."""
    spot = next((spot for spot in piece.spots("ordinal") if isinstance(spot.value, int)), None)
    return piece.claim(spot).value if spot else None


@role("group")
def group(piece: Piece, _slot: str) -> Any:
    """Return the kind of units compared, where it is told apart."""
    words = piece.plain()
    own = next((name for name in piece.book.groups if name in piece.said), None)
    if own is not None and ("unit" not in piece.slots or own not in piece.roles["group_labels"].values()):
        return own
    if "unit" in piece.slots:
        return None
    labels = piece.roles["group_labels"]
    named = [code for code in labels if any(word in words for word in piece.lexicon.words("group", code))]
    if named in ([], ["county"]):
        return None  # 各区县 alone are all who are ranked
    return labels["county" if "county" in named else named[0]]


@role("stage_missing", early=1, of=("stage",))
def stage_missing(piece: Piece, _slot: str) -> Any:
    """Return the milestone the listed projects have not reached."""
    spot = next((spot for spot in piece.spots("stage") if denied(piece, spot)), None)
    return piece.claim(spot).value if spot else None


@role("stage_reached", of=("stage",))
def stage_reached(piece: Piece, _slot: str) -> Any:
    """Return the milestone the listed projects have reached."""
    spot = next((spot for spot in piece.spots("stage") if not denied(piece, spot)), None)
    return piece.claim(spot).value if spot else None


@role("list")
def listed(piece: Piece, _slot: str) -> Any:
    """Return the list of projects meant."""
    return piece.lexicon.code("list", piece.plain())


@role("subject")
def subject(piece: Piece, _slot: str) -> Any:
    """Return whether projects or units lag."""
    words = piece.plain()
    if piece.book.words.project_word in words:
        return "project"
    return "unit" if piece.says("unit_words", words) else None


@role("light")
def light(piece: Piece, _slot: str) -> Any:
    """Return the colour asked about."""
    return piece.lexicon.code("light", piece.plain())


@role("needs")
def needs(piece: Piece, _slot: str) -> Any:
    """Return what a site must offer, in the user's words."""
    found: list[str] = []
    end = -1
    for token in piece.tokens:
        if "needs" in token.concepts:
            found = [*found[:-1], found[-1] + token.text] if token.start == end else [*found, token.text]
            end = token.end
    return found or None
