"""Whose rows of which days a figure counts, and how they are summed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, false, literal_column
from sqlalchemy.orm import InstrumentedAttribute

from domain.closing import as_of, up_to_now
from domain.directory import root_unit, with_subunits
from domain.errors import NotFound
from domain.figures import Period
from domain.models import Person, Unit
from domain.statistics.question import Question, period_of
from domain.unit_of_work import UnitOfWork

ZERO = Decimal(0)


class Tally(NamedTuple):
    """What one unit's rows add up to."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reported: Decimal | None = None  # beside the verified value, for sums of funds
    notes: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        """Return what orders a tie."""
        return self.numerator if self.numerator is not None else self.value or ZERO


Tallies = Mapping[int | None, Tally]  # ranked unit -> tally; None: all of the scope


@dataclass(frozen=True, slots=True)
class Scope:
    """A question bound to units and days."""

    question: Question
    unit: Unit
    units: frozenset[int] | None  # None: the whole city
    period: Period  # P.start…E
    live: bool
    year: int  # whose lists and plans are meant
    said: bool  # a period was asked for
    person: Person | None = None
    places: Mapping[int, int] | None = None  # unit -> the ranked unit to tell apart

    def within(self, owner: ColumnElement[int] | InstrumentedAttribute[int]) -> list[ColumnElement[bool]]:
        """Return the condition that a row's unit is in scope."""
        return [] if self.units is None else [owner.in_(sorted(self.units))]


def scope_of(uow: UnitOfWork, question: Question, *, closed: bool = True) -> Scope:
    """Bind a question; `closed` figures stop at the last closed month, the others at today."""
    period, live = (as_of if closed else up_to_now)(uow, question.period)
    root = root_unit(uow)
    unit = _unit(uow, question) or root
    return Scope(
        question=question,
        unit=unit,
        units=None if unit.id == root.id else frozenset(with_subunits(uow, unit.id)),
        period=period,
        live=live,
        year=_year(uow, question),
        said=question.period is not None,
        person=_person(uow, question.person_id),
    )


def by_day(owner: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """Return a row's unit so that the database finds rows by their days, never by a unit's whole history."""
    return owner + 0


def tally(
    uow: UnitOfWork, scope: Scope, base: Select[Any], owner: Any, *columns: ColumnElement[Any]
) -> dict[int | None, list[Decimal]]:
    """Return the sums of `columns` over the rows of `base`, by ranked unit where the scope tells them apart."""
    query = base.where(*scope.within(owner))
    if scope.places is None:
        sums = uow.session.execute(query.with_only_columns(*columns, maintain_column_froms=True)).one()
        return {None: [_decimal(value) for value in sums]}
    place = case(dict(scope.places), value=owner) if scope.places else false()
    query = query.with_only_columns(place, *columns, maintain_column_froms=True).group_by(literal_column("1"))
    found = {row[0]: [_decimal(value) for value in row[1:]] for row in uow.session.execute(query)}
    nothing = [ZERO] * len(columns)
    return {place: found.get(place, nothing) for place in set(scope.places.values())}


def combined(*parts: Mapping[int | None, list[Decimal]]) -> dict[int | None, list[Decimal]]:
    """Return the sums of several tallies side by side."""
    return {place: [value for part in parts for value in part[place]] for place in parts[0]}


def rates(parts: Mapping[int | None, list[Decimal]], empty: str) -> Tallies:
    """Return numerators over denominators; nothing to divide by gives no value and the note that says why."""
    return {
        place: Tally(above / below, above, below) if below else Tally(None, above, below, notes=(empty,))
        for place, (above, below) in parts.items()
    }


Counting = Callable[[UnitOfWork, Scope], Tallies]


def _year(uow: UnitOfWork, question: Question) -> int:
    """Return the year whose lists are meant: that of the asked period, else of now."""
    asked = question.period or period_of(question.filters.get("period"))
    return min(asked.end.year, uow.today.year) if asked else uow.today.year


def _unit(uow: UnitOfWork, question: Question) -> Unit | None:
    if question.unit_id is not None:
        found = uow.session.get(Unit, question.unit_id)
        if found is None:
            raise NotFound("no_unit")
        return found
    name = question.filters.get("unit")
    return uow.session.query(Unit).filter(Unit.name == name).one_or_none() if name else None


def _person(uow: UnitOfWork, person_id: int | None) -> Person | None:
    return uow.session.get(Person, person_id) if person_id is not None else None


def _decimal(value: Any) -> Decimal:
    return ZERO if value is None else Decimal(value)
