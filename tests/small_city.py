"""A small city to talk about: few enough rows that a reader can work every figure out."""

import datetime as dt
from decimal import Decimal
from typing import Any

from domain.ledger.importing import import_tables
from domain.unit_of_work import Ledger
from tests.factories import NOW

YI = Decimal(100_000_000)
Rows = list[dict[str, Any]]


def build(ledger: Ledger) -> None:
    """Import the city."""
    with ledger.work(NOW - dt.timedelta(days=1), source="test") as uow:
        import_tables(uow, tables(), source="test")


def tables() -> dict[str, Rows]:
    """Return the city's rows by sheet."""
    return {
        "unit": units(),
        "person": people(),
        "enterprise": enterprises(),
        "project": projects(),
        "annual_plan": plans(),
        "fund_record": funds(),
        "target": targets(),
        "published_figure": [
            {"name": "到位省外资金全省位次", "period": "2025", "rank": 3, "source": "省投促局通报"},
        ],
    }


def units() -> Rows:
    def below(name: str, kind: str, order: int, **more: Any) -> dict[str, Any]:
        return {"name": name, "kind": kind, "parent": more.pop("parent", "宜宾市"), "sort_order": order, **more}

    return [
        {"name": "宜宾市", "short_name": "宜宾", "kind": "city", "province": "四川", "city": "宜宾", "sort_order": 0},
        below("宜宾市招商引资局", "department", 1, short_name="招商局", aliases=["投促局"]),
        below("翠屏区", "county", 2, short_name="翠屏"),
        below("江安县", "county", 3, short_name="江安"),
        below("珙县", "county", 4),
        below("临港经济开发区", "zone", 5, short_name="临港", aliases=["临港开发区"]),
        below("翠屏区驻深圳招商组", "team", 6, parent="翠屏区"),
    ]


def people() -> Rows:
    def who(name: str, unit: str, role: str, title: str) -> dict[str, Any]:
        return {"name": name, "unit": unit, "role": role, "title": title}

    return [
        who("陈晓", "翠屏区", "staff", "招商员"),
        who("张建国", "翠屏区", "unit_head", "招商局局长"),
        who("罗敏", "江安县", "staff", "招商员"),
        who("刘海", "宜宾市招商引资局", "statistician", "统计科科长"),
        who("曹志远", "宜宾市", "leader", "市长"),
        who("何平", "宜宾市", "supervisor", "督查目标办主任"),
        who("吴静", "宜宾市招商引资局", "administrator", "信息科科长"),
    ]


def enterprises() -> Rows:
    def firm(name: str, short: str, province: str, city: str) -> dict[str, Any]:
        return {"name": name, "short_name": short, "province": province, "city": city, "country": "中国"}

    return [
        firm("比亚迪股份有限公司", "比亚迪", "广东", "深圳"),
        firm("深圳华星电子科技有限公司", "华星电子", "广东", "深圳"),
        firm("成都天府重型机械有限公司", "天府重机", "四川", "成都"),
        firm("宜宾长江食品有限公司", "长江食品", "四川", "宜宾"),
    ]


def projects() -> Rows:
    def project(number: int, name: str, firm: str, unit: str, total: int, **dates: dt.date) -> dict[str, Any]:
        reached = {f"reached.{kind}": day for kind, day in dates.items()}
        return {
            "code": f"XM-{number:03}",
            "name": name,
            "investors": [firm],
            "unit": unit,
            "total_investment": total * YI,
            "supervision": "supervised",
            "staff": "陈晓" if unit == "翠屏区" else "罗敏",
            **reached,
        }

    day = dt.date
    return [
        project(
            1, "华星电子面板项目", "深圳华星电子科技有限公司", "翠屏区", 20,
            signed=day(2025, 3, 10), fulfilled=day(2025, 5, 6), started=day(2025, 8, 1),
        ),
        project(
            2, "天府重机装备项目", "成都天府重型机械有限公司", "江安县", 10,
            signed=day(2025, 6, 1), fulfilled=day(2025, 9, 1),
        ),
        project(3, "比亚迪电池项目", "比亚迪股份有限公司", "临港经济开发区", 50, signed=day(2026, 1, 15)),
        project(
            4, "长江食品扩建项目", "宜宾长江食品有限公司", "翠屏区", 2,
            signed=day(2025, 2, 1), terminated=day(2025, 12, 1),
        ),
    ]  # fmt: skip


def plans() -> Rows:
    return [{"project": "华星电子面板项目", "year": 2026, "planned_funds": 4 * YI}]


def funds() -> Rows:
    def arrival(project: str, year: int, month: int, amount: str, status: str = "verified") -> dict[str, Any]:
        value = Decimal(amount) * YI
        return {"project": project, "month": dt.date(year, month, 1), "amount": value, "status": status}

    return [
        arrival("华星电子面板项目", 2025, 1, "1"),
        arrival("华星电子面板项目", 2025, 2, "1"),
        arrival("天府重机装备项目", 2025, 2, "0.5"),
        arrival("华星电子面板项目", 2026, 1, "2"),
        arrival("华星电子面板项目", 2026, 2, "0.5", "reported"),
        arrival("天府重机装备项目", 2026, 2, "1.2"),
        arrival("比亚迪电池项目", 2026, 2, "3"),
        arrival("长江食品扩建项目", 2026, 1, "0.3"),
    ]


def targets() -> Rows:
    def target(unit: str, base: int, stretch: int | None, metric: str = "funds_outside_city") -> dict[str, Any]:
        return {
            "unit": unit,
            "year": 2026,
            "indicator": metric,
            "base": base * YI,
            "stretch": stretch * YI if stretch else None,
            "set_by": "given",
        }

    return [
        target("宜宾市", 40, 50),
        target("翠屏区", 16, 20),
        target("江安县", 10, 12),
        target("临港经济开发区", 14, 18),
    ]
