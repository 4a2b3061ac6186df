"""What the generator works on before it becomes rows: firms and projects with their whole story."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.codes import LADDER


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm."""

    name: str
    short: str  # its brand and trade, as people say it
    origin: str
    trade: Mapping[str, Any]
    province: str | None
    city: str | None
    country: str | None
    nature: str
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A project with everything that will ever happen to it; the day of the ledger cuts what is still to come."""

    name: str
    unit: str
    ranked: str  # the ranked unit it counts for
    trade: Mapping[str, Any]
    size: int  # total investment in whole 万元
    leader: str
    staff: str
    investors: list[Firm] = field(default_factory=list)
    origin: str = "local"
    event: str | None = None
    land_mu: int | None = None
    number: int = 0  # in the order of the city, part of its code
    pinned: bool = False  # its size is part of a given total
    packaged: bool = False
    dates: dict[str, dt.date] = field(default_factory=dict)
    planned: dict[str, dt.date] = field(default_factory=dict)
    funds: dict[int, int] = field(default_factory=dict)  # by year, whole 万元
    lists: dict[int, str] = field(default_factory=dict)  # by year: supervised, tracked, county, packaged

    @property
    def signed(self) -> dt.date | None:
        """Return the day of signing."""
        return self.dates.get("signed")

    def reached(self, kind: str, day: dt.date) -> bool:
        """Tell whether a rung of the ladder, or a later one, was reached by a day."""
        later = LADDER[LADDER.index(kind) :]
        return any(rung in self.dates and self.dates[rung] <= day for rung in later)

    def ended(self, day: dt.date) -> bool:
        """Tell whether it was terminated by a day."""
        return "terminated" in self.dates and self.dates["terminated"] <= day
