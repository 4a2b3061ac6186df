"""Everything the simulated Telegram knows: people, chats, messages, files, commands, calls."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.simulator.errors import BadRequest, Forbidden
from bot.simulator.events import Events
from bot.simulator.faults import Faults
from bot.simulator.files import FileStore
from bot.simulator.params import Json
from bot.simulator.updates import UpdateQueue

BOT_NAME = "zhaoshang_bot"
KEPT_CALLS = 100_000


@dataclass(slots=True)
class Person:
    """Somebody with Telegram on the phone; the private chat with the bot has the same number."""

    id: int
    name: str
    title: str = ""
    note: str = ""
    suggestions: tuple[str, ...] = ()
    started: bool = True  # the bot may write first only to people who began the chat
    blocked: bool = False

    def card(self) -> Json:
        """Return the person as Telegram's User."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "zh-hans"}


@dataclass(slots=True)
class Chat:
    """A private chat or a group, with its messages as now seen."""

    id: int
    card: Json
    members: set[int]
    messages: dict[int, Json] = field(default_factory=dict)
    keyboard: Json | None = None  # the reply keyboard now shown


class Call(NamedTuple):
    """One call of a bot method, as it came in and as it ended."""

    method: str
    params: Json
    code: int  # 200, or the error's code; 0 when the connection was cut
    at: float  # seconds of the wall clock


class State:
    """One bot and the people around it; all in memory, touched by one event loop only."""

    def __init__(self, token: str, bot_name: str = BOT_NAME, clock: Callable[[], float] = time.time) -> None:
        self.token = token
        self.clock = clock
        number = token.partition(":")[0]
        self.bot: Json = {
            "id": int(number) if number.isdigit() else 1,
            "is_bot": True,
            "first_name": bot_name,
            "username": bot_name,
        }
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.events = Events()
        self.faults = Faults()
        self.updates = UpdateQueue()
        self.updates.doubled = self.faults.doubles
        self.webhook: Json = {"url": ""}
        self.commands: dict[str, list[Json]] = {}
        self.answers: dict[str, Json] = {}  # callback query -> what the bot answered
        self.queries: set[str] = set()
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.logged_out = False
        self.last_message = 0

    def add_person(self, person: Person) -> Person:
        """Give a person a phone and a private chat."""
        self.people[person.id] = person
        card = {"id": person.id, "type": "private", "first_name": person.name}
        self.chats.setdefault(person.id, Chat(person.id, card, {person.id}))
        self.events.publish("person", person=person_row(person))
        return person

    def add_group(self, chat_id: int, title: str, members: Iterable[int]) -> Chat:
        """Open a group of people and the bot; its number is below zero."""
        card = {"id": chat_id, "type": "supergroup" if chat_id < -(10**12) else "group", "title": title}
        return self.chats.setdefault(chat_id, Chat(chat_id, card, set(members)))

    def reachable(self, params: Json) -> Chat:
        """Return the chat a call is for; refuse one that is unknown, never began or blocked the bot."""
        try:
            chat = self.chats[int(params["chat_id"])]
        except KeyError:
            reason = "chat not found" if "chat_id" in params else "chat_id is empty"
            raise BadRequest(reason) from None
        except (TypeError, ValueError):
            raise BadRequest("chat not found") from None
        person = self.people.get(chat.id)
        if person and person.blocked:
            raise Forbidden("bot was blocked by the user")
        if person and not person.started:
            raise Forbidden("bot can't initiate conversation with a user")
        return chat

    def post(self, chat: Chat, author: Json, fields: Mapping[str, Any]) -> Json:
        """Put a new message into a chat and return it."""
        self.last_message += 1
        message: Json = {
            "message_id": self.last_message,
            "from": author,
            "chat": chat.card,
            "date": int(self.clock()),
            **fields,
        }
        chat.messages[self.last_message] = message
        self.events.publish("message", chat=chat.id, message=message)
        return message

    def change(self, chat: Chat, message: Json) -> Json:
        """Put the new version of a message in the place of the old one and return it."""
        chat.messages[message["message_id"]] = message
        self.events.publish("edited", chat=chat.id, message=message)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message away."""
        del chat.messages[message_id]
        self.events.publish("deleted", chat=chat.id, message_id=message_id)

    def clear_chats(self) -> None:
        """Empty all chats, as after reinstalling everybody's app; updates and calls stay."""
        for chat in self.chats.values():
            chat.messages.clear()
            self.show_keyboard(chat, None)

    def show_keyboard(self, chat: Chat, keyboard: Json | None) -> None:
        """Change the reply keyboard of a chat."""
        if keyboard != chat.keyboard:
            chat.keyboard = keyboard
            self.events.publish("keyboard", chat=chat.id, keyboard=keyboard)


def person_row(person: Person) -> Json:
    """Return a person as the page lists them."""
    return {
        "id": person.id,
        "name": person.name,
        "title": person.title,
        "note": person.note,
        "suggestions": list(person.suggestions),
        "blocked": person.blocked,
    }


def quoted(message: Json) -> Json:
    """Return a message as it stands inside a reply to it: without what it replied to itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}
