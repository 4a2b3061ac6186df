"""Who there is: units and their people."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.base import Base, Code, Key, Names


class Unit(Base):
    """A 单位: the city, a district, a zone, a department, a group or an office."""

    __tablename__ = "unit"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str | None]
    kind: Mapped[Code | None]  # city, county, zone, park, town, department, team, office, supervisor
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    group_name: Mapped[str | None]
    aliases: Mapped[Names] = mapped_column(default=list)
    sort_order: Mapped[int | None]
    province: Mapped[str | None]  # the city's row only: its home
    city: Mapped[str | None]

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")


class Person(Base):
    """A 人员 of the directory; `role` decides what they may see and do."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("name", "unit_id"),)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str | None]
    role: Mapped[Code]  # staff, unit_head, statistician, supervisor, leader, administrator
    phone: Mapped[str | None]

    unit: Mapped[Unit] = relationship()
