"""Reads an exported workbook with pandas alone, into the rows that `Recount` counts."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

WAN = 10_000
SHEETS: dict[str, tuple[str, dict[str, str]]] = {
    "unit": ("单位", {"名称": "name", "类型": "kind", "上级单位": "parent", "省": "province", "市": "city"}),
    "enterprise": ("企业", {"名称": "name", "省": "province", "市": "city", "国家": "country"}),
    "project": (
        "项目",
        {
            "项目名称": "name", "投资方": "investors", "落户单位": "unit", "总投资": "total_investment",
            "投资方所在省": "investor_province", "投资方所在市": "investor_city",
            "签约日期": "reached.signed", "履约日期": "reached.fulfilled", "开工日期": "reached.started",
            "投产日期": "reached.producing", "终止日期": "reached.terminated",
        },
    ),
    "fund_record": (
        "到位资金",
        {"项目名称": "project", "月份": "month", "金额": "amount", "状态": "status", "核实金额": "verified_amount"},
    ),
    "visit": ("拜访", {"日期": "date", "单位": "unit", "企业": "enterprises", "方式": "mode", "状态": "planned"}),
    "trip": ("外出", {"单位": "unit", "开始日期": "start"}),
}  # fmt: skip
CODES: dict[str, dict[str, Any]] = {
    "kind": {"区县": "county", "开发区": "zone"},
    "status": {"上报": "reported", "已核实": "verified", "部分核减": "cut", "不予认定": "refused"},
    "mode": {"外出拜访": "outbound", "来访接待": "inbound"},
    "planned": {"计划": True, "已完成": False},
}
SEVERAL = ("investors", "enterprises")
MONEY = ("total_investment", "amount", "verified_amount")


def read_rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the sheets a recount needs, row by row."""
    books = pd.read_excel(path, sheet_name=[title for title, _ in SHEETS.values()])
    return {code: _rows(books[title], columns) for code, (title, columns) in SHEETS.items()}


def _rows(frame: pd.DataFrame, columns: dict[str, str]) -> list[dict[str, Any]]:
    known = frame[list(columns)].rename(columns=columns)
    return [{str(name): _value(str(name), cell) for name, cell in row.items()} for row in known.to_dict("records")]


def _value(name: str, cell: Any) -> Any:
    if pd.isna(cell):
        return [] if name in SEVERAL else None
    if name in MONEY:
        return Decimal(str(cell)) * WAN  # objects: a column of integers and blanks would turn into floats
    if name == "month":
        return pd.Timestamp(cell).date()
    if name in SEVERAL:
        return str(cell).split("、")
    if isinstance(cell, pd.Timestamp):
        return cell.date()
    return CODES[name].get(cell, cell) if name in CODES else cell
