"""Whatever is typed is read: no exception, mentions in place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand import understand_line
from tests.benchmarks.speech import LONGEST_MESSAGE, REPEATED
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
    assert_in_place(text)


@pytest.mark.parametrize("part", REPEATED)
def test_four_thousand_characters_are_read(part: str) -> None:
    assert_in_place((part * LONGEST_MESSAGE)[:LONGEST_MESSAGE])


def assert_in_place(text: str) -> None:
    reading = reader().read(text, NOW)
    assert reading.commands
    place = 0
    for mention in reading.entities:
        assert place <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        place = mention.end


BEFORE = (
    "今天拜访了比亚迪,对方想投20亿",
    "刚陪客商看了园区",
    "明天九点提醒我开会",
    "全市到位市外资金多少",
    "各区县排名",
    "光伏组件项目进展怎么样",
    "湛畅食品项目进展",
    "翠屏区亿元以上的项目有哪些",
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30), st.lists(st.sampled_from([*WORDS, "改成", "不对", "算了", "那"]), max_size=8).map("".join)
    ),
    st.lists(st.sampled_from(BEFORE), max_size=2),
    st.sampled_from(["谢晓燕", "曹立新", "温慧敏", None]),
)
def test_whatever_was_said_before(text: str, before: list[str], user: str | None) -> None:
    request = {"text": text, "context": before} | ({"user": user} if user else {})
    assert understand_line(request, reader(), NOW)["commands"]


def test_every_example_is_read_as_its_own_intent() -> None:
    for name, spec in reader().intents.items():
        assert name in {command.intent for command in reader().read(spec.example, NOW).commands}, spec.example


def test_no_word_of_the_lexicon_is_a_command_of_its_own_by_accident() -> None:
    for word in ("企业", "区县", "土地", "今年", "深圳", "电池", "对方", "项目"):
        assert [command.intent for command in reader().read(word, NOW).commands] == ["out_of_scope"], word
