"""提醒: rings at its moment."""

import datetime as dt

import pytest

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


@pytest.mark.parametrize(
    ("said", "rings"),
    [
        ("时间改成明天上午十点", "2026-03-19T10:00"),
        ("时间改成十点", "2026-03-20T10:00"),
        ("改到后天下午四点半", "2026-03-20T16:30"),
        ("改到下周一", "2026-03-23T15:00"),
        ("改到明天上午", "2026-03-19T09:00"),
        ("改成晚上", "2026-03-20T19:00"),
    ],
)
def test_is_moved_as_said(chat: Conversation, said: str, rings: str) -> None:
    chat.say("后天下午三点提醒我给王总回电话")
    answer = chat.say(said)
    assert rings[11:] in answer
    assert _moment(chat) == dt.datetime.fromisoformat(rings).replace(tzinfo=chat.clock.zone)


def test_is_moved_twice_with_what_was_not_said_kept(chat: Conversation) -> None:
    chat.say("明天上午提醒我交周报")
    chat.say("改到下周一")
    assert _moment(chat) == dt.datetime(2026, 3, 23, 9, 0, tzinfo=chat.clock.zone)
    chat.say("时间改成八点半")
    assert _moment(chat) == dt.datetime(2026, 3, 23, 8, 30, tzinfo=chat.clock.zone)
    chat.say("改到下周三")
    assert _moment(chat) == dt.datetime(2026, 3, 25, 8, 30, tzinfo=chat.clock.zone)


def test_the_one_replied_to_keeps_its_own_day(chat: Conversation) -> None:
    chat.say("后天下午三点提醒我给王总回电话")
    card = chat.last["陈晓"]
    chat.say("下周一上午九点提醒我开会")
    chat.say("时间改成十点", reply_to=card)
    first, second = chat.rows(Reminder)
    assert first.moment == dt.datetime(2026, 3, 20, 10, 0, tzinfo=chat.clock.zone)
    assert second.moment == dt.datetime(2026, 3, 23, 9, 0, tzinfo=chat.clock.zone)


def test_a_day_answers_the_question_for_the_time(chat: Conversation) -> None:
    chat.say("后天下午三点提醒我给王总回电话")
    chat.press("修改")
    chat.press("时间")
    chat.say("下周一")
    assert _moment(chat) == dt.datetime(2026, 3, 23, 15, 0, tzinfo=chat.clock.zone)


def test_an_edited_message_keeps_its_part_of_the_day(chat: Conversation) -> None:
    chat.say("明天上午提醒我交周报")
    chat.edit(chat.said(), "明天下午提醒我交周报")
    assert _moment(chat) == dt.datetime(2026, 3, 19, 15, 0, tzinfo=chat.clock.zone)


def _moment(chat: Conversation) -> dt.datetime:
    (reminder,) = chat.rows(Reminder)
    moment: dt.datetime = reminder.moment
    return moment


def test_two_in_one_sentence_ring_on_the_day_said_first(chat: Conversation) -> None:
    chat.say("后天上午九点提醒我交周报,下午三点提醒我去开会", replies=2)
    first, second = chat.rows(Reminder)
    assert first.moment == dt.datetime(2026, 3, 20, 9, 0, tzinfo=chat.clock.zone)
    assert second.moment == dt.datetime(2026, 3, 20, 15, 0, tzinfo=chat.clock.zone)
    assert (first.text, second.text) == ("交周报", "去开会")


def test_is_called_off_right_after(chat: Conversation) -> None:
    chat.say("明天下午三点提醒我给王总回电话")
    assert "已撤销" in chat.say("不用提醒我了")
    assert chat.rows(Reminder) == []


def test_a_complaint_makes_no_reminder(chat: Conversation) -> None:
    chat.say("怎么没提醒我")
    assert chat.rows(Reminder) == []


def test_a_monthly_duty_is_a_reminder_of_the_statistician(chat: Conversation) -> None:
    assert "4月5日" in chat.say("每月5号提醒我关账", who="刘海")
    (reminder,) = chat.rows(Reminder)
    assert (reminder.repeat, reminder.text) == ("monthly", "关账")
