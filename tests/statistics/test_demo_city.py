"""The numbers of the speech, counted straight from the demo city's tables with pandas."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from bot.catalog import load_catalog
from bot.demo.city import build_city
from bot.demo.recipe import read_recipe
from tests.demo.recount import Recount
from tests.demo.speech import CITY, DISTINCT_FIRMS, DISTRICT_TRIPS, LISTS, PROVINCE_RANK, SPEECH, TARGETS, Said

AT = dt.datetime(2026, 3, 18, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
YEAR_END = dt.date(2011, 12, 31)
Way = Callable[[], Any]


@pytest.fixture(scope="module")
def city() -> Recount:
    return Recount(build_city(read_recipe(load_catalog()), AT))


def counted(city: Recount, said: Said) -> Decimal:
    """Return what the tables say to one question of the speech."""
    unit = None if said.unit == CITY else said.unit
    trips = city.trips(said.year)
    supervised = city.listed(said.year, "supervised")
    ways: dict[str, Way] = {
        "fulfilled_count": lambda: city.stock(said.year),
        "funds_outside_city": lambda: city.money(said.year),
        "funds_outside_province": lambda: city.money(said.year, ("out_of_province",)),
        "trips": lambda: len(trips if unit is None else trips[trips["unit"] == unit]),
        "enterprises_visited": city.outbound(said.year)["enterprises"].nunique,
        "signed_count": lambda: len(city.signed(said.year)),
        "signed_amount": lambda: sum(city.signed(said.year)["total_investment"], Decimal(0)),
        "fulfilment_rate": lambda: Decimal(city.rate(supervised, "fulfilled", YEAR_END)[0]) / len(supervised),
        "start_rate": lambda: Decimal(city.rate(supervised, "started", YEAR_END)[0]) / len(supervised),
        "production_rate": lambda: Decimal(city.rate(supervised, "producing", YEAR_END)[0]) / len(supervised),
    }
    return Decimal(ways[said.metric]())


@pytest.mark.parametrize("said", SPEECH, ids=lambda said: said.question)
def test_the_tables_hold_what_was_said(city: Recount, said: Said) -> None:
    assert counted(city, said) == Decimal(str(said.value))


@pytest.mark.parametrize("said", [said for said in SPEECH if said.growth], ids=lambda said: said.question)
def test_the_growth_said_is_that_of_the_tables(city: Recount, said: Said) -> None:
    origins = (
        ("out_of_province",)
        if said.metric == "funds_outside_province"
        else ("out_of_province", "in_province", "overseas")
    )
    growth = city.money(2011, origins) / city.money(2010, origins) - 1
    assert round(growth, 4) == Decimal(str(said.growth))


@pytest.mark.parametrize("said", TARGETS, ids=lambda said: said.question)
def test_the_targets_are_those_said(city: Recount, said: Said) -> None:
    tier = said.metric.removeprefix("target_")
    assert city.targets(2012, said.slots["of"]).loc[CITY, tier] == Decimal(str(said.value))


@pytest.mark.parametrize("said", LISTS, ids=lambda said: said.question)
def test_the_lists_are_as_long_as_said(city: Recount, said: Said) -> None:
    assert len(city.listed(said.year, said.slots["list"])) == said.value


def test_the_districts_trips_make_up_the_rest(city: Recount) -> None:
    trips = city.trips(2011)
    assert len(trips[trips["unit"].isin(city.ranked())]) == DISTRICT_TRIPS
    assert set(trips[trips["unit"] == "市本级"]["leader_level"]) == {"市级领导"}


def test_trips_say_as_many_firms_as_their_visits_name(city: Recount) -> None:
    assert city.trips(2011)["enterprise_count"].sum() == DISTINCT_FIRMS


def test_the_rank_in_the_province_is_published(city: Recount) -> None:
    row = city.frames["published_figure"].iloc[0]
    assert (row["name"], row["period"], row["rank"]) == ("到位省外资金", "2011年", PROVINCE_RANK)


@pytest.mark.parametrize("year", [2010, 2011, 2012, 2024, 2025])
def test_the_districts_parts_sum_to_the_citys(city: Recount, year: int) -> None:
    assert sum((city.money(year, unit=unit) for unit in city.ranked()), Decimal(0)) == city.money(year)


@pytest.mark.parametrize(
    ("year", "indicator"),
    [(2012, "funds_outside_city"), (2012, "funds_outside_province"), (2026, "funds_outside_city")],
)
def test_the_districts_targets_sum_to_the_citys(city: Recount, year: int, indicator: str) -> None:
    targets = city.targets(year, indicator)
    columns = [
        name for name in ("base", "stretch", *targets) if name in ("base", "stretch") or name.startswith("schedule.")
    ]
    for column in columns:
        parts = targets.loc[city.ranked(), column].dropna()
        assert sum(parts, Decimal(0)) == (targets.loc[CITY, column] if len(parts) else 0)
