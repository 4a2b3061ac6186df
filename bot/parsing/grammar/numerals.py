"""Chinese and Arabic numerals: 1.2亿, 一亿二, 两三千万, 三五, 十来个亿, 3000多万, 几千万."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

_DIGITS = {
    char: n
    for n, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8}

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d,])(?:\.\d{1,9})?|\d{1,12}(?:\.\d{1,9})?)"
CHINESE = r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*"
MAGNITUDE = r"(?:[百千]?万亿|[百千]?[万亿]|[百千]|[wW](?![A-Za-z0-9]))"
CLOCK_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九])"
# after 一亿二 these begin something else: 一亿二期, 2亿3家
_NOT_A_TENTH = r"(?![\d.,%期家个批次条项名位人层楼号月日年天周季点分成级类种线标台辆套届院所厂期十百千万亿亩])"

NUMERAL = re.compile(
    rf"(?P<coef>{ARABIC}|好?几[十百千]?|数(?:[十百千]|(?=万|亿|个亿))|半(?=个亿|个?小时|个?钟头|个?月|个工作日|[年天])|{CHINESE})"
    rf"(?P<some>几|[多余来](?=[^\d])|[多余](?!\w))?"
    rf"(?P<ge>个[多来半]?(?=[百千]?[万亿]))?"
    rf"(?P<unit>{MAGNITUDE})?"
    rf"(?P<rest>(?(unit)(?:[零〇]?(?:{ARABIC}|{CHINESE})[多余来]?(?:[百千]?万|[百千])){{0,2}}"
    rf"(?:[零〇]{CHINESE}|[一二三四五六七八九]{_NOT_A_TENTH}|\d{_NOT_A_TENTH})?))"
    rf"(?P<more>(?(unit)[多余]))?"
)
_REST = re.compile(rf"(?P<zero>[零〇])?(?P<coef>{ARABIC}|{CHINESE})(?P<some>[多余来])?(?P<unit>[百千]?万|[百千])?")
_TAIL = re.compile(r"[十百千万亿wW]+\Z")


@dataclass(frozen=True, slots=True)
class Numeral:
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
        return replace(self, low=low, high=None if self.high is None else self.high * factor)


def digits(text: str) -> int:
    """Return a small whole number in either script: 12, 十二, 二〇一二."""
    return int(text) if text.isdecimal() else int(chinese(text)[0])


def chinese(text: str) -> tuple[Decimal, Decimal]:
    """Return the bounds of a Chinese numeral below 万: 三十五, 两三千, 十二三, 三五, 二〇一二."""
    if not any(char in _SMALL for char in text):
        return _spelled(text)
    for place in range(len(text) - 1):
        first, second = _DIGITS.get(text[place], 0), _DIGITS.get(text[place + 1], 0)
        if 0 < first < second:
            low = _evaluate(text[: place + 1] + text[place + 2 :])
            return Decimal(low), Decimal(_evaluate(text[:place] + text[place + 1 :]))
    whole = Decimal(_evaluate(text))
    return whole, whole


def read(match: re.Match[str]) -> Numeral:
    """Return the number a NUMERAL match stands for."""
    low, high = _coefficient(match["coef"])
    low, high = _blur(low, high, match["some"] or (match["ge"] or "")[1:])
    scale = magnitude(match["unit"] or "")
    below, above = _rest(match["rest"] or "", scale)
    low, high = low * scale + below, high * scale + above
    if match["more"]:
        high = _next(high)
    words = match[0].rstrip("多余").replace("个", "")
    tail = _TAIL.search(words)
    return Numeral(low, high, tail[0] if tail else "", not _BIG.isdisjoint(match[0]), match["coef"][0].isdecimal())


def between(first: Numeral, second: Numeral) -> Numeral:
    """Return the range from one number to another; the first shares the second's magnitude if it has none (3-5亿)."""
    if first.low is None or second.high is None:
        return first
    if second.big or second.tail:
        first = _share(first, second)
    return replace(second, low=first.low, approx=first.approx or second.approx)


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
        value = Decimal(text.replace(",", ""))
        return value, value
    if text == "半":
        return Decimal("0.5"), Decimal("0.5")
    if text[0] in "好几数":
        factor = _SMALL.get(text[-1], 1)
        return Decimal(factor), Decimal(10 * factor)
    return chinese(text)


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


def _rest(text: str, scale: int) -> tuple[Decimal, Decimal]:
    """Return what the words after the first magnitude add."""
    low = high = Decimal(0)
    for match in _REST.finditer(text):
        below, above = _blur(*_coefficient(match["coef"]), match["some"] or "")
        unit = match["unit"] or ""
        # 一亿二 is 1.2亿: a lone digit counts tenths of the magnitude before it
        tenths = not unit and not match["zero"] and len(match["coef"]) == 1
        factor = Decimal(scale) / 10 if tenths else Decimal(magnitude(unit))
        low, high = low + below * factor, high + above * factor
        scale = magnitude(unit)
    return low, high


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
