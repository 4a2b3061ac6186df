"""A capability not built yet comes by three files, in a copy of the tree: its words, its handler, its dialogue."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.command import ROOT

INTENT = "list_tasks"
REPLIES = '''
[replies]
none = "{{ name }}这周没有待办。"
tasks = """
{{ name }}这周有{{ total }}件待办:
{% for item in overdue %}
· 已过期 {{ item.date | day(today) }} {{ item.firms | names }}{% if item.next_step %}:{{ item.next_step }}{% endif %}

{% endfor %}
{% for item in due %}
· {{ item.date | day(today) }} {{ item.firms | names }}{% if item.next_step %}:{{ item.next_step }}{% endif %}

{% endfor %}
{% for item in reminders %}
· {{ item.moment | moment(today) }} {{ item.text }}
{% endfor %}
"""
'''
HANDLER = '''"""待办: lists what a person has to do this week."""

from domain import access, digests, directory
from domain.unit_of_work import UnitOfWork
from handlers.contract import Reply, Turn, handles


@handles("list_tasks")
def list_tasks(turn: Turn, uow: UnitOfWork) -> Reply:
    """List the actor's follow-ups and reminders of the week."""
    (digest,) = digests.of(uow, [directory.person(uow, access.actor(uow).id)])
    return Reply("tasks" if digest.values["total"] else "none", digest.values, figures=digest.figures)
'''
DIALOGUE = '''"""待办: what is due this week."""

from tests.dialogues.conftest import Conversation


def test_tasks_come_from_the_ledger(chat: Conversation) -> None:
    assert chat.say("我今天有什么待办") == "陈晓这周没有待办。"
    chat.say("昨天去深圳拜访比亚迪,对方想投20亿,周五前回话")
    chat.say("明天下午三点提醒我给王总回电话")
    answer = chat.say("我这周有哪些待办")
    assert answer.splitlines()[0] == "陈晓这周有2件待办:"
    assert "比亚迪" in answer
    assert "3月20日" in answer
    assert "给王总回电话" in answer
    assert chat.say("我有什么待办", who="罗敏") == "罗敏这周没有待办。"
    assert "我今天有什么待办" in chat.say("帮助")


def test_a_task_done_is_no_task(chat: Conversation) -> None:
    chat.say("明天下午三点提醒我给王总回电话")
    chat.say("撤销")
    assert chat.say("我今天有什么待办") == "陈晓这周没有待办。"
'''


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the tree."""
    for folder in ("bot", "handlers", "domain", "locale", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(tree: Path, test: str) -> subprocess.CompletedProcess[str]:
    """Run one test file of the copy, on SQLite."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not postgresql", test]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=120, check=False)


def test_three_files_and_it_answers(tree: Path) -> None:
    test = f"tests/dialogues/test_{INTENT}.py"
    (tree / test).write_text(DIALOGUE, encoding="utf-8")
    before = run(tree, test)
    assert before.returncode == 1
    assert "这项功能还没有做好" in before.stdout
    words = tree / "locale" / "intents" / f"{INTENT}.toml"
    assert "[replies]" not in words.read_text(encoding="utf-8")
    with words.open("a", encoding="utf-8") as file:
        file.write(REPLIES)
    (tree / "handlers" / "tasks.py").write_text(HANDLER, encoding="utf-8")
    after = run(tree, test)
    assert after.returncode == 0, after.stdout
    assert "2 passed" in after.stdout
