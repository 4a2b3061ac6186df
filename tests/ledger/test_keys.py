"""Which row is which record, and who is meant by a name (contract §4, Keys)."""

from pathlib import Path
from typing import Any

import pytest

from domain.ledger.importing import import_files
from domain.ledger.rows import Row, Tables
from domain.unit_of_work import Ledger
from tests.factories import NOW
from tests.ledger.sample import bring, city, day, fill, reasons, rows_of, save, take, yuan

PROJECT = ("编号", "项目名称", "投资方", "落户单位", "总投资")
VISIT = ("日期", "单位", "企业", "方式", "事项", "地点")


def one(ledger: Ledger, sheet: str, **where: Any) -> Row:
    """Return the one row of a sheet that says this."""
    rows = [row for row in rows_of(ledger)[sheet] if where.items() <= row.items()]
    assert len(rows) == 1, rows
    return rows[0]


def test_equal_rows_count_once_and_different_ones_are_refused(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    visit = ("2012.4.1", "翠屏区", "甲公司", "电话", "问候", "宜宾")
    twice = bring(ledger, save(tmp_path / "a.xlsx", {"拜访": [VISIT, visit, visit]}))
    assert (twice.faults, twice.of("visit").taken) == ([], 1)
    said = [(note.row, note.reason, note.values.get("rows")) for note in twice.notes]
    assert (3, "equal_twice", "2") in said
    other = (*visit[:4], "签约", "成都")
    differ = bring(ledger, save(tmp_path / "b.xlsx", {"拜访": [VISIT, visit, other, (*other[:5], "重庆")]}))
    assert reasons(differ) == [("拜访", row, None, "different_twice") for row in (3, 4)]


def test_the_nth_arrival_of_a_file_is_the_nth_record(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    header = ("项目名称", "月份", "金额")
    path = save(
        tmp_path / "a.xlsx",
        {"到位资金": [header, ("动力电池项目", "2012-01", 500.5), ("动力电池项目", "2012-01", 700)]},
    )
    counts = bring(ledger, path).of("fund_record")
    assert (counts.taken, counts.changed, counts.unchanged) == (0, 1, 1)
    amounts = [row["amount"] for row in rows_of(ledger)["fund_record"] if row["month"] == day("2012-01-01")]
    assert sorted(amounts) == [yuan("500.5"), yuan("500.5"), yuan("700")]


def test_an_empty_cell_changes_nothing_and_missing_rows_stay(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    before = rows_of(ledger)
    path = save(tmp_path / "a.xlsx", {"项目": [PROJECT, ("YB-2011-001", "动力电池项目", None, None, None)]})
    report = bring(ledger, path)
    assert (report.faults, report.of("project").unchanged) == ([], 1)
    assert rows_of(ledger) == before


def test_a_code_finds_a_renamed_project(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    path = save(tmp_path / "a.xlsx", {"项目": [PROJECT, ("YB-2011-001", "储能电池项目", "甲辰", "翠屏", 5)]})
    assert bring(ledger, path).of("project").changed == 1
    assert one(ledger, "project", code="YB-2011-001")["name"] == "储能电池项目"
    assert one(ledger, "annual_plan")["project"] == "储能电池项目"


def test_a_project_known_by_name_gets_its_code(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    path = save(tmp_path / "a.xlsx", {"项目": [PROJECT, ("YB-9", "待推项目", "甲辰", "南溪", 3000)]})
    counts = bring(ledger, path).of("project")
    assert (counts.taken, counts.changed) == (0, 1)
    assert one(ledger, "project", name="待推项目")["code"] == "YB-9"


def test_a_credit_code_finds_a_renamed_enterprise(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    header = ("名称", "统一社会信用代码")
    path = save(tmp_path / "a.xlsx", {"企业": [header, ("甲辰新能源股份有限公司", "91330000000000001X")]})
    assert bring(ledger, path).of("enterprise").changed == 1
    assert one(ledger, "project", code="YB-2011-001")["investors"][0] == "甲辰新能源股份有限公司"
    taken = save(tmp_path / "b.xlsx", {"企业": [header, ("Nordlicht AG", "91330000000000001X")]})
    assert reasons(bring(ledger, taken)) == [("企业", 2, None, "name_taken")]
    two = save(tmp_path / "c.xlsx", {"企业": [header, ("一号", "CODE"), ("二号", "CODE")]})
    assert reasons(bring(ledger, two)) == [("企业", row, None, "different_twice") for row in (2, 3)]


def test_references_go_by_name_alias_and_short_name(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    rows = [
        ("2012.5.1", "翠屏", "甲辰", "电话", "一"),
        ("2012.5.2", "南溪", "甲辰电池、ＮＯＲＤＬＩＣＨＴ ag", "电话", "二"),
    ]
    report = bring(ledger, save(tmp_path / "a.xlsx", {"拜访": [VISIT, *rows]}))
    assert (report.faults, report.notes) == ([], [])
    assert one(ledger, "visit", subject="一")["unit"] == "翠屏区"
    assert one(ledger, "visit", subject="二")["enterprises"] == ["甲辰电池股份有限公司", "Nordlicht AG"]


def test_references_go_first_to_the_files_of_the_command(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    sheets: dict[str, Any] = {
        "企业": [("名称", "简称"), ("甲辰机械有限公司", "甲辰")],
        "拜访": [VISIT, ("2012.5.1", "翠屏区", "甲辰", "电话", "一")],
    }
    assert bring(ledger, save(tmp_path / "a.xlsx", sheets)).faults == []
    assert one(ledger, "visit", subject="一")["enterprises"] == ["甲辰机械有限公司"]
    ledger_says = save(tmp_path / "b.xlsx", {"拜访": [VISIT, ("2012.5.2", "翠屏区", "甲辰", "电话", "二")]})
    report = bring(ledger, ledger_says)
    assert [(fault.reason, fault.column) for fault in report.faults] == [("ambiguous_enterprise", "企业")]


def test_projects_of_one_name_are_told_apart_by_code(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    header = ("项目名称", "月份", "金额")
    rows = [("同名项目", "2012-05", 1), ("YB-2011-002", "2012-05", 2)]
    assert bring(ledger, save(tmp_path / "a.xlsx", {"到位资金": [header, *rows]})).faults == []
    found = {
        row["amount"]: row["project"] for row in rows_of(ledger)["fund_record"] if row["month"] == day("2012-05-01")
    }
    assert found == {yuan("1"): "同名项目", yuan("2"): "YB-2011-002"}
    add = save(tmp_path / "b.xlsx", {"项目": [PROJECT, ("YB-3", "动力电池项目", "甲辰", "翠屏区", 1)]})
    assert bring(ledger, add).of("project").taken == 1
    vague = save(tmp_path / "c.xlsx", {"到位资金": [header, ("动力电池项目", "2012-06", 1)]})
    report = bring(ledger, vague)
    assert [(fault.reason, fault.values["choices"]) for fault in report.faults] == [
        ("ambiguous_project", "YB-2011-001、YB-3")
    ]


def test_several_files_are_one_command(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    projects = save(tmp_path / "a.xlsx", {"项目": [PROJECT, (None, "新项目", "甲辰", "翠屏区", 1)]})
    funds = tmp_path / "到位资金.csv"
    funds.write_text("项目名称,月份,金额\n新项目,2012-05,3\n", encoding="utf-8")
    report = import_files(ledger, [funds, projects], NOW)
    assert report.faults == []
    assert one(ledger, "fund_record", project="新项目")["amount"] == yuan("3")
    bad = import_files(ledger, [projects, tmp_path / "none.xlsx"], NOW)
    assert bad.refused


def test_a_mentioned_enterprise_is_made_once_and_reported(ledger: Ledger) -> None:
    tables: Tables = {"unit": city()["unit"], "visit": [], "lead": []}
    for number in range(3):
        visit = {"date": day("2012-06-01"), "unit": "翠屏区", "enterprises": ["过路公司"], "mode": "phone"}
        tables["visit"].append(visit | {"subject": str(number)})
    tables["lead"] = [{"enterprise": "过路公司", "unit": "翠屏区", "registered_on": day("2012-06-02")}]
    report = take(ledger, tables)
    assert (report.faults, report.of("enterprise").taken) == ([], 1)
    assert [(note.reason, note.values) for note in report.notes] == [("created_enterprise", {"value": "过路公司"})]


def test_two_people_of_one_name(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    header = ("姓名", "单位", "角色", "职务")
    path = save(tmp_path / "a.xlsx", {"人员": [header, ("王强（翠屏区）", "翠屏区", "招商员", "科长")]})
    assert bring(ledger, path).of("person").changed == 1
    assert one(ledger, "person", name="王强", unit="翠屏区")["title"] == "科长"


@pytest.mark.parametrize("missing", ["enterprises", "subject"])
def test_a_visit_to_a_fair_needs_no_firm(ledger: Ledger, missing: str) -> None:
    visit = {"date": day("2012-06-01"), "unit": "翠屏区", "mode": "event", "event": "西博会"}
    visit |= {"enterprises": ["甲"], "subject": "推介"}
    visit.pop(missing)
    report = take(ledger, {"unit": city()["unit"], "visit": [visit]})
    assert (report.faults, report.of("visit").taken) == ([], 1)
