"""Workbooks as people make them are read as they are meant."""

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.ledger.faults import Report
from domain.ledger.reading import read_files
from domain.ledger.rows import PLACE, Row
from domain.ports import SheetWords
from tests.ledger.sample import between, day, save

PROJECT = ("项目名称", "投资方", "落户单位", "总投资")
BATTERY = ("电池项目", "甲公司", "翠屏区", 12000)


def read(path: Path, words: SheetWords, code: str) -> tuple[list[Row], Report]:
    """Return the rows of one sheet, without their places, and the report."""
    report = Report()
    rows = read_files([path], words, report)[code]
    return [{name: value for name, value in row.items() if name != PLACE} for row in rows], report


def test_title_rows_blank_rows_sums_and_remarks(tmp_path: Path, words: SheetWords) -> None:
    path = save(
        tmp_path / "a.xlsx",
        {
            "项目": [
                ("2012年招商项目台账",),
                ("填报单位:市招商局", None, None, "单位:万元"),
                (),
                ("序号", *PROJECT),
                (1, *BATTERY),
                (),
                (None, "翠屏区小计", None, None, 12000),
                ("序号", *PROJECT),
                (2, "机械项目", "乙公司", "南溪区", 800),
                ("合 计", None, None, None, 12800),
                ("注:以上数据截至三月底",),
            ]
        },
    )
    rows, report = read(path, words, "project")
    assert [row["name"] for row in rows] == ["电池项目", "机械项目"]
    assert rows[0]["total_investment"] == Decimal(120_000_000)
    assert report.faults == []
    assert [(note.row, note.reason) for note in report.notes] == [
        (7, "total_row"),
        (8, "repeated_header"),
        (10, "total_row"),
        (11, "remark_row"),
    ]


@pytest.mark.parametrize(
    ("header", "cell", "yuan"),
    [
        ("总投资", 1.5, 15_000),
        ("总投资(亿元)", 1.5, 150_000_000),
        ("总投资（亿元）", "1.5", 150_000_000),
        ("计划投资总额(万元)", 1234.5678, 12_345_678),
        ("投资总额\n(元)", "３，０００", 3_000),
        ("总投资★", "1,234.5", 12_345_000),
        ("总投资", "5亿", 500_000_000),
        ("总投资", "5000万元", 50_000_000),
        ("总投资(亿元)", "3000万", 30_000_000),
        ("总投资", 0.1 + 0.2, 3_000),
    ],
)
def test_amounts_by_header_and_cell(tmp_path: Path, words: SheetWords, header: str, cell: Any, yuan: int) -> None:
    sheet = [(*PROJECT[:3], header), (*BATTERY[:3], cell)]
    rows, report = read(save(tmp_path / "a.xlsx", {"项目": sheet}), words, "project")
    assert report.faults == []
    assert rows[0]["total_investment"] == yuan


def test_a_unit_above_the_header_is_that_of_all_amounts(tmp_path: Path, words: SheetWords) -> None:
    sheet = [("台账",), (None, None, None, "（单位：亿元）"), (*PROJECT, "固定资产投资(万元)"), (*BATTERY[:3], 12, 5)]
    rows, report = read(save(tmp_path / "a.xlsx", {"项目": sheet}), words, "project")
    assert report.faults == []
    assert (rows[0]["total_investment"], rows[0]["fixed_investment"]) == (1_200_000_000, 50_000)


@pytest.mark.parametrize(
    "cell",
    [
        dt.datetime(2012, 3, 5, tzinfo=None),  # noqa: DTZ001 - a spreadsheet's dates have no zone
        dt.date(2012, 3, 5),
        "2012.3.5",
        "2012-03-05",
        "2012/3/5",
        "2012年3月5日",
        "２０１２年３月５日",
        "2012 年 3 月 5 日",
        "20120305",
        20120305,
        40973,
        "2012-03-05 00:00:00",
    ],
)
def test_dates(tmp_path: Path, words: SheetWords, cell: Any) -> None:
    sheet = [(*PROJECT, "签约时间"), (*BATTERY, cell)]
    rows, report = read(save(tmp_path / "a.xlsx", {"项目": sheet}), words, "project")
    assert (report.faults, rows[0]["reached.signed"]) == ([], day("2012-03-05"))


