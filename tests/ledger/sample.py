"""A small whole city: every sheet, every column, every way of saying a quantity."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from domain.ledger.exporting import collect
from domain.ledger.faults import Report
from domain.ledger.importing import import_files, import_tables
from domain.ledger.rows import Tables
from domain.ledger.workbook import write_workbook
from domain.unit_of_work import Ledger
from tests.factories import NOW

Cells = dict[str, list[tuple[Any, ...]]]  # sheet title -> rows, the header first


def day(text: str) -> dt.date:
    """Return a date."""
    return dt.date.fromisoformat(text)


def yuan(ten_thousands: str) -> Decimal:
    """Return 元 of 万元."""
    return Decimal(ten_thousands) * 10_000


def between(low: float | None, high: float | None, **more: Any) -> dict[str, Any]:
    """Return a quantity."""
    return {"min": low, "max": high, **more}


def city() -> Tables:
    """Return the sample city as typed rows, new at every call."""
    return _who() | _projects() | _money() | _talks()


def _who() -> Tables:
    return {
        "unit": [
            {"name": "宜宾市", "short_name": "宜宾", "kind": "city", "province": "四川省", "city": "宜宾市"},
            {
                "name": "翠屏区",
                "kind": "county",
                "parent": "宜宾市",
                "aliases": ["翠屏", "老城区"],
                "sort_order": 2,
                "group_name": "一组",
            },
            {"name": "南溪区", "short_name": "南溪", "kind": "county", "parent": "宜宾市", "sort_order": 1},
            {"name": "临港园区", "kind": "park", "parent": "翠屏区"},
        ],
        "person": [
            {"name": "王强", "unit": "翠屏区", "role": "staff", "title": "科员", "phone": "13800000001"},
            {"name": "王强", "unit": "南溪区", "role": "unit_head"},
            {"name": "周敏", "unit": "宜宾市", "role": "statistician"},
        ],
        "enterprise": [
            {
                "name": "甲辰电池股份有限公司",
                "short_name": "甲辰电池",
                "aliases": ["甲辰", "JC Battery Co., Ltd."],
                "credit_code": "91330000000000001X",
                "province": "浙江省",
                "city": "杭州市",
                "country": "中国",
                "nature": "民企",
                "tags": ["上市公司", "专精特新"],
                "industry": "电池",
            },
            {"name": "Nordlicht AG", "country": "德国"},
        ],
    }


def _projects() -> Tables:
    return {
        "project": [
            {
                "code": "YB-2011-001",
                "name": "动力电池项目",
                "investors": ["甲辰电池股份有限公司", "Nordlicht AG"],
                "unit": "翠屏区",
                "total_investment": yuan("200000.123456"),
                "fixed_investment": yuan("150000"),
                "industry_class": "二产",
                "industry": "电池",
                "investor_province": "浙江省",
                "investor_city": "杭州市",
                "supervision": "supervised",
                "packaged": True,
                "event": "西博会",
                "leader": "张副市长",
                "staff": "王强(翠屏区)",
                "land_mu": Decimal("300.5"),
                "reached.signed": day("2011-03-05"),
                "reached.registered": day("2011-04-01"),
                "reached.fulfilled": day("2011-05-01"),
                "reached.started": day("2011-06-01"),
                "reached.topped_out": day("2011-12-20"),
                "planned.producing": day("2012-10-01"),
                "unverified": ["started", "topped_out"],
            },
            {"name": "同名项目", "investors": ["Nordlicht AG"], "unit": "南溪区", "total_investment": yuan("1")},
            {
                "code": "YB-2011-002",
                "name": "同名项目",
                "investors": ["新来的公司"],
                "unit": "南溪区",
                "total_investment": yuan("2"),
                "reached.terminated": day("2012-01-01"),
                "reached.signed": day("2011-01-01"),
            },
            {"name": "待推项目", "unit": "南溪区", "total_investment": yuan("3000"), "packaged": True},
        ],
        "annual_plan": [
            {
                "project": "动力电池项目",
                "year": 2012,
                "planned_funds": yuan("5000"),
                "physical_progress": "主体完工",
                "supervision": "tracked",
                "packaged": False,
            }
        ],
        "issue": [
            {
                "project": "动力电池项目",
                "category": "land",
                "description": "=还差30亩用地指标",
                "department": "市国土局",
                "raised_on": day("2012-02-01"),
                "wanted_by": day("2012-04-30"),
                "status": "已受理",
                "solved_on": day("2012-03-20"),
            }
        ],
    }


def _money() -> Tables:
    arrival = {"project": "动力电池项目", "month": day("2012-01-01"), "amount": yuan("500.5"), "status": "verified"}
    return {
        "fund_record": [
            arrival,
            dict(arrival),
            arrival | {"status": "cut", "verified_amount": yuan("300"), "voucher": "进账单2"},
            {"project": "YB-2011-002", "month": day("2012-02-01"), "amount": yuan("0.01"), "status": "reported"},
        ],
        "target": [
            {
                "unit": "宜宾市",
                "year": 2012,
                "indicator": "funds_outside_city",
                "base": yuan("5080000"),
                "stretch": yuan("5500000"),
                "set_by": "given",
                "list_name": "supervised",
                "schedule.3": yuan("1000000"),
                "schedule.12": yuan("5080000"),
            },
            {
                "unit": "宜宾市",
                "year": 2012,
                "indicator": "fulfilment_rate",
                "base": Decimal("0.95"),
                "set_by": "own",
                "list_name": "packaged",
                "schedule.7": Decimal("0.5"),
            },
            {
                "unit": "南溪区",
                "year": 2012,
                "indicator": "signed_count",
                "stretch": Decimal(20),
                "set_by": "given",
                "list_name": "supervised",
            },
        ],
        "published_figure": [
            {"name": "省内排名", "period": "2011年", "rank": 8, "source": "省统计局"},
            {"name": "汇率 USD", "period": "2012", "value": "6.3125"},
            {"name": "到位资金增速", "period": "2010年", "value": "38.8%", "source": "公报"},
        ],
    }


def _talks() -> Tables:
    full = {
        "date": day("2012-03-01"),
        "unit": "翠屏区",
        "enterprises": ["甲辰电池股份有限公司", "路上遇到的企业"],
        "mode": "outbound",
        "planned": False,
        "place": "深圳",
        "participants": ["张局", "王强(翠屏区)"],
        "contacts": ["李总"],
        "subject": "建电池厂\n要 300 亩地",
        "result": "progress",
        "next_step": "报方案",
        "follow_up": {"start": day("2012-03-12"), "end": day("2012-03-18")},
        "project": "动力电池项目",
        "event": "高交会",
        "amount": between(2_000_000_000, 2_000_000_000, currency="CNY"),
        "land_mu": between(300, 300),
        "industry": "电池",
        "people_count": between(3, 5),
    }
    amounts = [
        between(100_000_000, None, currency="CNY"),
        between(None, 50_000_000, currency="CNY"),
        between(300_000_000, 500_000_000, currency="CNY", approx=True),
        between(12_345_678.9, 12_345_678.9, currency="CNY"),
        between(20_000_000, 20_000_000, currency="USD"),
        between(20_000_000, None, currency="EUR", approx=True),
    ]
    vague = [
        {"date": day("2012-03-02"), "unit": "南溪区", "enterprises": ["Nordlicht AG"], "mode": "phone"}
        | {"planned": True, "subject": f"第{number}次", "amount": amount, "land_mu": between(None, 100.5, approx=True)}
        | {"follow_up": {"start": None, "end": day("2012-03-31")}, "people_count": between(10, None)}
        for number, amount in enumerate(amounts)
    ]
    fair = {"date": day("2012-03-03"), "unit": "南溪区", "mode": "event", "planned": False, "event": "西博会"}
    return {
        "visit": [full, *vague, fair],
        "lead": [
            {
                "code": "XS-1",
                "enterprise": "Nordlicht AG",
                "unit": "南溪区",
                "source": "展会活动",
                "registered_by": "王强(南溪区)",
                "registered_on": day("2012-02-02"),
                "amount": between(30_000_000, 50_000_000, currency="USD"),
                "land_mu": between(100, 150),
                "industry": "机械",
                "content": "建厂",
                "judgement": "valid",
                "status": "跟进",
            },
            {"enterprise": "只有线索的企业", "unit": "翠屏区", "registered_on": day("2012-02-03")},
        ],
        "trip": [
            {
                "unit": "翠屏区",
                "leader": "张副市长",
                "leader_level": "市级领导",
                "start": day("2012-02-10"),
                "end": day("2012-02-13"),
                "places": ["深圳", "东莞"],
                "people_count": 5,
                "enterprise_count": 7,
                "purpose": "招商推介",
            }
        ],
    }


def take(ledger: Ledger, tables: Tables) -> Report:
    """Take typed rows into a ledger."""
    with ledger.work(NOW) as uow:
        return import_tables(uow, tables)


def fill(ledger: Ledger) -> None:
    """Take the sample city into a ledger."""
    report = take(ledger, city())
    assert not report.refused, report.faults


def rows_of(ledger: Ledger) -> Tables:
    """Return everything a ledger holds."""
    with ledger.read(NOW) as uow:
        return collect(uow)


def export(ledger: Ledger, path: Path) -> Path:
    """Write a ledger's workbook."""
    write_workbook(rows_of(ledger), ledger.words, path)
    return path


def cells_of(path: Path) -> Cells:
    """Return every cell of a workbook."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}


def save(
    path: Path, sheets: dict[str, Sequence[Sequence[Any]]], merged: dict[str, Sequence[str]] | None = None
) -> Path:
    """Write a workbook as a person would have made it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for reference in (merged or {}).get(title, ()):
            sheet.merge_cells(reference)
    book.save(path)
    return path


def bring(ledger: Ledger, path: Path, **more: Any) -> Report:
    """Import one file."""
    return import_files(ledger, [path], NOW, **more)


def reasons(report: Report) -> list[tuple[str | None, int | None, str | None, str]]:
    """Return where and why rows were refused."""
    return [(fault.sheet, fault.row, fault.column, fault.reason) for fault in report.faults]
