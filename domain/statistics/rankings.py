"""Compares the districts and zones: places, ties, groups, changes of place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.closing import closed_months
from domain.directory import root_unit
from domain.figures import Figure, Period
from domain.models import Target, Unit
from domain.statistics.measuring import ONE_DAY, figures_of, normalised, stretch_before
from domain.statistics.metrics import BESIDE, TARGET_METRICS, Metric, metric_named
from domain.statistics.places import contenders, places
from domain.statistics.published import published_ranks
from domain.statistics.question import HEADLINE, Question
from domain.statistics.scope import Scope, Tally, scope_of
from domain.statistics.targets import (
    completion_of,
    goal_of,
    goals_of,
    lead_of,
    of_the_year,
    pace_of,
    targets_of,
    untold,
)
from domain.unit_of_work import UnitOfWork

RANKABLE = ("completion", "lead")  # of what a target gives


@dataclass(frozen=True, slots=True)
class Place:
    """One unit's line in a ranking."""

    unit: Unit
    figure: Figure  # what is ranked
    beside: tuple[Figure, ...]  # reported funds, done, target
    rank: Figure | None  # None: unranked, nothing to rank by
    change: int | None = None  # places gained since then; negative when lost

    @property
    def place(self) -> int | None:
        """Return the rank as a number."""
        return None if self.rank is None or self.rank.value is None else int(self.rank.value)


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking as asked: all lines, and those to show."""

    metric: str  # what is ranked by
    indicator: str  # what a completion is of
    lines: tuple[Place, ...]  # everyone, best first, the unranked last
    shown: tuple[Place, ...]  # after order, limit and position
    asked: Place | None  # the unit whose place was asked
    whole: tuple[Figure, ...]  # the whole city, in no place
    published: tuple[Figure, ...] = ()  # the city's own place among others, when that is asked

    @property
    def figures(self) -> list[Figure]:
        """Return the figures of what is shown."""
        lines = [*self.shown, *([self.asked] if self.asked and self.asked not in self.shown else [])]
        return [one for line in lines for one in (line.figure, *line.beside, line.rank) if one is not None]


def rank(uow: UnitOfWork, question: Question) -> Ranking:
    """Return the ranking a question asks for: by completion of the base target unless a metric is said."""
    by, question = _by(uow, question)
    metric = metric_named(question.metric or HEADLINE)
    units = contenders(uow, question.group)
    scope = _scope(uow, metric, question, units)
    lines = _lines(uow, scope, metric, by, units)
    if question.compare:
        before = replace(scope, period=_before(scope.period, question.compare))
        lines = _changed(lines, _lines(uow, replace(before, year=before.period.end.year), metric, by, units))
    return Ranking(
        metric=by or metric.name,
        indicator=metric.name,
        lines=tuple(lines),
        shown=tuple(_shown(lines, question)),
        asked=next((line for line in lines if line.unit.id == question.unit_id), None),
        whole=tuple(_whole(uow, scope, metric, by)),
        published=tuple(published_ranks(uow, question)) if question.unit_id == root_unit(uow).id else (),
    )


def ranked(values: Mapping[int, Decimal | None]) -> dict[int, int]:
    """Return 1 + how many are strictly better for each that has a value: 1, 2, 2, 4."""
    known = {key: value for key, value in values.items() if value is not None}
    return {key: 1 + sum(other > value for other in known.values()) for key, value in known.items()}


def _by(uow: UnitOfWork, question: Question) -> tuple[str | None, Question]:
    """Return what of a target is ranked by, if anything, and the question about its indicator."""
    if question.metric is not None and question.metric not in TARGET_METRICS:
        question = normalised(question)
        name = question.metric or HEADLINE
        return None, replace(question, metric=BESIDE.get(name, (name,))[0])
    by = question.metric if question.metric in RANKABLE else "completion"
    return by, of_the_year(uow, replace(question, metric=HEADLINE))


def _scope(uow: UnitOfWork, metric: Metric, question: Question, units: Sequence[Unit]) -> Scope:
    scope = scope_of(uow, replace(question, unit_id=None), closed=metric.closed)
    return replace(scope, places=places(uow, units))


def _lines(uow: UnitOfWork, scope: Scope, metric: Metric, by: str | None, units: Sequence[Unit]) -> list[Place]:
    """Return everyone's line, best first; within a tie by amount, then in the units' own order."""
    tallies = metric.count(uow, scope)
    targets = _targets(uow, scope, metric, units) if by else {}
    lines = [
        _line(uow, _own(scope, unit), metric, by, counted=tallies[unit.id], target=targets.get(unit.id))
        for unit in units
    ]
    numbers = ranked({line.unit.id: line.figure.value for line in lines})
    lines = [replace(line, rank=_rank_figure(line.figure, numbers.get(line.unit.id))) for line in lines]
    return sorted(lines, key=lambda line: (line.place is None, line.place or 0, -tallies[line.unit.id].amount))


def _line(
    uow: UnitOfWork, own: Scope, metric: Metric, by: str | None, *, counted: Tally, target: Target | None
) -> Place:
    unit = own.unit
    done = figures_of(metric, own, counted)
    if by is None:
        return Place(unit, done[0], tuple(done[1:]), None)
    chosen = goal_of(target, own.question.tier) if target else None
    if target is None or chosen is None:
        return Place(unit, untold(done[0], by), tuple(done), None)
    completion = completion_of(done[0], chosen[0])
    beside = (*done, *(goal for goal in goals_of(target, done[0]) if goal.metric == f"target_{chosen[1]}"))
    if by == "completion":
        return Place(unit, completion, beside, None)
    above, below = pace_of(target, chosen[0], closed_months(uow, own.period.end))
    return Place(unit, lead_of(completion, above / below if below else None), (completion, *beside), None)


def _own(scope: Scope, unit: Unit) -> Scope:
    return replace(scope, unit=unit, question=replace(scope.question, unit_id=unit.id))


def _targets(uow: UnitOfWork, scope: Scope, metric: Metric, units: Iterable[Unit]) -> dict[int, Target]:
    """Return each unit's first target: the one given, else its own."""
    ids = [unit.id for unit in units]
    found = targets_of(uow, ids, scope.question, metric.name, scope.period.end.year)
    return {target.unit_id: target for target in reversed(found)}


