"""What an import has to say: counts per sheet, refusals and remarks, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.ledger.rows import Place


@dataclass(frozen=True, slots=True)
class Fault:
    """One refusal or remark; `reason` names the sentence in `locale/ledger/faults.toml`, `values` fill it."""

    reason: str
    file: str = ""
    sheet: str | None = None
    row: int | None = None  # as Excel counts
    column: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


class CellRefused(Exception):
    """A cell's content cannot be taken; `reason` and `values` say why."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values


@dataclass(slots=True)
class Counts:
    """How the rows of one sheet fared."""

    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(slots=True)
class Report:
    """The outcome of an import: with any fault nothing was written."""

    counts: dict[str, Counts] = field(default_factory=dict)  # by sheet code
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Tell whether the import was refused as a whole."""
        return bool(self.faults)

    def of(self, sheet: str) -> Counts:
        """Return a sheet's counts."""
        return self.counts.setdefault(sheet, Counts())

    def total(self) -> Counts:
        """Return the counts over all sheets."""
        every = self.counts.values()
        return Counts(
            sum(one.taken for one in every),
            sum(one.changed for one in every),
            sum(one.unchanged for one in every),
            sum(one.refused for one in every),
        )

    def refuse(self, place: Place, reason: str, column: str | None = None, **values: Any) -> None:
        """Add a refusal."""
        self.faults.append(_fault(place, reason, column, values))

    def note(self, place: Place, reason: str, column: str | None = None, **values: Any) -> None:
        """Add a remark."""
        self.notes.append(_fault(place, reason, column, values))


def _fault(place: Place, reason: str, column: str | None, values: Mapping[str, Any]) -> Fault:
    return Fault(reason, place.file, place.sheet or None, place.row or None, column, values)
