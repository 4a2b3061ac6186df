"""Records, revises, withdraws and lists visits; slots come in the JSON shapes of contract §2."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, String, bindparam, cast, delete, func, or_, select
from sqlalchemy.orm import selectinload

from domain import access, audit, enterprises
from domain.appending import append, append_all
from domain.directory import with_subunits
from domain.enterprises import Firm
from domain.errors import Invalid
from domain.figures import Period
from domain.models import Enterprise, Person, Project, Unit, Visit, VisitEnterprise
from domain.unit_of_work import UnitOfWork

SPOKEN_MODES = {"remote": "phone"}  # the sheet tells phone from video, speech says remote
SHEET_MODES = {"remote": ("phone", "video")}
CONFLICT_DAYS = 180  # a half-year, as contract §2 counts it in days
OTHERS_SHOWN = 3
LONGEST = dt.timedelta(days=31)  # "last month" may pass as a day; a year is no date of a visit
COPIED = ("place", "result", "next_step", "event", "industry")

# built once: they are asked for every visit
_firms_of = (
    select(Enterprise.id, Enterprise.name)
    .join(VisitEnterprise, VisitEnterprise.enterprise_id == Enterprise.id)
    .where(VisitEnterprise.visit_id == bindparam("visit"))
    .order_by(VisitEnterprise.position)
)
_unlinked = delete(VisitEnterprise).where(VisitEnterprise.visit_id == bindparam("visit"))
_same_day = (
    select(Visit.id, Visit.subject, VisitEnterprise.enterprise_id)
    .outerjoin(VisitEnterprise)
    .where(Visit.date == bindparam("date"), Visit.unit_id == bindparam("unit"), Visit.mode == bindparam("mode"))
)
_same_day_and_firm = _same_day.where(
    Visit.id.in_(select(VisitEnterprise.visit_id).where(VisitEnterprise.enterprise_id == bindparam("firm")))
)
_same_day_no_firm = _same_day.where(VisitEnterprise.enterprise_id.is_(None))
_of_firms = VisitEnterprise.enterprise_id.in_(bindparam("firms", expanding=True))
_talks_of_others = (
    select(Unit.name, Person.name, Enterprise.name, func.max(Visit.date))
    .join(Unit, Unit.id == Visit.unit_id)
    .join(VisitEnterprise, VisitEnterprise.visit_id == Visit.id)
    .join(Enterprise, Enterprise.id == VisitEnterprise.enterprise_id)
    .outerjoin(Person, Person.id == Visit.recorded_by)
    .where(_of_firms, Visit.unit_id != bindparam("unit"), Visit.planned.is_(False))
    .where(Visit.date >= bindparam("since"), Visit.date <= bindparam("today"))
    .group_by(Unit.name, Person.name, Enterprise.name)
    .order_by(func.max(Visit.date).desc())
    .limit(OTHERS_SHOWN)
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit just recorded, with what tells it from others."""

    id: int
    unit_id: int
    date: dt.date
    mode: str
    firms: Sequence[Firm]
    met: bool = False  # somebody met one of the firms before
    times: int = 1  # recorded that day, this one included


def make(uow: UnitOfWork, slots: Mapping[str, Any], text: str) -> Recorded:
    """Record a visit of the actor's unit; a missing date is today, a missing mode an outbound visit."""
    person = access.actor(uow)
    author = {"unit_id": person.unit_id, "recorded_by": person.id, "recorded_at": uow.now, "source_text": text}
    values = _values(uow, slots) | author
    firms = enterprises.by_names(uow, slots.get("enterprises", ()))
    met = any(firm.met for firm in firms)
    recorded = Recorded(0, person.unit_id, values["date"], values["mode"], firms, met)
    same = _namesakes(uow, recorded) if recorded.met or not firms else []
    values["subject"] = _told_apart(uow, values["subject"], same)
    recorded = replace(recorded, id=append(uow, Visit, **values), times=len(same) + 1)
    _link(uow, recorded.id, firms)
    picture = {"id": recorded.id, **values, "enterprises": [firm.name for firm in firms]}
    audit.write_row(uow, "create", Visit.__tablename__, recorded.id, after=audit.plain(picture))
    return recorded


def revise(uow: UnitOfWork, visit: Visit, slots: Mapping[str, Any]) -> None:
    """Bring a visit to what `slots` say now."""
    access.require_writable(uow, visit.unit_id)
    former = _firms(uow, visit)
    before = _picture(visit, former)
    values = _values(uow, slots)
    firms = enterprises.by_names(uow, slots.get("enterprises", ()))
    revised = Recorded(visit.id, visit.unit_id, values["date"], values["mode"], firms)
    values["subject"] = _told_apart(uow, values["subject"], _namesakes(uow, revised))
    for name, value in values.items():
        setattr(visit, name, value)
    uow.session.flush()
    uow.connection.execute(_unlinked, {"visit": visit.id})
    _link(uow, visit.id, firms)
    audit.write(uow, "change", visit, before=before, after=_picture(visit, firms))
    kept = {firm.id for firm in firms}
    enterprises.drop_unused(uow, [firm for firm in former if firm.id not in kept])


