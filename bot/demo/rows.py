"""Turns drafts into the rows of a ledger that ends on a given day."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from bot.demo.dice import stream
from bot.demo.draft import Draft, Firm
from bot.demo.funds import yuan
from bot.demo.recipe import Recipe

ONE_DAY = dt.timedelta(days=1)
PIPELINE = dt.timedelta(days=200)  # how long before its signing a project is known
FRESH = dt.timedelta(days=25)  # how long a milestone may stay unverified


def known(draft: Draft, seen: dt.date) -> bool:
    """Tell whether a project is in the ledger of a day."""
    if draft.packaged:
        return min(draft.lists) <= (seen + ONE_DAY).year
    return min(draft.dates.values()) <= seen and (draft.signed is None or draft.signed - PIPELINE <= seen)


def project_rows(recipe: Recipe, drafts: Sequence[Draft], seen: dt.date) -> Iterator[dict[str, Any]]:
    """Return the 项目 rows as they stand on a day: what is still to come is planned or unknown."""
    for draft in drafts:
        yield _facts(draft, seen) | _dates(recipe, draft, seen)


def _facts(draft: Draft, seen: dt.date) -> dict[str, Any]:
    year = draft.signed.year if draft.signed else max(draft.lists)
    row: dict[str, Any] = {
        "code": f"{year}{draft.number:05d}",
        "name": draft.name,
        "investors": [firm.name for firm in draft.investors],
        "unit": draft.unit,
        "total_investment": yuan(draft.size),
        "fixed_investment": yuan(draft.size * 8 // 10),
        "industry_class": draft.trade["class"],
        "industry": draft.trade["industry"],
        "leader": draft.leader,
        "staff": draft.staff,
        "supervision": draft.lists.get((seen + ONE_DAY).year),
        "event": draft.event,
        "land_mu": None if draft.land_mu is None else Decimal(draft.land_mu),
    }
    if draft.packaged:
        row |= {"packaged": True, "supervision": None, "investors": []}
    elif draft.origin != "overseas" or draft.investors[0].province:
        row |= {"investor_province": draft.investors[0].province, "investor_city": draft.investors[0].city}
    return {name: value for name, value in row.items() if value is not None and value != []}


def _dates(recipe: Recipe, draft: Draft, seen: dt.date) -> dict[str, Any]:
    reached = {kind: day for kind, day in draft.dates.items() if day <= seen}
    ahead = {kind for kind in draft.planned if kind not in reached} if "terminated" not in reached else set()
    planned = {kind: day for kind, day in draft.planned.items() if kind in ahead or "started" in reached}
    if draft.signed and draft.signed > seen:
        planned = {"signed": draft.signed}
    row: dict[str, Any] = {f"reached.{kind}": day for kind, day in reached.items()}
    row |= {f"planned.{kind}": day for kind, day in planned.items() if kind != "fulfilled" or kind in ahead}
    fresh = [kind for kind, day in reached.items() if seen - day <= FRESH and kind != "contact"]
    unverified = [kind for kind in fresh if stream(recipe.seed, "check", draft.name, kind).random() < 0.5]
    return row | ({"unverified": unverified} if unverified else {})


def enterprise_rows(recipe: Recipe, firms: Iterable[Firm]) -> Iterator[dict[str, Any]]:
    """Return the 企业 rows: the invented firms, then the well-known ones."""
    shorts: set[str] = set()
    for firm in firms:
        yield _firm(firm, firm.short if firm.short not in shorts else None)
        shorts.add(firm.short)
    for name, short, province, city, industry in recipe.known_firms:
        yield {
            "name": name,
            "short_name": short,
            "province": province,
            "city": city,
            "country": recipe.words["home_country"],
            "industry": industry,
        }


def _firm(firm: Firm, short: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": firm.name,
        "short_name": short,
        "province": firm.province,
        "city": firm.city,
        "country": firm.country,
        "nature": firm.nature,
        "tags": list(firm.tags),
        "industry": firm.trade["industry"],
    }
    return {name: value for name, value in row.items() if value}
