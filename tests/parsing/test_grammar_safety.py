"""The grammar never fails: any text, any moment, in order and within bounds."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.parsing.normalise import normalise
from bot.parsing.quantities import find_quantities

CHINA = timezone(timedelta(hours=8))
AT = datetime(2026, 3, 18, 10, tzinfo=CHINA)
WORDS = (
    "零一二两三四五六七八九十百千万亿几数半多余来个点分时年月日号周星期礼拜天季度旬初中底末上下前后内起元块亩平方米公顷家人次批"
    "第成倍%‰-~到至近约超过不以上下0123456789.,:/截止农历正腊闰廿春节国庆五一 今明昨去本这￥$，第Q"
)
PIECES = st.sampled_from(
    [
        "3月", "12号", "上周三", "下午三点", "1.2亿", "两三千万", "截至", "前", "后", "到", "-", "2月29日",
        "农历闰六月初一", "国庆", "期间", "5个工作日内", "二〇九九年", "1900年", "除夕", "100亩", "99999999天后",
        "十万年内", "第", "13812345678", "24:00", "百分之", "0分之1",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=4096),
    st.text(alphabet=WORDS, max_size=400),
    st.lists(PIECES, max_size=60).map("".join),
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(CHINA))  # noqa: DTZ001


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(TEXTS, MOMENTS)
def test_any_text_gives_mentions_in_order_that_do_not_overlap(text: str, at: datetime) -> None:
    assert_in_order(text, at)


def assert_in_order(text: str, at: datetime) -> None:
    place = 0
    for mention in find_quantities(text, at):
        assert place <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.value is not None
        place = mention.end


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=4096))
def test_normalising_keeps_every_character_in_its_place(text: str) -> None:
    normalised = normalise(text)
    assert len(normalised.text) == len(text)
    assert normalised.span(0, len(text)) == (0, len(text))
    assert normalise(normalised.text).text == normalised.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("３月１８日", "3月18日"),
        ("（５０％）", "(50%)"),
        ("週三後來億畝", "周三后来亿亩"),
        ("3—5亿–6～7", "3-5亿-6~7"),
        ("“甲”「乙」", '"甲""乙"'),
        ("甲\u3000乙", "甲 乙"),
        ("BYD GWh ＡＢ", "BYD GWh AB"),
        ("瞭解衞生廠臺灣裡麵發展", "了解卫生厂台湾里面发展"),
        ("乾燥設備、幹部、乾隆", "干燥设备、干部、干隆"),
        ("著名企業,拿著,鍾總,于總,於是", "著名企业,拿著,钟总,于总,于是"),
        ("锺书记,甯总,堃哥,钜能,昇辉,淼", "锺书记,甯总,堃哥,钜能,升辉,淼"),
        ("寳鋼,効果,砲臺,西隣", "宝钢,效果,炮台,西邻"),
        ("￥500", "¥500"),
    ],
)
def test_normalises_variants_and_keeps_letter_case(given: str, kept: str) -> None:
    assert normalise(given).text == kept


def test_no_character_needs_normalising_twice() -> None:
    every = "".join(chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000)
    once = normalise(every).text
    assert len(once) == len(every)
    assert normalise(once).text == once


def test_offsets_count_code_points_of_the_text_as_given() -> None:
    text = "😀💰投５億，週三見"
    assert [(m.text, m.start, m.end) for m in find_quantities(text, AT)] == [("５億", 3, 5), ("週三", 6, 8)]


@pytest.mark.parametrize(
    "piece", ["一千", "1", "2月", "1点月", "-1", ".,", "周", "十1", "到3", "亿", "第1", "3-", "(1.1", "a-1", "2012"]
)
def test_a_part_repeated_to_4096_characters_gives_mentions_in_order(piece: str) -> None:
    assert_in_order((piece * 4096)[:4096], AT)
