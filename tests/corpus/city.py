"""The small city with more to talk about: namesakes, near names, nicknames that fit several projects."""

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot.catalog import load_catalog
from bot.names.book import NameBook
from bot.names.words import name_words
from bot.parsing.reader import Reader
from domain.ledger.importing import import_tables
from domain.rules import default_rules
from domain.unit_of_work import Ledger
from tests import small_city
from tests.conftest import migrate
from tests.factories import NOW
from tests.small_city import YI, Rows


def reader(ledger: Ledger) -> Reader:
    """Return a reader that knows the ledger's names."""
    catalog = load_catalog()
    with ledger.read(NOW) as uow:
        return Reader(catalog, NameBook.load(uow.session, name_words(catalog)))


def build(engine: Engine) -> Ledger:
    """Return a ledger holding the city."""
    catalog = load_catalog()
    ledger = Ledger(engine, catalog.sheet_words(), NameBook(name_words(catalog)), default_rules())
    with ledger.work(NOW - dt.timedelta(days=1), source="test") as uow:
        import_tables(uow, tables(), source="test")
    return ledger


def fresh(path: Path) -> str:
    """Return the address of a new, migrated database file."""
    url = f"sqlite:///{path}"
    migrate(url)
    return url


def tables() -> dict[str, Rows]:
    """Return the city's rows by sheet."""
    small = small_city.tables()
    more = {"unit": units(), "person": people(), "enterprise": enterprises(), "project": projects()}
    return {sheet: [*rows, *more.get(sheet, [])] for sheet, rows in small.items()}


def units() -> Rows:
    """Return further units."""

    def below(name: str, kind: str, order: int, **more: Any) -> dict[str, Any]:
        return {"name": name, "kind": kind, "parent": more.pop("parent", "宜宾市"), "sort_order": order, **more}

    return [
        below("长宁县", "county", 7),
        below("南溪区", "county", 8),
        below("宜宾市自然资源和规划局", "department", 9, short_name="市自规局"),
        below("市本级", "city_office", 10),
    ]


def people() -> Rows:
    """Return further people; two of them share a name."""

    def who(name: str, unit: str, role: str, title: str) -> dict[str, Any]:
        return {"name": name, "unit": unit, "role": role, "title": title}

    return [
        who("李文斌", "宜宾市", "leader", "副市长"),
        who("王丽", "翠屏区", "staff", "投资促进科科长"),
        who("王丽", "江安县", "staff", "招商员"),
        who("郑强", "江安县", "unit_head", "经济合作局局长"),
        who("罗志刚", "临港经济开发区", "unit_head", "管委会主任"),
        who("赵晓梅", "临港经济开发区", "staff", "招商员"),
        who("周涛", "长宁县", "staff", "招商员"),
    ]


def enterprises() -> Rows:
    """Return further firms, some with names like each other's."""

    def firm(name: str, short: str | None, province: str, city: str) -> dict[str, Any]:
        return {"name": name, "short_name": short, "province": province, "city": city, "country": "中国"}

    return [
        firm("浙江华锐光伏科技有限公司", "华锐光伏", "浙江", "杭州"),
        firm("合肥国轩达新材料有限公司", "国轩达", "安徽", "合肥"),
        firm("四川能投新能源有限公司", "能投新能源", "四川", "成都"),
        firm("宁德时代新能源科技股份有限公司", "宁德时代", "福建", "宁德"),
        firm("广东锦泰锂电材料有限公司", "锦泰锂电", "广东", "东莞"),
    ]


def projects() -> Rows:
    """Return further projects: two of 锦泰, one of 光伏."""

    def project(number: int, name: str, firm: str, unit: str, total: int, **dates: dt.date) -> dict[str, Any]:
        return {
            "code": f"XM-{number:03}",
            "name": name,
            "investors": [firm],
            "unit": unit,
            "total_investment": total * YI,
            "supervision": "tracked",
            **{f"reached.{kind}": day for kind, day in dates.items()},
        }

    day = dt.date
    return [
        project(
            11, "华锐年产5GW光伏组件项目", "浙江华锐光伏科技有限公司", "翠屏区", 12, signed=day(2025, 10, 20), fulfilled=day(2025, 12, 2)
        ),
        project(12, "锦泰锂电正极材料项目", "广东锦泰锂电材料有限公司", "江安县", 8, signed=day(2025, 11, 5)),
        project(13, "锦泰锂电回收利用项目", "广东锦泰锂电材料有限公司", "长宁县", 3, signed=day(2025, 11, 5)),
        project(14, "国轩达导电剂项目", "合肥国轩达新材料有限公司", "南溪区", 5, signed=day(2026, 2, 10)),
    ]  # fmt: skip