def _rank_figure(figure: Figure, number: int | None) -> Figure | None:
    if number is None:
        return None
    rows = {**figure.rows, "of": figure.rows.get("of", figure.metric)}
    return replace(
        figure,
        metric="rank",
        value=Decimal(number),
        value_unit="rank",
        numerator=None,
        denominator=None,
        notes=(),
        rows=rows,
    )


def _before(period: Period, compare: str) -> Period:
    """Return the stretch whose places are compared: a year earlier, or up to the month before."""
    if compare == "yoy":
        return period.year_earlier()
    month_start = period.end.replace(day=1)
    if month_start > period.start:
        return Period(period.start, month_start - ONE_DAY)
    return stretch_before(period)


def _changed(lines: Sequence[Place], then: Sequence[Place]) -> list[Place]:
    old = {line.unit.id: line.place for line in then}
    return [replace(line, change=_gain(old[line.unit.id], line.place)) for line in lines]


def _gain(before: int | None, now: int | None) -> int | None:
    return None if before is None or now is None else before - now


def _shown(lines: Sequence[Place], question: Question) -> list[Place]:
    """Return the lines in the order asked, cut to the limit, or those at the n-th place."""
    placed = [line for line in lines if line.rank is not None]
    if question.order == "bottom":
        placed.reverse()
    if question.position is not None:
        at = placed[question.position - 1 : question.position]
        return [line for line in placed if at and line.place == at[0].place]
    shown = [*placed, *(line for line in lines if line.rank is None)]
    return shown[: question.limit] if question.limit else shown


def _whole(uow: UnitOfWork, scope: Scope, metric: Metric, by: str | None) -> list[Figure]:
    city = root_unit(uow)
    own = _own(replace(scope, places=None), city)
    target = _targets(uow, scope, metric, [city]).get(city.id) if by else None
    line = _line(uow, own, metric, by, counted=metric.count(uow, own)[None], target=target)
    return [line.figure, *line.beside]
