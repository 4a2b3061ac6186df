"""A ledger of 10,000 names with 20 people bound to accounts, made once a run."""

import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import app as composition
from bot.catalog import load_catalog
from bot.demo.city import build_city
from bot.demo.firms import FirmMaker
from bot.demo.recipe import read_recipe
from bot.demo.rows import enterprise_rows
from domain import accounts
from domain.ledger.importing import import_tables
from domain.ledger.rows import Row, Tables
from domain.ledger.workbook import write_workbook
from domain.models import Person
from tests.benchmarks.speech import Called, Cast

AT = dt.datetime(2026, 3, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
NAMES = 10_000
NAMED = ("unit", "person", "enterprise", "project")
SPEAKERS = 20
FIRST_ACCOUNT = 20_001
WORKBOOK_ROWS = 10_000
WORKBOOK_SHEETS = ("unit", "person", "enterprise", "project")  # whole; funds and visits fill the rest by halves


@dataclass(frozen=True, slots=True)
class World:
    """The prepared ledger and what can be said in it."""

    path: Path
    cast: Cast

    def copy(self, folder: Path) -> Path:
        """Return a fresh copy of the ledger."""
        return Path(shutil.copy(self.path, folder / "ledger.db"))


@cache
def world() -> World:
    """Return the ledger, made at the first call."""
    tables = _tables()
    path = _folder() / "world.db"
    ledger = composition.open_ledger(str(path))
    with ledger.work(AT) as uow:
        report = import_tables(uow, tables, source="benchmark")
        assert not report.refused, report.faults[:3]
        staff = select(Person).where(Person.role.in_(("staff", "unit_head"))).order_by(Person.id).limit(SPEAKERS)
        for number, person in enumerate(uow.session.scalars(staff).all(), FIRST_ACCOUNT):
            accounts.bind(uow, accounts.invite(uow, person), number, number)
    ledger.engine.dispose()  # the journal goes into the file, which is then copied
    return World(path, _cast(tables))


def workbook() -> Path:
    """Write the demo city, cut to 10,000 rows, as a workbook."""
    tables = build_city(read_recipe(load_catalog()), AT)
    cut: Tables = {sheet: tables[sheet] for sheet in WORKBOOK_SHEETS}
    room = WORKBOOK_ROWS - sum(map(len, cut.values()))
    for sheet, share in (("fund_record", room // 2), ("visit", room - room // 2)):
        cut[sheet] = tables[sheet][:share]
    assert sum(map(len, cut.values())) == WORKBOOK_ROWS
    path = _folder() / "rows.xlsx"
    write_workbook(cut, load_catalog().sheet_words(), path)
    return path


def _tables() -> Tables:
    """Return the demo city and as many further firms as make 10,000 names."""
    recipe = read_recipe(load_catalog())
    tables = build_city(recipe, AT)
    known = {row["name"] for row in tables["enterprise"]}
    maker, rng = FirmMaker(recipe), Random(NAMES)
    missing = NAMES - sum(len(tables[sheet]) for sheet in NAMED)
    firms: list[Row] = []
    while len(firms) < missing:
        province, city = maker.place(rng)
        firm = maker.of_place(rng, province, city)
        if firm.name not in known:
            firms.append(next(row for row in enterprise_rows(recipe, [firm]) if row["name"] == firm.name))
    return tables | {"enterprise": [*tables["enterprise"], *firms]}


def _cast(tables: Tables) -> Cast:
    firms = [Called(row["name"], row.get("short_name") or row["name"], row.get("city")) for row in tables["enterprise"]]
    return Cast(
        firms=firms,
        people=[row["name"] for row in tables["person"]],
        units=[row["name"] for row in tables["unit"][1:]],
        projects=[row["name"] for row in tables["project"]],
    )


@cache
def _folder() -> Path:
    _KEPT.append(tempfile.TemporaryDirectory(prefix="benchmark-"))
    return Path(_KEPT[0].name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []  # removed when the run ends
