"""How far a unit is on its way to a target: completion, gap, pace, lead, forecast, what is still needed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from sqlalchemy import select

from domain.closing import closed_months
from domain.figures import Figure, Period
from domain.models import Target
from domain.statistics.forecast import forecast
from domain.statistics.measuring import measured, normalised
from domain.statistics.metrics import TARGET_METRICS, Metric, metric_named
from domain.statistics.question import HEADLINE, Question
from domain.statistics.scope import scope_of
from domain.unit_of_work import UnitOfWork

MONTHS = 12
HUNDRED = Decimal(100)
FIRST_LIST = "supervised"  # what a rate target is over when no list is said
STORED_AS = {"funds_rate_contract": ("funds_rate", "funds_rate_contract"), "funds_rate_plan": ("funds_rate_plan",)}
COMPARED = {"funds_rate": "funds_rate_contract"}  # the variant a target of the pair is compared with
NOT_PROJECTS = ("funds_rate_contract", "funds_rate_plan")  # rates of money: no number of projects is needed
LED_BY = {"target": "target_base"}  # aspects whose figure has another name


@dataclass(frozen=True, slots=True)
class Standing:
    """One target, what is done towards it, and how far the year is."""

    target: Target
    goal: Decimal
    tier: str
    done: Figure  # verified, from 1 January to E
    months: int  # closed

    @property
    def is_rate(self) -> bool:
        """Tell whether the target is a share."""
        return self.done.value_unit == "ratio"

    @property
    def missing(self) -> Decimal:
        """Return target − done, negative when passed."""
        return self.goal - (self.done.value or Decimal(0))


def measure_target(uow: UnitOfWork, question: Question) -> list[Figure]:
    """Return what is known of a target, led by the aspect (or metric) asked; a unit without one says so."""
    aspect = _aspect(question)
    question = of_the_year(uow, question)
    metric = metric_named(question.metric or HEADLINE)
    scope = scope_of(uow, question, closed=metric.closed)
    targets = targets_of(uow, [scope.unit.id], question, metric.name, scope.period.end.year)
    question = _over_list(question, metric, targets)
    done = measured(uow, metric, replace(question, compare=None))
    if not targets:
        return [untold(done[0], aspect), *done]
    figures = _led(_told(uow, metric, question, done, targets[0]), aspect)
    if len(targets) == 1:
        return _noted(figures, "own_target_only") if targets[0].set_by == "own" else figures
    other = _told(uow, metric, question, done, targets[1])
    kept = [replace(one, filters={**one.filters, "set_by": "own"}) for one in other if one.metric in BOTH]
    return _noted(figures, "own_target_too") + kept


BOTH = ("target_base", "target_stretch", "completion", "gap")  # told of the unit's own, second target as well


def targets_of(uow: UnitOfWork, unit_ids: Sequence[int], question: Question, metric: str, year: int) -> list[Target]:
    """Return the targets of units in a year, those given before own ones; of several lists the one meant."""
    query = select(Target).where(
        Target.unit_id.in_(unit_ids),
        Target.year == year,
        Target.indicator.in_(STORED_AS.get(metric, (metric,))),
    )
    found = list(uow.session.scalars(query))
    wanted = question.filters.get("list")
    if metric_named(metric).value_unit == "ratio" and wanted:
        found = [target for target in found if target.list_name == wanted]
    return sorted(found, key=lambda target: (target.list_name != FIRST_LIST, target.list_name, target.set_by == "own"))


def goal_of(target: Target, tier: str | None) -> tuple[Decimal, str] | None:
    """Return a target's value and the tier it is: the one asked, else the other."""
    wanted = [(target.stretch, "stretch"), (target.base, "base")]
    if tier != "stretch":
        wanted.reverse()
    return next(((value, name) for value, name in wanted if value is not None), None)


def pace_of(target: Target, goal: Decimal, months: int) -> tuple[Decimal, Decimal]:
    """Return the cumulative plan at the end of a month and the year's plan, else months and 12.

    Between the months a plan names (quarters, say) it grows evenly.
    """
    plan = target.planned()
    if not plan:
        return Decimal(months), Decimal(MONTHS)
    year = plan.setdefault(MONTHS, goal)
    before = max((month for month in plan if month <= months), default=0)
    after = min(month for month in plan if month >= months)
    start = plan.get(before, Decimal(0))
    if after == before:
        return start, year
    return start + (plan[after] - start) * (months - before) / (after - before), year


def needed(goal: Decimal, total: Decimal) -> Decimal:
    """Return the smallest number of projects whose share of the total reaches the goal."""
    return (goal * total).to_integral_value(ROUND_CEILING)


def completion_of(done: Figure, goal: Decimal) -> Figure:
    """Return done ÷ target."""
    value = None if not goal or done.value is None else done.value / goal
    notes = (*done.notes, *(() if value is not None else ("nothing_to_divide",)))
    return _figure(done, "completion", value, "ratio", (done.value, goal), notes)


def goals_of(target: Target, done: Figure) -> list[Figure]:
    """Return the target's tiers as figures of its whole year."""
    year = Period(dt.date(target.year, 1, 1), dt.date(target.year, 12, 31))
    tiers = {"target_base": target.base, "target_stretch": target.stretch}
    return [
        replace(_figure(done, name, value, done.value_unit), period=year)
        for name, value in tiers.items()
        if value is not None
    ]


