"""Enterprises, projects, their dated milestones, plans and funds."""

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.base import Base, Code, Key, Names, Value, Yuan
from domain.models.directory import Unit


class Enterprise(Base):
    """An 企业, known by its full name; new ones are kept as first said."""

    __tablename__ = "enterprise"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str | None]
    aliases: Mapped[Names] = mapped_column(default=list)
    credit_code: Mapped[str | None] = mapped_column(unique=True)  # 统一社会信用代码
    province: Mapped[str | None]
    city: Mapped[str | None]
    country: Mapped[str | None]
    nature: Mapped[str | None]
    tags: Mapped[Names] = mapped_column(default=list)
    industry: Mapped[str | None]


class Project(Base):
    """A 项目; its stage is never stored, only its dated milestones."""

    __tablename__ = "project"

    id: Mapped[Key]
    code: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    total_investment: Mapped[Yuan]
    fixed_investment: Mapped[Yuan | None]
    industry_class: Mapped[str | None]  # 产业类别
    industry: Mapped[str | None]
    investor_province: Mapped[str | None]
    investor_city: Mapped[str | None]
    supervision: Mapped[Code | None]  # supervised, tracked, county, ordinary
    packaged: Mapped[bool | None]
    event: Mapped[str | None]
    leader: Mapped[str | None]
    staff: Mapped[str | None]
    land_mu: Mapped[Value | None]
    origin: Mapped[Code | None] = mapped_column(index=True)  # overseas, out_of_province, in_province, local; derived

    unit: Mapped[Unit] = relationship()
    milestones: Mapped[list["Milestone"]] = relationship(cascade="all, delete-orphan", back_populates="project")
    investors: Mapped[list[Enterprise]] = relationship(secondary="investor", order_by="Investor.position")


class Investor(Base):
    """One of a project's 投资方, in the order written."""

    __tablename__ = "investor"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), primary_key=True, index=True)
    position: Mapped[int]


class Milestone(Base):
    """One milestone of one project: when it was reached, when it was planned."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("project_id", "kind"),)

    id: Mapped[Key]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[Code] = mapped_column(index=True)  # the milestone names of contract §2
    date: Mapped[dt.date | None] = mapped_column(index=True)
    planned_date: Mapped[dt.date | None]
    verified: Mapped[bool] = mapped_column(default=True)

    project: Mapped[Project] = relationship(back_populates="milestones")


class AnnualPlan(Base):
    """What a project is to do in one year, and which lists it is in that year."""

    __tablename__ = "annual_plan"
    __table_args__ = (UniqueConstraint("project_id", "year"),)

    id: Mapped[Key]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    year: Mapped[int] = mapped_column(index=True)
    planned_funds: Mapped[Yuan | None]
    physical_progress: Mapped[str | None]  # 形象进度
    supervision: Mapped[Code | None]
    packaged: Mapped[bool | None]

    project: Mapped[Project] = relationship()


class FundRecord(Base):
    """One arrival of funds in one month, as reported and as verified."""

    __tablename__ = "fund_record"

    id: Mapped[Key]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    month: Mapped[dt.date] = mapped_column(index=True)  # its first day
    amount: Mapped[Yuan]
    status: Mapped[Code]  # reported, verified, cut, refused
    verified_amount: Mapped[Yuan | None]
    voucher: Mapped[str | None]

    project: Mapped[Project] = relationship()
