"""Works out what an import comes to, without writing: who is meant, what is new, what differs."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from domain.ledger.books import NameBook, ProjectBook, Record, Shelf
from domain.ledger.faults import CellRefused, Report
from domain.ledger.matching import identity, matcher
from domain.ledger.rows import Place, Row, Tables, place_of
from domain.ledger.rules import lacks_key, missing_fields, refusals, tree_refusals
from domain.ledger.shapes import NTH, Shape, fields
from domain.ledger.vocabulary import Vocabulary
from domain.ledger.wide_shapes import SHAPES
from domain.ledger.writing import Change, SheetPlan, allocate
from domain.models import Base, Enterprise, Project, Unit
from domain.ports import SheetSpec
from domain.unit_of_work import UnitOfWork

CREATED_KINDS = frozenset({"enterprise"})  # rows a mere mention makes


@dataclass(slots=True)
class Given:
    """One row of the files on its way into the ledger."""

    place: Place
    row: Row
    record: Record = field(default_factory=dict)
    sound: bool = True
    row_id: int | None = None  # of the record it is, or will be
    before: Record | None = None  # that record, when the ledger has it

    def after(self) -> Record:
        """Return the record as it will stand."""
        return (self.before or {}) | self.record


class Planner:
    """Plans one import, sheet by sheet; every refusal goes into the report."""

    def __init__(self, uow: UnitOfWork, report: Report, vocabulary: Vocabulary, planned: Callable[[int], None]) -> None:
        self._session = uow.session
        self._report = report
        self._vocabulary = vocabulary
        self._planned = planned
        self._specs = {spec.code: spec for spec in vocabulary.words.sheets}
        self._shelves = {
            "unit": Shelf("unit", lambda: NameBook("unit")),
            "enterprise": Shelf("enterprise", lambda: NameBook("enterprise")),
            "project": Shelf("project", ProjectBook),
        }
        self.plans = {code: SheetPlan(shape) for code, shape in SHAPES.items()}

    def plan(self, tables: Tables) -> list[SheetPlan]:
        """Plan all sheets, in the order in which they refer to one another."""
        for code, shape in SHAPES.items():
            rows = tables.get(code, [])
            if rows:
                self._plan_sheet(shape, self._specs[code], rows)
                self._planned(len(rows))
        return list(self.plans.values())

    def _plan_sheet(self, shape: Shape, spec: SheetSpec, rows: Sequence[Row]) -> None:
        given = [Given(place_of(row, spec.title), row) for row in rows]
        self._prepare_mentions(shape, spec, given)
        for one in given:
            self._resolve(shape, spec, one, late=False)
            one.sound = one.sound and not lacks_key(shape.code, one.row)
        shape.number((one.place.file, one.record) for one in given)
        kept = self._folded(shape, [one for one in given if one.sound])
        existing = self._match(shape, kept)
        self._register(shape, given)
        for one in kept if shape.late else ():
            self._resolve(shape, spec, one, late=True)
        unknown = [one for one in given if not one.sound] + [one for one in kept if one.before is None and one.sound]
        self._judge(shape, spec, unknown, kept)
        if shape.code == "unit" and all(one.sound for one in given):
            self._judge_tree(spec, existing, kept)
        self._decide(shape, kept)

    def _judge(self, shape: Shape, spec: SheetSpec, unknown: Sequence[Given], kept: Sequence[Given]) -> None:
        """Refuse rows that leave out what they must, or say what cannot be.

        A row of a record the ledger knows may leave out all but its key.
        """
        for one in unknown:
            for name in missing_fields(spec, one.row):
                self._refuse(one, spec, name, CellRefused("missing"))
        for one in kept:
            for reason, wrong, values in refusals(shape.code, one.after(), self._vocabulary):
                self._refuse(one, spec, wrong, CellRefused(reason, **values))

    def _judge_tree(self, spec: SheetSpec, existing: dict[int, Record], kept: Sequence[Given]) -> None:
        """Refuse units that do not hang together as one city."""
        after = existing | {one.row_id: one.after() for one in kept if one.row_id is not None}
        by_id = {one.row_id: one for one in kept}
        for row_id, reason, values in tree_refusals(after, set(by_id)):
            found = by_id.get(row_id)
            if found is None:
                self._report.refuse(Place(kept[0].place.file, kept[0].place.sheet, 0), reason, **values)
            else:
                self._refuse(found, spec, "parent", CellRefused(reason, **values))

    def _prepare_mentions(self, shape: Shape, spec: SheetSpec, given: Sequence[Given]) -> None:
        """Give an id to every enterprise that is only mentioned, so that the rows can name it."""
        mentioning = [name for name, kind in _naming(shape).items() if kind in CREATED_KINDS]
        unknown: dict[str, Given] = {}
        for one in given:
            for name in (name for column in mentioning for name in _as_list(one.row.get(column))):
                if name not in unknown and self._is_unknown(name):
                    unknown[name] = one
        ids = allocate_after(self._session, Enterprise, self.plans["enterprise"], len(unknown))
        for (name, one), row_id in zip(unknown.items(), ids, strict=True):
            record: Record = {"name": name}
            self.plans["enterprise"].new.append((row_id, record))
            self._shelf("enterprise").files.add(row_id, record)
            column = self._header(spec, one.place, mentioning[0])
            self._report.note(one.place, "created_enterprise", column, value=name)
            self._report.of("enterprise").taken += 1

    def _is_unknown(self, name: str) -> bool:
        try:
            return self._shelf("enterprise").find(name) is None
        except CellRefused:
            return False  # several fit: the row itself will be refused

    def _resolve(self, shape: Shape, spec: SheetSpec, one: Given, *, late: bool) -> None:
        """Turn a row's fields into columns; names into ids."""
        for name, value in fields(one.row):
            if (name in shape.late) != late:
                continue
            try:
                self._put(shape, one.record, name, value)
            except CellRefused as refused:
                self._refuse(one, spec, name, refused)
        if shape.code == "person" and "unit" in one.row and one.sound:
            one.record["name"] = _without_unit(one.record.get("name"), one.row["unit"])

    def _put(self, shape: Shape, record: Record, name: str, value: Any) -> None:
        if name in shape.refs:
            column, kind = shape.refs[name]
            record[column] = self._shelf(kind).get(value)
        elif name in shape.lists:
            column, kind = shape.lists[name]
            record[column] = list(dict.fromkeys(self._shelf(kind).get(text) for text in value))
        else:
            shape.put(record, name, value)

    def _folded(self, shape: Shape, given: Sequence[Given]) -> list[Given]:
        """Count equal rows of one key once; refuse all rows of a key whose cells differ."""
        groups: dict[Hashable, list[Given]] = {}
        for one in given:
            groups.setdefault(identity(shape, one.record), []).append(one)
        kept = [self._one_of(group) for group in groups.values()]
        return self._of_one_code(kept) if shape.code == "enterprise" else [one for one in kept if one.sound]

    def _one_of(self, group: Sequence[Given]) -> Given:
        first, *others = group
        if any(_said(other) != _said(first) for other in others):
            self._refuse_twice(group)
        else:
            for other in others:
                self._report.note(other.place, "equal_twice", rows=self._rows_of([first]))
        return first

    def _of_one_code(self, kept: Sequence[Given]) -> list[Given]:
        """Refuse enterprises of different names that claim one credit code."""
        groups: dict[str, list[Given]] = {}
        for one in kept:
            if one.record.get("credit_code"):
                groups.setdefault(one.record["credit_code"], []).append(one)
        for group in groups.values():
            if len(group) > 1:
                self._refuse_twice(group)
        return [one for one in kept if one.sound]

    def _refuse_twice(self, group: Sequence[Given]) -> None:
        for one in group:
            others = self._rows_of([other for other in group if other is not one])
            self._report.refuse(one.place, "different_twice", rows=others)
            one.sound = False

    def _match(self, shape: Shape, kept: Sequence[Given]) -> dict[int, Record]:
        """Find the record each row is, or give it the id of a new one; return what the ledger has."""
        existing = shape.load(self._session, [one.record for one in kept])
        finder = matcher(shape, existing, (one.record for one in kept))
        for one in kept:
            try:
                one.row_id = finder.find(one.record)
            except CellRefused as refused:
                self._refuse(one, self._specs[shape.code], None, refused)
            one.before = existing[one.row_id] if one.row_id is not None else None
        new = [one for one in kept if one.row_id is None]
        ids = allocate_after(self._session, shape.model, self.plans[shape.code], len(new))
        for one, row_id in zip(new, ids, strict=True):
            one.row_id = row_id
        return existing

    def _register(self, shape: Shape, given: Sequence[Given]) -> None:
        """Let other rows name these; refused ones too, or each row that names them would be refused as well."""
        if shape.code not in self._shelves:
            return
        shelf = self._shelf(shape.code)
        for one in given:
            if one.row_id is not None:
                shelf.files.add(one.row_id, one.after())
        for position, one in enumerate(given):
            if one.row_id is None and one.record.get("name") and not shelf.files.knows(one.record["name"]):
                shelf.files.add(-1 - position, one.record)

    def _decide(self, shape: Shape, kept: Sequence[Given]) -> None:
        """Sort the rows into new, changed and unchanged ones."""
        plan, counts = self.plans[shape.code], self._report.of(shape.code)
        for one in kept:
            if not one.sound or one.row_id is None:
                continue
            if one.before is None:
                plan.new.append((one.row_id, one.record))
                counts.taken += 1
                continue
            changed = _difference(one.before, one.record)
            if changed:
                plan.changes.append(Change(one.row_id, one.before, changed))
                counts.changed += 1
            else:
                counts.unchanged += 1

    def _shelf(self, kind: str) -> Shelf:
        shelf = self._shelves[kind]
        if not shelf.loaded:
            columns: dict[str, list[Any]] = {
                "unit": [Unit.id, Unit.name, Unit.short_name, Unit.aliases],
                "enterprise": [Enterprise.id, Enterprise.name, Enterprise.short_name, Enterprise.aliases],
                "project": [Project.id, Project.name, Project.code],
            }
            rows = self._session.execute(select(*columns[kind])).mappings()
            shelf.load((row["id"], {str(name): row[name] for name in row}) for row in rows)
        return shelf

    def _refuse(self, one: Given, spec: SheetSpec, name: str | None, refused: CellRefused) -> None:
        one.sound = False
        values = {
            key: self._vocabulary.joined(value) if isinstance(value, list) else value
            for key, value in refused.values.items()
        }
        self._report.refuse(one.place, refused.reason, self._header(spec, one.place, name), **values)

    def _header(self, spec: SheetSpec, place: Place, name: str | None) -> str | None:
        """Return the header of a field as it stands in the file, else its canonical one."""
        canonical = next((column.header for column in spec.columns if column.field == name), None)
        return place.headers.get(name or "", canonical)

    def _rows_of(self, group: Sequence[Given]) -> str:
        return self._vocabulary.joined(str(one.place.row) for one in group)


