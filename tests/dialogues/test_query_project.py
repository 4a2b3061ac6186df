"""项目: how one project stands."""

from tests.dialogues.conftest import Conversation


def test_tells_stage_funds_and_people(chat: Conversation) -> None:
    answer = chat.say("华星电子面板项目进展怎么样", who="曹志远")
    for part in ("开工", "20亿元", "4亿元", "上报4.5亿元", "陈晓"):
        assert part in answer
    assert "责任人:陈晓" in chat.press("谁负责", who="曹志远")


def test_another_units_project_is_outside_scope(chat: Conversation) -> None:
    assert "不在您的查看范围内" in chat.say("天府重机装备项目进展怎么样")


def test_an_unknown_project_is_asked_about(chat: Conversation) -> None:
    assert "台账里没有" in chat.say("长虹手机项目进展", who="曹志远")


def test_the_funds_of_a_project_are_not_the_citys(chat: Conversation) -> None:
    answer = chat.say("华星电子面板项目到位资金多少", who="曹志远")
    assert "4亿元" in answer
    assert "6.2亿元" not in answer
