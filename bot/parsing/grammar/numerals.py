"""Chinese and Arabic numerals: 1.2亿, 一亿二, 两三千万, 三五, 十来个亿, 3000多万, 几千万."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_DIGITS = {
    char: n
    for n, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_WORDS = {"百十": Decimal(110), "半": Decimal("0.5"), "俩": Decimal(2), "仨": Decimal(3)}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8}

_SPELLED = str.maketrans("123456789", "一二三四五六七八九")

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d,])(?:\.\d{1,9})?|\d{1,12}(?:\.\d{1,9})?)"
CHINESE = r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*"
MAGNITUDE = r"(?:[百千]?万亿|[百千]?[万亿]|[百千]|[wW](?![A-Za-z0-9]))"
AFTER_ONE = frozenset("零〇一二两三四五六七八九十百千点万亿几多余来个wW")  # what may go on with a Chinese numeral
CLOCK_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九])"
# after 一亿二 these begin something else: 一亿二期, 2亿3家
_OTHER = r"[\d.,%期家个批次条笔项名位人层楼号月日年天周季点分成级类种线标台辆套届院所厂十百千万亿亩]"
_TOGETHER = r"[并起共下块直定边律同齐道]"  # 300万一并补报
# after these words 点 parts a number, not an hour: 一点二亿, 八点五成, 十二点五亩
_POINT = (
    r"点[零〇一二三四五六七八九]{1,9}"
    r"(?= ?[多来]?(?:个?[百千]?[万亿]|[成倍折%‰亩元吨平美欧港]|个百分|公顷|公里|千米))"
)
_PLACED = r"(?:[一二两三四五六七八九][百千]|[一二两三四五六七八九]?十)[零〇一二两三四五六七八九十百千]*"

_MIXED = r"(?:\d千\d百(?:\d十)?|\d千\d十|\d百\d十)\d?(?=[多余来]?个?[万亿])"  # 3千5百万

NUMERAL = re.compile(
    rf"(?P<coef>{_MIXED}|{ARABIC}(?:[百千](?=[多余来]?[万亿]))?|(?:零|{CHINESE}){_POINT}|{CHINESE}万(?:[零〇]?{CHINESE})?(?=[多余]?亿)|百十(?=[来多余])|[俩仨](?=个?月|礼拜|星期|天|年|周|小时)|好?几[十百千]?|数(?:[十百千]|(?=万|亿|个亿))"
    rf"|半(?=个亿|个?小时|个?钟头|个?月|个工作日|[年天亩])|{CHINESE})"
    rf"(?P<some>几|(?:[多余]|来(?![过了访电函]))(?=[^\d])|[多余](?!\w))?"
    rf"(?P<ge>个[多来半]?(?=[百千]?[万亿]))?"
    rf"(?P<unit>{MAGNITUDE})?"
    rf"(?(unit)(?:(?<=亿)[零〇]?(?P<wan>(?:{ARABIC}|{CHINESE})[百千]?)(?P<wan_some>[多余来])?万)?"
    rf"(?P<small>[零〇]{CHINESE}|{_PLACED}|\d[百千]|(?!一{_TOGETHER})[一二三四五六七八九](?!{_OTHER})|\d(?!{_OTHER}))?(?P<more>[多余])?)"
)
_TWICE = re.compile(r"(?P<low>[一二两三四五六七八九](?P<unit>[百千]))(?P<high>[一二两三四五六七八九](?P=unit))")
_BEHIND = re.compile(_OTHER)
_KEPT = 512  # people say the same few numbers over and over
_TAIL = re.compile(r"[十百千万亿wW]+\Z")


class Numeral(NamedTuple):
    """A number as said: exact (low = high), vague (low < high) or open on one side (None)."""

    low: Decimal | None
    high: Decimal | None
    tail: str = ""  # the magnitudes the words end in, which a range shares: 3-5亿, 三到五千万
    big: bool = False  # 万 or 亿 is in the words
    arabic: bool = False
    approx: bool = False

    def times(self, factor: int | Decimal) -> "Numeral":
        """Return the number in a smaller unit."""
        low = None if self.low is None else self.low * factor
        return self._replace(low=low, high=None if self.high is None else self.high * factor)


def digits(text: str) -> int:
    """Return a small whole number in either script: 12, 十二, 二〇一二."""
    if text == "元":  # 元月
        return 1
    return int(text) if text.isdecimal() else int(chinese(text)[0])


def chinese(text: str) -> tuple[Decimal, Decimal]:
    """Return the bounds of a Chinese numeral below 万: 三十五, 两三千, 十二三, 三五, 二〇一二."""
    if not any(char in _SMALL for char in text):
        return _spelled(text)
    if twice := _TWICE.fullmatch(text):  # 三百五百
        return Decimal(_evaluate(twice["low"])), Decimal(_evaluate(twice["high"]))
    for place in range(len(text) - 1):
        first, second = _DIGITS.get(text[place], 0), _DIGITS.get(text[place + 1], 0)
        if 0 < first < second:
            low = _evaluate(text[: place + 1] + text[place + 2 :])
            return Decimal(low), Decimal(_evaluate(text[:place] + text[place + 1 :]))
    whole = Decimal(_evaluate(text))
    return whole, whole


def chinese_digits(text: str) -> Decimal:
    """Return the fraction that digits behind 点 spell."""
    return Decimal("".join(str(_DIGITS[char]) for char in text)).scaleb(-len(text))


def read(text: str, place: int) -> tuple[Numeral, int] | None:
    """Return the number whose words begin at a place, and where they end."""
    match = NUMERAL.match(text, place)
    if match is None:
        return None
    end = match.end()
    coef, some, ge, unit, wan, wan_some, small, more = match.groups("")
    if "亿" in unit and not wan and _loose(small) and _BEHIND.match(text, end):
        end, small, more = match.start("small"), "", ""  # 5亿三百亩 are two quantities
    return _numeral(text[place:end], coef, some, ge, unit, wan, wan_some, small, more), end


@lru_cache(_KEPT)
def _numeral(
    words: str, coef: str, some: str, ge: str, unit: str, wan: str, wan_some: str, small: str, more: str
) -> Numeral:
    low, high = _blur(*_coefficient(coef), some or ge[1:])
    scale = magnitude(unit)
    above = _blur(*_coefficient(wan), wan_some) if wan else (Decimal(0), Decimal(0))
    below = _small(small, 10**4 if wan else scale)
    low, high = (side * scale + part * 10**4 + below for side, part in zip((low, high), above, strict=True))
    high = _next(high) if more else high
    tail = _TAIL.search(words.rstrip("多余").replace("个", ""))
    return Numeral(low, high, tail[0] if tail else "", not _BIG.isdisjoint(words), words[0].isdecimal())


def between(first: Numeral, second: Numeral) -> Numeral:
    """Return the range from one number to another; the first shares the second's magnitude if it has none (3-5亿)."""
    if first.low is None or second.high is None:
        return first
    if second.big or second.tail:
        first = _share(first, second)
    return second._replace(low=first.low, approx=first.approx or second.approx)


