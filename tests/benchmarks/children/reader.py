"""A reader without names, made and warmed up: `reader.py` tells what CPU and memory that takes above bare Python."""

import datetime as dt
import importlib
import time
from pathlib import Path

from tests.benchmarks.children.report import tell

SAID = "明天下午三点去成都拜访比亚迪,意向投资20亿,要300亩地"


def measure() -> None:
    """Make a reader, read one message, and tell the cost."""
    began, before = time.process_time(), _megabytes()
    catalog = importlib.import_module("bot.catalog").load_catalog()
    words = importlib.import_module("bot.names.words").name_words(catalog)
    book = importlib.import_module("bot.names.book").NameBook(words)
    reader = importlib.import_module("bot.parsing.reader").Reader(catalog, book)
    reader.read(SAID, dt.datetime.now().astimezone())
    tell({"seconds": time.process_time() - began, "megabytes": _megabytes() - before})


def _megabytes() -> float:
    """Return the memory this process holds."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    measure()
