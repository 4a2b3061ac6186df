"""What was said in the chat, every slot filled or hardly any, survives the workbook."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain import visits
from domain.database import open_engine
from domain.ledger.rows import Row
from domain.models import Person
from domain.rules import default_rules
from domain.unit_of_work import Ledger
from tests.factories import NOW, NoNames
from tests.ledger.sample import bring, cells_of, export, fill, reasons, rows_of, save

Slots = dict[str, Any]

FULL: Slots = {
    "date": {"start": "2026-03-17", "end": "2026-03-17"},
    "mode": "remote",
    "planned": False,
    "enterprises": ["甲辰电池股份有限公司", "路上遇到的企业", "Müller & Söhne, (HK)"],
    "place": "深圳",
    "participants": ["张局", "王强(翠屏区)"],
    "contacts": ["李总", "Mr. Brown"],
    "project": "动力电池项目",
    "event": "高交会",
    "industry": "电池",
    "summary": "建电池厂\n要 300 亩地,说明:见附件",
    "result": "signing",
    "next_step": "下周三前回话",
    "follow_up": {"start": "2026-04-01", "end": "2026-04-30"},
    "people_count": {"min": 10, "max": 20},
    "land_mu": {"min": 100, "max": 150},
    "amount": {"min": 2_000_000_000, "max": 2_000_000_000, "currency": "CNY"},
}
AMOUNTS: list[Slots] = [
    {"min": 300_000_000, "max": 500_000_000, "currency": "CNY"},
    {"min": 100_000_000, "max": None, "currency": "CNY"},
    {"min": None, "max": 50_000_000, "currency": "CNY"},
    {"min": 20_000_000, "max": 20_000_000, "currency": "CNY", "approx": True},
    {"min": 30_000_000, "max": 40_000_000, "currency": "USD"},
    {"min": 10_000_000, "max": None, "currency": "JPY", "approx": True},
    {"min": 12_345.67, "max": 12_345.67, "currency": "CNY"},
]
NO_FIRM: list[Slots] = [
    {"event": "西博会", "mode": "event"},
    {"people_count": 11, "mode": "inbound"},
    {"people_count": {"min": 30, "max": None, "approx": True}, "event": "推介会", "mode": "inbound"},
    {"people_count": 0, "mode": "inbound", "event": "茶话会"},
]
TWICE: list[Slots] = [{"enterprises": ["Nordlicht AG"]}] * 3 + [{"event": "西博会"}] * 2
SAID = [FULL, *(FULL | {"amount": amount, "summary": str(amount)} for amount in AMOUNTS), *NO_FIRM, *TWICE]


@pytest.fixture
def other(ledger: Ledger, new_database: Callable[[], str]) -> Iterator[Ledger]:
    """Yield a second, empty ledger."""
    engine = open_engine(new_database())
    yield Ledger(engine, ledger.words, NoNames(), default_rules())
    engine.dispose()


def record(ledger: Ledger, said: list[Slots]) -> None:
    """Record visits as the chat does."""
    with ledger.read(NOW) as uow:
        actor = uow.session.scalars(select(Person.id).where(Person.name == "王强").order_by(Person.id)).first()
    for slots in said:
        with ledger.work(NOW, actor=actor) as uow:
            visits.make(uow, slots, "原话")


def made(ledger: Ledger) -> list[Row]:
    """Return the visits of the tests' days."""
    return [row for row in rows_of(ledger)["visit"] if row["date"].year == NOW.year]


def test_all_that_was_said_comes_back_the_same(ledger: Ledger, other: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    record(ledger, SAID)
    first = export(ledger, tmp_path / "first.xlsx")
    assert reasons(bring(other, first)) == []
    assert len(made(other)) == len(SAID)
    assert rows_of(other) == rows_of(ledger)
    assert cells_of(export(other, tmp_path / "second.xlsx")) == cells_of(first)


@pytest.mark.parametrize("back", ["ledger", "other"])
def test_the_same_workbook_again_changes_nothing(ledger: Ledger, other: Ledger, tmp_path: Path, back: str) -> None:
    fill(ledger)
    record(ledger, SAID)
    path = export(ledger, tmp_path / "ledger.xlsx")
    into = {"ledger": ledger, "other": other}[back]
    bring(other, path)
    report = bring(into, path)
    total = report.total()
    assert (report.faults, total.taken, total.changed) == ([], 0, 0)


def test_every_slot_stands_in_the_row(ledger: Ledger) -> None:
    fill(ledger)
    record(ledger, [FULL])
    columns = {column.field for spec in ledger.words.sheets if spec.code == "visit" for column in spec.columns}
    assert set(made(ledger)[0]) == columns


def test_visits_that_nothing_tells_apart_are_numbered(ledger: Ledger, other: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    record(ledger, TWICE)
    bring(other, export(ledger, tmp_path / "ledger.xlsx"))
    said = [(row.get("enterprises"), row.get("subject")) for row in made(other)]
    firm = ["Nordlicht AG"]
    assert sorted(said, key=str) == sorted(
        [(firm, None), (firm, "(第2次)"), (firm, "(第3次)"), (None, None), (None, "(第2次)")], key=str
    )


def test_a_firm_may_be_missing_only_beside_an_event_or_a_count(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    rows = [
        ("日期", "单位", "企业", "方式", "活动", "人数", "事项"),
        ("2012.5.1", "翠屏区", None, "活动", "西博会", None, "甲"),
        ("2012.5.2", "翠屏区", None, "来访接待", None, 11, "乙"),
        ("2012.5.3", "翠屏区", None, "来访接待", None, None, "丙"),
    ]
    report = bring(ledger, save(tmp_path / "a.xlsx", {"拜访": rows}), dry_run=True)
    assert reasons(report) == [("拜访", 4, "企业", "missing")]
    without_column = [[*row[:2], *row[3:]] for row in rows[:3]]
    report = bring(ledger, save(tmp_path / "b.xlsx", {"拜访": without_column}), dry_run=True)
    assert reasons(report) == [(("拜访", None, "企业", "missing_column"))]
