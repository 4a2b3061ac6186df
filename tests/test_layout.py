"""The tree is as the README says."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for folder in ("bot", "handlers", "domain") for path in (ROOT / folder).rglob("*.py"))
HAN = re.compile(r"[\u4e00-\u9fff]")
TOP = {
    "bot", "handlers", "domain", "locale", "tests", "pyproject.toml", "README.md",
    "Makefile", "LICENSE", "CHANGELOG.md", "requirements.lock",
}  # fmt: skip


def test_locale_holds_data_only() -> None:
    data = {".toml": "", ".txt": "examples", ".json": "learnt"}  # by ending, the one folder it may stand in
    odd = [
        path
        for path in (ROOT / "locale").rglob("*")
        if path.is_file() and data.get(path.suffix) not in ("", path.parent.name)
    ]
    assert odd == []


def test_top_level_holds_what_was_agreed() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    names = {line.split("/")[0] for line in tracked.splitlines()}
    assert {name for name in names if not name.startswith(".")} <= TOP


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert len(docstring.splitlines()[0]) <= 120


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_chinese_is_in_the_catalog(path: Path) -> None:
    if "grammar" in path.parts:
        pytest.skip("the grammar may hold numerals, units and calendar words")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}  # type: ignore[attr-defined]
    said = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    ]
    assert [text for text in said if HAN.search(text)] == []


def test_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = {path.parent.relative_to(ROOT).parts[:2] for path in SOURCES}
    missing = ["/".join(room) for room in rooms if room[-1] not in readme]
    assert missing == []


def _has_docstring(node: ast.AST) -> bool:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, holders) and ast.get_docstring(node) is not None
