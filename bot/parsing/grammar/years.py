"""Years and their parts: 2012年, 去年, 一季度, 上半年, 前三季度, 年底, 十四五期间, 双过半."""

from datetime import date, datetime
from re import Match

from bot.parsing.grammar.arithmetic import FIRST_YEAR, LAST_YEAR, month_of, months_of, year_of, yearly
from bot.parsing.grammar.numerals import digits
from bot.parsing.grammar.shapes import NO_TIME, Days, When, pairs, rule

_RELATIVE = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "当年": 0, "这一年": 0,
    "明年": 1, "次年": 1, "翌年": 1, "下年": 1, "下一年": 1, "后年": 2, "大后年": 3,
}  # fmt: skip
_SPELLED = r"[一二][零〇九][零〇一二三四五六七八九]{2}|两千(?:[零〇][一二三四五六七八九]|(?=年\w{1,3}月))"
# 08年, 零八年, 九七年; 五六年 is a length
_SHORT_YEAR = (
    r"(?<!\d)0\d(?=年)|[零〇][〇零一二三四五六七八九](?=年)"
    r"|(?<![零〇一二两三四五六七八九十百千])(?:九[零〇一二三四五六七八九]|八[零〇一二三四五六七八])(?=年(?:代|\d|[一二三四五六七八九十]{1,2}月|[一二三四]季度))"
    r"|(?<![\d.-])\d{2}(?=年(?:\d{1,2}月|[一二三四五六七八九十]{1,3}月|第?[一二三四1-4首]个?季度|[上下]半年|全年|除夕|春节|国庆"
    r"|第[\d一二三四五六七八九十]{1,3}[周个]))"
)
# most places are ruled out by their first character
YEAR = (
    r"(?=[\d零〇一二两八九大前去今明后上本当这次翌下])"
    rf"(?:(?P<year>(?<!\d)(?:19|20)\d{{2}}|{_SPELLED}|{_SHORT_YEAR})年度?"
    r"|(?P<relative>大前年|(?<![产工以年])前年(?!产|均)|去年|今年|大后年|明年|(?<![产工约运业今此以])后年(?![产税营销均利薪])|(?<![以马加晚早])上一年(?!半)|上年|本年|当年|这一年(?![多半来])|次年|翌年|下一年(?!半)|(?<!一)下年)度?)的?"
)
_TWO_FIGURES = 99
_RECENT = 5  # years from now that two figures alone may name
_FAR = 15  # years ahead that a bare number may still name
_FIRST_TENS = 30
_LAST_CENTURY = 50  # 98年 is 1998
_QUARTER = r"[一二三四1-4]"
_STEP = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "该": 0, "下": 1, "下下": 2}
STEP = r"上上|上|这|本|当|下下|下"


def said_year(match: Match[str], today: date) -> int | None:
    """Return the year a match of YEAR names, if it names one."""
    if match["relative"]:
        return today.year + _RELATIVE[match["relative"]]
    if not match["year"]:
        return None
    year = digits(match["year"])
    return year if year > _TWO_FIGURES else year + (1900 if year >= _LAST_CENTURY else 2000)


def steps(word: str) -> int:
    """Return how far 上, 本, 下 step."""
    return _STEP[word]


def _in_calendar(year: int) -> bool:
    return FIRST_YEAR < year < LAST_YEAR


def _year(match: Match[str], at: datetime) -> When | None:
    year = said_year(match, at.date())
    if year is None or not _in_calendar(year):
        return None
    return _part_of_year(match["part"] or "", year)


def _part_of_year(part: str, year: int) -> When:
    if part in ("初", "伊始"):
        return When.fixed(date(year, 1, 1), date(year, 1, 31))
    if part in ("底", "末"):
        return When.fixed(date(year, 12, 31))
    if part == "中":
        return When.fixed(date(year, 6, 1), date(year, 6, 30))
    return When.fixed(date(year, 1, 1), date(year, 12, 31))


def _bare_part(match: Match[str], at: datetime) -> When:
    when = _part_of_year(match["part"], at.year)
    if when.past.end and when.past.end < at.date():
        return When(when.past, _part_of_year(match["part"], at.year + 1).past)
    return when


