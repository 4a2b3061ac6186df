"""拜访清单: what was recorded, within one's scope."""

from tests.dialogues.conftest import Conversation


def test_lists_what_i_recorded_today(chat: Conversation) -> None:
    assert "没有" in chat.say("我今天记了什么")
    chat.say("昨天去深圳拜访比亚迪")
    chat.say("今天接待华星电子一行6人")
    answer = chat.say("我今天记了什么")
    assert "比亚迪" in answer
    assert "华星电子" in answer


def test_a_leader_sees_all_units_and_a_worker_only_the_own(chat: Conversation) -> None:
    chat.say("昨天拜访天府重机", who="罗敏")
    chat.say("昨天拜访比亚迪")
    everything = chat.say("这周大家拜访了哪些企业", who="曹志远")
    assert "比亚迪" in everything
    assert "天府重机" in everything
    own = chat.say("这周拜访了哪些企业")
    assert "比亚迪" in own
    assert "天府重机" not in own
