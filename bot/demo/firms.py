"""Invents firms: a brand, a place, a trade and a form, never the same name twice."""

from collections.abc import Iterable, Mapping
from itertools import cycle
from random import Random
from typing import Any

from bot.demo.dice import pick, stream
from bot.demo.draft import Firm
from bot.demo.recipe import Recipe


class FirmMaker:
    """Makes firms of a wanted origin or place and remembers them by city."""

    def __init__(self, recipe: Recipe) -> None:
        self.words = recipe.words
        self.home = (str(recipe.table["province"]), str(recipe.table["home"]))
        self.made: dict[str, Firm] = {}
        self.by_city: dict[str, list[Firm]] = {}
        self._known = {name for name, *_ in recipe.known_firms}
        self._brands = cycle(_brands(recipe))
        places = list(_places(self.words))
        self._province = {city: province for province, city, _ in places}
        self._outside = [((province, city), weight) for province, city, weight in places if province != self.home[0]]
        self._inside = [
            ((province, city), weight)
            for province, city, weight in places
            if province == self.home[0] and city != self.home[1]
        ]

    def of_origin(self, rng: Random, origin: str) -> Firm:
        """Return a new firm whose home gives its projects this origin."""
        if origin == "overseas":
            return self._overseas(rng)
        place = (
            self.home if origin == "local" else pick(rng, self._inside if origin == "in_province" else self._outside)
        )
        return self.of_place(rng, *place)

    def place(self, rng: Random) -> tuple[str, str]:
        """Return a province and city outside the home city to travel to."""
        return pick(rng, [*self._outside, *self._inside])

    def at(self, rng: Random, city: str) -> Firm:
        """Return a new firm at home in one of the places known by its city."""
        return self.of_place(rng, self._province[city], city)

    def of_place(self, rng: Random, province: str, city: str) -> Firm:
        """Return a new firm at home in a city."""
        origin = "out_of_province" if province != self.home[0] else "local" if city == self.home[1] else "in_province"
        prefixes = [city, city + rng.choice(self.words["city_suffixes"]), province]
        return self._make(rng, rng.choice(prefixes), origin, province, city)

    def _overseas(self, rng: Random) -> Firm:
        place = rng.choice(self.words["overseas"])
        return self._make(rng, place["prefix"], "overseas", place.get("province"), None, place["country"])

    def _make(
        self, rng: Random, prefix: str, origin: str, province: str | None, city: str | None, country: str | None = None
    ) -> Firm:
        words, trade = self.words, rng.choice(self.words["trades"])
        brand = next(self._brands)
        name = f"{prefix}{brand}{trade['name']}{rng.choice(words['forms'])}"
        if name in self.made or name in self._known:
            return self._make(rng, prefix, origin, province, city, country)
        firm = Firm(
            name=name,
            short=brand + trade["short"],
            origin=origin,
            trade=trade,
            province=province,
            city=city,
            country=country or words["home_country"],
            nature=words["overseas_nature"] if origin == "overseas" else rng.choice(words["natures"]),
            tags=(rng.choice(words["tags"]),) if rng.random() < 0.12 else (),
        )
        self.made[name] = firm
        self.by_city.setdefault(city or prefix, []).append(firm)
        return firm


def _brands(recipe: Recipe) -> list[str]:
    """Return every brand of the word lists in the city's own order."""
    words = recipe.words
    pairs = {a + b for a in words["brand_first"] for b in words["brand_second"] if a != b}
    brands = sorted(pairs - set(words["brand_avoid"]))
    stream(recipe.seed, "brands").shuffle(brands)
    return brands


def _places(words: Mapping[str, Any]) -> Iterable[tuple[str, str, float]]:
    """Return province, city and weight of every place investors come from."""
    for place in words["places"]:
        for city in place["cities"]:
            yield place["province"], city, place["weight"] / len(place["cities"])
