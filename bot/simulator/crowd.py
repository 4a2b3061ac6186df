"""What people do on their phones: write, edit, press, send files and places, block; each becomes an update."""

from typing import Any

from bot.simulator.entities import as_fields, commands
from bot.simulator.errors import NotAllowed
from bot.simulator.files import document_card, photo_sizes
from bot.simulator.params import Json, Upload
from bot.simulator.sending import MOST_TEXT
from bot.simulator.state import Chat, Person, State, quoted


class Crowd:
    """The people of a simulator; call it on the server's event loop only. `chat` is a group, else the private chat."""

    def __init__(self, state: State) -> None:
        self._state = state

    def say(self, user: int, text: str, reply_to: int | None = None, chat: int | None = None) -> Json:
        """Write a message and return it; a text over 4096 characters goes out in pieces, as from a phone."""
        text = text.strip()
        if not text:
            raise NotAllowed("an empty message cannot be sent")
        pieces = [text[start : start + MOST_TEXT] for start in range(0, len(text), MOST_TEXT)]
        return [self._send(user, chat, as_fields(piece, commands(piece)), reply_to) for piece in pieces][-1]

    def edit(self, user: int, message_id: int, text: str, chat: int | None = None) -> Json:
        """Edit one's own text message and return its new version."""
        room = self._room(user, chat)
        message = _existing(room, message_id)
        if message["from"]["id"] != user or "text" not in message:
            raise NotAllowed("only an own text message can be edited")
        kept = {name: value for name, value in message.items() if name not in {"text", "entities"}}
        edited = {**kept, "edit_date": int(self._state.clock()), **as_fields(text.strip(), commands(text.strip()))}
        self._state.change(room, edited)
        self._state.updates.push("edited_message", edited)
        return edited

    def press(self, user: int, message_id: int | None, button: str, chat: int | None = None) -> str:
        """Press a button by its text; return the callback query's number, empty for a reply button or a link.

        An inline button is looked for under the message; without a message, or without such a button,
        the reply keyboard now shown is pressed.
        """
        room = self._room(user, chat)
        message = _existing(room, message_id) if message_id else None
        pressed = _find(message.get("reply_markup", {}).get("inline_keyboard", []), button) if message else None
        if message is not None and pressed is not None:
            return self._call_back(user, message, pressed) if "callback_data" in pressed else ""
        keyboard = room.keyboard
        if keyboard is None or _find(keyboard["keyboard"], button) is None:
            raise NotAllowed(f"there is no button {button!r} to press")
        if keyboard.get("one_time_keyboard"):
            self._state.show_keyboard(room, None)
        self.say(user, button, chat=chat)
        return ""

    def send_photo(self, user: int, content: bytes, name: str = "photo.jpg", caption: str = "", **where: Any) -> Json:
        """Send a picture."""
        file = self._state.files.add("photos", Upload(name, "", content))
        return self._send(
            user, where.get("chat"), {"photo": photo_sizes(file), **_caption(caption)}, where.get("reply_to")
        )

    def send_document(self, user: int, content: bytes, name: str, caption: str = "", **where: Any) -> Json:
        """Send a file."""
        file = self._state.files.add("documents", Upload(name, "", content))
        fields = {"document": document_card(file), **_caption(caption)}
        return self._send(user, where.get("chat"), fields, where.get("reply_to"))

    def send_voice(self, user: int, content: bytes = b"OggS", seconds: int = 3, **where: Any) -> Json:
        """Send a voice message."""
        file = self._state.files.add("voice", Upload("voice.oga", "audio/ogg", content))
        voice = {**file.card(), "duration": seconds, "mime_type": file.kind}
        return self._send(user, where.get("chat"), {"voice": voice}, where.get("reply_to"))

    def send_location(self, user: int, latitude: float, longitude: float, **where: Any) -> Json:
        """Send a place on the map."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._send(user, where.get("chat"), {"location": place}, where.get("reply_to"))

    def send_contact(self, user: int, name: str, phone: str, **where: Any) -> Json:
        """Send somebody's card."""
        card = {"phone_number": phone, "first_name": name}
        return self._send(user, where.get("chat"), {"contact": card}, where.get("reply_to"))

    def send_sticker(self, user: int, emoji: str = "\N{THUMBS UP SIGN}", **where: Any) -> Json:
        """Send a sticker."""
        file = self._state.files.add("stickers", Upload("sticker.webp", "image/webp", b"RIFF----WEBP"))
        looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send(user, where.get("chat"), {"sticker": {**file.card(), **looks, "emoji": emoji}}, None)

    def block(self, user: int) -> None:
        """Block the bot: its calls for this chat are refused."""
        self._set_blocked(user, blocked=True)

    def unblock(self, user: int) -> None:
        """Let the bot write again."""
        self._set_blocked(user, blocked=False)

    def messages(self, chat: int, after: int = 0) -> list[Json]:
        """Return the messages of a chat as now seen, later than a given one."""
        return [message for message in self._state.chats[chat].messages.values() if message["message_id"] > after]

    def replies(self, chat: int, after: int = 0) -> list[Json]:
        """Return what the bot wrote in a chat, later than a given message."""
        return [message for message in self.messages(chat, after) if message["from"] is self._state.bot]

    def answer(self, query: str) -> Json | None:
        """Return the bot's answer to a pressed button, None while there is none."""
        return self._state.answers.get(query)

    def _person(self, user: int) -> Person:
        try:
            return self._state.people[user]
        except KeyError:
            raise NotAllowed(f"nobody here has the number {user}; add the person first") from None

    def _room(self, user: int, chat: int | None) -> Chat:
        """Return the chat a person acts in; it must be one they are in."""
        self._person(user)
        room = self._state.chats.get(user if chat is None else chat)
        if room is None or user not in room.members:
            raise NotAllowed(f"{user} is in no chat {chat}")
        return room

    def _send(self, user: int, chat: int | None, fields: Json, reply_to: int | None) -> Json:
        """Post a person's message and queue its update; writing begins the chat and lifts a block."""
        person, room = self._person(user), self._room(user, chat)
        if room.id == user:
            person.started = True
            if person.blocked:
                self.unblock(user)
        if reply_to is not None:
            fields = {**fields, "reply_to_message": quoted(_existing(room, reply_to))}
        message = self._state.post(room, person.card(), fields)
        self._state.updates.push("message", message)
        return message

    def _call_back(self, user: int, message: Json, button: Json) -> str:
        """Queue the callback query of a pressed inline button."""
        query = str(4_000_000_000 + len(self._state.queries))
        self._state.queries.add(query)
        payload = {
            "id": query,
            "from": self._person(user).card(),
            "message": message,
            "chat_instance": str(message["chat"]["id"]),
            "data": button["callback_data"],
        }
        self._state.updates.push("callback_query", payload)
        return query

    def _set_blocked(self, user: int, *, blocked: bool) -> None:
        """Change the block and tell the bot, as Telegram does."""
        person = self._person(user)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        kicked = {"user": self._state.bot, "status": "kicked", "until_date": 0}
        member = {"user": self._state.bot, "status": "member"}
        change = {
            "chat": self._state.chats[user].card,
            "from": person.card(),
            "date": int(self._state.clock()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self._state.events.publish("blocked", chat=user, blocked=blocked)
        self._state.updates.push("my_chat_member", change)


def _existing(room: Chat, message_id: int) -> Json:
    try:
        return room.messages[message_id]
    except KeyError:
        raise NotAllowed(f"there is no message {message_id} in this chat") from None


def _find(rows: list[list[Json]], text: str) -> Json | None:
    """Return the first button with the text."""
    return next((button for row in rows for button in row if button["text"] == text), None)


def _caption(caption: str) -> Json:
    return as_fields(caption.strip(), commands(caption.strip()), "caption")
