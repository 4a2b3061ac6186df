"""工作簿: checked, confirmed once, by those who may, and only as it was checked."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot import app as composition
from bot.chat import Chat
from domain.models import Project
from domain.unit_of_work import Ledger
from tests.dialogues.conftest import Conversation
from tests.factories import NOW


def a_workbook(path: Path, name: str) -> Path:
    """Write a workbook of one project."""
    book = Workbook()
    sheet = book.create_sheet("项目", 0)
    sheet.append(["项目名称", "投资方", "落户单位", "总投资"])
    sheet.append([name, "比亚迪", "翠屏区", 5000])
    book.save(path)
    return path


def names(chat: Conversation) -> set[str]:
    return {project.name for project in chat.rows(Project)}


def test_a_workbook_is_imported_when_confirmed(chat: Conversation, tmp_path: Path) -> None:
    assert "还没有写入" in chat.send(a_workbook(tmp_path / "项目.xlsx", "新能源项目"))
    assert "新能源项目" not in names(chat)
    assert "已导入" in chat.press("确认导入", who="刘海")
    assert "新能源项目" in names(chat)
    assert "没有等您确认的事" in chat.say("确认", who="刘海")


def test_others_send_no_workbooks(chat: Conversation, tmp_path: Path) -> None:
    assert "统计员" in chat.send(a_workbook(tmp_path / "项目.xlsx", "新能源项目"), who="陈晓")
    assert "没有等您确认的事" in chat.say("确认")


def test_a_second_workbook_replaces_the_first(chat: Conversation, tmp_path: Path) -> None:
    chat.send(a_workbook(tmp_path / "甲.xlsx", "甲项目"))
    first = chat.last["刘海"]
    chat.send(a_workbook(tmp_path / "乙.xlsx", "乙项目"))
    assert "已经处理过了" in chat.press("确认导入", who="刘海", on=first)
    assert not {"甲项目", "乙项目"} & names(chat)


@pytest.fixture
def talk(city: Ledger) -> Chat:
    """Return a terminal on the small city."""
    return Chat(composition.build(city))


def said(talk: Chat, at: dt.datetime, **line: str) -> str:
    return "".join(reply["text"] for reply in talk.line({"user": "刘海", **line}, at)["replies"])


def test_a_workbook_changed_after_the_check_is_not_imported(talk: Chat, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "项目.xlsx", "甲项目")
    said(talk, NOW, file=str(path))
    a_workbook(path, "乙项目")
    assert "又改过" in said(talk, NOW, press="确认导入")
    with talk.assistant.ledger.read(NOW) as uow:
        assert not uow.session.query(Project).filter(Project.name.in_(["甲项目", "乙项目"])).count()


def test_a_yes_of_the_next_day_is_not_for_the_workbook(talk: Chat, tmp_path: Path) -> None:
    said(talk, NOW, file=str(a_workbook(tmp_path / "项目.xlsx", "甲项目")))
    assert "没有等您确认的事" in said(talk, NOW + dt.timedelta(days=1), text="好")
    assert "已导入" in said(talk, NOW + dt.timedelta(minutes=5), text="确认")
