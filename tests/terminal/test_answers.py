"""`chat --jsonl`: figures asked in Chinese against a recount of the exported workbook."""

import json
import random
from calendar import monthrange
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from tests.demo.recount import Recount
from tests.terminal.command import AT, chat, zhaoshang
from tests.terminal.workbook import read_rows

SEED, DRAWN = 2012, 24
YEARS = (2010, 2011, 2012, 2024, 2025)


@pytest.fixture(scope="module")
def city(workbook: Path) -> Recount:
    return Recount(read_rows(workbook))


def test_the_sentence_of_the_speech(demo_template: Path, people: dict[str, str]) -> None:
    said = {"user": people["leader"], "text": "2011年全市到位市外资金多少"}
    line = json.dumps(said, ensure_ascii=False) + "\n"
    done = zhaoshang("chat", "--jsonl", "--database", demo_template, given=line)  # whatever day it is
    assert (done.code, done.err) == (0, "")
    (reply,) = done.lines[0]["replies"]
    assert set(reply) == {"to", "text", "buttons", "files", "figures"}
    assert reply["to"] == people["leader"]
    verified, _, growth = reply["figures"]
    assert verified == {
        "metric": "funds_outside_city",
        "unit": "宜宾市",
        "period": {"start": "2011-01-01", "end": "2011-12-31"},
        "value": 50248000000,
        "value_unit": "CNY",
        "numerator": None,
        "denominator": None,
        "status": "verified",
        "as_of": "2011-12-31",
    }
    assert (growth["metric"], growth["value"]) == ("growth", 0.448)
    assert "502.48亿元" in reply["text"]
    assert "44.8%" in reply["text"]


def upto(rows: pd.DataFrame, column: str, last: int) -> pd.DataFrame:
    """Return the rows of a year's first months."""
    return rows.loc[pd.Series([day.month <= last for day in rows[column]], rows.index, dtype=bool)]


Count = Callable[[Recount, int, int, str], Decimal | int]
METRICS: dict[str, tuple[str, Count]] = {
    "funds_outside_city": ("到位市外资金", lambda city, year, last, unit: city.money(year, unit=unit, last=last)),
    "funds_outside_province": (
        "到位省外资金",
        lambda city, year, last, unit: city.money(year, ["out_of_province"], unit, last),
    ),
    "funds_overseas": ("到位外资", lambda city, year, last, unit: city.money(year, ["overseas"], unit, last)),
    "signed_count": (
        "签约项目数",
        lambda city, year, last, unit: len(upto(city.signed(year, unit), "reached.signed", last)),
    ),
    "signed_amount": (
        "签约金额",
        lambda city, year, last, unit: sum(
            upto(city.signed(year, unit), "reached.signed", last)["total_investment"], Decimal(0)
        ),
    ),
    "visits": ("拜访次数", lambda city, year, last, unit: len(upto(city.outbound(year, unit), "date", last))),
    "enterprises_visited": (
        "拜访企业数",
        lambda city, year, last, unit: upto(city.outbound(year, unit), "date", last)["enterprises"].nunique(),
    ),
}
PERIODS = {"{}年": 12, "{}年全年": 12, "{}年上半年": 6, "{}年一季度": 3, "{}年1-9月": 9, "{}年前十个月": 10}


def test_questions_drawn_agree_with_a_recount(demo_template: Path, people: dict[str, str], city: Recount) -> None:
    chance = random.Random(SEED)
    units = [*city.ranked(), city.city["name"]]
    drawn = [
        (chance.choice(units), chance.choice(list(METRICS)), chance.choice(YEARS), chance.choice(list(PERIODS)))
        for _ in range(DRAWN)
    ]
    asked = [f"{period.format(year)}{unit}{METRICS[metric][0]}多少" for unit, metric, year, period in drawn]
    done = chat(demo_template, *({"user": people["leader"], "text": text} for text in asked))
    assert done.code == 0
    for text, (unit, metric, year, period), line in zip(asked, drawn, done.lines, strict=True):
        figure = line["replies"][0]["figures"][0]
        last = PERIODS[period]
        assert (figure["metric"], figure["unit"]) == (metric, unit), text
        assert figure["period"] == {"start": f"{year}-01-01", "end": f"{year}-{last:02}-{monthrange(year, last)[1]}"}
        assert figure["value"] == METRICS[metric][1](city, year, last, unit), text
    assert sum(line["replies"][0]["figures"][0]["value"] > 0 for line in done.lines) > DRAWN / 2


def test_a_bad_line_gives_its_error_in_its_place(demo: Path, people: dict[str, str]) -> None:
    staff = people["staff"]
    lines = [
        "不是JSON",
        json.dumps({"user": "没有这个人", "text": "你好"}),
        json.dumps({"user": staff}),
        json.dumps({"user": staff, "text": "你好", "at": "昨天"}),
        json.dumps({"user": staff, "press": "没有的按钮"}),
        json.dumps({"user": staff, "file": "没有.xlsx"}),
        json.dumps({"user": staff, "text": 3}),
        json.dumps({"user": staff, "text": "你好"}),
        "[1, 2]",
    ]
    done = zhaoshang("chat", "--jsonl", "--database", demo, "--at", AT, given="\n".join(lines))
    assert done.code == 2
    assert ["error" in line for line in done.lines] == [True] * 7 + [False, True]
    named = ("JSON", "没有这个人", "text", "昨天", "没有的按钮", "没有.xlsx")
    assert all(word in line["error"] for word, line in zip(named, done.lines, strict=False))
    assert len({line["error"] for line in done.lines[:6]}) == 6


def test_a_button_is_pressed_by_its_label(demo: Path, people: dict[str, str]) -> None:
    staff = people["staff"]
    done = chat(
        demo,
        {"user": staff, "text": "今天去深圳拜访比亚迪,对方想投20亿"},
        {"user": staff, "press": "撤销"},
        {"user": staff, "text": "我今天记了什么"},
    )
    assert done.code == 0
    logged, undone, listed = (line["replies"][0] for line in done.lines)
    assert ["撤销", "修改"] in logged["buttons"]
    assert "比亚迪" in undone["text"]
    assert "比亚迪" not in listed["text"]


def test_plain_talk_on_a_terminal(demo: Path, people: dict[str, str]) -> None:
    done = zhaoshang(
        "chat", "--as", people["staff"], "--at", AT, "--database", demo, given="今天去深圳拜访比亚迪\n撤销\n"
    )
    assert (done.code, done.err) == (0, "")
    assert "[撤销]" in done.out
    assert done.out.count("比亚迪") >= 2


def test_understand_reads_without_a_database(tmp_path: Path) -> None:
    given = json.dumps({"text": "今天去深圳拜访比亚迪", "at": AT}, ensure_ascii=False) + "\n" + "{}\n"
    done = zhaoshang("understand", "--database", tmp_path / "none.db", given=given, folder=tmp_path)
    assert done.code == 2
    read, refused = done.lines
    assert read["commands"][0]["slots"]["date"] == {"start": "2026-03-18", "end": "2026-03-18"}
    assert set(refused) == {"error"}
    assert list(tmp_path.iterdir()) == []
