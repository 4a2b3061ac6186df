"""`understand` in a pipe: every line is answered before the next one is needed, in order."""

import json
import subprocess
import sys
from pathlib import Path

from tests.corpus.lines import lines
from tests.terminal.command import AT, ROOT, environment, zhaoshang

ENOUGH = 1000


def test_a_line_is_answered_before_the_next_is_written(demo_template: Path) -> None:
    arguments = [sys.executable, "-m", "bot", "understand", "--database", str(demo_template)]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment(), encoding="utf-8"
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for text in ("今天去深圳拜访比亚迪", "全市到位市外资金多少", "撤销"):
            running.stdin.write(json.dumps({"text": text, "at": AT}, ensure_ascii=False) + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["text"] == text
        running.stdin.close()
        assert running.wait() == 0


def test_a_thousand_lines_are_answered_in_order(demo_template: Path) -> None:
    said = [line.text for line in lines()[:ENOUGH]]
    given = "".join(json.dumps({"text": text, "at": AT}, ensure_ascii=False) + "\n" for text in said)
    done = zhaoshang("understand", "--database", demo_template, given=given)
    assert (done.code, done.err) == (0, "")
    assert [line["text"] for line in done.lines] == said
