"""What field staff write: loose visits, titles, forms, trades nobody listed, slips of the pen."""

from typing import Any

import pytest

from bot.understand import understand_line
from tests.corpus.heard_city import NOW, reader


def read(text: str, *before: str) -> list[dict[str, Any]]:
    line = {"text": text, "at": NOW.isoformat(), "context": list(before)}
    return list(understand_line(line, reader(), NOW)["commands"])


def slot(text: str, name: str) -> Any:
    return read(text)[0]["slots"].get(name)


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("今天拜访了比亚迪,技术总监小谭接待", ["技术总监小谭"]),
        ("接待天合光能华东区总经理陈志刚等6人", ["华东区总经理陈志刚"]),
        ("跟华为陈建国董事长见面了", ["陈建国董事长"]),
        ("华锐物流的采购经理来访", ["采购经理"]),
        ("荣岚能源的郑总监、王工、小李三位来座谈", ["郑总监", "王工", "小李"]),
        ("拜访通威,对方投资部部长沈涛出席", ["投资部部长沈涛"]),
    ],
)
def test_titles_are_read_whole(text: str, contacts: list[str]) -> None:
    assert slot(text, "contacts") == contacts


def test_who_was_absent_is_no_contact() -> None:
    assert slot("今天去了趟通威,老板不在,跟办公室主任聊了聊", "contacts") == ["办公室主任"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("佑旭电子来看厂房,来了5个", 5),
        ("迈凯能源来访,随行两人,共三人", 3),
        ("接待了迈岳机械来的3个人", 3),
        ("接待通威一行,人数5", 5),
        ("下午接待了一位从浙江过来的客商迈策机械孙副总", None),
    ],
)
def test_people_are_counted_in_looser_words(text: str, count: int | None) -> None:
    assert slot(text, "people_count") == count


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("有个线索,重庆一家做减速机的厂子要外迁", "减速机"),
        ("拜访通威,他们想搞竹浆纸", "竹浆纸"),
        ("登记线索:茂钦建材,石膏板项目,近一个亿", "石膏板"),
        ("接待京东方,谈OLED模组", "OLED模组"),
        ("竹家具厂适合落到哪里", "竹家具"),
        ("拜访立讯精密,洽谈连接器项目", "连接器"),
    ],
)
def test_trades_nobody_listed_are_read(text: str, trade: str) -> None:
    assert slot(text, "industry") == trade


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("昨天下午屹川信息的人过来坐了坐", "inbound"),
        ("华为的人明天十点半到", "inbound"),
        ("五粮液集团接待了我们", "outbound"),
        ("电联了钰耀物流,没人接", "remote"),
        ("败访煦泽新材", "outbound"),
        ("今天接侍茂泓能源一行三人", "inbound"),
        ("跟立讯精密聊了聊厂房租赁,线上聊的", "remote"),
    ],
)
def test_it_is_told_who_went_and_who_came(text: str, mode: str) -> None:
    assert slot(text, "mode") == mode


@pytest.mark.parametrize(
    "text",
    [
        "湛畅食品来访,人数5人,时间3月15日",
        "昨天走访湛畅食品,张局出面",
        "去趟嘉兴不容易,湛畅食品老板正好在",
        "据悉湛畅食品计划西迁,建议纳入线索库",
    ],
)
def test_everyday_words_beside_a_firm_are_no_firm(text: str) -> None:
    assert slot(text, "enterprises") == ["四川湛畅食品有限公司"]


def test_a_form_is_one_record() -> None:
    [command] = read("企业名称:湛畅食品;联系人:陈经理;方式:电话;日期:3月16日")
    assert command["intent"]["name"] == "log_visit"
    assert command["slots"]["mode"] == "remote"
    assert command["slots"]["date"] == {"start": "2026-03-16", "end": "2026-03-16"}


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("今天接待沐屿食品8人顺便问一下湛畅食品最近谁在谈", ["log_visit", "query_enterprise"]),
        ("上午会见通威一行5人;今年全市到位资金多少", ["log_visit", "query_metric"]),
        ("今天去翎骅文旅拜访,周六再去趟荣隆文旅", ["log_visit", "log_visit"]),
        ("走访昶泰机械和屹钦医药,屹钦医药当场表示要投2000w", ["log_visit", "log_visit"]),
        ("一、昨天拜访通威 二、登记线索 顺丰速运 5亿", ["log_visit", "register_lead"]),
    ],
)
def test_several_things_in_one_message_are_told_apart(text: str, intents: list[str]) -> None:
    assert [command["intent"]["name"] for command in read(text)] == intents


def test_a_lead_just_registered_is_handed_on() -> None:
    [command] = read("这条线索转给珙县", "登记线索:沐穹食品想投2亿")
    assert command["slots"] == {"enterprises": ["南京沐穹食品集团有限公司"], "unit": "珙县"}


def test_a_trip_lasts_from_setting_out_to_coming_back() -> None:
    text = "张局带队,走访12家企业,苏州昆山太仓,3月9号去的,11号回的"
    assert slot(text, "date") == {"start": "2026-03-09", "end": "2026-03-11"}
