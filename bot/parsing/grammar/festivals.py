"""Festivals and lunar dates: 春节, 去年国庆, 五一, 农历三月初三, 正月十五, 腊月廿八."""

from dataclasses import replace
from datetime import date, datetime
from re import Match

from bot.parsing.grammar.arithmetic import add_days, yearly
from bot.parsing.grammar.numerals import digits
from bot.parsing.grammar.shapes import Days, When, pairs, rule
from bot.parsing.grammar.years import YEAR, said_year
from domain import calendar

_CODES = {
    "元旦": "new_year", "春节": "spring_festival", "大年初一": "spring_festival", "过年": "spring_festival",
    "年": "spring_festival", "除夕": "new_years_eve", "年三十": "new_years_eve", "大年三十": "new_years_eve",
    "元宵": "lantern", "清明": "qingming", "五一": "labour_day", "劳动节": "labour_day", "端午": "dragon_boat",
    "中秋": "mid_autumn", "八月十五": "mid_autumn", "重阳": "double_ninth", "国庆": "national_day",
    "十一": "national_day",
}  # fmt: skip
# days that are no public holiday: month and day; the n-th weekday of a month; lunar month and day
_FIXED = {
    "情人": (2, 14), "女生": (3, 7), "妇女": (3, 8), "三八": (3, 8), "植树": (3, 12), "消费者权益日": (3, 15),
    "愚人": (4, 1), "青年": (5, 4), "五四": (5, 4), "儿童": (6, 1), "六一": (6, 1), "建党": (7, 1), "七一": (7, 1),
    "建军": (8, 1), "八一": (8, 1), "教师": (9, 10), "万圣": (10, 31), "光棍": (11, 11), "双十一": (11, 11),
    "双十二": (12, 12), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
_NTH = {"母亲": (5, 2, 6), "父亲": (6, 3, 6), "感恩": (11, 4, 3)}
_LUNAR = {"七夕": (7, 7), "中元": (7, 15), "腊八": (12, 8)}
_SURNAME_BEFORE = (
    r"(?<![李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    r"苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文])"
)
_NOT_A_PLACE = r"(?!月饼|木|食品(?!厂|企|项|园|加)|序曲|联欢|晚会|小区|路|街|广场|村|乡|大道|大桥|劳动奖|寺|镇|上河)"
_TELLS = frozenset("农阴旧正冬腊闰初廿")
_LUNAR_MONTHS = {"大年": 1, "正": 1, "冬": 11, "腊": 12}
_LUNAR_MONTH = r"(?:闰)?(?:正|冬|腊|十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])月"
# of a lunar day or the year before it: most places are ruled out by their first character
_LUNAR_FIRST = r"(?=[农阴旧闰正冬腊大\d零〇一二两三四五六七八九十前去今明后上本当这次翌下])"
_LUNAR_DAY = (
    r"(?:初(?:[一二三四五六七八九十]|[1-9](?!\d)|10)|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|三十"
    r"|[12]\d(?!\d)|30(?!\d))"
)


def _festival(match: Match[str], at: datetime) -> When | None:
    code = _CODES[match["name"]]

    def make(year: int) -> Days:
        day = calendar.holiday(code, year)
        return Days(day, day)

    when = yearly(make, said_year(match, at.date()), at.date())
    if when is None or not when.past.start or not when.ahead.start:
        return None
    past, ahead = _last_off(code, when.past.start), _last_off(code, when.ahead.start)
    if match["before"]:
        days = [add_days(day, -digits(match["before"])) for day in (when.past.start, when.ahead.start)]
        return When(Days(days[0], days[0]), Days(days[1], days[1]))
    if match["after"]:
        days = [_nth_after(day, digits(match["after"]), match["unit"]) for day in (past, ahead)]
        return When(Days(days[0], days[0]), Days(days[1], days[1]))
    if match["off"]:
        return When(_off(code, when.past.start), _off(code, when.ahead.start), rest=(past, ahead))
    return When(when.past, when.ahead, follow=when.follow, rest=(past, ahead))


def _nth_after(day: date, number: int, unit: str) -> date:
    """Return the n-th day after a holiday's days off, or the n-th workday."""
    return calendar.add_workdays(day, number) if unit == "工作日" else add_days(day, number)


def _noted(match: Match[str], at: datetime) -> When | None:
    """Return a day known by its name: 妇女节, 母亲节, 七夕."""
    when = yearly(lambda year: _noted_day(match["noted"], year), said_year(match, at.date()), at.date())
    return replace(when, dated=True) if when else None


