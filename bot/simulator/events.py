"""Tells whoever watches what changed in the chats: the page, and tests that wait."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.simulator.params import Json


class Events:
    """Watchers each get every event from the moment they begin to watch; without watchers an event costs nothing."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[Json]] = set()

    def publish(self, kind: str, **facts: object) -> None:
        """Hand an event to all watchers."""
        if self._watchers:
            event = {"event": kind, **facts}
            for watcher in self._watchers:
                watcher.put_nowait(event)

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[Json]]:
        """Give a queue that fills with the events to come."""
        watcher: asyncio.Queue[Json] = asyncio.Queue()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)
