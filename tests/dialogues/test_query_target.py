"""目标: completion, gap, pace."""

from tests.dialogues.conftest import Conversation


def test_tells_the_gap(chat: Conversation) -> None:
    answer = chat.say("离目标还差多少", who="曹志远")
    assert "还差33.8亿元" in answer
    assert "基本目标40亿元" in answer
    assert "15.5%" in answer


def test_tells_the_pace(chat: Conversation) -> None:
    answer = chat.say("时间过半任务过半没有", who="曹志远")
    assert "序时进度" in answer


def test_a_unit_without_a_target_is_told_so(chat: Conversation) -> None:
    assert "没有设" in chat.say("珙县完成率多少", who="曹志远")


def test_follows_on_with_another_origin_and_tier(chat: Conversation) -> None:
    assert "差" in chat.say("翠屏区离全年目标还差多少", who="曹志远")
    assert "力争目标" in chat.say("那力争呢", who="曹志远")
    assert "省外" in chat.say("那省外呢", who="曹志远")
