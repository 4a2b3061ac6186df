"""Repeatable chance: streams of random numbers, dates and amounts that add up."""

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *parts: object) -> Random:
    """Return the random stream of one part of the city, independent of all others."""
    return Random(":".join(map(str, (seed, *parts))))  # noqa: S311 - a demo city keeps no secret


def pick(rng: Random, weighted: Sequence[tuple[T, float]]) -> T:
    """Return one choice by weight."""
    return rng.choices([item for item, _ in weighted], [weight for _, weight in weighted])[0]


def day_between(rng: Random, first: dt.date, last: dt.date) -> dt.date:
    """Return a working day between two days, both included; the last day when there is none."""
    day = first + dt.timedelta(days=rng.randint(0, max(0, (last - first).days)))
    while day.weekday() > 4 and day < last:
        day += dt.timedelta(days=1)
    return day


def later(rng: Random, day: dt.date, least: int, usual: int, most: int) -> dt.date:
    """Return a day some days later, most often `usual`."""
    return day + dt.timedelta(days=round(rng.triangular(least, most, usual)))


def split(total: int, weights: Sequence[float], cap: int | None = None) -> list[int]:
    """Share a whole amount by weight: parts are whole, none above `cap`, and they sum to it exactly."""
    shares = _capped(total, weights, cap)
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    left, room = total - sum(parts), [i for i in by_remainder if cap is None or parts[i] < cap]
    for turn in range(left):
        parts[room[turn % len(room)]] += 1
    return parts


def _capped(total: int, weights: Sequence[float], cap: int | None) -> list[float]:
    """Return exact shares; what a cap cuts off goes to the others in proportion."""
    if cap is not None and cap * len(weights) < total:
        raise ValueError((total, cap, len(weights)))
    full: set[int] = set()
    while True:
        rest = sum(weight for i, weight in enumerate(weights) if i not in full)
        open_total = total - len(full) * (cap or 0)
        shares = [
            float(cap or 0) if i in full else (open_total * weight / rest if rest else 0.0)
            for i, weight in enumerate(weights)
        ]
        over = {i for i, share in enumerate(shares) if cap is not None and i not in full and share > cap}
        if not over:
            return shares
        full |= over
