"""Telegram's limits, measured on a clock of our own."""

import asyncio

import pytest

from bot.limiter import Limiter, Limits
from bot.splitting import split, units


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def sent_within(limiter: Limiter, clock: Clock, chats: list[int], seconds: float) -> list[float]:
    """Send as fast as it may be and return when each message went."""
    times, end = [], clock.now + seconds
    while clock.now < end:
        ready = [chat for chat in chats if limiter.delay(chat) <= 0]
        for chat in ready:
            if limiter.delay(chat) <= 0:
                limiter._take(chat)
                times.append(clock.now)
        clock.now += 0.01
    return times


def busiest(times: list[float], window: float) -> int:
    return max(sum(start <= time < start + window for time in times) for start in times)


def test_never_more_than_thirty_a_second_overall() -> None:
    clock = Clock()
    times = sent_within(Limiter(clock=clock), clock, list(range(1, 500)), 10)
    assert busiest(times, 1.0) <= 29
    assert 250 <= len(times) <= 256


def test_a_private_chat_gets_three_at_once_then_one_a_second() -> None:
    clock = Clock()
    times = sent_within(Limiter(clock=clock), clock, [7], 10)
    assert 12 <= len(times) <= 13
    assert busiest(times, 0.5) == 3


def test_a_group_gets_twenty_in_any_minute() -> None:
    clock = Clock()
    times = sent_within(Limiter(clock=clock), clock, [-7], 185)
    assert busiest(times, 59.9) == 20
    assert len(times) == 80


def test_waits_as_long_as_telegram_says() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.halt(7, 30)
    assert limiter.delay(7) == 30
    assert limiter.delay(8) == 0
    clock.now += 30
    assert limiter.delay(7) == 0


def test_stops_altogether_when_several_chats_are_refused() -> None:
    clock = Clock()
    limiter = Limiter(clock=clock)
    limiter.halt(7, 3)
    clock.now += 1
    limiter.halt(8, 5)
    assert limiter.delay(9) == 5
    clock.now += 5
    assert limiter.delay(9) == 0


def test_without_limits_nothing_waits() -> None:
    clock = Clock()
    limiter = Limiter(Limits.none(), clock)
    times = sent_within(limiter, clock, [1, -1], 1)
    assert len(times) >= 198


async def test_acquire_waits_or_says_how_long() -> None:
    limiter = Limiter(Limits(private=20.0, private_burst=1))
    assert await limiter.acquire(7) == 0
    assert await limiter.acquire(7) == 0
    limiter.halt(7, 60)
    assert 59 < await limiter.acquire(7, patience=10) <= 60


async def test_what_is_urgent_goes_first() -> None:
    limiter = Limiter(Limits(overall=20.0, overall_burst=1, private=None))
    await limiter.acquire(1)
    order = list[int]()

    async def send(chat: int, *, urgent: bool) -> None:
        await limiter.acquire(chat, urgent=urgent)
        order.append(chat)

    async with asyncio.TaskGroup() as group:
        for chat in (2, 3, 4):
            group.create_task(send(chat, urgent=False))
        await asyncio.sleep(0.01)
        for chat in (5, 6):
            group.create_task(send(chat, urgent=True))
    assert set(order[:2]) == {5, 6}


def test_forgets_chats_that_are_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.limiter.SWEEP_AT", 10)
    clock = Clock()
    limiter = Limiter(clock=clock)
    for chat in range(1, 50):
        limiter._take(chat)
        clock.now += 1
    assert len(limiter._chats) <= 10


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        (" \n ", []),
        ("一\n二", ["一\n二"]),
        ("12345\n67890\nabc", ["12345", "67890\nabc"]),
        ("123456789012", ["1234567890", "12"]),
        ("ab\n123456789012\ncd", ["ab", "1234567890", "12\ncd"]),
    ],
)
def test_splits_at_line_ends(text: str, pieces: list[str]) -> None:
    assert split(text, 10) == pieces


def test_counts_as_telegram_does() -> None:
    assert (units("abc"), units("中文"), units("😀")) == (3, 2, 2)
    assert all(units(piece) <= 10 for piece in split("😀" * 30, 10))
    assert "".join(split("😀" * 30, 10)) == "😀" * 30
