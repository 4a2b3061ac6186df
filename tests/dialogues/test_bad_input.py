"""What cannot be taken: one clear sentence that names the thing and the next step, and nothing is written."""

from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.chat import Chat
from domain.ledger.sources import ENCRYPTED_MARK, OLE_MARK
from domain.models import AuditRow, Enterprise, Reminder, Unit, Upload, Visit
from tests.dialogues.conftest import NUMBERS, STRANGER, Conversation
from tests.factories import NOW
from tests.ledger.sample import save

TABLES = (Visit, Reminder, Enterprise, Unit, Upload, AuditRow)
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"  # one pixel
UNITS = [("名称", "类型", "上级单位"), ("宜宾市", "市本级", None)]
Crowd = Callable[[Any, int], dict[str, Any]]


def counted(chat: Conversation) -> list[int | None]:
    """Return how many facts the ledger holds."""
    with chat.assistant.ledger.read(NOW) as uow:
        return [uow.session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def said(chat: Conversation, act: Crowd, who: int) -> str:
    """Do something on a phone and return the one answer."""
    message = chat.simulator.do(lambda crowd: act(crowd, who))
    (answer,) = chat.simulator.wait_for_replies(who, message["message_id"], 1)
    return str(answer["text"])


def text(words: str) -> Crowd:
    """Return the act of saying words."""
    return lambda crowd, who: crowd.say(who, words)


WORDS: dict[str, tuple[Crowd, tuple[str, ...]]] = {
    "emoji only": (text("👍🎉😀"), ("文字", "表情")),
    "4096 characters": (text("嗯" * 4096), ("4096", "一件事")),
    "sticker": (lambda crowd, who: crowd.send_sticker(who), ("表情", "文字")),
    "photo": (lambda crowd, who: crowd.send_photo(who, GIF), ("照片", "一句话")),
    "voice": (lambda crowd, who: crowd.send_voice(who), ("语音", "文字")),
    "place": (lambda crowd, who: crowd.send_location(who, 28.7, 104.6), ("位置", "地点")),
    "contact card": (lambda crowd, who: crowd.send_contact(who, "王总", "13800000000"), ("文字",)),
    "a day that never is": (text("2月30日去深圳拜访比亚迪"), ("2月30日", "核对")),
    "unknown project": (text("火星基地项目进展"), ("火星基地", "全称")),
    "a time that has passed": (text("昨天下午三点提醒我给王总回电话"), ("过去",)),
    "a period to come": (text("2030年全市到位市外资金多少"), ("还没有到",)),
    "nothing to undo": (text("撤销"), ("撤销",)),
    "nothing to amend": (text("金额改成12亿"), ("修改", "回复")),
    "nothing to explain": (text("怎么算的"), ("先问",)),
    "nothing waits": (text("确认"), ("确认",)),
    "a command nobody knows": (text("/frobnicate"), ("/frobnicate",)),
}


def test_words_and_things_that_cannot_be_taken(chat: Conversation) -> None:
    before = counted(chat)
    everybody = cycle(NUMBERS.values())  # each in turn: one chat alone gets one message a second
    answers = {kind: said(chat, act, next(everybody)) for kind, (act, _) in WORDS.items()}
    for kind, (_, named) in WORDS.items():
        assert [word for word in named if word not in answers[kind]] == [], (kind, answers[kind])
    same = [(one, other) for one in answers for other in answers if one < other and answers[one] == answers[other]]
    assert same == []
    assert counted(chat) == before
    assert "比亚迪" in chat.say("今天去深圳拜访比亚迪")  # and it is all ears afterwards


@pytest.mark.parametrize("amount", ["-20亿", "负20亿"])
def test_negative_money(chat: Conversation, amount: str) -> None:
    before = counted(chat)
    assert "不能是负数" in chat.say(f"今天去深圳拜访比亚迪,对方想投{amount}")
    assert counted(chat) == before


@pytest.mark.parametrize("blank", ["", "  \u3000 ", "\n"])
def test_nothing_said(chat: Conversation, blank: str) -> None:
    """Telegram sends no empty message; a terminal may."""
    before = counted(chat)
    (reply,) = Chat(chat.assistant).line({"user": "陈晓", "text": blank}, NOW)["replies"]
    assert "没有看到文字" in reply["text"]
    assert counted(chat) == before


def test_a_stranger_learns_one_thing_only(chat: Conversation) -> None:
    before = counted(chat)
    kinds = ("sticker", "photo", "a day that never is", "unknown project")
    acts = [WORDS[kind][0] for kind in kinds] + [text("/start"), text("/start 12345678"), text("帮助")]
    answers = {said(chat, act, STRANGER) for act in acts}
    assert len(answers) == 1
    assert "/start 邀请码" in answers.pop()
    assert counted(chat) == before


def _encrypted(path: Path) -> None:
    path.write_bytes(OLE_MARK + b"\0" * 64 + ENCRYPTED_MARK)


def _wrong_row(path: Path) -> None:
    save(path, {"拜访": [("日期", "单位", "企业", "方式"), ("2月30日", "翠屏区", "甲公司", "电话")]})


def _negative(path: Path) -> None:
    header = ("项目名称", "月份", "金额")
    save(path, {"到位资金": [header, ("比亚迪电池项目", "2026-02", -5)]})


def _twice(path: Path) -> None:
    save(path, {"单位": [*UNITS, ("甲镇", "乡镇街道", "翠屏区"), ("甲镇", "园区", "翠屏区")]})


FILES: dict[str, tuple[str, Callable[[Path], Any], tuple[str, ...]]] = {
    "not a workbook": ("合同.pdf", lambda path: path.write_bytes(b"%PDF"), ("合同.pdf", ".xlsx")),
    "a program": ("a.exe", lambda path: path.write_bytes(b"MZ"), ("a.exe", ".xlsx")),
    "broken": ("坏.xlsx", lambda path: path.write_bytes(b"PK\x03\x04 half"), ("坏.xlsx", "损坏")),
    "locked": ("锁.xlsx", _encrypted, ("锁.xlsx", "密码")),
    "other sheets": ("表.xlsx", lambda path: save(path, {"Sheet1": [("甲",)]}), ("Sheet1", "工作表应叫")),
    "no header": ("头.xlsx", lambda path: save(path, {"单位": [("甲", "乙"), (1, 2)]}), ("单位", "表头", "名称")),
    "a column short": (
        "列.xlsx",
        lambda path: save(path, {"人员": [("姓名", "单位"), ("甲", "乙")]}),
        ("人员", "角色"),
    ),
    "a row twice": ("重.xlsx", _twice, ("单位", "第4行", "第 3 行")),
    "a day that never is": ("日.xlsx", _wrong_row, ("拜访", "第2行", "日期", "2月30日")),
    "negative money": ("负.xlsx", _negative, ("到位资金", "第2行", "金额", "负数")),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a place for files to send."""
    made = tmp_path / "sent"
    made.mkdir()
    return made


def test_files_that_cannot_be_taken(chat: Conversation, folder: Path) -> None:
    before = counted(chat)
    reasons = set()
    for kind, (name, make, named) in FILES.items():
        make(folder / name)
        answer = chat.send(folder / name)
        assert [word for word in named if word not in answer] == [], (kind, answer)
        assert chat.buttons("刘海") == []
        reasons.add(answer.replace(name, ""))
    assert len(reasons) == len(FILES) - 1  # a contract and a program are refused for the same cause
    assert counted(chat) == before


def test_a_workbook_is_the_statisticians_to_send(chat: Conversation, folder: Path) -> None:
    before = counted(chat)
    file = save(folder / "单位.xlsx", {"单位": [*UNITS, ("甲镇", "乡镇街道", "翠屏区")]})
    answer = chat.send(file, who="陈晓")
    assert "统计员" in answer
    assert counted(chat) == before


def test_a_good_workbook_waits_for_its_confirmation(chat: Conversation, folder: Path) -> None:
    file = save(folder / "单位.xlsx", {"单位": [*UNITS, ("甲镇", "乡镇街道", "翠屏区")]})
    units = len(chat.rows(Unit))
    assert "新增1" in chat.send(file)
    assert chat.buttons("刘海") == ["确认导入", "取消"]
    assert len(chat.rows(Unit)) == units
    assert "不导入" in chat.press("取消", "刘海")
    assert "新增1" in chat.send(file)
    assert "已导入" in chat.press("确认导入", "刘海")
    assert len(chat.rows(Unit)) == units + 1
    assert "没有要导入的" in chat.send(file)
    assert len(chat.rows(Unit)) == units + 1
