"""Builds a whole ledger for one city as it stands on one day."""

import datetime as dt
from collections.abc import Iterator

from bot.demo.contacts import Desk
from bot.demo.dice import split
from bot.demo.draft import Draft
from bot.demo.firms import FirmMaker
from bot.demo.followups import issue_rows, lead_rows
from bot.demo.funds import LARGEST_SHARE, fund_rows, spend
from bot.demo.lists import fill_lists, plan_rows
from bot.demo.people import build_directory
from bot.demo.projects import Sketchbook, carried_over, signed_in
from bot.demo.recipe import Era, Recipe, eras_of
from bot.demo.rows import enterprise_rows, known, project_rows
from bot.demo.talks import Talks
from bot.demo.targets import published_rows, target_rows
from bot.demo.trips import Travel, projects_by_firm, seen_trips
from domain.ledger.rows import Tables


def build_city(recipe: Recipe, at: dt.datetime) -> Tables:
    """Return the tables of the workbook, alive on the day of `at`; the same day gives the same tables."""
    seen = at.date() - dt.timedelta(days=1)
    eras = eras_of(recipe, at.year)
    directory, firms = build_directory(recipe), FirmMaker(recipe)
    book = Sketchbook(recipe, directory, firms)
    drafts = [draft for era in eras for draft in _projects(book, era)]
    for number, draft in enumerate(drafts, start=1):
        draft.number = number
    kept = [draft for draft in drafts if known(draft, seen)]
    tables: Tables = {"unit": list(directory.units), "person": list(directory.people)}
    activity = _activity(book, eras, kept, seen)
    tables["enterprise"] = list(enterprise_rows(recipe, firms.made.values()))
    tables["project"] = list(project_rows(recipe, kept, seen))
    tables["annual_plan"] = list(plan_rows(recipe, kept, at.year))
    tables["fund_record"] = list(fund_rows(recipe, kept, seen, eras[0].last_year))
    tables["target"] = list(target_rows(recipe, eras, drafts, at.year))
    return tables | activity | {"published_figure": list(published_rows(recipe))}


def _projects(book: Sketchbook, era: Era) -> Iterator[Draft]:
    """Return all projects of an era with their funds and lists."""
    signed = [draft for figures in era.years for draft in _cohort(book, era, figures.year)]
    drafts = [*carried_over(book, era, signed), *signed]
    spend(book.recipe, era, drafts)
    yield from [*drafts, *fill_lists(book, era, drafts)]


def _cohort(book: Sketchbook, era: Era, year: int) -> list[Draft]:
    """Return a year's signings, sized to the amount given for them."""
    figures = next(figures for figures in era.years if figures.year == year)
    drafts = list(signed_in(book, era, year, figures.signed_count))
    if figures.signed_amount is not None:
        cap = int(figures.signed_amount * LARGEST_SHARE)
        sizes = split(figures.signed_amount, [draft.size for draft in drafts], cap)
        for draft, size in zip(drafts, sizes, strict=True):
            draft.size, draft.pinned = size, True
    return drafts


def _activity(book: Sketchbook, eras: list[Era], drafts: list[Draft], seen: dt.date) -> Tables:
    """Return visits, trips, leads and issues up to a day."""
    recipe, directory, firms = book.recipe, book.directory, book.firms
    talks = Talks(recipe, projects_by_firm(drafts))
    travel, desk = Travel(recipe, directory, firms, talks), Desk(recipe, directory, firms, talks)
    tables: Tables = {"visit": [], "lead": [], "trip": [], "issue": []}
    for era in eras:
        for figures in era.years:
            for trip, visits in seen_trips(travel.year(figures), seen):
                tables["trip"].append(trip)
                tables["visit"] += visits
            tables["visit"] += [row for row in desk.year(era, figures) if row["date"] <= seen]
            elsewhere = [firm for firm in firms.made.values() if firm.origin != "local"]
            tables["lead"] += lead_rows(recipe, directory, elsewhere, figures, seen)
            tables["issue"] += issue_rows(recipe, drafts, figures, seen)
    tables["visit"] += desk.planned(seen)

    tables["visit"].sort(key=lambda row: row["date"])
    tables["trip"].sort(key=lambda row: row["start"])
    return tables
