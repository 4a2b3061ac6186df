"""Days and weeks: 昨天, 上周三, 周末, 3月18日, 11号, 2012.3.5, 明天下午."""

import re
from dataclasses import replace
from datetime import date, datetime
from re import Match

from bot.parsing.grammar.arithmetic import add_days, latest_and_next, week_of
from bot.parsing.grammar.months import DAY_NUMBER, MONTH
from bot.parsing.grammar.numerals import digits
from bot.parsing.grammar.shapes import Atom, Days, When, pairs, rule
from bot.parsing.grammar.years import STEP, steps

_RELATIVE = {
    "大大前": -4,
    "大大后": 4,
    "本": 0,
    "大前": -3,
    "前": -2,
    "昨": -1,
    "今": 0,
    "当": 0,
    "明": 1,
    "作": -1,  # mistyped
    "名": 1,
    "后": 2,
    "大后": 3,
}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6} | {
    str(number): number - 1 for number in range(1, 8)
}
PARTS = (
    r"(?:后半夜|下半夜|前半夜|上半夜|午夜|白天|夜间|大清早|凌晨|清晨|清早|大早上|早上|早晨|一早|一大早"
    r"|上午|中午|晌午|午间|下午|午后|傍晚|晚上|晚间|夜里|半夜|深夜|早|晚)"
)
BEHIND = frozenset(
    " (,周星礼的后下前上午白夜大凌清早一中晌傍晚半深"
)  # what a weekday, a date and a part behind begin with
PART_BEHIND = re.compile(rf"的?({PARTS}(?<![早晚])|(?<=[日号])[早晚](?![点会些]))")
_WEEK, _WEEK_END = r"(?:周|星期|礼拜)", "周期拜"
# 周一鸣, 周天宇, 周三多 are people: after these a weekday is a name
_NAME_AFTER = r"(?![鸣围凡帆波诺平宇佑成翔浩泽鸿慧琪凯峰杰伟强明华敏福多](?![天云]))"
# 本周一共, 上周三家, 每周一次 hold no weekday
_COUNTED = r"(?![家个条项次人名位趟百千万亿]|批(?![的了下准复完])|十(?!点)|天(?!气))"
_WEEKDAY = rf"(?:一(?![共起直行期些致边样般定旦半]|下(?!午)){_COUNTED}|[二三四五六]{_COUNTED}|[日天](?![均常]))"
# 下周3去成都; 上周5家, 下周3点 and 每周3次 hold no weekday
_DIGIT = (
    r"[1-7](?=[\s,.。;、!?)]|$|[上下中晚早凌前来到和跟与我你他要有会拜走接开签参在向把请给的是休加见还回再就没不之起洽对考外出赴电去]"
    r"(?!人))"
)
_VERB_AFTER = (
    r"(?=[\s,.。;、!?)]|$|\d{1,2}[点:时]|[一二三四五六七八九十两]{1,3}点"
    r"|[上下中晚早前后去来到和跟与我你他要有会拜接开签参在向把请给的是休加见还回再就没不])"
)


# 昨赴宜昌, 今访铭诚
_HURRIED = r"[访赴抵接]|去(?!年)|往|拜访|走访|接待|会见|陪同|与|同(?!比)|随|致电|电联|到(?!位|年|资)"


_GLOSS = re.compile(
    rf"(?P<open> ?[(])?[ ,]{{0,2}}{_WEEK}(?P<weekday>[一二三四五六日天])(?(open)[)])"
    r"(?![至到~-]|[一二三四五六七八九十]点)"
)


# 明天(19日), 周四(3月19日)
_DATED = re.compile(rf" ?[(](?:(?P<month>{MONTH})月)?(?P<day>{DAY_NUMBER})[日号][)]")


def with_date(text: str, atom: Atom, when: When) -> Atom:
    """Take in the date in brackets behind a day, which tells which day is meant."""
    gloss = _DATED.match(text, atom.end)
    if gloss is None:
        return atom
    month, day = digits(gloss["month"]) if gloss["month"] else 0, digits(gloss["day"])
    for days in (when.ahead, when.past):
        if days.start and days.start.day == day and month in (0, days.start.month):
            return Atom(atom.start, gloss.end(), replace(when, past=days, ahead=days, weekly=False))
    return atom


