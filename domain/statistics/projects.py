"""One project's card, and lists of projects."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from domain.codes import MILESTONES
from domain.errors import NotFound
from domain.figures import Figure, Period, plain
from domain.models import AnnualPlan, FundRecord, Issue, Milestone, Project, Visit, VisitEnterprise
from domain.statistics.cohorts import filters_of, meant
from domain.statistics.funds import VERIFIED, total
from domain.statistics.question import Question
from domain.statistics.scope import ZERO, scope_of
from domain.unit_of_work import UnitOfWork

LAST_VISITS = 5
PAUSES = ("suspended", "resumed", "terminated")  # states of a project, not steps of its way


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project in a list."""

    id: int
    name: str
    unit: str
    stage: str | None  # the furthest milestone reached, or suspended, terminated
    stage_date: dt.date | None
    signed: dt.date | None
    total_investment: Decimal
    industry: str | None
    leader: str | None
    staff: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain values."""
        return {
            "id": self.id,
            "name": self.name,
            "unit": self.unit,
            "stage": self.stage,
            "stage_date": _iso(self.stage_date),
            "signed": _iso(self.signed),
            "total_investment": plain(self.total_investment),
            "industry": self.industry,
            "leader": self.leader,
            "staff": self.staff,
        }


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """What is known of one project today."""

    project: Project
    row: ProjectRow
    milestones: tuple[Milestone, ...]  # reached or planned, in order
    figures: tuple[Figure, ...]  # contract amount; funds verified and reported; share of this year's plan
    plan: AnnualPlan | None  # this year's
    issues: tuple[Issue, ...]  # open
    visits: tuple[Visit, ...]  # the last ones done

    def as_json(self) -> dict[str, Any]:
        """Return the card as plain values, without contacts."""
        project = self.project
        return self.row.as_json() | {
            "code": project.code,
            "investors": [firm.name for firm in project.investors],
            "event": project.event,
            "supervision": self.plan.supervision if self.plan and self.plan.supervision else project.supervision,
            "physical_progress": self.plan.physical_progress if self.plan else None,
            "milestones": [_milestone(one) for one in self.milestones],
            "issues": [_issue(one) for one in self.issues],
            "visits": [_visit(one) for one in self.visits],
        }


def project_card(uow: UnitOfWork, project_id: int) -> ProjectCard:
    """Return one project's card, live to today; raise NotFound."""
    project = uow.session.get(Project, project_id)
    if project is None:
        raise NotFound("no_project")
    plan = uow.session.scalars(
        select(AnnualPlan).where(AnnualPlan.project_id == project_id, AnnualPlan.year == uow.today.year)
    ).one_or_none()
    return ProjectCard(
        project=project,
        row=_row(project, uow.today),
        milestones=tuple(sorted(project.milestones, key=lambda one: MILESTONES.index(one.kind))),
        figures=tuple(_figures(uow, project, plan)),
        plan=plan,
        issues=tuple(_open_issues(uow, project)),
        visits=tuple(_last_visits(uow, project)),
    )


def list_projects(
    uow: UnitOfWork,
    question: Question,
    *,
    limit: int = 20,
    offset: int = 0,
    unit_ids: Iterable[int] | None = None,
) -> tuple[int, list[ProjectRow]]:
    """Return how many projects the question's filters choose today, and a page of them, largest first."""
    scope = scope_of(uow, question, closed=False)
    chosen = select(Project.id).where(*scope.within(Project.unit_id), *meant(uow, scope))
    if unit_ids is not None:
        chosen = chosen.where(Project.unit_id.in_(sorted(unit_ids)))
    count = uow.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    page = (
        select(Project)
        .where(Project.id.in_(chosen.correlate(None)))
        .order_by(Project.total_investment.desc(), Project.name, Project.id)
        .options(selectinload(Project.milestones), joinedload(Project.unit))
    )
    rows = uow.session.scalars(page.limit(limit).offset(offset))
    return count, [_row(project, uow.today) for project in rows]


def row_count(uow: UnitOfWork, question: Question, count: int, *, cohort: str | None = None) -> Figure:
    """Return how many a list holds, as a figure."""
    scope = scope_of(uow, question, closed=False)
    return Figure(
        metric="row_count",
        unit=scope.unit.name,
        period=scope.period,
        value=Decimal(count),
        value_unit="count",
        as_of=scope.period.end,
        filters=filters_of(scope),
        cohort=cohort,
    )


