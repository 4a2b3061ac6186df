"""CPU by stage: wraps functions so that each second of a thread is charged to the innermost stage it spends it in."""

import functools
import inspect
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import coroutine
from typing import Any


class StageClock:
    """Seconds of thread CPU by stage, over all threads."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._own = threading.local()

    def wrap(self, owner: Any, name: str, stage: str) -> None:
        """Charge a function or coroutine function to a stage from now on."""
        work = getattr(owner, name)
        if isinstance(inspect.getattr_static(owner, name), classmethod | staticmethod):
            setattr(owner, name, staticmethod(self._timed(work, stage)))
        else:
            setattr(owner, name, self._timed(work, stage))

    def _timed(self, work: Callable[..., Any], stage: str) -> Callable[..., Any]:
        @functools.wraps(work)
        def plain(*args: Any, **kwargs: Any) -> Any:
            self.calls[stage] += 1
            with self._within(stage):
                return work(*args, **kwargs)

        @functools.wraps(work)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            self.calls[stage] += 1
            return await self._driven(work(*args, **kwargs), stage)

        return awaited if inspect.iscoroutinefunction(work) else plain

    @coroutine
    def _driven(self, work: Any, stage: str) -> Generator[Any, Any, Any]:
        """Run a coroutine step by step, charging only the steps and not the waiting between them."""
        step = functools.partial(work.send, None)
        while True:
            try:
                with self._within(stage):
                    awaited = step()
            except StopIteration as end:
                return end.value
            try:
                step = functools.partial(work.send, (yield awaited))
            except BaseException as fault:  # noqa: BLE001 - whatever it is, it is the coroutine's
                step = functools.partial(work.throw, fault)

    @contextmanager
    def _within(self, stage: str) -> Generator[None]:
        stack: list[str] = self._own.__dict__.setdefault("stack", [])
        self._charge(stack)
        stack.append(stage)
        try:
            yield
        finally:
            self._charge(stack)
            stack.pop()

    def _charge(self, stack: list[str]) -> None:
        """Charge the time since the last look to the innermost stage."""
        now = time.thread_time()
        if stack:
            self.seconds[stack[-1]] += now - self._own.since
        self._own.since = now
