"""Days written in figures: 2012.3.5, 20120305, 0318, 3.12, 3.11-3.17."""

from datetime import datetime
from re import Match

from bot.parsing.grammar.arithmetic import day_of
from bot.parsing.grammar.calendar_days import in_year
from bot.parsing.grammar.months import TO
from bot.parsing.grammar.shapes import Days, When, pairs, rule

# what may follow 3.12 or 0318 when it is a day
_DONE_ON = (
    r"(?=[\s,:;]*(?:我们?|咱们?)?(?:拜访|走访|接待|赴|去(?!年)|来|到(?!位)|见|和|与|跟|同|在|上午|下午|晚|早|中午|签|开|考察|对接|会见|座谈|参加|陪|带|率|外出|前往|登门|驻点|跑了|小结|周报"
    r"|的?(?:拜访|走访|接待|来访|到访|洽谈|座谈|考察|外出|活动|行程)|的(?:记录|那|会|材料|通报|台账)|电话|回访|上门|召开|举行|\d{1,2}:\d\d|前|之前|以前|后|之后|-|~|至))"
)
_VISITED = r"(?:拜访|走访|接待|来访|到访|考察|会见|座谈|对接|回访|洽谈)"
# 3.12比亚迪来访, 张总3.12赴深圳; but 增长3.12
_VISIT_LATER = rf"(?=(?![万亿千百个家元亩倍成版米吨公平])[\u4e00-\u9fffA-Za-z]{{1,14}}?{_VISITED})"
_TRIP = r"(?:[\u4e00-\u9fff]{1,6}?(?:带队|率队|赴|前往|去(?!年)|到|外出|招商|出差)|地点|目的地|带队|领队)"
_NO_UNIT = r"(?![万亿千百个家元亩倍成版米吨公平])[\u4e00-\u9fff]"
_AFTER_A_NAME = r"(?<=[\u4e00-\u9fff])(?<![长降升增减超达为是投约占比近共至到了每第率幅资额])"
_REACHED = (
    r"(?:签约|签[的了]|拿[到下]|取得|办[好妥完结下理]|通过|批复|获批|[领取]到|备案|立项|入库|完成(?!率)|达产|满产|试运行|交付|进场|动土"
    r"|开工|动工|奠基|投产|竣工|封顶|注册|履约|拿地|摘牌|入统|试产|复工|停工|到[位账资])"
)
_VISIT_NEXT = rf"(?=[ ]?(?:{_VISITED}|{_REACHED}|赴|前往|去(?!年)|外出|上门))"
_OPENS = r"(?:^|(?<=[\n,;:。;、(于在至到]))"
_YMD_START = r"(?:(?<![A-Za-z0-9.,/-])|(?<=\d-)(?=20\d\d[./]|20\d\d-\d{1,2}-\d))"
_YMD_END = r"[日号]?(?![\d./%]|-(?!20\d\d[-./]|\d{1,2}:)|[万亿])"


def _written(match: Match[str], _at: datetime) -> When | None:
    days = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return When(days, days, dated=True) if days else None


def _written_days(match: Match[str], _at: datetime) -> When | None:
    year, month = int(match["y"]), int(match["m"])
    first, last = day_of(year, month, int(match["d"])), day_of(year, int(match["m2"] or month), int(match["d2"]))
    if not first or not last or not first.start or not last.end or last.end < first.start:
        return None
    days = Days(first.start, last.end)
    return When(days, days, dated=True)


def _short(match: Match[str], at: datetime) -> When | None:
    return in_year(None, int(match["m"]), int(match["d"]), at)


def _short_days(match: Match[str], at: datetime) -> When | None:
    first = in_year(None, int(match["m"]), int(match["d"]), at)
    last = in_year(None, int(match["m2"] or match["m"]), int(match["d2"]), at)
    if not first or not last or not last.follow or not first.past.start or not first.ahead.start:
        return None
    past, ahead = last.follow(first.past.start), last.follow(first.ahead.start)
    return When(Days(first.past.start, past.end), Days(first.ahead.start, ahead.end)) if past and ahead else None


