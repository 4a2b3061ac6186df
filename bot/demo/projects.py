"""Draws projects and the whole story of each: contact, signing, fulfilment, start, production, or the end."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.demo.dice import day_between, later, pick, stream
from bot.demo.draft import Draft, Firm
from bot.demo.firms import FirmMaker
from bot.demo.people import Directory
from bot.demo.recipe import Era, Recipe

FATES = (("built", 80), ("stuck", 7), ("stalled", 8), ("dropped", 5))
SIGNING_MONTHS = (5, 4, 9, 8, 9, 10, 7, 8, 10, 10, 9, 11)
SPREAD, WIDEST = 0.85, 2.0  # of the log-normal sizes; nothing lies beyond WIDEST deviations
IN_PARK, SECOND_PHASE, TWO_INVESTORS = 0.2, 0.05, 0.03
QUALIFYING_TRIES = 4000


@dataclass(slots=True)
class Sketchbook:
    """What drawing projects needs: the city, its people and firms, and the names already given."""

    recipe: Recipe
    directory: Directory
    firms: FirmMaker
    taken: set[str] = field(default_factory=set)

    def draw(self, rng: Random, median: int, origin: str, *, packaged: bool = False) -> Draft:
        """Return a project without a story yet."""
        ranked = pick(rng, self.recipe.ranked)
        parks = [name for name in self.directory.below[ranked] if name in self._parks()]
        unit = rng.choice(parks) if parks and rng.random() < IN_PARK else ranked
        investors = [] if packaged else [self.firms.of_origin(rng, origin)]
        if investors and rng.random() < TWO_INVESTORS:
            investors.append(self.firms.of_origin(rng, origin))
        trade = investors[0].trade if investors else rng.choice(self.recipe.words["trades"])
        size = round(median * rng.lognormvariate(0, SPREAD))
        limit = round(median * 2.718281828 ** (SPREAD * WIDEST))
        return Draft(
            name=self._name(rng, investors, trade, ranked),
            unit=unit,
            ranked=ranked,
            trade=trade,
            size=nice(min(size, limit)),
            leader=rng.choice(self.directory.of(ranked, "unit_head")),
            staff=rng.choice(self.directory.of(ranked, "staff")),
            investors=investors,
            origin=origin,
            land_mu=rng.randint(3, 60) * 5 if rng.random() < 0.6 else None,
            packaged=packaged,
        )

    def _parks(self) -> set[str]:
        return {unit["name"] for unit in self.recipe.table["below"] if unit["kind"] == "park"}

    def _name(self, rng: Random, investors: list[Firm], trade: Mapping[str, Any], ranked: str) -> str:
        """Return a project name nobody has; packaged ones are named after their place."""
        words = self.recipe.words
        while True:
            product = rng.choice(trade["products"])
            owner = investors[0].short if investors else ranked
            phase = words["phase_two"] if rng.random() < SECOND_PHASE else ""
            kind = rng.choice(words["project_kinds"][trade["class"]] if investors else words["packaged_kinds"])
            name = f"{owner}{product}{phase}{kind}"
            if name not in self.taken:
                self.taken.add(name)
                return name


def nice(size: float) -> int:
    """Round an investment up to what a contract would say."""
    step = 500 if size > 20_000 else 100 if size > 2_000 else 10
    return max(step, -int(-size // step) * step)


def signed_in(book: Sketchbook, era: Era, year: int, count: int) -> Iterator[Draft]:
    """Return the projects signed in one year."""
    rng = stream(book.recipe.seed, "signed", year)
    units = [name for name, _ in book.recipe.ranked]
    for number in range(count):
        draft = book.draw(rng, era.project_size, origin_of(rng, era))
        if number < 2 * len(units):  # every unit signs something every year
            settle(book, rng, draft, units[number % len(units)])
        tell_story(rng, draft, _signing_day(rng, year))
        if rng.random() < 0.3:
            draft.event = rng.choice(book.recipe.table["events"][era.name])
        yield draft


def origin_of(rng: Random, era: Era) -> str:
    """Return where an investor comes from, as often as the era's funds say."""
    origins = era.years[0].funds
    return pick(rng, [(origin, sum(figures.funds[origin] for figures in era.years)) for origin in origins])


