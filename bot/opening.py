"""Opens a ledger with the words and names that the assistant knows."""

from pathlib import Path

from sqlalchemy.engine import make_url

from bot.catalog import load_catalog
from bot.names.book import NameBook
from bot.names.words import name_words
from domain import schema
from domain.database import database_url, open_engine
from domain.rules import default_rules
from domain.unit_of_work import Ledger


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


def name_book(ledger: Ledger) -> NameBook:
    """Return the names of an opened ledger."""
    assert isinstance(ledger.names, NameBook)
    return ledger.names
