"""The methods that put something new into a chat."""

from bot.simulator.entities import as_fields, formatted
from bot.simulator.errors import BadRequest
from bot.simulator.files import StoredFile, document_card, photo_sizes
from bot.simulator.markup import keyboard
from bot.simulator.params import Json, Upload, integer, structure, truth
from bot.simulator.state import Chat, State, quoted

MOST_TEXT = 4096
MOST_CAPTION = 1024
CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(state: State, params: Json) -> Json:
    """Send a text."""
    chat = state.reachable(params)
    text, entities = formatted(params, "text", MOST_TEXT, "message is too long")
    if not text:
        raise BadRequest("message text is empty")
    return _post(state, chat, params, as_fields(text, entities))


def send_photo(state: State, params: Json) -> Json:
    """Send a picture with an optional caption."""
    chat = state.reachable(params)
    sizes = photo_sizes(_file(state, params, "photo", "photos"))
    return _post(state, chat, params, {"photo": sizes, **_caption(params)})


def send_document(state: State, params: Json) -> Json:
    """Send a file with an optional caption."""
    chat = state.reachable(params)
    card = document_card(_file(state, params, "document", "documents"))
    return _post(state, chat, params, {"document": card, **_caption(params)})


def send_chat_action(state: State, params: Json) -> bool:
    """Show that the bot is busy, for five seconds or until it says something."""
    chat = state.reachable(params)
    action = str(params.get("action") or "")
    if action not in CHAT_ACTIONS:
        raise BadRequest("wrong parameter action in request")
    state.events.publish("action", chat=chat.id, action=action)
    return True


def _post(state: State, chat: Chat, params: Json, content: Json) -> Json:
    """Post what the bot says, with what it replies to and its keyboard."""
    fields = content
    if "reply_parameters" in params or "reply_to_message_id" in params:
        fields = {**fields, **_replied(chat, params)}
    markup = keyboard(params) if "reply_markup" in params else {}
    if markup.get("inline_keyboard"):
        fields = {**fields, "reply_markup": markup}
    message = state.post(chat, state.bot, fields)
    if "keyboard" in markup:
        state.show_keyboard(chat, markup)
    elif markup.get("remove_keyboard"):
        state.show_keyboard(chat, None)
    return message


def _replied(chat: Chat, params: Json) -> Json:
    """Return the field that quotes the message replied to, which must be there unless the call allows otherwise."""
    reply = structure(params, "reply_parameters") or {
        "message_id": params.get("reply_to_message_id"),
        "allow_sending_without_reply": truth(params, "allow_sending_without_reply"),
    }
    target = chat.messages.get(integer(reply, "message_id", 0))
    if target:
        return {"reply_to_message": quoted(target)}
    if truth(reply, "allow_sending_without_reply"):
        return {}
    raise BadRequest("message to be replied not found")


def _caption(params: Json) -> Json:
    text, entities = formatted(params, "caption", MOST_CAPTION, "message caption is too long")
    return as_fields(text, entities, "caption")


def _file(state: State, params: Json, name: str, folder: str) -> StoredFile:
    """Return the file of a call: uploaded in a part, attached under another name, or sent before."""
    value = params.get(name)
    if isinstance(value, str) and value.startswith("attach://"):
        value = params.get(value.removeprefix("attach://"))
    if isinstance(value, Upload):
        return state.files.add(folder, value)
    if not value:
        raise BadRequest(f"there is no {name} in the request")
    if str(value).startswith(("http://", "https://")):
        raise BadRequest("wrong file identifier/HTTP URL specified")
    return state.files.get(str(value))
