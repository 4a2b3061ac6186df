"""How many messages a second are stored, understood, written and answered."""

import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from bot import app as composition
from domain.models import InboxUpdate, Visit
from tests.benchmarks.bot_api import bot_api, child, hear
from tests.benchmarks.registry import Figure, Reference, Shown, benchmark
from tests.benchmarks.speech import visits
from tests.benchmarks.world import AT, FIRST_ACCOUNT, SPEAKERS, world

MESSAGES, WARM_UP = 500, 60
ROUNDS = 3
MOSTLY = 0.95  # of the messages must have become visits, else something else was measured
AT_LEAST, AIM = 0.3, 0.4
ECHO, ASSISTANT = "tests.benchmarks.children.echo", "tests.benchmarks.children.assistant"


@dataclass(frozen=True, slots=True)
class Run:
    """One bot over all messages: messages a second, CPU a message in ms, and that by stage."""

    speed: float
    cpu: float
    stages: Mapping[str, float] = field(default_factory=dict)


@benchmark
def run() -> Iterator[Shown]:
    """Messages a second through HTTP and SQLite, beside bare echo bots on the same local server."""
    texts = visits(world().cast, WARM_UP + MESSAGES)
    rounds = [(_echo("httpx", texts), _echo("aiohttp", texts), _assistant(texts)) for _ in range(ROUNDS)]
    default, aiohttp, ours = (_middle(runs) for runs in zip(*rounds, strict=True))
    by_default, by_aiohttp = (
        statistics.median(each[2].speed / each[other].speed for each in rounds) for other in (0, 1)
    )
    yield f"{MESSAGES} visits of {SPEAKERS} people waiting at the server, median of {ROUNDS} rounds side by side"
    yield Figure("throughput / echo bot with defaults (httpx)", by_default, "", at_least=AT_LEAST, aim=AIM)
    yield Figure("throughput / echo bot over aiohttp", by_aiohttp, "")
    for name, other in (("echo, httpx", default), ("echo, aiohttp", aiohttp)):
        yield Figure("messages a second", ours.speed, "/s", Reference(name, other.speed))
        yield Figure("CPU a message", ours.cpu, "ms", Reference(name, other.cpu))
    staged = _assistant(texts, "stages")
    yield f"CPU by stage, in a run of its own ({staged.cpu:.2f} ms a message in all)"
    for stage, spent in sorted(staged.stages.items(), key=lambda item: -item[1]):
        yield Figure(f"  {stage}", spent, "ms", Reference("the whole", staged.cpu))


def _middle(runs: Sequence[Run]) -> Run:
    return Run(statistics.median(each.speed for each in runs), statistics.median(each.cpu for each in runs))


def _echo(backend: str, texts: Sequence[str]) -> Run:
    return _measured(texts, ECHO, [backend], [])


def _assistant(texts: Sequence[str], *more: str) -> Run:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        database = world().copy(Path(folder))
        before = _count(database)
        found = _measured(texts, ASSISTANT, [str(database)], [AT.isoformat(), *more])
        written = _count(database) - before
    if written < MOSTLY * len(texts):
        raise RuntimeError(f"{written} visits were written for {len(texts)} messages")
    return found


def _measured(texts: Sequence[str], module: str, before: Sequence[str], after: Sequence[str]) -> Run:
    """Let all messages wait at the server, start a bot and time it once it is warm."""
    people = range(FIRST_ACCOUNT, FIRST_ACCOUNT + SPEAKERS)
    with bot_api(people) as server:
        for place, text in enumerate(texts):
            server.say(people[place % SPEAKERS], text)
        with child(module, *before, server.url, server.token, *after) as bot:
            hear(bot)
            sent = server.wait_for_sends(len(texts), bot)
            bot.terminate()
            told = hear(bot)
    seconds = sent[-1] - sent[WARM_UP - 1]
    stages = {stage: spent / len(texts) * 1000 for stage, spent in told.get("seconds", {}).items()}
    cpu = told["cpu"] / len(texts) * 1000
    if stages:
        stages["event loop, HTTP, changing threads"] = cpu - sum(stages.values())
    return Run((len(sent) - WARM_UP) / seconds, cpu, stages)


def _count(database: Path) -> int:
    """Return the visits of a ledger; no update may be left or dead."""
    ledger = composition.open_ledger(str(database))
    with ledger.read(AT) as uow:
        left = uow.session.scalar(select(func.count()).where(InboxUpdate.state != "done"))
        count = uow.session.scalar(select(func.count()).select_from(Visit))
    ledger.engine.dispose()
    assert not left, f"{left} updates are not done"
    return count or 0
