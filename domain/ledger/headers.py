"""Finds the header of a sheet: under title rows, in one row or two, with units in brackets."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from domain.ledger.sources import RawSheet
from domain.ledger.text import folded, text_of
from domain.ledger.vocabulary import Vocabulary
from domain.ports import ColumnWords, SheetSpec

SEARCHED_ROWS = 30
BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
MARKS = re.compile(r"[★*☆:]")
UNIT_FAMILIES = {"money": "money", "amount": "money", "measure": "money", "area": "land", "land": "land"}

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet that we read: where it stands, what it is, in what unit it counts."""

    position: int
    words: ColumnWords
    header: str  # as it stands in the file
    factor: Decimal | None = None
    bad_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet."""

    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]  # headers that mean nothing to us
    twice: tuple[str, ...]  # headers of columns that another one already is


class HeaderFinder:
    """Recognises the headers of one kind of sheet."""

    def __init__(self, vocabulary: Vocabulary, spec: SheetSpec) -> None:
        self._vocabulary = vocabulary
        self._spec = spec
        self._known: dict[str, ColumnWords] = {}
        for column in spec.columns:
            for word in (column.header, *column.variants):
                self._known.setdefault(folded(word), column)
                self._known.setdefault(_bare(word), column)
        self._silent = {folded(word) for word in vocabulary.words.lists["silent_columns"]}

    def find(self, rows: Sequence[tuple[int, Cells]], sheet: RawSheet) -> Header | None:
        """Return the header among the first rows; None when no row looks like one."""
        spread = [(number, _spread(cells, number, sheet)) for number, cells in rows]
        singles = [self._header(number, number, [text_of(cell) for cell in cells]) for number, cells in spread]
        doubles = [
            both
            for (above, single), (below, under) in pairwise(zip(spread, singles, strict=True))
            if below[0] == above[0] + 1 and _is_head(below[1]) and (both := self._two_rows(above, below))
            if len(both.columns) > max(len(single.columns), len(under.columns))
        ]
        best = max([*singles, *doubles], key=lambda header: len(header.columns), default=None)
        if best is None or not self._is_enough(best):
            return None
        return self._with_unit_above(best, [cells for number, cells in spread if number < best.first_row])

    def _is_enough(self, header: Header) -> bool:
        """Tell whether a row says enough to be a header: two columns, or the only one that must be there."""
        required = {column.field for column in self._spec.columns if column.required}
        there = {column.words.field for column in header.columns}
        return len(there) > 1 or (bool(there) and required == there)

    def _two_rows(self, above: tuple[int, Cells], below: tuple[int, Cells]) -> Header:
        texts = [self._choose(pair) for pair in _stacked(above[1], below[1])]
        return self._header(above[0], below[0], texts)

    def _with_unit_above(self, header: Header, above: Sequence[Cells]) -> Header:
        """Let a remark above the header (单位:亿元) say in what the amount columns without a unit count."""
        lists, words = self._vocabulary.words.lists, self._vocabulary.words.words
        texts = [folded(text_of(cell)).strip("()") for cells in above for cell in cells]
        said = [text.partition(":") for text in texts]
        units = [unit for name, _, unit in said if name in lists["unit_remarks"] and f"money.{unit}" in words]
        if not units:
            return header
        factor = Decimal(words[f"money.{units[-1]}"])
        columns = (
            replace(column, factor=factor)
            if UNIT_FAMILIES.get(column.words.kind) == "money" and column.factor is None
            else column
            for column in header.columns
        )
        return replace(header, columns=tuple(columns))

    def repeats(self, cells: Cells, header: Header) -> bool:
        """Tell whether a row only says the header again."""
        said = ((text_of(cells[one.position]), one) for one in header.columns if one.position < len(cells))
        again = 0
        for text, column in said:
            if text and self._known.get(_bare(text)) is not column.words:
                return False
            again += bool(text)
        return again >= min(2, len(header.columns))

    def _choose(self, texts: tuple[str, str]) -> str:
        """Return what a head of two rows says of a column: both parts, the lower or the upper, whichever is known."""
        above, below = texts
        for candidate in (f"{above}{below}", below, above if not below else ""):
            if candidate and _bare(candidate) in self._known:
                unit = BRACKET.search(_wide(above)) if not BRACKET.search(_wide(candidate)) else None
                return candidate + (unit[0] if unit else "")
        return f"{above}{below}"

    def _header(self, first: int, last: int, texts: Sequence[str]) -> Header:
        columns: dict[str, Column] = {}
        unknown, twice = list[str](), list[str]()
        for position, text in enumerate(texts):
            words = self._known.get(folded(text)) or self._known.get(_bare(text))
            if words is None:
                if text and _bare(text) not in self._silent:
                    unknown.append(text)
                continue
            column, rival = self._column(position, words, text), columns.get(words.field)
            if rival is not None and _is_canonical(rival) == _is_canonical(column):
                twice.append(text)
            elif rival is not None:  # the canonical header goes before a variant
                unknown.append(text if _is_canonical(rival) else rival.header)
            if rival is None or not _is_canonical(rival):
                columns[words.field] = column
        # the indicator says in what unit its row counts, so it is read first wherever it stands
        ordered = sorted(columns.values(), key=lambda column: column.words.kind != "metric")
        return Header(first, last, tuple(ordered), tuple(unknown), tuple(twice))

    def _column(self, position: int, words: ColumnWords, text: str) -> Column:
        family = UNIT_FAMILIES.get(words.kind)
        unit = BRACKET.search(_wide(text))
        if family is None or unit is None or folded(words.header) == folded(text):
            return Column(position, words, text)
        units: Mapping[str, str] = self._vocabulary.words.words
        found = units.get(f"{family}.{unit[1].strip()}")
        if found is None and words.kind == "measure" and not self._is_foreign(unit[1]):
            return Column(position, words, text)  # a count or a percentage: the indicator says which
        return Column(position, words, text, Decimal(found) if found else None, None if found else unit[1])

    def _is_foreign(self, unit: str) -> bool:
        words = self._vocabulary.words.words
        return any(key.startswith("currency.") and unit.endswith(word) for key, word in words.items())


def _bare(text: str) -> str:
    """Return a header without brackets, stars and blanks."""
    return folded(MARKS.sub("", BRACKET.sub("", _wide(text))))


def _is_canonical(column: Column) -> bool:
    return _bare(column.header) == _bare(column.words.header)


def _wide(text: str) -> str:
    return text.translate({0xFF08: "(", 0xFF09: ")", 0x3010: "[", 0x3011: "]", 0xFF1A: ":"})


def _is_head(cells: Cells) -> bool:
    """Tell whether the second row of a head reads like one: words only, no dates or numbers."""
    return all(isinstance(cell, str) or cell is None for cell in cells)


def _spread(cells: Cells, number: int, sheet: RawSheet) -> list[Any]:
    """Return a head row with every merged cell repeated over its columns."""
    spread = list(cells)
    for left, top, right, _bottom in sheet.merges:
        if top == number and left <= len(spread):
            for position in range(left, min(right, len(spread))):
                spread[position] = spread[left - 1]
    return spread


def _stacked(above: Sequence[Any], below: Sequence[Any]) -> list[tuple[str, str]]:
    """Pair the cells of a head of two rows."""
    width = max(len(above), len(below))
    padded = [list(row) + [None] * (width - len(row)) for row in (above, below)]
    return [(text_of(upper), text_of(lower)) for upper, lower in zip(*padded, strict=True)]
