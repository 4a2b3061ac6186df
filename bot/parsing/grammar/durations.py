"""Spans of time: 三个月, 两年半, 三天内, 5个工作日内, 两小时后, 近三个月."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from bot.parsing.grammar.arithmetic import add_days, add_months
from bot.parsing.grammar.bounds import bound
from bot.parsing.grammar.clock import clock_at
from bot.parsing.grammar.days import PART_BEHIND
from bot.parsing.grammar.numerals import ARABIC, CHINESE, Numeral, chinese
from bot.parsing.grammar.shapes import Days, Found
from domain import calendar

_LIMIT = Decimal(100_000)  # longer spans are no spans of anybody's plans
_OPENS = r"(?:(?<![^\n,;。])|(?<=[在]))"
_RECENT = re.compile(
    rf"(?:最近的?这?|近来的?|(?<![附靠临])近|过去的?这?|刚过去的?|(?<![约产工用标审批会资地注册收付节提以目此])前|(?P<these>这)|{_OPENS}(?:之前|上))\Z"
)
_COMING = re.compile(rf"(?:未来的?|今后的?|接下来的?|往后|{_OPENS}(?:之后|后|下))\Z")
_RECENT_ENDS, _COMING_ENDS = frozenset("近的这来去前上"), frozenset("来的后下")  # what they end in
_PASSING = re.compile(r"(?:再过|(?<![超不通路经])过)\Z")
_PAST_PASSING = re.compile(r"[了的半]|时间")
_BEHIND = re.compile(
    r"(?P<within>之内|以内|内(?![部外容资地江蒙]))|(?P<after>之后|以后|过后|后(?![续期台备勤面天者])(?!来(?!考察|访|看|谈|签|我|园|实地|了解|洽谈|投资|一趟|拜访|对接)))"
    r"|(?P<before>之前|以前|前(?![往来台期景途几线沿面进]))|(?P<since>以来|来(?=\Z|[,。;、的共累]))"
)
# 前三年免租, 后两年返五成: the first years of a contract, not those gone by
_GRANTED = re.compile(r"(?:全额|全部|全|都|每年)?(?:返还?|免|减|补贴?|奖|租金|不收|按\d)")
_SERVICE = re.compile(r"不间断|营业|服务|热线|在线|值班|值守|开放|便利|响应|待命|轮班|专线|客服|全天|运行|生产")
_NAMED = re.compile(r"酒店|连锁|优品|行动|攻坚|规划|大变样|倍增")  # 三年行动 is a plan's name
_HOURS = {"小时": 3600, "钟头": 3600, "时": 3600, "刻钟": 900, "分": 60, "秒": 1}
_DAY = 86_400
_LONGEST = 1000 * 12  # months; 2008年 is no length
_MONTHS = {"月": 1, "季度": 3, "年": 12}
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_UNITS = re.compile(r"工作日|交易日|小时|钟头|刻钟|季度|星期|礼拜|[月年天日周时分秒]")
# 四年六个月, 36天5小时30分, 一小时零十五秒
_FURTHER = re.compile(
    rf"[零又余多]?(?P<n>{ARABIC}|{CHINESE})(?P<unit>个半?月|个?半?(?:季度|星期|礼拜|小时|钟头)|天|周(?![一二三四五六日天末])|时(?![候间段])|分钟?|秒钟?)(?P<half>半)?"
)
# 三个月到半年, 一周到十天
_UNTIL = re.compile(
    rf"(?:-|~|到|至)(?P<n>{ARABIC}|{CHINESE}|半)(?P<unit>个?半?月|季度|星期|礼拜|小时|钟头|个?半?年(?![初底中末])"
    r"|[天周](?![一二三四五六日天末])|分钟)"
)


class Span(NamedTuple):
    """A length of time; halves are already in the finer measure."""

    seconds: int = 0
    months: int = 0
    days: int = 0
    workdays: int = 0
    weeks: bool = False  # said in weeks

    def iso(self) -> str:
        """Return ISO 8601."""
        days = self.days or self.workdays
        if self.weeks and not self.months and not self.seconds and days % 7 == 0:
            return f"P{days // 7}W"
        years, months = divmod(self.months, 12)
        hours, rest = divmod(self.seconds, 3600)
        dated = "".join(f"{n}{name}" for n, name in ((years, "Y"), (months, "M"), (days, "D")) if n)
        timed = "".join(f"{n}{name}" for n, name in ((hours, "H"), (rest // 60, "M"), (rest % 60, "S")) if n)
        return f"P{dated}" + (f"T{timed}" if timed else "")

    def and_then(self, more: "Span") -> "Span":
        """Return both lengths together."""
        return Span(
            self.seconds + more.seconds,
            self.months + more.months,
            self.days + more.days,
            self.workdays + more.workdays,
            self.weeks and more.weeks,
        )

    def from_day(self, day: date, sign: int = 1) -> date:
        """Return the day this long after or before a day."""
        if self.workdays:
            return calendar.add_workdays(day, sign * min(self.workdays, 2000))
        return add_days(add_months(day, sign * self.months), sign * (self.days + self.seconds // _DAY))


_NOTHING = Span()


def duration(text: str, start: int, end: int, number: Numeral, unit: str, at: datetime) -> Found | None:
    """Return what a number of days, weeks, months, years or hours means with the words around it."""
    if number.low is None or number.high is None or number.high > _LIMIT:
        return None
    low = _span(number.low, unit)
    high = low if number.high == number.low else _span(number.high, unit)
    if low == _NOTHING or low.months > _LONGEST or _SERVICE.match(text, end):
        return None
    if low == high:
        low, end = _further(text, end, low)
        high = low
    placed = _in_place(text, start, end, low, high, at)
    return placed or (None if _NAMED.match(text, end) else _length(text, start, end, number, low, high))


def _further(text: str, end: int, span: Span) -> tuple[Span, int]:
    """Take in the finer lengths said right behind one."""
    while (more := _FURTHER.match(text, end)) and not span.workdays:
        number = chinese(more["n"])[1] if not more["n"][0].isdecimal() else Decimal(more["n"].replace(",", ""))
        if number > _LIMIT:
            break
        span, end = span.and_then(_span(number, more["unit"] + (more["half"] or ""))), more.end()
    return span, end


def _in_place(text: str, start: int, end: int, low: Span, high: Span, at: datetime) -> Found | None:
    """Return the period, day or moment that the words around a span make of it."""
    before = text[max(0, start - 4) : start]
    if before.endswith(("前", "后")) and _GRANTED.match(text, end):
        return None
    if before[-1:] in _RECENT_ENDS and (opening := _RECENT.search(before)):
        back = _reaching(start - len(opening[0]), end, high, at, -1)
        return replace(back, ahead=_reaching(start, end, high, at, 1).value) if opening["these"] else back
    if before[-1:] in _COMING_ENDS and (opening := _COMING.search(before)):
        return _reaching(start - len(opening[0]), end, high, at, 1)
    if behind := _BEHIND.match(text, end):
        return _placed(text, start, behind, low, high, at)
    if before[-1:] == "过" and (opening := _PASSING.search(before)) and not _PAST_PASSING.match(text, end):
        return _passed(text, start - len(opening[0]), end, low, high, at)
    return None


def _length(text: str, start: int, end: int, number: Numeral, low: Span, high: Span) -> Found:
    if low == high and (until := _UNTIL.match(text, end)):
        half, said = until["n"] == "半", until["n"]
        last = Decimal("0.5") if half else Decimal(said.replace(",", "")) if said[0].isdecimal() else chinese(said)[1]
        if last <= _LIMIT and (longest := _span(last, until["unit"])) != _NOTHING:
            return Found(start, until.end(), "duration", {"min": low.iso(), "max": longest.iso()})
    start, end, bounded = bound(text, start, end, number)
    if low == high and bounded.low is not None and bounded.high is not None:
        return Found(start, end, "duration", low.iso())
    ends = {
        "min": low.iso() if bounded.low is not None else None,
        "max": high.iso() if bounded.high is not None else None,
    }
    return Found(start, end, "duration", ends)


def _span(number: Decimal, words: str) -> Span:
    found = _UNITS.search(words)
    unit = found[0] if found else ""
    if "半" in words:
        number += Decimal("0.5")
    if unit in _HOURS:
        return Span(seconds=int(number * _HOURS[unit]))
    if unit in _MONTHS:
        months = number * _MONTHS[unit]
        return Span(months=int(months), days=int((months - int(months)) * 30))
    if unit in _DAYS:
        days = number * _DAYS[unit]
        if days != int(days):
            return Span(seconds=int(days * _DAY))
        return Span(days=int(days), weeks=_DAYS[unit] == 7)
    return Span(workdays=int(number))


def _reaching(start: int, end: int, span: Span, at: datetime, sign: int) -> Found:
    """Return the time from now back or on: days, or to the second where hours are said."""
    if span.seconds % _DAY:
        first, last = sorted((at.isoformat(), _moment(span, at, sign)))
        return Found(start, end, "moment", {"start": first, "end": last})
    first_day, last_day = sorted((at.date(), span.from_day(at.date(), sign)))
    return Found(start, end, "period", Days(first_day, last_day).value())


def _passed(text: str, start: int, end: int, low: Span, high: Span, at: datetime, sign: int = 1) -> Found:
    """Return the day or moment so long from now."""
    if high.seconds:
        return Found(start, end, "moment", _moment(low, at, sign))
    first, last = sorted((low.from_day(at.date(), sign), high.from_day(at.date(), sign)))
    days = Days(first, last)
    if first == last and (hour := clock_at(text, end)) and not hour.weak:
        return Found(start, hour.end, "moment", hour.on(first, at).isoformat())
    part = PART_BEHIND.match(text, end) if first == last else None
    return Found(start, part.end() if part else end, days.entity, days.value())


def _placed(text: str, start: int, behind: re.Match[str], low: Span, high: Span, at: datetime) -> Found:
    """Return the day, moment or period that 内, 后, 前 or 以来 makes of a span counted from now."""
    end = behind.end()
    if behind["since"]:
        return _reaching(start, end, high, at, -1)
    if behind["within"]:
        if high.seconds % _DAY:
            return Found(start, end, "moment", _moment(high, at))
        last = high.from_day(at.date())
        return Found(start, end, "date", Days(last, last).value(deadline=True))
    return _passed(text, start, end, low, high, at, 1 if behind["after"] else -1)


def _moment(span: Span, at: datetime, sign: int = 1) -> str:
    return (at + sign * timedelta(days=span.days, seconds=span.seconds)).isoformat()
