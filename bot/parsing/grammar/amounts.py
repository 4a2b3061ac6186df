"""Finds numbers with what they measure: money, land, shares, counts, ordinals and spans of time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.parsing.grammar import counts, money, ratios
from bot.parsing.grammar.bounds import bound
from bot.parsing.grammar.durations import duration
from bot.parsing.grammar.magnitudes import read_bare
from bot.parsing.grammar.measures import value_of
from bot.parsing.grammar.numerals import AFTER_ONE, Numeral, between, read
from bot.parsing.grammar.shapes import BLOCKED, Found
from bot.parsing.grammar.units import SINGLE, UNIT, UNIT_BEGINS

# most places are ruled out by their character
_ANCHOR = re.compile(
    r"(?=[\d一二两三四五六七八九十零俩仨负好几数超过半百千万亿])(?:"
    r"(?<![\dA-Za-z.])\d|[一二两三四五六七八九十]|零(?=点)|[俩仨]|负(?=[百千])|好几|(?<![\d初上好])几|(?<![人次户家个总倍参指函级])数(?=[十百千万亿])"
    r"|超?过半|半|[百千万亿])"
)
_TO = re.compile(r"(?:\(含\))? ?(?:-{1,2}|~|到|至) ?")
_AND = re.compile(r" ?[和与] ?")
_JOINING = frozenset(" (-~到至和与")  # what both begin with
_GOING_ON = AFTER_ONE | UNIT_BEGINS | _JOINING | frozenset("半大")  # behind a single character that may count
_MEANT_BEFORE = frozenset("第前后是为¥$€£币元金")  # before one that may count though nothing behind it tells
_AMID = re.compile(r"之间")
_SOME_HUNDRED = re.compile(r"百十[来多余]")
_COMMA = re.compile(r" ?[,、]? ?")
_MINUS = re.compile(r"(?:(?<![^\W])|(?<=[投资债损位账是为成了额速幅]))-$|(?<![自担抱肩])负$")
_SIGNS = frozenset("-负")
_CUBIC = re.compile(r"[水气土砂沙石渣]|混凝土|木材|库容|蓄")  # 日供水2万方 is no floor space
_CLASS = re.compile(r"元?级(?![别市单领经])")
_CLEANROOM = re.compile(r"级(?:洁净|无尘|净化)")
_WORDS = {"money": ("元", "块"), "area": ("平", "平方")}  # 三元电池, 一块去, 四平


@dataclass(slots=True)
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
    place, parted = 0, "分之" in text
    while anchor := _ANCHOR.search(text, place):
        start = anchor.start()
        if parted and (share := ratios.PARTS.match(text, start)):
            value, place = ratios.parts(share), share.end()
            yield Found(start, place, "ratio" if value is not None else BLOCKED, value)
            continue
        found, place = _read(text, start, at)
        if found:
            yield found


def _read(text: str, start: int, at: datetime) -> tuple[Found | None, int]:
    if text[start] in ratios.HALF_OPENS and (part := ratios.HALF.match(text, start)):
        begin, end, number = bound(text, start, part.end(), ratios.half(part))
        return Found(begin, end, "ratio", value_of("ratio", number, "倍")), end
    if text[start] in "百千万亿" and not _SOME_HUNDRED.match(text, start):
        return read_bare(text, start)
    if text[start] in "超过负" or _idle(text, start):
        return None, start + 1
    first = _quantity(text, start)
    if first is None:
        return None, start + 1
    quantity = _range(text, first) or first
    found = _typed(text, quantity, at)
    return found, max(quantity.number_end, found.end if found else 0)


def _idle(text: str, start: int) -> bool:
    """Tell whether a single character of a numeral only stands in words: 问一下, 周三去."""
    after = text[start + 1 : start + 2]
    return (
        text[start] in SINGLE
        and after not in _GOING_ON
        and after.isalnum()
        and text[start - 1 : start] not in _MEANT_BEFORE
    )


def _quantity(text: str, start: int) -> Quantity | None:
    numeral = read(text, start)
    if numeral is None:
        return None
    number, end = numeral
    unit = UNIT.match(text, end) if text[end : end + 1] in UNIT_BEGINS else None
    if not unit or not unit.lastgroup:
        return Quantity(start, end, end, number, "", "")
    return Quantity(start, end, unit.end(), number, unit.lastgroup, unit[0])


def _range(text: str, first: Quantity) -> Quantity | None:
    """Return the range that a number opens: 3-5亿, 100亩到150亩, 10%-15%."""
    for end in (first.end, first.number_end) if first.unit else (first.end,):
        if text[end : end + 1] not in _JOINING:
            continue
        to = _TO.match(text, end) or _AND.match(text, end)
        second = _quantity(text, to.end()) if to else None
        if to is None or second is None or (end == first.end and not _one_measure(first, second)):
            continue
        number = between(first.number, second.number)
        if number.low is None or number.high is None or number.low >= number.high:
            continue
        if to.re is _TO:
            return replace(second, start=first.start, number=number)
        if amid := _AMID.match(text, second.end):
            return replace(second, start=first.start, end=amid.end(), number=number)
    return None


def _one_measure(first: Quantity, second: Quantity) -> bool:
    """Tell whether two quantities are measured alike; 3个月到5年 are not."""
    if not first.kind:
        return True
    loose = first.kind not in ("time", "area") or first.unit.lstrip("个 ") == second.unit.lstrip("个 ")
    return first.kind == second.kind and loose


def _typed(text: str, quantity: Quantity, at: datetime) -> Found | None:
    if text[quantity.start - 1 : quantity.start] == "第":
        return counts.ordinal(text, quantity.start - 1, quantity.number_end, quantity.number)
    if quantity.kind == "time":
        if text.startswith("几", quantity.start):
            return None
        return duration(text, quantity.start, quantity.end, quantity.number, quantity.unit, at)
    entity = _entity(text, quantity)
    return _measured(text, entity, quantity) if entity else None


def _entity(text: str, quantity: Quantity) -> str:
    """Return the entity a number is with its unit, or nothing for a word or a code."""
    words, unit, big = text[quantity.start : quantity.number_end], quantity.unit.strip(), quantity.number.big
    if words == "几":
        return ""  # 几家 asks more often than it tells
    if unit == "方" and _CUBIC.search(text, max(0, quantity.start - 8), quantity.start):
        return "count"
    if quantity.kind in ("money", "area", "ratio"):
        return "" if words in SINGLE and unit in _WORDS.get(quantity.kind, ()) else quantity.kind
    if quantity.kind == "measure" and not (big and unit == "起"):
        return "" if counts.is_word(words, unit) else "count"
    if big:
        return _big(text, quantity.number_end)
    return "" if quantity.kind == "none" else _plain(text, quantity.start, quantity.number_end)


def _plain(text: str, start: int, end: int) -> str:
    if money.sign_before(text, start):
        return "money"
    return "count" if counts.stands_alone(text, start, end) else ""


def _big(text: str, end: int) -> str:
    """Tell what 万 and 亿 without a unit count: money, unless a Latin unit follows."""
    after = text[end : end + 1]
    if after.isascii() and after.isalpha():
        return "count"
    return "" if _CLEANROOM.match(text, end) else "money"


def _measured(text: str, entity: str, quantity: Quantity) -> Found:
    known = entity in (quantity.kind, "count")
    start, end, unit = quantity.start, quantity.end if known else quantity.number_end, quantity.unit if known else ""
    number = quantity.number
    if entity in ("money", "ratio") and _below_zero(text, start):
        start, number = start - 1, number.times(-1)
    if entity == "money":
        sign = money.sign_before(text, start)
        start, unit = start - len(sign), money.unit_of(sign, unit)
        if (of_class := _class_at(text, end)) and number.low and number.low == number.high:
            number, end = number._replace(high=number.low * 10), of_class.end()
    start, end, number = bound(text, start, end, number)
    if number.high is None:
        number, end = _capped(text, end, number, entity)
    return Found(start, end, entity, value_of(entity, number, unit))


def _class_at(text: str, end: int) -> re.Match[str] | None:
    return _CLASS.match(text, end) if text[end : end + 1] in ("元", "级") else None


def _capped(text: str, end: int, number: Numeral, entity: str) -> tuple[Numeral, int]:
    """Take in the upper bound said right behind a lower one: 3000万以上1亿以下."""
    comma = _COMMA.match(text, end)
    second = _quantity(text, comma.end()) if comma else None
    if second is None or second.number.low is None or number.low is None:
        return number, end
    if entity != (second.kind if second.kind in ("area", "ratio") else "money" if second.number.big else "count"):
        return number, end
    _, last, capped = bound(text, second.start, second.end, second.number)
    if capped.low is not None or capped.high is None or capped.high <= number.low:
        return number, end
    return number._replace(high=capped.high), last


def _below_zero(text: str, start: int) -> bool:
    """Tell whether a minus stands before a number, and nothing that would make it a range or a list."""
    return text[start - 1 : start] in _SIGNS and _MINUS.search(text, max(0, start - 2), start) is not None
