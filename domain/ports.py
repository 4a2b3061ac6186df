"""What the domain needs from outside: the name index and the words of the sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


class NameIndex(Protocol):
    """Finds the ledger rows a name may mean."""

    def candidates(self, kind: str, text: str, hints: Mapping[str, Any] | None = None) -> Sequence[tuple[int, float]]:
        """Return (row id, score 0–1) of the `kind` (unit, person, enterprise, project), best first."""
        ...


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """One column of a sheet: its field, its canonical header and the headers it also goes by."""

    field: str
    header: str
    kind: str = "text"
    variants: tuple[str, ...] = ()
    choices: str | None = None  # which of SheetWords.choices its cells are taken from
    required: bool = False


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: its code, its canonical title, other titles, and its columns in order."""

    code: str
    title: str
    columns: tuple[ColumnWords, ...]
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of the workbook, built once by the catalog from `locale/ledger/*.toml`."""

    sheets: tuple[SheetSpec, ...]
    choices: Mapping[str, Mapping[str, str]]  # enum name -> code -> printed label
    metrics: Mapping[str, str]  # metric code -> printed name
    words: Mapping[str, str] = field(default_factory=dict)  # other words by key: yes, no, total, amount units, marks
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # word lists by key: total rows, units, …
    provinces: Mapping[str, str] = field(default_factory=dict)  # city -> province
