"""Money, land, shares and counts inside the messages of field staff and leaders."""

from typing import Any

import pytest

from bot.parsing.quantities import find_quantities
from tests.parsing.grammar_tables import AT, span, yuan, yuan_from, yuan_up_to

WAN, YI = 10**4, 10**8
Said = list[tuple[str, Any]]


def in_dollars(low: int, high: int | None = None) -> dict[str, Any]:
    """Return money in US dollars."""
    return yuan(low, high) | {"currency": "USD"}


def mu(low: float | None, high: float | None = None) -> dict[str, Any]:
    """Return land in square metres from 亩: exact, between two bounds, or open."""
    ends = [None if end is None else pytest.approx(end * 2000 / 3) for end in (low, high)]
    return {"square_metres": ends[0] if high is None and low is not None else span(*ends)}


MONEY: list[tuple[str, Said]] = [
    ("对方想投20亿", [("20亿", yuan(20 * YI))]),
    ("总投资一点二亿,分两期", [("一点二亿", yuan(12000 * WAN))]),
    ("意向投资1.2个亿", [("1.2个亿", yuan(12000 * WAN))]),
    ("投资一亿二", [("一亿二", yuan(12000 * WAN))]),
    ("固投五个亿", [("五个亿", yuan(5 * YI))]),
    ("投资3-5亿", [("3-5亿", yuan(3 * YI, 5 * YI))]),
    ("投资三到五个亿吧", [("三到五个亿", yuan(3 * YI, 5 * YI))]),
    ("估计三五千万", [("三五千万", yuan(3000 * WAN, 5000 * WAN))]),
    ("两三千万的小项目", [("两三千万", yuan(2000 * WAN, 3000 * WAN))]),
    ("规模上亿", [("上亿", yuan_from(YI))]),
    ("3000多万的设备已到位", [("3000多万", yuan(3000 * WAN, 4000 * WAN))]),
    ("八千来万的投资", [("八千来万", yuan(8000 * WAN, 8500 * WAN))]),
    ("十来个亿的大项目", [("十来个亿", yuan(10 * YI, 15 * YI))]),
    ("十几亿的盘子", [("十几亿", yuan(10 * YI, 20 * YI))]),
    ("几千万吧,不大", [("几千万", yuan(1000 * WAN, YI))]),
    ("几十亿的项目", [("几十亿", yuan(10 * YI, 100 * YI))]),
    ("千万级的单子", [("千万级", yuan(1000 * WAN, YI))]),
    ("一个多亿", [("一个多亿", yuan(YI, 2 * YI))]),
    ("到资80w", [("80w", yuan(80 * WAN))]),
    ("本月到位2,300万", [("2,300万", yuan(2300 * WAN))]),
    ("累计到位1005136万元", [("1005136万元", yuan(1005136 * WAN))]),
    ("外资2000万美元", [("2000万美元", in_dollars(2000 * WAN))]),
    ("注册资本500万美金", [("500万美金", in_dollars(500 * WAN))]),
    ("到资美元300万", [("美元300万", in_dollars(300 * WAN))]),
    ("港币3000万元已结汇", [("港币3000万元", yuan(3000 * WAN) | {"currency": "HKD"})]),
    ("港资2.5亿港币", [("2.5亿港币", yuan(25000 * WAN) | {"currency": "HKD"})]),
    ("泰国客商想投3亿泰铢", [("3亿泰铢", yuan(3 * YI) | {"currency": "THB"})]),
    ("投资不低于300万元/亩", [("不低于300万元", yuan_from(300 * WAN))]),
    ("投资额不超过5000万", [("不超过5000万", yuan_up_to(5000 * WAN))]),
    ("3000万以上的项目有几个", [("3000万以上", yuan_from(3000 * WAN))]),
    ("3000万以上1亿以下的项目", [("3000万以上1亿以下", yuan(3000 * WAN, YI))]),
    ("投资额大于等于5000万的", [("大于等于5000万", yuan_from(5000 * WAN))]),
    ("近5亿的订单", [("近5亿", yuan(5 * YI, approx=True))]),
    ("大概两个亿左右", [("大概两个亿左右", yuan(2 * YI, approx=True))]),
    ("预计投资8亿", [("8亿", yuan(8 * YI))]),
    ("计划到位5000万,实到3200万", [("5000万", yuan(5000 * WAN)), ("3200万", yuan(3200 * WAN))]),
    ("总投资20 亿元,其中固投 15 亿元", [("20 亿元", yuan(20 * YI)), ("15 亿元", yuan(15 * YI))]),
    ("伍佰万元的保证金", [("伍佰万元", yuan(500 * WAN))]),
    ("5亿1000万", [("5亿1000万", yuan(51000 * WAN))]),
    ("从3000万增加到5000万", [("3000万", yuan(3000 * WAN)), ("5000万", yuan(5000 * WAN))]),
    ("一万五千亿的目标", [("一万五千亿", yuan(15000 * YI))]),
    ("半个亿", [("半个亿", yuan(5000 * WAN))]),
    ("负债-500万", [("-500万", yuan(-500 * WAN))]),
    ("亿元以上项目3个", [("亿元以上", yuan_from(YI))]),
    ("投资在3亿和5亿之间的", [("3亿和5亿", yuan(3 * YI, 5 * YI))]),
    ("投资过十亿的", [("过十亿", yuan_from(10 * YI))]),
    ("押金不超800万", [("不超800万", yuan_up_to(800 * WAN))]),
    ("注册资本没有超过5000万", [("没有超过5000万", yuan_up_to(5000 * WAN))]),
    ("投资额不能低于2亿", [("不能低于2亿", yuan_from(2 * YI))]),
    ("对方最多投3亿", [("最多投3亿", yuan_up_to(3 * YI))]),
    ("还差一千二百万没到", [("一千二百万", yuan(1200 * WAN))]),
]  # fmt: skip

