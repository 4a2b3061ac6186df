"""A figure: one value with its metric, scope, period, as-of day, status and the way back to its rows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

PLACES = {"CNY": 2, "ratio": 4, "points": 2, "score": 2, "count": 0, "rank": 0}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included."""

    start: dt.date
    end: dt.date

    def as_json(self) -> dict[str, str]:
        """Return the contract's shape."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}

    @classmethod
    def from_json(cls, value: Mapping[str, str | None], today: dt.date) -> "Period":
        """Return the period of a slot; an open start is the beginning of time, an open end is today."""
        start, end = value.get("start"), value.get("end")
        return cls(
            dt.date.fromisoformat(start[:10]) if start else dt.date(1949, 10, 1),
            dt.date.fromisoformat(end[:10]) if end else today,
        )

    def year_earlier(self) -> "Period":
        """Return the same days a year before; 29 February becomes the 28th."""
        return Period(_year_before(self.start), _year_before(self.end))


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated value (contract §3): text, chart, export and explanation are views of it."""

    metric: str
    unit: str | None  # canonical name of the unit
    period: Period
    value: Decimal | None  # unrounded; None when there is nothing to divide by
    value_unit: str  # CNY, ratio, points, score, count, rank
    as_of: dt.date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: str = "verified"  # verified, reported, published, estimate
    subject: str | None = None  # a project, enterprise or person
    filters: Mapping[str, Any] = field(default_factory=dict)
    cohort: str | None = None
    live: bool = False  # no month of the period is closed yet
    notes: tuple[str, ...] = ()  # keys of remarks the reply must carry
    rows: Mapping[str, Any] = field(default_factory=dict)  # how to list the rows behind it

    def rounded(self) -> Decimal | None:
        """Return the value rounded half-up to the places of its unit."""
        return None if self.value is None else round_half_up(self.value, PLACES[self.value_unit])

    def as_json(self) -> dict[str, Any]:
        """Return the figure as contract §3 prints it."""
        printed: dict[str, Any] = {
            "metric": self.metric,
            "unit": self.unit,
            "period": self.period.as_json(),
            "value": plain(self.rounded()),
            "value_unit": self.value_unit,
            "numerator": plain(self.numerator),
            "denominator": plain(self.denominator),
            "status": self.status,
            "as_of": self.as_of.isoformat(),
        }
        optional = {"subject": self.subject, "filters": dict(self.filters), "cohort": self.cohort}
        return printed | {name: value for name, value in optional.items() if value}


def plain(value: Decimal | None) -> int | float | None:
    """Return a Decimal as the JSON number a person would write."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round as people do: 0.5 goes up."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
