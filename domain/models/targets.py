"""Targets, and published figures the ledger cannot compute."""

from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.base import Base, Code, Json, Key, Value
from domain.models.directory import Unit


class Target(Base):
    """One unit's target of one indicator in one year, in two tiers."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("unit_id", "year", "indicator", "list_name", "set_by"),)

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    year: Mapped[int] = mapped_column(index=True)
    indicator: Mapped[Code]  # a metric of contract §2
    base: Mapped[Value | None]  # 元, a count or a ratio, as the indicator is
    stretch: Mapped[Value | None]
    set_by: Mapped[Code]  # given, own
    list_name: Mapped[Code]  # supervised, tracked, county, packaged: which projects a rate target is over
    schedule: Mapped[Json] = mapped_column(default=dict)  # month of the year ("3") -> cumulative plan, as text

    unit: Mapped[Unit] = relationship()

    def planned(self) -> dict[int, Decimal]:
        """Return the cumulative plan by month of the year."""
        return {int(month): Decimal(value) for month, value in sorted(self.schedule.items(), key=lambda x: int(x[0]))}


class PublishedFigure(Base):
    """An 外部数据 row: a published value or rank with its source, never recomputed."""

    __tablename__ = "published_figure"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(index=True)
    period: Mapped[str]
    value: Mapped[str | None]
    rank: Mapped[int | None]
    source: Mapped[str | None]
