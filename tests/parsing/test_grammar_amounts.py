"""Money, land, shares, counts, ordinals and phone numbers, as people write them."""

from typing import Any

import pytest

from bot.parsing.quantities import find_quantities
from tests.parsing.grammar_tables import AT, only, pairs, span, yuan, yuan_from, yuan_up_to

WAN, YI = 10**4, 10**8

MONEY: list[tuple[str, dict[str, Any]]] = [
    # exact
    ("20亿", yuan(20 * YI)),
    ("1.2亿", yuan(12000 * WAN)),
    ("1.2个亿", yuan(12000 * WAN)),
    ("5个亿", yuan(5 * YI)),
    ("一个亿", yuan(YI)),
    ("半个亿", yuan(5000 * WAN)),
    ("一亿二", yuan(12000 * WAN)),
    ("1亿2", yuan(12000 * WAN)),
    ("一亿五千", yuan(15000 * WAN)),
    ("1亿2千万", yuan(12000 * WAN)),
    ("1亿2000万", yuan(12000 * WAN)),
    ("一亿三千五百万", yuan(13500 * WAN)),
    ("一亿零五百万", yuan(10500 * WAN)),
    ("十二亿五千万", yuan(125000 * WAN)),
    ("502.48亿", yuan(50_248_000_000)),
    ("16.19亿", yuan(1_619_000_000)),
    ("2300万", yuan(2300 * WAN)),
    ("2,300万", yuan(2300 * WAN)),
    ("三百万", yuan(300 * WAN)),
    ("3百万", yuan(300 * WAN)),
    ("3千万", yuan(3000 * WAN)),
    ("一千两百万", yuan(1200 * WAN)),
    ("两万五", yuan(25000)),
    ("三万五千二百元", yuan(35200)),
    ("1万5", yuan(15000)),
    ("80w", yuan(80 * WAN)),
    ("50W", yuan(50 * WAN)),
    ("1.5万亿", yuan(15000 * YI)),
    ("5000万元", yuan(5000 * WAN)),
    ("20亿元人民币", yuan(20 * YI)),
    ("人民币3000万元", yuan(3000 * WAN)),
    ("3000元", yuan(3000)),
    ("500块钱", yuan(500)),
    ("¥500", yuan(500)),
    ("伍佰万元", yuan(500 * WAN)),
    ("５億", yuan(5 * YI)),
    ("-500万", yuan(-500 * WAN)),
    # other currencies
    ("3亿美元", yuan(3 * YI) | {"currency": "USD"}),
    ("5000万美金", yuan(5000 * WAN) | {"currency": "USD"}),
    ("2.5亿港币", yuan(25000 * WAN) | {"currency": "HKD"}),
    ("800万欧元", yuan(800 * WAN) | {"currency": "EUR"}),
    ("10亿日元", yuan(10 * YI) | {"currency": "JPY"}),
    ("$300万", yuan(300 * WAN) | {"currency": "USD"}),
    # vague
    ("几千万", yuan(1000 * WAN, YI)),
    ("几亿", yuan(YI, 10 * YI)),
    ("几个亿", yuan(YI, 10 * YI)),
    ("好几个亿", yuan(YI, 10 * YI)),
    ("几十亿", yuan(10 * YI, 100 * YI)),
    ("数千万", yuan(1000 * WAN, YI)),
    ("数亿元", yuan(YI, 10 * YI)),
    ("千万级", yuan(1000 * WAN, YI)),
    ("亿元级", yuan(YI, 10 * YI)),
    ("百亿级", yuan(100 * YI, 1000 * YI)),
    ("3000多万", yuan(3000 * WAN, 4000 * WAN)),
    ("3000余万元", yuan(3000 * WAN, 4000 * WAN)),
    ("5千多万", yuan(5000 * WAN, 6000 * WAN)),
    ("一个多亿", yuan(YI, 2 * YI)),
    ("3亿多", yuan(3 * YI, 4 * YI)),
    ("十几亿", yuan(10 * YI, 20 * YI)),
    ("十几个亿", yuan(10 * YI, 20 * YI)),
    ("20多亿", yuan(20 * YI, 30 * YI)),
    ("十来个亿", yuan(10 * YI, 15 * YI)),
    ("八千来万", yuan(8000 * WAN, 8500 * WAN)),
    ("百来万", yuan(100 * WAN, 150 * WAN)),
    ("千把万", yuan(1000 * WAN, 1500 * WAN)),
    ("万把块", yuan(10_000, 15_000)),
    ("两三千万", yuan(2000 * WAN, 3000 * WAN)),
    ("三五千万", yuan(3000 * WAN, 5000 * WAN)),
    ("五六百万", yuan(500 * WAN, 600 * WAN)),
    ("三四个亿", yuan(3 * YI, 4 * YI)),
    # ranges
    ("3-5亿", yuan(3 * YI, 5 * YI)),
    ("3—5亿元", yuan(3 * YI, 5 * YI)),
    ("3亿到5亿", yuan(3 * YI, 5 * YI)),
    ("3亿元-5亿元", yuan(3 * YI, 5 * YI)),
    ("1-2个亿", yuan(YI, 2 * YI)),
    ("三到五千万", yuan(3000 * WAN, 5000 * WAN)),
    ("3000-5000万", yuan(3000 * WAN, 5000 * WAN)),
    ("8000万到1亿", yuan(8000 * WAN, YI)),
    ("5千到8千万", yuan(5000 * WAN, 8000 * WAN)),
    ("十到二十万", yuan(10 * WAN, 20 * WAN)),
    ("1至2亿美元", yuan(YI, 2 * YI) | {"currency": "USD"}),
    # bounds
    ("上亿", yuan_from(YI)),
    ("过亿", yuan_from(YI)),
    ("上千万", yuan_from(1000 * WAN)),
    ("超百亿", yuan_from(100 * YI)),
    ("超5亿", yuan_from(5 * YI)),
    ("超过5亿元", yuan_from(5 * YI)),
    ("不低于300万元", yuan_from(300 * WAN)),
    ("至少2000万", yuan_from(2000 * WAN)),
    ("3000万以上", yuan_from(3000 * WAN)),
    ("3000万元及以上", yuan_from(3000 * WAN)),
    ("亿元以上", yuan_from(YI)),
    ("500万起", yuan_from(500 * WAN)),
    ("不超过5亿", yuan_up_to(5 * YI)),
    ("5000万以内", yuan_up_to(5000 * WAN)),
    ("1亿以下", yuan_up_to(YI)),
    ("不到5亿", yuan_up_to(5 * YI)),
    ("2亿不到", yuan_up_to(2 * YI)),
    ("近5亿", yuan(5 * YI, approx=True)),
    ("约20亿元", yuan(20 * YI, approx=True)),
    ("大概3000万", yuan(3000 * WAN, approx=True)),
    ("3亿左右", yuan(3 * YI, approx=True)),
]


