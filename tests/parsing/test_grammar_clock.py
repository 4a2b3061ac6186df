"""Deadlines, moments and lengths of time as they are said."""

from typing import Any

import pytest

from tests.parsing.grammar_tables import clock, days, due, only, span

DEADLINES = [
    ("三天内", "2026-03-21"),
    ("3日内", "2026-03-21"),
    ("三五天内", "2026-03-23"),
    ("一周内", "2026-03-25"),
    ("两周之内", "2026-04-01"),
    ("5个工作日内", "2026-03-25"),
    ("十五个工作日内", "2026-04-09"),
    ("一个月内", "2026-04-18"),
    ("两个月之内", "2026-05-18"),
    ("半年内", "2026-09-18"),
    ("24小时内", "2026-03-19"),
    ("今天下班前", "2026-03-18"),
    ("明天中午前", "2026-03-19"),
    ("周五前", "2026-03-20"),
    ("下周三前", "2026-03-25"),
    ("下周三之前", "2026-03-25"),
    ("12号前", "2026-04-12"),
    ("月底前", "2026-03-31"),
    ("月底之前", "2026-03-31"),
    ("6月底前", "2026-06-30"),
    ("3月前", "2026-03-31"),
    ("季度末前", "2026-03-31"),
    ("上半年之前", "2026-06-30"),
    ("年底前", "2026-12-31"),
    ("国庆前", "2026-10-01"),
    ("五一前", "2026-05-01"),
    ("春节前", "2027-02-06"),
    ("本周内", "2026-03-22"),
    ("今年内", "2026-12-31"),
]


@pytest.mark.parametrize(("text", "day"), DEADLINES, ids=[text for text, _ in DEADLINES])
def test_reads_a_deadline(text: str, day: str) -> None:
    mention = only(text)
    assert (mention.entity, mention.text, mention.value, mention.ahead) == ("date", text, due(day), None)


MOMENTS: list[tuple[str, Any, Any]] = [
    ("下午三点", clock("2026-03-18", "15:00"), None),
    ("15:00", clock("2026-03-18", "15:00"), None),
    ("9点", clock("2026-03-18", "09:00"), clock("2026-03-19", "09:00")),
    ("明早9点", clock("2026-03-19", "09:00"), None),
    ("今晚8点", clock("2026-03-18", "20:00"), None),
    ("晚上8点半", clock("2026-03-18", "20:30"), None),
    ("上午10点15", clock("2026-03-18", "10:15"), None),
    ("三点一刻", clock("2026-03-18", "15:15"), None),
    ("明天下午3:30", clock("2026-03-19", "15:30"), None),
    ("明天下午两点三刻", clock("2026-03-19", "14:45"), None),
    ("中午12点半", clock("2026-03-18", "12:30"), None),
    ("中午1点", clock("2026-03-18", "13:00"), None),
    ("凌晨2点", clock("2026-03-18", "02:00"), clock("2026-03-19", "02:00")),
    ("周三下午3点", clock("2026-03-18", "15:00"), None),
    ("周三上午9点", clock("2026-03-18", "09:00"), clock("2026-03-25", "09:00")),
    ("周五上午九点", clock("2026-03-13", "09:00"), clock("2026-03-20", "09:00")),
    ("下周一上午9点", clock("2026-03-23", "09:00"), None),
    ("3月20日14:00", clock("2025-03-20", "14:00"), clock("2026-03-20", "14:00")),
    ("下周三下午3点前", clock("2026-03-25", "15:00"), None),
    ("半小时后", clock("2026-03-18", "10:30"), None),
    ("两小时后", clock("2026-03-18", "12:00"), None),
    ("20分钟后", clock("2026-03-18", "10:20"), None),
    ("一个半小时后", clock("2026-03-18", "11:30"), None),
    ("再过两个小时", clock("2026-03-18", "12:00"), None),
    ("下午两点到四点", days(clock("2026-03-18", "14:00"), clock("2026-03-18", "16:00")), None),
    ("15:00-16:30", days(clock("2026-03-18", "15:00"), clock("2026-03-18", "16:30")), None),
    ("明天上午9点到11点半", days(clock("2026-03-19", "09:00"), clock("2026-03-19", "11:30")), None),
    ("明天上午10点到下午3点", days(clock("2026-03-19", "10:00"), clock("2026-03-19", "15:00")), None),
]


@pytest.mark.parametrize(("text", "past", "ahead"), MOMENTS, ids=[text for text, _, _ in MOMENTS])
def test_reads_a_moment(text: str, past: Any, ahead: Any) -> None:
    mention = only(text)
    assert (mention.entity, mention.text, mention.value, mention.ahead) == ("moment", text, past, ahead)


DURATIONS: list[tuple[str, Any]] = [
    ("3天", "P3D"),
    ("20天", "P20D"),
    ("两周", "P2W"),
    ("三个月", "P3M"),
    ("5年", "P5Y"),
    ("半年", "P6M"),
    ("两年半", "P2Y6M"),
    ("5个工作日", "P5D"),
    ("两小时", "PT2H"),
    ("半个小时", "PT30M"),
    ("一个半小时", "PT1H30M"),
    ("20分钟", "PT20M"),
    ("3-6个月", span("P3M", "P6M")),
    ("两三天", span("P2D", "P3D")),
    ("3天以上", span("P3D", None)),
    ("超过三个月", span("P3M", None)),
]


@pytest.mark.parametrize(("text", "value"), DURATIONS, ids=[text for text, _ in DURATIONS])
def test_reads_a_length_of_time(text: str, value: Any) -> None:
    mention = only(text)
    assert (mention.entity, mention.text, mention.value) == ("duration", text, value)
