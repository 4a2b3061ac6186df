"""Which units are ranked against one another, and whose rows belong to which of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from domain.codes import UNIT_KINDS
from domain.directory import ranked_units
from domain.models import Unit
from domain.unit_of_work import UnitOfWork


def places(uow: UnitOfWork, ranked: Iterable[Unit]) -> dict[int, int]:
    """Return unit -> the ranked unit it is or lies below."""
    children: dict[int | None, list[int]] = {}
    for child, parent in uow.session.execute(select(Unit.id, Unit.parent_id)):
        children.setdefault(parent, []).append(child)
    found: dict[int, int] = {}
    for unit in ranked:
        waiting = [unit.id]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = unit.id
                waiting += children.get(current, [])
    return found


def districts(uow: UnitOfWork) -> set[int]:
    """Return the units of the districts and zones; all others are of the city level."""
    return set(places(uow, ranked_units(uow)))


def contenders(uow: UnitOfWork, group: str | None) -> Sequence[Unit]:
    """Return the ranked units, of one group when named, else of one kind (its code or label)."""
    everyone = ranked_units(uow)
    if group is None:
        return everyone
    of_group = [unit for unit in everyone if unit.group_name == group]
    kind = group if group in UNIT_KINDS else _kind_called(uow, group)
    return of_group or [unit for unit in everyone if kind is not None and unit.kind == kind]


def _kind_called(uow: UnitOfWork, label: str) -> str | None:
    labels = uow.words.choices.get("unit_kind", {})
    return next((code for code, word in labels.items() if word == label), None)
