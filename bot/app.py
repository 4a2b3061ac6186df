"""The composition root: the only place that builds the assistant and connects its parts."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

import handlers
from bot.catalog import Catalog, load_catalog
from bot.dispatch import Dispatch
from bot.names.book import NameBook
from bot.names.words import name_words
from bot.parsing.reader import Reader
from bot.wording.words import Wording
from domain import schema
from domain.database import database_url, open_engine
from domain.rules import default_rules
from domain.unit_of_work import Ledger
from handlers.contract import REGISTRY, Handler


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything that understands, answers and words; no Telegram in it."""

    catalog: Catalog
    ledger: Ledger
    reader: Reader
    wording: Wording
    dispatch: Dispatch


def open_ledger(database: str) -> Ledger:
    """Open a ledger; an empty database is brought to the current schema, an older one refused."""
    engine = open_engine(database)
    schema.ensure(engine)
    catalog = load_catalog()
    return Ledger(engine, catalog.sheet_words(), NameBook(name_words(catalog)), default_rules())


def peek_ledger(database: str) -> Ledger:
    """Open a ledger for reading; where there is no database, an empty one in memory."""
    url = make_url(database_url(database))
    absent = url.drivername.startswith("sqlite") and url.database and not Path(url.database).exists()
    return open_ledger("sqlite://" if absent else database)


def build(ledger: Ledger) -> Assistant:
    """Build the assistant on a ledger."""
    catalog = load_catalog()
    assert isinstance(ledger.names, NameBook)
    reader = Reader(catalog, ledger.names)
    return Assistant(catalog, ledger, reader, Wording(catalog), Dispatch(ledger, reader, load_handlers()))


def load_handlers() -> Mapping[str, Handler]:
    """Import every module of `handlers` and return what they registered."""
    for module in pkgutil.iter_modules(handlers.__path__):
        importlib.import_module(f"handlers.{module.name}")
    return REGISTRY
