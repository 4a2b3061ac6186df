"""Every metric once: its unit of value, how it is counted, and whether only closed months are."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import NothingYet
from domain.statistics import activity, counts, funds
from domain.statistics.scope import Counting


@dataclass(frozen=True, slots=True)
class Metric:
    """How one metric of the contract is measured."""

    name: str
    value_unit: str  # CNY, ratio, count
    count: Counting
    closed: bool = True  # stated up to the last closed month; the others up to today


_ALL = (
    *(Metric(name, "CNY", funds.funds(name)) for name in funds.ORIGINS_OF),
    *(Metric(name, "count", counts.dated_in_period(kind)) for name, kind in counts.COUNT_MILESTONES.items()),
    Metric("signed_amount", "CNY", counts.signed_amount),
    Metric("fulfilled_count", "count", counts.fulfilled_stock),
    *(Metric(name, "ratio", counts.rate_of(kind)) for name, kind in counts.RATE_MILESTONES.items()),
    Metric("funds_rate_contract", "ratio", funds.contract_rate),
    Metric("funds_rate_plan", "ratio", funds.plan_rate),
    Metric("lead_count", "count", activity.leads),
    Metric("lead_valid_rate", "ratio", activity.lead_valid_rate),
    Metric("issue_solved_rate", "ratio", activity.issue_solved_rate, closed=False),
    Metric("visits", "count", activity.visits, closed=False),
    Metric("enterprises_visited", "count", activity.enterprises_visited, closed=False),
    Metric("receptions", "count", activity.receptions, closed=False),
    Metric("trips", "count", activity.trips, closed=False),
)
METRICS: Mapping[str, Metric] = {metric.name: metric for metric in _ALL}
FUNDS = frozenset(funds.ORIGINS_OF)
COHORT_RATES = frozenset({*counts.RATE_MILESTONES, "funds_rate_contract", "funds_rate_plan"})
TARGET_METRICS = frozenset({"completion", "target_base", "target_stretch", "gap", "pace", "lead", "forecast"})
BESIDE = {  # what is always stated together, the one asked for first
    "funds_rate": ("funds_rate_contract", "funds_rate_plan"),
    "funds_rate_contract": ("funds_rate_contract", "funds_rate_plan"),
    "funds_rate_plan": ("funds_rate_plan", "funds_rate_contract"),
}


def metric_named(name: str) -> Metric:
    """Return a metric; one the tables do not allow yet raises NothingYet."""
    if name not in METRICS:
        raise NothingYet("metric_unavailable", metric=name)
    return METRICS[name]
