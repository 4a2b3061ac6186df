"""撤销: takes the last or the meant record back, once."""

from domain.models import Visit
from tests.dialogues.conftest import Conversation


def test_names_what_went(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪")
    answer = chat.press("撤销")
    assert answer.startswith("已撤销")
    assert "比亚迪股份有限公司" in answer
    assert chat.rows(Visit) == []


def test_goes_back_one_record_at_a_time(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪")
    chat.say("今天拜访华星电子")
    assert "华星电子" in chat.say("撤销")
    assert "比亚迪" in chat.say("撤销")
    assert "没有可以撤销的记录" in chat.say("撤销")


def test_others_records_stay(chat: Conversation) -> None:
    chat.say("今天拜访天府重机", who="罗敏")
    assert "没有可以撤销的记录" in chat.say("撤销")
    assert len(chat.rows(Visit)) == 1
