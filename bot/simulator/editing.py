"""The methods that change or remove what the bot said, and the one that answers a pressed button."""

from bot.simulator.entities import as_fields, formatted
from bot.simulator.errors import BadRequest
from bot.simulator.markup import keyboard
from bot.simulator.params import Json, integer, structure, truth
from bot.simulator.sending import MOST_CAPTION, MOST_TEXT
from bot.simulator.state import Chat, State

MOST_ANSWER = 200
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
CONTENT = ("text", "entities", "caption", "caption_entities", "reply_markup")


def edit_message_text(state: State, params: Json) -> Json:
    """Replace a text; without a keyboard in the call the old one goes."""
    chat, message = _own(state, params)
    if "text" not in message:
        raise BadRequest("there is no text in the message to edit")
    text, entities = formatted(params, "text", MOST_TEXT, "message is too long")
    if not text:
        raise BadRequest("message text is empty")
    return _change(state, chat, message, {**as_fields(text, entities), **_inline(params)})


def edit_message_caption(state: State, params: Json) -> Json:
    """Replace the caption of a picture or file."""
    chat, message = _own(state, params)
    if "text" in message:
        raise BadRequest("there is no caption in the message to edit")
    text, entities = formatted(params, "caption", MOST_CAPTION, "message caption is too long")
    return _change(state, chat, message, {**as_fields(text, entities, "caption"), **_inline(params)})


def edit_message_reply_markup(state: State, params: Json) -> Json:
    """Replace or take away the inline keyboard of a message."""
    chat, message = _own(state, params)
    kept = {name: message[name] for name in CONTENT[:-1] if name in message}
    return _change(state, chat, message, {**kept, **_inline(params)})


def delete_message(state: State, params: Json) -> bool:
    """Remove a message of either side."""
    chat = state.reachable(params)
    message_id = integer(params, "message_id", 0)
    if message_id not in chat.messages:
        raise BadRequest("message to delete not found")
    state.remove(chat, message_id)
    return True


def answer_callback_query(state: State, params: Json) -> bool:
    """Stop the waiting sign of a pressed button, with a short notice if there is a text."""
    query = str(params.get("callback_query_id") or "")
    if query not in state.queries:
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    text = str(params.get("text") or "")
    if len(text) > MOST_ANSWER:
        raise BadRequest("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": truth(params, "show_alert"), "url": str(params.get("url") or "")}
    state.answers[query] = answer
    state.events.publish("answer", query=query, **answer)
    return True


def _own(state: State, params: Json) -> tuple[Chat, Json]:
    """Return a message of the bot's own and its chat; refuse any other."""
    chat = state.reachable(params)
    message = chat.messages.get(integer(params, "message_id", 0))
    if message is None:
        raise BadRequest("message to edit not found")
    if message["from"] is not state.bot:
        raise BadRequest("message can't be edited")
    return chat, message


def _inline(params: Json) -> Json:
    """Return the keyboard field of an edit, which can only be an inline one."""
    if not structure(params, "reply_markup"):
        return {}
    markup = keyboard(params)
    if "inline_keyboard" not in markup:
        raise BadRequest("inline keyboard expected")
    return {"reply_markup": markup} if markup["inline_keyboard"] else {}


def _change(state: State, chat: Chat, message: Json, content: Json) -> Json:
    """Give a message new content; refuse when it is the content it has."""
    if all(message.get(name) == content.get(name) for name in CONTENT):
        raise BadRequest(NOT_MODIFIED)
    kept = {name: value for name, value in message.items() if name not in CONTENT}
    return state.change(chat, {**kept, "edit_date": int(state.clock()), **content})
