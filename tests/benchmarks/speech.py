"""Sentences as people of the trade write them, made from the names of a ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

SHORTEST, LONGEST = 30, 80
LONGEST_MESSAGE = 4096  # what the platform lets one message have
REPEATED = ("今天拜访", "亿", ",", "和张局", "项目", "张总", "5亿到", "\ue000", "a", "2026年3月")

DAYS = ("今天", "昨天", "前天", "上周五", "本周一", "3月12号", "昨天下午", "今天上午")
TITLES = ("局", "主任", "书记", "科长")
AMOUNTS = ("20亿", "3个亿", "1.2亿", "5000万", "两三千万", "3-5亿", "8000万元", "十几亿", "80亿元左右")
LANDS = ("300亩", "一百五十亩", "100到150亩", "60亩左右", "两百多亩")
BUILT = ("电池厂", "智能家电生产基地", "冷链物流园", "白酒包装厂", "光伏组件基地", "西南总部")
NEXTS = ("下周三前回话", "月底前再来考察", "三天内再联系", "下周二再去一趟", "本月底前报方案")
TALKS = ("主要谈用地和电价", "对方很看重配套和物流", "对标准厂房很感兴趣", "希望我们尽快拿出方案")
TRADES = ("新能源", "电子信息", "食品饮料", "装备制造", "化工")

VISITS = (
    "{day}和{person}去{city}拜访{firm},对方想投{amount}建{built},要{land}地,{next}",
    "{day}在{city}拜访了{firm},见到{surname}总,{talk},意向投资{amount},{next}",
    "{day}{firm}{surname}总一行6人来我区考察,{person}陪同,谈建{built}的事,计划投资{amount}",
    "{day}电话联系{firm}{surname}经理,{talk},初步意向{amount},需要{land}土地",
    "汇报一下:{day}与{title}一起拜访{firm}({city}),{talk},拟投资{amount},{next}",
    "{day}接待{city}{firm}客商,看了两个地块,对方想要{land},投资大概{amount},{next}",
)
OTHERS = (
    "{unit}今年一季度到位市外资金多少,同比增长怎么样,其中省外资金占多大比例,请帮我查一下",
    "{project}昨天正式开工了,固定资产投资{amount},预计年底投产,请登记一下这个节点",
    "{project}本月到位资金{amount},全部来自省外,凭证已经上传,请统计员核实一下",
    "{project}卡在用地指标上已经两个月了,规划部门一直没有批复,希望{next}解决",
    "请帮我看看{unit}去年全年的招商引资目标完成得怎么样,离力争目标还差多少,排第几位",
    "提醒我下周三上午九点给{firm}的{surname}总打电话,问一下{built}选址的事情定了没有",
    "登记一条线索:{firm}有意在西南地区投资{amount}建{built},需要{land},来源是商会推荐",
    "各区县上个月到位资金的排名是怎样的,{unit}排第几,比上个月是前进了还是后退了",
    "{firm}以前有没有人对接过,现在是哪个单位在谈,谈到什么程度了,会不会撞车",
    "下周一到周三{person}带队去{city}招商,计划拜访{firm}等5家企业,主要对接{trade}产业",
    "刚才那条记错了,{firm}的意向投资不是{amount},应该改成8亿元,其他的都不变",
    "今天天气真不错,中午食堂的回锅肉做得很好吃,晚上要不要一起去江边走一走散散心呢",
)


@dataclass(frozen=True, slots=True)
class Called:
    """A firm by its full and its short name, with its city."""

    name: str
    short: str
    city: str | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The names that can be said."""

    firms: Sequence[Called]
    people: Sequence[str]
    units: Sequence[str]
    projects: Sequence[str]


def visits(cast: Cast, count: int, seed: int = 1) -> list[str]:
    """Return sentences that each record one visit of one known firm, by its full name or its own short one."""
    rng, shorts = Random(seed), _single_shorts(cast)
    firms = rng.sample([firm for firm in cast.firms if firm.city], count)
    return [_fit(rng, VISITS, cast, firm.short if firm.short in shorts else firm.name, firm) for firm in firms]


def mixture(cast: Cast, count: int, seed: int = 2) -> list[str]:
    """Return sentences of all kinds; firms by full, short, misspelt and unknown names."""
    rng = Random(seed)
    firms = [firm for firm in cast.firms if firm.city]
    made: set[str] = set()
    while len(made) < count:
        firm = rng.choice(firms)
        made.add(_fit(rng, VISITS if rng.random() < 0.5 else OTHERS, cast, _said(rng, cast, firm), firm))
    return sorted(made, key=lambda _: rng.random())


def _fit(rng: Random, templates: Sequence[str], cast: Cast, said: str, firm: Called) -> str:
    """Return the first sentence tried that has 30 to 80 characters."""
    return next(text for text in _tries(rng, templates, cast, said, firm) if SHORTEST <= len(text) <= LONGEST)


def _tries(rng: Random, templates: Sequence[str], cast: Cast, said: str, firm: Called) -> Iterator[str]:
    while True:
        person = rng.choice(cast.people)
        yield rng.choice(templates).format(
            day=rng.choice(DAYS),
            person=person,
            title=person[0] + rng.choice(TITLES),
            surname=rng.choice(cast.people)[0],
            city=firm.city,
            firm=said,
            unit=rng.choice(cast.units),
            project=rng.choice(cast.projects),
            amount=rng.choice(AMOUNTS),
            land=rng.choice(LANDS),
            built=rng.choice(BUILT),
            talk=rng.choice(TALKS),
            next=rng.choice(NEXTS),
            trade=rng.choice(TRADES),
        )


def _said(rng: Random, cast: Cast, firm: Called) -> str:
    """Return a firm as people write it: six in ten short, two full, one misspelt, one nobody knows."""
    kind = rng.random()
    if kind < 0.6:
        return firm.short
    if kind < 0.8:
        return firm.name
    other = rng.choice(cast.firms).short
    place = rng.randrange(min(2, len(firm.short)))
    if kind < 0.9:
        return firm.short[:place] + other[0] + firm.short[place + 1 :]
    return other[1::-1] + firm.short[2:]


def _single_shorts(cast: Cast) -> set[str]:
    """Return the short names only one firm has."""
    count: dict[str, int] = {}
    for firm in cast.firms:
        count[firm.short] = count.get(firm.short, 0) + 1
    return {short for short, firms in count.items() if firms == 1}
