"""`import` and `export`: workbooks in, the workbook out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.commands.voice import Voice
from bot.settings import Clock
from bot.wording.words import Wording
from domain.errors import Invalid
from domain.ledger.exporting import collect
from domain.ledger.faults import Fault, Report
from domain.ledger.importing import Progress as Told
from domain.ledger.importing import import_files
from domain.ledger.workbook import write_workbook
from domain.unit_of_work import Ledger
from handlers.files import fault_values

WORKBOOK = "ledger.xlsx"


def take(ledger: Ledger, voice: Voice, clock: Clock, files: Sequence[Path], *, dry_run: bool) -> bool:
    """Import files and print the report; tell whether they were taken."""
    for file in files:
        if not file.is_file():
            raise Invalid("no_file", name=str(file))
    with _bar(voice.say("import_working")) as told:
        report = import_files(ledger, files, clock.now(), dry_run=dry_run, progress=told)
    _print(ledger, voice, report, len(files), dry_run=dry_run)
    ledger.engine.dispose()  # SQLite's journal goes into the file: it may be copied now
    return not report.refused


def give(ledger: Ledger, voice: Voice, clock: Clock, folder: Path) -> None:
    """Write the whole ledger as a workbook into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / WORKBOOK
    with ledger.read(clock.now()) as uow:
        tables = collect(uow)
    partial = path.with_suffix(".part.xlsx")
    write_workbook(tables, ledger.words, partial)
    partial.replace(path)  # a half-written workbook never has the name
    typer.echo(voice.say("export_done", path=path))


def _print(ledger: Ledger, voice: Voice, report: Report, files: int, *, dry_run: bool) -> None:
    titles = {spec.code: spec.title for spec in ledger.words.sheets}
    for code, counts in report.counts.items():
        typer.echo(
            voice.say(
                "import_sheet",
                title=titles[code],
                taken=counts.taken,
                changed=counts.changed,
                unchanged=counts.unchanged,
                refused=counts.refused,
            )
        )
    for note in report.notes:
        typer.echo(_line(voice, note))
    for fault in report.faults:
        typer.echo(_line(voice, fault), err=True)
    if report.refused:
        typer.echo(voice.say("import_refused", count=len(report.faults)), err=True)
    else:
        typer.echo(voice.say("import_dry") if dry_run else voice.say("import_done", files=files))


def _line(voice: Voice, fault: Fault) -> str:
    return Wording(voice.catalog).fault(fault_values(fault))


@contextmanager
def _bar(title: str) -> Iterator[Told]:
    """Show a progress bar on a terminal; nothing where the output goes to a file."""
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
