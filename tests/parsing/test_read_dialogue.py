"""What was said before changes what is said now: answers, ellipses, pronouns, corrections."""

import json

import pytest

from bot.dialogue import DialogueState, next_state
from bot.parsing.reading import Reading
from bot.understand import understand_line
from tests.corpus.heard_city import NOW, reader


def say(*texts: str) -> tuple[DialogueState, Reading]:
    """Read texts in turn; return the state after the last and its reading."""
    state = DialogueState()
    for text in texts:
        reading = reader().read(text, NOW, None, state)
        # a state lives as JSON between two messages
        state = DialogueState.from_json(json.loads(json.dumps(next_state(state, reading).to_json())))
    return state, reading


def test_a_missing_firm_is_asked_and_the_answer_completes_the_visit() -> None:
    state, reading = say("昨天去深圳拜访,对方想投5个亿")
    assert reading.ask is not None
    assert (reading.ask.slot, reading.ask.why) == ("enterprises", "missing")
    assert state.question is not None
    after, reading = say("昨天去深圳拜访,对方想投5个亿", "佑洋电子")
    assert reading.commands[0].slots["enterprises"] == ["东莞佑洋电子科技有限责任公司"]
    assert reading.commands[0].slots["place"] == "深圳"
    assert reading.ask is None
    assert after.question is None


def test_an_ambiguous_name_is_settled_by_the_number_of_a_choice() -> None:
    _, reading = say("昨天拜访了湛畅")
    assert reading.ask is not None
    assert reading.ask.why == "ambiguous"
    _, answer = say("昨天拜访了湛畅", "第二个")
    assert answer.commands[0].slots["enterprises"] == [reading.ask.choices[1]]


def test_a_courtesy_leaves_the_question_open() -> None:
    state, _ = say("昨天去深圳拜访,对方想投5个亿", "谢谢")
    assert state.question is not None
    assert state.question.slot == "enterprises"


def test_cancel_closes_the_question() -> None:
    state, reading = say("昨天去深圳拜访,对方想投5个亿", "算了")
    assert [command.intent for command in reading.commands] == ["cancel"]
    assert state.question is None


def test_another_subject_drops_the_question() -> None:
    state, reading = say("昨天去深圳拜访,对方想投5个亿", "全市到位市外资金多少")
    assert reading.commands[0].intent == "query_metric"
    assert state.question is None


def test_an_ellipsis_holds_what_it_does_not_change() -> None:
    _, reading = say("翠屏区今年到位市外资金多少", "那省外呢", "江安呢")
    assert reading.commands[0].slots["metric"] == "funds_outside_province"
    assert reading.commands[0].slots["unit"] == "江安县"
    assert reading.commands[0].slots["period"] == {"start": "2026-01-01", "end": "2026-12-31"}


def test_a_pronoun_means_the_project_just_spoken_of() -> None:
    _, reading = say("茂钦建材节能门窗项目今天开工了", "它谁负责")
    assert reading.commands[0].slots == {"project": "茂钦建材节能门窗项目", "aspect": "owner"}
    assert reading.commands[0].linked["project"]


def test_a_correction_changes_what_the_state_remembers() -> None:
    state, _ = say("今天拜访铭诚能源,对方想投20亿", "金额改成12亿")
    assert state.record is not None
    assert state.record.slots["amount"]["max"] == 1_200_000_000


def test_without_a_record_a_bare_detail_is_not_ours() -> None:
    _, reading = say("要300亩地")
    assert [command.intent for command in reading.commands] == ["out_of_scope"]


@pytest.mark.parametrize(
    ("before", "text", "intent"),
    [
        ("今天拜访了比亚迪", "300亩", "amend"),
        ("今天拜访了比亚迪", "12亿", "amend"),
        ("今天拜访了比亚迪", "明天给我带杯咖啡", "out_of_scope"),
        ("我今天记了什么", "今天天气不错", "out_of_scope"),
        ("全市到位资金多少", "今天好累", "out_of_scope"),
        ("全市到位资金多少", "去年", "query_metric"),
        ("全市到位资金多少", "翠屏区", "query_metric"),
        ("各区县排名", "省外的", "query_ranking"),
    ],
)
def test_a_bare_detail_goes_on_and_chatter_does_not(before: str, text: str, intent: str) -> None:
    request = {"text": text, "user": "谢晓燕", "context": [before]}
    assert [each["intent"]["name"] for each in understand_line(request, reader(), NOW)["commands"]] == [intent]


def test_a_state_of_another_shape_is_forgotten() -> None:
    assert DialogueState.from_json({"question": {"intent": "log_visit"}}) == DialogueState()


def test_an_asked_for_value_is_read_as_its_field() -> None:
    state = DialogueState().asked("amend", {"field": "place", "entry_id": 7}, "value")
    command = reader().read("广州", NOW, None, state).commands[0]
    assert (command.intent, dict(command.slots)) == ("amend", {"field": "place", "entry_id": 7, "value": "广州"})


def test_a_question_that_stands_by_itself_inherits_nothing() -> None:
    _, reading = say("2011年全市到位市外资金多少", "各区县排名")
    assert (reading.commands[0].intent, dict(reading.commands[0].slots)) == ("query_ranking", {})
