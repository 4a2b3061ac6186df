"""Tells where the rows of a sheet end and which cells are merged, from the raw part, without reading its cells."""

import re
from dataclasses import dataclass
from typing import IO

from openpyxl.utils.cell import range_boundaries

CHUNK = 1 << 20
OVERLAP = 256  # longer than any mark or the tag of a row
VALUES = (b"<v>", b"<v ", b":v>", b":v ", b"<is>", b"<is ", b":is>")
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
END = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z0-9:]+)"')

Merge = tuple[int, int, int, int]  # first column, first row, last column, last row


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a sheet says something."""

    last_row: int | None  # none below it holds a value; None when the rows are not numbered
    merges: list[Merge]


def survey(part: IO[bytes]) -> Extent:
    """Return the extent of a sheet; a million rows with nothing but a format take a moment, not a minute."""
    empty_from: int | None = None  # the first row after the last value so far
    rest, carried = b"", b""
    while chunk := part.read(CHUNK):
        if rest:
            rest += chunk
            continue
        window = carried + chunk
        end = END.search(window) if b"sheetData" in window else None
        rows = window[: end.start()] if end else window
        empty_from = _empty_from(rows, empty_from)
        if end:
            rest = window[end.end() :] or b" "
        carried = window[-OVERLAP:]
    return Extent(None if empty_from is None else empty_from - 1, [_merge(one) for one in MERGED.findall(rest)])


def _empty_from(rows: bytes, known: int | None) -> int | None:
    last_value = max(rows.rfind(mark) for mark in VALUES)
    if last_value < 0 and known is not None:
        return known
    following = ROW.search(rows, max(last_value, 0))
    return int(following[1]) if following else None


def _merge(reference: bytes) -> Merge:
    left, top, right, bottom = range_boundaries(reference.decode())
    return int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)
