"""How the rows of each sheet lie in their table: columns, references, keys."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from domain.ledger.books import Record
from domain.ledger.quantities import canonical
from domain.ledger.rows import PLACE, Row
from domain.models import Base, Issue, Person, PublishedFigure, Trip, Unit
from domain.models.projects import AnnualPlan, Enterprise, FundRecord

NTH = "#"  # the n-th record of one key, where a key may come several times
References = Mapping[str, Mapping[int, str]]  # kind -> row id -> how it is written


class Shape:
    """One sheet and its table; the sheets that are no plain list of columns override the hooks."""

    code: ClassVar[str]
    model: ClassVar[type[Base]]
    key: ClassVar[tuple[str, ...]]  # the columns that make the key
    refs: ClassVar[Mapping[str, tuple[str, str]]] = {}  # field -> (column, kind of row it names)
    lists: ClassVar[Mapping[str, tuple[str, str]]] = {}  # field -> (pseudo column of ids, kind): several rows named
    late: ClassVar[frozenset[str]] = frozenset()  # fields that may name rows of this very sheet
    quantities: ClassVar[frozenset[str]] = frozenset()
    defaults: ClassVar[Mapping[str, Any]] = {}  # what a new row says where its cells are empty
    hidden: ClassVar[frozenset[str]] = frozenset({"id"})  # columns that are not in the workbook
    span: ClassVar[str | None] = None  # a date column by which the rows that may match are found

    def put(self, record: Record, field: str, value: Any) -> None:
        """Take one field that names nobody into a record."""
        record[field] = canonical(value) if field in self.quantities else value

    def identity(self, record: Record) -> tuple[Any, ...]:
        """Return what makes two records the same one."""
        return tuple(self.of_key(record, column) for column in self.key)

    def of_key(self, record: Record, column: str) -> Any:
        """Return one part of the key."""
        value = record.get(column, self.defaults.get(column))
        return tuple(sorted(value)) if isinstance(value, list) else value

    def number(self, records: Iterable[tuple[str, Record]]) -> None:
        """Number the records of one key, where a key may come several times in a file."""

    def load(self, session: Session, given: Sequence[Record] | None = None) -> dict[int, Record]:
        """Return the table's rows by id, in order of id; only those that may match `given` when it says."""
        query = self._narrowed(select(self.model.__table__).order_by(self.model.__table__.c.id), given)
        found: dict[int, Record] = {}
        for row in session.execute(query).mappings():
            record: Record = {str(name): canonical(row[name]) if name in self.quantities else row[name] for name in row}
            row_id: int = record.pop("id")
            found[row_id] = record
        self.load_children(session, found)
        self.number(("", record) for record in found.values())
        return found

    def load_children(self, session: Session, records: dict[int, Record]) -> None:
        """Add what lies in other tables."""

    def row(self, record: Record, references: References) -> Row:
        """Return a record as a row of the workbook."""
        row: Row = {}
        for field, (column, kind) in self.refs.items():
            if record.get(column) is not None:
                row[field] = references[kind][record[column]]
        for field, (column, kind) in self.lists.items():
            row[field] = [references[kind][one] for one in record[column]]
        taken = {column for column, _ in (*self.refs.values(), *self.lists.values())}
        for column, value in record.items():
            if column not in taken and column not in self.hidden and column != NTH:
                self.show(row, column, value)
        return {field: value for field, value in row.items() if value is not None and value not in ([], "")}

    def show(self, row: Row, column: str, value: Any) -> None:
        """Put one column into a row of the workbook."""
        row[column] = value

    def _narrowed(self, query: Select[Any], given: Sequence[Record] | None) -> Select[Any]:
        if given is None or self.span is None:
            return query
        days = [record[self.span] for record in given if record.get(self.span)]
        column = self.model.__table__.c[self.span]
        return query.where(column.between(min(days), max(days))) if days else query


class UnitShape(Shape):
    """单位."""

    code = "unit"
    model = Unit
    key = ("name",)
    refs: ClassVar = {"parent": ("parent_id", "unit")}
    late = frozenset({"parent"})
    defaults: ClassVar = {"aliases": []}


class PersonShape(Shape):
    """人员."""

    code = "person"
    model = Person
    key = ("name", "unit_id")
    refs: ClassVar = {"unit": ("unit_id", "unit")}


class EnterpriseShape(Shape):
    """企业: known by its name, and by its credit code even under a new name."""

    code = "enterprise"
    model = Enterprise
    key = ("name",)
    defaults: ClassVar = {"aliases": [], "tags": []}


class AnnualPlanShape(Shape):
    """年度计划."""

    code = "annual_plan"
    model = AnnualPlan
    key = ("project_id", "year")
    refs: ClassVar = {"project": ("project_id", "project")}


class FundRecordShape(Shape):
    """到位资金: the n-th row of a project, month and voucher is the n-th arrival."""

    code = "fund_record"
    model = FundRecord
    key = ("project_id", "month", "voucher", NTH)
    refs: ClassVar = {"project": ("project_id", "project")}
    defaults: ClassVar = {"status": "reported"}
    span = "month"

    def number(self, records: Iterable[tuple[str, Record]]) -> None:
        """Count the arrivals of one key, in each file for itself."""
        counted: dict[tuple[Any, ...], int] = {}
        for file, record in records:
            key = (file, *(record.get(column) for column in self.key[:-1]))
            counted[key] = record[NTH] = counted.get(key, 0) + 1


class TripShape(Shape):
    """外出."""

    code = "trip"
    model = Trip
    key = ("unit_id", "start", "leader", "places")
    refs: ClassVar = {"unit": ("unit_id", "unit")}
    defaults: ClassVar = {"places": []}
    span = "start"

    def row(self, record: Record, references: References) -> Row:
        """Return the trip; one whose end was never said ended the day it began."""
        return super().row(record | {"end": record.get("end") or record.get("start")}, references)


class IssueShape(Shape):
    """问题."""

    code = "issue"
    model = Issue
    key = ("project_id", "category", "description", "raised_on")
    refs: ClassVar = {"project": ("project_id", "project")}


class PublishedFigureShape(Shape):
    """外部数据."""

    code = "published_figure"
    model = PublishedFigure
    key = ("name", "period", "source")


def fields(row: Row) -> Iterable[tuple[str, Any]]:
    """Return what a row says, field by field."""
    return ((field, value) for field, value in row.items() if field != PLACE and value is not None)
