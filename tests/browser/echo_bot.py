"""A small bot of the real library in a thread, which does a little of everything the page can show."""

import asyncio
import threading
from typing import Any, Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.request import AiohttpRequest
from bot.simulator import SimulatorThread

Context = ContextTypes.DEFAULT_TYPE
COMMANDS = [("start", "打个招呼"), ("help", "看看能做什么"), ("keys", "按钮键盘")]
BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("撤销", callback_data="undo"), InlineKeyboardButton("修改", callback_data="amend")],
        [InlineKeyboardButton("怎么算的", callback_data="explain")],
    ]
)


def _message(update: Update) -> Message:
    assert update.effective_message is not None
    return update.effective_message


async def _start(update: Update, _: Context) -> None:
    await _message(update).reply_html("您好，我是<b>招商助手</b>。直接说就行，例如：昨天拜访了比亚迪。")


async def _keys(update: Update, _: Context) -> None:
    keyboard = ReplyKeyboardMarkup([["看排名", "我的待办"], ["本月到位资金"]], resize_keyboard=True)
    await _message(update).reply_text("想看什么？", reply_markup=keyboard)


async def _echo(update: Update, _: Context) -> None:
    message = _message(update)
    await message.reply_chat_action("typing")
    await asyncio.sleep(0.2)
    quoted = f"（针对：{message.reply_to_message.text}）" if message.reply_to_message else ""
    edited = "已按修改更新" if update.edited_message else "已记下"
    await message.reply_text(f"{edited}：{message.text}{quoted}", reply_markup=BUTTONS)


async def _photo(update: Update, _: Context) -> None:
    await _message(update).reply_photo(_message(update).photo[-1].file_id, caption="收到图片")


async def _document(update: Update, _: Context) -> None:
    document = _message(update).document
    assert document is not None
    content = bytes(await (await document.get_file()).download_as_bytearray())
    await _message(update).reply_document(content, filename=f"回执-{document.file_name}", caption="导入报告")


async def _other(update: Update, _: Context) -> None:
    message = _message(update)
    kind = next(name for name in ("location", "voice", "sticker") if getattr(message, name))
    await message.reply_text(f"收到 {kind}")


async def _pressed(update: Update, _: Context) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "undo":
        await query.edit_message_text("已撤销。")
        await query.answer("撤销好了")
    elif query.data == "explain":
        await query.answer("到位资金按核实金额计算。", show_alert=True)
    else:
        await query.answer()


class EchoBot:
    """Polls a simulator from a thread of its own; a context manager."""

    def __init__(self, simulator: SimulatorThread) -> None:
        server = simulator.server
        builder = Application.builder().token(server.token).base_url(server.base_url)
        builder = builder.base_file_url(server.base_file_url)
        self._app: Application[Any, Any, Any, Any, Any, Any] = (
            builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest(4)).build()
        )
        self._app.add_handlers(
            [
                CommandHandler("start", _start),
                CommandHandler("keys", _keys),
                CallbackQueryHandler(_pressed),
                MessageHandler(filters.PHOTO, _photo),
                MessageHandler(filters.Document.ALL, _document),
                MessageHandler(filters.TEXT, _echo),
                MessageHandler(filters.ALL, _other),
            ]
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._begin())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _run(self, coroutine: Any) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(15)

    async def _begin(self) -> None:
        await self._app.initialize()
        await self._app.bot.set_my_commands(COMMANDS)
        await self._app.start()
        assert self._app.updater is not None
        await self._app.updater.start_polling()

    async def _end(self) -> None:
        assert self._app.updater is not None
        await self._app.updater.stop()
        await self._app.stop()
        await self._app.shutdown()
