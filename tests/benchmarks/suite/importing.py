"""How long a workbook of 10,000 rows takes to be imported."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from bot import app as composition
from domain.ledger.importing import import_files
from domain.unit_of_work import Ledger
from tests.benchmarks.registry import Figure, Reference, Shown, benchmark
from tests.benchmarks.world import AT, WORKBOOK_ROWS, workbook

AT_MOST = 10.0


@benchmark
def run() -> Iterator[Shown]:
    """Seconds to import 10,000 rows, beside openpyxl only reading the cells of the same file."""
    path = workbook()
    bare = _read(path)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        ledger = composition.open_ledger(str(Path(folder) / "ledger.db"))
        first, again = _take(ledger, path, WORKBOOK_ROWS), _take(ledger, path, 0)
        ledger.engine.dispose()
    yield f"{WORKBOOK_ROWS} rows in four full sheets and two cut ones, {path.stat().st_size / 1e6:.1f} MB"
    reference = Reference("openpyxl reading", bare)
    yield Figure("import into an empty ledger", first, "s", reference, at_most=AT_MOST)
    yield Figure("import again, nothing changed", again, "s", reference, at_most=AT_MOST)


def _read(path: Path) -> float:
    began = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) if any(row))
    book.close()
    assert rows > WORKBOOK_ROWS
    return time.perf_counter() - began


def _take(ledger: Ledger, path: Path, taken: int) -> float:
    """Return the seconds an import takes; so many rows must be new."""
    began = time.perf_counter()
    report = import_files(ledger, [path], AT)
    seconds = time.perf_counter() - began
    assert not report.refused, report.faults[:3]
    new = sum(counts.taken for counts in report.counts.values())
    assert new == taken, f"{new} rows were taken, not {taken}"
    return seconds
