"""The wheel: holds the program and its words, no tests, and runs from where it is installed."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path, **settings: str) -> str:
    """Run a command to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("dist")
    run("hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder the wheel is installed into, without its dependencies."""
    folder = tmp_path_factory.mktemp("site")
    options = ("--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    run("pip", "install", *options, "--target", folder, wheel, folder=folder)
    return folder


def test_what_is_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"bot", "handlers", "domain"}
    words = {str(path.relative_to(ROOT)) for path in (ROOT / "locale").rglob("*") if path.is_file()}
    assert {name.removeprefix("bot/") for name in names if name.startswith("bot/locale/")} == words
    migrations = {str(path.relative_to(ROOT)) for path in (ROOT / "domain/migrations/versions").glob("*.py")}
    page = {str(path.relative_to(ROOT)) for path in (ROOT / "bot/simulator/page").rglob("*") if path.is_file()}
    assert migrations | page | {"domain/rules/default.toml"} <= set(names)
    assert not [name for name in names if "tests" in name.split("/") or name.endswith(".pyc")]


def test_the_installed_command_reads_its_own_words(installed: Path, tmp_path: Path) -> None:
    program = "import bot.catalog, domain; print(bot.catalog.locale_root(), domain.__file__)"
    shown = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert shown == [str(installed / "bot" / "locale"), str(installed / "domain" / "__init__.py")]
    assert "招商助手" in run("bot", "--help", folder=tmp_path, PYTHONPATH=str(installed))
    run("bot", "demo", "--load-only", "--database", "city.db", folder=tmp_path, PYTHONPATH=str(installed))
    assert "宜宾市" in run("bot", "doctor", "--database", "city.db", folder=tmp_path, PYTHONPATH=str(installed))
    assert (installed / "bin" / "zhaoshang").exists()
