"""Sets the yearly targets: the city's, and the districts' that add up to it; and what others published."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from bot.demo.dice import split, stream
from bot.demo.draft import Draft
from bot.demo.funds import yuan
from bot.demo.recipe import Era, Recipe, YearFigures

INDICATORS = {  # indicator -> the recipe's keys of its two tiers
    "funds_outside_city": ("target_base", "target_stretch"),
    "funds_outside_province": ("target_province_base", "target_province_stretch"),
}
DUE = (2, 4, 8, 14, 21, 30, 37, 45, 54, 64, 76, 100)  # percent of the year, by the end of each month
NOISE = 0.13


def target_rows(
    recipe: Recipe, eras: Sequence[Era], drafts: Sequence[Draft], this_year: int
) -> Iterator[dict[str, Any]]:
    """Return the 目标 rows of the years begun."""
    for era in eras:
        for figures in era.years:
            if figures.year <= this_year and figures.targets:
                yield from _year_rows(recipe, era, figures, drafts)


def _year_rows(recipe: Recipe, era: Era, figures: YearFigures, drafts: Sequence[Draft]) -> Iterator[dict[str, Any]]:
    rng = stream(recipe.seed, "targets", figures.year)
    units = [recipe.city, *(name for name, _ in recipe.ranked)]
    for indicator, keys in INDICATORS.items():
        tiers = {tier: figures.targets.get(key) for tier, key in zip(("base", "stretch"), keys, strict=True)}
        if any(tiers.values()):
            weights = _weights(rng, recipe, figures.year, drafts, indicator)
            scheduled = era.name == "live" and indicator == "funds_outside_city"
            yield from _amount_rows(figures.year, indicator, units, tiers, weights, scheduled=scheduled)
    for indicator, rate in figures.targets.get("target_rates", {}).items():
        for unit in units:
            yield _target(unit, figures.year, indicator) | {"base": Decimal(str(rate)), "list_name": "supervised"}


def _weights(rng: Random, recipe: Recipe, year: int, drafts: Sequence[Draft], indicator: str) -> list[float]:
    """Return each ranked unit's weight: about what it will bring in, so that some pass and some lag."""
    origins = {"out_of_province"} if indicator == "funds_outside_province" else {"out_of_province", "in_province"}
    brought = {name: 1 for name, _ in recipe.ranked}
    for draft in drafts:
        if draft.origin in origins:
            brought[draft.ranked] += draft.funds.get(year, 0)
    return [amount * rng.uniform(1 - NOISE, 1 + NOISE) for amount in brought.values()]


def _amount_rows(
    year: int,
    indicator: str,
    units: Sequence[str],
    tiers: dict[str, int | None],
    weights: Sequence[float],
    *,
    scheduled: bool,
) -> Iterator[dict[str, Any]]:
    """Return one indicator's rows, the city's first; the parts sum to it in every tier and month."""
    shared = {tier: [total, *split(total, weights)] for tier, total in tiers.items() if total}
    base = shared.get("base", [])
    plans = {month: [amount * percent // 100 for amount in base[1:]] for month, percent in enumerate(DUE, start=1)}
    for number, unit in enumerate(units):
        row = _target(unit, year, indicator) | {tier: yuan(parts[number]) for tier, parts in shared.items()}
        if scheduled and base:
            due = {month: parts[number - 1] if number else sum(parts) for month, parts in plans.items()}
            row |= {f"schedule.{month}": yuan(amount) for month, amount in due.items()}
        yield row


def _target(unit: str, year: int, indicator: str) -> dict[str, Any]:
    return {"unit": unit, "year": year, "indicator": indicator, "set_by": "given"}


def published_rows(recipe: Recipe) -> Iterator[dict[str, Any]]:
    """Return the 外部数据 rows."""
    for figure in recipe.table["published"]:
        yield dict(figure)
