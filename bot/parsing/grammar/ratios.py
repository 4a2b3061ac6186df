"""Shares: 85%, 10%-15%, 八成五, 百分之八十, 三分之一, 3个百分点, 1.5倍."""

import re
from decimal import Decimal
from typing import Any

from bot.parsing.grammar.numerals import ARABIC, CHINESE, Numeral, chinese, chinese_digits
from bot.parsing.grammar.values import spread

_SHARES = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "成": Decimal("0.1"), "折": Decimal("0.1"), "倍": Decimal(1)}
_WHOLES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4)}
_WHOLES |= {"百万": Decimal(10**6), "千万": Decimal(10**7)}
_NUMBER = rf"(?:{ARABIC}|(?:{CHINESE}|零)(?:点[零一二三四五六七八九]{{1,4}})?|百(?!分))"
HALF_OPENS = "一半超过"
PARTS = re.compile(
    rf"(?P<minus>负)?(?P<whole>[百千]?万|[百千]|{ARABIC}|{CHINESE})分之(?P<part>{_NUMBER})(?:(?:-|~|到|至)(?:百分之)?(?P<last>{_NUMBER}))?"
)
HALF = re.compile(
    r"(?P<half>一半)(?![天年月])|一[大多]半(?![天年月])|半数以上|(?<!时间)(?<!任务)(?<!时间已)(?<!任务已)(?<!双)超?过半(?![年个小天月亩载夜百千票辈])数?"
)


def half(match: re.Match[str]) -> Numeral:
    """Return what 一半 and 过半 stand for."""
    return Numeral(Decimal("0.5"), Decimal("0.5") if match["half"] else None)


def ratio(number: Numeral, unit: str) -> Any:
    """Return a share as a number."""
    unit = unit.strip()
    if unit.endswith("多") and number.high is not None:  # 四成多 is 0.4 to 0.5
        number, unit = number._replace(high=number.high + 1), unit[:-1]
    if unit.endswith("点"):
        return spread(number.times(Decimal("0.01")))
    if unit[0] == "成" and len(unit) > 1 and number.low is not None and number.high is not None:
        extra = Decimal("0.5") if unit[1] == "半" else chinese(unit[1])[0] / 10
        number = Numeral(number.low + extra, number.high + extra)
    if unit == "折" and number.low is not None and number.high is not None:
        if number.high > number.low + 1:  # 三八折 is 0.38
            return spread(Numeral(number.low / 10 + number.high / 100, number.low / 10 + number.high / 100))
        if number.low > 10:  # 七五折 is 0.75
            return spread(number.times(Decimal("0.01")))
    return spread(number.times(_SHARES[unit[0]]))


def parts(match: re.Match[str]) -> Any:
    """Return what 百分之八十五 and 三分之一 stand for."""
    whole = _WHOLES.get(match["whole"]) or _number(match["whole"])
    if not whole:
        return None
    low, high = _between(match["part"])
    last = _number(match["last"]) if match["last"] else high
    sign = -1 if match["minus"] else 1
    first, final = sorted((sign * low / whole, sign * last / whole))
    return spread(Numeral(first, final))


def _number(words: str) -> Decimal:
    return _between(words)[1]


def _between(words: str) -> tuple[Decimal, Decimal]:
    if words[0].isdecimal():
        value = Decimal(words.replace(",", ""))
    elif words == "百":
        value = Decimal(100)
    else:
        whole, _, fraction = words.partition("点")
        if not fraction:
            return chinese(whole)
        value = chinese(whole)[1] + chinese_digits(fraction)
    return value, value
