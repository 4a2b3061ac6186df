"""A part of the day without a clock time goes along with the reminder, through every open question."""

import pytest

from bot.dialogue import DialogueState, next_state
from tests.corpus.heard_city import NOW, reader


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (("明天下午提醒我给比亚迪回电话",), "afternoon"),
        (("后天上午提醒我交材料",), "morning"),
        (("晚上提醒我开会",), "evening"),
        (("中午提醒我打电话给铭诚能源",), "noon"),
        (("明晚提醒我写总结",), "evening"),
        (("每周一上午提醒我交周报",), "morning"),
        (("每天早上提醒我看报表",), "morning"),
        (("提醒我给比亚迪回电话", "明天下午"), "afternoon"),
        (("周五下午提醒我", "交方案"), "afternoon"),
        (("提醒我", "明天早上", "交材料"), "morning"),
        (("明天提醒我交材料",), None),
        (("明天下午3点提醒我交材料",), None),
    ],
)
def test_the_part_of_the_day_is_kept_until_it_rings(said: tuple[str, ...], part: str | None) -> None:
    state = DialogueState()
    for words in said:
        reading = reader().read(words, NOW, None, state)
        state = next_state(state, reading)
    assert reading.ask is None
    assert reading.commands[0].intent == "remind_me"
    assert reading.commands[0].linked.get("part") == part
