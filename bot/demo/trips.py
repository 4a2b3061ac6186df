"""Sends the city's people out: trips, and the firms visited on them, each firm once a year."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.demo.dice import day_between, pick, split, stream
from bot.demo.draft import Draft, Firm
from bot.demo.firms import FirmMaker
from bot.demo.people import Directory
from bot.demo.recipe import Recipe, YearFigures
from bot.demo.talks import Talks

KNOWN_FIRM = 0.4  # chance that a firm is visited which is already known
SEEN_AGAIN = 0.06  # chance that a firm is seen a second time on the trip
CITY_LEVEL_PLACES = 4  # leaders go to the places that matter most


@dataclass(slots=True)
class Travel:
    """What is needed to send people out: the city, its people, the firms and what is talked about."""

    recipe: Recipe
    directory: Directory
    firms: FirmMaker
    talks: Talks
    met: dict[int, set[str]] = field(default_factory=dict)  # firms visited, by year

    def year(self, figures: YearFigures) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        """Return the trips of one year, each with its visits."""
        rng = stream(self.recipe.seed, "trips", figures.year)
        units = self._units(rng, figures)
        if not units:
            return
        self.met[figures.year] = set()
        weights = [rng.lognormvariate(0, 0.5) for _ in units]
        extra = split(figures.activity["enterprises_visited"] - len(units), weights)
        used: set[tuple[str, dt.date, str]] = set()
        for unit, count in zip(units, extra, strict=True):
            trip = self._trip(rng, unit, figures.year, used)
            firms = [self._firm(rng, figures.year, rng.choice(trip["places"])) for _ in range(count + 1)]
            trip |= {"enterprise_count": len(firms)}
            yield trip, list(self._visits(rng, trip, firms))

    def _units(self, rng: Random, figures: YearFigures) -> list[str]:
        """Return who travels: the city's leaders, every ranked unit, then by weight."""
        leaders, districts = figures.activity["trips_city"], figures.activity["trips_districts"]
        ranked = self.recipe.ranked
        every = [name for name, _ in ranked] if districts else []
        drawn = [pick(rng, ranked) for _ in range(districts - len(every))]
        units = [self.recipe.table["city_offices"]] * leaders + every + drawn
        rng.shuffle(units)
        return units

    def _trip(self, rng: Random, unit: str, year: int, used: set[tuple[str, dt.date, str]]) -> dict[str, Any]:
        led_by_city = unit == self.recipe.table["city_offices"]
        leaders = self.directory.of(unit, "leader" if led_by_city else "unit_head")
        words = self.recipe.words
        while True:
            start = day_between(rng, dt.date(year, 1, 4), dt.date(year, 12, 24))
            leader, places = rng.choice(leaders), self._places(rng, city_level=led_by_city)
            if (unit, start, leader) not in used:
                used.add((unit, start, leader))
                break
        return {
            "unit": unit,
            "leader": leader,
            "leader_level": words["trip_level_city"] if led_by_city else rng.choice(words["trip_levels_districts"]),
            "start": start,
            "end": start + dt.timedelta(days=rng.choice((0, 1, 2, 2, 3, 4, 5))),
            "places": places,
            "people_count": rng.randint(3, 9),
            "purpose": rng.choice(words["trip_purposes"]),
        }

    def _places(self, rng: Random, *, city_level: bool) -> list[str]:
        wanted = rng.choice((1, 1, 1, 2, 2, 3))
        top = {place["province"] for place in self.recipe.words["places"][:CITY_LEVEL_PLACES]}
        places: list[str] = []
        while len(places) < wanted:
            province, city = self.firms.place(rng)
            if city not in places and (not city_level or province in top):
                places.append(city)
        return places

    def _firm(self, rng: Random, year: int, city: str) -> Firm:
        """Return a firm of a city nobody has visited this year: one already known, or a new one."""
        met = self.met[year]
        fresh = [firm for firm in self.firms.by_city.get(city, ()) if firm.name not in met]
        firm = rng.choice(fresh) if fresh and rng.random() < KNOWN_FIRM else self.firms.at(rng, city)
        met.add(firm.name)
        return firm

    def _visits(self, rng: Random, trip: dict[str, Any], firms: Sequence[Firm]) -> Iterator[dict[str, Any]]:
        by_city: dict[str, list[Firm]] = {}
        for firm in firms:
            by_city.setdefault(str(firm.city), []).append(firm)
        staff = self.directory.of(trip["unit"], "staff")
        ours = [trip["leader"], *([rng.choice(staff)] if staff else [])]
        for city, there in by_city.items():
            while there:
                together = [there.pop() for _ in range(min(len(there), rng.choice((1, 1, 2, 2, 3))))]
                day = trip["start"] + dt.timedelta(days=rng.randint(0, (trip["end"] - trip["start"]).days))
                yield self.talks.visit(rng, day, trip["unit"], together, "outbound", place=city, participants=ours)
                if day < trip["end"] and rng.random() < SEEN_AGAIN:
                    again = day + dt.timedelta(days=1)
                    yield self.talks.visit(
                        rng, again, trip["unit"], together[:1], "outbound", place=city, participants=ours
                    )


def seen_trips(
    trips: Iterable[tuple[dict[str, Any], list[dict[str, Any]]]], seen: dt.date
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return the trips begun by a day with what was done on them so far."""
    for trip, visits in trips:
        if trip["start"] > seen:
            continue
        done = [visit for visit in visits if visit["date"] <= seen]
        if len(done) < len(visits):
            trip["enterprise_count"] = len({name for visit in done for name in visit["enterprises"]})
        yield trip, done


def projects_by_firm(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """Return the project of each firm that has one."""
    return {firm.name: draft for draft in drafts for firm in draft.investors}
