"""The chat page in a real browser, with a small bot of the real library behind it."""

import struct
import tomllib
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.simulator import Person, SimulatorThread
from tests.browser.chat_page import ChatPage
from tests.browser.echo_bot import EchoBot

pytestmark = pytest.mark.browser

WORDS = tomllib.loads((Path(__file__).parents[2] / "locale" / "page.toml").read_text(encoding="utf-8"))
ZHANG, LI = 1001, 1002
VISIT = "今天和张局去深圳拜访比亚迪，对方想投20亿建电池厂"
PEOPLE = [
    Person(ZHANG, "张伟", "招商一科科员", "跑企业、记拜访", (VISIT, "我今天记了什么")),
    Person(LI, "李娜", "招商局局长", "看本区进度", ("本区离目标还差多少",)),
]


def picture(width: int, height: int) -> bytes:
    """Return a blue PNG."""

    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = (b"\x00" + b"\x40\x80\xd0" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatorThread]:
    with SimulatorThread(PEOPLE, words=WORDS) as started, EchoBot(started):
        yield started


@pytest.fixture
def simulator(running: SimulatorThread) -> SimulatorThread:
    """Give the running simulator with empty chats."""
    running.do(lambda _: running.server.state.clear_chats())
    return running


@pytest.fixture
def chat(page: Page, simulator: SimulatorThread) -> ChatPage:
    opened = ChatPage(page, simulator.url)
    opened.begin()
    expect(opened.replies).to_have_count(1)
    return opened


def test_the_first_screen_invites_to_begin(page: Page, simulator: SimulatorThread) -> None:
    chat = ChatPage(page, simulator.url)
    expect(page).to_have_title("招商助手")
    expect(page.locator("#thread")).to_contain_text("这里还没有消息")
    chat.begin()
    expect(chat.replies.last.locator("b")).to_have_text("招商助手")
    assert simulator.messages(ZHANG)[0]["text"] == "/start"


def test_a_sentence_is_answered_with_buttons_that_work(chat: ChatPage) -> None:
    assert chat.ask(VISIT) == f"已记下：{VISIT}"
    expect(chat.page.locator(".key")).to_have_text(["撤销", "修改", "怎么算的"])
    chat.press("怎么算的")
    expect(chat.page.locator("#sheet")).to_contain_text("到位资金按核实金额计算。")
    chat.page.locator("#sheet .act").click()
    chat.press("撤销")
    expect(chat.replies.last.locator(".text")).to_have_text("已撤销。")
    expect(chat.page.locator("#toast")).to_have_text("撤销好了")
    expect(chat.page.locator(".key")).to_have_count(0)


def test_a_pressed_button_stops_waiting_when_answered(chat: ChatPage) -> None:
    chat.ask(VISIT)
    chat.press("修改")
    expect(chat.page.locator(".key.waiting")).to_have_count(0)


def test_a_suggestion_fills_the_field(chat: ChatPage) -> None:
    chat.page.locator("#suggestions button").first.click()
    expect(chat.page.locator("#field")).to_have_value(VISIT)
    chat.page.keyboard.press("Enter")
    expect(chat.replies.last).to_contain_text(VISIT)


def test_the_bot_is_seen_typing(chat: ChatPage) -> None:
    chat.say("等等")
    expect(chat.page.locator("#status")).to_have_text("正在输入…")
    expect(chat.replies).to_have_count(2)
    expect(chat.page.locator("#status")).to_have_text("在线")


def test_a_reply_quotes_what_it_answers(chat: ChatPage) -> None:
    chat.ask("20亿")
    chat.menu_of(chat.replies.last, "回复")
    expect(chat.page.locator("#focus")).to_contain_text("回复 招商助手")
    assert chat.ask("改成12亿") == "已记下：改成12亿（针对：已记下：20亿）"
    expect(chat.own.last.locator(".quote")).to_contain_text("已记下：20亿")


def test_an_own_message_can_be_edited(chat: ChatPage) -> None:
    chat.ask("20亿")
    chat.menu_of(chat.own.last, "编辑")
    expect(chat.page.locator("#field")).to_have_value("20亿")
    chat.page.locator("#field").fill("12亿")
    chat.page.locator("#send").click()
    expect(chat.own.last).to_contain_text("12亿")
    expect(chat.own.last).to_contain_text("已编辑")
    expect(chat.replies.last).to_contain_text("已按修改更新：12亿")


def test_the_arrow_key_edits_and_escape_leaves(chat: ChatPage) -> None:
    chat.ask("20亿")
    chat.page.locator("#field").press("ArrowUp")
    expect(chat.page.locator("#focus")).to_contain_text("编辑消息")
    chat.page.locator("#field").press("Escape")
    expect(chat.page.locator("#focus")).to_be_hidden()
    expect(chat.page.locator("#field")).to_have_value("")


