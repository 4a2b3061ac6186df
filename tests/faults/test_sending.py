"""Messages out: each sent at least once, at most once where a repeat harms, never more than Telegram lets us."""

from pathlib import Path
from typing import Any

import pytest

from bot.simulator.server import BotApiServer
from domain import outbox
from domain.models import OutboxMessage
from domain.unit_of_work import Ledger
from tests.faults.rig import Rig, now, states, until

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
)


def owe(rig: Rig, key: str, text: str, chat: int = 101, kind: str = "reply", **content: Any) -> None:
    more = {name: content.pop(name) for name in ("reply_to", "expires_at", "due_at") if name in content}
    said = {"scope": "test", "key": "said", "values": {"text": text}, **content}
    with rig.ledger.work(now()) as uow:
        outbox.owe(uow, key=key, kind=kind, chat_id=chat, content=said, **more)
    rig.relay.notify()


def texts(telegram: BotApiServer, chat: int = 101) -> list[str]:
    return [reply.get("text", "") for reply in telegram.crowd.replies(chat)]


def row(ledger: Ledger, key: str) -> OutboxMessage:
    with ledger.read(now()) as uow:
        found = uow.session.query(OutboxMessage).filter_by(key=key).one()
        uow.session.expunge(found)
        return found


async def settled(rig: Rig, **expected: int) -> None:
    await until(lambda: states(rig.ledger, OutboxMessage) == expected)


async def test_sends_text_buttons_and_keyboard(rig: Rig, telegram: BotApiServer) -> None:
    said = telegram.crowd.say(101, "在吗")
    await until(lambda: texts(telegram) == ["收到:在吗"])
    buttons = [[{"label": "撤销", "key": "k1"}, {"label": "修改", "key": "k2"}]]
    owe(rig, "a", "已记下", buttons=buttons, reply_to=said["message_id"])
    owe(rig, "b", "您好", keyboard=[["排名", "待办"]])
    await until(lambda: len(texts(telegram)) == 3)
    card = telegram.crowd.replies(101)[1]
    assert [button["callback_data"] for button in card["reply_markup"]["inline_keyboard"][0]] == ["k1", "k2"]
    assert card["reply_to_message"]["message_id"] == said["message_id"]
    keyboard = telegram.state.chats[101].keyboard
    assert keyboard is not None
    assert [[button["text"] for button in line] for line in keyboard["keyboard"]] == [["排名", "待办"]]
    await settled(rig, sent=3)
    assert row(rig.ledger, "a").message_id == card["message_id"]


async def test_edits_and_answers_a_pressed_button(rig: Rig, telegram: BotApiServer) -> None:
    owe(rig, "a", "已记下", buttons=[[{"label": "撤销", "key": "k1"}]])
    await until(lambda: texts(telegram) == ["已记下"])
    card = telegram.crowd.replies(101)[0]
    query = telegram.crowd.press(101, card["message_id"], "撤销")
    owe(rig, "b", "已撤销", kind="edit", method="edit", message_id=card["message_id"], callback_id=query)
    await until(lambda: "已撤销" in texts(telegram) and telegram.crowd.answer(query) is not None)
    owe(rig, "c", "已撤销", kind="edit", method="edit", message_id=card["message_id"])  # the same: not modified
    owe(rig, "d", "又说", kind="edit", method="edit", message_id=9_999)  # it is gone: said anew
    await until(lambda: "又说" in texts(telegram))
    with rig.ledger.work(now()) as uow:
        answer = {"method": "answer", "callback_id": "1"}
        outbox.owe(uow, key="e", kind="answer", chat_id=101, content=answer)  # too old: nothing is owed any more
    rig.relay.notify()
    await until(lambda: states(rig.ledger, OutboxMessage).get("sent", 0) >= 6)
    assert states(rig.ledger, OutboxMessage) == {"sent": 6}


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("flood", {"retry_after": 1, "count": 1}),
        ("error", {"status": 502, "count": 2}),
        ("error", {"status": 500, "count": 1}),
        ("drop", {"count": 2}),
        ("delay", {"seconds": 2.0, "count": 1}),
    ],
)
async def test_a_refused_text_goes_out_later_in_order(
    rig: Rig, telegram: BotApiServer, kind: str, details: dict[str, Any]
) -> None:
    telegram.faults.set(kind, "sendMessage", **details)
    for number in range(3):
        owe(rig, f"{number}", f"{number}")
    await until(lambda: texts(telegram)[-1:] == ["2"], 20)
    assert list(dict.fromkeys(texts(telegram))) == ["0", "1", "2"]
    assert len(texts(telegram)) <= 3 + (kind == "delay")
    await settled(rig, sent=3)


@pytest.mark.parametrize("kind", ["drop", "error"])
async def test_a_text_that_arrived_unnoticed_is_sent_once_more(rig: Rig, telegram: BotApiServer, kind: str) -> None:
    telegram.faults.set(kind, "sendMessage", after=True, count=1)
    owe(rig, "a", "一")
    await until(lambda: len(texts(telegram)) == 2)
    await settled(rig, sent=1)
    assert texts(telegram) == ["一", "一"]
    assert row(rig.ledger, "a").attempts == 2


