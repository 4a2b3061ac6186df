"""A message that is a number and nothing else: 一千零五, 负三点二, 3又5分之1, 四百亿, 12k, 八点五成, 七二折."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from bot.parsing.grammar.measures import value_of
from bot.parsing.grammar.numerals import Numeral
from bot.parsing.grammar.shapes import Found
from bot.parsing.grammar.writing import plain_capitals

_DIGITS = {
    char: n
    for n, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_LATIN = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4}
_HAN = "零〇一二两三四五六七八九十百千万亿兆"
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d*\.\d+|[\d{_HAN}]+)(?:点[{_HAN}\d]+)?"
_ALONE = re.compile(
    rf"(?P<minus>[负-])?(?:(?P<whole>{_NUMBER})又)?(?:(?P<base>{_NUMBER})分之(?P<sign>负)?)?(?P<number>{_NUMBER})"
    r"(?P<latin>[kKwW])?(?P<unit>%|个百分点|成[一二三四五六七八九\d半]?|折)?"
)
_OPENING = frozenset(f"负-.{_HAN}壹贰叁肆伍陆柒捌玖拾佰仟")  # what it begins with, as written
_PART = re.compile(r"\d*\.\d+|\d+|.")
_NO_NUMBER = ("十一", "两两", "一一")
_MOST = 40  # characters; nobody writes a longer number
_CLAUSE = re.compile(r"[^\s,，。;、!?:]+")
_SPACE = re.compile(r"\s")
_FROM_TO = re.compile(
    r"(?<![一二三四五六七八九])(?:一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?![一二三四五六七八九折])"
)
_SHARE = {"%": Fraction(1, 100), "个百分点": Fraction(1, 100), "成": Fraction(1, 10)}


def read_alone(text: str) -> Found | None:
    """Return the number that a whole text is, if it is one in words the other rules leave out."""
    if len(text) > _MOST:
        return None
    first = text.lstrip()[:1]
    if not (first in _OPENING or first.isdecimal()) or ", " in text:
        return None
    words = plain_capitals(_SPACE.sub("", text))
    match = _ALONE.fullmatch(words)
    if match is None or not _worded(words):
        return None
    value = _value(match)
    start = len(text) - len(text.lstrip())
    if value is None:
        return None
    entity, number = _typed(match, value)
    low = Decimal(number.numerator) / Decimal(number.denominator)
    said = value_of(entity, Numeral(low, low), "倍" if entity == "ratio" else "")
    return Found(start, len(text.rstrip()), entity, said)


def find_alone(text: str) -> Iterator[Found]:
    """Return the numbers that whole clauses are: 二百三十三,一千六点五."""
    if "点" not in text and "又" not in text:
        return
    for clause in _CLAUSE.finditer(text):
        found = read_alone(clause[0])
        if found:
            yield replace(found, start=clause.start(), end=clause.end())


def _worded(words: str) -> bool:
    """Tell whether more than plain digits is said: those are read elsewhere, with years and codes told apart."""
    if len(words) == 1 or words.isdecimal() or words[0] in "万亿兆":
        return False
    return words not in _NO_NUMBER and not _FROM_TO.search(words)


def _typed(match: re.Match[str], value: Fraction) -> tuple[str, Fraction]:
    unit = match["unit"] or ""
    if unit == "折":
        figures = [char for char in match["number"] if char not in "点."]
        return "ratio", value / (100 if len(figures) > 1 and value > 10 else 10)
    if unit.startswith("成") and len(unit) > 1:
        return "ratio", value / 10 + (Fraction(1, 20) if unit[1] == "半" else Fraction(_number(unit[1]) or 0) / 100)
    if unit:
        return "ratio", value * _SHARE[unit]
    if match["base"] and not match["whole"]:
        return "ratio", value
    big = any(char in match["number"] for char in "万亿兆") or (match["latin"] or "") in ("w", "W")
    return ("money" if big else "count"), value


def _value(match: re.Match[str]) -> Fraction | None:
    number = _number(match["number"])
    if number is None:
        return None
    number *= _LATIN[match["latin"]] if match["latin"] else 1
    if match["base"]:
        base = _number(match["base"])
        if not base:
            return None
        number = number / base * (-1 if match["sign"] else 1)
    if match["whole"]:
        number += _number(match["whole"]) or 0
    return -number if match["minus"] else number


def _number(words: str) -> Fraction | None:
    whole, _, fraction = words.replace(",", "").partition("点")
    if fraction and not all(char in _DIGITS or char.isdecimal() for char in fraction):
        return None
    value = _whole(whole)
    if value is None or not fraction:
        return value
    figures = "".join(str(_DIGITS.get(char, char)) for char in fraction)
    return value + Fraction(int(figures), 10 ** len(figures))


def _whole(words: str) -> Fraction | None:
    """Return a whole number said in any mix of figures and characters: 5亿1万4千6百, 四万万, 一百二."""
    if all(char in _DIGITS for char in words) and words:
        return Fraction(int("".join(str(_DIGITS[char]) for char in words)))
    total, section, figure, last, zero = Fraction(0), Fraction(0), None, 1, False
    for part in _PART.findall(words):
        if part in _SMALL:
            section += (1 if figure is None else figure) * _SMALL[part]
            figure, last, zero = None, _SMALL[part], False
        elif part in _LARGE:
            scale = _LARGE[part]
            section += figure or (0 if total or section else 1)
            joined = total < scale or not section
            total = (total + section) * scale if joined else total + section * scale
            section, figure, last, zero = Fraction(0), None, scale, False
        elif part in "零〇":
            zero = True
        elif figure is not None:
            return None
        else:
            figure = Fraction(_DIGITS[part]) if part in _DIGITS else Fraction(part)
    return total + section + _rest(figure, last, words, zero=zero)


def _rest(figure: Fraction | None, last: int, words: str, *, zero: bool) -> Fraction:
    """Return what a last figure counts: 一百二 is 120, 一百零二 102."""
    if figure is None:
        return Fraction(0)
    short = last > _SMALL["十"] and not zero and figure < last / 10 and not words[-2:].isdecimal()
    return figure * last / 10 if short else figure
