"""Who is meant by a name in a cell: first within the files of the command, then in the ledger."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from domain.ledger.faults import CellRefused
from domain.ledger.text import folded

Record = dict[str, Any]  # one row of a table (and its children) by column


class NameBook:
    """Names, short names and aliases of one kind of row; an exact name goes before any other."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._exact: dict[str, int] = {}
        self._other: dict[str, list[int]] = {}
        self.names: dict[int, str] = {}

    def add(self, row_id: int, record: Record) -> None:
        """Learn a row's names."""
        name = record["name"]
        self.names[row_id] = name
        self._exact[name] = row_id
        for other in {folded(name), *map(folded, _other_names(record))}:
            known = self._other.setdefault(other, [])
            if row_id not in known:
                known.append(row_id)

    def knows(self, name: str) -> bool:
        """Tell whether something is called so exactly."""
        return name in self._exact

    def find(self, text: str) -> int | None:
        """Return the row a text means, None when there is none; raise CellRefused when several fit."""
        if text in self._exact:
            return self._exact[text]
        found = self._other.get(folded(text), [])
        if len(found) > 1:
            choices = [self.names[one] for one in found]
            raise CellRefused(f"ambiguous_{self._kind}", value=text, choices=choices)
        return found[0] if found else None


class ProjectBook:
    """Projects by 编号 and by name; of several of one name the one without a 编号 is meant."""

    def __init__(self) -> None:
        self._by_code: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._codes: dict[int, str | None] = {}

    def add(self, row_id: int, record: Record) -> None:
        """Learn a project."""
        code = record.get("code")
        self._codes[row_id] = code
        if code:
            self._by_code[code] = row_id
        for name in {record["name"], folded(record["name"])}:
            known = self._by_name.setdefault(name, [])
            if row_id not in known:
                known.append(row_id)

    def knows(self, name: str) -> bool:
        """Tell whether a project is called so exactly."""
        return name in self._by_name

    def find(self, text: str) -> int | None:
        """Return the project a text means, None when there is none; raise CellRefused when several fit."""
        if text in self._by_code:
            return self._by_code[text]
        found = self._by_name.get(text) or self._by_name.get(folded(text), [])
        uncoded = [one for one in found if not self._codes[one]]
        chosen = uncoded if len(found) > 1 and len(uncoded) == 1 else found
        if len(chosen) > 1:
            codes = [code for one in chosen if (code := self._codes[one])]
            raise CellRefused("ambiguous_project", value=text, choices=codes)
        return chosen[0] if chosen else None


class Shelf:
    """The books of one kind, in the order they are asked: the files', then the ledger's."""

    def __init__(self, kind: str, make: Callable[[], NameBook | ProjectBook]) -> None:
        self.kind = kind
        self.files = make()
        self._make = make
        self._ledger: NameBook | ProjectBook | None = None

    def load(self, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        """Learn the rows of the ledger."""
        self._ledger = self._make()
        for row_id, record in rows:
            self._ledger.add(row_id, dict(record))

    @property
    def loaded(self) -> bool:
        """Tell whether the ledger's rows are known yet."""
        return self._ledger is not None

    def find(self, text: str) -> int | None:
        """Return the row a text means, or None."""
        found = self.files.find(text)
        if found is None and self._ledger is not None:
            return self._ledger.find(text)
        return found

    def get(self, text: str) -> int:
        """Return the row a text means; raise CellRefused when there is none."""
        found = self.find(text)
        if found is None:
            raise CellRefused(f"unknown_{self.kind}", value=text)
        return found


def _other_names(record: Record) -> list[str]:
    short = record.get("short_name")
    return [*([short] if short else []), *(record.get("aliases") or [])]
