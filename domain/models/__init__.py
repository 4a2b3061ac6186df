"""The tables, by noun."""

from domain.models.activity import Issue, Lead, Reminder, Trip, Visit, VisitEnterprise
from domain.models.base import Base
from domain.models.conversation import (
    Account,
    AuditRow,
    Button,
    Dialogue,
    Entry,
    InboxUpdate,
    Invite,
    OutboxMessage,
    Upload,
)
from domain.models.directory import Person, Unit
from domain.models.projects import AnnualPlan, Enterprise, FundRecord, Investor, Milestone, Project
from domain.models.targets import PublishedFigure, Target

__all__ = [
    "Account",
    "AnnualPlan",
    "AuditRow",
    "Base",
    "Button",
    "Dialogue",
    "Enterprise",
    "Entry",
    "FundRecord",
    "InboxUpdate",
    "Investor",
    "Invite",
    "Issue",
    "Lead",
    "Milestone",
    "OutboxMessage",
    "Person",
    "Project",
    "PublishedFigure",
    "Reminder",
    "Target",
    "Trip",
    "Unit",
    "Upload",
    "Visit",
    "VisitEnterprise",
]
