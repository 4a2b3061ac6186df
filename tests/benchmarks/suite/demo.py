"""How soon the demo can be used and how much memory it takes."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.registry import Figure, Reference, Shown, benchmark

FIRST_SECONDS, LATER_SECONDS, MOST_MB = 15.0, 5.0, 250.0
STOP_SECONDS = 20.0
SETTLE_SECONDS = 1.0
DEMO = ("-m", "bot", "demo", "--no-browser", "--port", "0")
LIBRARIES = "import telegram.ext, sqlalchemy.orm, aiohttp.web, typer, openpyxl; print('http://', flush=True); input()"
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds until the address was printed, memory then and at most, in MB."""

    seconds: float
    resident: float
    peak: float


@benchmark
def run() -> Iterator[Shown]:
    """`zhaoshang demo` in an empty folder, beside a Python that only imports the libraries."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        _start(["-c", LIBRARIES], folder)  # fills the caches of the disk for all that follow
        bare = _start(["-c", LIBRARIES], folder)
        first, second = _start(DEMO, folder), _start(DEMO, folder)
    for name, start, limit in (("first start", first, FIRST_SECONDS), ("second start", second, LATER_SECONDS)):
        reference = Reference("the libraries", bare.seconds)
        yield Figure(f"{name}: ready after", start.seconds, "s", reference, at_most=limit)
        reference = Reference("the libraries", bare.resident)
        yield Figure(f"{name}: resident when ready", start.resident, "MB", reference, at_most=MOST_MB)
        yield Figure(f"{name}: at most until then", start.peak, "MB", Reference("the libraries", bare.peak))


def _start(arguments: Sequence[str], folder: str) -> Start:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ZHAOSHANG_")}
    environment["PYTHONPATH"] = str(ROOT)
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], cwd=folder, env=environment, text=True, **pipes) as process:
        try:
            assert process.stdout is not None
            if not any("http://" in line for line in iter(process.stdout.readline, "")):
                raise RuntimeError("the demo ended before it was ready")
            seconds = time.perf_counter() - began
            time.sleep(SETTLE_SECONDS)
            return Start(seconds, _megabytes(process.pid, "VmRSS"), _megabytes(process.pid, "VmHWM"))
        finally:
            process.send_signal(signal.SIGINT)
            _wait(process)


def _wait(process: "subprocess.Popen[str]") -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _megabytes(process: int, field: str) -> float:
    """Return what the kernel says a process uses; of Linux only."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:"))
