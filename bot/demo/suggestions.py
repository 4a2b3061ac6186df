"""Sentences to try, made from what is in a ledger now."""

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.catalog import Catalog, load_catalog
from bot.demo.dice import stream
from domain.codes import READS_EVERYTHING, ROLES
from domain.directory import ranked_units, with_subunits
from domain.models import AnnualPlan, Enterprise, Investor, Milestone, Person, Project, VisitEnterprise
from domain.unit_of_work import Ledger, UnitOfWork

COUNT = 3
TABLE = "demo/suggestions"


def suggestions(ledger: Ledger, at: dt.datetime) -> dict[str, list[str]]:
    """Return three sentences to try for each role somebody holds, as the first of that role would say them."""
    catalog = load_catalog()
    found: dict[str, list[str]] = {}
    with ledger.read(at) as uow:
        for role in ROLES:
            person = uow.session.scalars(select(Person).where(Person.role == role).order_by(Person.id)).first()
            if person is not None:
                found[role] = _fitting(catalog.get(TABLE, role), _known(uow, catalog, person))
    return found


def _fitting(templates: Sequence[str], known: Mapping[str, Any]) -> list[str]:
    """Return the first templates all of whose blanks can be filled."""
    filled = [template.format_map(known) for template in templates if _blanks(template) <= known.keys()]
    return filled[:COUNT]


def _blanks(template: str) -> set[str]:
    return {part.split("}")[0] for part in template.split("{")[1:]}


def _known(uow: UnitOfWork, catalog: Catalog, person: Person) -> dict[str, Any]:
    """Return what there is to say, for one speaker on one day."""
    rng = stream(uow.today.toordinal(), person.name)
    units = [unit.name for unit in ranked_units(uow)]
    found: dict[str, Any] = {"amount": rng.choice((2, 5, 8, 12, 20)), "land": rng.choice((60, 120, 200, 300))}
    found["unit"] = rng.choice(units) if units else None
    found["head"] = _head(uow, catalog, person)
    found["enterprise"], found["place"] = _fresh_firm(uow, rng)
    found["project"] = _project(uow, rng, person)
    listed = select(func.max(AnnualPlan.year)).where(AnnualPlan.supervision == "supervised")
    found["year"] = uow.session.scalar(listed)
    return {name: value for name, value in found.items() if value is not None}


def _head(uow: UnitOfWork, catalog: Catalog, person: Person) -> str | None:
    """Return the head of the speaker's unit as colleagues say it: surname and short title."""
    heads = select(Person).where(Person.unit_id == person.unit_id, Person.role == "unit_head", Person.id != person.id)
    title = catalog.get(TABLE, "head_title")
    for head in uow.session.scalars(heads.order_by(Person.id)):
        if (head.title or "").endswith(title):
            return f"{head.name[0]}{catalog.get(TABLE, 'head_said')}"
    return None


def _fresh_firm(uow: UnitOfWork, rng: Random) -> tuple[str | None, str | None]:
    """Return a firm known by a short name that nobody has visited or signed with, and its city."""
    busy = select(Investor.enterprise_id).union(select(VisitEnterprise.enterprise_id))
    query = select(Enterprise.short_name, Enterprise.city).where(
        Enterprise.short_name.is_not(None), Enterprise.city.is_not(None), Enterprise.id.not_in(busy)
    )
    found = uow.session.execute(query.order_by(Enterprise.id)).all()
    if not found:
        return None, None
    name, city = rng.choice(found)
    return name, city


def _project(uow: UnitOfWork, rng: Random, person: Person) -> str | None:
    """Return a project under way that the speaker may read, one of this year's lists if there is one."""
    day = uow.today
    query = select(Project.name).where(_has("started", day), ~_has("producing", day), ~_has("terminated", day))
    if person.role not in READS_EVERYTHING:
        query = query.where(Project.unit_id.in_(with_subunits(uow, person.unit_id)))
    listed = select(AnnualPlan.project_id).where(AnnualPlan.year == day.year, AnnualPlan.supervision.is_not(None))
    for narrowed in (query.where(Project.id.in_(listed)), query):
        found = uow.session.scalars(narrowed.order_by(Project.id)).all()
        if found:
            return rng.choice(found)
    return None


def _has(kind: str, day: dt.date) -> ColumnElement[bool]:
    return Project.id.in_(select(Milestone.project_id).where(Milestone.kind == kind, Milestone.date <= day))
