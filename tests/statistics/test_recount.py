"""Every metric over projects agrees with a plain recount on random small ledgers."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.figures import Period
from domain.statistics.measure import measure
from domain.statistics.question import Question
from domain.statistics.rankings import rank
from domain.unit_of_work import UnitOfWork
from tests.statistics.city import CITY, CUIPING, NANXI, ZONE, a_city
from tests.statistics.recount import COUNTS, LISTS, OUTSIDE, RATES, drawn, recount, store

METRICS = (*OUTSIDE, *COUNTS, "signed_amount", "fulfilled_count", *RATES, "funds_rate_contract", "funds_rate_plan")
SHARES = (*RATES, "funds_rate_contract", "funds_rate_plan")
CLOSED = dt.date(2026, 2, 28)  # at the tests' usual moment
PERIODS = st.sampled_from(
    [
        None,
        Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        Period(dt.date(2024, 1, 1), dt.date(2024, 2, 29)),
        Period(dt.date(2025, 7, 1), dt.date(2026, 6, 30)),
    ]
)
OPTIONS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@OPTIONS
@given(seed=st.integers(0, 10**9), period=PERIODS, unit=st.sampled_from([CITY, CUIPING, NANXI, ZONE]))
def test_every_metric_agrees_with_a_recount(uow: UnitOfWork, seed: int, period: Period | None, unit: str) -> None:
    ledger, undone = drawn(seed), uow.session.begin_nested()
    units = a_city(uow.session)
    store(uow.session, units, ledger)
    asked = period or Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    days = (asked.start, min(asked.end, CLOSED))
    for metric in METRICS:
        figure = measure(uow, Question(metric=metric, unit_id=units[unit].id, period=period))[0]
        expected = recount(ledger, metric, unit, days, said=period is not None)
        assert (near(figure.value), figure.numerator, figure.denominator) == expected, metric
    for name in LISTS:
        for metric in SHARES:
            question = Question(metric=metric, unit_id=units[unit].id, period=period, filters={"list": name})
            figure = measure(uow, question)[0]
            expected = recount(ledger, metric, unit, days, list_name=name)
            assert (near(figure.value), figure.numerator, figure.denominator) == expected, (metric, name)
    undone.rollback()


@OPTIONS
@given(seed=st.integers(0, 10**9), metric=st.sampled_from(METRICS), period=PERIODS)
def test_a_ranking_ranks_what_each_unit_is_told(uow: UnitOfWork, seed: int, metric: str, period: Period | None) -> None:
    undone = uow.session.begin_nested()
    units = a_city(uow.session)
    store(uow.session, units, drawn(seed))
    lines = rank(uow, Question(metric=metric, period=period)).lines
    alone = {
        name: measure(uow, Question(metric=metric, period=period, unit_id=units[name].id))[0]
        for name in (CUIPING, NANXI, ZONE)
    }
    assert {line.unit.name: line.figure for line in lines} == alone
    values = [figure.value for figure in alone.values() if figure.value is not None]
    for line in lines:
        value = alone[line.unit.name].value
        assert line.place == (None if value is None else 1 + sum(other > value for other in values))
    undone.rollback()


def near(value: Decimal | None) -> Fraction | None:
    """Return the fraction a quotient of 28 digits stands for."""
    return None if value is None else Fraction(value).limit_denominator(10**9)
