"""Phone numbers, and the codes, addresses and long digit strings that hold no quantity."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from bot.parsing.grammar.shapes import BLOCKED, Found
from bot.parsing.needs import needs

# of both, most places are ruled out by their first character
_PHONE = re.compile(
    r"(?=[0148+(])(?:"
    r"(?<![A-Za-z0-9.])(?:\+?86[- ]?)?(?P<mobile>1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![\dA-Za-z])"
    r"|(?<![A-Za-z0-9.-])(?P<line>0\d{2,3}[- ]?[2-9]\d{6,7}(?:-\d{1,6})?|\(0\d{2,3}\) ?[2-9]\d{6,7}"
    r"|[48]00[- ]?\d{3}[- ]?\d{4}|[48]00-\d{4}-\d{3})(?![\dA-Za-z-]))"
)
_CODE = re.compile(
    r"(?=[A-Za-z\d])(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9]{0,30}(?:[-_/.][A-Za-z0-9]{1,30}){1,8}"
    r"|\d{1,4}(?:\.\d{1,4}){2,5}|[0-9A-Z]{15,20}|\d{13,}|\d{1,6}[xX×*]\d{1,6}(?:[xX×*]\d{1,6})?(?:小时)?)(?![A-Za-z0-9])"
)
_ADDRESS = re.compile(r"https?://[!-~]{1,2000}|www\.[!-~]{1,2000}|[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9.-]{1,255}")
# 〔2012〕8号, 编号2012-06, 批次号20260318
_DOCUMENT = re.compile(r"[〔\[(【]\d{4}[〕\])】]第?\d{1,5}号?")
_NUMBERED = re.compile(
    r"(?:编号|工号|批次号?|订单号?|单号|合同号|文号|代码|代号|批号|型号|[票证]号|尾号|账号|卡号"
    r"|[证票据]号码|回单号|进账单号|流水号|备案号|批文号|受理号|登记号|信用代码|编码|序列号)(?:为|是|[::])? ?"
    r"(?:[A-Za-z0-9][A-Za-z0-9-]{3,40})(?![A-Za-z0-9年月])"
)
_IDIOM = re.compile(
    r"三番五次|五次三番|一五一十|三五成群|三三两两|七上八下|五花八门|四面八方|百分百|零点乐队|一日之计|一日千里|一日游"
)
# each is searched for only where one of these characters or pairs shows
_BLOCKING = (
    (_NUMBERED, frozenset().union(*(alternative[0] for alternative in needs(_NUMBERED, pairs=True)))),
    (_CODE, None),
    (_ADDRESS, frozenset(("ht", "ww", "@"))),
    (_DOCUMENT, frozenset("〔[(【")),
)
_IDIOMATIC = frozenset().union(*(alternative[0] for alternative in needs(_IDIOM, pairs=True)))
NEEDS = _IDIOMATIC.union(*(needed for _, needed in _BLOCKING if needed))  # all that is asked of what a text shows
_DIGIT = re.compile(r"\d")


def find_codes(text: str, shown: AbstractSet[str]) -> Iterator[Found]:
    """Return phone numbers, and as blocked what else is in digits but counts nothing; `shown` is of NEEDS."""
    if not _IDIOMATIC.isdisjoint(shown):
        for match in _IDIOM.finditer(text):
            yield Found(match.start(), match.end(), BLOCKED)
    if not _DIGIT.search(text):
        return
    for match in _PHONE.finditer(text):
        number = match["mobile"] or match["line"]
        yield Found(match.start(), match.end(), "phone", "".join(filter(str.isdecimal, number)))
    for pattern, needed in _BLOCKING:
        for match in pattern.finditer(text) if needed is None or not needed.isdisjoint(shown) else ():
            if pattern is _NUMBERED or _DIGIT.search(match[0]):
                yield Found(match.start(), match.end(), BLOCKED)
