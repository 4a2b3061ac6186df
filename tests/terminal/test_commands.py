"""The remaining commands: help in Chinese, pushes, invitations, the self-check, the schema."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.ledger.sample import cells_of
from tests.terminal.command import AT, zhaoshang

MONDAY = "2026-03-23T08:30:00+08:00"
HAN = re.compile(r"[\u4e00-\u9fff]")
COMMANDS: tuple[list[str], ...] = (
    [],
    ["demo"],
    ["run"],
    ["chat"],
    ["understand"],
    ["import"],
    ["export"],
    ["push"],
    ["invite"],
    ["doctor"],
    ["db"],
    ["db", "upgrade"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words) or "zhaoshang")
def test_help_is_chinese(command: list[str]) -> None:
    done = zhaoshang(*command, "--help")
    assert (done.code, done.err) == (0, "")
    options = [line for line in done.out.splitlines() if re.search(r"│ +--", line)]
    assert options
    assert all(HAN.search(line) for line in options), options
    assert not [word for word in ("Show", "Options", "Arguments", "Commands") if word in done.out]


def test_help_lists_what_works_and_nothing_else() -> None:
    listed = zhaoshang("--help").out
    assert [words[0] for words in COMMANDS if len(words) == 1 and words[0] not in listed] == []
    assert not [later for later in ("report", "backup", "restore") if re.search(rf"│ {later} ", listed)]


@pytest.mark.parametrize("wrong", [["frob"], ["export"], ["chat", "--frob"], ["demo", "--port", "x"]], ids=" ".join)
def test_wrong_usage_is_one_line(wrong: list[str]) -> None:
    done = zhaoshang(*wrong)
    assert (done.code, done.out, len(done.said)) == (2, "", 1)
    assert HAN.search(done.err)


def outbox(database: Path) -> list[tuple[str, str]]:
    """Return what is owed, by kind and key."""
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT kind, key FROM outbox_message ORDER BY id").fetchall()


def test_monday_morning_without_sending(demo: Path, people: dict[str, str]) -> None:
    done = zhaoshang("push", "--at", MONDAY, "--dry-run", "--database", demo)
    assert (done.code, done.err) == (0, "")
    assert all(set(line) == {"to", "kind", "text", "figures"} for line in done.lines)
    assert {line["kind"] for line in done.lines} == {"ranking", "digest"}
    ranking = next(line for line in done.lines if line["kind"] == "ranking" and line["to"] == people["leader"])
    ranks = [figure["value"] for figure in ranking["figures"] if figure["metric"] == "rank"]
    assert len(ranks) == 11
    assert ranks == sorted(ranks)
    assert all(figure["unit"] == "宜宾市" or figure["unit"][:2] in ranking["text"] for figure in ranking["figures"])
    told = [line["to"] for line in done.lines if line["kind"] == "digest"]
    assert people["staff"] in told
    assert len(told) == len(set(told)) > 10  # bound or not
    assert outbox(demo) == []


def test_monday_morning_owes_each_push_once(demo: Path) -> None:
    first = zhaoshang("push", "--at", MONDAY, "--database", demo)
    owed = outbox(demo)
    again = zhaoshang("push", "--at", MONDAY, "--database", demo)
    assert (first.code, again.code) == (0, 0)
    assert sorted(kind for kind, _ in owed) == ["digest", "digest", "ranking"]  # the bound accounts among those told
    assert len({key for _, key in owed}) == 3
    assert outbox(demo) == owed


def test_nothing_is_due_on_a_tuesday(demo: Path) -> None:
    done = zhaoshang("push", "--at", "2026-03-24T08:29:00+08:00", "--database", demo)
    assert (done.code, done.out, outbox(demo)) == (0, "", [])


def test_a_reminder_made_in_the_chat_is_pushed_at_its_moment(demo: Path, people: dict[str, str]) -> None:
    said = {"user": people["staff"], "text": "明天下午三点提醒我给王总回电话", "at": AT}
    assert zhaoshang("chat", "--jsonl", "--database", demo, given=json.dumps(said)).code == 0
    done = zhaoshang("push", "--at", "2026-03-19T15:00:30+08:00", "--database", demo)
    assert [(line["to"], line["kind"]) for line in done.lines] == [(people["staff"], "reminder")]
    assert "给王总回电话" in done.lines[0]["text"]
    assert [kind for kind, _ in outbox(demo)] == ["reminder"]


def test_an_invitation_for_a_person(demo: Path, people: dict[str, str]) -> None:
    done = zhaoshang("invite", people["leader"], "--database", demo)
    assert (done.code, done.err) == (0, "")
    code = re.search(r"/start (\S+)", done.out)
    assert code is not None
    assert people["leader"] in done.out
    other = zhaoshang("--database", demo, "invite", people["leader"])  # the option may also come first
    assert code[1] not in other.out


def test_the_doctor_names_what_is_and_what_is_missing(demo: Path, tmp_path: Path) -> None:
    done = zhaoshang("doctor", "--database", demo)
    assert (done.code, done.err) == (0, "")
    assert "✓ 市:宜宾市" in done.out
    nothing = zhaoshang("doctor", "--database", tmp_path / "none.db")
    assert nothing.code == 2
    assert "zhaoshang import" in nothing.out
    assert not (tmp_path / "none.db").exists()


def test_the_schema_is_brought_up_once_and_again(tmp_path: Path) -> None:
    for _ in range(2):
        done = zhaoshang("db", "upgrade", "--database", tmp_path / "new.db")
        assert (done.code, done.err) == (0, "")
        assert HAN.search(done.out)


def test_the_demo_never_lands_in_a_real_ledger(demo: Path) -> None:
    done = zhaoshang("demo", "--load-only", "--database", demo)
    assert (done.code, done.out, len(done.said)) == (2, "", 1)
    assert "--database" in done.err


@pytest.mark.slow
def test_the_same_day_gives_the_same_city(workbook: Path, tmp_path: Path) -> None:
    later = AT.replace("T10", "T22")
    assert zhaoshang("demo", "--load-only", "--database", tmp_path / "again.db", "--at", later).code == 0
    zhaoshang("export", tmp_path, "--database", tmp_path / "again.db")
    assert cells_of(tmp_path / "ledger.xlsx") == cells_of(workbook)
