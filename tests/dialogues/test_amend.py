"""修改: the fields as buttons, then the value."""

from domain.models import Visit
from tests.dialogues.conftest import Conversation


def test_shows_the_fields_then_asks_the_value(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    assert "要改哪一项" in chat.press("修改")
    assert {"地点", "金额", "跟进"} <= set(chat.buttons())
    assert "现在是:深圳" in chat.press("地点")
    assert "深圳 → 广州" in chat.say("广州")
    (visit,) = chat.rows(Visit)
    assert visit.place == "广州"


def test_adds_and_removes_a_participant(chat: Conversation) -> None:
    chat.say("今天和张局去深圳拜访比亚迪")
    assert "罗敏" in chat.say("再加上罗敏")
    (visit,) = chat.rows(Visit)
    assert visit.participants == ["张建国", "罗敏"]


def test_the_last_firm_cannot_be_removed(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪")
    chat.say("地点改成广州")
    assert len(chat.rows(Visit)) == 1


def test_nothing_to_amend_is_said(chat: Conversation) -> None:
    assert "没有可以修改的记录" in chat.say("金额改成12亿")