@pytest.mark.parametrize("cell", ["2012-03", "2012.3", 2012.3, "2012年3月", "201203", 201203, dt.date(2012, 3, 20)])
def test_months(tmp_path: Path, words: SheetWords, cell: Any) -> None:
    sheet = [("项目名称", "月份", "金额"), ("电池项目", cell, 5)]
    rows, report = read(save(tmp_path / "a.xlsx", {"到位资金": sheet}), words, "fund_record")
    assert (report.faults, rows[0]["month"]) == ([], day("2012-03-01"))


@pytest.mark.parametrize(
    ("cell", "ratio"), [(0.95, "0.95"), ("95%", "0.95"), (95, "0.95"), ("９５％", "0.95"), (1.2, "1.2")]
)
def test_ratios(tmp_path: Path, words: SheetWords, cell: Any, ratio: str) -> None:
    sheet = [("单位", "年度", "指标", "目标(%)"), ("翠屏区", "2012年", "履约率", cell)]
    rows, report = read(save(tmp_path / "a.xlsx", {"目标": sheet}), words, "target")
    assert (report.faults, rows[0]["base"], rows[0]["year"]) == ([], Decimal(ratio), 2012)


def test_targets_in_the_unit_of_their_indicator(tmp_path: Path, words: SheetWords) -> None:
    sheet = [
        ("单位", "年度", "指标", "基本目标(亿元)", "一季度(亿元)", "上半年"),
        ("翠屏区", 2012, "省外到位资金", 426, 100, 200),
        ("翠屏区", 2012, "签约数", "200个", 50, 100),
    ]
    rows, report = read(save(tmp_path / "a.xlsx", {"目标": sheet}), words, "target")
    assert report.faults == []
    assert [rows[0][name] for name in ("base", "schedule.3", "schedule.6")] == [
        42_600_000_000,
        10_000_000_000,
        2_000_000,
    ]
    assert [rows[1][name] for name in ("indicator", "base", "schedule.6")] == ["signed_count", 200, 100]


def test_an_indicator_behind_its_numbers_still_says_their_unit(tmp_path: Path, words: SheetWords) -> None:
    sheet = [("单位", "年度", "基本目标", "指标"), ("市", 2012, 508, "到位市外资金"), ("市", 2012, "95%", "履约率")]
    rows, report = read(save(tmp_path / "a.xlsx", {"目标": sheet}), words, "target")
    assert (report.faults, [row["base"] for row in rows]) == ([], [5_080_000, Decimal("0.95")])


def test_a_head_of_two_rows_with_merged_cells(tmp_path: Path, words: SheetWords) -> None:
    sheet = [
        ("招商项目台账", *[None] * 7),
        ("项目名称", "投资方", "落户单位", "投资额(亿元)", None, "计划", None, "签约日期"),
        (None, None, None, "总投资", "固定资产投资", "开工日期", "投产日期", None),
        ("电池项目", "甲公司", "翠屏区", 12, 8, "2012.4.1", "2013.1.1", "2012.1.1"),
    ]
    merged = ["A1:H1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:H3"]
    rows, report = read(save(tmp_path / "a.xlsx", {"项目": sheet}, {"项目": merged}), words, "project")
    assert (report.faults, report.notes) == ([], [])
    assert rows == [
        {
            "name": "电池项目",
            "investors": ["甲公司"],
            "unit": "翠屏区",
            "total_investment": Decimal(1_200_000_000),
            "fixed_investment": Decimal(800_000_000),
            "planned.started": day("2012-04-01"),
            "planned.producing": day("2013-01-01"),
            "reached.signed": day("2012-01-01"),
        }
    ]


