"""The bot writes: what arrives, and what Telegram would refuse."""

import struct

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.simulator import BotApiServer
from tests.simulator.conftest import LI, STRANGER, ZHANG, make_bot

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 320, 200) + b"\x08\x02\x00\x00\x00"


async def test_get_me_names_the_bot(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.username) == (True, "zhaoshang_bot")


async def test_a_text_arrives(bot: Bot, server: BotApiServer) -> None:
    sent = await bot.send_message(ZHANG, "  已记下  ")
    assert sent.text == "已记下"
    assert [message["text"] for message in server.crowd.messages(ZHANG)] == ["已记下"]
    assert server.crowd.messages(LI) == []


async def test_4096_characters_are_the_limit(bot: Bot) -> None:
    assert len((await bot.send_message(ZHANG, "长" * 4096)).text or "") == 4096
    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        await bot.send_message(ZHANG, "长" * 4097)


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_an_empty_text_is_refused(bot: Bot, text: str) -> None:
    with pytest.raises(BadRequest, match=r"^Message text is empty$"):
        await bot.send_message(ZHANG, text)


async def test_unknown_chats_are_refused(bot: Bot) -> None:
    for chat in (999, "@nobody"):
        with pytest.raises(BadRequest, match=r"^Chat not found$"):
            await bot.send_message(chat, "在吗")


async def test_a_person_who_blocked_the_bot_gets_nothing(bot: Bot, server: BotApiServer) -> None:
    server.crowd.block(ZHANG)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ZHANG, "在吗")
    server.crowd.unblock(ZHANG)
    assert (await bot.send_message(ZHANG, "在吗")).text == "在吗"


async def test_the_bot_cannot_begin_a_chat(bot: Bot, server: BotApiServer) -> None:
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(STRANGER, "您好")
    server.crowd.say(STRANGER, "/start")
    assert (await bot.send_message(STRANGER, "您好")).chat.id == STRANGER


async def test_a_wrong_token_is_unauthorized(server: BotApiServer) -> None:
    with pytest.raises(InvalidToken):
        async with make_bot(server, token="1:wrong"):
            pass


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(Exception, match="Endpoint 'sendPigeon' not found"):
        await bot.do_api_request("sendPigeon")


async def test_log_out_ends_the_service(bot: Bot) -> None:
    assert await bot.log_out()
    with pytest.raises(BadRequest, match="Logged out"):
        await bot.get_me()


async def test_callback_data_has_64_bytes(bot: Bot) -> None:
    def buttons(size: int) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("撤销", callback_data="x" * size)]])

    sent = await bot.send_message(ZHANG, "已记下", reply_markup=buttons(64))
    assert sent.reply_markup == buttons(64)
    with pytest.raises(BadRequest, match=r"^Button_data_invalid$"):
        await bot.send_message(ZHANG, "已记下", reply_markup=buttons(65))


async def test_an_inline_button_must_do_something(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)Text buttons are unallowed in the inline keyboard"):
        await bot.send_message(ZHANG, "选一个", reply_markup={"inline_keyboard": [[{"text": "空"}]]})  # type: ignore[arg-type]


async def test_a_reply_keyboard_stays_until_removed(bot: Bot, server: BotApiServer) -> None:
    await bot.send_message(ZHANG, "选一个", reply_markup=ReplyKeyboardMarkup([["记拜访", "看排名"]]))
    keyboard = server.state.chats[ZHANG].keyboard
    assert keyboard is not None
    assert keyboard["keyboard"] == [[{"text": "记拜访"}, {"text": "看排名"}]]
    await bot.send_message(ZHANG, "好的", reply_markup=ReplyKeyboardRemove())
    assert server.state.chats[ZHANG].keyboard is None


async def test_a_reply_quotes_a_message_that_is_there(bot: Bot, server: BotApiServer) -> None:
    said = server.crowd.say(ZHANG, "明天去深圳")
    sent = await bot.send_message(ZHANG, "已记下", reply_to_message_id=said["message_id"])
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "明天去深圳"
    with pytest.raises(BadRequest, match=r"^Message to be replied not found$"):
        await bot.send_message(ZHANG, "已记下", reply_to_message_id=777)
    loose = await bot.send_message(ZHANG, "已记下", reply_to_message_id=777, allow_sending_without_reply=True)
    assert loose.reply_to_message is None


async def test_html_becomes_text_and_entities(bot: Bot) -> None:
    sent = await bot.send_message(ZHANG, "𠀀<b>到位</b> &lt;502亿&gt; <a href='http://x/'>口径</a>", parse_mode="HTML")
    assert sent.text == "𠀀到位 <502亿> 口径"
    found = {entity.type: sent.parse_entity(entity) for entity in sent.entities}
    assert found == {"bold": "到位", "text_link": "口径"}


@pytest.mark.parametrize(
    ("text", "mode", "complaint"),
    [
        ("<b>到位", "HTML", "Can't find end tag"),
        ("到位</b>", "HTML", "Unexpected end tag"),
        ("<h1>到位</h1>", "HTML", "Unsupported start tag"),
        ("*到位*", "MarkdownV2", "Unsupported parse_mode"),
    ],
)
async def test_broken_formatting_is_refused(bot: Bot, text: str, mode: str, complaint: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){complaint}"):
        await bot.send_message(ZHANG, text, parse_mode=mode)


async def test_a_photo_arrives_with_its_size_and_can_be_sent_again(bot: Bot) -> None:
    sent = await bot.send_photo(ZHANG, PNG, caption="排名图")
    assert (sent.photo[-1].width, sent.photo[-1].height, sent.caption) == (320, 200, "排名图")
    again = await bot.send_photo(LI, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


async def test_what_is_no_picture_is_no_photo(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"^Image_process_failed$"):
        await bot.send_photo(ZHANG, b"no picture at all")


async def test_a_document_can_be_fetched_again(bot: Bot) -> None:
    sent = await bot.send_document(ZHANG, b"PK\x03\x04 ledger", filename="台账.xlsx")
    assert sent.document is not None
    assert sent.document.file_name == "台账.xlsx"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"PK\x03\x04 ledger"


async def test_files_and_captions_have_limits(bot: Bot, server: BotApiServer) -> None:
    with pytest.raises(BadRequest, match=r"^Message caption is too long$"):
        await bot.send_document(ZHANG, b"x", filename="a.txt", caption="长" * 1025)
    with pytest.raises(BadRequest, match=r"^File must be non-empty$"):
        await bot.send_document(ZHANG, b"", filename="a.txt")
    with pytest.raises(BadRequest, match=r"(?i)wrong file_id"):
        await bot.get_file("nothing")
    large = server.crowd.send_document(ZHANG, b"x" * 20_000_001, "大.bin")
    with pytest.raises(BadRequest, match=r"^File is too big$"):
        await bot.get_file(large["document"]["file_id"])


async def test_chat_actions_are_checked(bot: Bot) -> None:
    assert await bot.send_chat_action(ZHANG, "typing")
    with pytest.raises(BadRequest, match=r"(?i)wrong parameter action"):
        await bot.send_chat_action(ZHANG, "thinking")
