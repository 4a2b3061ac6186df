"""项目清单: which projects a condition chooses, within one's scope."""

from tests.dialogues.conftest import Conversation


def test_counts_and_lists_the_largest_first(chat: Conversation) -> None:
    lines = chat.say("督办项目有哪些", who="曹志远").splitlines()
    assert "共4个" in lines[0]
    assert [line.split(". ")[1].split("(")[0] for line in lines[1:3]] == ["比亚迪电池项目", "华星电子面板项目"]


def test_lists_what_is_signed_and_not_started(chat: Conversation) -> None:
    answer = chat.say("签约三个月还没开工的项目有哪些", who="曹志远")
    assert "天府重机装备项目" in answer
    assert "华星电子面板项目" not in answer
    assert "比亚迪电池项目" not in answer


def test_a_worker_sees_the_own_units_only(chat: Conversation) -> None:
    answer = chat.say("督办项目有哪些")
    assert "华星电子面板项目" in answer
    assert "比亚迪电池项目" not in answer
    assert "不在您的查看范围内" in chat.say("江安县的项目有哪些")


def test_nothing_found_is_said(chat: Conversation) -> None:
    assert "没有符合条件的项目" in chat.say("投产的项目有哪些", who="曹志远")
