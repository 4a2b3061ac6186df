"""数字: exact, with its as-of day, verified and reported."""

from tests.dialogues.conftest import Conversation


def test_tells_funds_with_growth_and_what_is_only_reported(chat: Conversation) -> None:
    # January–February 2026, verified: 2 + 1.2 + 3 (the food firm is local); reported 0.5 more; a year before 2.5
    answer = chat.say("全市到位市外资金多少,同比怎样", who="曹志远")
    assert "6.2亿元" in answer
    assert "上报6.7亿元" in answer
    assert "同比+148%" in answer
    assert "2026年2月28日" in answer


def test_follows_on(chat: Conversation) -> None:
    chat.say("全市到位市外资金多少", who="曹志远")
    assert "到位省外资金5亿元" in chat.say("那省外呢", who="曹志远")
    assert "翠屏区" in chat.say("翠屏区呢", who="曹志远")


def test_explains_itself(chat: Conversation) -> None:
    chat.say("全市到位市外资金多少", who="曹志远")
    answer = chat.say("怎么算的", who="曹志远")
    assert "已核实" in answer
    assert "比亚迪电池项目" in answer
    assert answer == chat_press_explain(chat)


def test_a_rate_names_both_numbers(chat: Conversation) -> None:
    # four signed up to February 2026, two of them fulfilled
    answer = chat.say("督办项目履约率多少", who="曹志远")
    assert "50%" in answer
    assert "2/4" in answer


def test_everyone_may_ask_a_districts_figure_but_not_its_rows(chat: Conversation) -> None:
    assert "1.2亿元" in chat.say("江安县到位市外资金多少")
    answer = chat.say("怎么算的")
    assert "天府重机装备项目" not in answer
    assert "不在您的查看范围内" in answer


def test_a_city_the_ledger_does_not_know_is_asked_about(chat: Conversation) -> None:
    assert "台账里没有“成都市”" in chat.say("成都市到位资金多少", who="曹志远")
    assert "1.2亿元" in chat.say("江安县", who="曹志远")


def chat_press_explain(chat: Conversation) -> str:
    chat.say("全市到位市外资金多少", who="曹志远")
    return chat.press("怎么算的", who="曹志远")
