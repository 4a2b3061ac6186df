"""The small city the corpus is said in, as a name book and a reader."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bot.catalog import load_catalog
from bot.names.book import NameBook
from bot.names.words import name_words
from bot.parsing.reader import Reader
from domain.models import Base, Enterprise, Investor, Person, Project, Unit

NOW = dt.datetime.fromisoformat("2026-03-18T10:00:00+08:00")
HERE = Path(__file__).parent


def rows() -> list[Base]:
    """Return the ledger's rows, those others point to first."""
    table: dict[str, list[dict[str, Any]]] = json.loads((HERE / "ledger.json").read_text(encoding="utf-8"))
    return [
        *(Unit(**row) for row in table["units"]),
        *(Person(**row) for row in table["people"]),
        *(Enterprise(**row) for row in table["enterprises"]),
        *(Project(**row) for row in table["projects"]),
        *(Investor(**row) for row in table["investors"]),
    ]


def fill(session: Session) -> None:
    """Put the small city into an empty database."""
    for row in rows():
        session.add(row)
        session.flush()


@cache
def reader() -> Reader:
    """Return a reader that knows the small city's names."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        fill(session)
        return Reader(load_catalog(), NameBook.load(session.connection(), name_words(load_catalog())))
