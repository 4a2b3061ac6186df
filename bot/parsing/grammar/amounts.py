"""Finds numbers with what they measure: money, land, shares, counts, ordinals and spans of time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bot.parsing.grammar import counts, money, ratios
from bot.parsing.grammar.areas import area
from bot.parsing.grammar.bounds import bound
from bot.parsing.grammar.durations import duration
from bot.parsing.grammar.numerals import NUMERAL, Numeral, between, magnitude, read
from bot.parsing.grammar.shapes import Found
from bot.parsing.grammar.units import SINGLE, UNIT
from bot.parsing.grammar.values import spread

_ANCHOR = re.compile(
    r"(?<![\dA-Za-z.])\d|[一二两三四五六七八九十]|好几|(?<![\d初上好])几|(?<![人次户家个总倍参指函级])数(?=[十百千万亿])|半|[百千万亿]"
)
_TO = re.compile(r" ?(?:-{1,2}|~|到|至) ?")
_CLASS = re.compile(r"元?级(?!别|市|单|领|经)")
_CLEANROOM = re.compile(r"级(?:洁净|无尘|净化)")
# 上亿, 近百家, 亿元以上, 千万级, 百余亩: a magnitude without a number
_LEAD = re.compile(
    r"(?P<up>(?<![加以算线网身路])上|超过|超|(?<![路通经])过|逾|突破)|(?P<near>(?<![最附])近|将近|接近)|(?P<down>不到|不足)"
)
_BARE = re.compile(
    r"(?P<unit>[十百千]?万亿|[十百千]?[万亿]|[百千](?!分))(?P<more>[多余])?(?P<coin>元)?(?P<class>级(?!别))?(?P<over>[及或]?以上|以下)?"
)
_WORTH = re.compile(r"项目|企业|产业|大项目")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its place and the unit behind it."""

    start: int
    number_end: int
    end: int
    number: Numeral
    kind: str  # a group of UNIT, or nothing
    unit: str


def find_amounts(text: str, at: datetime) -> Iterator[Found]:
    """Return everything that is counted or measured, in order."""
    place = 0
    while anchor := _ANCHOR.search(text, place):
        start = anchor.start()
        if text[start] in "百千万亿":
            found, place = _bare(text, start)
        else:
            found, place = _numbered(text, start, at)
        if found:
            yield found


def _numbered(text: str, start: int, at: datetime) -> tuple[Found | None, int]:
    if share := ratios.PARTS.match(text, start):
        return Found(start, share.end(), "ratio", ratios.parts(share)), share.end()
    first = _quantity(text, start)
    if first is None:
        return None, start + 1
    quantity = _range(text, first) or first
    found = _typed(text, quantity, at)
    return found, max(quantity.number_end, found.end if found else 0)


def _quantity(text: str, start: int) -> Quantity | None:
    match = NUMERAL.match(text, start)
    if match is None:
        return None
    end = match.end()
    unit = UNIT.match(text, end)
    if not unit or not unit.lastgroup:
        return Quantity(start, end, end, read(match), "", "")
    return Quantity(start, end, unit.end(), read(match), unit.lastgroup, unit[0])


def _range(text: str, first: Quantity) -> Quantity | None:
    """Return the range that a number opens: 3-5亿, 100亩到150亩, 10%-15%."""
    for end in dict.fromkeys((first.end, first.number_end)):
        to = _TO.match(text, end)
        second = _quantity(text, to.end()) if to else None
        if second is None or (end == first.end and first.kind and first.kind != second.kind):
            continue
        number = between(first.number, second.number)
        if number.low is not None and number.high is not None and number.low < number.high:
            return replace(second, start=first.start, number=number)
    return None


def _typed(text: str, quantity: Quantity, at: datetime) -> Found | None:
    start, number, unit = quantity.start, quantity.number, quantity.unit
    words = text[start : quantity.number_end]
    if text[start - 1 : start] == "第":
        return counts.ordinal(text, start - 1, quantity.number_end, number)
    if words == "几":
        return None  # 几家, 几天 ask more often than they tell
    if quantity.kind == "time":
        return duration(text, start, quantity.end, number, unit, at)
    if quantity.kind == "none" and (not number.big or _CLEANROOM.match(text, quantity.number_end)):
        return None
    if number.big and unit.strip() == "起":
        quantity = replace(quantity, kind="", unit="", end=quantity.number_end)  # 500万起 is a bound
    if quantity.kind == "measure" and counts.is_word(words, unit.strip()):
        return None
    return _measured(text, quantity, words)


