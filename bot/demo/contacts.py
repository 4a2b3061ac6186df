"""Receptions, calls, fairs and what is planned: the contacts that are no trips."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.demo.dice import day_between, pick, stream
from bot.demo.draft import Firm
from bot.demo.firms import FirmMaker
from bot.demo.people import Directory
from bot.demo.recipe import Era, Recipe, YearFigures
from bot.demo.talks import Talks, exactly

PLANNED = 10  # visits and receptions arranged for the coming days
BELOW = 0.25  # chance that a district's contact is one of its parks' or groups'
BUREAU = 0.12


@dataclass(slots=True)
class Desk:
    """What is needed to record contacts."""

    recipe: Recipe
    directory: Directory
    firms: FirmMaker
    talks: Talks

    def year(self, era: Era, figures: YearFigures) -> Iterator[dict[str, Any]]:
        """Return the receptions, calls and fair contacts of one year."""
        rng = stream(self.recipe.seed, "contacts", figures.year)
        modes = {"inbound": "receptions", "remote": "remote", "event": "fairs"}
        for mode, counted in modes.items():
            for _ in range(figures.activity[counted]):
                day = day_between(rng, dt.date(figures.year, 1, 4), dt.date(figures.year, 12, 29))
                chosen = rng.choice(("phone", "phone", "video")) if mode == "remote" else mode
                yield self._contact(rng, era, day, chosen)

    def planned(self, seen: dt.date) -> Iterator[dict[str, Any]]:
        """Return what is arranged for the ten days after a day."""
        rng = stream(self.recipe.seed, "planned", seen)
        for number in range(PLANNED):
            day = day_between(rng, seen + dt.timedelta(days=1), seen + dt.timedelta(days=10))
            unit, firm = self._unit(rng), self._known(rng)
            mode = "inbound" if number % 3 == 0 else "outbound"
            row = self.talks.visit(rng, day, unit, [firm], mode, place=self._where(mode, firm))
            kept = ("date", "unit", "enterprises", "mode", "place", "subject", "industry")
            yield {name: row[name] for name in kept if name in row} | {"planned": True}

    def _contact(self, rng: Random, era: Era, day: dt.date, mode: str) -> dict[str, Any]:
        unit, firm = self._unit(rng), self._known(rng)
        ours = (
            rng.sample(people, min(len(people), 2)) if (people := self.directory.of(unit, "staff", "unit_head")) else []
        )
        row = self.talks.visit(rng, day, unit, [firm], mode, place=self._where(mode, firm), participants=ours)
        if mode == "inbound":
            row["people_count"] = exactly(rng.randint(2, 12))
        if mode == "event":
            row["event"] = rng.choice(self.recipe.table["events"][era.name])
        return row

    def _where(self, mode: str, firm: Firm) -> str | None:
        if mode == "inbound":
            return str(self.recipe.table["short_name"])
        return firm.city if mode == "outbound" else None

    def _unit(self, rng: Random) -> str:
        if rng.random() < BUREAU:
            return self.recipe.office_of["bureau"]
        ranked = pick(rng, self.recipe.ranked)
        below = self.directory.below[ranked]
        return rng.choice(below) if below and rng.random() < BELOW else ranked

    def _known(self, rng: Random) -> Firm:
        """Return a firm already made, from elsewhere."""
        places = [city for city in self.firms.by_city if city != self.firms.home[1]]
        return rng.choice(self.firms.by_city[rng.choice(places)])
