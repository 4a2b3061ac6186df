"""Spans of time: 三个月, 两年半, 三天内, 5个工作日内, 两小时后, 近三个月."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.parsing.grammar.arithmetic import add_days, add_months
from bot.parsing.grammar.bounds import bound
from bot.parsing.grammar.numerals import Numeral
from bot.parsing.grammar.shapes import Days, Found
from domain import calendar

_LIMIT = Decimal(100_000)  # longer spans are no spans of anybody's plans
_RECENT = re.compile(r"(?:最近的?这?|近来的?|近|过去的?这?|刚过去的?|前|这)\Z")
_COMING = re.compile(r"(?:未来的?|今后的?|接下来的?|往后|后(?=[\d两三四五六七八九十]))\Z")
_PASSING = re.compile(r"(?:再过|(?<![超不通路经])过)\Z")
_BEHIND = re.compile(
    r"(?P<within>之内|以内|内(?![部外容资地江蒙]))|(?P<after>之后|以后|过后|后(?![续期台备勤面天者])(?!来(?!考察|访|看|谈|签|我|园|实地|了解|洽谈|投资|一趟|拜访|对接)))"
    r"|(?P<before>之前|以前|前(?![往来台期景途几线沿面进]))"
)
_SERVICE = re.compile(r"不间断|营业|服务|热线|在线|值班|值守|开放|便利|响应|待命|轮班|专线|客服|全天|运行|生产")
_HOURS = {"小时": 60, "钟头": 60, "分钟": 1, "刻钟": 15}
_MONTHS = {"月": 1, "季度": 3, "年": 12}
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_UNITS = re.compile(r"工作日|小时|钟头|分钟|刻钟|季度|星期|礼拜|[月年天日周]")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in one of four measures; halves are already in the finer measure."""

    minutes: int = 0
    months: int = 0
    days: int = 0
    workdays: int = 0
    weeks: bool = False  # said in weeks

    def iso(self) -> str:
        """Return ISO 8601."""
        if self.minutes:
            hours, minutes = divmod(self.minutes, 60)
            return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        if self.months:
            years, months = divmod(self.months, 12)
            return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "") + self._day_part()
        if self.weeks and self.days % 7 == 0:
            return f"P{self.days // 7}W"
        return f"P{self.days or self.workdays}D"

    def from_day(self, day: date, sign: int = 1) -> date:
        """Return the day this long after or before a day."""
        if self.workdays:
            return calendar.add_workdays(day, sign * min(self.workdays, 2000))
        return add_days(add_months(day, sign * self.months), sign * (self.days + self.minutes // 1440))

    def _day_part(self) -> str:
        return f"{self.days}D" if self.days else ""


def duration(text: str, start: int, end: int, number: Numeral, unit: str, at: datetime) -> Found | None:
    """Return what a number of days, weeks, months, years or hours means with the words around it."""
    if number.low is None or number.high is None or number.high > _LIMIT:
        return None
    low, high = _span(number.low, unit), _span(number.high, unit)
    if low == Span() or _SERVICE.match(text, end):
        return None
    return _in_place(text, start, end, low, high, at) or _length(text, start, end, number, low, high)


def _in_place(text: str, start: int, end: int, low: Span, high: Span, at: datetime) -> Found | None:
    """Return the period, day or moment that the words around a span make of it."""
    before = text[max(0, start - 4) : start]
    if opening := _RECENT.search(before):
        return _period(start - len(opening[0]), end, high.from_day(at.date(), -1), at.date())
    if opening := _COMING.search(before):
        return _period(start - len(opening[0]), end, at.date(), high.from_day(at.date()))
    if behind := _BEHIND.match(text, end):
        return _placed(start, behind, low, high, at)
    if (opening := _PASSING.search(before)) and high.minutes:
        return Found(start - len(opening[0]), end, "moment", _moment(high, at))
    return None


def _length(text: str, start: int, end: int, number: Numeral, low: Span, high: Span) -> Found:
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
        return Span(minutes=int(number * _HOURS[unit]))
    if unit in _MONTHS:
        months = number * _MONTHS[unit]
        return Span(months=int(months), days=int((months - int(months)) * 30))
    if unit in _DAYS:
        days = number * _DAYS[unit]
        if days != int(days):
            return Span(minutes=int(days * 1440))
        return Span(days=int(days), weeks=_DAYS[unit] == 7)
    return Span(workdays=int(number))


def _period(start: int, end: int, first: date, last: date) -> Found:
    return Found(start, end, "period", Days(first, last).value())


def _placed(start: int, behind: re.Match[str], low: Span, high: Span, at: datetime) -> Found:
    """Return the day or moment that 内, 后 or 前 makes of a span counted from now."""
    end = behind.end()
    if behind["within"]:
        if high.minutes and high.minutes % 1440:
            return Found(start, end, "moment", _moment(high, at))
        last = high.from_day(at.date())
        return Found(start, end, "date", Days(last, last).value(deadline=True))
    sign = 1 if behind["after"] else -1
    if high.minutes:
        return Found(start, end, "moment", _moment(low, at, sign))
    days = Days(*sorted((low.from_day(at.date(), sign), high.from_day(at.date(), sign))))
    return Found(start, end, days.entity, days.value())


def _moment(span: Span, at: datetime, sign: int = 1) -> str:
    return (at + sign * timedelta(minutes=span.minutes)).isoformat()