def test_cells_merged_over_rows_say_the_same_in_each(tmp_path: Path, words: SheetWords) -> None:
    sheet = [
        PROJECT,
        ("电池项目", "甲公司", "翠屏区", 1),
        ("机械项目", "乙公司", None, 2),
        ("食品项目", "丙公司", None, 3),
        ("酒业项目", "丁公司", "南溪区", 4),
    ]
    rows, report = read(save(tmp_path / "a.xlsx", {"项目": sheet}, {"项目": ["C2:C4"]}), words, "project")
    assert report.faults == []
    assert [row["unit"] for row in rows] == ["翠屏区", "翠屏区", "翠屏区", "南溪区"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_named_after_its_sheet(tmp_path: Path, words: SheetWords, encoding: str, delimiter: str) -> None:
    lines = [
        ("日期", "单位", "企业", "方式", "意向金额(亿元)"),
        ("2012.3.5", "翠屏区", "甲公司、乙公司", "外出", "3-5"),
    ]
    path = tmp_path / "拜访.csv"
    path.write_text("\n".join(delimiter.join(line) for line in lines), encoding=encoding)
    rows, report = read(path, words, "visit")
    assert report.faults == []
    assert rows == [
        {
            "date": day("2012-03-05"),
            "unit": "翠屏区",
            "enterprises": ["甲公司", "乙公司"],
            "mode": "outbound",
            "amount": between(300_000_000, 500_000_000, currency="CNY"),
        }
    ]


def test_several_files_of_one_command(tmp_path: Path, words: SheetWords) -> None:
    (tmp_path / "单位.csv").write_text("名称,类型\n宜宾市,市本级\n", encoding="utf-8-sig")
    (tmp_path / "拜访(1).csv").write_text("日期,单位,企业,方式\n2012-01-01,宜宾市,甲,电话\n", encoding="gb18030")
    visits = [("日期", "单位", "企业", "方式"), ("2012.1.2", "宜宾市", "乙", "视频")]
    files = [*sorted(tmp_path.iterdir()), save(tmp_path / "a.xlsx", {"拜访": visits})]
    report = Report()
    tables = read_files(files, words, report)
    assert (report.faults, [row["name"] for row in tables["unit"]]) == ([], ["宜宾市"])
    assert [(row["enterprises"], row[PLACE].file) for row in tables["visit"]] == [
        (["甲"], "拜访(1).csv"),
        (["乙"], "a.xlsx"),
    ]


def test_a_million_rows_with_nothing_but_a_format_are_no_rows(tmp_path: Path, words: SheetWords) -> None:
    path, swollen = save(tmp_path / "a.xlsx", {"企业": [("名称",), ("甲公司",)]}), tmp_path / "b.xlsx"
    rows = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 1_048_577))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    found, report = read(swollen, words, "enterprise")
    assert (found, report.faults) == ([{"name": "甲公司"}], [])


def test_flags_choices_and_milestones_by_their_variants(tmp_path: Path, words: SheetWords) -> None:
    sheet = [
        (*PROJECT, "是否包装推出", "督办级别", "未核实节点", "竣工日期", "用地(公顷)"),
        (*BATTERY, "√", "市级督办", "正式签约、动工", "2012.5.1", 2),
    ]
    rows, report = read(save(tmp_path / "a.xlsx", {"项目台账": sheet}), words, "project")
    assert report.faults == []
    found = [rows[0][name] for name in ("packaged", "supervision", "unverified", "reached.completed", "land_mu")]
    assert found == [True, "supervised", ["signed", "started"], day("2012-05-01"), Decimal(30)]


def test_the_canonical_header_goes_before_its_variants(tmp_path: Path, words: SheetWords) -> None:
    sheet = [("内容", "日期", "单位", "企业", "方式", "事项"), ("谈了很久", "2012.3.5", "翠屏区", "甲", "电话", "建厂")]
    rows, report = read(save(tmp_path / "a.xlsx", {"拜访": sheet}), words, "visit")
    assert (report.faults, rows[0]["subject"]) == ([], "建厂")
    assert [(note.reason, note.column) for note in report.notes] == [("unknown_column", "内容")]


def test_names_that_only_begin_like_a_remark_or_end_like_a_sum_are_rows(tmp_path: Path, words: SheetWords) -> None:
    firms = [("名称", "简称"), ("注意力科技有限公司",), ("说明书印刷厂",), ("注1:本表不含个体户",)]
    rows, _ = read(save(tmp_path / "a.xlsx", {"企业": firms}), words, "enterprise")
    assert [row["name"] for row in rows] == ["注意力科技有限公司", "说明书印刷厂"]
    figures = [("名称", "期间", "数值"), ("全省外资合计", "2011年", 5)]
    rows, _ = read(save(tmp_path / "b.xlsx", {"外部数据": figures}), words, "published_figure")
    assert rows == [{"name": "全省外资合计", "period": "2011年", "value": "5"}]


def test_unknown_columns_and_sheets_are_remarked_not_refused(tmp_path: Path, words: SheetWords) -> None:
    path = save(
        tmp_path / "a.xlsx", {"说明": [("填表说明",)], "项目": [(*PROJECT, "上规日期", "备注"), (*BATTERY, 1, 2)]}
    )
    _, report = read(path, words, "project")
    assert report.faults == []
    assert [(note.reason, note.sheet, note.column) for note in report.notes] == [
        ("unknown_sheet", "说明", None),
        ("unknown_column", "项目", "上规日期"),
    ]
