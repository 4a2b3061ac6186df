"""The evaluation counts as it says."""

from typing import Any

import pytest

from tests.corpus.comparing import meant, paired
from tests.corpus.frames import DATE, NAME, NUMBER, frame, split_of
from tests.corpus.lines import Line
from tests.corpus.linking import wrong_links
from tests.corpus.misread import misread
from tests.corpus.reads import Read
from tests.corpus.report import report
from tests.corpus.tally import figures, tally

Said = tuple[str, dict[str, Any]]
SHENZHEN: dict[str, Any] = {"enterprises": ["比亚迪股份有限公司"], "place": "深圳"}


def read_as(label: list[Said], read: list[Said], text: str = "今天去了比亚迪") -> Read:
    """Return a line labelled and read so."""
    said = [{"intent": intent, "slots": slots} for intent, slots in label]
    pairs = tuple(paired([meant(*each) for each in label], [meant(*each) for each in read]))
    line = Line({"text": text}, said, None, ("plain",), "here:1")
    return Read(line, pairs, None, wrong_links(text, pairs, None))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("3月18日拜访比亚迪,想投20亿", f"{DATE}拜访{NAME}想投{NUMBER}"),
        ("昨天拜访华为,想投三点五亿", f"{DATE}拜访{NAME}想投{NUMBER}"),
        ("上周三下午拜访比亚迪!", f"{DATE}拜访{NAME}"),
        ("翠屏区 完成率85%", f"{NAME}完成率{NUMBER}"),
    ],
)
def test_a_frame_is_what_is_left_without_names_numbers_and_dates(text: str, shape: str) -> None:
    assert frame(text) == shape
    assert split_of(shape) == split_of(frame(text))


def test_commands_are_paired_in_order_and_what_is_left_over_is_wrong() -> None:
    read = read_as([("log_visit", SHENZHEN), ("remind_me", {"text": "回电"})], [("remind_me", {"text": "打电话"})])
    assert [(pair.label and pair.label.intent, pair.read and pair.read.intent) for pair in read.pairs] == [
        ("log_visit", None),
        ("remind_me", "remind_me"),
    ]
    assert [pair.exact for pair in read.pairs] == [False, True]
    counted = tally([read])
    assert (counted.intents.right, counted.intents.whole) == (1, 2)
    assert counted.confused == {("log_visit", "-"): 1}


def test_words_of_the_user_are_not_compared() -> None:
    assert read_as([("log_visit", {"summary": "甲"})], [("log_visit", {"summary": "乙", "next_step": "丙"})]).exact
    assert not read_as([("remind_me", {"text": "回电"})], [("remind_me", {})]).exact
    assert read_as(
        [("amend", {"field": "summary", "value": "甲"})], [("amend", {"field": "summary", "value": "乙"})]
    ).exact


def test_a_slot_read_otherwise_is_once_missed_and_once_invented() -> None:
    read = read_as([("log_visit", SHENZHEN)], [("log_visit", {**SHENZHEN, "place": "广州", "planned": True})])
    slots = tally([read]).slots
    assert (slots.right, slots.labelled, slots.read) == (1, 2, 3)
    assert tally([read]).slipped == {("log_visit", "place", "differs"): 1, ("log_visit", "planned", "invented"): 1}


def test_a_name_linked_to_another_row_is_a_wrong_link() -> None:
    unlisted: Said = ("log_visit", {"enterprises": ["比亚迪电子"]})
    assert read_as([unlisted], [("log_visit", SHENZHEN)]).wrong_links == ("比亚迪股份有限公司",)
    assert read_as([unlisted], [unlisted]).wrong_links == ()
    assert read_as([("list_tasks", {})], [("query_metric", {"unit": "宜宾市"})]).wrong_links == ()
    assert figures(tally([read_as([unlisted], [("log_visit", SHENZHEN)])]))["links"] == 0


def test_the_test_split_is_told_about_without_its_words() -> None:
    read = read_as([("log_visit", SHENZHEN)], [("log_visit", {"place": "广州"})], "去深圳了")
    shut, opened = ("\n".join(misread([read], texts=texts)) for texts in (False, True))
    assert "enterprises" in shut
    assert not {"深圳", "广州", "去"} & set(shut)
    assert "去深圳了" in opened
    assert "深圳" not in "\n".join(report([read], [read]))
