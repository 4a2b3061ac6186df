"""提醒: rings at its moment."""

import datetime as dt

from domain import pushes
from domain.models import Reminder
from tests.dialogues.conftest import NUMBERS, Conversation


def test_keeps_the_moment(chat: Conversation) -> None:
    answer = chat.say("明天下午三点提醒我给王总回电话")
    assert "3月19日" in answer
    assert "15:00" in answer
    (reminder,) = chat.rows(Reminder)
    assert reminder.moment == dt.datetime(2026, 3, 19, 7, 0, tzinfo=dt.UTC)


def test_says_the_hour_it_chose(chat: Conversation) -> None:
    answer = chat.say("明天上午提醒我交周报")
    assert "09:00" in answer
    assert "没有说几点" in answer


def test_rings_once(chat: Conversation) -> None:
    chat.say("明天下午三点提醒我给王总回电话")
    after = chat.last["陈晓"]
    later = dt.datetime(2026, 3, 19, 15, 0, tzinfo=chat.clock.zone)
    for _ in range(2):
        with chat.assistant.ledger.work(later) as uow:
            pushes.tick(uow)
    with chat.assistant.ledger.read(later) as uow:
        assert [push.kind for push in pushes.due_pushes(uow)] == []
    assert len(chat.simulator.replies(NUMBERS["陈晓"], after)) <= 1


def test_is_withdrawn_by_undo(chat: Conversation) -> None:
    chat.say("明天下午三点提醒我给王总回电话")
    assert "王总" in chat.say("撤销")
    assert chat.rows(Reminder) == []
