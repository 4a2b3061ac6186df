"""How long a message takes to be understood, and what the reader itself takes."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import jieba

from bot import app as composition
from bot.names.book import NameBook
from bot.opening import learn_names
from bot.parsing.reader import Reader
from bot.parsing.reading import Speaker
from bot.understand import speaker_of
from domain.models import Account
from tests.benchmarks.registry import Figure, Reference, Shown, benchmark, percentile
from tests.benchmarks.speech import LONGEST_MESSAGE, REPEATED, mixture
from tests.benchmarks.world import AT, FIRST_ACCOUNT, world

MESSAGES, WARM_UP = 2_000, 200
P50_MS, P99_MS, PASTE_MS = 1.0, 5.0, 100.0
START_S, MEGABYTES = 1.5, 80.0
PIPED, PIPE_S = 1_000, 4.0


@benchmark
def run() -> Iterator[Shown]:
    """CPU to understand a message of 30 to 80 characters with 10,000 names known."""
    assistant = composition.build(composition.open_ledger(str(world().path)))
    names = assistant.ledger.names
    assert isinstance(names, NameBook)
    began = time.thread_time()
    learn_names(assistant.ledger, AT)
    loaded = time.thread_time() - began
    with assistant.ledger.read(AT) as uow:
        speaker = speaker_of(names, uow.session.get_one(Account, FIRST_ACCOUNT).person_id)
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    texts = mixture(world().cast, MESSAGES + WARM_UP)
    count = sum(len(rows) for rows in names.rows.values())
    yield f"{MESSAGES} different messages, {sum(map(len, texts)) / len(texts):.0f} characters each; {count} names"
    yield from _messages(assistant.reader, speaker, texts)
    yield _paste(assistant.reader, speaker)
    yield Figure("CPU to learn all names at the start", loaded, "s")
    yield from _reader_alone()
    yield _pipe(texts[:PIPED])


def _reader_alone() -> Iterator[Figure]:
    """Yield what it takes to import and warm up a reader that knows no names."""
    program = [sys.executable, "-m", "tests.benchmarks.children.reader"]
    told = json.loads(subprocess.run(program, check=True, stdout=subprocess.PIPE).stdout)
    yield Figure("CPU to import and warm up the reader", told["seconds"], "s", at_most=START_S)
    yield Figure("memory of the reader above bare Python", told["megabytes"], "MB", at_most=MEGABYTES)


def _pipe(texts: list[str]) -> Figure:
    """Return how long `zhaoshang understand` takes from its start to its last answer."""
    program = [sys.executable, "-m", "bot", "understand", "--database", str(world().path)]
    given = "".join(json.dumps({"text": text, "at": AT.isoformat()}, ensure_ascii=False) + "\n" for text in texts)
    began = time.perf_counter()
    done = subprocess.run(program, check=True, input=given.encode(), stdout=subprocess.PIPE)
    seconds = time.perf_counter() - began
    assert len(done.stdout.splitlines()) == len(texts)
    return Figure(f"{len(texts)} lines through a pipe, all names known", seconds, "s", at_most=PIPE_S)


def _messages(reader: Reader, speaker: Speaker | None, texts: list[str]) -> Iterator[Figure]:
    ours = _milliseconds(partial(reader.read, at=AT, speaker=speaker), texts)[WARM_UP:]
    theirs = _milliseconds(jieba.lcut, texts)[WARM_UP:]
    for share, limit in ((0.5, P50_MS), (0.99, P99_MS)):
        reference = Reference("jieba.lcut", percentile(theirs, share))
        yield Figure(f"CPU a message, p{share * 100:.0f}", percentile(ours, share), "ms", reference, at_most=limit)


def _paste(reader: Reader, speaker: Speaker | None) -> Figure:
    """Return what the part that is dearest when it fills the longest message costs."""
    texts = [(part * LONGEST_MESSAGE)[:LONGEST_MESSAGE] for part in REPEATED]
    worst, text = max((_milliseconds(partial(reader.read, at=AT, speaker=speaker), [text])[0], text) for text in texts)
    reference = Reference("jieba.lcut", _milliseconds(jieba.lcut, [text])[0])
    return Figure(f"CPU of {LONGEST_MESSAGE} characters, the worst", worst, "ms", reference, at_most=PASTE_MS)


def _milliseconds(work: Callable[[str], object], texts: list[str]) -> list[float]:
    """Return the CPU each text takes."""
    spent: list[float] = []
    for text in texts:
        began = time.thread_time()
        work(text)
        spent.append((time.thread_time() - began) * 1000)
    return spent
