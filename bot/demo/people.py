"""The directory: units, their heads and their staff."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.demo.dice import stream
from bot.demo.recipe import Recipe

PHONE_PREFIX = "1230000"  # no operator uses it


@dataclass(frozen=True, slots=True)
class Directory:
    """The city's units and people."""

    units: Sequence[dict[str, Any]]
    people: Sequence[dict[str, Any]]
    below: Mapping[str, Sequence[str]]  # sub-units by ranked unit
    _of_unit: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)

    def of(self, unit: str, *roles: str) -> list[str]:
        """Return the names of a unit's people in some roles, in the order of the directory."""
        return [person["name"] for person in self._of_unit[unit] if person["role"] in roles]


def build_directory(recipe: Recipe) -> Directory:
    """Return the units and people of a city."""
    units, people = list(_units(recipe)), list(_people(recipe))
    of_unit: dict[str, list[Mapping[str, Any]]] = {unit["name"]: [] for unit in units}
    for person in people:
        of_unit[person["unit"]].append(person)
    below: dict[str, list[str]] = {name: [] for name, _ in recipe.ranked}
    for unit in recipe.table["below"]:
        if unit["parent"] in below:
            below[unit["parent"]].append(unit["name"])
    return Directory(units, people, below, of_unit)


def _units(recipe: Recipe) -> Iterator[dict[str, Any]]:
    table, city = recipe.table, recipe.city
    root = {"name": city, "short_name": table["short_name"], "kind": "city", "aliases": list(table["aliases"])}
    yield root | {"sort_order": 0, "province": table["province"], "city": table["home"]}
    offices = {"name": table["city_offices"], "kind": "city", "parent": city}
    yield offices | {"aliases": list(table["city_offices_aliases"]), "sort_order": 1}
    for order, unit in enumerate(table["ranked"], start=11):
        yield _unit(unit, city, order) | {"group_name": unit["group"]}
    for order, unit in enumerate(table["offices"], start=41):
        yield _unit(unit, city, order)
    for order, unit in enumerate(table["below"], start=71):
        yield _unit(unit, unit["parent"], order)


def _unit(unit: Mapping[str, Any], parent: str, order: int) -> dict[str, Any]:
    said = {name: unit[name] for name in ("name", "short_name", "kind")}
    return said | {"aliases": list(unit["aliases"]), "parent": parent, "sort_order": order}


def _people(recipe: Recipe) -> Iterator[dict[str, Any]]:
    rng = stream(recipe.seed, "people")
    given = [dict(person) for person in recipe.table["people"]]
    taken = {person["name"] for person in given}
    rows = [*given, *_drawn(recipe, rng, given, taken)]
    for number, person in enumerate(rows, start=1):
        yield person | {"phone": f"{PHONE_PREFIX}{number:04d}"}


def _drawn(
    recipe: Recipe, rng: Random, given: Sequence[Mapping[str, Any]], taken: set[str]
) -> Iterator[dict[str, Any]]:
    """Fill every unit with people; a title someone given already holds is not filled twice."""
    table, held = recipe.table, {(person["unit"], person["title"]) for person in given}
    # Two heads of one surname in a city would make the surname with a title mean nobody.
    surnames = [name for name in recipe.words["surnames"] if name not in {person["name"][0] for person in given}]
    rng.shuffle(surnames)
    for unit in [*table["ranked"], *table["offices"], *table["below"]]:
        kinds = [unit["key"]] if unit.get("key") in table["drawn"] else [unit["kind"]]
        for title, role in (pair for kind in kinds for pair in table["drawn"][kind]):
            if (unit["name"], title) in held and role != "staff":
                continue
            surname = surnames.pop() if role == "unit_head" and surnames else rng.choice(recipe.words["surnames"])
            said = unit.get("head_title", title) if role == "unit_head" else title
            name = _new_name(recipe, rng, surname, taken)
            yield {"name": name, "unit": unit["name"], "title": said, "role": role}


def _new_name(recipe: Recipe, rng: Random, surname: str, taken: set[str]) -> str:
    while True:
        first, second = (rng.choice(recipe.words[part]) for part in ("given_first", "given_second"))
        name = f"{surname}{first}{second}"
        if name not in taken:
            taken.add(name)
            return name
