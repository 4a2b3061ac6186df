"""What a row must say, and what it cannot say together (contract §4)."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.ledger.books import Record
from domain.ledger.rows import PLANNED, REACHED, Row
from domain.ledger.vocabulary import Vocabulary
from domain.ledger.wide_shapes import UNVERIFIED
from domain.ports import SheetSpec

Refusal = tuple[str, str | None, Mapping[str, Any]]  # reason, field, values

# the required fields without which nobody knows which record a row is
KEY_FIELDS = {
    "unit": {"name"},
    "person": {"name", "unit"},
    "enterprise": {"name"},
    "project": {"name"},
    "annual_plan": {"project", "year"},
    "fund_record": {"project", "month"},
    "target": {"unit", "year", "indicator"},
    "visit": {"date", "unit", "enterprises", "mode"},
    "lead": {"enterprise", "unit", "registered_on"},
    "trip": {"unit", "start", "places"},
    "issue": {"project", "category", "description"},
    "published_figure": {"name", "period"},
}
# the contract stars the firms, but the chat takes a visit that names only one of these, and an export must come back
INSTEAD_OF_FIRMS = ("event", "people_count")


def lacks_key(code: str, row: Row) -> bool:
    """Tell whether a row leaves out, or says wrongly, a part of its key."""
    return any(row.get(name) is None and not _excused(code, name, row) for name in KEY_FIELDS[code])


def missing_fields(spec: SheetSpec, row: Row) -> Iterator[str]:
    """Return the required fields a row is silent about; a refused cell has been reported already."""
    for column in spec.columns:
        if column.required and column.field not in row and not _excused(spec.code, column.field, row):
            yield column.field


def refusals(code: str, record: Record, vocabulary: Vocabulary) -> Iterator[Refusal]:
    """Return what is wrong with a record as it will stand."""
    if code == "project":
        yield from _of_project(record, vocabulary)
    elif code == "target" and record.get("base") is None and record.get("stretch") is None:
        yield "target_missing", "base", {}
    elif code == "published_figure" and record.get("value") is None and record.get("rank") is None:
        yield "figure_missing", "value", {}
    elif code == "trip" and record.get("end") and record.get("start") and record["end"] < record["start"]:
        values = {"start": record["start"].isoformat(), "end": record["end"].isoformat()}
        yield "end_before_start", "end", values


def tree_refusals(units: Mapping[int, Record], named: set[int | None]) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Return the units of a file that keep the ledger from being one city: a second root, or a circle."""
    roots = [row_id for row_id, unit in units.items() if unit.get("parent_id") is None]
    if not roots:
        yield 0, "no_city", {}
    for row_id in roots if len(roots) > 1 else ():
        other = next(root for root in roots if root != row_id)
        if row_id in named:
            yield row_id, "several_cities", {"value": units[row_id]["name"], "other": units[other]["name"]}
    for one in named:
        if one is not None and roots and _in_circle(units, one):
            yield one, "unit_cycle", {"value": units[one]["name"]}


def _in_circle(units: Mapping[int, Record], start: int) -> bool:
    """Tell whether a unit lies above itself."""
    seen = set[int]()
    above: int | None = units[start].get("parent_id")
    while above is not None and above not in seen:
        if above == start:
            return True
        seen.add(above)
        above = units[above].get("parent_id")
    return False


def _of_project(record: Record, vocabulary: Vocabulary) -> Iterator[Refusal]:
    unsigned_package = record.get("packaged") and record.get(f"{REACHED}signed") is None
    if not record.get("investors") and not unsigned_package:
        yield "investor_missing", "investors", {}
    for kind in record.get(UNVERIFIED) or ():
        if record.get(REACHED + kind) is None and record.get(PLANNED + kind) is None:
            yield "unverified_without_date", UNVERIFIED, {"value": vocabulary.label("milestone", kind)}


def _excused(code: str, name: str, row: Row) -> bool:
    return code == "visit" and name == "enterprises" and any(row.get(other) for other in INSTEAD_OF_FIRMS)
