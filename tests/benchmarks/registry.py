"""Knows the benchmarks and how their figures are shown."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.benchmarks import suite


@dataclass(frozen=True, slots=True)
class Reference:
    """What a figure is compared with, measured in the same run."""

    what: str
    value: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; goals are limits of its own value."""

    what: str
    value: float
    unit: str
    reference: Reference | None = None
    at_most: float | None = None
    at_least: float | None = None
    aim: float | None = None

    @property
    def met(self) -> bool | None:
        """Tell whether the goal is met; None where there is none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least

    def line(self) -> str:
        """Return the figure as one printed line."""
        return (
            f"  {self.what:<44}{_short(self.value):>8} {self.unit:<4} {self._compared():<46}{self._judged()}".rstrip()
        )

    def _compared(self) -> str:
        if self.reference is None or not self.reference.value:
            return ""
        ratio = self.value / self.reference.value
        return f"= {_short(ratio)} x {self.reference.what} ({_short(self.reference.value)} {self.unit})"

    def _judged(self) -> str:
        if self.met is None:
            return ""
        limit = f"<= {self.at_most:g}" if self.at_most is not None else f">= {self.at_least:g}"
        aim = f", aim {self.aim:g}" if self.aim is not None else ""
        return f"goal {limit} {self.unit}".rstrip() + aim + (" ✓" if self.met else " ✗")


Shown = Figure | str
Benchmark = Callable[[], Iterator[Shown]]
BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(run: Benchmark) -> Benchmark:
    """Register a benchmark under the name of its module; it yields figures, and lines of text between them."""
    BENCHMARKS[run.__module__.rpartition(".")[2]] = run
    return run


def load() -> dict[str, Benchmark]:
    """Import every module of the suite and return the benchmarks in order of their names."""
    for module in pkgutil.iter_modules(suite.__path__):
        importlib.import_module(f"{suite.__name__}.{module.name}")
    return dict(sorted(BENCHMARKS.items()))


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _short(value: float) -> str:
    """Return three telling digits."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
