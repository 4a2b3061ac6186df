"""Questions of leaders and what follows them: families of wordings, not single sentences."""

import pytest

from bot.understand import understand_line
from tests.corpus.heard_city import NOW, reader


def slots(text: str, *context: str, user: str = "张建华") -> list[tuple[str, dict[str, object]]]:
    """Return intents and slots of what is said after earlier messages."""
    request = {"text": text, "user": user, "context": list(context)}
    commands = understand_line(request, reader(), NOW)["commands"]
    return [(command["intent"]["name"], command["slots"]) for command in commands]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("各种来源的到位资金合起来是多少", "funds_total"),
        ("按合同额算的资金到位率是多少", "funds_rate_contract"),
        ("到位资金占年度计划的比例是多少", "funds_rate_plan"),
        ("有几成线索是有效的", "lead_valid_rate"),
        ("林永毅本月上门拜访企业几回", "visits"),
        ("履约的项目一共有多少", "fulfilled_count"),
        ("反映的问题办结了几成", "issue_solved_rate"),
        ("市外资金里不含省外的是多少", "funds_outside_city"),
    ],
)
def test_neighbouring_figures_are_told_apart(text: str, metric: str) -> None:
    assert slots(text)[0][1]["metric"] == metric


@pytest.mark.parametrize(
    "text",
    ["今年签约额多少,我写材料要用", "麻烦把签约额告诉我,我好汇报", "给顾书记报一下签约额", "郑局让我问问签约额"],
)
def test_who_asks_or_is_told_is_nobody_whose_work_is_asked(text: str) -> None:
    assert "person" not in slots(text)[0][1]


def test_the_speaker_is_meant_where_he_acts() -> None:
    assert slots("我今年拜访了多少家", user="谢晓燕")[0][1]["person"] == "谢晓燕"


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("江安的目标达到没有", "completion"),
        ("江安县进度快还是慢", "pace"),
        ("离力争目标还有多远", "gap"),
        ("南溪今年有没有把握完成任务", "forecast"),
        ("履约率的目标定的多少", "target"),
    ],
)
def test_a_target_is_asked_from_all_sides(text: str, aspect: str) -> None:
    [(intent, said)] = slots(text)
    assert (intent, said["aspect"]) == ("query_target", aspect)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("垫底的两个区县是谁", {"order": "bottom", "limit": 2}),
        ("去年得分前五强", {"order": "top", "limit": 5}),
        ("末尾三名是谁", {"order": "bottom", "limit": 3}),
    ],
)
def test_so_many_are_wanted_of_a_ranking(text: str, wanted: dict[str, object]) -> None:
    [(intent, said)] = slots(text)
    assert intent == "query_ranking"
    assert wanted.items() <= said.items()


@pytest.mark.parametrize(
    ("text", "slot", "values"),
    [
        ("翠屏、南溪、江安分别排第几", "unit", ["翠屏区", "南溪区", "江安县"]),
        ("高县今年到位多少,去年呢", "unit", ["高县", "高县"]),
        ("全市到位多少,南溪多少", "unit", ["宜宾市", "南溪区"]),
        ("环评问题有哪些,用地问题有哪些", "category", ["eia", "land"]),
        ("导出台账,再出一份通报", "kind", ["ledger", "circular"]),
        ("软件园项目和线路板项目进展如何", "project", ["翰益信息软件园项目", "佑洋电子线路板建设项目"]),
    ],
)
def test_several_things_are_asked_in_one_message(text: str, slot: str, values: list[str]) -> None:
    assert [said.get(slot) for _, said in slots(text)] == values


def test_a_meeting_is_not_the_time_asked_about() -> None:
    [(_, said)] = slots("明天要开会,帮我看下今年签约额")
    assert said["period"] == {"start": "2026-01-01", "end": "2026-12-31"}


@pytest.mark.parametrize("text", ["不查了", "算了,先不弄了", "当我没说", "不用了,取消"])
def test_a_question_is_called_off_in_many_ways(text: str) -> None:
    assert slots(text, "给我生成一份文档") == [("cancel", {})]


@pytest.mark.parametrize(
    ("first", "then", "wanted"),
    [
        ("我要订阅", "就滞后那个", {"kind": "lagging"}),
        ("周大勇今年拜访了几次", "林永毅", {"metric": "visits", "person": "林永毅"}),
        ("储能系统项目进展怎么样", "后面那个", {"project": "拓旭能源储能系统生产基地"}),
        ("落地率怎么算的", "投产率呢", {"metric": "production_rate"}),
        ("签约额排名发一下", "前三是谁", {"metric": "signed_amount", "limit": 3}),
        ("南溪签约额多少", "个数呢", {"metric": "signed_count", "unit": "南溪区"}),
        ("去年全市外资到位多少", "不对,我问的是前年", {"metric": "funds_overseas", "unit": "宜宾市"}),
        ("督办项目开工率多少", "没开工的有哪些", {"list": "supervised", "milestone_missing": "started"}),
    ],
)
def test_what_follows_goes_on_with_what_was_said(first: str, then: str, wanted: dict[str, object]) -> None:
    [(_, said)] = slots(then, first)
    assert wanted.items() <= said.items()


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("上个月的,呃不是,这个月的开工数", "period", {"start": "2026-03-01", "end": "2026-03-31"}),
        ("省外资金,说错了,市外资金多少", "metric", "funds_outside_city"),
        ("南溪的目标,啊不,江安的目标", "unit", "江安县"),
    ],
)
def test_the_half_taken_back_is_dropped(text: str, slot: str, value: object) -> None:
    [(_, said)] = slots(text)
    assert said[slot] == value


def test_an_unknown_county_is_asked_about() -> None:
    answer = understand_line({"text": "泸县排第几", "user": "张建华"}, reader(), NOW)
    assert answer["ask"] == {"slot": "unit", "why": "unknown", "choices": []}


def test_words_mistyped_by_sound_are_read() -> None:
    assert slots("导出项目抬账") == [("generate_report", {"kind": "ledger"})]
