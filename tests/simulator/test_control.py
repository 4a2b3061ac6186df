"""The people's side over HTTP, a simulator in a thread, and one in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator

import aiohttp
import pytest
from telegram import Bot, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.request import AiohttpRequest
from bot.simulator import BotApiServer, Person, SimulatorThread
from tests.simulator.conftest import LI, ZHANG
from tests.simulator.test_sending import PNG


@pytest.fixture
def simulator() -> Iterator[SimulatorThread]:
    with SimulatorThread([Person(ZHANG, "张伟"), Person(LI, "李娜")]) as running:
        yield running


async def test_everything_a_person_does_goes_over_http(bot: Bot, server: BotApiServer) -> None:
    sent = await bot.send_message(
        ZHANG,
        "选",
        reply_markup={"inline_keyboard": [[{"text": "撤销", "callback_data": "u"}]]},  # type: ignore[arg-type]
    )
    async with aiohttp.ClientSession(f"{server.url}/control/") as person:

        async def act(name: str, /, **body: object) -> dict[str, object]:
            async with person.post(name, json={"user": ZHANG, **body}) as response:
                assert response.status == 200, await response.text()
                return dict(await response.json() or {})

        said = await act("say", text="20亿", reply_to=sent.message_id)
        await act("edit", message_id=said["message_id"], text="12亿")
        query = (await act("press", message_id=sent.message_id, button="撤销"))["query"]
        await act("location", latitude=28.77, longitude=104.62)
        await act("sticker")
        await act("voice")
        await act("contact", name="陈总", phone="13800000000")
        form = aiohttp.FormData({"user": str(ZHANG), "kind": "photo", "caption": "名片"}, quote_fields=False)
        form.add_field("file", PNG, filename="名片.png", content_type="image/png")
        async with person.post("file", data=form) as response:
            photo = (await response.json())["photo"][0]["file_id"]
        async with person.get(f"file/{photo}") as response:
            assert (await response.read(), response.content_type) == (PNG, "image/png")
        await act("block")
        await act("unblock")
        async with person.get(f"chats/{ZHANG}") as response:
            assert len((await response.json())["messages"]) == 7
        async with person.get("calls?method=sendmessage") as response:
            (call,) = await response.json()
            assert (call["method"], call["code"], call["params"]["text"]) == ("sendMessage", 200, "选")
        async with person.get(f"answers/{query}") as response:
            assert await response.json() is None
    kinds = [next(iter(update.to_dict().keys() - {"update_id"})) for update in await bot.get_updates()]
    assert kinds == ["message", "edited_message", "callback_query", *["message"] * 5, *["my_chat_member"] * 2]


async def test_people_groups_and_faults_are_added_over_http(bot: Bot, server: BotApiServer) -> None:
    async with aiohttp.ClientSession(f"{server.url}/control/") as person:
        async with person.post("people", json={"id": 7, "name": "陈静", "title": "科员"}) as response:
            assert (await response.json())["title"] == "科员"
        async with person.post("groups", json={"id": -9, "title": "一科", "members": [7]}) as response:
            assert (await response.json())["title"] == "一科"
        async with person.post("faults", json={"kind": "error", "method": "getMe", "count": 1}) as response:
            assert (await response.json())[0]["kind"] == "error"
        with pytest.raises(Exception, match="Bad Gateway"):
            await bot.get_me()
        async with person.get("faults") as response:
            assert (await response.json())["hits"]["error"] == 1
        async with person.delete("faults") as response:
            assert response.ok
        async with person.post("say", json={"user": 7, "text": "到", "chat": -9}) as response:
            assert response.ok
        async with person.get("updates") as response:
            assert (await response.json())["pending"] == 1
        for name, body in (("say", {"user": 4711, "text": "我是谁"}), ("say", {"who": 1}), ("faults", {"kind": "x"})):
            async with person.post(name, json=body) as response:
                assert response.status == 400
                assert list(await response.json()) == ["error"]


async def test_pages_of_other_sites_are_kept_out(server: BotApiServer) -> None:
    async with (
        aiohttp.ClientSession(server.url, headers={"Origin": "https://evil.example"}) as person,
        person.post("/control/say", json={"user": ZHANG, "text": "假的"}) as response,
    ):
        assert response.status == 403
    assert server.crowd.messages(ZHANG) == []


async def test_events_stream_to_the_page(bot: Bot, server: BotApiServer) -> None:
    async with aiohttp.ClientSession() as person, person.ws_connect(f"{server.url}/control/events") as events:
        await bot.send_chat_action(ZHANG, "typing")
        sent = await bot.send_message(ZHANG, "一")
        await bot.edit_message_text("二", ZHANG, sent.message_id)
        await bot.delete_message(ZHANG, sent.message_id)
        kinds = [(await events.receive_json(timeout=5))["event"] for _ in range(4)]
    assert kinds == ["action", "message", "edited", "deleted"]


async def test_the_library_s_own_backend_is_served_too(server: BotApiServer) -> None:
    bot = Bot(server.token, server.base_url, server.base_file_url, request=HTTPXRequest())
    async with bot:
        sent = await bot.send_document(ZHANG, b"PK", filename="台账.xlsx", caption="一月")
        assert sent.document is not None
        assert (sent.document.file_name, sent.caption) == ("台账.xlsx", "一月")


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message:
        await update.effective_message.reply_text(f"收到：{update.effective_message.text}")


async def test_an_application_polls_and_answers(server: BotApiServer) -> None:
    app = (
        Application.builder()
        .token(server.token)
        .base_url(server.base_url)
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest(4))
        .build()
    )
    app.add_handler(MessageHandler(filters.TEXT, _echo))
    assert app.updater is not None
    async with app:
        await app.start()
        await app.updater.start_polling()
        with server.state.events.watch() as events:
            server.crowd.say(ZHANG, "你好")
            while (event := await events.get())["message"]["from"]["id"] == ZHANG:
                pass
        await app.updater.stop()
        await app.stop()
    assert event["message"]["text"] == "收到：你好"


def test_a_thread_serves_blocking_tests(simulator: SimulatorThread) -> None:
    said = simulator.say(ZHANG, "20亿")
    assert simulator.edit(ZHANG, said["message_id"], "12亿")["text"] == "12亿"
    simulator.add_person(Person(7, "陈静"))
    simulator.fault("error", "sendMessage", count=1)
    simulator.clear_faults()
    with pytest.raises(TimeoutError, match="the bot said"):
        simulator.wait_for_reply(ZHANG, said["message_id"], timeout=0.05)
    assert [message["text"] for message in simulator.messages(ZHANG)] == ["12亿"]
    assert simulator.calls() == []


def test_a_process_of_its_own_prints_its_address() -> None:
    setting = {"people": [{"id": 5, "name": "张伟", "suggestions": ["排名"]}], "token": "5:abc"}
    command = [sys.executable, "-m", "bot.simulator"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(setting))
        process.stdin.close()
        printed = json.loads(process.stdout.readline())
        process.terminate()
    assert printed["token"] == "5:abc"
    assert printed["url"].startswith("http://127.0.0.1:")
