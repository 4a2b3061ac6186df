"""数字的范围: an answer says what it counts and what it leaves out."""

from tests.dialogues.conftest import Conversation

LEADER = "曹志远"


def test_a_condition_on_projects_is_said(chat: Conversation) -> None:
    # of the two signed for 20 and 50 hundred million one is fulfilled
    answer = chat.say("15亿以上项目履约率", who=LEADER)
    assert "50%(1/2)" in answer
    assert "只算:投资15亿元以上" in answer


def test_a_terminated_project_stays_in_a_rate_by_year_of_signing(chat: Conversation) -> None:
    # three were signed in 2025; the terminated one counts below only
    answer = chat.say("2025年签约项目开工率", who=LEADER)
    assert "(1/3)" in answer


def test_the_explanation_names_the_same_projects_as_the_answer(chat: Conversation) -> None:
    assert "全部签约项目履约率" in chat.say("全市履约率", who=LEADER)
    assert "全部签约项目履约率" in chat.say("怎么算的", who=LEADER)


def test_a_ranking_of_rates_is_over_all_signed(chat: Conversation) -> None:
    answer = chat.say("各区县履约率排名", who=LEADER)
    assert answer.startswith("全部签约项目履约率排名")


def test_there_is_no_hundredth_place(chat: Conversation) -> None:
    chat.say("各区县排名", who=LEADER)
    assert "没有第100名" in chat.say("第100名是谁", who=LEADER)


def test_a_team_has_no_place(chat: Conversation) -> None:
    assert "不参加排名" in chat.say("翠屏区驻深圳招商组排第几", who=LEADER)


def test_one_day_is_printed_once(chat: Conversation) -> None:
    assert "2026年3月18日到位市外资金" in chat.say("今天全市到位资金多少", who=LEADER)


def test_a_team_of_another_unit_is_no_ones_business(chat: Conversation) -> None:
    answer = chat.say("翠屏区驻深圳招商组到位资金多少", who="罗敏")
    assert "不在您的查看范围内" in answer
    assert "区县" in answer


def test_a_year_is_no_day_of_a_visit(chat: Conversation) -> None:
    assert "哪一天" in chat.say("今年拜访了比亚迪")
    assert "没有可以撤销" in chat.say("撤销")