def _bare_year(match: Match[str], at: datetime) -> When:
    year = int(match[0])
    if year > at.year + _FAR:
        return NO_TIME
    return When.fixed(date(year, 1, 1), date(year, 12, 31))


def _recent_year(match: Match[str], at: datetime) -> When | None:
    """Read 25年 as a year when it is one of these years; others are lengths."""
    year, part = 2000 + int(match["short"] or match["named"]), match["part"] or match["end"] or ""
    recent = abs(at.year - year) <= _RECENT and year % 10 != 0
    if recent or part in ("底", "末"):
        return _part_of_year(part, year)
    return NO_TIME


def _this_year(_match: Match[str], at: datetime) -> When:
    days = year_of(at.year)
    return When(days, days)


def _this_month(_match: Match[str], at: datetime) -> When:
    days = month_of(at.year, at.month)
    return When(days, days)


def _two_years(match: Match[str], at: datetime) -> When:
    first = at.year + {"去今": -1, "今明": 0, "明后": 1}[match["years"]]
    return When.fixed(date(first, 1, 1), date(first + 1, 12, 31))


def _decade(match: Match[str], at: datetime) -> When | None:
    """Read 80年代, 上世纪90年代, 十九世纪七十年代."""
    tens, said = digits(match["tens"]), match["century"]
    if said in ("上", "上个", "本"):
        century = at.year // 100 - (said != "本")
    elif said:
        century = digits(said) - 1
    else:
        century = 19 if tens >= _FIRST_TENS else 20
    if not 0 < century < at.year // 100 + 1:
        return None
    return When.fixed(date(century * 100 + tens, 1, 1), date(century * 100 + tens + 9, 12, 31))


def _years(match: Match[str], _at: datetime) -> When | None:
    first, last = int(match["first"]), int(match["last"])
    if first > last:
        return None
    return When.fixed(date(first, 1, 1), date(last, 12, 31))


def _quarter(match: Match[str], at: datetime) -> When | None:
    first = 1 if match["first"] == "首" else digits(match["first"] or match["q"])
    last = digits(match["last"]) if match["last"] else first
    year = int(match["bare"]) if match["bare"] else said_year(match, at.date())

    def make(year: int) -> Days:
        days = months_of(year, 3 * first - 2, 3 * last)
        return _edge(days, match["edge"])

    return yearly(make, year, at.date())


def _edge(days: Days, edge: str | None) -> Days:
    if edge in ("末", "底"):
        return Days(days.end, days.end)
    if edge == "初" and days.start:
        return month_of(days.start.year, days.start.month)
    return days


def _near_quarter(match: Match[str], at: datetime) -> When:
    quarter = (at.month - 1) // 3 + steps(match["step"] or "本")
    first = month_of(at.year, 3 * quarter + 1).start
    days = _edge(Days(first, month_of(at.year, 3 * quarter + 3).end), match["edge"])
    return When(days, days)


def _first_months(match: Match[str], at: datetime) -> When | None:
    """Read 前三季度 and 前八个月 as counted from January."""
    months = digits(match["n"]) * (3 if match["unit"] == "季度" else 1)
    if not 1 <= months <= 12:
        return None
    return yearly(lambda year: months_of(year, 1, months), said_year(match, at.date()), at.date())


def _half(match: Match[str], at: datetime) -> When | None:
    second = match["half"] in "下后"
    return yearly(
        lambda y: months_of(y, 7, 12) if second else months_of(y, 1, 6), said_year(match, at.date()), at.date()
    )


def _plan(match: Match[str], _at: datetime) -> When:
    first = 1951 + 5 * digits(match["n"])
    if match["edge"]:
        return When.fixed(date(first + 4, 12, 31))
    return When.fixed(date(first, 1, 1), date(first + 4, 12, 31))


def _whole_year(match: Match[str], at: datetime) -> When:
    days = year_of(said_year(match, at.date()) or at.year)
    return When(days, days)


def _half_time(_match: Match[str], at: datetime) -> When:
    days = Days(year_of(at.year).start, date(at.year, 6, 30))
    return When(days, days)


