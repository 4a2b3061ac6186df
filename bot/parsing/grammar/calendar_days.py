"""Days by month and number: 3月18日, 三月十六, 11号, 3月11-17日."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from re import Match

from bot.parsing.grammar.arithmetic import add_months, day_of, latest_and_next, yearly
from bot.parsing.grammar.months import DAY_NUMBER, IN_YEAR, MONTH, MONTH_SAID, TO
from bot.parsing.grammar.numerals import digits
from bot.parsing.grammar.shapes import Days, When, rule
from bot.parsing.grammar.years import said_year

_COUNTED_BEHIND = r"[\d.,%几多余万亿个家次批亩元人月十千百吨台套名户项日号天年期位条点成栋层楼里块支辆]"
_NOT_A_DAY = (
    r"(?!楼|线|院|门|厂|地|机|路|文件|井|库|台|站|馆|公馆|车|桥|矿|厅|店|仓|船|岛|炉|宿舍|会议室"
    r"|桌|展位|展区|窗口|柜|包间|包厢|房|办公室|码头|泊位|标段|产线|生产线|支行|电梯|出口|入口|登机口)"
)
# before the number of a day; most places are ruled out by their first character
_AFTER_NO_NUMBER = (
    r"(?=[0-9一二三四五六七八九十])"
    r"(?<![路街巷弄段附])(?<!大道|神舟|长征|嫦娥|天宫)(?<![\d./:第A-Za-z一二三四五六七八九十-])(?<!\d,)"
)


def _month_day(match: Match[str], at: datetime) -> When | None:
    return in_year(
        said_year(match, at.date()),
        digits(match["month"]),
        digits(match["day"] or match["bare"] or match["spelled"]),
        at,
    )


def in_year(year: int | None, month: int, day: int, at: datetime) -> When | None:
    """Return a day of a month in a year, or in those around today."""
    reach = 8 if (month, day) == (2, 29) else 2
    when = yearly(lambda y: day_of(y, month, day), year, at.date(), reach)
    return replace(when, dated=True) if when else None


def _days_of_month(match: Match[str], at: datetime) -> When | None:
    """Read 3月11-17日."""
    month, first, last = (digits(match[name]) for name in ("month", "first", "last"))

    def make(year: int) -> Days | None:
        start, end = day_of(year, month, first), day_of(year, month, last)
        return Days(start.start, end.end) if start and end and first <= last else None

    return yearly(make, said_year(match, at.date()), at.date())


def _day(match: Match[str], at: datetime) -> When | None:
    number = digits(match["day"])
    when = latest_and_next(_monthly(number, number, at.date()), at.date())
    return replace(when, follow=lambda day: _next_day(number, day), listed=True, dated=True) if when else None


def _next_day(number: int, day: date) -> Days | None:
    return next((days for days in _monthly(number, number, day, 0) if days and days.start and days.start >= day), None)


def _days(match: Match[str], at: datetime) -> When | None:
    return latest_and_next(_monthly(digits(match["first"]), digits(match["last"]), at.date()), at.date())


def _monthly(first: int, last: int, today: date, back: int = 4) -> Iterator[Days | None]:
    for n in range(-back, 5):
        month = add_months(today.replace(day=1), n)
        start, end = day_of(month.year, month.month, first), day_of(month.year, month.month, last)
        yield Days(start.start, end.end) if start and end and first <= last else None


RULES = (
    rule(
        MONTH_SAID,
        rf"{IN_YEAR}(?P<month>{MONTH}|1[3-9]|[2-9]\d)月份?(?:(?P<day>\d{{1,2}}|{DAY_NUMBER})[日号]|(?P<bare>3[01]|[12]\d|[1-9])(?![\d.,%万亿个家次批亩元人月十千百吨台套名户项])"
        rf"|(?:(?!十五)|(?<!八月))(?P<spelled>二?十[一二三四五六七八九]|三十一?|二十|十)(?!{_COUNTED_BEHIND}))",
        _month_day,
    ),
    rule(
        MONTH_SAID,
        rf"{IN_YEAR}(?P<month>{MONTH})月(?P<first>{DAY_NUMBER})[日号]?{TO}(?P<last>{DAY_NUMBER})[日号]",
        _days_of_month,
    ),
    rule(
        "日号",
        rf"{_AFTER_NO_NUMBER}(?P<day>{DAY_NUMBER})[日号]{_NOT_A_DAY}(?![之以]?内)",
        _day,
    ),
    rule(
        "日号",
        rf"{_AFTER_NO_NUMBER}(?P<first>{DAY_NUMBER})[日号]?{TO}(?P<last>{DAY_NUMBER})[日号]{_NOT_A_DAY}",
        _days,
    ),
)