LAND: list[tuple[str, Said]] = [
    ("标准厂房3万方", [("3万方", {"square_metres": 30000})]),
    ("想租8000方仓库", [("8000方", {"square_metres": 8000})]),
    ("用地不得超过90亩", [("不得超过90亩", {"square_metres": {"min": None, "max": 60000}})]),
    ("要地200亩", [("200亩", mu(200))]),
    ("用地一百五十亩左右", [("一百五十亩左右", mu(150))]),
    ("100到150亩都行", [("100到150亩", mu(100, 150))]),
    ("一期先要五六十亩", [("五六十亩", mu(50, 60))]),
    ("要三百来亩", [("三百来亩", mu(300, 350))]),
    ("百余亩工业用地", [("百余亩", mu(100, 200))]),
    ("上千亩的园区", [("上千亩", mu(1000, None) | {"square_metres": span(pytest.approx(1000 * 2000 / 3), None)})]),
    ("不超过80亩", [("不超过80亩", mu(None, 80))]),
    ("至少要50亩", [("至少要50亩", mu(50, None) | {"square_metres": span(pytest.approx(50 * 2000 / 3), None)})]),
    ("百十来亩", [("百十来亩", mu(110, 115))]),
    ("十二点五亩", [("十二点五亩", mu(12.5))]),
    ("占地20公顷", [("20公顷", {"square_metres": 200_000})]),
    ("规划面积5.6平方公里", [("5.6平方公里", {"square_metres": 5_600_000})]),
    ("租厂房8000平", [("8000平", {"square_metres": 8000})]),
    ("标准厂房3万平方米", [("3万平方米", {"square_metres": 30_000})]),
    ("1.5万㎡厂房", [("1.5万㎡", {"square_metres": 15_000})]),
    ("需要三五千平米的厂房", [("三五千平米", {"square_metres": span(3000, 5000)})]),
]