def withdraw(uow: UnitOfWork, visit: Visit) -> None:
    """Take a visit back, with the firms only it had brought in."""
    access.require_writable(uow, visit.unit_id)
    former = _firms(uow, visit)
    audit.write(uow, "remove", visit, before=_picture(visit, former))
    uow.session.delete(visit)
    enterprises.drop_unused(uow, former)


@dataclass(frozen=True, slots=True)
class VisitQuestion:
    """Which visits are asked for."""

    person: str | None = None  # a participant's or recorder's name
    person_id: int | None = None
    unit_id: int | None = None
    enterprises: Sequence[str] = ()
    place: str | None = None
    period: Period | None = None
    mode: str | None = None
    recorded_by: int | None = None
    recorded_on: dt.date | None = None


def find(uow: UnitOfWork, question: VisitQuestion, *, limit: int, offset: int = 0) -> tuple[int, Sequence[Visit]]:
    """Return how many visits there are within the actor's scope, and a page of them, newest first."""
    query = _where(uow, select(Visit), question)
    total = uow.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = query.options(selectinload(Visit.enterprises), selectinload(Visit.unit))
    page = page.order_by(Visit.date.desc(), Visit.id.desc()).limit(limit).offset(offset)
    return total, uow.session.scalars(page).all()


def _where(uow: UnitOfWork, query: Select[Visit], question: VisitQuestion) -> Select[Visit]:
    allowed = access.readable_units(uow)
    if allowed is not None:
        query = query.where(Visit.unit_id.in_(allowed))
    if question.unit_id is not None:
        query = query.where(Visit.unit_id.in_(with_subunits(uow, question.unit_id)))
    if question.period is not None:
        query = query.where(Visit.date.between(question.period.start, question.period.end))
    if question.mode is not None:
        query = query.where(Visit.mode.in_(SHEET_MODES.get(question.mode, (question.mode,))))
    if question.place is not None:
        query = query.where(Visit.place.contains(question.place, autoescape=True))
    if question.recorded_on is not None:
        start = uow.now.replace(hour=0, minute=0, second=0, microsecond=0)
        start += question.recorded_on - uow.today
        query = query.where(Visit.recorded_at >= start, Visit.recorded_at < start + dt.timedelta(days=1))
    return _where_names(query, question)


def _where_names(query: Select[Visit], question: VisitQuestion) -> Select[Visit]:
    if question.recorded_by is not None:
        query = query.where(Visit.recorded_by == question.recorded_by)
    if question.person is not None:
        # names are kept as JSON text: the quoted, escaped name is what stands there in both databases
        named = cast(Visit.participants, String).contains(json.dumps(question.person), autoescape=True)
        recorded = Visit.recorded_by == question.person_id
        query = query.where(or_(named, recorded) if question.person_id is not None else named)
    if question.enterprises:
        firms = select(Enterprise.id).where(Enterprise.name.in_(question.enterprises))
        query = query.where(Visit.enterprises.any(Enterprise.id.in_(firms)))
    return query


