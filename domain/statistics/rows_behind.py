"""The rows a figure is made of, as a query, an order and plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, select

from domain.figures import plain
from domain.models import AnnualPlan, FundRecord, Issue, Lead, Milestone, Project, Trip, Visit
from domain.statistics import activity, counts, funds
from domain.statistics.cohorts import cohort, meant
from domain.statistics.metrics import FUNDS
from domain.statistics.milestones import dated
from domain.statistics.scope import Scope
from domain.unit_of_work import UnitOfWork

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows to show: `ids` chooses them, `query` reads them with what stands beside, `describe` makes them plain."""

    owner: Any  # the column of the unit they belong to
    ids: Select[Any]
    query: Any  # a Select of one or two columns
    order: tuple[Any, ...]
    describe: Callable[..., Row]


def listing(uow: UnitOfWork, metric: str, scope: Scope) -> Listing:
    """Return the rows behind a metric."""
    if metric in FUNDS:
        return _arrivals(uow, metric, scope)
    if metric in counts.RATE_MILESTONES:
        return _cohort_projects(uow, metric, scope)
    if metric in ("funds_rate_contract", "funds_rate_plan"):
        return _promises(uow, metric, scope)
    if metric in RECORDS:
        return RECORDS[metric](uow, scope)
    return _dated_projects(uow, metric, scope)


def _arrivals(uow: UnitOfWork, metric: str, scope: Scope) -> Listing:
    return Listing(
        owner=Project.unit_id,
        ids=funds.fund_rows(scope).where(*meant(uow, scope), *funds.of_origin(metric)),
        query=select(FundRecord, funds.VERIFIED),
        order=(funds.VERIFIED.desc(), FundRecord.amount.desc(), FundRecord.id),
        describe=lambda record, verified: {
            **_project(record.project),
            "month": record.month.isoformat()[:7],
            "amount": plain(record.amount),
            "verified": plain(Decimal(verified)),
            "status": record.status,
        },
    )


def _cohort_projects(uow: UnitOfWork, metric: str, scope: Scope) -> Listing:
    there = case((counts.arrived(counts.RATE_MILESTONES[metric], scope), 1), else_=0)
    return Listing(
        owner=Project.unit_id,
        ids=select(Project.id).where(*cohort(uow, scope)),
        query=select(Project, there),
        order=(there, Project.total_investment.desc(), Project.id),
        describe=lambda project, reached: {**_project(project), "reached": bool(reached)},
    )


def _promises(uow: UnitOfWork, metric: str, scope: Scope) -> Listing:
    ids = select(Project.id).where(*cohort(uow, scope))
    promised: Any = Project.total_investment
    query = select(Project, promised)
    if metric == "funds_rate_plan":
        promised = AnnualPlan.planned_funds
        of_year = (AnnualPlan.project_id == Project.id) & (AnnualPlan.year == scope.period.end.year)
        ids = ids.join(AnnualPlan, of_year).where(promised.is_not(None))
        query = select(Project, promised).join(AnnualPlan, of_year)
    return Listing(
        owner=Project.unit_id,
        ids=ids,
        query=query,
        order=(promised.desc(), Project.id),
        describe=lambda project, amount: {**_project(project), "amount": plain(amount)},
    )


def _dated_projects(uow: UnitOfWork, metric: str, scope: Scope) -> Listing:
    kind = counts.COUNT_MILESTONES.get(metric, "fulfilled" if metric == "fulfilled_count" else "signed")
    stock = metric == "fulfilled_count"
    which = counts.in_stock(scope) if stock else dated((kind,), scope.period.start, scope.period.end)
    step = (Milestone.project_id == Project.id) & (Milestone.kind == kind)
    return Listing(
        owner=Project.unit_id,
        ids=select(Project.id).where(*meant(uow, scope), which),
        query=select(Project, Milestone.date).outerjoin(Milestone, step),
        order=(Project.total_investment.desc(), Project.id),
        describe=lambda project, day: {
            **_project(project),
            "date": day.isoformat() if day else None,
            "amount": plain(project.total_investment),
        },
    )


def _visits(mode: str) -> Callable[[UnitOfWork, Scope], Listing]:
    def rows(uow: UnitOfWork, scope: Scope) -> Listing:
        ids = activity.visit_rows(uow, scope, mode)
        return Listing(Visit.unit_id, ids, select(Visit), (Visit.date.desc(), Visit.id.desc()), _visit)

    return rows


def _trips(uow: UnitOfWork, scope: Scope) -> Listing:
    ids = activity.trip_rows(uow, scope)
    return Listing(Trip.unit_id, ids, select(Trip), (Trip.start.desc(), Trip.id.desc()), _trip)


def _leads(uow: UnitOfWork, scope: Scope) -> Listing:
    ids = activity.lead_rows(uow, scope)
    return Listing(Lead.unit_id, ids, select(Lead), (Lead.registered_on.desc(), Lead.id.desc()), _lead)


def _issues(uow: UnitOfWork, scope: Scope) -> Listing:
    ids, query = activity.issue_rows(uow, scope), select(Issue).join(Project)
    return Listing(Project.unit_id, ids, query, (Issue.raised_on.desc(), Issue.id.desc()), _issue)


RECORDS: Mapping[str, Callable[[UnitOfWork, Scope], Listing]] = {
    "visits": _visits("outbound"),
    "enterprises_visited": _visits("outbound"),
    "receptions": _visits("inbound"),
    "trips": _trips,
    "lead_count": _leads,
    "lead_valid_rate": _leads,
    "issue_solved_rate": _issues,
}


def _project(project: Project) -> Row:
    return {"project": project.name, "unit": project.unit.name}


def _visit(visit: Visit) -> Row:
    firms = [firm.name for firm in visit.enterprises]
    return {"date": visit.date.isoformat(), "unit": visit.unit.name, "enterprises": firms, "place": visit.place}


def _trip(trip: Trip) -> Row:
    return {"date": trip.start.isoformat(), "unit": trip.unit.name, "places": trip.places, "leader": trip.leader}


def _lead(lead: Lead) -> Row:
    said = {"enterprises": [lead.enterprise.name], "judgement": lead.judgement}
    return {"date": lead.registered_on.isoformat(), "unit": lead.unit.name} | said


def _issue(issue: Issue) -> Row:
    raised, solved = (day.isoformat() if day else None for day in (issue.raised_on, issue.solved_on))
    return {**_project(issue.project), "category": issue.category, "date": raised, "solved": solved}
