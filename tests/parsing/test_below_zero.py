"""A minus or 负 before a sum is part of it; a dash between two things said is not."""

import pytest

from bot.parsing.quantities import find_quantities
from tests.corpus.heard_city import NOW


@pytest.mark.parametrize("said", ["想投-20亿", "想投负20亿", "-20亿", "投资 -20亿"])
def test_money_below_zero(said: str) -> None:
    (amount,) = find_quantities(said, NOW)
    assert amount.value == {"min": -2_000_000_000, "max": -2_000_000_000, "currency": "CNY"}


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("增速-3.2%", [-0.032]),
        ("自负20%", [0.2]),
        ("10%-15%", [{"min": 0.1, "max": 0.15}]),
        ("比亚迪-20亿", [{"min": 2_000_000_000, "max": 2_000_000_000, "currency": "CNY"}]),
        ("3-5亿", [{"min": 300_000_000, "max": 500_000_000, "currency": "CNY"}]),
    ],
)
def test_a_dash_that_joins_is_no_minus(said: str, values: list[object]) -> None:
    assert [mention.value for mention in find_quantities(said, NOW)] == values
