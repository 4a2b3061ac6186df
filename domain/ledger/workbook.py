"""Writes typed rows as the workbook that `import` reads."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from domain.ledger.cells import show_cell
from domain.ledger.rows import PLANNED, REACHED, SCHEDULE, Row, Tables
from domain.ledger.text import clean
from domain.ledger.vocabulary import Vocabulary
from domain.ports import ColumnWords, SheetSpec, SheetWords

NARROWEST, WIDEST = 8, 40
DATE_WIDTH = 12
MEASURED_ROWS = 200
LONGEST_CELL = 32_767  # characters a cell may hold
ALWAYS = {  # of the columns that many ledgers leave empty, those that stand in every workbook
    REACHED: ("signed", "registered", "fulfilled", "started", "producing", "terminated"),
    PLANNED: ("started", "producing"),
    SCHEDULE: ("3", "6", "9", "12"),
}


def write_workbook(tables: Tables, words: SheetWords, path: Path) -> None:
    """Write all sheets, the header bold and frozen, the columns as wide as their content."""
    vocabulary = Vocabulary(words)
    book = Workbook(write_only=True)
    for spec in words.sheets:
        _write_sheet(book, vocabulary, spec, tables.get(spec.code, []))
    book.save(path)


def _write_sheet(book: Workbook, vocabulary: Vocabulary, spec: SheetSpec, rows: Sequence[Row]) -> None:
    sheet: Any = book.create_sheet(spec.title)
    columns = _columns(spec, rows, vocabulary.words)
    sheet.freeze_panes = "A2"
    shown = (_shown(vocabulary, columns, row) for row in rows)
    measured = list(islice(shown, MEASURED_ROWS))
    for number, (column, header) in enumerate(columns, start=1):
        said = [header, *(cells[number - 1] for cells in measured)]
        sheet.column_dimensions[get_column_letter(number)].width = _width(column, said)
    sheet.append([_bold(sheet, header) for _, header in columns])
    for cells in chain(measured, shown):
        sheet.append([_cell(sheet, value) for value in cells])


def _columns(spec: SheetSpec, rows: Sequence[Row], words: SheetWords) -> list[tuple[ColumnWords, str]]:
    """Return the columns to write with their headers; seldom ones only where used."""
    used = {field for row in rows for field in row}
    by_quarter = _by_quarter(used)
    columns: list[tuple[ColumnWords, str]] = []
    for column in spec.columns:
        seldom = next((kind for kind in ALWAYS if column.field.startswith(kind)), None)
        name = column.field.removeprefix(seldom or "")
        always = seldom is None or (name in ALWAYS[seldom] and (seldom != SCHEDULE or by_quarter))
        if always or column.field in used:
            quarter = seldom == SCHEDULE and by_quarter
            columns.append((column, words.lists["quarters"][int(name) // 3 - 1] if quarter else column.header))
    return columns


def _by_quarter(used: Iterable[str]) -> bool:
    """Tell whether plans are by quarter: no month is named but the last of a quarter."""
    months = {field.removeprefix(SCHEDULE) for field in used if field.startswith(SCHEDULE)}
    return months <= set(ALWAYS[SCHEDULE])


def _shown(vocabulary: Vocabulary, columns: Sequence[tuple[ColumnWords, str]], row: Row) -> list[Any]:
    return [show_cell(vocabulary, column, row.get(column.field), row) for column, _ in columns]


def _cell(sheet: Any, value: Any) -> Any:
    """Return a value as the sheet takes it; text is never a formula."""
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet, dt.datetime.combine(value, dt.time()))
        cell.number_format = "yyyy-mm-dd"
        return cell
    if not isinstance(value, str):
        return value
    text = clean(value)[:LONGEST_CELL]
    if not text.startswith("="):
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _width(column: ColumnWords, said: Sequence[Any]) -> int:
    """Return a readable width; a Chinese character is as wide as two Latin ones."""
    longest = max((_length(value) for value in said if value is not None), default=0)
    return max(DATE_WIDTH if column.kind == "date" else NARROWEST, min(longest + 2, WIDEST))


def _length(value: Any) -> int:
    line = max(str(value).split("\n"), key=len)
    return sum(2 if ord(character) > 0xFF else 1 for character in line)