def with_weekday(text: str, atom: Atom, when: When) -> Atom:
    """Take in the weekday behind a day of the calendar, which then tells the year: 3月18日(周三)."""
    gloss = _GLOSS.match(text, atom.end) if when.dated else None
    if gloss is None:
        return atom
    fitting = [
        days for days in (when.past, when.ahead) if days.start and days.start.weekday() == _WEEKDAYS[gloss["weekday"]]
    ]
    if fitting:
        return Atom(atom.start, gloss.end(), replace(when, past=fitting[0], ahead=fitting[-1]))
    return Atom(atom.start, gloss.end(), when) if gloss["open"] else atom


def _relative(match: Match[str], at: datetime) -> When:
    return When.fixed(add_days(at.date(), _RELATIVE[match["day"]]), part=match["part"] or "")


def _next_after(match: Match[str], at: datetime) -> When:
    tomorrow = When.fixed(add_days(at.date(), 1), part=match["part"] or "")
    return replace(tomorrow, next_day=True)


def _day_before(match: Match[str], at: datetime) -> When:
    count = digits(match["count"]) if match["count"] else 1
    return replace(When.fixed(add_days(at.date(), -count), part=match["part"] or ""), days_before=count)


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


def _weekdays(match: Match[str], at: datetime) -> When:
    """Read 下周三四两天: a weekday and the next."""
    first = add_days(
        week_of(at.date(), steps(match["step"]) if match["step"] else 0).start or at.date(), _WEEKDAYS[match["pair"][0]]
    )
    both = Days(first, add_days(first, 1))
    if match["step"] or first >= at.date():
        return When(both, both)
    return When(both, Days(add_days(first, 7), add_days(first, 8)))


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


def _now(_match: Match[str], at: datetime) -> When:
    return replace(When.fixed(at.date()), closing=True)


