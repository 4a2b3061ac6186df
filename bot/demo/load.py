"""Puts a demo city into a ledger, or into a workbook, by the ways real ones take."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from bot.catalog import load_catalog
from bot.demo.city import build_city
from bot.demo.recipe import DEFAULT_CITY, read_recipe
from bot.demo.suggestions import suggestions
from domain.ledger.faults import Report
from domain.ledger.importing import import_tables
from domain.ledger.workbook import write_workbook
from domain.unit_of_work import Ledger

__all__ = ["build_workbook", "load_demo", "suggestions"]

Progress = Callable[[int, int], None]  # rows done, rows in all
SOURCE = "demo"


def load_demo(ledger: Ledger, at: dt.datetime, *, city: str = DEFAULT_CITY, progress: Progress | None = None) -> Report:
    """Take the demo city of a day into a ledger in one transaction; the report says how it went."""
    tables = build_city(read_recipe(load_catalog(), city), at)
    with ledger.work(at, source=SOURCE) as uow:
        return import_tables(uow, tables, source=SOURCE, progress=progress)


def build_workbook(at: dt.datetime, path: Path, *, city: str = DEFAULT_CITY) -> None:
    """Write the demo city of a day as the workbook that `import` reads."""
    catalog = load_catalog()
    write_workbook(build_city(read_recipe(catalog, city), at), catalog.sheet_words(), path)
