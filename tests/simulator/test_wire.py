"""Calls as other clients make them: by query, form, parts; and what is wrong with malformed ones."""

from typing import Any

import aiohttp
import pytest

from bot.simulator import BotApiServer
from bot.simulator.errors import BadRequest
from bot.simulator.files import image_size
from tests.simulator.conftest import ZHANG
from tests.simulator.test_sending import PNG

JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x78\x00\xa0\x03" + b"\x00" * 12


async def call(server: BotApiServer, method: str, **how: Any) -> dict[str, Any]:
    """Make a raw call and return the whole answer."""
    url = f"{server.base_url}{server.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, **how) as response:
        answer: dict[str, Any] = await response.json()
        assert response.status == answer.get("error_code", 200)
        return answer


async def test_method_names_ignore_case_and_queries_count(server: BotApiServer) -> None:
    answer = await call(server, "SENDMESSAGE", params={"chat_id": str(ZHANG), "text": "好"})
    assert answer["result"]["text"] == "好"


async def test_forms_carry_keyboards_as_json(server: BotApiServer) -> None:
    form = {"chat_id": str(ZHANG), "text": "选", "reply_markup": '{"keyboard":[["看排名"]]}'}
    assert (await call(server, "sendMessage", data=form))["ok"]
    assert server.state.chats[ZHANG].keyboard == {"keyboard": [[{"text": "看排名"}]]}


async def test_files_are_attached_by_name(server: BotApiServer) -> None:
    form = aiohttp.FormData({"chat_id": str(ZHANG), "document": "attach://one"}, quote_fields=False)
    form.add_field("one", b"PK", filename="台账.xlsx")
    answer = await call(server, "sendDocument", data=form)
    assert answer["result"]["document"]["file_name"] == "台账.xlsx"
    assert answer["result"]["document"]["mime_type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    ("method", "body", "description"),
    [
        ("sendMessage", b"{", "can't parse request JSON object"),
        ("sendMessage", b"[]", "can't parse request JSON object"),
        ("sendMessage", b'{"text":"x"}', "chat_id is empty"),
        ("sendMessage", b'{"chat_id":1001,"text":"x","reply_markup":"{"}', "can't parse reply markup JSON object"),
        ("sendMessage", b'{"chat_id":1001,"text":"x","reply_markup":[1]}', "object expected as reply markup"),
        ("sendMessage", b'{"chat_id":1001,"text":"x","reply_markup":{"keyboard":[{}]}}', "can't parse reply keyboard"),
        (
            "sendMessage",
            b'{"chat_id":1001,"text":"x","reply_markup":{"keyboard":[[{}]]}}',
            "can't parse keyboard button",
        ),
        (
            "sendMessage",
            b'{"chat_id":1001,"text":"x","reply_markup":{"inline_keyboard":[[{"callback_data":"u"}]]}}',
            "can't parse inline keyboard button",
        ),
        ("sendPhoto", b'{"chat_id":1001}', "there is no photo in the request"),
        ("sendPhoto", b'{"chat_id":1001,"photo":"http://x/a.png"}', "wrong file identifier/HTTP URL specified"),
        ("getUpdates", b'{"offset":"soon"}', "parameter offset must be a number"),
        ("setMyCommands", b'{"commands":[{"command":"help","description":""}]}', "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", b"{}", "can't parse commands"),
    ],
)
async def test_malformed_calls_are_told_why(server: BotApiServer, method: str, body: bytes, description: str) -> None:
    answer = await call(server, method, data=body, headers={"Content-Type": "application/json"})
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert answer["description"].startswith(f"Bad Request: {description}")


async def test_keyboards_have_a_most(server: BotApiServer) -> None:
    rows = [[{"text": str(number), "callback_data": "x"}] for number in range(101)]
    answer = await call(
        server, "sendMessage", json={"chat_id": ZHANG, "text": "x", "reply_markup": {"inline_keyboard": rows}}
    )
    assert answer["description"] == "Bad Request: reply markup is too long"


async def test_edits_take_inline_keyboards_only(server: BotApiServer) -> None:
    sent = await call(server, "sendMessage", json={"chat_id": ZHANG, "text": "x"})
    edit = {"chat_id": ZHANG, "message_id": sent["result"]["message_id"], "text": "y"}
    answer = await call(server, "editMessageText", json={**edit, "reply_markup": {"keyboard": [["a"]]}})
    assert answer["description"] == "Bad Request: inline keyboard expected"
    answer = await call(server, "editMessageText", json={**edit, "text": " "})
    assert answer["description"] == "Bad Request: message text is empty"
    answer = await call(server, "editMessageCaption", json={**edit, "caption": "y"})
    assert answer["description"] == "Bad Request: there is no caption in the message to edit"


async def test_files_are_behind_the_token(server: BotApiServer) -> None:
    sent = server.crowd.send_document(ZHANG, b"PK", "a.bin")
    path = (await call(server, "getFile", json={"file_id": sent["document"]["file_id"]}))["result"]["file_path"]
    async with aiohttp.ClientSession() as session:
        for address, status in ((f"{server.token}/{path}", 200), (f"1:x/{path}", 401), (f"{server.token}/no", 404)):
            async with session.get(f"{server.base_file_url}{address}") as response:
                assert response.status == status


@pytest.mark.parametrize(
    ("content", "size"),
    [(PNG, (320, 200)), (JPEG, (160, 120)), (b"GIF89a\x0a\x00\x14\x00", (10, 20)), (b"RIFF----WEBP", (1, 1))],
)
def test_pictures_are_measured(content: bytes, size: tuple[int, int]) -> None:
    assert image_size(content) == size


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xd9", b"%PDF"])
def test_broken_pictures_are_refused(content: bytes) -> None:
    with pytest.raises(BadRequest, match="IMAGE_PROCESS_FAILED"):
        image_size(content)