def _values(uow: UnitOfWork, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return what slots say as columns."""
    if not any(slots.get(name) for name in ("enterprises", "event", "people_count")):
        raise Invalid("visit_needs_enterprise")
    day = _day_of(slots["date"]) if slots.get("date") else uow.today
    mode = slots.get("mode", "outbound")
    follow_up = slots.get("follow_up")
    return {name: slots.get(name) for name in COPIED} | {
        "date": day,
        "mode": SPOKEN_MODES.get(mode, mode),
        "planned": bool(slots.get("planned", False)) or day > uow.today,
        "amount": _not_negative(slots.get("amount")),
        "people_count": _quantity(slots.get("people_count")),
        "land_mu": _quantity(slots.get("land_mu")),
        "participants": list(slots.get("participants", ())),
        "contacts": list(slots.get("contacts", ())),
        "subject": slots.get("summary"),
        "follow_up_start": _day(follow_up, "start"),
        "follow_up_end": _day(follow_up, "end"),
        "project_id": _project_id(uow, slots.get("project")),
    }


def _link(uow: UnitOfWork, visit_id: int, firms: Sequence[Firm]) -> None:
    rows = [{"visit_id": visit_id, "enterprise_id": firm.id, "position": place} for place, firm in enumerate(firms)]
    append_all(uow, VisitEnterprise, rows)


def _told_apart(uow: UnitOfWork, subject: str | None, same: Sequence[tuple[int, str | None]]) -> str | None:
    """Number a visit that nothing tells from an earlier one: the workbook knows a visit by day, firm and subject."""
    taken = {said for _, said in same}
    told, number = subject, 2
    while told in taken:
        told = f"{subject or ''}{uow.words.words['nth_visit'].format(number)}"
        number += 1
    return told


def _namesakes(uow: UnitOfWork, visit: Recorded) -> list[tuple[int, str | None]]:
    """Return id and subject of the other visits of the same day, unit and mode to the same firms."""
    firm_ids = [firm.id for firm in visit.firms]
    values = {"date": visit.date, "unit": visit.unit_id, "mode": visit.mode}
    if firm_ids:
        rows = uow.connection.execute(_same_day_and_firm, values | {"firm": firm_ids[0]})
    else:
        rows = uow.connection.execute(_same_day_no_firm, values)
    found: dict[tuple[int, str | None], set[int]] = {}
    for visit_id, subject, firm_id in rows:
        if visit_id != visit.id:
            found.setdefault((visit_id, subject), set()).update([] if firm_id is None else [firm_id])
    return [key for key, firms in found.items() if firms == set(firm_ids)]


def _picture(visit: Visit, firms: Sequence[Firm]) -> dict[str, Any]:
    return audit.snapshot(visit) | {"enterprises": [firm.name for firm in firms]}


def _firms(uow: UnitOfWork, visit: Visit) -> list[Firm]:
    return [Firm(*row) for row in uow.connection.execute(_firms_of, {"visit": visit.id})]


def _quantity(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    return _not_negative(value if isinstance(value, dict) else {"min": value, "max": value})


def _not_negative(value: dict[str, Any] | None) -> dict[str, Any] | None:
    if value is not None and any((value.get(side) or 0) < 0 for side in ("min", "max")):
        raise Invalid("negative_quantity")
    return value


def _day(span: Mapping[str, Any] | None, side: str) -> dt.date | None:
    text = span.get(side) if span else None
    return dt.date.fromisoformat(text[:10]) if text else None


def _day_of(span: Mapping[str, Any]) -> dt.date:
    """Return the day a visit is kept under: the first of the few it took."""
    first, last = _day(span, "start") or _day(span, "end"), _day(span, "end") or _day(span, "start")
    if first is None or last is None or last - first > LONGEST:
        raise Invalid("visit_needs_day")
    return first


def _project_id(uow: UnitOfWork, name: str | None) -> int | None:
    if name is None:
        return None
    return uow.session.scalars(select(Project.id).where(Project.name == name).order_by(Project.id).limit(1)).first()


def is_planned(uow: UnitOfWork, slots: Mapping[str, Any]) -> bool:
    """Tell whether what is said is still to come."""
    date = slots.get("date")
    return bool(slots.get("planned")) or (date is not None and dt.date.fromisoformat(date["start"]) > uow.today)


def likely_enterprises(uow: UnitOfWork, *, limit: int) -> list[str]:
    """Return the firms the actor's unit saw last, to choose from."""
    units = with_subunits(uow, access.actor(uow).unit_id)
    query = (
        select(Enterprise.short_name, Enterprise.name, func.max(Visit.date))
        .join(VisitEnterprise, VisitEnterprise.enterprise_id == Enterprise.id)
        .join(Visit, Visit.id == VisitEnterprise.visit_id)
        .where(Visit.unit_id.in_(units), Visit.date <= uow.today)
        .group_by(Enterprise.id, Enterprise.short_name, Enterprise.name)
        .order_by(func.max(Visit.date).desc(), Enterprise.name)
        .limit(limit)
    )
    return [short or name for short, name, _ in uow.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the ledger knows of a visit's firms: times recorded that day, and other units that talk to them."""

    times: int = 1
    others: Sequence[Mapping[str, str]] = ()  # unit, person, firm and day, nothing more


def surroundings(uow: UnitOfWork, visit: Recorded) -> Surroundings:
    """Return what else the ledger knows of a visit's firms."""
    others = _others_talking(uow, visit, [firm.id for firm in visit.firms]) if visit.met else []
    return Surroundings(visit.times, others)


def _others_talking(uow: UnitOfWork, visit: Recorded, firm_ids: Sequence[int]) -> list[dict[str, str]]:
    """Return the other units that saw these firms in the last half-year."""
    since = uow.today - dt.timedelta(days=CONFLICT_DAYS)
    values = {"firms": firm_ids, "unit": visit.unit_id, "since": since, "today": uow.today}
    rows = uow.connection.execute(_talks_of_others, values)
    return [
        {"unit": unit, "person": person or "", "firm": firm, "date": day.isoformat()}
        for unit, person, firm, day in rows
    ]