_NOT_A_YEAR = r"(?![\d.,%年个家万亿元亩吨人件台套平公米千百号级只项多余wWkKmMgG-]|实验室|产业园|工程|战略|愿景|酒|咖啡)"
RULES = (
    rule(
        "年",
        r"(?:(?<![^,。;、:\n])(?P<short>[1-4]\d)年(?:(?P<part>[底末初])|(?=[的到签完招全投开]|$|[,。;]))"
        r"|(?<=[从自到至比跟和与])(?P<named>[1-4]\d)年(?:(?P<end>[底末初])|(?![内前后以之多来期租质间左半])))",
        _recent_year,
    ),
    rule(
        pairs("年", "以之内"),
        r"(?<![\d一二三四五六七八九十几半两俩仨多])(?<![今去前明后当本近整全每往历一])年(?=[以之]?内(?![部外容资地江蒙]))",
        _this_year,
    ),
    rule(
        pairs("月", "以之内"),
        r"(?<![\d一二三四五六七八九十几个半两俩仨多本上下每当这元])月(?=[以之]?内(?![部外容资地江蒙]))",
        _this_month,
    ),
    rule("两", r"(?P<years>去今|今明|明后)两年", _two_years),
    rule(
        "年",
        r"(?:(?P<century>\d{1,2}|二?十[一二三四五六七八九]?|[一二三四五六七八九]|上个?|本)世纪)?"
        r"(?<![\d.])(?P<tens>[1-9]0|[一二三四五六七八九]十)年代",
        _decade,
    ),
    rule(
        "年",
        rf"{YEAR}(?!同期|同一时期|(?<=[去上])同比|(?<=[去上]年)同比|(?<=[去上])年同比)"
        r"(?:年?(?P<part>伊始|[初底末]|中(?![国央共学期心上下旬]))|(?<!的))",
        _year,
    ),
    rule(
        pairs("年", "初底末中"),
        r"(?<![\d一二两三四五六七八九十几半])(?<![今去前明后当本近整全每])年(?P<part>[初底末]|中(?=完|投|开|前|之|总|小|检|督|考))",
        _bare_part,
    ),
    rule(("19", "20"), rf"(?<![A-Za-z0-9.,/:-])(?:19[89]\d|200[1-9]|20[1-4]\d){_NOT_A_YEAR}", _bare_year),
    rule(
        pairs("-~到至", "12"),
        r"(?<![A-Za-z0-9.,/-])(?P<first>(?:19[89]|20[0-4])\d)年?(?:-|~|到|至)(?P<last>(?:19[89]|20[0-4])\d)"
        r"(?:年度?|(?![\d.,%年个家万亿元亩吨人-]))(?!\d{1,2}月)",
        _years,
    ),
    rule(
        "季Q",
        rf"(?:{YEAR}|(?<![\dA-Za-z])(?P<bare>(?:19|20)\d\d)-?(?=Q))?"
        rf"(?:第?(?P<first>{_QUARTER}|首)(?:季度?)?(?:(?:-|~|到|至)?第?(?P<last>{_QUARTER}))?季度"
        r"|(?:(?<![A-Za-z0-9])|(?<=19\d\d)|(?<=20\d\d))Q(?P<q>[1-4])(?:季度|(?![A-Za-z0-9])))"
        r"(?P<edge>[初末底])?",
        _quarter,
    ),
    rule("季", rf"(?P<step>{STEP})一?个?季度(?P<edge>[初末底])?", _near_quarter),
    rule("季", r"(?<![一二三四1-4个上本这下])(?P<step>)季度?(?P<edge>[初末底])", _near_quarter),
    rule(
        pairs("前", "0123456789一二两三四五六七八九十"),
        rf"(?:{YEAR}|(?<![约产工用标审批会资地注册收付节]))前(?P<n>[一二两三四五六七八九]|十[一二]?|\d{{1,2}})(?:个?(?P<unit>季度)|个(?P<month>月))",
        _first_months,
    ),
    rule("半", rf"(?:{YEAR})?(?P<half>[上下前后])个?半年", _half),
    rule(
        "五",
        r"(?<![一二三四五六七八九])(?P<n>十[一二三四五六])五(?:规划)?(?:(?:期间|时期)|(?P<edge>[末]))?(?![家个人项亿万年次批亩名条])",
        _plan,
    ),
    rule("全", rf"(?:{YEAR})?全年(?!无休)", _whole_year),
    rule("过", r"双过半|时间过半(?:,?任务过半)?|任务过半", _half_time),
)
