"""Reads the files of an import into typed rows, and says all that is wrong with them at once."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from domain.ledger.cells import read_cell
from domain.ledger.faults import CellRefused, Report
from domain.ledger.headers import SEARCHED_ROWS, Header, HeaderFinder
from domain.ledger.rows import PLACE, Place, Row, Tables
from domain.ledger.sources import RawSheet, open_sheets
from domain.ledger.text import folded, text_of
from domain.ledger.vocabulary import Vocabulary
from domain.ports import SheetSpec, SheetWords

TOLD_EVERY = 200
Progress = Callable[[int, int], None] | None
NumberedRow = tuple[int, Sequence[Any]]


def read_files(paths: Iterable[Path], words: SheetWords, report: Report, progress: Progress = None) -> Tables:
    """Return the rows of all files by sheet; what cannot be read is added to the report."""
    vocabulary = Vocabulary(words)
    tables: Tables = {}
    for path in paths:
        try:
            with open_sheets(path) as sheets:
                _read_file(sheets, path, vocabulary, report, tables, progress)
        except CellRefused as refused:
            report.refuse(Place(path.name, "", 0), refused.reason, **(refused.values | {"file": path.name}))
    return tables


def _read_file(
    sheets: Sequence[RawSheet], path: Path, vocabulary: Vocabulary, report: Report, tables: Tables, progress: Progress
) -> None:
    known = [(sheet, spec) for sheet in sheets if (spec := _spec_of(sheet.title, vocabulary.words)) is not None]
    found = vocabulary.joined(sheet.title for sheet in sheets)
    if not known:
        titles = vocabulary.joined(spec.title for spec in vocabulary.words.sheets)
        report.refuse(Place(path.name, "", 0), "unknown_sheets", file=path.name, found=found, known=titles)
        return
    for sheet in sheets:
        if _spec_of(sheet.title, vocabulary.words) is None:
            report.note(Place(path.name, sheet.title, 0), "unknown_sheet", found=sheet.title)
    total, done = sum(sheet.expected for sheet, _ in known), 0
    for sheet, spec in known:
        rows = SheetReader(vocabulary, spec, sheet, report).read()
        taken = tables.setdefault(spec.code, [])
        for row in rows:
            taken.append(row)
            done += 1
            if progress and done % TOLD_EVERY == 0:
                progress(min(done, total), total)


def _spec_of(title: str, words: SheetWords) -> SheetSpec | None:
    name = folded(title)
    for spec in words.sheets:
        if name in {folded(word) for word in (spec.title, *spec.variants)}:
            return spec
    return None


class SheetReader:
    """Reads one sheet."""

    def __init__(self, vocabulary: Vocabulary, spec: SheetSpec, sheet: RawSheet, report: Report) -> None:
        self._vocabulary = vocabulary
        self._spec = spec
        self._sheet = sheet
        self._report = report
        self._finder = HeaderFinder(vocabulary, spec)
        self._place = Place(sheet.file, sheet.title, 0)
        lists = vocabulary.words.lists
        self._totals = {folded(word) for word in lists["total_rows"]}
        named_freely = spec.code == "published_figure"  # such a name may itself be that of a sum
        self._endings = () if named_freely else tuple(lists["total_endings"])
        self._remark = re.compile(f"(?:{'|'.join(lists['remark_rows'])})(?:$|\\d*[:.])")

    def read(self) -> Iterator[Row]:
        """Yield the sheet's rows."""
        numbered = iter(self._sheet.rows)
        start = [row for row in islice(numbered, SEARCHED_ROWS) if _says_something(row[1])]
        if not start:
            self._report.note(self._place, "empty_sheet")
            return
        header = self._finder.find(start, self._sheet)
        if header is None:
            required = (column.header for column in self._spec.columns if column.required)
            self._report.refuse(self._place, "no_header", columns=self._vocabulary.joined(required))
            return
        if not self._header_is_whole(header):
            return
        below = (row for row in start if row[0] > header.last_row)
        yield from self._rows(header, self._filled(chain(below, numbered)))

    def _header_is_whole(self, header: Header) -> bool:
        """Report what is wrong with a header."""
        place, there = self._place, {column.words.field for column in header.columns}
        before = len(self._report.faults)
        for column in self._spec.columns:
            if column.required and column.field not in there:
                self._report.refuse(place, "missing_column", column.header)
        for text in header.twice:
            self._report.refuse(place, "column_twice", text)
        for known in header.columns:
            if known.bad_unit is not None:
                self._report.refuse(place, "unknown_measure", known.header, value=known.bad_unit)
        for text in header.unknown:
            self._report.note(place, "unknown_column", text)
        return len(self._report.faults) == before

    def _rows(self, header: Header, numbered: Iterable[NumberedRow]) -> Iterator[Row]:
        headers = {column.words.field: column.header for column in header.columns}
        for number, cells in numbered:
            if not _says_something(cells):
                continue
            place = Place(self._sheet.file, self._sheet.title, number, headers)
            passed_over = self._passed_over(cells, header)
            if passed_over:
                self._report.note(place, passed_over)
                continue
            row = self._row(header, cells, place)
            if len(row) > 1:
                yield row

    def _row(self, header: Header, cells: Sequence[Any], place: Place) -> Row:
        row: Row = {PLACE: place}
        for column in header.columns:
            cell = cells[column.position] if column.position < len(cells) else None
            if cell is None or cell == "":
                continue
            try:
                value = read_cell(self._vocabulary, column.words, cell, column.factor, row)
            except CellRefused as refused:
                self._report.refuse(place, refused.reason, column.header, **refused.values)
                row[column.words.field] = None  # refused is not missing
                continue
            if value is not None and value != "":
                row[column.words.field] = value
        return row

    def _passed_over(self, cells: Sequence[Any], header: Header) -> str | None:
        """Return why a row is no record: a sum, a remark, the header again."""
        texts = (text for cell in cells if (text := text_of(cell)))
        first = folded(next(texts))
        total = first.rstrip(":")
        if total in self._totals or total.endswith(self._endings):
            return "total_row"
        if self._remark.match(first) and next(texts, None) is None:
            return "remark_row"
        return "repeated_header" if self._finder.repeats(cells, header) else None

    def _filled(self, numbered: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        """Repeat the value of cells merged over several rows in each of them."""
        spans = {(left, top): bottom for left, top, _right, bottom in self._sheet.merges if bottom > top}
        open_spans: dict[int, tuple[int, Any]] = {}
        for number, cells in numbered:
            filled = list(cells) if open_spans or spans else cells
            for position, (bottom, value) in list(open_spans.items()):
                if number > bottom:
                    del open_spans[position]
                elif isinstance(filled, list) and position < len(filled):
                    filled[position] = value
            for position, cell in enumerate(cells):
                bottom_row = spans.get((position + 1, number))
                if bottom_row:
                    open_spans[position] = (bottom_row, cell)
            yield number, filled


def _says_something(cells: Sequence[Any]) -> bool:
    return any(cell is not None and text_of(cell) for cell in cells)
