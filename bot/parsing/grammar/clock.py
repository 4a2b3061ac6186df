"""Clock times: 下午三点, 15:00, 晚上8点半, 三点一刻, 上午10点15."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.parsing.grammar.days import PARTS
from bot.parsing.grammar.numerals import CLOCK_NUMBER, digits
from bot.parsing.grammar.shapes import pairs

# three o'clock without a part of the day is in the afternoon for people at work
_WORK_PM = range(1, 6)
_NOT_AN_HOUR = (
    r"(?![一二三四五六七八九]{1,4}(?:[度级]|分钟|$|[^\w\u4e00-\u9fff]))"
    r"(?!建议|意见|要求|问题|体会|想法|原因|说明|经验|启示|计划|希望|注意|共识|诉求|困难|举措|措施"
    r"|一线|有数|乐队|名|子|击|评|状|儿|火|心|燃|线(?![上下])|位|左?个|多个|都(?![给帮替把提推发要叫跟喊])|[也没不进消办头])"
)
_HOUR = rf"(?P<hour>{CLOCK_NUMBER})(?:点钟?|时(?![间代期尚段光候]))"
_COUNTED = r"[天家个人名位户间万亿亩%批条项次元号年月日期余多来几成套台吨公平]"
_MINUTE = (
    rf"(?P<minute>整|半|[一三13]刻|\d{{1,2}}(?!\d|[-~]?\d*{_COUNTED})分?"
    r"|[零〇]?[一二三四五六七八九十]{1,3}分|零[一二三四五六七八九]"
    rf"|[二三四五]?十[一二三四五六七八九]?(?![一二三四五六七八九]|{_COUNTED}))?"
    r"(?:(?<=分)(?P<second>\d{1,2}|[零〇]?[一二三四五六七八九十]{1,3})秒)?"
)
# 9~12点, 五到六点, 七八点
_OPENING_HOUR = (
    rf"(?:(?P<first>{CLOCK_NUMBER})(?:-|~|到|至)|(?P<pair>一(?=二)|二(?=三)|[两三](?=[三四])|四(?=五)|五(?=六)"
    r"|六(?=七)|七(?=八)|八(?=九)|九(?=十)))?"
)
CLOCK = re.compile(
    rf"(?P<part>{PARTS})?(?:(?:(?<=[周期拜][一二三四五六日天])|(?<![\d.:第一二三四五六七八九十百几有这那分提以周期拜]))(?<!以下)(?<![谈说讲提]了){_OPENING_HOUR}{_HOUR}{_NOT_AN_HOUR}{_MINUTE}"
    r"|(?<![A-Za-z0-9:.])(?P<ph>1[0-2]|0?[1-9])(?::(?P<pm>[0-5]\d))?(?::[0-5]\d)?"
    r" ?(?P<latin>[aApP])\.?[mM](?![A-Za-z])\.?"
    r"|(?<![A-Za-z0-9:.])(?P<hh>[01]?\d|2[0-4]):(?P<mm>[0-5]\d)(?::(?P<ss>[0-5]\d))?(?![\d:])时?)"
)
NEEDS = frozenset((*pairs("0123456789零〇一二两三四五六七八九十", "点时:"), *pairs("aApP", "mM.")))


@dataclass(slots=True)
class Clock:
    """A time of day as said, before the part of the day is applied."""

    start: int
    end: int
    hour: int
    minute: int
    part: str
    weak: bool  # 一点, 两点 may be no time at all
    literal: bool  # 03:15 is meant as written
    second: int = 0
    first: int | None = None  # the hour a span opens with: 9~12点, 七八点

    def on(self, day: date, at: datetime, part: str = "") -> datetime:
        """Return the moment on a day; a part of the day said elsewhere applies when there is none here."""
        hour, shift = _hour(self.hour, self.part or part, literal=self.literal)
        moment = datetime.combine(day, time(hour % 24, self.minute, self.second), at.tzinfo)
        return moment + timedelta(days=shift + hour // 24)


def clocks(text: str) -> list[Clock]:
    """Return the clock times in a text, in order."""
    return [clock for match in CLOCK.finditer(text) if (clock := _read(match))]


def clock_at(text: str, place: int) -> Clock | None:
    """Return the clock time that begins at a place, 的 or a space before it left out."""
    match = CLOCK.match(text, place + (text[place : place + 1] in ("的", " ")))
    return _read(match) if match else None


def _read(match: re.Match[str]) -> Clock | None:
    hour, minute, second = _figures(match)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute):
        return None
    weak = match["part"] in (None, "早", "晚") and not match["minute"] and match["hour"] in ("一", "两")
    return Clock(
        match.start() if match["part"] else _start(match),
        match.end(),
        hour,
        minute,
        match["part"] or "",
        weak and not match["first"],
        bool(match["ph"]) or (match["hh"] or "").startswith("0"),
        second,
        digits(match["first"] or match["pair"]) if match["first"] or match["pair"] else None,
    )


def _figures(match: re.Match[str]) -> tuple[int, int, int]:
    if match["hh"]:
        return int(match["hh"]), int(match["mm"]), int(match["ss"] or 0)
    if match["ph"]:
        hour = int(match["ph"]) % 12 + (12 if match["latin"] in "pP" else 0)
        return hour, int(match["pm"] or 0), 0
    return (
        digits(match["hour"]),
        _minute(match["minute"] or ""),
        digits((match["second"] or "零").lstrip("零〇") or "零"),
    )


def _start(match: re.Match[str]) -> int:
    return min(match.start(name) for name in ("first", "pair", "hour", "ph", "hh") if match[name])


def _minute(words: str) -> int:
    if words in ("", "整"):
        return 0
    if words == "半":
        return 30
    if words.endswith("刻"):
        return 15 if words[0] in "一1" else 45
    return digits(words.rstrip("分").lstrip("零〇") or "零")


def _hour(hour: int, part: str, *, literal: bool) -> tuple[int, int]:
    """Return the hour of 24 and by how many days the words step over midnight."""
    first = part[:1]
    if not part:
        return (hour + 12 if hour in _WORK_PM and not literal else hour), 0
    if part in ("中午", "晌午", "午间"):
        return (hour + 12 if hour < 4 else hour), 0
    if first in "下午傍" or part == "午后":
        return (hour + 12 if hour < 12 else hour), 0
    if first in "晚夜半深":
        if hour in (12, 24):
            return 0, 1
        return (hour + 12, 0) if 5 <= hour < 12 else (hour, 1 if hour < 5 else 0)
    return (0 if hour == 12 and part == "凌晨" else hour), 0