def allocate_after(session: Any, model: type[Base], plan: SheetPlan, count: int) -> list[int]:
    """Return ids for new rows, beyond those the plan has given out already."""
    ids = allocate(session, model, count)
    if not ids or not plan.new or session.get_bind().dialect.name == "postgresql":
        return ids
    shift = max(0, max(row_id for row_id, _ in plan.new) + 1 - ids[0])
    return [row_id + shift for row_id in ids]


def _naming(shape: Shape) -> dict[str, str]:
    """Return the fields of a sheet that name rows of another, with their kind."""
    return {name: kind for name, (_, kind) in (*shape.refs.items(), *shape.lists.items())}


def _as_list(value: Any) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _difference(before: Record, given: Record) -> Record:
    """Return what a row says anew; a schedule is completed, not replaced."""
    changed: Record = {}
    for column, value in given.items():
        known = before.get(column)
        after = (known or {}) | value if column == "schedule" else value
        if column != NTH and known != after:
            changed[column] = after
    return changed


def _said(one: Given) -> Any:
    """Return all a row says: what is resolved and what is not yet."""
    return one.record, dict(fields(one.row)).get("parent")


def _without_unit(name: str | None, unit: str) -> str | None:
    """Return a person's bare name where the cell says `name(unit)`."""
    if name and name.translate({0xFF08: "(", 0xFF09: ")"}).endswith(f"({unit})"):
        return name[: -len(unit) - 2].strip()
    return name
