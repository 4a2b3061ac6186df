"""Works figures out of the tables with pandas, by the definitions of the contract and nothing of ours."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

LADDER = ("signed", "fulfilled", "started", "producing")
OUTSIDE = ("overseas", "out_of_province", "in_province")
Record = Mapping[Any, Any]  # a frame gives its columns as any hashable
HOME_COUNTRY = "中国"
OVERSEAS_PLACES = ("香港", "澳门", "台湾")


class Recount:
    """One ledger's tables as frames."""

    def __init__(self, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.frames = {code: pd.DataFrame([dict(row) for row in rows]) for code, rows in tables.items()}
        self.units = self.frames["unit"]
        self.city = self.units[self.units["parent"].isna()].iloc[0]
        self.projects = self._projects()
        self.funds = self.frames["fund_record"].merge(
            self.projects[["name", "origin", "unit"]], left_on="project", right_on="name", validate="many_to_one"
        )

    def ranked(self) -> list[str]:
        """Return the districts and zones directly under the city."""
        under = self.units["parent"] == self.city["name"]
        return list(self.units[under & self.units["kind"].isin(["county", "zone"])]["name"])

    def below(self, unit: str) -> set[str]:
        """Return a unit and everything under it."""
        found, waiting = set(), [unit]
        while waiting:
            found.add(name := waiting.pop())
            waiting += [child for child in self.units[self.units["parent"] == name]["name"] if child not in found]
        return found

    def money(self, year: int, origins: Sequence[str] = OUTSIDE, unit: str | None = None, last: int = 12) -> Decimal:
        """Return the verified funds of a year's first months."""
        rows = self.funds[self.funds["origin"].isin(origins)]
        rows = rows[[month.year == year and month.month <= last for month in rows["month"]]]
        if unit is not None:
            rows = rows[rows["unit"].isin(self.below(unit))]
        return sum((_verified(row) for row in rows.to_dict("records")), Decimal(0))

    def signed(self, year: int, unit: str | None = None) -> pd.DataFrame:
        """Return the projects signed in a year."""
        rows = self.projects[[_year(day) == year for day in self.projects["reached.signed"]]]
        return rows if unit is None else rows[rows["unit"].isin(self.below(unit))]

    def stock(self, year: int) -> int:
        """Count the projects fulfilled by a year's end, not terminated by then, not producing before it."""
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        return sum(
            self.reached(row, "fulfilled", last)
            and not _by(row, "terminated", last)
            and not _by(row, "producing", first - dt.timedelta(days=1))
            for row in self.projects.to_dict("records")
        )

    def listed(self, year: int, name: str) -> pd.DataFrame:
        """Return the projects of a list in a year."""
        plans = self.frames["annual_plan"]
        said = plans["packaged"] == True if name == "packaged" else plans["supervision"] == name  # noqa: E712 - a column
        return self.projects[self.projects["name"].isin(plans[said & (plans["year"] == year)]["project"])]

    def rate(self, cohort: pd.DataFrame, kind: str, day: dt.date) -> tuple[int, int]:
        """Return how many of a cohort reached a milestone by a day, and how many it has."""
        rows = cohort.to_dict("records")
        return sum(self.reached(row, kind, day) and not _by(row, "terminated", day) for row in rows), len(rows)

    def outbound(self, year: int, unit: str | None = None) -> pd.DataFrame:
        """Return firm by firm whom a year's outbound visits went to."""
        visits = self.frames["visit"]
        done = visits[(visits["mode"] == "outbound") & ~visits["planned"].astype(bool)]
        done = done[[_year(day) == year for day in done["date"]]].explode("enterprises")
        return done if unit is None else done[done["unit"].isin(self.below(unit))]

    def trips(self, year: int) -> pd.DataFrame:
        """Return the trips that start in a year."""
        trips = self.frames["trip"]
        return trips[[_year(day) == year for day in trips["start"]]]

    def targets(self, year: int, indicator: str) -> pd.DataFrame:
        """Return an indicator's targets of a year by unit."""
        rows = self.frames["target"]
        return rows[(rows["year"] == year) & (rows["indicator"] == indicator)].set_index("unit")

    @staticmethod
    def reached(row: Record, kind: str, day: dt.date) -> bool:
        """Tell whether a rung, or a later one, was reached by a day."""
        rungs = LADDER[LADDER.index(kind) :] if kind in LADDER else (kind,)
        return any(_by(row, rung, day) for rung in rungs)

    def _projects(self) -> pd.DataFrame:
        firms = self.frames["enterprise"].set_index("name")
        projects = self.frames["project"].copy()
        projects["origin"] = [self._origin(row, firms) for row in projects.to_dict("records")]
        return projects

    def _origin(self, row: Record, firms: pd.DataFrame) -> str | None:
        investors = row["investors"] if isinstance(row["investors"], list) else []
        if not investors:
            return None
        firm = firms.loc[investors[0]]
        province = row["investor_province"] if isinstance(row["investor_province"], str) else firm["province"]
        city = row["investor_city"] if isinstance(row["investor_city"], str) else firm["city"]
        if firm["country"] != HOME_COUNTRY or province in OVERSEAS_PLACES:
            return "overseas"
        if province != self.city["province"]:
            return "out_of_province"
        return "local" if city == self.city["city"] else "in_province"


def _verified(row: Record) -> Decimal:
    if row["status"] not in ("verified", "cut"):
        return Decimal(0)
    amount: Decimal = row["amount"] if pd.isna(row["verified_amount"]) else row["verified_amount"]
    return amount


def _by(row: Record, kind: str, day: dt.date) -> bool:
    date = row.get(f"reached.{kind}")
    return isinstance(date, dt.date) and not pd.isna(date) and date <= day


def _year(day: Any) -> int | None:
    return None if pd.isna(day) else int(day.year)
