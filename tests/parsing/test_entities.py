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