RULES = (
    rule(
        "天日早晚晨",
        rf"(?=[大前本后昨今明])(?P<day>大大?前|大大?后|(?<![之以提当])(?<!(?<!项)目)前(?=天(?![然津])|日(?![本内]))|(?<![日])本(?=日)|(?<![然之以今往])后(?=天(?![气然])|日(?![子益本常期后]))|[昨今明])(?:[天日](?!头条|资本|能源|科技|重现|之星|控股|传媒|阳光|酒店|家居|系(?!列))(?:的?(?P<part>{PARTS}))?)",
        _relative,
    ),
    rule("早晚晨夜", r"(?P<day>[昨今明])(?P<part>[早晚晨夜](?:上|间|里)?)(?!报)", _relative),
    rule("晚", r"(?<![目之以提当])(?P<day>前|大前)(?P<part>晚上?)(?![期年餐宴会])", _relative),
    rule("午", r"(?<![至如当现从])(?P<day>[昨今明])(?P<part>[上中下]午)", _relative),
    rule(
        ("作天", "名天", *pairs("昨今明", "夭")),
        rf"(?<![\u4e00-\u9fff\d])(?P<day>作(?=天(?!地))|名(?=天(?!下))|[昨今明](?=夭))[天夭](?:的?(?P<part>{PARTS}))?",
        _relative,
    ),
    rule(
        pairs("昨今", "访赴抵接去往拜走会陪与同随致电到"),
        rf"(?<![^\W，。])(?P<day>[昨今])(?P<part>)(?={_HURRIED})",
        _relative,
    ),
    rule("儿", rf"(?P<day>大?[前后]|[昨今明])儿个?(?:的?(?P<part>{PARTS}))?", _relative),
    rule(
        pairs(_WEEK_END, "一二三四五六"),
        rf"(?P<step>{STEP})(?:一个|个|一)?{_WEEK}(?P<pair>一二|二三|三四|四五|五六|六[日天])(?:这?[两二]天)?(?![家个批条项次人名位趟百千万亿十])",
        _weekdays,
    ),
    rule(
        pairs(_WEEK_END, "一二三四五六"),
        rf"(?P<step>){_WEEK}(?P<pair>一二|二三|三四|四五|五六|六[日天])这?[两二]天",
        _weekdays,
    ),
    rule(
        pairs(_WEEK_END, "一二三四五六日天"),
        rf"(?P<step>{STEP})一?个?{_WEEK}(?:的?{_WEEK})?(?P<weekday>{_WEEKDAY})(?:的?(?P<part>{PARTS}))?",
        _weekday,
    ),
    rule(
        pairs(_WEEK_END, "一二三四五六"),
        rf"(?<![双单隔一两三])(?P<step>){_WEEK}(?=[一二三四五六])(?P<weekday>{_WEEKDAY})(?:(?P<part>{PARTS})|{_NAME_AFTER})",
        _weekday,
    ),
    rule(
        pairs(_WEEK_END, "日天"),
        rf"(?<![双单隔一两三])(?P<step>){_WEEK}(?P<weekday>[日天])(?![均常])(?:(?P<part>{PARTS})|{_VERB_AFTER})",
        _weekday,
    ),
    rule(
        pairs(_WEEK_END, "1234567"),
        rf"(?P<step>{STEP})一?个?{_WEEK}(?P<weekday>{_DIGIT})(?:的?(?P<part>{PARTS}))?",
        _weekday,
    ),
    rule(
        pairs(_WEEK_END, "1234567"),
        rf"(?<![双单隔一两三每\d])(?P<step>){_WEEK}(?P<weekday>{_DIGIT})(?:的?(?P<part>{PARTS}))?",
        _weekday,
    ),
    rule(("一起",), rf"(?<=[从自])(?P<step>{STEP})一?个?{_WEEK}(?P<weekday>一)(?P<part>)(?=起)", _weekday),
    # 下周一起算 begins on a Monday; 下周一起去 is the two of us next week
    rule(
        ("一起",),
        rf"(?P<step>{STEP}|)一?个?{_WEEK}(?P<weekday>一)(?P<part>)(?=起(?:计?算|执行|实施|施行|生效|启用|停[工产业用]|恢复|改[为成按]|正式|试[行用]|连续|按|每|开始)|起[,;。、]|起\Z)",
        _weekday,
    ),
    rule("周星礼", rf"(?P<step>{STEP})(?:一个|个|一)?{_WEEK}(?:(?P<end>末)|(?!{_WEEKDAY}|{_DIGIT}|边|围|期))", _week),
    rule(("周末", "双休"), r"(?<![上本这下])周末|双休日", _bare_weekend),
    rule(pairs("至到", "现目今"), r"(?<=[至到])(?:现在|目前|今(?![年天日晚早明后]))", _now),
    rule(
        "天日",
        rf"(?:第[二2]天(?![然津府猫])|(?<![\d一两二三四五六七八九十几多每首单])次日(?![均达常报产])|翌日|(?<!相)隔天)(?:的?(?P<part>{PARTS}))?",
        _next_after,
    ),
    rule(
        "天日",
        rf"(?:头[一1]?天|(?<![提以之目当])前[一1][天日]|先一天|提前(?P<count>[1-3一两三])天(?=的?(?:{PARTS}|\d{{1,2}}[点:])))"
        rf"(?![以之]?[前内后])(?:的?(?P<part>{PARTS}))?",
        _day_before,
    ),
    rule("今", r"(?P<days>昨今|今明)两?[天日]", _two_days),
    rule("后", r"(?P<days>明后)两?[天日]", _two_days),
    rule("午早晚晨夜", r"(?<![^\W我醒在])(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上|晚间)", _just_now),
    rule("午", r"(?=[上下午])(?<![一整])(?<![一整半]个)(?P<part>上午|下午|(?<![正中过])午后(?!来))", _just_now),
    rule(
        "刚",
        r"(?:(?<![\u4e00-\u9fff])|(?<=我)|(?<=们))(?:刚刚|刚才|刚)(?=拜访|走访|接待|接到|见|从|跟|和|与|去|谈|签|到|结束|开完|走|陪|送|收到|在|把|回来|打完|打了|打过|挂[了断掉]|[通聊接碰视].{0,2}完|座谈|对接|洽谈|会见|看完|跑完|吃完|参加完|参观完|视频|通了|聊了|接了|碰了)",
        _just_now,
    ),
    rule("刚", r"刚刚|刚才", _just_now),
)
