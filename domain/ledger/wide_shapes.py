"""The sheets whose rows lie in more than one table or column: projects, targets, visits, leads."""

from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.codes import MILESTONES
from domain.ledger.books import Record
from domain.ledger.rows import PLANNED, REACHED, SCHEDULE, Row
from domain.ledger.shapes import (
    AnnualPlanShape,
    EnterpriseShape,
    FundRecordShape,
    IssueShape,
    PersonShape,
    PublishedFigureShape,
    References,
    Shape,
    TripShape,
    UnitShape,
)
from domain.ledger.text import printed
from domain.models import Investor, Lead, Milestone, Project, Target, Visit, VisitEnterprise

UNVERIFIED = "unverified"


class ProjectShape(Shape):
    """项目 with its investors and milestones."""

    code = "project"
    model = Project
    key = ("name",)
    refs: ClassVar = {"unit": ("unit_id", "unit")}
    lists: ClassVar = {"investors": ("investors", "enterprise")}
    defaults: ClassVar = {"investors": [], UNVERIFIED: []}
    hidden = frozenset({"id", "origin"})

    def put(self, record: Record, field: str, value: Any) -> None:
        """Take one field; unverified milestones in the order of the codes."""
        record[field] = _in_order(value) if field == UNVERIFIED else value

    def load_children(self, session: Session, records: dict[int, Record]) -> None:
        """Add investors and milestones."""
        for record in records.values():
            record |= {"investors": [], UNVERIFIED: []}
        investors = select(Investor.project_id, Investor.enterprise_id)
        for project, enterprise in session.execute(investors.order_by(Investor.project_id, Investor.position)):
            records[project]["investors"].append(enterprise)
        columns = (Milestone.project_id, Milestone.kind, Milestone.date, Milestone.planned_date, Milestone.verified)
        for project, kind, date, planned, verified in session.execute(select(*columns)):
            if date or planned:
                records[project] |= {REACHED + kind: date, PLANNED + kind: planned}
                records[project][UNVERIFIED] += [] if verified else [kind]
        for record in records.values():
            record[UNVERIFIED] = _in_order(record[UNVERIFIED])


class TargetShape(Shape):
    """目标 with its cumulative plan by month."""

    code = "target"
    model = Target
    key = ("unit_id", "year", "indicator", "list_name", "set_by")
    refs: ClassVar = {"unit": ("unit_id", "unit")}
    defaults: ClassVar = {"list_name": "supervised", "set_by": "given", "schedule": {}}

    def put(self, record: Record, field: str, value: Any) -> None:
        """Take one field; the plan of a month goes into the schedule."""
        if field.startswith(SCHEDULE):
            record.setdefault("schedule", {})[field.removeprefix(SCHEDULE)] = printed(value)
        else:
            record[field] = value

    def show(self, row: Row, column: str, value: Any) -> None:
        """Put one column into a row; the schedule month by month."""
        if column == "schedule":
            row |= {SCHEDULE + str(month): planned for month, planned in Target(schedule=value).planned().items()}
        else:
            row[column] = value


class VisitShape(Shape):
    """拜访 with the firms met."""

    code = "visit"
    model = Visit
    key = ("date", "unit_id", "enterprises", "mode", "subject")
    refs: ClassVar = {"unit": ("unit_id", "unit"), "project": ("project_id", "project")}
    lists: ClassVar = {"enterprises": ("enterprises", "enterprise")}
    quantities = frozenset({"amount", "land_mu", "people_count"})
    defaults: ClassVar = {"planned": False, "participants": [], "contacts": [], "enterprises": []}
    hidden = frozenset({"id", "recorded_by", "recorded_at", "source_text", "follow_up_start", "follow_up_end"})
    span = "date"

    def put(self, record: Record, field: str, value: Any) -> None:
        """Take one field; the stretch of the follow-up by its two ends."""
        if field != "follow_up":
            super().put(record, field, value)
            return
        days = value if isinstance(value, dict) else {"start": value, "end": value}
        record |= {"follow_up_start": days.get("start"), "follow_up_end": days.get("end")}

    def load_children(self, session: Session, records: dict[int, Record]) -> None:
        """Add the firms, in the order said."""
        for record in records.values():
            record["enterprises"] = []
        pairs = select(VisitEnterprise.visit_id, VisitEnterprise.enterprise_id)
        for visit, enterprise in session.execute(pairs.order_by(VisitEnterprise.visit_id, VisitEnterprise.position)):
            if visit in records:
                records[visit]["enterprises"].append(enterprise)

    def row(self, record: Record, references: References) -> Row:
        """Return the visit with its follow-up as one stretch of days."""
        row = super().row(record, references)
        start, end = record["follow_up_start"], record["follow_up_end"]
        return row | {"follow_up": {"start": start, "end": end}} if start or end else row


class LeadShape(Shape):
    """线索."""

    code = "lead"
    model = Lead
    key = ("enterprise_id", "unit_id", "registered_on")
    refs: ClassVar = {"enterprise": ("enterprise_id", "enterprise"), "unit": ("unit_id", "unit")}
    quantities = frozenset({"amount", "land_mu"})


SHAPES: dict[str, Shape] = {
    shape.code: shape
    for shape in (
        UnitShape(),
        PersonShape(),
        EnterpriseShape(),
        ProjectShape(),
        AnnualPlanShape(),
        FundRecordShape(),
        TargetShape(),
        VisitShape(),
        LeadShape(),
        TripShape(),
        IssueShape(),
        PublishedFigureShape(),
    )
}


def _in_order(kinds: list[str]) -> list[str]:
    return sorted(set(kinds), key=MILESTONES.index)
