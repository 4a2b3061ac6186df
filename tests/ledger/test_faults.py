"""What is wrong with a file is said at once, in its place, and nothing is written."""

import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.catalog import load_catalog, locale_root
from domain.ledger.faults import Report
from domain.ledger.sources import ENCRYPTED_MARK, OLE_MARK
from domain.unit_of_work import Ledger
from tests.ledger.sample import bring, cells_of, export, fill, reasons, rows_of, save

UNIT = ("名称", "类型", "上级单位")
CITY = [UNIT, ("宜宾市", "市本级", None), ("翠屏区", "区县", "宜宾市")]
PROJECT = ("项目名称", "投资方", "落户单位", "总投资", "签约日期", "包装推出", "督办级别", "用地(亩)")
GOOD = ("电池项目", "甲公司", "翠屏区", 5)


def refused(
    ledger: Ledger, tmp_path: Path, sheets: dict[str, Any]
) -> list[tuple[str | None, int | None, str | None, str]]:
    """Import sheets beside the city's units; assert that nothing was written; return why."""
    report = bring(ledger, save(tmp_path / "a.xlsx", {"单位": CITY} | sheets))
    assert report.refused
    assert sayable(report)
    assert not any(rows_of(ledger).values())
    return reasons(report)


def test_all_faults_are_listed_at_once_and_nothing_is_written(ledger: Ledger, tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        {
            "单位": CITY,
            "项目": [
                PROJECT,
                ("甲项目", "甲公司", "翠屏区", 5, "2012年2月30日"),
                ("乙项目", "乙公司", "不存在区", -3),
                ("丙项目", None, "翠屏区", "5~8", None, "否", "加急"),
                (None, "丁公司", "翠屏区", 5),
                ("戊项目", "戊公司", "翠屏区", "#REF!", None, None, None, "很大"),
            ],
            "到位资金": [("项目名称", "月份", "金额"), ("没有的项目", "2012-01", 5), ("甲项目", 2012.1, "五百万")],
        },
    )
    report = bring(ledger, path)
    assert reasons(report) == [
        ("项目", 2, "签约日期", "bad_date"),
        ("项目", 3, "总投资", "negative"),
        ("项目", 4, "总投资", "not_exact"),
        ("项目", 4, "督办级别", "unknown_choice"),
        ("项目", 6, "总投资", "error_cell"),
        ("项目", 6, "用地(亩)", "bad_number"),
        ("到位资金", 3, "月份", "unclear_month"),
        ("到位资金", 3, "金额", "bad_amount"),
        ("项目", 3, "落户单位", "unknown_unit"),
        ("项目", 5, "项目名称", "missing"),
        ("项目", 4, "投资方", "investor_missing"),
        ("到位资金", 2, "项目名称", "unknown_project"),
    ]
    assert {fault.file for fault in report.faults} == {"a.xlsx"}
    assert (report.of("project").refused, report.of("fund_record").refused) == (5, 2)
    assert not any(rows_of(ledger).values())


