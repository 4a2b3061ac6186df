"""Leads that came in, and issues that block projects."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from bot.demo.dice import day_between, later, pick, stream
from bot.demo.draft import Draft, Firm
from bot.demo.funds import WAN
from bot.demo.people import Directory
from bot.demo.recipe import Recipe, YearFigures
from bot.demo.talks import exactly

JUDGED_AFTER = 12  # days; a fresher lead may still be pending
SOLVED = 0.72


def lead_rows(
    recipe: Recipe, directory: Directory, firms: Sequence[Firm], figures: YearFigures, seen: dt.date
) -> Iterator[dict[str, Any]]:
    """Return one year's 线索 rows registered by a day."""
    rng = stream(recipe.seed, "leads", figures.year)
    days = sorted(
        day_between(rng, dt.date(figures.year, 1, 4), dt.date(figures.year, 12, 29))
        for _ in range(figures.activity["leads"])
    )
    for number, day in enumerate(days, start=1):
        row = _lead(recipe, directory, rng, rng.choice(firms), day)
        chance = rng.random()
        judged = (seen - day).days > JUDGED_AFTER or chance < 0.4
        judgement = ("valid" if chance < 0.64 else "invalid") if judged else "pending"
        status = rng.choice(recipe.words[STATUS_WORDS[judgement]])
        if day <= seen:
            yield row | {"code": f"XS{figures.year}{number:04d}", "judgement": judgement, "status": status}


STATUS_WORDS = {"pending": "lead_open", "valid": "lead_valid", "invalid": "lead_invalid"}


def _lead(recipe: Recipe, directory: Directory, rng: Random, firm: Firm, day: dt.date) -> dict[str, Any]:
    ranked = pick(rng, recipe.ranked)
    unit = rng.choice([ranked, ranked, *directory.below[ranked]])
    land = rng.randint(3, 60) * 5
    content = rng.choice(recipe.words["lead_contents"])
    row = {
        "enterprise": firm.name,
        "unit": unit,
        "source": rng.choice(recipe.words["lead_sources"]),
        "registered_by": rng.choice(directory.of(unit, "staff")),
        "registered_on": day,
        "industry": firm.trade["industry"],
        "content": content.format(product=rng.choice(firm.trade["products"]), land=land),
    }
    if rng.random() < 0.7:
        row["amount"] = exactly(rng.randint(2, 60) * 1000 * WAN) | {"currency": "CNY"}
    return row | ({"land_mu": exactly(land)} if "{land}" in content or rng.random() < 0.3 else {})


def issue_rows(
    recipe: Recipe, drafts: Sequence[Draft], figures: YearFigures, seen: dt.date
) -> Iterator[dict[str, Any]]:
    """Return one year's 问题 rows raised by a day, of projects under way then."""
    rng = stream(recipe.seed, "issues", figures.year)
    taken: set[tuple[str, str, dt.date]] = set()
    year_end = dt.date(figures.year, 12, 20)
    under_way = [
        draft for draft in drafts if draft.signed and draft.signed < year_end and _ends(draft).year >= figures.year
    ]
    while len(taken) < figures.activity["issues"]:
        draft = rng.choice(under_way)
        first = max(draft.dates["signed"], dt.date(figures.year, 1, 4))
        last = min(year_end, _ends(draft))
        day = day_between(rng, first, last)
        row = _issue(recipe, rng, draft, day)
        key = (draft.name, row["description"], day)
        if first <= last and key not in taken:
            taken.add(key)
            if day <= seen:
                yield _as_of(recipe, rng, row, seen)


def _ends(draft: Draft) -> dt.date:
    return min(draft.dates.get(kind, dt.date.max) for kind in ("producing", "terminated"))


def _issue(recipe: Recipe, rng: Random, draft: Draft, day: dt.date) -> dict[str, Any]:
    kind: Mapping[str, Any] = rng.choice(recipe.words["issues"])
    offices = recipe.office_of
    return {
        "project": draft.name,
        "category": kind["category"],
        "description": rng.choice(kind["texts"]),
        "department": offices.get(kind["department"], offices["bureau"]),
        "raised_on": day,
        "wanted_by": later(rng, day, 20, 40, 90),
    }


def _as_of(recipe: Recipe, rng: Random, row: dict[str, Any], seen: dt.date) -> dict[str, Any]:
    own = stream(recipe.seed, "solved", row["project"], row["description"], row["raised_on"])
    solved = later(own, row["raised_on"], 10, 35, 130)
    if own.random() < SOLVED and solved <= seen:
        return row | {"status": recipe.words["issue_solved"], "solved_on": solved}
    return row | {"status": rng.choice(recipe.words["issue_open"])}
