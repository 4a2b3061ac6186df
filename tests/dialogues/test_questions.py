"""反问: an open question is answered, answered wrongly, dropped, or survives an answer nobody understands."""

import pytest

from bot.catalog import load_catalog
from bot.wording.words import Wording
from domain.models import Reminder, Visit
from tests.dialogues.conftest import Conversation


def test_every_required_slot_can_be_asked_for() -> None:
    catalog = load_catalog()
    wording = Wording(catalog)
    for name, intent in catalog.tables.items():
        for group in intent.get("required", ()) if name.startswith("intents/") else ():
            for slot in group:
                values = {"slot": slot, "field": slot, "slots": {}, "said": "", "intent": name, "choices": []}
                assert wording.say(name.removeprefix("intents/"), f"ask_{slot}", values), (name, slot)


def test_asks_what_to_remind_of(chat: Conversation) -> None:
    assert "什么事" in chat.say("提醒我明天下午三点")
    assert "给王总回电话" in chat.say("给王总回电话")
    (reminder,) = chat.rows(Reminder)
    assert reminder.text == "给王总回电话"


def test_a_value_of_few_is_chosen_by_button(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪")
    chat.press("修改")
    chat.press("结果")
    assert {"推进洽谈", "推进签约", "无进展"} <= set(chat.buttons())
    assert "推进签约" in chat.press("推进签约")
    (visit,) = chat.rows(Visit)
    assert visit.result == "signing"


def test_an_answer_nobody_understands_keeps_the_question(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    chat.press("修改")
    chat.press("金额")
    assert "没看懂" in chat.say("啊啊啊啊")
    assert "20亿元 → 15亿元" in chat.say("15亿")
    (visit,) = chat.rows(Visit)
    assert visit.amount["min"] == 1_500_000_000


def test_a_question_is_dropped_by_cancel(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    chat.press("修改")
    chat.press("金额")
    assert "已取消" in chat.say("取消")
    (visit,) = chat.rows(Visit)
    assert visit.amount["min"] == 2_000_000_000


@pytest.mark.parametrize("said", ["金额改成abc", "日期改成很久以前", "跟进日期改成无"])
def test_a_value_that_cannot_stand_there_changes_nothing(chat: Conversation, said: str) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    assert "记录没有动" in chat.say(said)
    (visit,) = chat.rows(Visit)
    assert visit.amount["min"] == 2_000_000_000
    assert visit.date.isoformat() == "2026-03-18"


def test_a_word_that_is_no_result_asks_which(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪")
    assert "结果改成什么" in chat.say("结果改成签约")
    assert "推进签约" in chat.buttons()


def test_a_field_is_emptied_by_words(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    assert "20亿元 → (空)" in chat.say("金额删掉")
    (visit,) = chat.rows(Visit)
    assert visit.amount is None


def test_a_reminder_has_no_amount(chat: Conversation) -> None:
    chat.say("明天下午三点提醒我给王总回电话")
    assert "没有“意向金额”这一项" in chat.say("金额改成12亿")


def test_a_reminder_is_moved_and_reworded(chat: Conversation) -> None:
    chat.say("明天下午三点提醒我给王总回电话")
    assert "3月20日" in chat.say("日期改成后天")
    assert "开会" in chat.say("内容改成开会")
    (reminder,) = chat.rows(Reminder)
    assert (reminder.text, reminder.moment.isoformat()) == ("开会", "2026-03-20T07:00:00+00:00")


def test_a_repeat_is_chosen_by_button(chat: Conversation) -> None:
    chat.say("明天下午三点提醒我给王总回电话")
    chat.press("修改")
    chat.press("重复")
    assert "每周" in chat.press("每周")
    (reminder,) = chat.rows(Reminder)
    assert reminder.repeat == "weekly"


def test_a_whole_new_sentence_is_no_answer_and_takes_nothing_over(chat: Conversation) -> None:
    chat.say("昨天去深圳拜访,对方想投5个亿")
    answer = chat.say("今天接待了比亚迪3人,要200亩地")
    (visit,) = chat.rows(Visit)
    assert (visit.mode, visit.place, visit.amount) == ("inbound", None, None)
    assert "深圳" not in answer
    assert visit.date.isoformat() == "2026-03-18"


def test_a_milestone_said_in_the_middle_of_a_question_is_no_firm(chat: Conversation) -> None:
    chat.say("昨天去深圳拜访,对方想投5个亿")
    chat.say("华星电子面板项目今天投产了")
    assert chat.rows(Visit) == []


def test_an_answer_and_a_further_command_are_both_taken(chat: Conversation) -> None:
    chat.say("昨天去深圳拜访,对方想投5个亿")
    chat.say("比亚迪。另外明天九点提醒我打电话", replies=2)
    (visit,) = chat.rows(Visit)
    (reminder,) = chat.rows(Reminder)
    assert visit.place == "深圳"
    assert reminder.text.endswith("打电话")
