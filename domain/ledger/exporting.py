"""Brings the whole ledger into typed rows, in one order whatever the history of the database."""

from collections.abc import Callable
from typing import Any

from domain.ledger.books import Record
from domain.ledger.rows import Row, Tables
from domain.ledger.shapes import References, Shape
from domain.ledger.wide_shapes import SHAPES
from domain.unit_of_work import UnitOfWork

# what the rows of a sheet are ordered by; the order of entry decides between equals
ORDER: dict[str, tuple[str, ...]] = {
    "unit": ("sort_order", "name"),
    "person": ("unit", "name"),
    "enterprise": ("name",),
    "project": ("code", "name"),
    "annual_plan": ("project", "year"),
    "fund_record": ("project", "month", "voucher"),
    "target": ("unit", "year", "indicator", "list_name", "set_by"),
    "visit": ("date", "unit", "enterprises", "mode", "subject"),
    "lead": ("code", "registered_on", "enterprise", "unit"),
    "trip": ("start", "unit", "leader", "places"),
    "issue": ("project", "raised_on", "category", "description"),
    "published_figure": ("name", "period", "source"),
}


def collect(uow: UnitOfWork) -> Tables:
    """Return every sheet's rows."""
    loaded = {code: shape.load(uow.session) for code, shape in SHAPES.items()}
    references = _references(loaded)
    tables = {code: _rows(shape, loaded[code], references) for code, shape in SHAPES.items()}
    tables["unit"] = _parents_first(tables["unit"])
    return tables


def _rows(shape: Shape, records: dict[int, Record], references: References) -> list[Row]:
    rows = [shape.row(record, references) for record in records.values()]
    return sorted(rows, key=_sorter(ORDER[shape.code]))


def _references(loaded: dict[str, dict[int, Record]]) -> References:
    """Return how each row is written where another names it: projects by name unless several share it."""
    projects = loaded["project"]
    names = [record["name"] for record in projects.values()]
    several = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
    return {
        "unit": {row_id: record["name"] for row_id, record in loaded["unit"].items()},
        "enterprise": {row_id: record["name"] for row_id, record in loaded["enterprise"].items()},
        "project": {
            row_id: (record["code"] or record["name"]) if record["name"] in several else record["name"]
            for row_id, record in projects.items()
        },
    }


def _sorter(order: tuple[str, ...]) -> Callable[[Row], Any]:
    def key(row: Row) -> list[tuple[bool, Any]]:
        return [(row.get(name) is None, "" if row.get(name) is None else row[name]) for name in order]

    return key


def _parents_first(units: list[Row]) -> list[Row]:
    """Return the units as a tree: the city, then each unit with those below it."""
    below: dict[str | None, list[Row]] = {}
    for unit in units:
        below.setdefault(unit.get("parent"), []).append(unit)
    ordered: list[Row] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += below.get(unit["name"], [])[::-1]
    return ordered
