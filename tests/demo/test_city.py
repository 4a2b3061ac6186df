"""What a believable city must look like, whatever its seed and the day."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from bot.catalog import load_catalog
from bot.demo.city import build_city
from bot.demo.recipe import read_recipe
from domain.codes import MILESTONES
from domain.ledger.rows import Tables
from tests.demo.recount import LADDER, OUTSIDE, Recount

ZONE = dt.timezone(dt.timedelta(hours=8))
AT = dt.datetime(2026, 3, 18, 10, tzinfo=ZONE)
YESTERDAY = AT.date() - dt.timedelta(days=1)
WHOLE_YEARS = (2010, 2011, 2012, 2024, 2025)
DAYS = ("2009-05-01", "2011-06-01", "2012-04-10", "2013-03-01", "2015-07-01", "2016-01-01", "2024-02-29")
WAN = 10_000
ORDER = ("contact", "survey", "negotiation", "signed", "registered", "fulfilled", "land", "started", "producing")


@pytest.fixture(scope="module", params=["yibin", "lanjiang"])
def tables(request: pytest.FixtureRequest) -> Tables:
    return build_city(read_recipe(load_catalog(), request.param), AT)


@pytest.fixture(scope="module")
def city(tables: Tables) -> Recount:
    return Recount(tables)


def reached(row: dict[str, Any], kind: str) -> dt.date | None:
    day: dt.date | None = row.get(f"reached.{kind}")
    return day


def test_the_same_day_gives_the_same_city() -> None:
    recipe = read_recipe(load_catalog())
    assert build_city(recipe, AT) == build_city(recipe, AT.replace(hour=23))


def test_another_day_gives_another_city_with_the_same_past() -> None:
    recipe = read_recipe(load_catalog())
    now, later = (Recount(build_city(recipe, at)) for at in (AT, AT + dt.timedelta(days=90)))
    assert now.money(2026, last=2) > 0 == now.money(2026) - now.money(2026, last=2)
    assert later.money(2026) > now.money(2026)
    assert [now.money(year) for year in (2010, 2011, 2012)] == [later.money(year) for year in (2010, 2011, 2012)]


@pytest.mark.parametrize("day", DAYS)
def test_a_city_can_be_built_for_any_day(day: str) -> None:
    at = dt.datetime.fromisoformat(day).replace(tzinfo=ZONE)
    tables = build_city(read_recipe(load_catalog()), at)
    happened = [row["date"] for row in tables["visit"] if not row["planned"]] + [row["start"] for row in tables["trip"]]
    happened += [value for row in tables["project"] for field, value in row.items() if field.startswith("reached.")]
    happened += [row["month"] for row in tables["fund_record"]]
    assert all(date < at.date() for date in happened)


def test_stages_come_in_order(tables: Tables) -> None:
    for row in tables["project"]:
        dates = [day for kind in ORDER if (day := reached(row, kind))]
        assert all(one <= other for one, other in pairwise(dates)), row["name"]
        rungs = [reached(row, rung) for rung in LADDER]
        assert None not in rungs[: max((i + 1 for i, day in enumerate(rungs) if day), default=0)], row["name"]
        ends = reached(row, "terminated")
        assert ends is None or max(dates) <= ends, row["name"]
        assert {field.split(".")[1] for field in row if "." in field} <= set(MILESTONES)


def test_money_comes_in_whole_ten_thousands_and_never_beyond_the_contract(tables: Tables) -> None:
    spent: Counter[str] = Counter()
    for row in tables["fund_record"]:
        assert row["amount"] > 0 == row["amount"] % WAN
        spent[row["project"]] += int(row["amount"])
    totals = {row["name"]: row["total_investment"] for row in tables["project"]}
    assert [name for name, amount in spent.items() if amount > totals[name]] == []


@pytest.mark.parametrize("year", WHOLE_YEARS)
def test_no_project_is_more_than_a_twentieth_of_its_year(city: Recount, year: int) -> None:
    funds = city.funds[[month.year == year for month in city.funds["month"]]]
    outside = funds[funds["origin"].isin(OUTSIDE)]["amount"].sum()
    assert funds.groupby("project")["amount"].sum().max() <= outside / 20
    signed = city.signed(year)["total_investment"]
    if len(signed) > 100:  # in a small city one project may well be more of what is signed
        assert max(signed) <= sum(signed, Decimal(0)) / 20


@pytest.mark.parametrize("year", WHOLE_YEARS)
def test_the_years_end_is_heavy(city: Recount, year: int) -> None:
    assert city.money(year, last=6) < city.money(year) * Decimal("0.45")


@pytest.mark.parametrize("year", WHOLE_YEARS)
def test_every_ranked_unit_has_its_share(city: Recount, year: int) -> None:
    for unit in city.ranked():
        assert city.money(year, unit=unit) > city.money(year) / 100
        assert len(city.signed(year, unit)) >= 2


@pytest.mark.parametrize("year", [2011, 2012, 2024, 2025, 2026])
def test_every_ranked_unit_travels(city: Recount, year: int) -> None:
    if year < AT.year:
        assert set(city.ranked()) <= set(city.trips(year)["unit"])
    else:
        assert len(city.trips(year))


def test_the_past_is_verified_and_the_present_partly_reported_cut_or_refused(tables: Tables) -> None:
    past = {row["status"] for row in tables["fund_record"] if row["month"].year <= 2012}
    live = {row["status"] for row in tables["fund_record"] if row["month"].year >= 2024}
    now = Counter(row["status"] for row in tables["fund_record"] if row["month"].year == AT.year)
    assert past == {"verified"}
    assert live == {"reported", "verified", "cut", "refused"}
    assert now["reported"] > 0 < now["verified"]
    assert all(row["verified_amount"] < row["amount"] for row in tables["fund_record"] if row["status"] == "cut")


def test_some_projects_are_late_and_some_are_in_every_state(tables: Tables) -> None:
    open_ones = [row for row in tables["project"] if "reached.terminated" not in row and not row.get("packaged")]
    live = [row for row in open_ones if (row.get("reached.signed") or dt.date.max) >= dt.date(2021, 1, 1)]
    late = [row for row in live if "reached.started" not in row and row.get("planned.started", AT.date()) < YESTERDAY]
    assert len(late) >= 5
    for rung, above in pairwise((*LADDER, None)):
        assert any(f"reached.{rung}" in row and f"reached.{above}" not in row for row in live), rung
    assert any("reached.signed" not in row for row in live)
    assert any("reached.terminated" in row for row in tables["project"])


def test_three_units_have_a_month_without_a_start(city: Recount) -> None:
    idle = []
    for unit in city.ranked():
        rows = city.projects[city.projects["unit"].isin(city.below(unit))]
        months = {day.month for day in rows["reached.started"] if not pd.isna(day) and day.year == 2025}
        idle += [unit] if len(months) < 12 else []
    assert len(idle) >= 3


def test_it_is_alive_up_to_yesterday(tables: Tables, city: Recount) -> None:
    done = [row["date"] for row in tables["visit"] if not row["planned"]]
    assert YESTERDAY - dt.timedelta(days=4) <= max(done) <= YESTERDAY
    last_week = [day for day in done if dt.date(2026, 3, 9) <= day <= dt.date(2026, 3, 15)]
    assert len(last_week) >= 5
    assert max(row["month"] for row in tables["fund_record"]) == dt.date(2026, 2, 1)
    assert all(row["date"] >= AT.date() for row in tables["visit"] if row["planned"])
    assert {row["judgement"] for row in tables["lead"]} == {"pending", "valid", "invalid"}
    assert any("solved_on" in row for row in tables["issue"])
    assert any("solved_on" not in row for row in tables["issue"])
    assert {2024, 2025, 2026} <= set(city.frames["target"]["year"])


def test_the_first_of_january_has_its_targets_and_last_years_money() -> None:
    tables = build_city(read_recipe(load_catalog()), dt.datetime(2026, 1, 1, 8, tzinfo=ZONE))
    assert max(row["year"] for row in tables["target"]) == 2026
    assert max(row["year"] for row in tables["annual_plan"]) == 2026
    assert max(row["month"] for row in tables["fund_record"]) == dt.date(2025, 12, 1)


def test_keys_are_no_one_elses(tables: Tables) -> None:
    keys = {
        "unit": ("name",),
        "person": ("name",),
        "enterprise": ("name",),
        "project": ("name",),
        "annual_plan": ("project", "year"),
        "fund_record": ("project", "month", "voucher"),
        "target": ("unit", "year", "indicator"),
        "trip": ("unit", "start", "leader", "places"),
        "issue": ("project", "category", "description", "raised_on"),
        "lead": ("code",),
        "visit": ("date", "unit", "enterprises", "mode", "subject"),
    }
    for sheet, fields in keys.items():
        counted = Counter(tuple(str(row[field]) for field in fields) for row in tables[sheet])
        assert max(counted.values()) == 1, sheet


def test_every_reference_is_in_the_tables(tables: Tables) -> None:
    names = {code: {row["name"] for row in tables[code]} for code in ("unit", "person", "enterprise", "project")}
    of_units = ("person", "project", "visit", "trip", "lead", "target")
    assert {row["unit"] for sheet in of_units for row in tables[sheet]} <= names["unit"]
    assert {firm for row in tables["project"] for firm in row.get("investors", [])} <= names["enterprise"]
    assert {firm for row in tables["visit"] for firm in row["enterprises"]} <= names["enterprise"]
    assert {row["enterprise"] for row in tables["lead"]} <= names["enterprise"]
    for sheet in ("annual_plan", "fund_record", "issue"):
        assert {row["project"] for row in tables[sheet]} <= names["project"]
    assert {row["project"] for row in tables["visit"] if "project" in row} <= names["project"]
    assert {name for row in tables["visit"] for name in row.get("participants", [])} <= names["person"]


def test_real_firms_are_rows_of_their_sheet_and_nothing_else(tables: Tables) -> None:
    real = {name for name, *_ in load_catalog().get("demo/firms", "firms")}
    brands = {short for _, short, *_ in load_catalog().get("demo/firms", "firms")}
    assert real <= {row["name"] for row in tables["enterprise"]}
    for row in [*tables["visit"], *tables["lead"], *tables["project"]]:
        said = {*row.get("enterprises", []), *row.get("investors", []), row.get("enterprise")}
        assert not said & real
    assert not [row["name"] for row in tables["project"] if any(row["name"].startswith(brand) for brand in brands)]


def test_every_role_has_its_people(tables: Tables) -> None:
    roles = {row["role"] for row in tables["person"]}
    assert roles == {"staff", "unit_head", "statistician", "supervisor", "leader", "administrator"}
    staffed = {row["unit"] for row in tables["person"]}
    root = next(row["name"] for row in tables["unit"] if "parent" not in row)
    assert staffed == {row["name"] for row in tables["unit"]} - {root}
