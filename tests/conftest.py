"""What every test may ask for: a ledger on either database, and a unit of work on it."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from bot.catalog import load_catalog
from domain import schema
from domain.database import database_url as full_url
from domain.database import open_engine
from domain.ports import SheetWords
from domain.rules import default_rules
from domain.unit_of_work import Ledger, UnitOfWork
from tests import postgres
from tests.factories import NOW, NoNames

BACKENDS = ("sqlite", "postgresql")
NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    migrate(str(path))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Yield a server's URL, started once; its template database is migrated."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres.server())
        except postgres.NoServer as fault:
            reason = f"no PostgreSQL here: {fault}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        template = f"template_{uuid.uuid4().hex[:12]}"
        administer(url, f'CREATE DATABASE "{template}"')
        migrate(database_of(url, template))
        yield database_of(url, template)
        administer(url, f'DROP DATABASE "{template}" WITH (FORCE)')


@pytest.fixture(params=BACKENDS)
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Return a function that makes one more migrated, empty database of the kind under test."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        yield lambda: full_url(str(shutil.copy(template, tmp_path / f"{uuid.uuid4().hex}.db")))
        return
    url: str = request.getfixturevalue("postgres_server")
    made: list[str] = []

    def create() -> str:
        made.append(f"test_{uuid.uuid4().hex[:12]}")
        administer(url, f'CREATE DATABASE "{made[-1]}" TEMPLATE "{make_url(url).database}"')
        return database_of(url, made[-1])

    yield create
    for name in made:
        administer(url, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """Return the URL of a migrated, empty database; SQLite and PostgreSQL in turn."""
    return new_database()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Yield an engine on the database."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def words() -> SheetWords:
    """Return the real words of the workbook."""
    return load_catalog().sheet_words()


@pytest.fixture
def ledger(engine: Engine, words: SheetWords) -> Ledger:
    """Return the ledger on the database, empty; names are linked only where a test brings an index."""
    return Ledger(engine, words, NoNames(), default_rules())


@pytest.fixture
def uow(ledger: Ledger) -> Iterator[UnitOfWork]:
    """Yield a unit of work at the tests' usual moment; committed at the end."""
    with ledger.work(NOW) as work:
        yield work


def migrate(url: str) -> None:
    """Bring a database to the current schema and let go of it."""
    engine = open_engine(url)
    schema.upgrade(engine)
    engine.dispose()


def administer(url: str, statement: str) -> None:
    """Run one statement on the server's own database, outside a transaction."""
    engine = create_engine(database_of(url, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def database_of(url: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)
