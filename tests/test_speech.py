"""The mayor's speech asked in Chinese, figure by figure; and the same table for a second city, counted by pandas."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import app as composition
from bot.app import Assistant
from bot.catalog import load_catalog
from bot.chat import Chat
from bot.demo.city import build_city
from bot.demo.load import load_demo
from bot.demo.recipe import read_recipe
from domain.figures import round_half_up
from domain.models import Person
from tests.demo.recount import OUTSIDE, Recount
from tests.demo.speech import CITY, LISTS, SPEECH, TARGETS, Said

AT = dt.datetime(2026, 3, 18, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
OF_RATE = {"fulfilment_rate": "fulfilled", "start_rate": "started", "production_rate": "producing"}
OF_MONEY = {"funds_outside_city": OUTSIDE, "funds_outside_province": ("out_of_province",)}


@dataclass(frozen=True, slots=True)
class Mayor:
    """Asks one question after another, each in a chat of its own."""

    assistant: Assistant
    name: str

    def ask(self, text: str) -> list[dict[str, Any]]:
        """Return the figures of the one reply."""
        (reply,) = Chat(self.assistant).line({"user": self.name, "text": text}, AT)["replies"]
        assert reply["text"]
        assert "没能显示" not in reply["text"]
        figures: list[dict[str, Any]] = reply["figures"]
        return figures


def mayor_of(city: str, folder: Path) -> Iterator[Mayor]:
    """Yield the mayor of a demo city."""
    ledger = composition.open_ledger(str(folder / f"{city}.db"))
    load_demo(ledger, AT, city=city)
    with ledger.read(AT) as uow:
        name = uow.session.scalars(select(Person.name).where(Person.role == "leader").order_by(Person.id)).first()
    assert name is not None
    yield Mayor(composition.build(ledger), name)
    ledger.engine.dispose()


@pytest.fixture(scope="module")
def yibin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mayor]:
    yield from mayor_of("yibin", tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mayor]:
    yield from mayor_of("lanjiang", tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def tables() -> Recount:
    return Recount(build_city(read_recipe(load_catalog(), "lanjiang"), AT))


def leading(said: Said) -> dict[str, Any]:
    """Return the whole figure that must come back."""
    figure: dict[str, Any] = {
        "metric": said.metric,
        "unit": said.unit,
        "period": {"start": f"{said.year}-01-01", "end": f"{said.year}-12-31"},
        "value": said.value,
        "value_unit": said.value_unit,
        "numerator": said.numerator,
        "denominator": said.denominator,
        "status": "verified",
        "as_of": f"{said.year}-12-31",
    }
    filters = said.slots.get("filters")
    return figure | ({"filters": filters} if filters else {}) | ({"cohort": said.cohort} if said.cohort else {})


def growth(figures: list[dict[str, Any]]) -> list[float]:
    """Return the growths told."""
    return [figure["value"] for figure in figures if figure["metric"] == "growth"]


@pytest.mark.parametrize("said", SPEECH, ids=lambda said: said.question)
def test_every_number_of_the_speech(yibin: Mayor, said: Said) -> None:
    figures = yibin.ask(said.question)
    assert figures[0] == leading(said)
    assert said.growth is None or growth(figures) == [said.growth]


@pytest.mark.parametrize("said", TARGETS, ids=lambda said: said.question)
def test_every_target_of_the_speech(yibin: Mayor, said: Said) -> None:
    figures = [figure for figure in yibin.ask(said.question) if figure["metric"] == said.metric]
    assert [(each["value"], each["value_unit"], each["unit"], each["period"]) for each in figures] == [
        (said.value, said.value_unit, CITY, leading(said)["period"])
    ]


@pytest.mark.parametrize("said", LISTS, ids=lambda said: said.question)
def test_every_list_of_the_speech(yibin: Mayor, said: Said) -> None:
    figure = yibin.ask(said.question)[0]
    assert (figure["metric"], figure["value"], figure["filters"]["list"]) == (
        "row_count",
        said.value,
        said.slots["list"],
    )


def recounted(said: Said, tables: Recount) -> Said:
    """Return the same question with what the second city's tables hold."""
    year, units = said.year, {CITY: tables.city["name"]}
    unit = units.get(said.unit, said.unit)
    asked = replace(said, unit=unit)
    if said.metric in OF_MONEY:
        value = tables.money(year, OF_MONEY[said.metric])
        before = tables.money(year - 1, OF_MONEY[said.metric])
        rise = float(round_half_up(value / before - 1, 4)) if said.growth is not None else None
        return replace(asked, value=int(value), growth=rise)
    if said.metric in OF_RATE:
        there, everyone = tables.rate(tables.listed(year, "supervised"), OF_RATE[said.metric], dt.date(year, 12, 31))
        rate = float(round_half_up(Decimal(there) / everyone, 4))
        return replace(asked, value=rate, numerator=there, denominator=everyone)
    counted = {
        "fulfilled_count": lambda: tables.stock(year),
        "trips": lambda: len(tables.trips(year)[tables.trips(year)["unit"].isin(tables.below(unit))]),
        "enterprises_visited": lambda: int(tables.outbound(year)["enterprises"].nunique()),
        "signed_count": lambda: len(tables.signed(year)),
        "signed_amount": lambda: int(sum(tables.signed(year)["total_investment"], Decimal(0))),
    }
    return replace(asked, value=counted[said.metric]())


@pytest.mark.parametrize("said", SPEECH, ids=lambda said: said.question)
def test_the_same_questions_of_a_second_city(second: Mayor, tables: Recount, said: Said) -> None:
    expected = recounted(said, tables)
    assert expected.value > 0
    figures = second.ask(said.question)
    assert figures[0] == leading(expected)
    assert expected.growth is None or growth(figures) == [expected.growth]


@pytest.mark.parametrize("said", TARGETS, ids=lambda said: said.question)
def test_the_same_targets_of_a_second_city(second: Mayor, tables: Recount, said: Said) -> None:
    rows = tables.targets(said.year, said.slots["of"])
    value: Any = rows.loc[tables.city["name"], said.metric.removeprefix("target_")]
    figures = [figure for figure in second.ask(said.question) if figure["metric"] == said.metric]
    assert [(each["value"], each["unit"]) for each in figures] == [(float(value), tables.city["name"])]


@pytest.mark.parametrize("said", LISTS, ids=lambda said: said.question)
def test_the_same_lists_of_a_second_city(second: Mayor, tables: Recount, said: Said) -> None:
    figure = second.ask(said.question)[0]
    assert (figure["metric"], figure["value"]) == ("row_count", len(tables.listed(said.year, said.slots["list"])))


@pytest.mark.parametrize("unit", ["青浦岭区", "澜江高新区"])
def test_a_district_of_a_second_city(second: Mayor, tables: Recount, unit: str) -> None:
    asked = second.ask(f"2025年{unit}到位市外资金多少")
    assert (asked[0]["unit"], asked[0]["value"]) == (unit, tables.money(2025, unit=unit))
    completed = second.ask(f"2025年{unit}目标完成率多少")
    base: Any = tables.targets(2025, "funds_outside_city").loc[unit, "base"]
    rate = float(round_half_up(tables.money(2025, unit=unit) / base, 4))
    assert ("completion", rate) in [(figure["metric"], figure["value"]) for figure in completed]