@pytest.mark.parametrize(("text", "value"), MONEY, ids=[text for text, _ in MONEY])
def test_reads_money(text: str, value: dict[str, Any]) -> None:
    mention = only(text)
    assert (mention.entity, mention.text, mention.value) == ("money", text, value)


OTHERS: list[tuple[str, str, Any]] = [
    # land and floor space
    ("300亩", "area", {"square_metres": 200_000}),
    ("三百亩", "area", {"square_metres": 200_000}),
    ("3亩", "area", {"square_metres": 2000}),
    ("100到150亩", "area", {"square_metres": span(100 * 2000 / 3, 100_000)}),
    ("100亩到150亩", "area", {"square_metres": span(100 * 2000 / 3, 100_000)}),
    ("30-60亩", "area", {"square_metres": span(20_000, 40_000)}),
    ("三四百亩", "area", {"square_metres": span(200_000, 400 * 2000 / 3)}),
    ("300多亩", "area", {"square_metres": span(200_000, 400 * 2000 / 3)}),
    ("上千亩", "area", {"square_metres": span(1000 * 2000 / 3, None)}),
    ("300亩以上", "area", {"square_metres": span(200_000, None)}),
    ("不超过300亩", "area", {"square_metres": span(None, 200_000)}),
    ("约300亩", "area", {"square_metres": 200_000}),
    ("2万亩", "area", {"square_metres": 20_000 * 2000 / 3}),
    ("8000㎡", "area", {"square_metres": 8000}),
    ("8000平", "area", {"square_metres": 8000}),
    ("3000平米", "area", {"square_metres": 3000}),
    ("2万平方米", "area", {"square_metres": 20_000}),
    ("1.5万㎡", "area", {"square_metres": 15_000}),
    ("20公顷", "area", {"square_metres": 200_000}),
    ("5平方公里", "area", {"square_metres": 5_000_000}),
    # shares
    ("85%", "ratio", 0.85),
    ("80.17%", "ratio", 0.8017),
    ("８５％", "ratio", 0.85),
    ("44.8%", "ratio", 0.448),
    ("10%-15%", "ratio", span(0.1, 0.15)),
    ("10-15%", "ratio", span(0.1, 0.15)),
    ("10%到15%", "ratio", span(0.1, 0.15)),
    ("95%以上", "ratio", span(0.95, None)),
    ("不到50%", "ratio", span(None, 0.5)),
    ("百分之八十五", "ratio", 0.85),
    ("百分之85", "ratio", 0.85),
    ("百分之八十五点五", "ratio", 0.855),
    ("百分之百", "ratio", 1),
    ("四分之一", "ratio", 0.25),
    ("八成", "ratio", 0.8),
    ("八成五", "ratio", 0.85),
    ("七八成", "ratio", span(0.7, 0.8)),
    ("3个百分点", "ratio", 0.03),
    ("一半", "ratio", 0.5),
    ("近一半", "ratio", 0.5),
    ("不到一半", "ratio", span(None, 0.5)),
    ("一半以上", "ratio", span(0.5, None)),
    ("过半", "ratio", span(0.5, None)),
    ("超过半数", "ratio", span(0.5, None)),
    ("1.5倍", "ratio", 1.5),
    ("-5%", "ratio", -0.05),
    # counts
    ("3家", "count", 3),
    ("三家", "count", 3),
    ("132个", "count", 132),
    ("一百二十家", "count", 120),
    ("6人", "count", 6),
    ("2批", "count", 2),
    ("两次", "count", 2),
    ("0次", "count", 0),
    ("三五家", "count", span(3, 5)),
    ("3-5家", "count", span(3, 5)),
    ("3家到5家", "count", span(3, 5)),
    ("十几家", "count", span(10, 20)),
    ("20余人", "count", span(20, 30)),
    ("3000多家", "count", span(3000, 4000)),
    ("数十家", "count", span(10, 100)),
    ("百余家", "count", span(100, 200)),
    ("百来家", "count", span(100, 150)),
    ("千把人", "count", span(1000, 1500)),
    ("百来万吨", "count", span(1_000_000, 1_500_000)),
    ("上百家", "count", span(100, None)),
    ("至少3家", "count", span(3, None)),
    ("近百人", "count", 100),
    ("10万吨", "count", 100_000),
    ("5万台", "count", 50_000),
    ("2万人", "count", 20_000),
    ("3000", "count", 3000),
    ("3,000", "count", 3000),
    ("0.5", "count", 0.5),
    ("2012个", "count", 2012),
    # ordinals
    ("第一", "ordinal", 1),
    ("第一名", "ordinal", 1),
    ("第3个", "ordinal", 3),
    ("第十二位", "ordinal", 12),
    # phones
    ("13812345678", "phone", "13812345678"),
    ("138-1234-5678", "phone", "13812345678"),
    ("138 1234 5678", "phone", "13812345678"),
    ("+86 13812345678", "phone", "13812345678"),
    ("0831-8223344", "phone", "08318223344"),
    ("028-86543210", "phone", "02886543210"),
    ("400-820-8820", "phone", "4008208820"),
]


