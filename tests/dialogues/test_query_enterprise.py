"""企业: who talks to a firm, since when, at which stage; and nothing that is not the asker's to see."""

from tests.dialogues.conftest import Conversation


def test_tells_who_talks_to_a_firm_first_come_first(chat: Conversation) -> None:
    chat.say("前天接待了比亚迪李总,想投20亿", who="罗敏")
    chat.say("今天拜访比亚迪,联系人王总")
    answer = chat.say("比亚笛有人在谈吗", who="曹志远")
    assert answer.splitlines() == [
        "比亚迪有3个单位同时在谈:",
        "临港经济开发区·罗敏,1月15日(周四)起,签约",
        "江安县·罗敏,3月16日(周一)起,在谈",
        "翠屏区·陈晓,3月18日(周三)起,在谈",
    ]
    assert "1. 临港经济开发区" in chat.press("谁负责", who="曹志远")


def test_a_conflict_is_told_to_anyone_without_contacts_or_sums(chat: Conversation) -> None:
    chat.say("昨天接待了新希望集团李总,想投20亿,要200亩地", who="罗敏")
    answer = chat.say("新希望集团有没有撞单")
    assert "江安县·罗敏" in answer
    assert not any(secret in answer for secret in ("李总", "20亿", "200亩"))
    assert "只有您单位在谈" in chat.say("新希望集团有没有撞单", who="罗敏")


def test_several_units_at_one_firm_are_a_conflict(chat: Conversation) -> None:
    chat.say("昨天接待了天府重机的客人")
    assert "2个单位同时在谈" in chat.say("天府重机撞单了吗")


def test_history_and_contacts_are_told_within_scope_only(chat: Conversation) -> None:
    chat.say("昨天接待了新希望集团李总", who="罗敏")
    assert "没有新希望集团" in chat.say("新希望集团以前的接触历史")
    assert "联系人只给记录的单位看" in chat.press("联系人")
    assert "来访接待" in chat.say("新希望集团以前的接触历史", who="罗敏")
    assert "李总" in chat.press("联系人", who="罗敏")


def test_a_firm_nobody_knows_is_nobodys(chat: Conversation) -> None:
    assert "台账里没有" in chat.say("长虹控股谁在谈", who="曹志远")
    assert chat.buttons(who="曹志远") == []


def test_an_ended_project_is_no_talk(chat: Conversation) -> None:
    assert "没有单位在谈" in chat.say("长江食品谁在谈", who="曹志远")
    chat.say("今天拜访长江食品")
    assert "翠屏区" in chat.say("长江食品谁在谈", who="曹志远")