def stage_of(milestones: Iterable[Milestone], day: dt.date) -> Milestone | None:
    """Return the furthest milestone reached by a day, or the pause or end the project is in."""
    dates = {one.kind: one for one in milestones if one.date is not None and one.date <= day}
    if "terminated" in dates:
        return dates["terminated"]
    pause, resumed = dates.get("suspended"), dates.get("resumed")
    if pause and not (resumed and _date(resumed) >= _date(pause)):
        return pause
    reached = [one for kind, one in dates.items() if kind not in PAUSES]
    return max(reached, key=lambda one: MILESTONES.index(one.kind), default=None)


def _row(project: Project, day: dt.date) -> ProjectRow:
    stage = stage_of(project.milestones, day)
    return ProjectRow(
        id=project.id,
        name=project.name,
        unit=project.unit.name,
        stage=stage.kind if stage else None,
        stage_date=stage.date if stage else None,
        signed=_signed(project),
        total_investment=project.total_investment,
        industry=project.industry or project.industry_class,
        leader=project.leader,
        staff=project.staff,
    )


def _figures(uow: UnitOfWork, project: Project, plan: AnnualPlan | None) -> list[Figure]:
    """Return the contract amount, the funds since signing, and the share of this year's plan."""
    january = dt.date(uow.today.year, 1, 1)
    this_year = FundRecord.month >= january
    own = FundRecord.project_id == project.id
    columns = (func.min(FundRecord.month), total(VERIFIED), total(FundRecord.amount), total(VERIFIED, this_year))
    first, verified, reported, of_year = uow.session.execute(
        select(*columns).where(own, FundRecord.month <= uow.today)
    ).one()
    start = min(day for day in (first, _signed(project), uow.today) if day)
    contract = Figure(
        metric="signed_amount",
        unit=project.unit.name,
        period=Period(start, uow.today),
        value=project.total_investment,
        value_unit="CNY",
        as_of=uow.today,
        subject=project.name,
        rows={"project_id": project.id},
    )
    funds = replace(contract, metric="funds_total", value=verified or ZERO)
    figures = [contract, funds, replace(funds, value=reported or ZERO, status="reported")]
    if plan is not None and plan.planned_funds:
        share = replace(contract, metric="funds_rate_plan", value_unit="ratio", period=Period(january, uow.today))
        above, below = of_year or ZERO, plan.planned_funds
        figures.append(replace(share, value=above / below, numerator=above, denominator=below))
    return figures


def _open_issues(uow: UnitOfWork, project: Project) -> Sequence[Issue]:
    query = select(Issue).where(
        Issue.project_id == project.id,
        or_(Issue.solved_on.is_(None), Issue.solved_on > uow.today),
        or_(Issue.raised_on.is_(None), Issue.raised_on <= uow.today),
    )
    return uow.session.scalars(query.order_by(Issue.raised_on, Issue.id)).all()


def _last_visits(uow: UnitOfWork, project: Project) -> Sequence[Visit]:
    """Return the last records of the project or, within its unit, of its investors."""
    firms = [firm.id for firm in project.investors]
    of_firms = select(VisitEnterprise.visit_id).where(VisitEnterprise.enterprise_id.in_(firms))
    theirs = Visit.id.in_(of_firms) & (Visit.unit_id == project.unit_id) & Visit.project_id.is_(None)
    query = select(Visit).where(or_(Visit.project_id == project.id, theirs))
    query = query.where(Visit.planned.is_(False), Visit.date <= uow.today)
    return uow.session.scalars(query.order_by(Visit.date.desc(), Visit.id.desc()).limit(LAST_VISITS)).all()


def _signed(project: Project) -> dt.date | None:
    return next((one.date for one in project.milestones if one.kind == "signed"), None)


def _milestone(one: Milestone) -> Mapping[str, Any]:
    return {"kind": one.kind, "date": _iso(one.date), "planned": _iso(one.planned_date), "verified": one.verified}


def _issue(one: Issue) -> Mapping[str, Any]:
    days = {"raised_on": _iso(one.raised_on), "wanted_by": _iso(one.wanted_by)}
    return {"category": one.category, "description": one.description, "department": one.department} | days


def _visit(one: Visit) -> Mapping[str, Any]:
    said = {"subject": one.subject, "result": one.result, "next_step": one.next_step, "participants": one.participants}
    firms = [firm.name for firm in one.enterprises]
    return {"date": _iso(one.date), "unit": one.unit.name, "mode": one.mode, "enterprises": firms} | said


def _date(one: Milestone) -> dt.date:
    assert one.date is not None
    return one.date


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
