"""What was done: visits, trips, leads and issues."""

import datetime as dt

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.base import Base, Code, Instant, Json, Key, Names
from domain.models.directory import Person, Unit
from domain.models.projects import Enterprise, Project


class Visit(Base):
    """A 拜访 row: a visit, a reception, a call or a contact at a fair.

    A quantity (`amount`, `land`, `people`) is {"min", "max"} with a null side when open, and for
    money "currency" and "approx" (contract §2).
    """

    __tablename__ = "visit"

    id: Mapped[Key]
    date: Mapped[dt.date] = mapped_column(index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    mode: Mapped[Code]  # outbound, inbound, phone, video, event
    planned: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str | None]
    participants: Mapped[Names] = mapped_column(default=list)  # ours
    contacts: Mapped[Names] = mapped_column(default=list)  # theirs
    subject: Mapped[str | None]  # 事项
    result: Mapped[Code | None]
    next_step: Mapped[str | None]
    follow_up_start: Mapped[dt.date | None] = mapped_column(index=True)
    follow_up_end: Mapped[dt.date | None]
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    event: Mapped[str | None]
    industry: Mapped[str | None]
    amount: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))  # money as said
    land_mu: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))  # 亩
    people_count: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    recorded_at: Mapped[Instant | None]
    source_text: Mapped[str | None]

    unit: Mapped[Unit] = relationship()
    project: Mapped[Project | None] = relationship()
    recorder: Mapped[Person | None] = relationship()
    enterprises: Mapped[list[Enterprise]] = relationship(
        secondary="visit_enterprise", order_by="VisitEnterprise.position", viewonly=True
    )


class VisitEnterprise(Base):
    """One of the firms of a visit, in the order said."""

    __tablename__ = "visit_enterprise"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), primary_key=True, index=True)
    position: Mapped[int]

    enterprise: Mapped[Enterprise] = relationship()


class Trip(Base):
    """An 外出 row: one outbound trip (批次) of one unit."""

    __tablename__ = "trip"

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    leader: Mapped[str | None]
    leader_level: Mapped[str | None]
    start: Mapped[dt.date] = mapped_column(index=True)
    end: Mapped[dt.date | None]
    places: Mapped[Names] = mapped_column(default=list)
    people_count: Mapped[int | None]
    enterprise_count: Mapped[int | None]
    purpose: Mapped[str | None]

    unit: Mapped[Unit] = relationship()


class Lead(Base):
    """A 线索 row: a lead as registered and as judged."""

    __tablename__ = "lead"

    id: Mapped[Key]
    code: Mapped[str | None] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    source: Mapped[str | None]
    registered_by: Mapped[str | None]
    registered_on: Mapped[dt.date] = mapped_column(index=True)
    amount: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    land_mu: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    industry: Mapped[str | None]
    content: Mapped[str | None]
    judgement: Mapped[Code | None]  # pending, valid, invalid
    status: Mapped[str | None]

    enterprise: Mapped[Enterprise] = relationship()
    unit: Mapped[Unit] = relationship()


class Issue(Base):
    """A 问题 row: what blocks a project, raised and solved when."""

    __tablename__ = "issue"

    id: Mapped[Key]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    category: Mapped[Code]
    description: Mapped[str]
    department: Mapped[str | None]
    raised_on: Mapped[dt.date | None] = mapped_column(index=True)
    wanted_by: Mapped[dt.date | None]
    status: Mapped[str | None]
    solved_on: Mapped[dt.date | None]

    project: Mapped[Project] = relationship()


class Reminder(Base):
    """A promise to ring at a moment, once or again and again."""

    __tablename__ = "reminder"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str]
    moment: Mapped[Instant] = mapped_column(index=True)  # the next time it rings
    repeat: Mapped[Code | None]  # daily, workday, weekly, monthly
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    enterprises: Mapped[Names] = mapped_column(default=list)
    done: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship()
