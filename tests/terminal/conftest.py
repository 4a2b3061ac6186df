"""One demo city a session; each test gets a copy of its own."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.command import AT, cool, zhaoshang


@pytest.fixture(scope="session", autouse=True)
def _warmth() -> Iterator[None]:
    yield
    cool()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database filled by `zhaoshang demo --load-only`."""
    path = tmp_path_factory.mktemp("demo") / "zhaoshang-demo.db"
    done = zhaoshang("demo", "--load-only", "--database", path, "--at", AT)
    assert done.code == 0, done.err
    return path


@pytest.fixture(scope="session")
def workbook(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo city's workbook as `zhaoshang export` writes it."""
    folder = tmp_path_factory.mktemp("exported")
    done = zhaoshang("export", folder, "--database", demo_template)
    assert done.code == 0, done.err
    return folder / "ledger.xlsx"


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    """Return a demo city to write into."""
    return Path(shutil.copy(demo_template, tmp_path / "demo.db"))


@pytest.fixture(scope="session")
def people(demo_template: Path) -> dict[str, str]:
    """Return one bound person of each role."""
    with sqlite3.connect(demo_template) as connection:
        query = "SELECT role, name FROM person JOIN account ON account.person_id = person.id"
        return dict(connection.execute(query).fetchall())
