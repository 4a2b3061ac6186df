"""Parts counted within a month or year: 3月第二周, 本月前十天, 2021年第3个月, 四月最后一个周一."""

from datetime import date, datetime
from re import Match

from bot.parsing.grammar.arithmetic import add_days, month_of, months_of, year_of, yearly
from bot.parsing.grammar.months import IN_YEAR, MONTH
from bot.parsing.grammar.numerals import digits
from bot.parsing.grammar.shapes import Days, When, pairs, rule
from bot.parsing.grammar.years import STEP, YEAR, said_year, steps

_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_WEEK = r"(?:周|星期|礼拜)"
_PIECE = (
    rf"(?:第(?P<nth>{_NUMBER})个?(?:{_WEEK}(?P<weekday>[一二三四五六日天])?|(?P<nth_unit>天|月(?![份底初])))"
    rf"|(?P<first>首)(?P<first_unit>月|周|日)"
    rf"|(?P<last_day>最后一天)|最后一?个?(?P<last_week>{_WEEK})(?P<last_weekday>[一二三四五六日天])?(?![一二三四五六七八九十])"
    rf"|(?P<side>前|头|后|最后)(?P<count>{_NUMBER})(?P<unit>天|个?{_WEEK}|个?月)(?![内后前]))"
)


def _in_month(match: Match[str], at: datetime) -> When | None:
    if match["step"] or match["every"]:
        first = month_of(at.year, at.month + steps(match["step"] or "本"))
        days = _piece(first, match)
        return When(days, days) if days else None
    month = digits(match["month"])
    return yearly(lambda year: _piece(month_of(year, month), match), said_year(match, at.date()), at.date())


def _in_year(match: Match[str], at: datetime) -> When | None:
    year = said_year(match, at.date())
    days = _piece(year_of(year), match) if year and 1 < year < date.max.year else None
    return When(days, days) if days else None


def _piece(whole: Days, match: Match[str]) -> Days | None:
    start, end = whole.start, whole.end
    if start is None or end is None:
        return None
    days = _counted(start, end, match)
    inside = days is not None and days.start is not None and start <= days.start <= end
    return days if inside else None


def _counted(start: date, end: date, match: Match[str]) -> Days | None:
    if match["last_day"]:
        return Days(end, end)
    if match["last_week"]:
        return _last(end, match["last_weekday"]) if match["last_weekday"] else _week(_last_monday(end), 0, None)
    if match["side"]:
        return _side(start, end, match)
    number = digits(match["nth"]) if match["nth"] else 1
    unit = match["nth_unit"] or match["first_unit"]
    if unit in ("天", "日"):
        day = add_days(start, number - 1)
        return Days(day, day)
    if unit == "月":
        return month_of(start.year, number) if start.month != end.month and number <= start.max.month else None
    return _week(start, number - 1, _WEEKDAYS[match["weekday"]] if match["weekday"] else None)


def _week(start: date, weeks: int, weekday: int | None) -> Days:
    """Return the week so many on from the first Monday, or such a weekday so many on from the first."""
    first = add_days(start, (weekday or 0) - start.weekday() + (7 if (weekday or 0) < start.weekday() else 0))
    day = add_days(first, 7 * weeks)
    return Days(day, day if weekday is not None else add_days(day, 6))


def _last_monday(end: date) -> date:
    return add_days(end, -end.weekday())


def _last(end: date, weekday: str) -> Days:
    day = add_days(end, -((end.weekday() - _WEEKDAYS[weekday]) % 7))
    return Days(day, day)


def _side(start: date, end: date, match: Match[str]) -> Days | None:
    count, unit, front = digits(match["count"]), match["unit"], match["side"] in ("前", "头")
    if unit.endswith("月"):
        if start.month == end.month or count > start.max.month:
            return None
        return months_of(start.year, 1, count) if front else months_of(start.year, 13 - count, 12)
    if unit != "天" and front:
        first = _week(start, 0, None).start
        return Days(first, add_days(first or start, 7 * count - 1))
    length = count if unit == "天" else 7 * count
    return Days(start, add_days(start, length - 1)) if front else Days(add_days(end, 1 - length), end)


_MONTH = rf"(?:{IN_YEAR}(?P<month>{MONTH})月份?|(?P<step>{STEP})一?个?月份?|(?P<every>每)个?月)的?"
_SIDES = "第首最前头后"
RULES = (
    rule(pairs("月份的", _SIDES), _MONTH + _PIECE, _in_month),
    rule(pairs("年度的", _SIDES), YEAR + _PIECE, _in_year),
)
