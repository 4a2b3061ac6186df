"""Puts projects on the yearly lists (supervised, tracked, county, packaged) and plans their year."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from bot.demo.dice import day_between, later, stream
from bot.demo.draft import Draft
from bot.demo.funds import yuan
from bot.demo.projects import Sketchbook, origin_of
from bot.demo.recipe import Era, Recipe, YearFigures

RUNGS = ("producing", "started", "fulfilled")  # highest first


def fill_lists(book: Sketchbook, era: Era, drafts: list[Draft]) -> list[Draft]:
    """Put projects on every list of the era's years; return the unsigned ones invented for them."""
    invented: list[Draft] = []
    for figures in era.years:
        rng = stream(book.recipe.seed, "lists", figures.year)
        begun = [draft for draft in drafts if _under_way(draft, figures.year)]
        begun.sort(key=lambda draft: draft.size * rng.uniform(0.3, 1), reverse=True)
        lists = figures.lists
        if "supervised" in lists:
            _enlist(_by_rung(begun, figures.year, lists["supervised"]), figures.year, "supervised")
        for name in ("tracked", "county"):
            wanted = lists.get(name, {})
            unsigned = [_in_talks(book, rng, era, figures) for _ in range(wanted.get("unsigned", 0))]
            others = [draft for draft in begun if figures.year not in draft.lists]
            _enlist([*unsigned, *others[: wanted.get("size", 0) - len(unsigned)]], figures.year, name)
            invented += unsigned
        packaged = [_packaged(book, rng, era) for _ in range(lists.get("packaged", {}).get("size", 0))]
        _enlist(packaged, figures.year, "packaged")
        invented += packaged
    return invented


def _under_way(draft: Draft, year: int) -> bool:
    """Tell whether a project is signed when a year begins, and neither built nor ended before."""
    begin = dt.date(year, 1, 1)
    ends = (draft.dates.get("producing", begin), draft.dates.get("terminated", begin))
    return draft.signed is not None and draft.signed < begin and min(ends) >= begin


def _by_rung(begun: Sequence[Draft], year: int, wanted: Mapping[str, int]) -> list[Draft]:
    """Choose a list of a given size of which given numbers reach each rung by the year's end."""
    end = dt.date(year, 12, 31)
    groups: dict[str, list[Draft]] = {rung: [] for rung in (*RUNGS, "signed")}
    for draft in begun:
        reached = next((rung for rung in RUNGS if draft.reached(rung, end) and not draft.ended(end)), "signed")
        groups[reached].append(draft)
    chosen: list[Draft] = []
    for rung in (*RUNGS, "signed"):
        chosen += groups[rung][: wanted.get(rung, wanted["size"]) - len(chosen)]
    return chosen


def _enlist(drafts: Iterable[Draft], year: int, name: str) -> None:
    for draft in drafts:
        draft.lists[year] = name


def _in_talks(book: Sketchbook, rng: Random, era: Era, figures: YearFigures) -> Draft:
    """Return a project that is talked about all year, not signed, and given up later."""
    draft = book.draw(rng, era.project_size, origin_of(rng, era))
    contact = day_between(rng, dt.date(figures.year - 1, 4, 1), dt.date(figures.year - 1, 12, 28))
    draft.dates = {"contact": contact, "survey": later(rng, contact, 20, 60, 120)}
    if rng.random() < 0.6:
        draft.dates["negotiation"] = later(rng, draft.dates["survey"], 10, 60, 160)
    if rng.random() < 0.3:
        draft.dates["intent"] = later(rng, max(draft.dates.values()), 10, 40, 90)
    draft.dates["terminated"] = later(rng, dt.date(figures.year + 1, 1, 1), 20, 200, 500)
    draft.planned = {"signed": day_between(rng, dt.date(figures.year, 3, 1), dt.date(figures.year, 12, 28))}
    return draft


def _packaged(book: Sketchbook, rng: Random, era: Era) -> Draft:
    return book.draw(rng, era.project_size, "local", packaged=True)


def plan_rows(recipe: Recipe, drafts: Iterable[Draft], this_year: int) -> Iterator[dict[str, Any]]:
    """Return the 年度计划 rows of the years begun."""
    for draft in drafts:
        for year, name in sorted(draft.lists.items()):
            if year <= this_year:
                yield _plan_row(recipe, stream(recipe.seed, "plan", draft.name, year), draft, year, name)


def _plan_row(recipe: Recipe, rng: Random, draft: Draft, year: int, name: str) -> dict[str, Any]:
    row: dict[str, Any] = {"project": draft.name, "year": year}
    if name == "packaged":
        return row | {"packaged": True}
    planned = draft.funds.get(year, draft.size // 8) * rng.uniform(0.85, 1.25)
    begin = dt.date(year, 1, 1)
    words = recipe.words["progress_started" if draft.reached("started", begin) else "progress_before"]
    row |= {"planned_funds": yuan(max(10, round(planned / 10) * 10)), "physical_progress": rng.choice(words)}
    return row | {"supervision": name}
