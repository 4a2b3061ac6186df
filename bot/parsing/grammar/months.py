"""Months and their parts: 3月, 1-9月, 上个月, 3月中旬, 月底."""

from datetime import date, datetime
from re import Match

from bot.parsing.grammar.arithmetic import day_of, month_of, months_of, yearly
from bot.parsing.grammar.numerals import digits
from bot.parsing.grammar.shapes import NO_TIME, Days, When, pairs, rule
from bot.parsing.grammar.years import STEP, YEAR, said_year, steps

MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|(?<![\d万亿千百美日欧港公状纪单三多])元)"
MONTH_SAID = pairs("0123456789一二三四五六七八九十元", "月")
NUMBER_BEFORE = r"(?<![\d.一二三四五六七八九十两几])(?<!近(?=[一二三四五六七八九十\d]月(?![份底初中])))"
# a year before a month, or nothing; most places are ruled out by their first character
IN_YEAR = rf"(?=[\d零〇一二两三四五六七八九十元大前去今明后上本当这次翌下])(?:{YEAR}|{NUMBER_BEFORE})"
PART = r"(?P<part>中下旬|上中旬|[上中下]旬|[上下]半月|月?[底末]|[初底末]|中(?!国|心|央|学|标|共|期))"
_PARTS = {
    "初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20), "上中旬": (1, 20), "下旬": (21, 0),
    "中下旬": (11, 0), "上半月": (1, 15), "下半月": (16, 0),
}  # fmt: skip
TO = r"(?:-{1,2}|~|到|至)"


def month_part(days: Days, part: str | None) -> Days:
    """Return a part of a month: 初 and 上旬 1-10, 中 and 中旬 11-20, 下旬 21-end, 底 and 末 the last day."""
    if not part or not days.start or not days.end:
        return days
    first, last = _PARTS.get(part, (0, 0))
    if not first:
        return Days(days.end, days.end)
    return Days(days.start.replace(day=first), days.start.replace(day=last) if last else days.end)


def _month(match: Match[str], at: datetime) -> When | None:
    month = digits(match["month"])
    return yearly(lambda y: month_part(month_of(y, month), match["part"]), said_year(match, at.date()), at.date())


def _months(match: Match[str], at: datetime) -> When | None:
    first, last = digits(match["first"]), digits(match["last"])
    return yearly(lambda y: months_of(y, first, last), said_year(match, at.date()), at.date())


def _two_months(match: Match[str], at: datetime) -> When | None:
    """Read 四五月份: a month and the next."""
    first = digits(match["pair"][:-1] if match["pair"] else match["one"])
    if match["one"] and digits(match["other"]) != first + 1:
        return NO_TIME
    return yearly(lambda y: months_of(y, first, first + 1), said_year(match, at.date()), at.date())


def _near_month(match: Match[str], at: datetime) -> When | None:
    days = month_of(at.year, at.month + steps(match["step"]))
    if match["day"] and days.start:
        one = day_of(days.start.year, days.start.month, digits(match["day"]))
        return When(one, one) if one else None
    days = month_part(days, match["part"])
    return When(days, days)


def _days_of_near_month(match: Match[str], at: datetime) -> When | None:
    """Read 上月20到24号."""
    month = month_of(at.year, at.month + steps(match["step"])).start
    first, last = digits(match["first"]), digits(match["last"])
    if month is None or first > last:
        return None
    start, end = day_of(month.year, month.month, first), day_of(month.year, month.month, last)
    return When(Days(start.start, end.end), Days(start.start, end.end)) if start and end else None


def _bare_part(match: Match[str], at: datetime) -> When:
    now = month_part(month_of(at.year, at.month), match["part"] or match["ten"])
    if now.end and now.end < at.date():
        return When(now, month_part(month_of(at.year, at.month + 1), match["part"] or match["ten"]))
    return When(now, now)


def _iso_month(match: Match[str], _at: datetime) -> When:
    days = month_of(int(match["y"]), int(match["m"]))
    start = days.start or date.min
    return When.fixed(start, days.end)


def _iso_months(match: Match[str], _at: datetime) -> When | None:
    """Read 1999.08-2002.02, 2008.03-2009."""
    start = month_of(int(match["y"]), int(match["m"])).start
    end = month_of(int(match["y2"]), int(match["m2"] or 12)).end
    return When.fixed(start, end) if start and end and start <= end else None


DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_NEAR = pairs("上这本当下一个", "月")
RULES = (
    rule(
        MONTH_SAID,
        rf"{IN_YEAR}(?P<month>{MONTH})月(?!花|饼|(?<=[一二三四五六七八九十]月)(?:制药|稻田|照相|传媒|流火|酒业))份?(?:的?{PART})?",
        _month,
    ),
    rule(MONTH_SAID, rf"{IN_YEAR}(?P<first>{MONTH})(?:月份?)?{TO}(?P<last>{MONTH})月份?(?!\d)", _months),
    rule(
        MONTH_SAID,
        rf"{IN_YEAR}(?:(?P<pair>一二|二三|三四|四五|五六|六七|七八|八九|九十|十一二)|(?P<one>{MONTH})、(?P<other>{MONTH}))"
        r"月份?(?![\d日号底初末中上下])",
        _two_months,
    ),
    rule(
        _NEAR,
        rf"(?P<step>{STEP})一?个?月(?:份)?(?:的?(?:{PART}|(?P<day>{DAY_NUMBER})[日号](?!楼|线|地块|厂房|院)))?",
        _near_month,
    ),
    rule(
        _NEAR,
        rf"(?P<step>{STEP})一?个?月份?的?(?P<first>{DAY_NUMBER})[日号]?{TO}(?P<last>{DAY_NUMBER})[日号]",
        _days_of_near_month,
    ),
    rule(
        [*pairs("月", "初底末中"), *pairs("上中下", "旬"), *pairs("上下", "半")],
        r"(?=[月上中下])"  # most places are ruled out by their character
        r"(?:(?<![\d一二三四五六七八九十个岁])月(?P<part>[初底末中]旬?)(?!国|心|央|学)|(?<!月)(?P<ten>[上中下]旬|[上下]半月))",
        _bare_part,
    ),
    rule(
        ("20",),
        r"(?<![A-Za-z0-9.,/-])(?P<y>20[0-4]\d)[-./年](?P<m>0?[1-9]|1[0-2])(?![\d./%-]|[万亿个家元亩倍月])",
        _iso_month,
    ),
    rule(("20",), r"(?<![A-Za-z0-9.,/-])(?P<y>20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?![A-Za-z0-9.,%/-])", _iso_month),
    rule(
        ".",
        rf"(?<![A-Za-z0-9.,/-])(?P<y>(?:19|20)\d\d)[.](?P<m>0?[1-9]|1[0-2]){TO}(?P<y2>(?:19|20)\d\d)"
        r"(?:[.](?P<m2>0?[1-9]|1[0-2]))?(?![\d.%-]|[万亿])",
        _iso_months,
    ),
)