_TWO_FIGURES = [*pairs("0", "123456789"), *pairs("1", "012")]  # of a month
_TO_FIGURE = pairs("-~到至", "0123456789")
RULES = (
    rule(
        _TO_FIGURE,
        rf"\A\s*(?P<m>1[0-2]|0?[1-9])[./](?P<d>[12]\d|3[01]|0?[1-9]){TO}(?:(?P<m2>1[0-2]|0?[1-9])[./])(?P<d2>[12]\d|3[01]|0?[1-9])\s*\Z",
        _short_days,
    ),
    rule(
        ("19", "20"),
        rf"{_YMD_START}(?P<y>(?:19|20)\d{{2}})(?P<s>[-./])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_YMD_END}",
        _written,
    ),
    rule(
        _TO_FIGURE,
        rf"{_YMD_START}(?P<y>20\d\d)(?P<s>[./])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){TO}"
        r"(?:(?P<m2>\d{1,2})(?P=s))?(?P<d2>\d{1,2})(?![\d./%-]|[万亿])",
        _written_days,
    ),
    rule(
        ("19", "20"),
        r"(?<![A-Za-z0-9.,/-])(?P<y>(?:19|20)\d{2}) (?P<m>0[1-9]|1[0-2]) (?P<d>[0-3]\d)(?![\d.%-])",
        _written,
    ),
    rule(
        ("20",),
        r"(?<![A-Za-z0-9.,/-])(?P<y>20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![A-Za-z0-9_.%-]|[万亿号吨家个])",
        _written,
    ),
    rule("/-", r"\A\s*(?P<m>1[0-2]|0?[1-9])(?:/|(?<=0\d)-|-(?=0))(?P<d>[12]\d|3[01]|0?[1-9])\s*\Z", _short),
    rule(_TWO_FIGURES, r"\A\s*(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])\s*\Z", _short),
    rule("./-", rf"{_OPENS}(?P<m>1[0-2]|0?[1-9])[./-](?P<d>[12]\d|3[01]|0?[1-9])(?!\d){_DONE_ON}", _short),
    rule(
        ".",
        rf"(?:{_OPENS}(?=[\d.]+{_VISIT_LATER})|{_AFTER_A_NAME}(?=[\d.]+{_VISIT_NEXT}))"
        r"(?P<m>1[0-2]|0?[1-9])\.(?P<d>[12]\d|3[01]|0?[1-9])(?![\d.])",
        _short,
    ),
    rule(
        ".",
        rf"(?<=[\u4e00-\u9fff] )(?<![资向值额收积长比约价幅数均共计] )(?P<m>1[0-2]|0?[1-9])"
        rf"\.(?P<d>[12]\d|3[01])(?= (?:{_NO_UNIT}|\d{{1,3}}[人位名])|[来去][过了访])",
        _short,
    ),
    rule("/", r"(?<=[\n ,;|])(?P<m>1[0-2]|0?[1-9])/(?P<d>[12]\d|3[01]|0?[1-9])(?=$|[\n ,;|。])", _short),
    rule(".", rf"(?:^|(?<=\n))(?P<m>1[0-2]|[1-9])\.(?P<d>[12]\d|3[01]|0?[1-9])(?= +{_NO_UNIT})", _short),
    rule(_TWO_FIGURES, rf"{_OPENS}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d){_DONE_ON}", _short),
    rule(
        _TO_FIGURE,
        rf"(?:^|(?<=[\n:,;(报结]))(?P<m>1[0-2]|0?[1-9])\.(?P<d>[12]\d|3[01]|0?[1-9]){TO}(?:(?P<m2>1[0-2]|0?[1-9])\.)?(?P<d2>[12]\d|3[01]|0?[1-9])"
        rf"(?![\d.%-]|[万亿千百个家元亩倍成])(?=[ ]?(?:{_TRIP}|[\n,;:|)]|$))",
        _short_days,
    ),
    rule(
        _TO_FIGURE,
        rf"(?<![A-Za-z0-9.,/-])(?P<m>1[0-2]|0?[1-9])\.(?P<d>[12]\d|3[01]|0?[1-9]){TO}(?:(?P<m2>1[0-2]|0?[1-9])\.)?(?P<d2>[12]\d|3[01]|0?[1-9])"
        rf"(?![\d.%-]|[万亿千百个家元亩倍成]){_DONE_ON}",
        _short_days,
    ),
)
