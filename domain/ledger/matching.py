"""Which record of the ledger a row of the workbook is (contract §4, Keys)."""

from collections.abc import Hashable, Iterable

from domain.ledger.books import Record
from domain.ledger.faults import CellRefused
from domain.ledger.shapes import Shape


def identity(shape: Shape, record: Record) -> Hashable:
    """Return what makes two rows of one command the same record: the 编号 where there is one, else the key."""
    code = record.get("code") if shape.code in ("project", "lead") else None
    return ("code", code) if code else shape.identity(record)


class Matcher:
    """Finds the record of the ledger by key."""

    def __init__(self, shape: Shape, existing: dict[int, Record], given: Iterable[Record]) -> None:
        self._shape = shape
        self._ids: dict[Hashable, int] = {}
        for row_id, record in existing.items():
            self._ids.setdefault(shape.identity(record), row_id)

    def find(self, record: Record) -> int | None:
        """Return the id of the record a row is; None when it is new; raise CellRefused."""
        return self._ids.get(self._shape.identity(record))


class CodedMatcher(Matcher):
    """Finds projects and leads by 编号; without one on either side, by the rest of the key."""

    def __init__(self, shape: Shape, existing: dict[int, Record], given: Iterable[Record]) -> None:
        super().__init__(shape, existing, given)
        given = list(given)
        self._existing = existing
        self._by_code = {record["code"]: row_id for row_id, record in existing.items() if record["code"]}
        self._codes_given = {record["code"] for record in given if record.get("code")}
        self._uncoded_given = {shape.identity(record) for record in given if not record.get("code")}
        self._by_key: dict[Hashable, list[int]] = {}
        for row_id, record in existing.items():
            self._by_key.setdefault(shape.identity(record), []).append(row_id)

    def find(self, record: Record) -> int | None:
        """Return the id of the record a row is; None when it is new; raise CellRefused."""
        key = self._shape.identity(record)
        same = self._by_key.get(key, [])
        uncoded = [one for one in same if not self._existing[one]["code"]]
        code = record.get("code")
        if code:
            known = self._by_code.get(code)
            adopts = known is None and len(uncoded) == 1 and key not in self._uncoded_given
            return uncoded[0] if adopts else known
        free = uncoded or [one for one in same if self._existing[one]["code"] not in self._codes_given]
        if len(free) > 1:
            raise CellRefused("ambiguous_record")
        return free[0] if free else None


class EnterpriseMatcher(Matcher):
    """Finds enterprises by credit code, else by name."""

    def __init__(self, shape: Shape, existing: dict[int, Record], given: Iterable[Record]) -> None:
        super().__init__(shape, existing, given)
        self._existing = existing
        self._by_code = {record["credit_code"]: row_id for row_id, record in existing.items() if record["credit_code"]}

    def find(self, record: Record) -> int | None:
        """Return the id of the enterprise a row is; None when it is new; raise CellRefused."""
        by_name = super().find(record)
        code = record.get("credit_code")
        by_code = self._by_code.get(code) if code else None
        if by_name is None or by_name == by_code:
            return by_code
        if code and (by_code is not None or self._existing[by_name]["credit_code"] not in (None, code)):
            raise CellRefused("name_taken", value=record["name"])
        return by_name


def matcher(shape: Shape, existing: dict[int, Record], given: Iterable[Record]) -> Matcher:
    """Return the matcher for a sheet."""
    kinds = {"project": CodedMatcher, "lead": CodedMatcher, "enterprise": EnterpriseMatcher}
    return kinds.get(shape.code, Matcher)(shape, existing, given)