def _measured(text: str, quantity: Quantity, words: str) -> Found | None:
    kind = _kind(text, quantity, words)
    if not kind:
        return None
    end = (
        quantity.end if quantity.kind == kind or (kind, quantity.kind) == ("count", "measure") else quantity.number_end
    )
    number = _signed(text, quantity)
    start = quantity.start - (1 if number is not quantity.number else 0)
    if kind == "money" and (sign := money.sign_before(text, start)):
        start, quantity = start - len(sign), replace(quantity, unit=quantity.unit if quantity.kind == "money" else sign)
    if kind == "money" and number.low == number.high and number.low and (of_class := _CLASS.match(text, end)):
        number, end = replace(number, high=number.low * 10), of_class.end()
    start, end, number = bound(text, start, end, number)
    unit = quantity.unit if quantity.kind in (kind, "") else ""
    value = {"money": money.money, "area": area, "ratio": ratios.ratio}.get(kind, _count)(number, unit)
    return Found(start, end, kind, value)


def _kind(text: str, quantity: Quantity, words: str) -> str:
    """Return the entity a number with its unit is; without a unit 万 and 亿 are money."""
    kind = quantity.kind
    if kind == "money":
        # 三元电池, 一块去
        return (
            ""
            if words in SINGLE
            and not quantity.unit.strip().endswith(("钱", "币"))
            and quantity.unit.strip() in ("元", "块")
            else kind
        )
    if kind in ("area", "ratio"):
        return "" if kind == "area" and words in SINGLE and quantity.unit.strip() in ("平", "平方") else kind
    if kind == "measure":
        return "count"
    if money.sign_before(text, quantity.start):
        return "money"
    after = text[quantity.number_end : quantity.number_end + 1]
    if quantity.number.big:
        return "count" if after.isascii() and after.isalpha() else "money"
    return "count" if not kind and counts.stands_alone(text, quantity.start, quantity.number_end) else ""


def _count(number: Numeral, _unit: str) -> object:
    return spread(number)


def _signed(text: str, quantity: Quantity) -> Numeral:
    """Return a number below zero when a minus stands before it and nothing a range could start from."""
    before = text[max(0, quantity.start - 2) : quantity.start]
    if before[-1:] != "-" or (len(before) == 2 and before[0].isalnum()) or quantity.kind not in ("ratio", "money", ""):
        return quantity.number
    return quantity.number.times(-1)


def _bare(text: str, start: int) -> tuple[Found | None, int]:
    if share := ratios.PARTS.match(text, start):
        return Found(start, share.end(), "ratio", ratios.parts(share)), share.end()
    match = _BARE.match(text, start)
    if match is None:
        return None, start + 1
    lead = next((m for m in _LEAD.finditer(text, max(0, start - 4), start) if m.end() == start), None)
    unit = UNIT.match(text, match.end("unit") if not match["more"] else match.end("more"))
    kind = unit.lastgroup or "" if unit else ""
    found = _bare_amount(text, start, match, lead, unit if kind in ("measure", "area", "money", "time") else None)
    return found, max(match.end("unit"), found.end if found else 0)


def _bare_amount(
    text: str, start: int, match: re.Match[str], lead: re.Match[str] | None, unit: re.Match[str] | None
) -> Found | None:
    number = _bare_number(match, lead)
    money_like = not _BIG.isdisjoint(match["unit"])
    begin = lead.start() if lead else start
    if (
        match["class"]
        or match["over"]
        or (match["coin"] and match["unit"].endswith("亿") and _WORTH.match(text, match.end()))
    ):
        return Found(begin, match.end(), "money", money.money(number, "")) if money_like or match["coin"] else None
    if not lead and not match["more"]:
        return None
    if unit is None:
        end = match.end("unit")
        return (
            Found(begin, end, "money", money.money(number, ""))
            if money_like and lead and match["unit"] != "万"
            else None
        )
    kind = unit.lastgroup
    if kind == "money":
        return Found(begin, unit.end(), "money", money.money(number, unit[0]))
    if kind == "area":
        return Found(begin, unit.end(), "area", area(number, unit[0]))
    if kind == "measure" and unit[0] not in ("度", "家号"):
        return Found(begin, unit.end(), "count", spread(number))
    return None


_BIG = frozenset("万亿")


def _bare_number(match: re.Match[str], lead: re.Match[str] | None) -> Numeral:
    one = Decimal(magnitude(match["unit"]))
    if match["class"]:
        return Numeral(one, one * 10)
    if match["over"] == "以下" or (lead and lead["down"]):
        return Numeral(None, one)
    if match["over"] or (lead and lead["up"]):
        return Numeral(one, None)
    if match["more"]:
        return Numeral(one, one * 2)
    return Numeral(one, one if lead else None, approx=bool(lead))
