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

from domain.ledger.extents import Extent, Merge, survey
from domain.ledger.faults import CellRefused

WORKBOOKS = (".xlsx", ".xlsm")
TABLES = (".csv", ".txt")
OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of old .xls and of encrypted workbooks
ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
ZIP_MARK = b"PK"
LARGEST = 1 << 30  # bytes a workbook may unpack to
LARGEST_WHOLE = 1 << 28  # bytes of those parts that are read whole: texts and styles
ROWS_PART = "xl/worksheets/"  # the parts that are read row by row
ENCODINGS = ("utf-8-sig", "gb18030")
COPY_NUMBER = re.compile(r"\s*\W\d+\W$")  # what a browser adds to a name it has saved before


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
    if not start.startswith(ZIP_MARK):
        raise CellRefused("other_content")


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        raise CellRefused("broken") from None
    if not any(member.filename.startswith("xl/") for member in members):
        raise CellRefused("other_content")
    whole = [one for one in members if one.filename.endswith(".xml") and not one.filename.startswith(ROWS_PART)]
    if _size(members) > LARGEST or _size(whole) > LARGEST_WHOLE:
        raise CellRefused("too_large")


def _size(members: Iterable[zipfile.ZipInfo]) -> int:
    return sum(member.file_size for member in members)


def _opened(path: Path) -> Any:
    try:
        return load_workbook(path, read_only=True, data_only=True)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever its parsers do
        raise CellRefused("broken") from None


def _sheet(path: Path, sheet: Any) -> RawSheet:
    stated = sheet.max_row or 0
    sheet.reset_dimensions()  # some writers state a wrong size
    inner = sheet._worksheet_path  # noqa: SLF001 - openpyxl keeps it private, and only the part says how far it goes
    extent = _extent(path, inner)
    expected = stated if extent.last_row is None else extent.last_row
    return RawSheet(path.name, sheet.title, _rows(sheet, extent.last_row), extent.merges, expected)


def _extent(path: Path, inner: str) -> Extent:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(inner) as part:
            return survey(part)
    except Exception:  # noqa: BLE001 - a broken part shows in whatever unpacks it
        raise CellRefused("broken") from None


def _rows(sheet: Any, last: int | None) -> Iterator[tuple[int, Sequence[Any]]]:
    if last == 0:
        return
    try:
        yield from enumerate(sheet.iter_rows(max_row=last, values_only=True), start=1)
    except Exception:  # noqa: BLE001 - a broken part shows only while it is read
        raise CellRefused("broken") from None


def _csv_sheet(path: Path) -> RawSheet:
    text = _decoded(path.read_bytes())
    if not text.strip():
        raise CellRefused("empty_file")
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max((",", "\t", ";"), key=first.count)
    return RawSheet(path.name, COPY_NUMBER.sub("", path.stem), _csv_rows(text, delimiter), expected=text.count("\n"))


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
