"""帮助、问候、听不懂: short answers that teach."""

import json

from bot.catalog import load_catalog
from domain.models import Entry, Issue, Lead, Reminder, Visit
from handlers.contract import REGISTRY
from tests.dialogues.conftest import NUMBERS, STRANGER, Conversation

WRITTEN = (Entry, Issue, Lead, Reminder, Visit)


def test_help_teaches_by_example(chat: Conversation) -> None:
    answer = chat.say("/help")
    assert "拜访" in answer
    assert "撤销" in answer
    assert chat.say("帮助") == answer


def test_the_command_menu_is_chinese(chat: Conversation) -> None:
    (call,) = chat.simulator.calls("setMyCommands")
    menu = json.loads(call.params["commands"])
    assert {"command": "rank", "description": "各区县排名"} in menu


def test_greets_and_thanks(chat: Conversation) -> None:
    assert "陈晓" in chat.say("你好")
    assert "不客气" in chat.say("谢谢")


def test_nonsense_is_said_to_be_so_and_writes_nothing(chat: Conversation) -> None:
    assert "没看懂" in chat.say("窗前明月光疑是地上霜")
    assert chat.rows(Visit) == []


def test_what_is_not_built_is_understood_and_not_kept(chat: Conversation) -> None:
    assert chat.say("登记一条线索,娃哈哈想在翠屏建饮料厂,投资3亿").splitlines() == [
        "听懂了:登记线索",
        "企业:娃哈哈",
        "意向金额:3亿元",
        "行业:饮料",
        "事项:想在翠屏建饮料厂",
        "这项功能还没有做好,没有记下任何内容。",
    ]
    assert chat.buttons() == []
    assert chat.say("华星电子面板项目因为征地拆迁停工了,需要协调解决").startswith("听懂了:反映项目问题\n项目:华星")
    assert [chat.rows(table) for table in WRITTEN] == [[], [], [], [], []]


def test_a_question_not_built_is_not_answered(chat: Conversation) -> None:
    assert chat.say("哪些项目亮红灯").splitlines() == [
        "听懂了:查落后和红黄灯",
        "对象:项目",
        "亮灯:红灯",
        "这项功能还没有做好,现在答不了。",
    ]


def test_what_is_not_built_asks_for_nothing_more(chat: Conversation) -> None:
    assert chat.say("有个项目开工了").splitlines()[1:] == ["节点:开工", "这项功能还没有做好,没有记下任何内容。"]
    answers = chat.say("有个项目开工了;另外提醒我明天下午三点", replies=2)
    assert "没有记下任何内容" in answers
    assert answers.endswith("到时候提醒您什么事?")
    assert "给王总回电话" in chat.say("给王总回电话")
    assert len(chat.rows(Reminder)) == 1


def test_a_correction_of_what_was_not_kept_changes_no_record(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    kept = chat.last["陈晓"]
    chat.say("登记一条线索,娃哈哈想在翠屏建饮料厂,投资3亿")
    assert "意向金额:5亿元" in chat.say("不对,金额改成5亿")
    assert "没有记下" in chat.say("撤销")
    (visit,) = chat.rows(Visit)
    assert visit.amount["min"] == 2_000_000_000
    assert "15亿元" in chat.say("金额改成15亿", reply_to=kept)
    (visit,) = chat.rows(Visit)
    assert visit.amount["min"] == 1_500_000_000


def test_a_correction_means_the_part_of_a_message_that_was_kept(chat: Conversation) -> None:
    answers = chat.say("昨天去深圳拜访比亚迪,对方想投20亿;另外华星电子面板项目开工了", replies=2)
    assert "已记下" in answers
    assert "没有记下" in answers
    assert "20亿元 → 12亿元" in chat.say("金额改成12亿")


def test_a_button_of_an_older_record_still_corrects_it(chat: Conversation) -> None:
    chat.say("今天去深圳拜访比亚迪,对方想投20亿")
    kept = chat.last["陈晓"]
    chat.say("登记一条线索,娃哈哈想在翠屏建饮料厂,投资3亿")
    chat.press("修改", on=kept)
    chat.press("金额")
    assert "20亿元 → 15亿元" in chat.say("15亿")


def test_help_shows_what_is_built_and_nothing_else(chat: Conversation) -> None:
    answer, intents = chat.say("/help"), load_catalog().folder("intents")
    later = [table["example"] for name, table in intents.items() if name not in REGISTRY]
    assert later
    assert [example for example in later if example in answer] == []
    assert intents["log_visit"]["example"] in answer


def test_a_stranger_learns_nothing(chat: Conversation) -> None:
    answers = {chat.simulator.ask(STRANGER, text) for text in ("你好", "全市到位资金多少", "/start", "/help")}
    assert len(answers) == 1
    assert "邀请码" in answers.pop()


def test_a_code_binds_once(chat: Conversation) -> None:
    assert chat.simulator.ask(STRANGER, "/start ABCDEFGHJK") == chat.simulator.ask(STRANGER, "你好")
    assert "邀请码不对" in chat.say("/start ABCDEFGHJK")
    assert NUMBERS["陈晓"] != STRANGER
