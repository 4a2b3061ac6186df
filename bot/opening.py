"""Opens a ledger with the words and names that the assistant knows."""

import datetime as dt
import gc
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


def learn_names(ledger: Ledger, now: dt.datetime) -> None:
    """Read all names before the first message needs them; they stay, and are never searched for garbage."""
    gc.collect()
    gc.disable()  # what is learnt stays: searching it for garbage would take a quarter of the time
    try:
        with ledger.read(now) as uow:
            name_book(ledger).refresh(uow.connection)
        gc.freeze()  # among ten thousand names each full search would hold a message up by 0.1 s
    finally:
        gc.enable()
