"""What is taken back in the same breath is not read."""

import pytest

from tests.corpus.heard_city import NOW, reader


@pytest.mark.parametrize(
    ("text", "slot", "meant"),
    [
        ("湛畅食品昨天封顶,啊不对,是前天封顶的", "date", {"start": "2026-03-16", "end": "2026-03-16"}),
        ("煦泽新材到位1500万,说错了,1800万", "amount", {"min": 18000000, "max": 18000000, "currency": "CNY"}),
        ("昨天拜访了比亚迪,不对,是华为", "enterprises", ["华为技术有限公司"]),
        ("铭诚能源到位7000万,不是7000万,是700万", "amount", {"min": 7000000, "max": 7000000, "currency": "CNY"}),
    ],
)
def test_the_second_value_stands(text: str, slot: str, meant: object) -> None:
    commands = reader().read(text, NOW).commands
    assert len(commands) == 1
    assert commands[0].slots[slot] == meant
