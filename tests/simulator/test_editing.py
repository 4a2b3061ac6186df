"""The bot changes and removes its messages and answers pressed buttons."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.simulator import BotApiServer
from tests.simulator.conftest import ZHANG

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("撤销", callback_data="undo")]])


async def test_an_edit_replaces_text_and_keyboard(bot: Bot, server: BotApiServer) -> None:
    sent = await bot.send_message(ZHANG, "20亿", reply_markup=BUTTONS)
    await bot.edit_message_text("12亿", ZHANG, sent.message_id)
    (seen,) = server.crowd.messages(ZHANG)
    assert seen["text"] == "12亿"
    assert seen["edit_date"] >= seen["date"]
    assert "reply_markup" not in seen


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot) -> None:
    sent = await bot.send_message(ZHANG, "20亿", reply_markup=BUTTONS)
    with pytest.raises(BadRequest, match=r"^Message is not modified"):
        await bot.edit_message_text("20亿", ZHANG, sent.message_id, reply_markup=BUTTONS)
    with pytest.raises(BadRequest, match=r"^Message is not modified"):
        await bot.edit_message_reply_markup(ZHANG, sent.message_id, reply_markup=BUTTONS)


async def test_the_keyboard_alone_can_go(bot: Bot, server: BotApiServer) -> None:
    sent = await bot.send_message(ZHANG, "20亿", reply_markup=BUTTONS)
    await bot.edit_message_reply_markup(ZHANG, sent.message_id)
    (seen,) = server.crowd.messages(ZHANG)
    assert (seen["text"], "reply_markup" in seen) == ("20亿", False)


async def test_only_own_messages_that_exist_are_edited(bot: Bot, server: BotApiServer) -> None:
    said = server.crowd.say(ZHANG, "你好")
    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await bot.edit_message_text("您好", ZHANG, said["message_id"])
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await bot.edit_message_text("您好", ZHANG, 777)


async def test_captions_are_edited_apart_from_texts(bot: Bot) -> None:
    sent = await bot.send_document(ZHANG, b"x", filename="a.txt", caption="旧")
    edited = await bot.edit_message_caption(ZHANG, sent.message_id, caption="新")
    assert getattr(edited, "caption", "") == "新"
    with pytest.raises(BadRequest, match=r"^There is no text in the message to edit$"):
        await bot.edit_message_text("新", ZHANG, sent.message_id)


async def test_deleting_removes_once(bot: Bot, server: BotApiServer) -> None:
    sent = await bot.send_message(ZHANG, "错了")
    assert await bot.delete_message(ZHANG, sent.message_id)
    assert server.crowd.messages(ZHANG) == []
    with pytest.raises(BadRequest, match=r"^Message to delete not found$"):
        await bot.delete_message(ZHANG, sent.message_id)


async def test_a_pressed_button_is_answered(bot: Bot, server: BotApiServer) -> None:
    sent = await bot.send_message(ZHANG, "已记下", reply_markup=BUTTONS)
    query = server.crowd.press(ZHANG, sent.message_id, "撤销")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.id, update.callback_query.data) == (query, "undo")
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == sent.message_id
    assert server.crowd.answer(query) is None
    await bot.answer_callback_query(query, "已撤销", show_alert=True)
    assert server.crowd.answer(query) == {"text": "已撤销", "show_alert": True, "url": ""}


async def test_answers_have_limits(bot: Bot, server: BotApiServer) -> None:
    with pytest.raises(BadRequest, match=r"^Query is too old"):
        await bot.answer_callback_query("12345")
    sent = await bot.send_message(ZHANG, "已记下", reply_markup=BUTTONS)
    query = server.crowd.press(ZHANG, sent.message_id, "撤销")
    with pytest.raises(BadRequest, match=r"^Message_too_long$"):
        await bot.answer_callback_query(query, "长" * 201)