def magnitude(text: str) -> int:
    """Return what magnitude characters multiply by: 千万 is 10,000,000."""
    product = 1
    for char in text:
        product *= _MAGNITUDES[char]
    return product


_BIG = frozenset("万亿wW")


def _share(first: Numeral, second: Numeral) -> Numeral:
    if first.big:
        return first
    for cut in range(len(second.tail)):
        scaled = first.times(magnitude(second.tail[cut:]))
        if scaled.low is not None and second.high is not None and scaled.low < second.high:
            return scaled
    return first


def _coefficient(text: str) -> tuple[Decimal, Decimal]:
    if text[0].isdecimal():
        if len(text) > 2 and text[1] in _SMALL:
            return chinese(text.translate(_SPELLED))
        value = Decimal(text.rstrip("百千").replace(",", "")) * _SMALL.get(text[-1], 1)
        return value, value
    if text in _WORDS:
        return _WORDS[text], _WORDS[text]
    if "万" in text or "点" in text:
        value = _long(text)
        return value, value
    if text[0] in "好几数":
        factor = _SMALL.get(text[-1], 1)
        return Decimal(factor), Decimal(10 * factor)
    return chinese(text)


def _long(text: str) -> Decimal:
    """Return what 一万五千 counts before 亿, and 一点二 before any magnitude."""
    thousands, parted, rest = text.partition("万")
    if parted:
        return chinese(thousands)[1] * 10**4 + (chinese(rest.lstrip("零〇"))[1] if rest else 0)
    whole, _, fraction = text.partition("点")
    return chinese(whole)[1] + chinese_digits(fraction)


def _blur(low: Decimal, high: Decimal, mark: str) -> tuple[Decimal, Decimal]:
    if mark == "半":
        return low + Decimal("0.5"), high + Decimal("0.5")
    if mark:
        return low, _next(high, 2 if mark == "来" else 1)
    return low, high


def _next(value: Decimal, share: int = 1) -> Decimal:
    """Return the value plus one in its last non-zero place, or that part of it (2 = half)."""
    place = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else Decimal(1)
    return value + place / share


def _loose(small: str) -> bool:
    """Tell whether words after a magnitude stand without 零: 一亿五千 leaves out 万."""
    return len(small) > 1 and small[0] not in "零〇"


def _small(text: str, scale: int) -> Decimal:
    """Return what the words below 万 add to a number of that scale: 一亿二 is 1.2亿, 一亿五千 1.5亿."""
    if not text:
        return Decimal(0)
    if len(text) == 1:
        return _coefficient(text)[0] * scale / 10
    value = _coefficient(text.lstrip("零〇"))[0]
    return value * 10**4 if scale >= 10**8 and _loose(text) else value


def _spelled(text: str) -> tuple[Decimal, Decimal]:
    values = [_DIGITS[char] for char in text]
    if len(values) == 2 and 0 < values[0] < values[1]:
        return Decimal(values[0]), Decimal(values[1])
    whole = Decimal("".join(map(str, values)))
    return whole, whole


def _evaluate(text: str) -> int:
    total, digit, last = 0, 0, 0
    for char in text:
        if char in _SMALL:
            last = _SMALL[char]
            total, digit = total + (digit or 1) * last, 0
        elif char in "零〇":
            last = 0
        else:
            digit = _DIGITS[char]
    # 一百二 is 120, 一百零二 is 102
    return total + (digit * last // 10 if last > 10 else digit)
