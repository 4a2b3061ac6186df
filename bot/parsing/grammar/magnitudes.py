"""Magnitudes without a number before them: 上亿, 亿元以上, 千万级, 近百家, 百余亩, 百来万, 千把人."""

import re
from decimal import Decimal

from bot.parsing.grammar.bounds import bound
from bot.parsing.grammar.measures import value_of
from bot.parsing.grammar.numerals import Numeral, magnitude
from bot.parsing.grammar.shapes import Found
from bot.parsing.grammar.units import UNIT

_LEAD = re.compile(
    r"(?:(?P<up>(?<![加以算线网身路])上|超过|超|(?<![路通经])过|逾|突破)|(?P<near>(?<![最附])近|将近|接近)|(?P<down>不到|不足))\Z"
)
_LEAD_REACH = 3
_BARE = re.compile(
    r"(?P<unit>[十百千]?万亿|[十百千]?[万亿]|[百千](?!分))(?P<more>[多余])?(?P<coin>元)?(?P<class>级(?!别))?(?P<bound>[及或]?以上|[及或]?以下)?"
)
_SOME = re.compile(r"(?P<unit>[百千万])[来把](?P<scale>[万亿]|个亿)?(?!分)")
_WORTH = re.compile(r"项目|企业|产业|大项目")  # 亿元项目 are those of 1亿 and more
_BIG = frozenset("万亿")
_ENTITIES = {"measure": "count", "area": "area", "money": "money"}


def read_bare(text: str, start: int) -> tuple[Found | None, int]:
    """Return what a magnitude at a place means, if it means an amount, and where to read on."""
    some = _SOME.match(text, start)
    if some and (found := _some(text, some)):
        return found, found.end
    match = _BARE.match(text, start)
    if match is None:
        return None, start + 1
    lead = _LEAD.search(text, max(0, start - _LEAD_REACH), start)
    found = _amount(text, match, lead) or _counted(text, match, lead)
    return found, max(match.end("unit"), found.end if found else 0)


def _some(text: str, match: re.Match[str]) -> Found | None:
    """Return what 百来万 and 千把人 stand for: up to half as much again."""
    scale = (match["scale"] or "").removeprefix("个")
    one = Decimal(magnitude(match["unit"] + scale))
    unit = UNIT.match(text, match.end())
    entity = _ENTITIES.get(unit.lastgroup or "") if unit else None
    if unit is None or entity is None:
        return _bounded(text, match, one, "money", match.end(), "") if scale else None
    return _bounded(text, match, one, entity, unit.end(), unit[0])


def _bounded(text: str, match: re.Match[str], one: Decimal, entity: str, end: int, unit: str) -> Found:
    start, end, number = bound(text, match.start(), end, Numeral(one, one + one / 2))
    return Found(start, end, entity, value_of(entity, number, unit))


def _amount(text: str, match: re.Match[str], lead: re.Match[str] | None) -> Found | None:
    """Return money: 亿元以上, 千万级, 上亿."""
    big = not _BIG.isdisjoint(match["unit"])
    worth = bool(match["coin"]) and match["unit"].endswith("亿") and _WORTH.match(text, match.end())
    if not big or not (match["class"] or match["bound"] or worth or (match["coin"] and (lead or match["more"]))):
        return None
    number = _number(match, lead)
    if worth:
        number = Numeral(number.low, None)
    start = lead.start() if lead else match.start()
    return Found(start, match.end(), "money", value_of("money", number, ""))


def _counted(text: str, match: re.Match[str], lead: re.Match[str] | None) -> Found | None:
    """Return what a magnitude counts or measures when a word before or behind it makes it a number."""
    unit = UNIT.match(text, match.end("more") if match["more"] else match.end("unit"))
    entity = _ENTITIES.get(unit.lastgroup or "") if unit else None
    if unit and entity and unit[0] != "度":
        start, end, number = bound(text, match.start(), unit.end(), _number(match, lead))
        if lead or match["more"] or end > unit.end():
            return Found(min(start, lead.start() if lead else start), end, entity, value_of(entity, number, unit[0]))
    if lead and match["unit"] != "万" and not _BIG.isdisjoint(match["unit"]):
        return Found(lead.start(), match.end("unit"), "money", value_of("money", _number(match, lead), ""))
    return None


def _number(match: re.Match[str], lead: re.Match[str] | None) -> Numeral:
    one = Decimal(magnitude(match["unit"]))
    if match["class"]:
        return Numeral(one, one * 10)
    if (match["bound"] or "").endswith("下") or (lead and lead["down"]):
        return Numeral(None, one)
    if match["bound"] or (lead and lead["up"]):
        return Numeral(one, None)
    return Numeral(one, one * 2) if match["more"] else Numeral(one, one, approx=bool(lead))