def test_the_command_menu_sends_commands(chat: ChatPage) -> None:
    chat.page.locator("#menu").click()
    expect(chat.page.locator("#popup button")).to_have_count(3)
    chat.page.keyboard.press("Escape")
    chat.page.locator("#field").fill("/k")
    chat.page.locator("#popup button", has_text="按钮键盘").click()
    expect(chat.page.locator("#keyboard button")).to_have_text(["看排名", "我的待办", "本月到位资金"])
    chat.page.locator("#keyboard button", has_text="看排名").click()
    expect(chat.own.last).to_contain_text("看排名")
    expect(chat.replies.last).to_contain_text("已记下：看排名")
    chat.page.locator("#keys").click()
    expect(chat.page.locator("#keyboard")).to_be_hidden()


def test_photos_go_both_ways(chat: ChatPage, tmp_path: Path) -> None:
    (tmp_path / "园区.png").write_bytes(picture(320, 200))
    chat.page.locator("#attach").click()
    with chat.page.expect_file_chooser() as chooser:
        chat.page.locator("#popup button", has_text="图片").click()
    chooser.value.set_files(tmp_path / "园区.png")
    expect(chat.replies.last).to_contain_text("收到图片")
    image = chat.replies.last.locator("img")
    expect(image).to_have_js_property("naturalWidth", 320)
    image.click()
    expect(chat.page.locator("#viewer img")).to_be_visible()


def test_documents_go_both_ways(chat: ChatPage, tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(b"PK\x03\x04 the ledger")
    chat.page.locator("#attach").click()
    with chat.page.expect_file_chooser() as chooser:
        chat.page.locator("#popup button", has_text="文件").click()
    chooser.value.set_files(tmp_path / "台账.xlsx")
    expect(chat.replies.last).to_contain_text("回执-台账.xlsx")
    with chat.page.expect_download() as download:
        chat.replies.last.locator(".file").click()
    assert download.value.suggested_filename == "回执-台账.xlsx"
    assert Path(download.value.path()).read_bytes() == b"PK\x03\x04 the ledger"


@pytest.mark.parametrize(("entry", "kind"), [("位置", "location"), ("语音", "voice"), ("表情", "sticker")])
def test_places_voices_and_stickers_are_sent(chat: ChatPage, entry: str, kind: str) -> None:
    chat.page.locator("#attach").click()
    chat.page.locator("#popup button", has_text=entry).click()
    expect(chat.replies.last).to_contain_text(f"收到 {kind}")


def test_people_take_turns_and_unread_messages_are_counted(chat: ChatPage, simulator: SimulatorThread) -> None:
    chat.ask("我是张伟")
    simulator.say(LI, "我是李娜")
    expect(chat.page.locator("#switch .badge")).to_have_text("1")
    expect(chat.page).to_have_title("(1) 招商助手")
    chat.switch_to("李娜")
    expect(chat.replies.last).to_contain_text("已记下：我是李娜")
    expect(chat.page.locator("#thread")).not_to_contain_text("我是张伟")
    expect(chat.page.locator("#switch .badge")).to_have_count(0)
    expect(chat.page.locator("#suggestions button")).to_have_text(["本区离目标还差多少"])
    chat.page.reload()
    expect(chat.page.locator("#switch")).to_contain_text("李娜")


def test_what_the_bot_deletes_is_gone(chat: ChatPage, simulator: SimulatorThread) -> None:
    chat.ask("错了")
    last = simulator.replies(ZHANG)[-1]["message_id"]
    state = simulator.server.state
    simulator.do(lambda _: state.remove(state.chats[ZHANG], last))
    expect(chat.page.locator(f"#message-{last}")).to_have_count(0)


def test_text_of_the_bot_is_never_markup(chat: ChatPage) -> None:
    chat.ask("<img src=x onerror=alert(1)>")
    expect(chat.replies.last.locator("img")).to_have_count(0)
    expect(chat.replies.last).to_contain_text("<img src=x onerror=alert(1)>")


def test_on_a_desk_the_people_stand_beside_the_phone(chat: ChatPage) -> None:
    chat.page.set_viewport_size({"width": 1280, "height": 900})
    expect(chat.page.locator("#people .person")).to_have_count(2)
    chat.page.locator("#people .person", has_text="李娜").click()
    expect(chat.page.locator("#switch")).to_contain_text("李娜")
    frame = chat.page.locator("#phone").bounding_box()
    assert frame is not None
    assert (frame["width"], frame["height"]) == (410, 860)


def test_nothing_overflows_on_a_small_phone(chat: ChatPage) -> None:
    chat.page.set_viewport_size({"width": 320, "height": 568})
    chat.ask("长" * 300 + " https://example.com/" + "x" * 80)
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert chat.page.evaluate("document.getElementById('thread').scrollWidth") <= 320
