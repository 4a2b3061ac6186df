"""A local Bot API server in a process of its own, and the bots run against it."""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

LOOK_SECONDS = 0.5
RUN_SECONDS, STOP_SECONDS = 120.0, 20.0
MOST_COMPLAINTS = 4_000


@dataclass(frozen=True, slots=True)
class BotApi:
    """The server, spoken to over HTTP."""

    url: str
    token: str

    def say(self, user: int, text: str) -> None:
        """Let a person write a message."""
        body = json.dumps({"user": user, "text": text}).encode()
        request = urllib.request.Request(f"{self.url}/control/say", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as response:
            response.read()

    def get(self, path: str) -> Any:
        """Return what the control side answers."""
        with urllib.request.urlopen(f"{self.url}/control/{path}", timeout=30) as response:
            return json.load(response)

    def sends(self, last: int) -> list[float]:
        """Return when messages were sent, the last so many of them."""
        return [call["at"] for call in self.get(f"calls?method=sendMessage&last={last}") if call["code"] == 200]

    def wait_for_sends(self, count: int, bot: "subprocess.Popen[str]") -> list[float]:
        """Return when each message was sent, once there are so many and no more come.

        It looks seldom: a server that is asked often would slow the bot.
        """
        deadline, before = time.monotonic() + RUN_SECONDS, -1
        while (sends := len(self.sends(2 * count))) < count or sends > before:
            if time.monotonic() > deadline or bot.poll() is not None:
                raise RuntimeError(f"{sends} of {count} messages were answered")
            before = sends
            time.sleep(LOOK_SECONDS)
        return sorted(self.sends(2 * count))


@contextmanager
def bot_api(people: Sequence[int]) -> Iterator[BotApi]:
    """Run a server with these people."""
    rows = [{"id": number, "name": str(number)} for number in people]
    with child("bot.simulator", feed=json.dumps({"people": rows})) as server:
        address = hear(server)
        yield BotApi(address["url"], address["token"])


@contextmanager
def child(module: str, *arguments: str, feed: str = "") -> Iterator["subprocess.Popen[str]"]:
    """Run a module in a process of its own; it is gone at the end."""
    with tempfile.TemporaryFile("w+") as complaints:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": complaints}
        process = subprocess.Popen([sys.executable, "-m", module, *arguments], text=True, **pipes)
        try:
            assert process.stdin is not None
            process.stdin.write(feed)
            process.stdin.close()
            yield process
        except Exception as fault:
            complaints.seek(0)
            fault.add_note(f"{module} said: {complaints.read()[:MOST_COMPLAINTS]}")
            raise
        finally:
            _end(process)


def _end(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
    assert process.stdout is not None
    process.stdout.close()


def hear(process: "subprocess.Popen[str]") -> Any:
    """Return the next line a child says."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{process.args!r} ended without a word")
    return json.loads(line)
