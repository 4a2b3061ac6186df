"""A city's recipe: its places, people and yearly figures, read from the catalog."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.catalog import Catalog

DEFAULT_CITY = "yibin"
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What one year of the city must add up to; money in whole 万元."""

    year: int
    funds: Mapping[str, int]  # by origin
    signed_count: int
    signed_amount: int | None
    fulfilled_count: int | None
    activity: Mapping[str, int]
    targets: Table
    lists: Mapping[str, Mapping[str, int]]

    @property
    def outside(self) -> int:
        """Return the funds from outside the city."""
        return sum(amount for origin, amount in self.funds.items() if origin != "local")


@dataclass(frozen=True, slots=True)
class Era:
    """Years in a row whose projects live together, and the earlier years some of them were signed in."""

    name: str
    carried: Sequence[int]
    years: Sequence[YearFigures]
    project_size: int  # the median investment, in whole 万元
    carried_size: int  # of those signed before the era: who spends for years is big

    @property
    def last_year(self) -> int:
        """Return the last year with figures."""
        return self.years[-1].year


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a city is made of: its own file, the word lists and the well-known firms."""

    table: Table
    words: Table
    known_firms: Sequence[Sequence[str]]

    @property
    def seed(self) -> int:
        """Return the city's seed."""
        return int(self.table["seed"])

    @property
    def city(self) -> str:
        """Return the city's name."""
        return str(self.table["city"])

    @property
    def office_of(self) -> Mapping[str, str]:
        """Return department names by their key."""
        return {office["key"]: office["name"] for office in self.table["offices"]}

    @property
    def ranked(self) -> Sequence[tuple[str, float]]:
        """Return the ranked units with their weight in the city."""
        return [(unit["name"], unit["weight"]) for unit in self.table["ranked"]]


def read_recipe(catalog: Catalog, city: str = DEFAULT_CITY) -> Recipe:
    """Return the recipe of one demo city."""
    return Recipe(catalog.table(f"demo/{city}"), catalog.table("demo/words"), catalog.get("demo/firms", "firms"))


def eras_of(recipe: Recipe, year: int) -> list[Era]:
    """Return the years to generate for a ledger alive in `year`: the past, then the last three years."""
    past, live = recipe.table["history"], recipe.table["live"]
    history = [_figures(table, table["year"]) for table in past["years"]]
    last = history[-1].year
    recent = [_figures(table, year + table["offset"]) for table in live["years"] if year + table["offset"] > last]
    eras = [Era("history", past["carried"], history, past["project_size"], past["carried_size"])]
    if recent:
        first = recent[0].year
        carried = range(max(last + 1, first - live["carried_years"]), first)
        eras.append(Era("live", tuple(carried) or (first,), recent, live["project_size"], live["carried_size"]))
    return eras


def _figures(table: Table, year: int) -> YearFigures:
    outside, province, overseas = (table[f"funds_{name}"] for name in ("outside_city", "outside_province", "overseas"))
    return YearFigures(
        year=year,
        funds={
            "out_of_province": province,
            "in_province": outside - province - overseas,
            "overseas": overseas,
            "local": table["funds_local"],
        },
        signed_count=table["signed_count"],
        signed_amount=table.get("signed_amount"),
        fulfilled_count=table.get("fulfilled_count"),
        activity={name: table.get(name, 0) for name in ACTIVITY},
        targets={name: value for name, value in table.items() if name.startswith("target_")},
        lists=table.get("lists", {}),
    )


ACTIVITY = ("trips_city", "trips_districts", "enterprises_visited", "receptions", "remote", "fairs", "leads", "issues")
