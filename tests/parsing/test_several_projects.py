"""Several projects, or several things about one, in one message."""

import pytest

from tests.corpus.heard_city import NOW, reader

CASES = {
    "昨天荣岚能源开工,崇宸能源投产": [
        ("荣岚能源光伏组件项目", "started", "2026-03-17"),
        ("崇宸能源光伏组件二期项目", "producing", "2026-03-17"),
    ],
    "荣岚能源昨天开工,崇宸能源投产了": [
        ("荣岚能源光伏组件项目", "started", "2026-03-17"),
        ("崇宸能源光伏组件二期项目", "producing", None),
    ],
    "荣岚能源、崇宸能源分别于3月1日、3月5日开工": [
        ("荣岚能源光伏组件项目", "started", "2026-03-01"),
        ("崇宸能源光伏组件二期项目", "started", "2026-03-05"),
    ],
    "锂电隔膜二期备案、环评都办好了": [
        ("煦泽新材锂电隔膜二期项目", "filed", None),
        ("煦泽新材锂电隔膜二期项目", "eia", None),
    ],
    "铭诚能源项目和佑洋电子签约了": [("铭诚能源储能系统项目", "signed", None)],
}


@pytest.mark.parametrize("text", CASES)
def test_each_project_has_its_own_command(text: str) -> None:
    slots = [command.slots for command in reader().read(text, NOW).commands]
    assert [(one["project"], one["milestone"], one.get("date", {}).get("start")) for one in slots] == CASES[text]


def test_each_sum_has_its_own_period() -> None:
    slots = [command.slots for command in reader().read("旌宸能源1月到位600万、2月到位850万", NOW).commands]
    assert [(one["period"]["start"], one["amount"]["min"]) for one in slots] == [
        ("2026-01-01", 6000000),
        ("2026-02-01", 8500000),
    ]
