"""Days and weeks: 昨天, 上周三, 周末, 3月18日, 11号, 2012.3.5, 明天下午."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from re import Match

from bot.parsing.grammar.arithmetic import add_days, add_months, day_of, latest_and_next, week_of, yearly
from bot.parsing.grammar.months import DAY_NUMBER, MONTH, NUMBER_BEFORE, TO
from bot.parsing.grammar.numerals import digits
from bot.parsing.grammar.shapes import Days, When, rule
from bot.parsing.grammar.years import STEP, YEAR, said_year, steps

_RELATIVE = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
PARTS = r"(?:凌晨|清晨|清早|大早上|早上|早晨|一早|一大早|上午|中午|午间|下午|午后|傍晚|晚上|晚间|夜里|半夜|深夜|早|晚)"
PART_BEHIND = re.compile(rf"的?({PARTS}(?<![早晚])|(?<=[日号])[早晚](?![点会些]))")
_WEEK = r"(?:周|星期|礼拜)"
# 周一鸣, 周天宇, 周三多 are people: after these a weekday is a name
_NAME_AFTER = r"(?![鸣围凡帆波诺平宇佑成翔浩泽鸿慧琪凯峰杰伟强明华敏福多](?![天云]))"
# 本周一共, 上周三家, 每周一次 hold no weekday
_COUNTED = r"(?![家个批条项次人名位趟百千万亿]|十(?!点)|天(?!气))"
_WEEKDAY = rf"(?:一(?![共起直下行期些致边样般定旦半]){_COUNTED}|[二三四五六]{_COUNTED}|[日天](?![均常]))"
_VERB_AFTER = r"(?=[\s,.。;、!?)]|$|[上下中晚早前后去来到和跟与我你他要有会拜接开签参在向把请给的是休加见还回再就没不])"
_NOT_A_DAY = r"(?!楼|线|院|门|厂|地|机|路|文件|井|库|台|站|馆|公馆|车|桥|矿|厅|店|仓|船|岛|炉|宿舍|会议室)"
# what may follow 3.12 or 0318 when it is a day
_DONE_ON = (
    r"(?=[\s,:;]*(?:我们?|咱们?)?(?:拜访|走访|接待|赴|去(?!年)|来|到(?!位)|见|和|与|跟|同|在|上午|下午|晚|早|中午|签|开|考察|对接|会见|座谈|参加|陪|带|率|外出|前往"
    r"|电话|回访|上门|召开|举行|前|之前|以前|后|之后|-|~|至))"
)
_VISITED = r"(?:拜访|走访|接待|来访|到访|考察|会见|座谈|对接|回访|洽谈)"
# 3.12比亚迪来访, 张总3.12赴深圳; but 增长3.12
_VISIT_LATER = rf"(?=(?![万亿千百个家元亩倍成版米吨公平])[\u4e00-\u9fffA-Za-z]{{1,14}}?{_VISITED})"
_AFTER_A_NAME = r"(?<=[\u4e00-\u9fff])(?<![长降升增减超达为是投约占比近共至到了每第率幅资额])"
_VISIT_NEXT = rf"(?=[ ]?(?:{_VISITED}|赴|前往|去(?!年)|外出|上门))"
_OPENS = r"(?:^|(?<=[\n,;:。;、(于在至到]))"


def _relative(match: Match[str], at: datetime) -> When:
    return When.fixed(add_days(at.date(), _RELATIVE[match["day"]]), part=match["part"] or "")


def _next_after(match: Match[str], at: datetime) -> When:
    tomorrow = When.fixed(add_days(at.date(), 1), part=match["part"] or "")
    return replace(tomorrow, next_day=True)


def _two_days(match: Match[str], at: datetime) -> When:
    first = {"昨今": -1, "今明": 0, "明后": 1}[match["days"]]
    return When.fixed(add_days(at.date(), first), add_days(at.date(), first + 1))


def _just_now(match: Match[str], at: datetime) -> When:
    return When.fixed(at.date(), part=match.groupdict().get("part") or "")


def _weekday(match: Match[str], at: datetime) -> When:
    today, number = at.date(), _WEEKDAYS[match["weekday"]]
    part = match["part"] or ""
    if match["step"]:
        day = add_days(week_of(today, steps(match["step"])).start or today, number)
        return When(Days(day, day), Days(day, day), follow=lambda day: _next_weekday(day, number), part=part)
    latest = add_days(today, -((today.weekday() - number) % 7))
    coming = add_days(latest, 7)
    return When(
        Days(latest, latest),
        Days(coming, coming),
        follow=lambda day: _next_weekday(day, number),
        weekly=True,
        part=part,
    )


def _next_weekday(day: date, number: int) -> Days:
    one = add_days(day, (number - day.weekday()) % 7)
    return Days(one, one)


def _week(match: Match[str], at: datetime) -> When:
    days = week_of(at.date(), steps(match["step"]))
    if not match["end"]:
        return When(days, days)
    weekend = _weekend(days)
    return When(weekend, weekend)


def _bare_weekend(_match: Match[str], at: datetime) -> When | None:
    weekends = (_weekend(week_of(at.date(), n)) for n in (-1, 0, 1))
    return latest_and_next(weekends, at.date())


def _weekend(week: Days) -> Days:
    return Days(add_days(week.end or date.min, -1), week.end)


def _month_day(match: Match[str], at: datetime) -> When | None:
    return _in_year(said_year(match, at.date()), digits(match["month"]), digits(match["day"] or match["bare"]), at)


def _in_year(year: int | None, month: int, day: int, at: datetime) -> When | None:
    reach = 8 if (month, day) == (2, 29) else 2
    return yearly(lambda y: day_of(y, month, day), year, at.date(), reach)


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
    return replace(when, follow=lambda day: _next_day(number, day)) if when else None


def _next_day(number: int, day: date) -> Days | None:
    return next((days for days in _monthly(number, number, day, 0) if days and days.start and days.start >= day), None)


def _days(match: Match[str], at: datetime) -> When | None:
    return latest_and_next(_monthly(digits(match["first"]), digits(match["last"]), at.date()), at.date())


def _monthly(first: int, last: int, today: date, back: int = 4) -> Iterator[Days | None]:
    for n in range(-back, 5):
        month = add_months(today.replace(day=1), n)
        start, end = day_of(month.year, month.month, first), day_of(month.year, month.month, last)
        yield Days(start.start, end.end) if start and end and first <= last else None


def _written(match: Match[str], _at: datetime) -> When | None:
    days = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return When(days, days) if days else None


def _short(match: Match[str], at: datetime) -> When | None:
    return _in_year(None, int(match["m"]), int(match["d"]), at)


def _short_days(match: Match[str], at: datetime) -> When | None:
    first = _in_year(None, int(match["m"]), int(match["d"]), at)
    last = _in_year(None, int(match["m2"] or match["m"]), int(match["d2"]), at)
    if not first or not last or not last.follow or not first.past.start or not first.ahead.start:
        return None
    past, ahead = last.follow(first.past.start), last.follow(first.ahead.start)
    return When(Days(first.past.start, past.end), Days(first.ahead.start, ahead.end)) if past and ahead else None


_YMD_END = r"[日号]?(?![\d./%-]|[万亿])"
RULES = (
    rule(
        "天日早晚晨",
        rf"(?P<day>大前|大后|(?<![目之以提当])前(?=天(?![然津]))|(?<![然之以今])后(?=天(?![气然]))|[昨今明])(?:[天日](?!头条|资本|能源|科技|重现|之星)(?:的?(?P<part>{PARTS}))?)",
        _relative,
    ),
    rule("早晚晨", r"(?P<day>[昨今明])(?P<part>[早晚晨](?:上|间)?)(?!报)", _relative),
    rule("周星礼", rf"(?P<step>{STEP})一?个?{_WEEK}(?P<weekday>{_WEEKDAY})(?:的?(?P<part>{PARTS}))?", _weekday),
    rule(
        "周星礼",
        rf"(?<![双单隔一两三])(?P<step>){_WEEK}(?=[一二三四五六])(?P<weekday>{_WEEKDAY})(?:(?P<part>{PARTS})|{_NAME_AFTER})",
        _weekday,
    ),
    rule(
        "周星礼",
        rf"(?<![双单隔一两三])(?P<step>){_WEEK}(?P<weekday>[日天])(?![均常])(?:(?P<part>{PARTS})|{_VERB_AFTER})",
        _weekday,
    ),
    rule("周星礼", rf"(?P<step>{STEP})(?:一个|个|一)?{_WEEK}(?:(?P<end>末)|(?!{_WEEKDAY}|边|围|期))", _week),
    rule("周", r"(?<![上本这下])周末", _bare_weekend),
    rule(
        "月",
        rf"(?:{YEAR}|{NUMBER_BEFORE})(?P<month>{MONTH}|1[3-9]|[2-9]\d)月份?(?:(?P<day>\d{{1,2}}|{DAY_NUMBER})[日号]|(?P<bare>3[01]|[12]\d|[1-9])(?![\d.,%万亿个家次批亩元人月十千百]))",
        _month_day,
    ),
    rule(
        "月",
        rf"(?:{YEAR}|{NUMBER_BEFORE})(?P<month>{MONTH})月(?P<first>{DAY_NUMBER})[日号]?{TO}(?P<last>{DAY_NUMBER})[日号]",
        _days_of_month,
    ),
    rule("日号", rf"(?<![\d.,/:第A-Za-z一二三四五六七八九十-])(?P<day>{DAY_NUMBER})[日号]{_NOT_A_DAY}(?![内])", _day),
    rule(
        "日号",
        rf"(?<![\d.,/:第A-Za-z一二三四五六七八九十-])(?P<first>{DAY_NUMBER})[日号]?{TO}(?P<last>{DAY_NUMBER})[日号]{_NOT_A_DAY}",
        _days,
    ),
    rule(
        "12",
        rf"(?<![A-Za-z0-9.,/-])(?P<y>(?:19|20)\d{{2}})(?P<s>[-./])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_YMD_END}",
        _written,
    ),
    rule(
        "2",
        r"(?<![A-Za-z0-9.,/-])(?P<y>20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\w.%-]|[万亿])",
        _written,
    ),
    rule(
        "天日",
        rf"(?:第[二2]天(?![然津府猫])|(?<![\d一两二三四五六七八九十几多每首单])次日(?![均达常报产])|翌日|(?<!相)隔天)(?:的?(?P<part>{PARTS}))?",
        _next_after,
    ),
    rule("今", r"(?P<days>昨今|今明)两?[天日]", _two_days),
    rule("后", r"(?P<days>明后)两?[天日]", _two_days),
    rule("/-", r"\A\s*(?P<m>1[0-2]|0?[1-9])(?:/|(?<=0\d)-|-(?=0))(?P<d>[12]\d|3[01]|0?[1-9])\s*\Z", _short),
    rule("01", r"\A\s*(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])\s*\Z", _short),
    rule("./-", rf"{_OPENS}(?P<m>1[0-2]|0?[1-9])[./-](?P<d>[12]\d|3[01]|0?[1-9])(?!\d){_DONE_ON}", _short),
    rule(
        ".",
        rf"(?:{_OPENS}(?=[\d.]+{_VISIT_LATER})|{_AFTER_A_NAME}(?=[\d.]+{_VISIT_NEXT}))"
        r"(?P<m>1[0-2]|0?[1-9])\.(?P<d>[12]\d|3[01]|0?[1-9])(?![\d.])",
        _short,
    ),
    rule("01", rf"{_OPENS}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d){_DONE_ON}", _short),
    rule(
        "-~到至",
        rf"(?<![A-Za-z0-9.,/-])(?P<m>1[0-2]|0?[1-9])\.(?P<d>[12]\d|3[01]|0?[1-9]){TO}(?:(?P<m2>1[0-2]|0?[1-9])\.)?(?P<d2>[12]\d|3[01]|0?[1-9])"
        rf"(?![\d.%-]|[万亿千百个家元亩倍成]){_DONE_ON}",
        _short_days,
    ),
    rule("午早晚晨夜", r"(?<![^\W我醒在])(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上|晚间)", _just_now),
    rule("午", r"(?P<part>上午|下午)", _just_now),
    rule(
        "刚",
        r"(?:(?<![\u4e00-\u9fff])|(?<=我)|(?<=们))(?:刚刚|刚才|刚)(?=拜访|走访|接待|接到|见|从|跟|和|与|去|谈|签|到|结束|开完|走|陪|送|收到|在|把|回来)",
        _just_now,
    ),
    rule("刚", r"刚刚|刚才", _just_now),
)
