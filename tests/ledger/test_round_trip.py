"""What goes out comes back the same, and the same again changes nothing."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import func, select

from domain.database import open_engine
from domain.ledger.rows import Row, Tables
from domain.ledger.text import printed
from domain.models import AuditRow, Milestone, Project
from domain.rules import default_rules
from domain.unit_of_work import Ledger
from tests.factories import NOW, NoNames
from tests.ledger.sample import bring, cells_of, city, day, export, fill, rows_of, take


def test_export_into_an_empty_database_exports_the_same(
    ledger: Ledger, new_database: Callable[[], str], tmp_path: Path
) -> None:
    fill(ledger)
    first = export(ledger, tmp_path / "first.xlsx")
    other = Ledger(open_engine(new_database()), ledger.words, NoNames(), default_rules())
    report = bring(other, first)
    assert report.faults == []
    assert [note.reason for note in report.notes] == ["unknown_origin"]
    second = export(other, tmp_path / "second.xlsx")
    assert cells_of(second) == cells_of(first)
    assert rows_of(other) == rows_of(ledger)
    other.engine.dispose()


def test_what_was_taken_is_what_was_said(ledger: Ledger) -> None:
    fill(ledger)
    assert _comparable(rows_of(ledger)) == _comparable(city() | {"enterprise": rows_of(ledger)["enterprise"]})


def test_a_second_import_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    path = export(ledger, tmp_path / "ledger.xlsx")
    with ledger.read(NOW) as uow:
        audits = uow.session.scalar(select(func.count()).select_from(AuditRow))
    for _ in range(2):
        report = bring(ledger, path)
        total = report.total()
        assert (total.taken, total.changed, total.refused, report.notes) == (0, 0, 0, [])
        assert total.unchanged == sum(len(rows) - 1 for rows in cells_of(path).values())
    with ledger.read(NOW) as uow:
        assert uow.session.scalar(select(func.count()).select_from(AuditRow)) == audits


def test_more_rows_than_are_measured_all_come_back(ledger: Ledger, tmp_path: Path) -> None:
    tables = city()
    tables["enterprise"] += [{"name": f"企业{number:04}"} for number in range(650)]
    take(ledger, tables)
    path = export(ledger, tmp_path / "ledger.xlsx")
    names = {row[0] for row in cells_of(path)["企业"]}
    assert {f"企业{number:04}" for number in range(650)} <= names


def test_milestones_and_origin_are_kept(ledger: Ledger) -> None:
    fill(ledger)
    with ledger.read(NOW) as uow:
        project = uow.session.scalars(select(Project).where(Project.name == "动力电池项目")).one()
        reached = {one.kind: (one.date, one.planned_date, one.verified) for one in project.milestones}
        origins = {(one.code, one.name): one.origin for one in uow.session.scalars(select(Project))}
        assert uow.session.scalar(select(func.count()).select_from(Milestone)) == 8
    assert reached["started"] == (day("2011-06-01"), None, False)
    assert reached["producing"] == (None, day("2012-10-01"), True)
    assert origins == {
        ("YB-2011-001", "动力电池项目"): "out_of_province",
        (None, "同名项目"): "overseas",
        ("YB-2011-002", "同名项目"): None,
        (None, "待推项目"): None,
    }


def test_every_change_leaves_an_audit_row(ledger: Ledger) -> None:
    fill(ledger)
    tables: Tables = {"project": [{"code": "YB-2011-001", "name": "动力电池项目"}]}
    tables["project"][0] |= {"leader": "李市长", "reached.producing": day("2012-09-30")}
    report = take(ledger, tables)
    assert (report.of("project").changed, report.faults) == (1, [])
    with ledger.read(NOW) as uow:
        rows = uow.session.scalars(select(AuditRow).where(AuditRow.action == "change").order_by(AuditRow.id)).all()
        said = [(row.subject, row.before, row.after) for row in rows]
    assert said == [
        ("project", {"leader": "张副市长"}, {"leader": "李市长"}),
        ("milestone", {"date": None}, {"date": "2012-09-30"}),
    ]


def test_the_header_is_bold_and_stays_in_sight(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    book = load_workbook(export(ledger, tmp_path / "ledger.xlsx"))
    assert [sheet.title for sheet in book] == [spec.title for spec in ledger.words.sheets]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
    assert book["项目"].column_dimensions["B"].width > 10


def _comparable(tables: Tables) -> dict[str, list[str]]:
    """Return rows as text without their order, a number however many zeros it was written with."""
    return {code: sorted(_said(row) for row in rows) for code, rows in tables.items()}


def _said(row: Row) -> str:
    plain = {key: printed(value) if isinstance(value, Decimal) else value for key, value in row.items()}
    return str(sorted(plain.items()))
