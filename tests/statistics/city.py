"""A small city to count in: units, people, projects with dates, funds, targets."""

import datetime as dt
import itertools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from domain.figures import Period
from domain.models import AnnualPlan, Base, FundRecord, Milestone, Person, Project, Target, Unit
from domain.statistics.measure import measure as strict_measure
from domain.statistics.rankings import rank as strict_rank
from domain.statistics.targets import measure_target as strict_measure_target

# typed loosely, so that a test compares a Decimal with a plain number
measure: Any = strict_measure
measure_target: Any = strict_measure_target
rank: Any = strict_rank

Row = TypeVar("Row", bound=Base)
NUMBERS = itertools.count(1)
CITY, CUIPING, NANXI, ZONE, BUREAU = "宜宾市", "翠屏区", "南溪区", "临港开发区", "招商局"


def day(text: str) -> dt.date:
    """Return a day."""
    return dt.date.fromisoformat(text)


def span(start: str, end: str) -> Period:
    """Return a period of days."""
    return Period(day(start), day(end))


def a_city(session: Session) -> dict[str, Unit]:
    """Return a city with two districts, a zone, a town of one district and a bureau."""
    city = a_unit(session, CITY, "city", None)
    units = {
        CITY: city,
        CUIPING: a_unit(session, CUIPING, "county", city, sort_order=1, group_name="一组"),
        NANXI: a_unit(session, NANXI, "county", city, sort_order=2, group_name="二组"),
        ZONE: a_unit(session, ZONE, "zone", city, sort_order=3, group_name="一组"),
        BUREAU: a_unit(session, BUREAU, "department", city),
    }
    units["李庄镇"] = a_unit(session, "李庄镇", "town", units[CUIPING])
    return units


def a_unit(session: Session, name: str, kind: str, parent: Unit | None, **fields: Any) -> Unit:
    """Return a unit."""
    return added(session, Unit(name=name, kind=kind, parent_id=parent.id if parent else None, aliases=[], **fields))


def a_person(session: Session, name: str, unit: Unit, role: str = "staff") -> Person:
    """Return a person."""
    return added(session, Person(name=name, unit_id=unit.id, role=role))


def a_project(session: Session, unit: Unit, dates: Mapping[str, str] | None = None, **fields: Any) -> Project:
    """Return a project with its milestones."""
    number = next(NUMBERS)
    facts = {"total_investment": Decimal(100_000_000), "origin": "out_of_province", "name": f"项目{number}", **fields}
    project = added(session, Project(unit_id=unit.id, **facts))
    for kind, date in (dates or {}).items():
        session.add(Milestone(project_id=project.id, kind=kind, date=day(date)))
    session.flush()
    return project


def funds(
    session: Session, project: Project, month: str, amount: int | str, status: str = "verified", verified: Any = None
) -> FundRecord:
    """Return an arrival of funds."""
    record = FundRecord(project_id=project.id, month=day(f"{month}-01"), amount=Decimal(amount), status=status)
    record.verified_amount = None if verified is None else Decimal(verified)
    return added(session, record)


def a_plan(session: Session, project: Project, year: int, **fields: Any) -> AnnualPlan:
    """Return a project's plan of a year."""
    return added(session, AnnualPlan(project_id=project.id, year=year, **fields))


def a_target(session: Session, unit: Unit, base: Any, *, year: int = 2026, **fields: Any) -> Target:
    """Return a target."""
    facts = {"indicator": "funds_outside_city", "set_by": "given", "list_name": "supervised", "schedule": {}, **fields}
    value = None if base is None else Decimal(base)
    return added(session, Target(unit_id=unit.id, year=year, base=value, **facts))


def added(session: Session, row: Row) -> Row:
    """Add a row and give it its id."""
    session.add(row)
    session.flush()
    return row
