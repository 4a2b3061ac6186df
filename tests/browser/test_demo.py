"""`zhaoshang demo` as a newcomer meets it: the command is typed, the page opened, three people talk."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage
from tests.ledger.sample import save

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PICTURE = Path(__file__).parent / "pictures" / "chat.png"
TAKE_PICTURE = "TAKE_PICTURE"  # set: the README's picture is taken anew
AT = "2026-03-18T10:00:00+08:00"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo."""

    address: str
    sentences: list[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Yield the command's demo, started in an empty folder."""
    folder = tmp_path_factory.mktemp("demo")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHAOSHANG_")}
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser", "--at", AT]
    environment = kept | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        address = re.search(r"http://\S+", running.stdout.readline())
        assert address is not None
        running.stdout.readline()
        yield Demo(address[0], [running.stdout.readline().strip() for _ in range(3)])
        running.send_signal(signal.SIGINT)
        try:
            assert running.wait(20) == 0
        finally:
            running.kill()  # one that does not stop must fail the test, not hold it up
    assert [path.name for path in folder.iterdir() if path.suffix == ".db"] == ["zhaoshang-demo.db"]


def take_phone(chat: ChatPage, role: str) -> None:
    """Take the phone of the person of a role, and begin their chat when nothing was said in it yet."""
    page = chat.page
    page.locator("#switch").click()
    row = page.locator("#sheet .person", has_text=role)
    name = row.locator(".name").evaluate("element => element.firstChild.textContent")
    row.click()
    expect(page.locator("#switch")).to_contain_text(name)
    expect(page.locator("#begin:visible, #write:visible").first).to_be_visible()
    if page.locator("#begin").is_visible():
        chat.begin()
        expect(chat.replies).to_have_count(1)


def test_a_visit_is_logged_and_a_figure_read(page: Page, demo: Demo) -> None:
    chat = ChatPage(page, demo.address)
    take_phone(chat, "招商员")
    card = chat.ask("今天和张局去深圳拜访比亚迪,对方想投20亿建电池厂,要300亩地,下周三前回话")
    assert all(word in card for word in ("比亚迪股份有限公司", "深圳", "20亿元", "300亩", "3月25日"))
    changed = chat.ask("金额改成12亿")
    assert "20亿元 → 12亿元" in changed
    chat.press("撤销")
    expect(chat.replies.last).to_contain_text("撤销")
    take_phone(chat, "市领导")
    answer = chat.ask("2011年全市到位市外资金多少,同比怎样")
    assert "502.48亿元" in answer
    assert "+44.8%" in answer
    follow = chat.ask("那省外呢")
    assert "316.8亿元" in follow


def test_each_sentence_to_try_is_understood(page: Page, demo: Demo) -> None:
    chat = ChatPage(page, demo.address)
    take_phone(chat, "招商员")
    assert len(set(demo.sentences)) == 3
    for sentence in demo.sentences:
        assert not re.search("没看懂|没有做好|没能显示|出了点意外", chat.ask(sentence)), sentence


def test_the_statistician_sends_a_workbook(page: Page, demo: Demo, tmp_path: Path) -> None:
    header = ("名称", "类型", "上级单位")
    file = save(tmp_path / "新单位.xlsx", {"单位": [header, ("沙坪镇", "乡镇街道", "翠屏区")]})
    chat = ChatPage(page, demo.address)
    take_phone(chat, "统计员")
    count = chat.replies.count()
    page.locator("#attach").click()
    with page.expect_file_chooser() as chooser:
        page.locator("#popup button", has_text="文件").click()
    chooser.value.set_files(file)
    expect(chat.replies).to_have_count(count + 1)
    expect(chat.replies.last).to_contain_text("新增1")
    chat.press("确认导入")
    expect(chat.replies.last).to_contain_text("已导入")


@pytest.mark.skipif(TAKE_PICTURE not in os.environ, reason="the README's picture is taken only when asked for")
def test_the_picture_of_the_readme(page: Page, demo: Demo) -> None:
    chat = ChatPage(page, demo.address)
    take_phone(chat, "招商员")
    chat.ask("今天和张局去深圳拜访比亚迪,对方想投20亿建电池厂,要300亩地,下周三前回话")
    chat.ask("全市到位市外资金多少,同比怎样")
    page.locator("#keys").click()  # the keyboard would hide the visit
    page.locator("#field").blur()
    page.locator("#thread").evaluate("element => element.scrollTo(0, element.scrollHeight)")
    page.wait_for_timeout(500)  # until nothing moves any more
    PICTURE.parent.mkdir(exist_ok=True)
    page.screenshot(path=PICTURE)
