"""Takes workbooks into the ledger, all or nothing.

With any fault in the report nothing was written: the plan of the whole import is made first, and
written only when no row is refused.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from domain import origins
from domain.ledger.faults import Report
from domain.ledger.planning import Planner
from domain.ledger.reading import read_files
from domain.ledger.rows import Place, Tables, place_of
from domain.ledger.vocabulary import Vocabulary
from domain.ledger.writing import SheetPlan, Writer
from domain.unit_of_work import Ledger, UnitOfWork

Progress = Callable[[int, int], None]
ORIGIN_SHEETS = ("unit", "enterprise", "project")


def import_files(
    ledger: Ledger,
    paths: Iterable[Path],
    now: dt.datetime,
    *,
    actor: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read files and take them into the ledger in one transaction; with `dry_run` only say what would come of it.

    `progress` is told (done, total) in thirds: reading, planning, writing.
    """
    report = Report()
    paths = list(paths)

    def reading(done: int, total: int) -> None:
        if progress:
            progress(done, 3 * total)

    def taking(done: int, total: int) -> None:
        if progress:
            progress(total // 2 + done, total // 2 + total)

    tables = read_files(paths, ledger.words, report, reading)
    source = "import:" + ",".join(path.name for path in paths)
    with ledger.work(now, actor=actor) as uow:
        return import_tables(uow, tables, source=source, report=report, dry_run=dry_run, progress=taking)


def import_tables(
    uow: UnitOfWork,
    tables: Tables,
    *,
    source: str | None = None,
    report: Report | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Take typed rows into the ledger; when any is refused (here or already in `report`) nothing is written."""
    report = report or Report()
    steps = _Steps(2 * sum(map(len, tables.values())), progress)
    planner = Planner(uow, report, Vocabulary(uow.words), steps.advance)
    plans = planner.plan(tables)
    _count_refused(report, tables, uow)
    if report.refused or dry_run:
        return report
    writer = Writer(uow, source, steps.advance)
    for plan in plans:
        writer.write(plan)
    writer.finish()
    steps.finish()
    if any(_touched(plan) for plan in plans if plan.shape.code in ORIGIN_SHEETS):
        _settle_origins(uow, report)
    return report


def _settle_origins(uow: UnitOfWork, report: Report) -> None:
    """Tell anew where the projects' money comes from, and remark what cannot be told."""
    unknown = origins.refresh_origins(uow)
    home = origins.home_place(uow, origins.Atlas(uow.words))
    nowhere = Place("", "", 0)
    if home is not None and home.province is None:
        report.note(nowhere, "home_unknown")
    elif unknown:
        report.note(nowhere, "unknown_origin", count=unknown)


def _touched(plan: SheetPlan) -> bool:
    return bool(plan.new or plan.changes)


def _count_refused(report: Report, tables: Tables, uow: UnitOfWork) -> None:
    """Count the refused rows of each sheet: a row may have several faults."""
    faulty = {(fault.file, fault.sheet, fault.row) for fault in report.faults if fault.row}
    for spec in uow.words.sheets:
        places = (place_of(row, spec.title) for row in tables.get(spec.code, ()))
        report.of(spec.code).refused = sum((place.file, place.sheet, place.row) in faulty for place in places)
    report.counts = {code: counts for code, counts in report.counts.items() if tables.get(code) or counts.taken}


class _Steps:
    """Tells how far an import is."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._done = 0
        self._progress = progress

    def advance(self, rows: int) -> None:
        """Go on by some rows."""
        self._done = min(self._done + rows, self._total)
        if self._progress:
            self._progress(self._done, self._total)

    def finish(self) -> None:
        """Come to the end; unchanged rows need no writing."""
        self.advance(self._total - self._done)
