"""The mentions shown of whole messages: dates as their clause means them, on Wednesday 18 March 2026 at ten."""

import pytest

from tests.corpus.heard_city import NOW, reader
from tests.parsing.grammar_tables import days

DATES = [
    ("昨天拜访了比亚迪,对方说5月中旬来签协议", "5月中旬", days("2026-05-11", "2026-05-20")),
    ("8月完成的土建验收,资料4月20号前后要送市里", "8月", days("2025-08-01", "2025-08-31")),
    ("今天走访了比亚迪,设备厂家答复6月份发货", "6月份", days("2026-06-01", "2026-06-30")),
    ("接待了比亚迪,他们周五要回深圳", "周五", days("2026-03-20")),
    ("接待了比亚迪,他们周五就到过园区了", "周五", days("2026-03-13")),
    ("拜访了比亚迪,厂房计划9月底腾空", "9月底", days("2026-09-30")),
    ("拜访了比亚迪,老厂房11月就拆了", "11月", days("2025-11-01", "2025-11-30")),
    ("拜访了比亚迪,新线预计10月调试", "10月", days("2026-10-01", "2026-10-31")),
    ("昨天拜访了比亚迪,会议定在4月9号", "4月9号", days("2026-04-09")),
    ("4月签约的项目有哪些", "4月", days("2025-04-01", "2025-04-30")),
    ("提醒我周一跟进比亚迪", "周一", days("2026-03-23")),
]


@pytest.mark.parametrize(("text", "said", "value"), DATES)
def test_a_date_without_a_year_is_the_one_its_clause_means(text: str, said: str, value: dict[str, str]) -> None:
    found = {mention.text: mention.value for mention in reader().read(text, NOW).entities}
    assert found[said] == value


def test_a_date_that_a_slot_took_is_shown_as_the_slot_holds_it() -> None:
    reading = reader().read("拜访了比亚迪,约好4月3号再谈", NOW)
    assert reading.commands[0].slots["follow_up"] == days("2026-04-03")
    assert reading.entities[-1].value == days("2026-04-03")


FIRMS = [
    ("昨天见了比亚迪采购部的吴经理", ["比亚迪股份有限公司"]),
    ("比亚迪开线上会,参加的有两人", ["比亚迪股份有限公司"]),
    ("昨天拜访了比亚迪供应链", ["比亚迪供应链"]),
    ("宁德时代的项目组周五到", ["宁德时代新能源科技股份有限公司"]),
    ("昨天接待2家制药企业", []),
    ("收款方成都华锐电子有限公司", ["成都华锐电子有限公司"]),
    ("中铁八局想参与总包", ["中铁八局"]),
    ("九点阳光的人来过没有", ["九点阳光"]),
    ("天合光能规划8GW组件", ["天合光能"]),
    ("产线全是五轴机床", []),
    ("做6英寸晶圆的厂子来过", []),
    ("首期投资3亿,单体投资不大", []),
]


@pytest.mark.parametrize(("text", "firms"), FIRMS)
def test_a_firm_is_no_longer_than_its_name(text: str, firms: list[str]) -> None:
    found = [mention.value for mention in reader().read(text, NOW).entities if mention.entity == "enterprise"]
    assert found == firms


@pytest.mark.parametrize("place", ["寿光", "诸暨", "松山湖", "千岛湖", "大冶"])
def test_towns_are_places(place: str) -> None:
    found = reader().read(f"昨天去{place}看了两家厂", NOW).entities
    assert (place, "place") in [(mention.value, mention.entity) for mention in found]


PEOPLE = [
    ("昨天拜访了比亚迪,联系人陈立军,电话13800138000", ["陈立军"]),
    ("拜访比亚迪,对接人:孙晓东", ["孙晓东"]),
    ("接待了比亚迪的老徐,聊了扩产", ["老徐"]),
    ("接待做碳化硅的小邓", ["小邓"]),
    ("把联系人补一下", []),
    ("走访了比亚迪,请钟主任下午到场", []),
]


@pytest.mark.parametrize(("text", "people"), PEOPLE)
def test_theirs_are_known_by_what_is_said_of_them(text: str, people: list[str]) -> None:
    found = [mention.value for mention in reader().read(text, NOW).entities if mention.entity == "contact"]
    assert found == people


@pytest.mark.parametrize(("text", "trades"), [
    ("比亚迪的人手机13800138000", []),
    ("对方做手机的,想建厂", ["手机"]),
    ("打算投1亿做注塑件", ["注塑件"]),
    ("想看肉制品加工", ["肉制品加工"]),
])  # fmt: skip
def test_a_trade_is_no_label(text: str, trades: list[str]) -> None:
    found = [mention.value for mention in reader().read(text, NOW).entities if mention.entity == "industry"]
    assert found == trades