def lead_of(completion: Figure, pace: Decimal | None) -> Figure:
    """Return how many points the completion is ahead of the pace."""
    known = completion.value is not None and pace is not None
    value = (completion.value - pace) * HUNDRED if known else None  # type: ignore[operator]
    return _figure(completion, "lead", value, "points")


def untold(done: Figure, aspect: str) -> Figure:
    """Return the figure of a unit without a target: no value, and the note that says so."""
    unit = {"completion": "ratio", "pace": "ratio", "lead": "points"}.get(aspect, done.value_unit)
    return _figure(done, aspect, None, unit, notes=("no_target",))


def _aspect(question: Question) -> str:
    asked = question.metric if question.metric in TARGET_METRICS - {"completion"} else question.aspect
    return LED_BY.get(asked or "completion", asked or "completion")


def of_the_year(uow: UnitOfWork, question: Question) -> Question:
    """Return the question from 1 January to the end of its period, about an indicator that can be done."""
    name = HEADLINE if question.metric in TARGET_METRICS else question.metric
    question = normalised(replace(question, metric=COMPARED.get(name or HEADLINE, name)))
    period = question.period
    if period is None or period.start > uow.today:
        return question
    end = min(period.end, dt.date(uow.today.year, 12, 31))
    return replace(question, period=Period(dt.date(end.year, 1, 1), end))


def _over_list(question: Question, metric: Metric, targets: list[Target]) -> Question:
    """Return the question over the list its rate target is set for, and only targets of that list."""
    if metric.value_unit != "ratio" or not targets or metric.name in ("lead_valid_rate", "issue_solved_rate"):
        return question
    name = targets[0].list_name
    targets[:] = [target for target in targets if target.list_name == name]
    return replace(question, filters={**question.filters, "list": name})


def _told(uow: UnitOfWork, metric: Metric, question: Question, done: list[Figure], target: Target) -> list[Figure]:
    chosen = goal_of(target, question.tier)
    if chosen is None:
        return [untold(done[0], "completion"), *done]
    standing = Standing(target, *chosen, done[0], closed_months(uow, done[0].as_of))
    completion = completion_of(done[0], standing.goal)
    if question.tier and question.tier != standing.tier:
        completion = replace(completion, notes=(*completion.notes, f"no_{question.tier}_target"))
    if standing.tier == "stretch":
        completion = replace(completion, filters={**completion.filters, "tier": "stretch"})
    above, below = pace_of(target, standing.goal, standing.months)
    pace = _figure(done[0], "pace", above / below if below else None, "ratio", (above, below))
    figures = [completion, *done, *goals_of(target, done[0]), _gap(standing), pace, lead_of(completion, pace.value)]
    if metric.value_unit != "ratio":
        figures += forecast(uow, metric, question, done[0], standing.months)
    return figures + _still_needed(standing)


def _gap(standing: Standing) -> Figure:
    if standing.is_rate:
        value = standing.missing * HUNDRED if standing.done.value is not None else None
        return _figure(standing.done, "gap", value, "points")
    return _figure(
        standing.done, "gap", standing.missing, standing.done.value_unit, (standing.goal, standing.done.value)
    )


def _still_needed(standing: Standing) -> list[Figure]:
    """Return how many projects a rate target needs, and what a month must bring from now on."""
    done, left = standing.done, MONTHS - standing.months
    figures, missing = [], standing.missing
    if standing.is_rate:
        if done.metric in NOT_PROJECTS or not done.denominator:
            return []
        wanted = needed(standing.goal, done.denominator)
        figures = [_figure(done, "needed_count", wanted, "count")]
        missing = wanted - (done.numerator or Decimal(0))
    if not left:
        return figures
    monthly = max(missing, Decimal(0)) / left
    unit = "CNY" if done.value_unit == "CNY" else "count"
    value = monthly if unit == "CNY" else monthly.to_integral_value(ROUND_CEILING)
    return [*figures, _figure(done, "needed_per_month", value, unit, (max(missing, Decimal(0)), Decimal(left)))]


def _figure(
    done: Figure,
    metric: str,
    value: Decimal | None,
    value_unit: str,
    parts: tuple[Decimal | None, Decimal | None] = (None, None),
    notes: tuple[str, ...] = (),
) -> Figure:
    rows: Mapping[str, Any] = {**done.rows, "of": done.rows.get("of", done.metric)}
    return replace(
        done,
        metric=metric,
        value=value,
        value_unit=value_unit,
        numerator=parts[0],
        denominator=parts[1],
        notes=notes,
        rows=rows,
    )


def _led(figures: list[Figure], aspect: str) -> list[Figure]:
    if aspect == "target_base" and all(one.metric != "target_base" for one in figures):
        aspect = "target_stretch"
    lead = [one for one in figures if one.metric == aspect][:1]
    return lead + [one for one in figures if one not in lead]


def _noted(figures: list[Figure], note: str) -> list[Figure]:
    return [replace(figures[0], notes=(*figures[0].notes, note)), *figures[1:]]