async def test_a_file_that_may_have_arrived_is_not_sent_again(rig: Rig, telegram: BotApiServer, tmp_path: Path) -> None:
    paper = tmp_path / "排名.xlsx"
    paper.write_bytes(b"paper")
    telegram.faults.set("drop", "sendDocument", after=True, count=1)
    owe(rig, "a", "见附件", files=[{"name": "排名.xlsx", "path": str(paper)}])
    await settled(rig, uncertain=1)
    assert len(telegram.crowd.replies(101)) == 1
    owe(rig, "b", "再来", files=[{"name": "排名.xlsx", "path": str(paper)}])
    await until(lambda: len(telegram.crowd.replies(101)) == 2)
    assert telegram.crowd.replies(101)[1]["document"]["file_name"] == "排名.xlsx"
    assert telegram.crowd.replies(101)[1]["caption"] == "再来"


async def test_a_file_surely_not_sent_is_sent(rig: Rig, telegram: BotApiServer, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(PICTURE)
    telegram.faults.set("flood", "sendPhoto", retry_after=1, count=1)
    files = [{"name": "a.png", "path": str(picture), "kind": "photo"}]
    owe(rig, "a", "图" * 1100, files=files)  # too long for a caption: a text and a picture
    await until(lambda: len(telegram.crowd.replies(101)) == 2)
    assert ["photo" in reply for reply in telegram.crowd.replies(101)] == [False, True]
    await settled(rig, sent=1)


async def test_who_blocked_us_is_left_alone(rig: Rig, telegram: BotApiServer) -> None:
    telegram.crowd.block(101)
    owe(rig, "a", "一")
    owe(rig, "b", "二", 102)
    await until(lambda: states(rig.ledger, OutboxMessage) == {"failed": 1, "sent": 1})
    assert "blocked" in (row(rig.ledger, "a").error or "")
    assert texts(telegram, 102) == ["二"]


async def test_what_telegram_refuses_fails_and_the_rest_goes_on(rig: Rig, telegram: BotApiServer) -> None:
    owe(rig, "nobody", "一", 999)
    owe(rig, "nothing", " ")
    owe(rig, "lost", "见附件", files=[{"name": "a", "path": "no-such-file"}])
    owe(rig, "good", "好")
    await until(lambda: texts(telegram) == ["好"])
    await until(lambda: "sending" not in states(rig.ledger, OutboxMessage))
    assert {key: row(rig.ledger, key).state for key in ("nobody", "lost", "good")} == {
        "nobody": "failed",
        "lost": "failed",
        "good": "sent",
    }


async def test_what_cannot_be_worded_fails_alone(rig: Rig, telegram: BotApiServer) -> None:
    with rig.ledger.work(now()) as uow:
        outbox.owe(uow, key="a", kind="reply", chat_id=101, content={"scope": "x", "key": "y", "values": {}})
    owe(rig, "b", "好")
    await until(lambda: texts(telegram) == ["好"])
    await settled(rig, failed=1, sent=1)
    assert states(rig.ledger, OutboxMessage) == {"failed": 1, "sent": 1}


async def test_a_long_text_is_cut_at_line_ends(rig: Rig, telegram: BotApiServer) -> None:
    lines = [f"第{number}行" + "字" * 90 for number in range(100)]
    telegram.faults.set("drop", "sendMessage", count=1)
    owe(rig, "a", "\n".join(lines), buttons=[[{"label": "好", "key": "k"}]])
    await until(lambda: "\n".join(texts(telegram)).count("行") == 100)
    assert "\n".join(texts(telegram)).split("\n") == lines
    assert all(len(text) <= 4096 for text in texts(telegram))
    assert ["reply_markup" in reply for reply in telegram.crowd.replies(101)] == [False] * 2 + [True]


async def test_what_was_sent_of_a_long_text_is_not_sent_again(rig: Rig, telegram: BotApiServer) -> None:
    text = "\n".join("字" * 90 for _ in range(80))
    telegram.faults.set("delay", "sendMessage", seconds=0.05, count=1)
    owe(rig, "a", text)
    await until(lambda: len(texts(telegram)) >= 1)
    telegram.faults.set("flood", "sendMessage", retry_after=1, count=1)
    await until(lambda: len(texts(telegram)) == 2)
    assert "\n".join(texts(telegram)) == text
    await settled(rig, sent=1)


async def test_replies_overtake_broadcasts(rig: Rig, telegram: BotApiServer) -> None:
    telegram.faults.set("delay", "sendMessage", seconds=0.1)
    with rig.ledger.work(now()) as uow:
        for number in range(60):
            content = {"scope": "test", "key": "said", "values": {"text": f"{number}"}}
            outbox.owe(uow, key=f"p{number}", kind="lagging", chat_id=102 + number % 2, content=content)
    rig.relay.notify()
    await until(lambda: len(texts(telegram, 102)) >= 1)
    owe(rig, "reply", "答")
    await until(lambda: texts(telegram) == ["答"], 2)
    assert len(texts(telegram, 102)) < 30
