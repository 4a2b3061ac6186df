"""帮助、问候、听不懂: short answers that teach."""

import json

from domain.models import Visit
from tests.dialogues.conftest import NUMBERS, STRANGER, Conversation


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
    assert "没有记下任何内容" in chat.say("华星电子面板项目因为征地拆迁停工了,需要协调解决")


def test_a_stranger_learns_nothing(chat: Conversation) -> None:
    answers = {chat.simulator.ask(STRANGER, text) for text in ("你好", "全市到位资金多少", "/start", "/help")}
    assert len(answers) == 1
    assert "邀请码" in answers.pop()


def test_a_code_binds_once(chat: Conversation) -> None:
    assert chat.simulator.ask(STRANGER, "/start ABCDEFGHJK") == chat.simulator.ask(STRANGER, "你好")
    assert "邀请码不对" in chat.say("/start ABCDEFGHJK")
    assert NUMBERS["陈晓"] != STRANGER
