"""What cannot be done: exit code 2 and one sentence that names the thing, never a traceback."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.ledger.sources import ENCRYPTED_MARK, OLE_MARK
from tests.ledger.sample import save
from tests.terminal.command import Ended, chat, environment, zhaoshang

PEOPLE = [("姓名", "单位", "角色"), ("陈晓", "宜宾市", "招商员")]
UNITS = [("名称", "类型", "上级单位", "省", "市"), ("宜宾市", None, None, "四川", "宜宾")]


def refused(done: Ended, *named: str) -> str:
    """Return the one sentence a command was refused with; it names what must be named."""
    assert done.code == 2, done
    assert done.out == ""
    (sentence,) = done.said
    assert all(word in sentence for word in named), sentence
    return sentence


@pytest.fixture
def empty(sqlite_template: Path, tmp_path: Path) -> Path:
    """Return an empty ledger."""
    return Path(shutil.copy(sqlite_template, tmp_path / "empty.db"))


def with_people(database: Path, folder: Path, *more: tuple[str, ...]) -> Path:
    """Take a city with a few people into a ledger."""
    file = save(folder / "people.xlsx", {"单位": UNITS, "人员": [*PEOPLE, *more]})
    assert zhaoshang("import", file, "--database", database).code == 0
    return database


MONDAY = "2026-03-23T08:30:00+08:00"
NOWHERE = "/no/such/folder/ledger.db"


@pytest.mark.parametrize(
    ("arguments", "database"),
    [
        (["chat", "--jsonl"], NOWHERE),
        (["import", __file__], NOWHERE),
        (["db", "upgrade"], NOWHERE),
        (["demo", "--load-only"], NOWHERE),
        (["doctor"], __file__),
        (["understand"], __file__),
        (["export", "out"], "mysql://somewhere/ledger"),
        (["invite", "陈晓"], "nothing://x"),
        (["push", "--at", "2026-03-23"], "postgresql://nobody@127.0.0.1:1/none"),
    ],
)
def test_a_database_that_cannot_be_opened(arguments: list[str], database: str, tmp_path: Path) -> None:
    refused(zhaoshang(*arguments, "--database", database, folder=tmp_path), "数据库打不开")


def test_people_the_directory_does_not_know(empty: Path) -> None:
    said = {
        refused(zhaoshang("invite", "王五", "--database", empty), "王五"),
        refused(zhaoshang("chat", "--as", "王五", "--database", empty, given="你好\n"), "王五"),
    }
    done = chat(empty, {"user": "王五", "text": "你好"})
    assert (done.code, done.said) == (2, [])
    assert {line["error"] for line in done.lines} | said == said
    refused(zhaoshang("chat", "--database", empty, given="你好\n"), "--as")


@pytest.mark.parametrize("at", ["yesterday", "2026-02-30T08:00", ""])
def test_a_moment_that_is_none(at: str, empty: Path) -> None:
    refused(zhaoshang("push", "--at", at, "--database", empty), f"“{at}”")


def _encrypted(path: Path) -> None:
    path.write_bytes(OLE_MARK + b"\0" * 64 + ENCRYPTED_MARK)


def _half(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 half a file")


FILES: dict[str, tuple[str, Callable[[Path], Any], tuple[str, ...]]] = {
    "missing": ("缺.xlsx", lambda _: None, ("缺.xlsx", "找不到")),
    "broken": ("坏.xlsx", _half, ("坏.xlsx", "损坏")),
    "locked": ("锁.xlsx", _encrypted, ("锁.xlsx", "密码")),
    "empty": ("空.xlsx", lambda path: path.write_bytes(b""), ("空.xlsx", "空文件")),
    "other type": ("文.docx", lambda path: path.write_bytes(b"PK"), ("文.docx", ".xlsx")),
    "other sheets": ("表.xlsx", lambda path: save(path, {"Sheet1": [("甲",)]}), ("表.xlsx", "Sheet1", "工作表")),
    "no header": ("头.xlsx", lambda path: save(path, {"单位": [("甲", "乙"), (1, 2)]}), ("单位", "表头", "名称")),
    "lacks a column": ("列.xlsx", lambda path: save(path, {"人员": [PEOPLE[0][:2], PEOPLE[1][:2]]}), ("人员", "角色")),
    "a row twice": (
        "重.xlsx",
        lambda path: save(path, {"单位": [*UNITS, ("宜宾市", "区县", None, "四川", "宜宾")]}),
        ("单位", "3", "同一条记录"),
    ),
    "a wrong cell": (
        "格.xlsx",
        lambda path: save(path, {"人员": [PEOPLE[0], ("甲", "乙", "丙")]}),
        ("人员", "2", "丙"),
    ),
}


def test_files_that_cannot_be_imported(empty: Path, tmp_path: Path) -> None:
    reasons = set()
    for kind, (name, make, named) in FILES.items():
        make(tmp_path / name)
        done = zhaoshang("import", tmp_path / name, "--database", empty)
        assert done.code == 2, kind
        faults = [line for line in done.said if all(word in line for word in named)]
        assert faults, (kind, done.err)
        reasons.add(re.sub(r"\w+\.\w+", "", faults[0]))
    assert len(reasons) == len(FILES)
    with sqlite3.connect(empty) as connection:
        assert connection.execute("SELECT (SELECT count(*) FROM unit), (SELECT count(*) FROM audit)").fetchone() == (
            0,
            0,
        )


def test_what_run_needs_first(empty: Path, tmp_path: Path) -> None:
    def run(**settings: str) -> Ended:
        return zhaoshang("run", "--database", empty, settings={f"ZHAOSHANG_{key}": settings[key] for key in settings})

    sentences = [refused(run(), "ZHAOSHANG_TOKEN"), refused(run(TOKEN="1:a"), "zhaoshang import")]
    with_people(empty, tmp_path)
    sentences.append(refused(run(TOKEN="1:a"), "管理员", "zhaoshang import"))
    with_people(empty, tmp_path, ("吴静", "宜宾市", "管理员"))
    sentences.append(refused(run(TOKEN="1:a"), "zhaoshang invite 吴静"))
    sentences.append(refused(run(TIMEZONE="Mars/Olympus"), "ZHAOSHANG_TIMEZONE"))
    assert len(set(sentences)) == 5


@pytest.mark.parametrize("arguments", [["export", "out"], ["understand"], ["doctor"], ["run"]], ids=" ".join)
def test_an_older_schema_is_refused(arguments: list[str], empty: Path, tmp_path: Path) -> None:
    with sqlite3.connect(empty) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    done = zhaoshang(*arguments, "--database", empty, folder=tmp_path, settings={"ZHAOSHANG_TOKEN": "1:a"})
    refused(done, "zhaoshang db upgrade")


def test_a_closed_pipe_ends_quietly(demo_template: Path) -> None:
    command = [sys.executable, "-m", "bot", "push", "--at", MONDAY, "--dry-run", "--database", str(demo_template)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