def _noted_day(name: str, year: int) -> Days:
    if name in _FIXED:
        day = date(year, *_FIXED[name])
    elif name in _LUNAR:
        day = calendar.lunar_to_solar(year, *_LUNAR[name])
    else:
        month, nth, weekday = _NTH[name]
        first = date(year, month, 1)
        day = add_days(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return Days(day, day)


def _lunar_month(match: Match[str], at: datetime) -> When | None:
    """Return a whole lunar month: 正月, 农历十月, 闰四月."""
    words = match["month"].rstrip("月")
    if not match["lunar"] and words not in _LUNAR_MONTHS and not words.startswith("闰"):
        return None
    leap, name = words.startswith("闰"), words.lstrip("闰")
    month = _LUNAR_MONTHS.get(name) or digits(name)
    reach = 20 if leap else 2
    return yearly(lambda year: _whole_lunar(year, month, leap=leap), said_year(match, at.date()), at.date(), reach)


def _whole_lunar(year: int, month: int, *, leap: bool) -> Days | None:
    for length in (30, 29):
        try:
            first, last = (calendar.lunar_to_solar(year, month, day, leap=leap) for day in (1, length))
        except ValueError:
            continue
        return Days(first, last)
    return None


def _off(code: str, day: date) -> Days:
    first, last, _ = calendar.holiday_span(code, _year(code, day))
    return Days(first, last)


def _last_off(code: str, day: date) -> date:
    return calendar.holiday_span(code, _year(code, day))[1]


def _year(code: str, day: date) -> int:
    # New Year's Eve is counted in the lunar year it closes, and may fall in the same solar year
    return day.year if calendar.holiday(code, day.year) == day else day.year + 1


def _lunar(match: Match[str], at: datetime) -> When | None:
    if _TELLS.isdisjoint(match[0]):
        return None
    words = match["month"].rstrip("月")
    leap = words.startswith("闰")
    name = words.lstrip("闰")
    month = _LUNAR_MONTHS.get(name) or digits(name)
    day = _lunar_day(match["day"])

    def make(year: int) -> Days | None:
        try:
            one = calendar.lunar_to_solar(year, month, day, leap=leap)
        except ValueError:
            return None
        return Days(one, one)

    return yearly(make, said_year(match, at.date()), at.date(), reach=20 if leap else 2)


def _lunar_day(text: str) -> int:
    if text.startswith("初"):
        return digits(text[1:])
    if text.startswith("廿"):
        return 20 + (digits(text[1:]) if len(text) > 1 else 0)
    return digits(text)


_DAY_NAMES = "|".join(name for name in (*_FIXED, *_NTH, *_LUNAR) if not name.startswith(("三", "五", "六", "双")))
_LONG_NAME = r"(?:三八|五四|六一|八一|七一)?(?:国际)?"
_OFF = (
    r"(?:(?:假期?|长假|放假)?(?:之后|以后|后|完)的?(?:第(?P<after>[一二三四五六七八九1-9])个?(?P<unit>天|工作日))"
    r"|(?:放假)?(?:之前|以前|前)的?(?P<before>[一两二三四五1-9])[天日](?!内|之内|以内)"
    r"|(?P<off>期间|假期|长假|放假(?:期间)?))?"
)
_NAMES = r"元旦|春节|除夕|大年三十|年三十|大年初一|元宵|清明|五一|劳动节|端午|中秋|八月十五|重阳|国庆"
RULES = (
    rule(
        "旦节夕年宵明一午秋阳庆十", rf"(?:{YEAR})?{_SURNAME_BEFORE}(?P<name>{_NAMES})节?{_NOT_A_PLACE}{_OFF}", _festival
    ),
    rule("过", rf"(?:{YEAR})?(?<![经度通])(?P<name>过年)(?=前|后|之前|之后|以前|以后|期间|放假){_OFF}", _festival),
    # 十一 is a number unless a holiday's words follow
    rule(
        "十",
        rf"(?:{YEAR}|(?<![一二三四五六七八九\d第]))(?P<name>十一)(?=前|之前|后|之后|期间|假期|长假|放假|黄金周){_OFF}",
        _festival,
    ),
    rule(
        pairs("年", "前后之"),
        rf"(?P<year>)(?P<relative>)(?:(?<![\w])|(?<=[于在想把到就能要]))(?P<name>年)(?=[前后之](?![来者])){_OFF}",
        _festival,
    ),
    rule(
        "正冬腊农阴旧初廿",
        # without 农历 only 正月, 腊月 or 初, 廿 tell the lunar calendar
        rf"{_LUNAR_FIRST}(?:(?:农历|阴历|旧历)?(?:{YEAR})?(?:农历|阴历|旧历)?)"
        rf"(?P<month>{_LUNAR_MONTH}|大年(?=初))(?P<day>{_LUNAR_DAY})[日号]?",
        _lunar,
    ),
    rule(
        "正冬腊农阴旧闰",
        rf"{_LUNAR_FIRST}(?P<lunar>农历|阴历|旧历)?(?:{YEAR})?(?P<month>{_LUNAR_MONTH})(?!\d{{1,2}}(?!\d)|[一二三四五六七八九十初廿中])(?:份|里)?",
        _lunar_month,
    ),
    rule("节", rf"(?:{YEAR})?{_LONG_NAME}(?P<noted>{_DAY_NAMES})节{_NOT_A_PLACE}", _noted),
    rule("圣夜夕权", rf"(?:{YEAR})?(?:国际)?(?P<noted>圣诞(?!节|老人|树)|平安夜|七夕(?!节)|消费者权益日)", _noted),
    # 六一, 八一 are numbers and firms unless a holiday's words follow
    rule(
        "一八四",
        rf"(?:{YEAR})?(?<![一二三四五六七八九十\d第])(?P<noted>三八|五四|六一|七一|八一|双十一|双十二|腊八)"
        r"(?:(?=前|之前|以前|后|之后|以后|期间|当天|那天|节|活动)节?|(?<=双十[一二])(?![五中小医路街]))",
        _noted,
    ),
)
