"""A simulator in a thread of its own, for tests that are not asynchronous."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Self, TypeVar

from bot.simulator.crowd import Crowd
from bot.simulator.faults import Fault
from bot.simulator.params import Json
from bot.simulator.server import BotApiServer
from bot.simulator.state import Call, Person

Result = TypeVar("Result")


class SimulatorThread:
    """Runs a BotApiServer in a thread and does what people do by blocking calls; a context manager."""

    def __init__(self, people: Iterable[Person] = (), **options: Any) -> None:
        self.server = BotApiServer(people, **options)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulator", daemon=True)

    def start(self) -> Self:
        """Start the thread and listen."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.server.start(), self._loop).result(10)
        return self

    def stop(self) -> None:
        """Stop listening and end the thread."""
        asyncio.run_coroutine_threadsafe(self.server.stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Return the server's address."""
        return self.server.url

    def do(self, action: Callable[[Crowd], Result]) -> Result:
        """Do anything the crowd can do, on the server's loop, and return what it gave."""

        async def act() -> Result:
            return action(self.server.crowd)

        return asyncio.run_coroutine_threadsafe(act(), self._loop).result(10)

    def say(self, user: int, text: str, reply_to: int | None = None, chat: int | None = None) -> Json:
        """Write a message and return it."""
        return self.do(lambda crowd: crowd.say(user, text, reply_to, chat))

    def edit(self, user: int, message_id: int, text: str) -> Json:
        """Edit one's own message and return its new version."""
        return self.do(lambda crowd: crowd.edit(user, message_id, text))

    def press(self, user: int, message_id: int | None, button: str) -> str:
        """Press a button by its text; return the callback query's number, empty when there is none."""
        return self.do(lambda crowd: crowd.press(user, message_id, button))

    def messages(self, chat: int, after: int = 0) -> list[Json]:
        """Return the messages of a chat as now seen."""
        return self.do(lambda crowd: crowd.messages(chat, after))

    def replies(self, chat: int, after: int = 0) -> list[Json]:
        """Return what the bot wrote in a chat."""
        return self.do(lambda crowd: crowd.replies(chat, after))

    def calls(self, method: str = "") -> list[Call]:
        """Return the bot's calls, of one method or of all."""
        found = self.do(lambda _: list(self.server.state.calls))
        return [call for call in found if not method or call.method.lower() == method.lower()]

    def add_person(self, person: Person) -> Person:
        """Give somebody a phone."""
        return self.do(lambda _: self.server.state.add_person(person))

    def fault(self, kind: str, method: str = "*", **details: Any) -> Fault:
        """Set a fault; `details` are the fields of Fault."""
        return self.do(lambda _: self.server.faults.set(kind, method, **details))

    def clear_faults(self) -> None:
        """Behave well again."""
        self.do(lambda _: self.server.faults.clear())

    def ask(self, user: int, text: str, timeout: float = 10) -> str:
        """Write a message and return the text of the first reply."""
        said = self.say(user, text)
        return str(self.wait_for_reply(user, said["message_id"], timeout).get("text", ""))

    def wait_for_reply(self, chat: int, after: int, timeout: float = 10) -> Json:
        """Return the bot's first message later than a given one; raise TimeoutError when none comes."""
        return self.wait_for_replies(chat, after, 1, timeout)[0]

    def wait_for_replies(self, chat: int, after: int, count: int, timeout: float = 10) -> list[Json]:
        """Return the bot's messages later than a given one once there are enough."""
        return self.wait_until(chat, lambda messages: len(messages) >= count, after, timeout)

    def wait_until(
        self, chat: int, holds: Callable[[list[Json]], bool], after: int = 0, timeout: float = 10
    ) -> list[Json]:
        """Return the bot's messages later than a given one once something holds for them."""
        deadline = time.monotonic() + timeout
        while not holds(replies := self.replies(chat, after)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {timeout} s in chat {chat}; the bot said: {replies}")
            time.sleep(0.01)
        return replies