@pytest.mark.parametrize(
    ("sheet", "header", "row", "expected"),
    [
        ("人员", ("姓名", "单位", "角色"), ("王强", "翠屏区", "经理"), (2, "角色", "unknown_choice")),
        ("项目", PROJECT, (*GOOD[:3], "100万美元"), (2, "总投资", "foreign_money")),
        ("项目", PROJECT, (*GOOD[:3], 10**12), (2, "总投资", "number_too_large")),
        ("项目", (*PROJECT, "未核实节点"), (*GOOD, *[None] * 4, "开工"), (2, "未核实节点", "unverified_without_date")),
        ("到位资金", ("项目名称", "月份", "金额"), ("x", "2012-13", 5), (2, "月份", "bad_month")),
        ("年度计划", ("项目名称", "年度"), ("x", "明年"), (2, "年度", "bad_year")),
        ("目标", ("单位", "年度", "指标", "基本目标"), ("翠屏区", 2012, "好人好事", 5), (2, "指标", "unknown_metric")),
        (
            "目标",
            ("单位", "年度", "指标", "基本目标"),
            ("翠屏区", 2012, "履约率", None),
            (2, "基本目标", "target_missing"),
        ),
        (
            "外出",
            ("单位", "开始日期", "结束日期", "地点"),
            ("翠屏区", "2012.3.5", "2012.3.1", "深圳"),
            (2, "结束日期", "end_before_start"),
        ),
        (
            "外出",
            ("单位", "开始日期", "结束日期", "地点", "人数"),
            ("翠屏区", "2012.3.5", "2012.3.6", "深圳", 2.5),
            (2, "人数", "bad_integer"),
        ),
        (
            "拜访",
            ("日期", "单位", "企业", "方式", "意向金额"),
            ("2012.3.5", "翠屏区", "甲", "电话", "好多"),
            (2, "意向金额", "bad_quantity"),
        ),
        (
            "拜访",
            ("日期", "单位", "企业", "方式", "跟进日期"),
            ("2012.3.5", "翠屏区", "甲", "电话", "改天"),
            (2, "跟进日期", "bad_days"),
        ),
        ("外部数据", ("名称", "期间", "数值"), ("排名", "2011年", None), (2, "数值", "figure_missing")),
        ("线索", ("企业", "单位", "登记日期"), ("甲", "翠屏区", None), (2, "登记日期", "missing")),
        ("项目", PROJECT[:3], GOOD[:3], (None, "总投资", "missing_column")),
        ("项目", (*PROJECT, "总投资(亿元)"), (*GOOD, *[None] * 4, 6), (None, "总投资(亿元)", "column_twice")),
        ("项目", (*PROJECT[:3], "总投资(万美元)"), GOOD, (None, "总投资(万美元)", "unknown_measure")),
        ("项目", ("甲", "乙", "丙"), (1, 2, 3), (None, None, "no_header")),
    ],
)
def test_a_fault_in_its_place(
    ledger: Ledger, tmp_path: Path, sheet: str, header: tuple[str, ...], row: tuple[Any, ...], expected: tuple[Any, ...]
) -> None:
    found = refused(ledger, tmp_path, {sheet: [header, row]})
    assert (sheet, *expected) in found


def test_the_units_must_be_one_city(ledger: Ledger, tmp_path: Path) -> None:
    two = save(tmp_path / "two.xlsx", {"单位": [*CITY, ("泸州市", "市本级", None)]})
    assert reasons(bring(ledger, two)) == [("单位", row, "上级单位", "several_cities") for row in (2, 4)]
    circle = [UNIT, ("宜宾市", None, None), ("甲区", None, "乙区"), ("乙区", None, "甲区")]
    found = reasons(bring(ledger, save(tmp_path / "circle.xlsx", {"单位": circle})))
    assert found == [("单位", row, "上级单位", "unit_cycle") for row in (3, 4)]
    none = save(tmp_path / "none.xlsx", {"单位": [UNIT, ("甲区", None, "乙区"), ("乙区", None, "甲区")]})
    assert reasons(bring(ledger, none)) == [("单位", None, None, "no_city")]


def test_a_project_without_investor_only_while_packaged_and_unsigned(ledger: Ledger, tmp_path: Path) -> None:
    rows = [
        PROJECT,
        ("可以", None, "翠屏区", 5, None, "是"),
        ("已签", None, "翠屏区", 5, "2012.1.1", "是"),
        ("未推", None, "翠屏区", 5),
    ]
    found = refused(ledger, tmp_path, {"项目": rows})
    assert found == [("项目", row, "投资方", "investor_missing") for row in (3, 4)]


def _encrypted(path: Path) -> None:
    path.write_bytes(OLE_MARK + b"\0" * 64 + ENCRYPTED_MARK)


def _old(path: Path) -> None:
    path.write_bytes(OLE_MARK + b"\0" * 64)


