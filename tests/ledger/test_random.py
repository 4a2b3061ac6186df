"""Any small ledger goes out and comes back the same."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.codes import FUND_STATES, LISTS, MILESTONES, SUPERVISION, VISIT_MODES, VISIT_RESULTS
from domain.database import open_engine
from domain.ledger.indicators import INDICATORS, value_unit
from domain.ledger.rows import Row, Tables
from domain.ledger.text import clean
from domain.models import Base
from domain.ports import SheetWords
from domain.rules import default_rules
from domain.unit_of_work import Ledger
from tests.factories import NoNames
from tests.ledger.sample import bring, cells_of, export, rows_of, take

UNITS = ("市", "甲区", "乙区")
FIRMS = ("甲公司", "Firm, B (HK)", "丙=公司")
PROJECTS = ("P-1", "二号项目", "三号项目")
days = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
texts = st.text(min_size=1, max_size=12).map(clean).filter(lambda text: text and not text.startswith("#"))
names = st.lists(texts.filter(lambda text: not set(text) & set("、；;\n")), min_size=1, max_size=3, unique=True)
fen = st.integers(0, 10**14).map(lambda number: Decimal(number) / 100)
firms = st.lists(st.sampled_from(FIRMS), min_size=1, max_size=3, unique=True)


def some(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Row]:
    """Return rows with all of the first fields and any of the second."""
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def quantities(draw: st.DrawFn, *, money: bool) -> dict[str, Any]:
    """Draw a quantity: exact, open, a range, vague, foreign."""
    low, high = sorted(draw(st.integers(0, 10**11)) / draw(st.sampled_from([1, 10, 100])) for _ in range(2))
    kind = draw(st.sampled_from(["exact", "least", "most", "range"]))
    ends = {"exact": (low, low), "least": (low, None), "most": (None, high), "range": (low, high)}[kind]
    made: dict[str, Any] = {"min": ends[0], "max": ends[1]}
    if money:
        made["currency"] = draw(st.sampled_from(["CNY", "USD", "HKD", "SEK"]))
    return made | {"approx": True} if draw(st.booleans()) else made


@st.composite
def stretches(draw: st.DrawFn) -> dict[str, dt.date | None]:
    """Draw a stretch of days, one end of it perhaps open."""
    start, end = sorted((draw(days), draw(days)))
    return draw(
        st.sampled_from([{"start": start, "end": end}, {"start": start, "end": None}, {"start": None, "end": end}])
    )


@st.composite
def targets(draw: st.DrawFn) -> Row:
    """Draw a target in the unit of its indicator."""
    indicator = draw(st.sampled_from(sorted(INDICATORS)))
    unit = value_unit(indicator)
    values = {"CNY": fen.filter(lambda number: number < 10**12), "ratio": st.decimals(0, 3, places=4)}
    value = values.get(unit, st.integers(0, 10**6).map(Decimal))
    months = {f"schedule.{month}": value for month in range(1, 13)}
    required = {"unit": st.sampled_from(UNITS), "year": st.integers(2000, 2040), "base": value}
    row = draw(some(required, {"stretch": value, "list_name": st.sampled_from(LISTS), **months}))
    return row | {"indicator": indicator}


def projects() -> st.SearchStrategy[list[Row]]:
    """Draw the three projects; the first has a code."""
    dates = {f"{side}.{kind}": days for side in ("reached", "planned") for kind in MILESTONES}
    optional = {
        "fixed_investment": fen,
        "industry": texts,
        "investor_city": texts,
        "supervision": st.sampled_from(SUPERVISION),
        "packaged": st.booleans(),
        "leader": texts,
        "land_mu": st.decimals(0, 10**6, places=6),
        **dates,
    }
    required = {"unit": st.sampled_from(UNITS), "total_investment": fen, "investors": firms}
    drawn = st.lists(some(required, optional), min_size=3, max_size=3)
    return drawn.map(lambda rows: [row | _named(name) for row, name in zip(rows, PROJECTS, strict=True)])


def _named(name: str) -> Row:
    return {"code": name, "name": "二号项目"} if name == "P-1" else {"name": name}


def visits() -> st.SearchStrategy[list[Row]]:
    """Draw visits with any slots filled, no two of one key."""
    required = {
        "date": days,
        "unit": st.sampled_from(UNITS),
        "enterprises": firms,
        "mode": st.sampled_from(VISIT_MODES),
        "planned": st.booleans(),
    }
    optional = {
        "place": texts,
        "participants": names,
        "contacts": names,
        "result": st.sampled_from(VISIT_RESULTS),
        "next_step": texts,
        "follow_up": stretches(),
        "project": st.sampled_from(PROJECTS),
        "event": texts,
        "amount": quantities(money=True),
        "land_mu": quantities(money=False),
        "industry": texts,
        "people_count": quantities(money=False),
    }
    rows = st.lists(some(required, optional), max_size=4)
    return rows.map(lambda rows: [row | {"subject": f"{number}."} for number, row in enumerate(rows)])


def funds() -> st.SearchStrategy[list[Row]]:
    """Draw arrivals, several of one key among them."""
    months = st.integers(1, 2).map(lambda month: dt.date(2012, month, 1))
    required = {
        "project": st.sampled_from(PROJECTS),
        "month": months,
        "amount": fen,
        "status": st.sampled_from(FUND_STATES),
    }
    return st.lists(some(required, {"verified_amount": fen, "voucher": st.sampled_from(["一", "2"])}), max_size=6)


@st.composite
def ledgers(draw: st.DrawFn) -> Tables:
    """Draw a small ledger."""
    chosen = {
        (row["unit"], row["year"], row["indicator"], row.get("list_name", "supervised")): row
        for row in draw(st.lists(targets(), max_size=4))
    }
    return {
        "unit": [{"name": "市"}, {"name": "甲区", "parent": "市"}, {"name": "乙区", "parent": "甲区"}],
        "enterprise": [{"name": name, "aliases": draw(names)} for name in FIRMS],
        "project": draw(projects()),
        "fund_record": draw(funds()),
        "target": list(chosen.values()),
        "visit": draw(visits()),
    }


@pytest.fixture
def pair(new_database: Callable[[], str], words: SheetWords) -> Iterator[tuple[Ledger, Ledger]]:
    """Yield two empty ledgers on databases of one kind."""
    engines = [open_engine(new_database()) for _ in range(2)]
    first, second = (Ledger(engine, words, NoNames(), default_rules()) for engine in engines)
    yield first, second
    for engine in engines:
        engine.dispose()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=ledgers())
def test_any_ledger_comes_back_the_same(pair: tuple[Ledger, Ledger], tmp_path: Path, tables: Tables) -> None:
    for ledger in pair:
        _empty(ledger.engine)
    first, second = pair
    report = take(first, tables)
    assert report.faults == []
    once = export(first, tmp_path / "once.xlsx")
    assert bring(second, once).faults == []
    assert rows_of(second) == rows_of(first)
    assert cells_of(export(second, tmp_path / "twice.xlsx")) == cells_of(once)
    again = bring(second, once).total()
    assert (again.taken, again.changed) == (0, 0)


def _empty(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
