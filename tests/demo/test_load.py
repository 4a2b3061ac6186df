"""The demo city goes in by the ways real data go in, and gives people something to say."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.demo.load import build_workbook, load_demo, suggestions
from domain.ledger.exporting import collect
from domain.ledger.importing import import_files
from domain.models import AuditRow, Enterprise, Project, Visit
from domain.unit_of_work import Ledger

AT = dt.datetime(2026, 3, 18, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_loading_writes_every_row_and_tells_how_far_it_is(ledger: Ledger) -> None:
    steps: list[tuple[int, int]] = []
    report = load_demo(ledger, AT, city="lanjiang", progress=lambda done, total: steps.append((done, total)))
    assert report.faults == []
    assert [note.reason for note in report.notes] == ["unknown_origin"]  # packaged projects have no investor yet
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
    with ledger.read(AT) as uow:
        assert uow.session.scalar(select(func.count()).select_from(Visit)) == report.counts["visit"].taken > 1000
        assert set(uow.session.scalars(select(AuditRow.source).distinct())) == {"demo"}
        origins = set(uow.session.scalars(select(Project.origin).where(Project.packaged.is_(None)).distinct()))
        assert origins == {"overseas", "out_of_province", "in_province", "local"}


def test_loading_twice_changes_nothing(ledger: Ledger) -> None:
    load_demo(ledger, AT, city="lanjiang")
    total = load_demo(ledger, AT, city="lanjiang").total()
    assert (total.taken, total.changed, total.refused) == (0, 0, 0)


@pytest.mark.slow
def test_the_workbook_holds_the_same_ledger(ledger: Ledger, tmp_path: Path) -> None:
    load_demo(ledger, AT, city="lanjiang")
    path = tmp_path / "demo.xlsx"
    build_workbook(AT, path, city="lanjiang")
    with ledger.read(AT) as uow:
        before = collect(uow)
    report = import_files(ledger, [path], AT)
    total = report.total()
    assert report.faults == []
    assert (total.taken, total.changed, total.refused) == (0, 0, 0)
    with ledger.read(AT) as uow:
        assert collect(uow) == before


def test_sentences_to_try_speak_of_what_is_there(ledger: Ledger) -> None:
    load_demo(ledger, AT, city="lanjiang")
    found = suggestions(ledger, AT)
    assert set(found) == {"staff", "unit_head", "statistician", "supervisor", "leader", "administrator"}
    assert all(len(set(sentences)) == 3 for sentences in found.values())
    assert not [one for sentences in found.values() for one in sentences if "{" in one]
    with ledger.read(AT) as uow:
        projects = set(uow.session.scalars(select(Project.name)))
        firms = set(uow.session.scalars(select(Enterprise.short_name).where(Enterprise.short_name.is_not(None))))
    visit, asked, _ = found["staff"]
    assert any(firm and firm in visit for firm in firms)
    assert any(project in asked for project in projects)
    assert found == suggestions(ledger, AT)


def test_an_empty_ledger_has_nobody_to_try_anything(ledger: Ledger) -> None:
    assert suggestions(ledger, AT) == {}
