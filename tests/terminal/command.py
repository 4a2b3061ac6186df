"""Runs the real command in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

AT = "2026-03-18T10:00:00+08:00"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return the printed JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def said(self) -> list[str]:
        """Return the lines on the error stream."""
        return [line for line in self.err.splitlines() if line.strip()]


def zhaoshang(
    *arguments: str | Path, given: str = "", folder: Path | None = None, settings: Mapping[str, str] | None = None
) -> Ended:
    """Run `zhaoshang` with nothing of ours set in the environment but `settings`."""
    with tempfile.TemporaryDirectory() as name:
        files = {stream: Path(name) / stream for stream in ("stdin", "stdout", "stderr")}
        files["stdin"].write_text(given, encoding="utf-8")
        request = {
            "arguments": [str(argument) for argument in arguments],
            "folder": str(folder or name),
            "environment": {**environment(), **(settings or {})},
            **{stream: str(path) for stream, path in files.items()},
        }
        code = _asked(request)
        ended = Ended(code, *(files[stream].read_text(encoding="utf-8") for stream in ("stdout", "stderr")))
    assert "Traceback" not in ended.out + ended.err, ended.err
    return ended


def chat(database: Path, *requests: Mapping[str, Any], at: str = AT) -> Ended:
    """Say lines in one `chat --jsonl`."""
    given = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in requests)
    return zhaoshang("chat", "--jsonl", "--database", database, "--at", at, given=given)


def environment() -> dict[str, str]:
    """Return the environment without our own settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ZHAOSHANG_")}
    return inherited | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}


@cache
def _warm() -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "tests.terminal.warm"]
    return subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def cool() -> None:
    """End the process that runs the commands."""
    running = _warm()
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.close()
    running.stdout.close()
    running.wait(10)
    _warm.cache_clear()


def _asked(request: Mapping[str, Any]) -> int:
    running = _warm()
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(json.dumps(request) + "\n")
    running.stdin.flush()
    return int(running.stdout.readline())