@pytest.mark.parametrize(("text", "entity", "value"), OTHERS, ids=[text for text, _, _ in OTHERS])
def test_reads_land_shares_counts_ordinals_and_phones(text: str, entity: str, value: Any) -> None:
    mention = only(text)
    assert (mention.entity, mention.text) == (entity, text)
    assert mention.value == (pytest.approx(value) if isinstance(value, float) else value)


NOTHING = [
    "周天宇", "三一重工", "万年青", "今日头条", "万达", "万科", "万华化学", "百度", "百事可乐", "千禾味业",
    "亿纬锂能", "九鼎投资", "一汽", "七匹狼", "八一钢铁", "二十二冶集团", "中铁二局", "十九冶", "五粮液",
    "四川六合锻造", "三峡集团", "四平市", "三台县", "九江", "三元电池", "二次元", "三方协议", "一起去", "一行",
    "一期投产,二期在谈", "一块去", "世界500强", "90后企业家", "3号楼", "3号地块", "5GWh", "10GW光伏", "8英寸",
    "12英寸晶圆", "24小时服务", "24小时营业", "7×24小时", "XM-2011-003", "项目编号A-12-3", "abc12345",
    "身份证510101199001011234", "192.168.1.1", "10万级洁净车间", "第三方", "第一书记", "第二产业", "第一时间",
    "排第几", "几家", "半导体", "九寨沟", "一般", "一些", "统一", "万一", "千万别忘", "千方百计", "a3@b12.com",
    "上百来宾", "时间已过半", "走过半个中国",
    "http://a.cn/2012/3",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_finds_no_quantity_in_names_and_codes(text: str) -> None:
    assert pairs(text) == []


SENTENCES: list[tuple[str, list[tuple[str, str]]]] = [
    ("对方想投5个亿,要100亩", [("5个亿", "money"), ("100亩", "area")]),
    ("投资5亿三百亩", [("5亿", "money"), ("三百亩", "area")]),
    ("总投资2亿3家企业", [("2亿", "money"), ("3家", "count")]),
    ("一期投资5亿,二期3亿", [("5亿", "money"), ("3亿", "money")]),
    ("签约5亿", [("5亿", "money")]),
    ("加上亿元资金", []),
    ("投资2，300万", [("2", "count"), ("300万", "money")]),
    ("接待2批11人", [("2批", "count"), ("11人", "count")]),
    ("接待浙江一集团一行6人", [("6人", "count")]),
    ("132个督办项目履约几个", [("132个", "count")]),
    ("投资3000万以上工业项目算一个", [("3000万以上", "money"), ("一个", "count")]),
    ("年产10万吨正极材料", [("10万吨", "count")]),
    ("建5GWh电池厂投20亿", [("20亿", "money")]),
    ("20万元/亩", [("20万元", "money")]),
    ("9.18亿,占计划的80.17%", [("9.18亿", "money"), ("80.17%", "ratio")]),
    ("履约率过半", [("过半", "ratio")]),
    ("时间过半任务过半", [("时间过半任务过半", "period")]),
    ("排名前三的区县", [("三", "count")]),
    ("改成三百", [("三百", "count")]),
    ("标准厂房,意向租两层", [("两层", "count")]),
    ("电话13812345678,投3亿", [("13812345678", "phone"), ("3亿", "money")]),
    ("XM-2011-003总投资3.5亿元", [("3.5亿元", "money")]),
    ("周总和张一明来访,王三强陪同", []),
    ("亿元项目有几个", [("亿元", "money")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_finds_quantities_in_sentences(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


def test_whole_numbers_are_ints() -> None:
    money, land = find_quantities("投1.2个亿,要300亩", AT)
    assert [type(money.value[end]) for end in ("min", "max")] == [int, int]
    assert type(land.value["square_metres"]) is int
