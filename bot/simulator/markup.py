"""Checks keyboards as Telegram does: what a button may carry and how much of it."""

from typing import Any

from bot.simulator.errors import BadRequest
from bot.simulator.params import Json, structure

MOST_DATA = 64  # bytes of callback data
MOST_BUTTONS = 100
ACTIONS = ("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat", "web_app", "copy_text")


def keyboard(params: Json) -> Json:
    """Return the checked reply markup of a call, empty when there is none."""
    markup = structure(params, "reply_markup")
    if not markup:
        return {}
    if not isinstance(markup, dict):
        raise BadRequest("object expected as reply markup")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": _rows(markup["inline_keyboard"], _inline_button)}
    if "keyboard" in markup:
        return {**markup, "keyboard": _rows(markup["keyboard"], _reply_button)}
    return markup


def _rows(rows: Any, check: Any) -> list[list[Json]]:
    """Return the rows of buttons, each checked; empty rows vanish."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise BadRequest("can't parse reply keyboard markup JSON object")
    checked = [[check(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > MOST_BUTTONS:
        raise BadRequest("reply markup is too long")
    return checked


def _inline_button(button: Any) -> Json:
    """Return an inline button that has a text and exactly something to do."""
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise BadRequest('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not any(action in button for action in ACTIONS):
        raise BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= MOST_DATA:
        raise BadRequest("BUTTON_DATA_INVALID")
    return button


def _reply_button(button: Any) -> Json:
    """Return a reply button as an object; a bare text is one too."""
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise BadRequest('can\'t parse keyboard button: Field "text" must be of type String')
    return button
