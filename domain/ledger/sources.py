"""Opens the files of an import: workbooks and .csv, as sheets of raw cells."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from domain.ledger.faults import CellRefused

WORKBOOKS = (".xlsx", ".xlsm")
TABLES = (".csv", ".txt")
OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of old .xls and of encrypted workbooks
ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
LARGEST = 1 << 30  # bytes a workbook may unpack to
ENCODINGS = ("utf-8-sig", "gb18030")
MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z0-9:]+)"')
TAIL = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
CHUNK = 1 << 20

Merge = tuple[int, int, int, int]  # first column, first row, last column, last row


@dataclass(slots=True)
class RawSheet:
    """One sheet as it stands in a file; rows are numbered as Excel counts."""

    file: str
    title: str
    rows: Iterable[tuple[int, Sequence[Any]]]
    merges: list[Merge] = field(default_factory=list)
    expected: int = 0  # about how many rows


@contextmanager
def open_sheets(path: Path) -> Iterator[list[RawSheet]]:
    """Yield the sheets of a file; raise CellRefused with the reason when it cannot be read."""
    if not path.is_file():
        raise CellRefused("no_file")
    if path.stat().st_size == 0:
        raise CellRefused("empty_file")
    if path.suffix.lower() in TABLES:
        yield [_csv_sheet(path)]
        return
    _refuse_other_types(path)
    _refuse_bombs(path)
    book = _opened(path)
    try:
        yield [_sheet(path, sheet) for sheet in book.worksheets]
    finally:
        book.close()


def _refuse_other_types(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(len(OLE_MARK))
        if start == OLE_MARK:
            raise CellRefused("password" if ENCRYPTED_MARK in file.read() else "old_xls")
    if path.suffix.lower() == ".xls":
        raise CellRefused("old_xls")
    if path.suffix.lower() not in WORKBOOKS:
        raise CellRefused("unknown_type")


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise CellRefused("broken") from None
    if size > LARGEST:
        raise CellRefused("too_large")


def _opened(path: Path) -> Any:
    try:
        return load_workbook(path, read_only=True, data_only=True)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever its parsers do
        raise CellRefused("broken") from None


def _sheet(path: Path, sheet: Any) -> RawSheet:
    expected = sheet.max_row or 0
    sheet.reset_dimensions()  # some writers state a wrong size
    inner = sheet._worksheet_path  # noqa: SLF001 - openpyxl keeps it private, and merged cells are listed only there
    return RawSheet(path.name, sheet.title, _rows(sheet), _merges(path, inner), expected)


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        yield from enumerate(sheet.iter_rows(values_only=True), start=1)
    except Exception:  # noqa: BLE001 - a broken part shows only while it is read
        raise CellRefused("broken") from None


def _merges(path: Path, inner: str) -> list[Merge]:
    """Return the merged ranges: they are listed behind the rows, so only the end of the part is kept."""
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(inner) as part:
        while chunk := part.read(CHUNK):
            tail = (tail + chunk) if TAIL.search(tail) else tail[-64:] + chunk
    end = TAIL.search(tail)
    found = MERGED.findall(tail[end.end() :] if end else b"")
    return [_merge(reference.decode()) for reference in found]


def _merge(reference: str) -> Merge:
    left, top, right, bottom = range_boundaries(reference)
    return int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)


def _csv_sheet(path: Path) -> RawSheet:
    text = _decoded(path.read_bytes())
    if not text.strip():
        raise CellRefused("empty_file")
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max((",", "\t", ";"), key=first.count)
    return RawSheet(path.name, path.stem, _csv_rows(text, delimiter), expected=text.count("\n"))


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, Sequence[Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise CellRefused("broken") from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise CellRefused("bad_encoding")
