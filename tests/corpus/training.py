"""`make train`: learns from the example sentences and the train split which intent words lean to.

A multinomial logistic regression over sparse symbols, by AdaGrad in batches; the same data give the same weights.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.catalog import LEARNT, locale_root
from bot.parsing.leaning import SCALE, symbols
from tests.corpus import another_city
from tests.corpus.heard_city import NOW, reader
from tests.corpus.lines import lines

ROUNDS, BATCH, RATE, DECAY = 30, 128, 0.35, 2e-4
SELDOM = 2  # symbols met less often are not learnt
STEPS, FADE, SURELY, NINE_TENTHS = 20, 1.0, 0.97, math.log(9)
SMALL = 6  # hundredths: weights below say nothing
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """What a piece of an utterance shows, and the intent it has."""

    symbols: tuple[str, ...]
    intent: str


def examples() -> Iterator[Example]:
    """Yield the example sentences, then the pieces of the train split whose intents are sure."""
    for file in sorted((Path(str(locale_root())) / "examples").glob("*.txt")):
        for sentence in file.read_text(encoding="utf-8").splitlines():
            if sentence.strip():
                yield from _pieces(sentence.strip(), [file.stem])
    for line in (*lines(), *another_city.lines()):
        if line.split == "train" and not line.request.get("context"):
            yield from _pieces(line.text, [command["intent"] for command in line.commands])


def _pieces(text: str, intents: Sequence[str]) -> Iterator[Example]:
    """Yield a sentence of one intent as a whole, one of several by its parts where they are as many."""
    parts = reader().examples(text, NOW, several=len(intents) > 1)
    if len(parts) == len(intents):
        for (pattern, features), intent in zip(parts, intents, strict=True):
            yield Example(tuple(sorted(symbols(pattern, features))), intent)


def learn(taught: Sequence[Example]) -> dict[str, Any]:
    """Return intents, bias and weights as whole hundredths."""
    often = Counter(symbol for example in taught for symbol in example.symbols)
    known = {symbol: number for number, symbol in enumerate(sorted(s for s in often if often[s] >= SELDOM))}
    intents = sorted({example.intent for example in taught})
    place = {intent: number for number, intent in enumerate(intents)}
    rows = [np.array([known[s] for s in example.symbols if s in known]) for example in taught]
    goals = np.array([place[example.intent] for example in taught])
    weights = _descended(rows, goals, len(known), len(intents))
    whole = np.rint(weights * SCALE).astype(int)
    return {
        "intents": intents,
        "bias": whole[-1].tolist(),
        "weights": {symbol: kept for symbol, number in known.items() if (kept := _kept(whole[number]))},
    }


def _kept(row: npt.NDArray[np.int_]) -> list[int]:
    return [int(each) for number in np.flatnonzero(np.abs(row) >= SMALL) for each in (number, row[number])]


def _descended(rows: list[npt.NDArray[np.int_]], goals: npt.NDArray[np.int_], symbols_: int, intents: int) -> Floats:
    """Return the weights after all rounds; the last row is the bias."""
    weights = np.zeros((symbols_ + 1, intents), np.float32)
    squares = np.full((symbols_ + 1, intents), 1e-6, np.float32)
    chance = np.random.default_rng(2012)
    for _ in range(ROUNDS):
        order = chance.permutation(len(rows))
        for start in range(0, len(order), BATCH):
            _step(weights, squares, rows, goals, order[start : start + BATCH])
    return weights


def _step(
    weights: Floats, squares: Floats, rows: list[npt.NDArray[np.int_]], goals: npt.NDArray[np.int_], lot: Any
) -> None:
    """Move the weights against the error of some examples."""
    bias = len(weights) - 1
    where = [np.append(rows[number], bias) for number in lot]
    flat, sizes = np.concatenate(where), [len(each) for each in where]
    starts = np.cumsum([0, *sizes[:-1]])
    sums = np.add.reduceat(weights[flat], starts, axis=0)
    odds = np.exp(sums - sums.max(axis=1, keepdims=True))
    error = odds / odds.sum(axis=1, keepdims=True)
    error[np.arange(len(lot)), goals[lot]] -= 1
    touched, inverse = np.unique(flat, return_inverse=True)
    slope = np.zeros((len(touched), weights.shape[1]), np.float32)
    np.add.at(slope, inverse, np.repeat(error, sizes, axis=0))
    slope = slope / len(lot) + DECAY * weights[touched]
    squares[touched] += slope**2
    weights[touched] -= RATE * slope / np.sqrt(squares[touched])


def trust() -> list[float]:
    """Return the weights of what makes readings go wrong, by Newton's steps over commands read for the first time.

    The last step moves the bias so that of the commands at 0.9 and more SURELY are right.
    """
    told = [each for reading, right in another_city.first_read() for each in zip(reading.signs, right, strict=True)]
    signs, goals = np.array([shown for shown, _ in told]), np.array([right for _, right in told], float)
    weights = np.zeros(signs.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (likely - goals) + FADE * weights
        bend = (signs.T * (likely * (1 - likely))) @ signs + FADE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    weights[0] += NINE_TENTHS - _line(signs @ weights, goals)
    return [round(float(each), 3) for each in weights]


def _line(sums: npt.NDArray[np.float64], goals: npt.NDArray[np.float64]) -> float:
    """Return the least sum above which SURELY of the commands are right."""
    order = np.argsort(-sums)
    share = np.cumsum(goals[order]) / np.arange(1, len(order) + 1)
    within = np.flatnonzero(share >= SURELY)
    return float(sums[order[within[-1]]]) if len(within) else float(sums.max())


def written(learnt: dict[str, Any]) -> str:
    """Return the weights as JSON with a line a symbol, so that a change shows."""
    plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    head = plain({name: each for name, each in learnt.items() if name != "weights"})
    rows = ",\n".join(f"{plain(name)}:{plain(row)}" for name, row in learnt["weights"].items())
    return f'{head[:-1]},"weights":{{\n{rows}\n}}}}\n'


def main() -> None:
    """Learn and write the weights beside the sentences."""
    file = Path(str(locale_root())) / LEARNT
    file.parent.mkdir(exist_ok=True)
    taught = list(examples())
    learnt = {**learn(taught), "trust": [0.0] * 11}
    file.write_text(written(learnt), encoding="utf-8")
    reader.cache_clear()  # it must trust what has just been learnt
    another_city.reader.cache_clear()
    learnt["trust"] = trust()
    file.write_text(written(learnt), encoding="utf-8")
    sys.stdout.write(f"{len(taught)} examples, {len(learnt['weights'])} symbols, {file.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