def _broken_part(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<half")


def _letter(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")


def _flipped_bits(path: Path) -> None:
    save(path, {"企业": [("名称", "简称"), *((f"甲{number}公司", f"甲{number}") for number in range(3000))]})
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(path.read_bytes())
    content[start + 3000 : start + 3010] = b"\xff" * 10
    path.write_bytes(content)


def _bomb(path: Path, part: str, mebibytes: int) -> None:
    archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(part, "w", force_zip64=True) as member:
        for _ in range(mebibytes):
            member.write(bytes(1 << 20))


def _foreign_sheets(path: Path) -> None:
    save(path, {"Sheet1": [("甲", "乙")]})


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.xlsx", _encrypted, "password"),
        ("a.xls", _old, "old_xls"),
        ("a.xlsx", _old, "old_xls"),
        ("a.xlsx", lambda path: path.write_bytes(b"PK\x03\x04 half a file"), "broken"),
        ("a.xlsx", _broken_part, "broken"),
        ("a.xlsx", _flipped_bits, "broken"),
        ("a.xlsx", _letter, "other_content"),
        ("a.xlsx", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n"), "other_content"),
        ("a.xlsx", lambda path: path.write_text("名称,类型\n"), "other_content"),
        ("a.xlsx", lambda path: _bomb(path, "xl/worksheets/sheet1.xml", 1025), "too_large"),
        ("a.xlsx", lambda path: _bomb(path, "xl/sharedStrings.xml", 257), "too_large"),
        ("a.xlsx", lambda path: path.write_bytes(b""), "empty_file"),
        ("a.xlsx", _foreign_sheets, "unknown_sheets"),
        ("别的.csv", lambda path: path.write_text("甲,乙\n1,2\n"), "unknown_sheets"),
        ("项目.csv", lambda path: path.write_bytes(b"\xff\x00\x81\xff\n"), "bad_encoding"),
        ("a.docx", lambda path: path.write_bytes(b"PK"), "unknown_type"),
        ("a.xlsx", lambda _: None, "no_file"),
    ],
)
def test_files_that_cannot_be_read(ledger: Ledger, tmp_path: Path, name: str, make: Any, reason: str) -> None:
    path = tmp_path / name
    make(path)
    report = bring(ledger, path)
    assert [(fault.file, fault.reason) for fault in report.faults] == [(name, reason)]
    assert sayable(report)


def test_a_dry_run_writes_nothing_and_counts_all(ledger: Ledger, tmp_path: Path) -> None:
    report = bring(ledger, save(tmp_path / "a.xlsx", {"单位": CITY}), dry_run=True)
    assert (report.refused, report.of("unit").taken) == (False, 2)
    assert not any(rows_of(ledger).values())


def test_progress_goes_on_and_ends(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    told: list[tuple[int, int]] = []
    path = export(ledger, tmp_path / "ledger.xlsx")
    bring(ledger, path, progress=lambda done, total: told.append((done, total)))
    rows = sum(len(rows) - 1 for rows in cells_of(path).values())
    assert told[-1] == (3 * rows, 3 * rows)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_progress_is_told_while_one_long_sheet_is_written(ledger: Ledger, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = save(tmp_path / "a.xlsx", {"企业": [("名称",), *((f"企业{number}",) for number in range(5_000))]})
    bring(ledger, path, progress=lambda done, total: told.append((done, total)))
    assert len({done for done, total in told if 3 * done > 2 * total}) > 2


def test_every_cause_has_a_sentence_of_its_own() -> None:
    table = tomllib.loads((locale_root() / "ledger" / "faults.toml").read_text(encoding="utf-8"))
    sentences = [*table["faults"].values(), *table["notes"].values()]
    assert len(sentences) == len(set(sentences))
    source = "".join(path.read_text(encoding="utf-8") for path in Path("domain/ledger").glob("*.py"))
    spoken = set(table["faults"]) | set(table["notes"])
    built = {f"{start}_{kind}" for start in ("unknown", "ambiguous") for kind in ("unit", "project")}
    built.add("ambiguous_enterprise")
    assert built <= spoken
    assert {key for key in spoken - built if f'"{key}"' not in source} == set()


def sayable(report: Report) -> bool:
    """Tell whether every refusal and remark fills its own sentence, none left with a gap."""
    table = load_catalog().table("ledger/faults")
    said = [table["faults"][fault.reason].format(**fault.values) for fault in report.faults]
    said += [table["notes"][note.reason].format(**note.values) for note in report.notes]
    return all(said)
