"""What people do becomes updates that the library reads."""

from datetime import timedelta

import pytest
from telegram import Bot, ReplyKeyboardMarkup, Update

from bot.simulator import BotApiServer
from bot.simulator.errors import NotAllowed
from tests.simulator.conftest import LI, ZHANG
from tests.simulator.test_sending import PNG

GROUP = -500


async def test_a_command_is_marked_as_one(bot: Bot, server: BotApiServer) -> None:
    server.crowd.say(ZHANG, "𠀀 /start ABC")
    (update,) = await bot.get_updates()
    assert update.message is not None
    (entity,) = update.message.entities
    assert (entity.type, update.message.parse_entity(entity)) == ("bot_command", "/start")


async def test_slashes_in_words_are_no_commands(server: BotApiServer) -> None:
    assert "entities" not in server.crowd.say(ZHANG, "3/4 的项目, and/or")


async def test_a_reply_carries_the_message_it_answers(bot: Bot, server: BotApiServer) -> None:
    sent = await bot.send_message(ZHANG, "在哪一天？")
    server.crowd.say(ZHANG, "昨天", reply_to=sent.message_id)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.text == "在哪一天？"


async def test_long_texts_go_out_in_pieces(server: BotApiServer) -> None:
    server.crowd.say(ZHANG, "长" * 5000)
    assert [len(message["text"]) for message in server.crowd.messages(ZHANG)] == [4096, 904]


async def test_files_places_stickers_and_cards_are_read_by_the_library(bot: Bot, server: BotApiServer) -> None:
    server.crowd.send_photo(ZHANG, PNG, caption="名片")
    server.crowd.send_document(ZHANG, b"PK", "台账.xlsx")
    server.crowd.send_voice(ZHANG)
    server.crowd.send_location(ZHANG, 28.77, 104.62)
    server.crowd.send_sticker(ZHANG)
    server.crowd.send_contact(ZHANG, "陈总", "13800000000")
    photo, document, voice, location, sticker, contact = [u.message for u in await bot.get_updates() if u.message]
    assert (photo.photo[0].width, photo.caption) == (320, "名片")
    assert document.document is not None
    assert document.document.file_name == "台账.xlsx"
    assert voice.voice is not None
    assert voice.voice.duration == timedelta(seconds=3)
    assert location.location is not None
    assert location.location.latitude == 28.77
    assert sticker.sticker is not None
    assert contact.contact is not None
    assert contact.contact.phone_number == "13800000000"


async def test_a_reply_button_says_its_text(bot: Bot, server: BotApiServer) -> None:
    await bot.send_message(ZHANG, "选", reply_markup=ReplyKeyboardMarkup([["看排名"]], one_time_keyboard=True))
    assert server.crowd.press(ZHANG, None, "看排名") == ""
    assert server.crowd.messages(ZHANG)[-1]["text"] == "看排名"
    with pytest.raises(NotAllowed, match="no button"):
        server.crowd.press(ZHANG, None, "看排名")


async def test_blocking_is_told_to_the_bot(bot: Bot, server: BotApiServer) -> None:
    server.crowd.block(ZHANG)
    server.crowd.block(ZHANG)
    server.crowd.say(ZHANG, "我回来了")
    updates = await bot.get_updates()
    changes = [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member]
    assert changes == ["kicked", "member"]


async def test_groups_have_members(bot: Bot, server: BotApiServer) -> None:
    server.state.add_group(GROUP, "招商一科", [ZHANG])
    server.crowd.say(ZHANG, "大家好", chat=GROUP)
    with pytest.raises(NotAllowed, match="in no chat"):
        server.crowd.say(LI, "我呢", chat=GROUP)
    (update,) = await bot.get_updates()
    assert update.effective_chat is not None
    assert (update.effective_chat.id, update.effective_chat.type) == (GROUP, "group")
    await bot.send_message(GROUP, "收到")
    assert [message["text"] for message in server.crowd.messages(GROUP)] == ["大家好", "收到"]


async def test_people_can_do_no_more_than_the_app_lets_them(bot: Bot, server: BotApiServer) -> None:
    sent = await bot.send_message(ZHANG, "你好")
    with pytest.raises(NotAllowed, match="own text"):
        server.crowd.edit(ZHANG, sent.message_id, "改你的")
    with pytest.raises(NotAllowed, match="no message 777"):
        server.crowd.say(ZHANG, "回", reply_to=777)
    with pytest.raises(NotAllowed, match="nobody here"):
        server.crowd.say(4711, "我是谁")
    with pytest.raises(NotAllowed, match="empty"):
        server.crowd.say(ZHANG, " ")


async def test_every_update_is_whole(server: BotApiServer) -> None:
    said = server.crowd.say(ZHANG, "20亿")
    server.crowd.edit(ZHANG, said["message_id"], "12亿 /help")
    server.crowd.block(LI)
    for raw in server.state.updates.first(100):
        update = Update.de_json(raw, None)
        assert update.effective_user is not None
        assert update.to_dict()["update_id"] == raw["update_id"]
