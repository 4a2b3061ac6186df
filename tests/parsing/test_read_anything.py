"""Whatever is typed is read: no exception, mentions in place, in time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.heard_city import NOW, reader

WORDS = [
    "今天",
    "拜访",
    "和张局",
    "比亚迪",
    "、",
    ",",
    "5个亿",
    "300亩",
    "下周三前",
    "项目",
    "开工",
    "多少",
    "呢",
    "翠屏区",
    "😀",
    "\u200b",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map("".join)))
def test_mentions_stand_in_order_where_they_say(text: str) -> None:
    reading = reader().read(text, NOW)
    assert reading.commands
    place = 0
    for mention in reading.entities:
        assert place <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        place = mention.end


@pytest.mark.parametrize("part", ["今天拜访", "亿", ",", "和张局", "项目", "张总", "5亿到", "\ue000", "a", "2026年3月"])
def test_four_thousand_characters_are_read_at_once(part: str) -> None:
    text = (part * 4096)[:4096]
    started = time.process_time()
    reader().read(text, NOW)
    assert time.process_time() - started < 0.4  # 0.1 s on a free core; coverage and company slow it


def test_every_example_is_read_as_its_own_intent() -> None:
    for name, spec in reader().intents.items():
        assert name in {command.intent for command in reader().read(spec.example, NOW).commands}, spec.example


def test_no_word_of_the_lexicon_is_a_command_of_its_own_by_accident() -> None:
    for word in ("企业", "区县", "土地", "今年", "深圳", "电池", "对方", "项目"):
        assert [command.intent for command in reader().read(word, NOW).commands] == ["out_of_scope"], word
