"""What a reading rests on can be told: cues, the words that show them, names with their scores."""

import pytest

from bot.parsing.evidence import fired, weighed
from tests.corpus.heard_city import NOW, reader

SAID = "昨天去深圳拜访比亚迪,对方想投20亿"


def test_the_cues_that_fired_add_up_to_the_score() -> None:
    (part,) = reader().evidence(SAID, NOW).parts
    assert part.ranked[0].intent == "log_visit"
    for candidate in part.ranked:
        cues = fired(reader().intents[candidate.intent], part.features)
        assert sum(cue.weight for cue in cues) == pytest.approx(candidate.score)


def test_a_concept_and_a_shape_are_shown_by_their_words() -> None:
    (part,) = reader().evidence("翠屏区8月签约的项目有哪些", NOW).parts
    assert part.words["which"] == ("有哪些",)
    assert part.words["project_list"][0].endswith("有哪些")
    assert part.words["{unit}"] == ()


def test_each_part_is_weighed_alone_and_a_set_phrase_not_at_all() -> None:
    parts = reader().evidence("昨天拜访了比亚迪,明天下午三点提醒我给王总打电话", NOW).parts
    assert [part.ranked[0].intent for part in parts] == ["log_visit", "remind_me"]
    assert reader().evidence("撤销", NOW).whole == "undo"


def test_a_name_is_shown_with_the_rows_it_was_held_against() -> None:
    names = list(weighed(reader().evidence(SAID, NOW).spots, reader().names))
    assert [(name.spot.text, name.rows[0][0]) for name in names] == [("比亚迪", "比亚迪股份有限公司")]
    assert 0 < names[0].rows[0][1] <= 1
    (stranger,) = weighed(reader().evidence("今天拜访国轩达电子", NOW).spots, reader().names)
    assert stranger.rows == []
