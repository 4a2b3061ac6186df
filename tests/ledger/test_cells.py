"""Quantities and stretches of days as cells, both ways."""

from decimal import Decimal
from typing import Any

import pytest

from domain.ledger.faults import CellRefused
from domain.ledger.quantities import Quantity
from domain.ledger.vocabulary import Vocabulary
from domain.ports import SheetWords
from tests.ledger.sample import between, day


@pytest.fixture(scope="session")
def vocabulary(words: SheetWords) -> Vocabulary:
    """Return the words as cells need them."""
    return Vocabulary(words)


def money(low: float | None, high: float | None, currency: str = "CNY", **more: Any) -> Quantity:
    """Return an amount."""
    return between(low, high, currency=currency, **more)


@pytest.mark.parametrize(
    ("quantity", "cell"),
    [
        (money(200_000_000, 200_000_000), Decimal(20000)),
        (money(12_345.67, 12_345.67), Decimal("1.234567")),
        (money(300_000_000, 500_000_000), "30000~50000"),
        (money(100_000_000, None), "≥10000"),
        (money(None, 100_000_000), "≤10000"),
        (money(300_000_000, 300_000_000, approx=True), "约30000"),
        (money(100_000_000, None, approx=True), "约≥10000"),
        (money(20_000_000, 20_000_000, "USD"), "2000万美元"),
        (money(20_000_000, 30_000_000, "HKD"), "2000~3000万港元"),
        (money(20_000_000, None, "PLN"), "≥2000万PLN"),
    ],
)
def test_amounts_both_ways(vocabulary: Vocabulary, quantity: Quantity, cell: Any) -> None:
    assert vocabulary.money.show(quantity) == cell
    assert vocabulary.money.read(cell) == quantity


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [
        ("3-5亿", money(300_000_000, 500_000_000)),
        ("1亿以上", money(100_000_000, None)),
        ("不超过5000万元", money(None, 50_000_000)),
        ("近2亿元", money(200_000_000, 200_000_000, approx=True)),
        ("3000万至1亿", money(30_000_000, 100_000_000)),
        ("20000美元", money(20_000, 20_000, "USD")),
        ("1,500", money(15_000_000, 15_000_000)),
    ],
)
def test_amounts_as_people_write_them(vocabulary: Vocabulary, cell: str, quantity: Quantity) -> None:
    assert vocabulary.money.read(cell) == quantity


@pytest.mark.parametrize(("cell", "low", "high"), [(300, 300, 300), ("100~150亩", 100, 150), ("10公顷", 150, 150)])
def test_land(vocabulary: Vocabulary, cell: Any, low: float, high: float) -> None:
    assert vocabulary.land.read(cell) == between(low, high)


@pytest.mark.parametrize(("cell", "low", "high"), [("11人", 11, 11), ("10人以上", 10, None), ("3~5", 3, 5)])
def test_people(vocabulary: Vocabulary, cell: Any, low: float, high: float | None) -> None:
    assert vocabulary.people.read(cell) == between(low, high)


@pytest.mark.parametrize("cell", ["很多", "5亿多", "3~2", "~", "1.2.3"])
def test_what_is_no_quantity(vocabulary: Vocabulary, cell: str) -> None:
    with pytest.raises(CellRefused) as refused:
        vocabulary.money.read(cell)
    assert refused.value.reason == "bad_quantity"


@pytest.mark.parametrize(
    ("start", "end", "cell"),
    [
        ("2026-03-25", "2026-03-25", day("2026-03-25")),
        ("2026-03-01", "2026-03-31", "2026-03-01~2026-03-31"),
        ("2026-03-01", None, "2026-03-01~"),
        (None, "2026-03-31", "~2026-03-31"),
    ],
)
def test_days_both_ways(vocabulary: Vocabulary, start: str | None, end: str | None, cell: Any) -> None:
    days = {"start": day(start) if start else None, "end": day(end) if end else None}
    assert vocabulary.days.show(days) == cell
    assert vocabulary.days.days(cell) == days


def test_a_bare_month_is_the_whole_month(vocabulary: Vocabulary) -> None:
    assert vocabulary.days.days("2026年2月") == {"start": day("2026-02-01"), "end": day("2026-02-28")}
    assert vocabulary.days.days("2026.3.1至2026.3.5") == {"start": day("2026-03-01"), "end": day("2026-03-05")}