def settle(book: Sketchbook, rng: Random, draft: Draft, ranked: str) -> None:
    """Move a project to a ranked unit."""
    draft.unit = draft.ranked = ranked
    draft.leader = rng.choice(book.directory.of(ranked, "unit_head"))
    draft.staff = rng.choice(book.directory.of(ranked, "staff"))


def carried_over(book: Sketchbook, era: Era, drawn: list[Draft]) -> Iterator[Draft]:
    """Return projects signed before the era and still under way when it begins.

    Where a year's stock of fulfilled projects is given, they are drawn until it is reached; else as
    many as one year signs.
    """
    rng = stream(book.recipe.seed, "carried", era.years[0].year)
    stock = next((figures for figures in era.years if figures.fulfilled_count is not None), None)
    begin = dt.date(era.years[0].year, 1, 1)
    wanted = era.years[0].signed_count * 3 // 2
    if stock is not None:
        wanted = (stock.fulfilled_count or 0) - sum(in_stock(draft, stock.year) for draft in drawn)
    for _ in range(QUALIFYING_TRIES):
        if wanted <= 0:
            return
        draft = book.draw(rng, era.carried_size, origin_of(rng, era))
        tell_story(rng, draft, _signing_day(rng, pick(rng, [(year, 1 + i) for i, year in enumerate(era.carried)])))
        over = any(draft.dates.get(kind, begin) < begin for kind in ("producing", "terminated"))
        if over:
            continue
        wanted -= in_stock(draft, stock.year) if stock else 1
        yield draft


def in_stock(draft: Draft, year: int) -> bool:
    """Tell whether a project counts as fulfilled and still under way in a year."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    built_before = "producing" in draft.dates and draft.dates["producing"] < first
    return draft.reached("fulfilled", last) and not draft.ended(last) and not built_before


def tell_story(rng: Random, draft: Draft, signed: dt.date) -> None:
    """Write down all dates of a project from its signing day on, in their order."""
    _before_signing(rng, draft, signed)
    fate = pick(rng, FATES)
    end = later(rng, signed, 120, 300, 600)
    fulfilled = later(rng, signed, 12, 50, 150)
    started = later(rng, fulfilled, 20, 90, 320)
    producing = later(rng, started, 200, 420, 900)
    draft.planned = {
        "fulfilled": later(rng, signed, 20, 50, 90),
        "started": min(later(rng, fulfilled, 20, 70, 200), started),
        "producing": later(rng, started, 180, 360, 700),
    }
    if fate == "stuck":
        draft.dates["terminated"] = later(rng, signed, 500, 700, 1000)
        return
    _after_signing(rng, draft, signed, fulfilled, started)
    if fate == "built":
        draft.dates |= {"started": started, "producing": producing}
        if rng.random() < 0.35:
            draft.dates["completed"] = day_between(rng, started + (producing - started) / 2, producing)
        return
    draft.dates["terminated"] = end if fate == "dropped" else later(rng, fulfilled, 500, 700, 1000)
    end = draft.dates["terminated"]
    draft.dates = {kind: day for kind, day in draft.dates.items() if day <= end}


def _before_signing(rng: Random, draft: Draft, signed: dt.date) -> None:
    draft.dates["signed"] = signed
    contact = signed - dt.timedelta(days=rng.randint(90, 330))
    if rng.random() < 0.5:
        draft.dates["contact"] = contact
    if rng.random() < 0.35:
        draft.dates["negotiation"] = day_between(rng, contact, signed)


def _after_signing(rng: Random, draft: Draft, signed: dt.date, fulfilled: dt.date, started: dt.date) -> None:
    draft.dates["registered"] = day_between(rng, signed + dt.timedelta(days=3), fulfilled)
    draft.dates["fulfilled"] = fulfilled
    for kind, chance in (("land", 0.45), ("filed", 0.35), ("permit", 0.3)):
        if rng.random() < chance:
            draft.dates[kind] = day_between(rng, fulfilled, started)


def _signing_day(rng: Random, year: int) -> dt.date:
    month = pick(rng, list(enumerate(SIGNING_MONTHS, start=1)))
    first = dt.date(year, month, 1)
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return day_between(rng, first, last)
