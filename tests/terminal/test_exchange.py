"""`import` and `export`: the ledger goes out and comes back the same, cell by cell."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.sample import Cells, cells_of, save
from tests.terminal.command import chat, zhaoshang

NEW_UNIT: dict[str, Sequence[Sequence[Any]]] = {
    "单位": [("名称", "类型", "上级单位"), ("沙坪镇", "乡镇街道", "翠屏区")]
}
RECORDS = (
    (
        "昨天和张志强、吕一伟去深圳南山区拜访深圳市凌远电池技术有限公司的王总、李经理,对方想投3到5亿建锂电池项目,"
        "要300到500亩地,获取到线索,下一步请他们来考察,下周三前回话"
    ),
    "3月10日去成都拜访四川朗岚机械制造集团有限公司,谈朗岚机械精密铸件项目增资,对方想再投2000多万美元,推进洽谈,4月份再去",
    "今天接待上海博睿生物医药有限公司一行6人,由陈总带队,大概要80亩地,计划投资约1.2亿元,做生物医药",
    "上周五在上海参加进博会,见了杭州云启软件有限公司,对方有意投资上亿",
    "今天在西博会接待了客商12人",
    "昨天接待客商8人,介绍了我区的投资环境",
    "今天和广州海纳食品有限公司的赵总通了电话,对方至少要50亩地,不超过8000万,没有进展",
    "明天下午去重庆拜访重庆渝江汽车零部件有限公司,谈汽车零部件项目,要100亩以上",
    "计划下周二去东莞拜访东莞市华拓电子有限公司、东莞市精诚模具有限公司",
    "今天与北京中科智联科技有限公司视频洽谈,对方想投五六千万港币,签约前景好,下个月底前给答复",
)


def export(database: Path, folder: Path) -> Cells:
    """Export a database and return the cells."""
    done = zhaoshang("export", folder, "--database", database)
    assert (done.code, done.err) == (0, "")
    return cells_of(folder / "ledger.xlsx")


def columns(rows: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """Return the filled cells under each header."""
    return {header: [cell for cell in cells if cell is not None] for header, *cells in zip(*rows, strict=True)}


def test_a_second_import_changes_nothing(workbook: Path, demo: Path) -> None:
    done = zhaoshang("import", workbook, "--database", demo)
    assert (done.code, done.err) == (0, "")
    sheets = [line for line in done.out.splitlines() if "不变" in line]
    assert len(sheets) == 12
    assert all("新增 0,更改 0," in line and line.endswith("退回 0") for line in sheets)


@pytest.mark.slow
def test_out_and_in_and_out_again(workbook: Path, tmp_path: Path) -> None:
    done = zhaoshang("import", workbook, "--database", tmp_path / "new.db")
    assert done.code == 0, done.err
    assert export(tmp_path / "new.db", tmp_path) == cells_of(workbook)


@pytest.mark.slow
def test_out_and_in_with_ten_records_made_in_the_chat(
    workbook: Path, demo: Path, people: dict[str, str], tmp_path: Path
) -> None:
    staff = people["staff"]
    done = chat(demo, *({"user": staff, "text": text} for text in RECORDS))
    assert done.code == 0
    assert [line["replies"][0]["buttons"] for line in done.lines] == [[["撤销", "修改"]]] * len(RECORDS)
    before = cells_of(workbook)
    with_records = export(demo, tmp_path / "first")
    assert len(with_records["拜访"]) == len(before["拜访"]) + len(RECORDS)
    header, *rows = with_records["拜访"]
    made = columns([header, *(row for row in rows if row not in set(before["拜访"]))])
    assert [name for name, cells in made.items() if not cells] == []  # every column was filled by some record
    again = zhaoshang("import", tmp_path / "first" / "ledger.xlsx", "--database", tmp_path / "new.db")
    assert again.code == 0, again.err
    assert export(tmp_path / "new.db", tmp_path / "second") == with_records
    same = zhaoshang("import", tmp_path / "first" / "ledger.xlsx", "--database", demo)
    assert same.code == 0
    assert all("新增 0,更改 0," in line for line in same.out.splitlines() if "不变" in line)


@pytest.mark.parametrize(
    ("title", "header", "row", "wrong"),
    [
        ("拜访", ("日期", "单位", "企业", "方式"), ("2026-03-01", "翠屏区", "甲公司", "走走"), "走走"),
        ("拜访", ("日期", "单位", "企业", "方式"), ("2月30日", "翠屏区", "甲公司", "电话"), "2月30日"),
        ("到位资金", ("项目名称", "月份", "金额"), ("没有这个项目", "2026-01", 5), "没有这个项目"),
    ],
)
def test_one_fault_and_nothing_is_taken(
    demo: Path, tmp_path: Path, title: str, header: tuple[str, ...], row: tuple[Any, ...], wrong: str
) -> None:
    file = save(tmp_path / "wrong.xlsx", {**NEW_UNIT, title: [header, row]})
    before = rows_of(demo)
    done = zhaoshang("import", file, "--database", demo)
    assert done.code == 2
    fault, summary = done.said
    assert all(word in fault for word in (title, "2", wrong))
    assert "没有导入" in summary
    assert rows_of(demo) == before


def test_a_dry_run_says_and_writes_nothing(demo: Path, tmp_path: Path) -> None:
    before = rows_of(demo)
    done = zhaoshang("import", save(tmp_path / "new.xlsx", NEW_UNIT), "--database", demo, "--dry-run")
    assert (done.code, done.err) == (0, "")
    assert "新增 1" in done.out
    assert "没有写入" in done.out
    assert rows_of(demo) == before


def rows_of(database: Path) -> tuple[int, ...]:
    """Return how many rows the tables hold."""
    with sqlite3.connect(database) as connection:
        tables = ("unit", "visit", "fund_record", "audit")
        return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
