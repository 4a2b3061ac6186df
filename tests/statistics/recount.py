"""The same metrics once more, in plain Python over plain rows, as the definitions read."""

import datetime as dt
import random
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy.orm import Session

from domain.models import Unit
from tests.statistics.city import CITY, CUIPING, NANXI, ZONE, a_plan, a_project, funds

KINDS = ("signed", "registered", "fulfilled", "started", "producing", "terminated")
LADDER = ("signed", "fulfilled", "started", "producing")
UNITS = (CUIPING, NANXI, ZONE, "李庄镇", CITY)
BELOW = {CUIPING: {CUIPING, "李庄镇"}, NANXI: {NANXI}, ZONE: {ZONE}, CITY: set(UNITS)}
LISTS = ("supervised", "tracked")
ORIGINS = ("overseas", "out_of_province", "in_province", "local", None)
OUTSIDE = {
    "funds_outside_city": ("overseas", "out_of_province", "in_province"),
    "funds_outside_province": ("out_of_province",),
    "funds_overseas": ("overseas",),
    "funds_total": ORIGINS,
}
RATES = {
    "fulfilment_rate": "fulfilled",
    "start_rate": "started",
    "production_rate": "producing",
    "landing_rate": "registered",
}
COUNTS = {"signed_count": "signed", "new_started_count": "started", "producing_count": "producing"}


@dataclass(eq=False)
class Written:
    """One project as written down."""

    unit: str
    total: int
    origin: str | None
    supervision: str | None
    dates: dict[str, dt.date] = field(default_factory=dict)
    plans: dict[int, tuple[int | None, str | None]] = field(default_factory=dict)
    arrivals: list[tuple[dt.date, int, str, int | None]] = field(default_factory=list)

    def reached(self, kind: str, day: dt.date) -> bool:
        """Tell whether a milestone or a later one of the ladder is dated by a day."""
        kinds = LADDER[LADDER.index(kind) :] if kind in LADDER else (kind,)
        return any(one in self.dates and self.dates[one] <= day for one in kinds)

    def ended(self, day: dt.date) -> bool:
        """Tell whether it is terminated by a day."""
        return "terminated" in self.dates and self.dates["terminated"] <= day

    def listed(self, name: str, year: int) -> bool:
        """Tell whether it is in a list in a year."""
        said = {one: cell for one, (_, cell) in self.plans.items() if cell is not None}
        return said.get(year) == name if said else self.supervision == name

    def verified(self, first: dt.date, last: dt.date) -> int:
        """Return the verified funds of the months from `first` to `last`."""
        counted = 0
        for month, amount, status, cut in self.arrivals:
            if first.replace(day=1) <= month <= last:
                counted += {"verified": amount if cut is None else cut, "cut": cut or 0}.get(status, 0)
        return counted


def drawn(seed: int) -> list[Written]:
    """Return a small random ledger."""
    dice = random.Random(seed)
    return [_project(dice) for _ in range(dice.randint(0, 14))]


def store(session: Session, units: dict[str, Unit], ledger: list[Written]) -> None:
    """Write the ledger into the database."""
    for one in ledger:
        dates = {kind: day.isoformat() for kind, day in one.dates.items()}
        facts = {"total_investment": one.total, "origin": one.origin, "supervision": one.supervision}
        project = a_project(session, units[one.unit], dates, **facts)
        for year, (planned, cell) in one.plans.items():
            a_plan(session, project, year, planned_funds=planned, supervision=cell)
        for month, amount, status, cut in one.arrivals:
            funds(session, project, month.isoformat()[:7], amount, status, cut)


def recount(
    ledger: list[Written],
    metric: str,
    unit: str,
    period: tuple[dt.date, dt.date],
    *,
    said: bool = True,
    list_name: str | None = None,
) -> tuple[Fraction | None, int | None, int | None]:
    """Return value, numerator, denominator of a metric as of the end of the period."""
    start, end = period
    mine = [one for one in ledger if one.unit in BELOW[unit]]
    if metric in OUTSIDE:
        found = [one for one in mine if one.origin in OUTSIDE[metric]]
        return Fraction(sum(one.verified(start, end) for one in found)), None, None
    if metric in COUNTS or metric == "signed_amount":
        dated = _dated(mine, COUNTS.get(metric, "signed"), start, end)
        return Fraction(sum(one.total for one in dated) if metric == "signed_amount" else len(dated)), None, None
    if metric == "fulfilled_count":
        stock = [one for one in mine if one.reached("fulfilled", end) and not one.ended(end)]
        return Fraction(len([one for one in stock if one.dates.get("producing", start) >= start])), None, None
    cohort = [one for one in mine if one.listed(list_name, end.year)] if list_name else _signed(mine, start, end, said)
    return _share(cohort, metric, end)


def _share(cohort: list[Written], metric: str, end: dt.date) -> tuple[Fraction | None, int, int]:
    alive = [one for one in cohort if not one.ended(end)]
    if metric in RATES:
        above, below = sum(one.reached(RATES[metric], end) for one in alive), len(cohort)
    elif metric == "funds_rate_contract":
        above = sum(one.verified(one.dates["signed"], end) for one in alive if "signed" in one.dates)
        below = sum(one.total for one in cohort)
    else:
        planned = [(one, one.plans.get(end.year, (None, None))[0]) for one in cohort]
        january = dt.date(end.year, 1, 1)
        above = sum(one.verified(january, end) for one, plan in planned if plan is not None and one in alive)
        below = sum(plan or 0 for _, plan in planned)
    return (Fraction(above, below) if below else None), above, below


def _signed(mine: list[Written], start: dt.date, end: dt.date, said: bool) -> list[Written]:  # noqa: FBT001 - a fact
    return _dated(mine, "signed", start if said else dt.date.min, end)


def _dated(mine: list[Written], kind: str, start: dt.date, end: dt.date) -> list[Written]:
    return [one for one in mine if kind in one.dates and start <= one.dates[kind] <= end]


def _project(dice: random.Random) -> Written:
    lists = (*LISTS, "ordinary", None)
    one = Written(dice.choice(UNITS), dice.randint(1, 10**6), dice.choice(ORIGINS), dice.choice(lists))
    for kind in KINDS:
        if dice.random() < (0.2 if kind == "terminated" else 0.6):
            one.dates[kind] = _day(dice)
    for year in (2024, 2025, 2026):
        if dice.random() < 0.4:
            one.plans[year] = dice.choice((None, dice.randint(1, 1000))), dice.choice(lists)
    for _ in range(dice.randint(0, 5)):
        status = dice.choice(("reported", "verified", "verified", "cut", "refused"))
        cut = dice.choice((None, dice.randint(0, 50)))
        one.arrivals.append((_day(dice).replace(day=1), dice.randint(1, 100), status, cut))
    return one


def _day(dice: random.Random) -> dt.date:
    return dice.choice(
        (dt.date(2024, 2, 29), dt.date(2025, 12, 31), dt.date(2024, 1, 1) + dt.timedelta(dice.randint(0, 820)))
    )
