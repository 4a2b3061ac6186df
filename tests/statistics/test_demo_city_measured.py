"""The speech, and a second city, through the ledger: what `measure` says against what the tables hold."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.catalog import load_catalog
from bot.demo.city import build_city
from bot.demo.load import load_demo
from bot.demo.recipe import read_recipe
from domain import schema
from domain.database import open_engine
from domain.figures import Figure, Period, round_half_up
from domain.models import Project, Unit
from domain.rules import default_rules
from domain.statistics.cohorts import in_list
from domain.statistics.measure import measure
from domain.statistics.published import published_ranks
from domain.statistics.question import question_of
from domain.statistics.rankings import rank
from domain.statistics.targets import measure_target
from domain.unit_of_work import Ledger
from tests.demo.recount import OUTSIDE, Recount
from tests.demo.speech import CITY, DISTRICT_TRIPS, LISTS, PROVINCE_RANK, SPEECH, TARGETS, Said
from tests.factories import NoNames

AT = dt.datetime(2026, 3, 18, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
ORIGINS = {
    "funds_outside_city": OUTSIDE,
    "funds_outside_province": ("out_of_province",),
    "funds_overseas": ("overseas",),
}
RATES = {"fulfilment_rate": "fulfilled", "start_rate": "started", "production_rate": "producing"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """One demo city in a ledger, and its tables as pandas counts them."""

    ledger: Ledger
    tables: Recount

    def ask(self, metric: str, year: int, unit: str | None = None, **slots: Any) -> list[Figure]:
        """Return the answer to one question about a year."""
        with self.ledger.read(AT) as uow:
            unit_id = uow.session.scalar(select(Unit.id).where(Unit.name == unit)) if unit else None
            return measure(uow, question_of({"metric": metric, "period": year_of(year), **slots}, unit_id=unit_id))

    def value(self, metric: str, year: int, unit: str | None = None, **slots: Any) -> Decimal:
        """Return the leading value of an answer, as a reply rounds it."""
        found = self.ask(metric, year, unit, **slots)[0].rounded()
        assert found is not None
        return found


def year_of(year: int) -> dict[str, str]:
    """Return a year as a period slot."""
    return {"start": f"{year}-01-01", "end": f"{year}-12-31"}


def load(folder: Path, city: str) -> Iterator[Loaded]:
    """Yield a ledger with a demo city in it."""
    engine = open_engine(str(folder / f"{city}.db"))
    schema.upgrade(engine)
    ledger = Ledger(engine, load_catalog().sheet_words(), NoNames(), default_rules())
    load_demo(ledger, AT, city=city)
    yield Loaded(ledger, Recount(build_city(read_recipe(load_catalog(), city), AT)))
    engine.dispose()


@pytest.fixture(scope="module")
def yibin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    yield from load(tmp_path_factory.mktemp("demo"), "yibin")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    yield from load(tmp_path_factory.mktemp("demo"), "lanjiang")


@pytest.mark.parametrize("said", SPEECH, ids=lambda said: said.question)
def test_every_number_of_the_speech_is_measured(yibin: Loaded, said: Said) -> None:
    unit = None if said.unit == CITY else said.unit
    figures = yibin.ask(said.metric, said.year, unit, **said.slots)
    first = figures[0]
    assert first.rounded() == Decimal(str(said.value))
    assert (first.metric, first.unit, first.value_unit) == (said.metric, said.unit, said.value_unit)
    assert first.period == Period(dt.date(said.year, 1, 1), dt.date(said.year, 12, 31))
    assert (first.status, first.cohort) == ("verified", said.cohort)
    if said.numerator is not None and said.denominator is not None:
        assert (first.numerator, first.denominator) == (Decimal(said.numerator), Decimal(said.denominator))
    growth = [one.rounded() for one in figures if one.metric == "growth"]
    assert said.growth is None or growth == [Decimal(str(said.growth))]


@pytest.mark.parametrize("said", TARGETS, ids=lambda said: said.question)
def test_every_target_of_the_speech_is_measured(yibin: Loaded, said: Said) -> None:
    tier = said.metric.removeprefix("target_")
    with yibin.ledger.read(AT) as uow:
        slots = {"metric": said.slots["of"], "period": year_of(said.year), "aspect": "target", "tier": tier}
        figures = measure_target(uow, question_of(slots))
    found = [one for one in figures if one.metric == said.metric]
    assert [(one.rounded(), one.unit, one.value_unit) for one in found] == [
        (Decimal(str(said.value)), CITY, said.value_unit)
    ]


def test_the_districts_trips_are_the_rest(yibin: Loaded) -> None:
    with yibin.ledger.read(AT) as uow:
        ranking = rank(uow, question_of({"metric": "trips", "period": year_of(2011)}))
    assert sum(line.figure.value or 0 for line in ranking.lines) == DISTRICT_TRIPS


@pytest.mark.parametrize("said", LISTS, ids=lambda said: said.question)
def test_the_lists_are_as_long_as_said(yibin: Loaded, said: Said) -> None:
    with yibin.ledger.read(AT) as uow:
        query = select(func.count()).select_from(Project).where(in_list(said.slots["list"], said.year))
        assert uow.session.scalar(query) == said.value


def test_the_rank_in_the_province_is_quoted(yibin: Loaded) -> None:
    with yibin.ledger.read(AT) as uow:
        slots = {"metric": "funds_outside_province", "period": year_of(2011)}
        figures = published_ranks(uow, question_of(slots))
    assert [(one.metric, one.value, one.unit, one.status) for one in figures] == [
        ("rank", Decimal(PROVINCE_RANK), CITY, "published")
    ]


@pytest.mark.parametrize("year", [2010, 2011, 2012, 2024, 2025])
@pytest.mark.parametrize("metric", ORIGINS)
def test_a_second_citys_funds_are_those_of_its_tables(second: Loaded, metric: str, year: int) -> None:
    tables = second.tables
    assert second.value(metric, year) == tables.money(year, ORIGINS[metric])
    for unit in tables.ranked():
        assert second.value(metric, year, unit) == tables.money(year, ORIGINS[metric], unit)


@pytest.mark.parametrize("year", [2010, 2011, 2012, 2024, 2025])
def test_a_second_citys_counts_are_those_of_its_tables(second: Loaded, year: int) -> None:
    tables = second.tables
    assert second.value("fulfilled_count", year) == tables.stock(year)
    for unit in (None, *tables.ranked()):
        signed = tables.signed(year, unit)
        assert second.value("signed_count", year, unit) == len(signed)
        assert second.value("signed_amount", year, unit) == sum(signed["total_investment"], Decimal(0))
        assert second.value("enterprises_visited", year, unit) == tables.outbound(year, unit)["enterprises"].nunique()
        assert second.value("visits", year, unit) == len(tables.outbound(year, unit))


@pytest.mark.parametrize("year", [2011, 2012, 2024, 2025])
@pytest.mark.parametrize("metric", RATES)
def test_a_second_citys_rates_are_those_of_its_tables(second: Loaded, metric: str, year: int) -> None:
    there, everyone = second.tables.rate(second.tables.listed(year, "supervised"), RATES[metric], dt.date(year, 12, 31))
    rate = round_half_up(Decimal(there) / everyone, 4)
    assert second.value(metric, year, filters={"list": "supervised"}) == rate


@pytest.mark.parametrize("unit", [None, "青浦岭区", "澜江高新区"])
def test_a_second_citys_completion_is_that_of_its_tables(second: Loaded, unit: str | None) -> None:
    tables = second.tables
    base: Any = tables.targets(2025, "funds_outside_city").loc[unit or tables.city["name"], "base"]
    assert second.value("completion", 2025, unit) == round_half_up(tables.money(2025, unit=unit) / base, 4)
