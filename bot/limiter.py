"""Keeps within what Telegram lets a bot send, and waits when it is told to."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

GROUP_WINDOW = 60.0
SEVERAL_CHATS_WINDOW = 5.0  # a second chat refused this soon after the first: it is the whole bot that is too fast
SWEEP_AT = 5_000
NO_TIME = 1e-6  # seconds: what rounding leaves of a wait that is over


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent; `None` is no limit."""

    overall: float | None = 25.0  # messages a second; with the burst never more than 29 in any second
    overall_burst: int = 4
    private: float | None = 1.0  # messages a second in one private chat
    private_burst: int = 3
    group: int | None = 20  # messages in any minute in one group

    @classmethod
    def none(cls) -> "Limits":
        """Return no limits: for a Bot API server of one's own that has none."""
        return cls(overall=None, private=None, group=None)


@dataclass(slots=True)
class Bucket:
    """A token bucket: `rate` tokens a second, never more than `size`."""

    rate: float
    size: float
    tokens: float
    at: float

    def wait(self, now: float, needed: float = 1.0) -> float:
        """Return the seconds until `needed` tokens are there."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (needed - self.tokens) / self.rate)

    def take(self) -> None:
        """Take one token."""
        self.tokens -= 1


@dataclass(slots=True)
class _Chat:
    bucket: Bucket | None = None
    sent: deque[float] = field(default_factory=deque)  # a group's last messages
    halted_until: float = 0.0


class Limiter:
    """Decides when the next message may go; the clock is monotonic, so a corrected wall clock changes nothing."""

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits or Limits()
        self._clock = clock
        self._chats: dict[int, _Chat] = {}
        self._overall: Bucket | None = None
        if self.limits.overall is not None:
            size = float(self.limits.overall_burst)
            self._overall = Bucket(self.limits.overall, size, size, clock())
        self._halted_until = 0.0
        self._refused: tuple[float, int] = (float("-inf"), 0)
        self._urgent_waiting = 0

    async def acquire(self, chat_id: int, *, urgent: bool = True, patience: float = 10.0) -> float:
        """Wait for leave to send and return 0; return the seconds still to wait when that is beyond patience."""
        self._urgent_waiting += urgent
        try:
            while (wait := self.delay(chat_id, urgent=urgent)) > 0:
                if wait > patience:
                    return wait
                patience -= wait
                await asyncio.sleep(wait)
        finally:
            self._urgent_waiting -= urgent
        self._take(chat_id)
        return 0.0

    def delay(self, chat_id: int, *, urgent: bool = True) -> float:
        """Return the seconds until a message to the chat may go; what is not urgent lets the urgent pass."""
        now = self._clock()
        overall = 0.0
        if self._overall is not None:
            overall = self._overall.wait(now, 1.0 if urgent else 1.0 + self._urgent_waiting)
        chat = self._chats.get(chat_id)
        own = 0.0 if chat is None else max(chat.halted_until - now, self._chat_wait(chat, now))
        wait = max(self._halted_until - now, overall, own)
        return wait if wait > NO_TIME else 0.0

    def halt(self, chat_id: int, seconds: float) -> None:
        """Send nothing to the chat for so long, because Telegram said so; nothing at all when it says so of several."""
        now = self._clock()
        chat = self._chat(chat_id, now)
        chat.halted_until = max(chat.halted_until, now + seconds)
        at, other = self._refused
        if other != chat_id and now - at < SEVERAL_CHATS_WINDOW:
            self._halted_until = max(self._halted_until, now + seconds)
        self._refused = (now, chat_id)

    def _take(self, chat_id: int) -> None:
        now = self._clock()
        if self._overall is not None:
            self._overall.take()
        if self.limits.private is None and self.limits.group is None:
            return
        chat = self._chat(chat_id, now)
        if chat_id < 0:
            chat.sent.append(now)
        elif chat.bucket is not None:
            chat.bucket.take()

    def _chat(self, chat_id: int, now: float) -> _Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) >= SWEEP_AT:
                self._sweep(now)
            chat = self._chats[chat_id] = _Chat()
            if chat_id > 0 and self.limits.private is not None:
                size = float(self.limits.private_burst)
                chat.bucket = Bucket(self.limits.private, size, size, now)
        return chat

    def _chat_wait(self, chat: _Chat, now: float) -> float:
        while chat.sent and chat.sent[0] <= now - GROUP_WINDOW:
            chat.sent.popleft()
        if self.limits.group is not None and len(chat.sent) >= self.limits.group:
            return chat.sent[0] + GROUP_WINDOW - now
        return chat.bucket.wait(now) if chat.bucket else 0.0

    def _sweep(self, now: float) -> None:
        """Forget the chats that may send as if they had never sent."""
        self._chats = {
            chat_id: chat
            for chat_id, chat in self._chats.items()
            if chat.halted_until > now
            or self._chat_wait(chat, now) > 0
            or chat.sent
            or (chat.bucket is not None and chat.bucket.tokens < chat.bucket.size)
        }