SHARES: list[tuple[str, Said]] = [
    ("主体完成80%", [("80%", 0.8)]),
    ("完成率百分之八十五", [("百分之八十五", 0.85)]),
    ("完成百分之八十五点六", [("百分之八十五点六", 0.856)]),
    ("占比千分之三", [("千分之三", 0.003)]),
    ("进度八成", [("八成", 0.8)]),
    ("进度八成五", [("八成五", 0.85)]),
    ("完成了七八成", [("七八成", span(0.7, 0.8))]),
    ("占到三分之二", [("三分之二", pytest.approx(2 / 3))]),
    ("增长10%-15%", [("10%-15%", span(0.1, 0.15))]),
    ("百分之二三十的股份", [("百分之二三十", span(0.2, 0.3))]),
    ("同比下降负百分之三", [("负百分之三", -0.03)]),
    ("超序时进度3.5个百分点", [("3.5个百分点", 0.035)]),
    ("产值是去年的1.5倍", [("1.5倍", 1.5)]),
    ("过半的项目开工了", [("过半", span(0.5, None))]),
    ("不到一半", [("不到一半", span(None, 0.5))]),
    ("四成多没动", [("四成多", span(0.4, 0.5))]),
    ("增长一倍多", [("一倍多", span(1, 2))]),
    ("租金打八折", [("八折", 0.8)]),
    ("打七五折", [("七五折", 0.75)]),
    ("90%以上", [("90%以上", span(0.9, None))]),
]

COUNTS: list[tuple[str, Said]] = [
    ("拜访5家企业,接待2批11人", [("5家", 5), ("2批", 2), ("11人", 11)]),
    ("来了三五家", [("三五家", span(3, 5))]),
    ("走访十几家", [("十几家", span(10, 20))]),
    ("上百家企业参会", [("上百家", span(100, None))]),
    ("百余家企业", [("百余家", span(100, 200))]),
    ("3000多人就业", [("3000多人", span(3000, 4000))]),
    ("员工三百来号人", [("三百来号人", span(300, 350))]),
    ("用电5万千伏安", [("5万千伏安", 50_000)]),
    ("带动就业两千来人", [("两千来人", span(2000, 2500))]),
    ("至少要跑3次", [("至少要跑3次", span(3, None))]),
    ("132个督办项目", [("132个", 132)]),
    ("接待客商不少于20批次", [("不少于20批次", span(20, None))]),
    ("年产10万吨磷酸铁锂", [("10万吨", 100_000)]),
    ("五百以上的员工", [("五百以上", span(500, None))]),
    ("排第三名", [("第三名", 3)]),
    ("数量是五", [("五", 5)]),
    ("三双", [("三双", 3)]),
]

KINDS = {"money": MONEY, "area": LAND, "ratio": SHARES}


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [(kind, text, said) for kind, rows in KINDS.items() for text, said in rows],
    ids=[text for rows in KINDS.values() for text, _ in rows],
)
def test_reads_what_is_measured_in_messages(kind: str, text: str, said: Said) -> None:
    found = find_quantities(text, AT)
    assert [(m.text, m.value) for m in found if m.entity == kind] == said


@pytest.mark.parametrize(("text", "said"), COUNTS, ids=[text for text, _ in COUNTS])
def test_reads_what_is_counted_in_messages(text: str, said: Said) -> None:
    found = find_quantities(text, AT)
    assert [(m.text, m.value) for m in found if m.entity in ("count", "ordinal")] == said


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("一千零五", "count", 1005),
        ("一千六点五", "count", 1600.5),
        ("负三点二", "count", -3.2),
        ("-10000", "count", -10000),
        ("1,050,000,000", "count", 1_050_000_000),
        ("7 万5 千4 百", "money", yuan(75_400)),
        ("5万4千6百", "money", yuan(54_600)),
        ("四万万", "money", yuan(4 * YI)),
        ("40k", "count", 40_000),
        ("三又二分之一", "count", 3.5),
        ("五分之一", "ratio", 0.2),
        ("八点五成", "ratio", 0.85),
        ("一百五十 个百分点", "ratio", 1.5),
        ("百三", "count", 130),
        ("一百 五 十 二", "count", 152),
    ],
)
def test_reads_a_number_that_is_all_that_is_said(text: str, entity: str, value: Any) -> None:
    (mention,) = find_quantities(text, AT)
    assert (mention.entity, mention.text, mention.value) == (entity, text, value)
