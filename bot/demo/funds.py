"""Spends a city's yearly funds on its projects: exact totals by origin, heavy at the year's end."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from bot.demo.dice import split, stream
from bot.demo.draft import Draft
from bot.demo.projects import nice
from bot.demo.recipe import Era, Recipe, YearFigures

LARGEST_SHARE = 0.05  # of a year's total, for one project
MONTHS = (3, 3, 6, 7, 8, 9, 7, 8, 10, 10, 12, 17)
TAIL = dt.timedelta(days=120)  # the last bills come after production began
WAN = 10_000


def spend(recipe: Recipe, era: Era, drafts: Sequence[Draft]) -> None:
    """Give every project its funds of every year of the era, then size it to what it spends."""
    wished = {draft.name: _wishes(stream(recipe.seed, "wish", draft.name), era, draft) for draft in drafts}
    for figures in era.years:
        for origin, total in figures.funds.items():
            _spend_origin(figures, total, [draft for draft in drafts if draft.origin == origin], wished)
    for draft in drafts:
        wish = sum(wished[draft.name].values())
        if not draft.pinned and wish:
            draft.size = nice(draft.size * sum(draft.funds.values()) / wish)


def _wishes(rng: Random, era: Era, draft: Draft) -> dict[int, float]:
    """Return what a project would spend in each year by its own pace."""
    if "fulfilled" not in draft.dates:
        return {}
    first = draft.dates["fulfilled"]
    last = min(draft.dates.get("producing", dt.date.max - TAIL) + TAIL, draft.dates.get("terminated", dt.date.max))
    if last.year > era.last_year + 6:
        last = first + dt.timedelta(days=700)
    spread, use = max(90, (last - first).days), rng.uniform(0.7, 0.96)
    wishes = {}
    for figures in era.years:
        begin, end = max(first, dt.date(figures.year, 1, 1)), min(last, dt.date(figures.year, 12, 31))
        days = (end - begin).days
        if days >= 15:
            wishes[figures.year] = draft.size * use * days / spread
    return wishes


def _spend_origin(
    figures: YearFigures, total: int, drafts: Sequence[Draft], wished: dict[str, dict[int, float]]
) -> None:
    """Share one origin's total of one year: projects of a given size spend as they wish, the others the rest."""
    year = figures.year
    active = [draft for draft in drafts if wished[draft.name].get(year)]
    pinned = [draft for draft in active if draft.pinned]
    for draft in pinned:
        draft.funds[year] = int(wished[draft.name][year])
    free = [draft for draft in active if not draft.pinned]
    rest = total - sum(draft.funds[year] for draft in pinned)
    cap = int(figures.outside * LARGEST_SHARE)
    for draft, amount in zip(free, split(rest, [wished[draft.name][year] for draft in free], cap), strict=True):
        if amount:
            draft.funds[year] = amount


def fund_rows(recipe: Recipe, drafts: Iterable[Draft], seen: dt.date, settled: int) -> Iterator[dict[str, Any]]:
    """Return the arrivals of all months that are over by a day; years up to `settled` are all verified."""
    for draft in drafts:
        for year, amount in draft.funds.items():
            rng = stream(recipe.seed, "funds", draft.name, year)
            for month, part in _by_month(rng, draft, year, amount):
                if next_month(month) <= seen + dt.timedelta(days=1):
                    yield _row(recipe, rng, draft, month, part, None if year <= settled else seen)


def _by_month(rng: Random, draft: Draft, year: int, amount: int) -> list[tuple[dt.date, int]]:
    first = draft.dates["fulfilled"].month if draft.dates["fulfilled"].year == year else 1
    ends = [draft.dates[kind] + TAIL for kind in ("producing", "terminated") if kind in draft.dates]
    last = min([12, *(end.month for end in ends if end.year == year)])
    months = list(range(first, max(first, last) + 1))
    wanted = min(len(months), rng.choice((2, 2, 3, 3, 4)))
    chosen = sorted(sorted(months, key=lambda month: rng.random() ** (1 / MONTHS[month - 1]))[-wanted:])
    weights = [MONTHS[month - 1] * rng.lognormvariate(0, 0.4) for month in chosen]
    return [(dt.date(year, m, 1), part) for m, part in zip(chosen, split(amount, weights), strict=True) if part]


def _row(
    recipe: Recipe, rng: Random, draft: Draft, month: dt.date, amount: int, seen: dt.date | None
) -> dict[str, Any]:
    status, verified = _verdict(rng, month, amount, seen)
    row = {
        "project": draft.name,
        "month": month,
        "amount": yuan(amount),
        "status": status,
        "voucher": rng.choice(recipe.words["vouchers"]),
    }
    return row if verified is None else row | {"verified_amount": yuan(verified)}


def _verdict(rng: Random, month: dt.date, amount: int, seen: dt.date | None) -> tuple[str, int | None]:
    """Return the state of an arrival and its verified amount: the freshest months are mostly only reported."""
    if seen is None:
        return "verified", amount if rng.random() < 0.5 else None
    age = (seen.year - month.year) * 12 + seen.month - month.month
    chance = rng.random()
    if chance < (0.25 if age <= 1 else 0.08 if age == 2 else 0.0):
        return "reported", None
    if chance > 0.955:
        return "cut", max(1, round(amount * rng.uniform(0.55, 0.95)))
    if chance > 0.945:
        return "refused", None
    return "verified", amount if rng.random() < 0.5 else None


def next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after."""
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def yuan(wan: int) -> Decimal:
    """Return whole 万元 as 元."""
    return Decimal(wan * WAN)
