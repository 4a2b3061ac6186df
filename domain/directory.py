"""Reads units, people and names; who belongs to what."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from domain.errors import Ambiguous, NotFound
from domain.models import Person, Unit
from domain.unit_of_work import Actor, UnitOfWork

RANKED_KINDS = ("county", "zone")
CITY_LEVEL_KINDS = ("city", "department")


def root_unit(uow: UnitOfWork) -> Unit:
    """Return the city: the one unit without a parent."""
    found = uow.session.scalars(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id)).first()
    if found is None:
        raise NotFound("no_city")
    return found


def ranked_units(uow: UnitOfWork) -> Sequence[Unit]:
    """Return the districts and zones directly under the city, in their own order."""
    root = root_unit(uow)
    query = select(Unit).where(Unit.parent_id == root.id, Unit.kind.in_(RANKED_KINDS))
    return uow.session.scalars(query.order_by(Unit.sort_order.is_(None), Unit.sort_order, Unit.name)).all()


def with_subunits(uow: UnitOfWork, unit_id: int) -> set[int]:
    """Return the ids of a unit and all units below it."""
    children: dict[int | None, list[int]] = {}
    for child, parent in uow.session.execute(select(Unit.id, Unit.parent_id)):
        children.setdefault(parent, []).append(child)
    found, waiting = set[int](), [unit_id]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += children.get(current, [])
    return found


def is_city_level(uow: UnitOfWork, person: Actor) -> bool:
    """Tell whether a person belongs to the city's row or a city office directly under it."""
    root = root_unit(uow)
    return person.unit_id == root.id or (person.parent_unit_id == root.id and person.unit_kind in CITY_LEVEL_KINDS)


def person_by_name(uow: UnitOfWork, name: str) -> Person:
    """Return the person called `name`, or `name(unit)` where two share it; raise NotFound or Ambiguous."""
    everyone = uow.session.scalars(select(Person)).all()
    known = display_names(everyone)
    exact = [person for person in everyone if known[person.id] == name]
    found = exact or [person for person in everyone if person.name == name]
    if not found:
        raise NotFound("no_person", name=name)
    if len(found) > 1:
        raise Ambiguous("several_people", name=name, choices=[known[person.id] for person in found])
    return found[0]


def person(uow: UnitOfWork, person_id: int) -> Person:
    """Return a person by their number."""
    return uow.session.get_one(Person, person_id)


def unit(uow: UnitOfWork, unit_id: int) -> Unit:
    """Return a unit by its number."""
    return uow.session.get_one(Unit, unit_id)


def unit_by_name(uow: UnitOfWork, name: str) -> Unit:
    """Return the unit of a canonical or short name; raise NotFound."""
    query = select(Unit).where((Unit.name == name) | (Unit.short_name == name)).order_by(Unit.name != name, Unit.id)
    unit = uow.session.scalars(query.limit(1)).first()
    if unit is None:
        raise NotFound("no_unit", name=name)
    return unit


def find_person(uow: UnitOfWork, name: str) -> Person | None:
    """Return the person of a printed name, or None where nobody or several are called so."""
    try:
        return person_by_name(uow, name)
    except (NotFound, Ambiguous):
        return None


def printed_name(uow: UnitOfWork, person: Person | Actor) -> str:
    """Return a person's printed name."""
    same = uow.session.scalars(select(Person).where(Person.name == person.name)).all()
    return display_names(same)[person.id]


def display_names(people: Iterable[Person]) -> dict[int, str]:
    """Return each person's printed name: `name(unit)` where two share one."""
    people = list(people)
    names = [person.name for person in people]
    return {
        person.id: f"{person.name}({person.unit.name})" if names.count(person.name) > 1 else person.name
        for person in people
    }
