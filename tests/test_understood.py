"""What is shown of a command: every slot of every intent, and every value it may have, in Chinese."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from bot.catalog import Catalog, load_catalog
from bot.parsing.grammar.money import _CURRENCIES
from bot.wording.words import Wording
from domain.codes import LISTS, MILESTONES, ORIGINS, VISIT_RESULTS
from domain.reminders import REPEATS
from tests.corpus.lines import contract
from tests.factories import NOW

CATALOG = load_catalog()
WORDING = Wording(CATALOG)
INTENTS: Mapping[str, list[str]] = contract()["intents"]
SLOTS = [(intent, slot) for intent, slots in INTENTS.items() for slot in slots]
FOREIGN = re.compile(r"[A-Za-z_{}\[\]'\"]|None|True|False")
LONGEST_TITLE = 8

DAY = {"start": "2026-03-31", "end": "2026-03-31"}
PERIODS = [
    DAY, {**DAY, "deadline": True}, {"start": "2026-01-01", "end": "2026-06-30"}, {"start": None, "end": "2026-03-31"},
    {"start": "2027-02-09", "end": None}, {"start": "2026-03-16", "end": "2026-03-22"},
    {"start": "2026-03-18T14:00:00+08:00", "end": "2026-03-18T16:00:00+08:00"},
]  # fmt: skip
RANGES: list[dict[str, Any]] = [
    {"min": 3, "max": 5},
    {"min": 10, "max": None},
    {"min": None, "max": 10},
    {"min": 8, "max": 8, "approx": True},
]
MONEY = [{**each, "currency": code} for each in RANGES for code in sorted({"CNY", *_CURRENCIES.values()})]
WORDS = ["翠屏区"]
COUNTED = [12, *RANGES]
CATEGORIES = [
    "land", "finance", "eia", "energy", "approval", "planning", "permit", "utilities", "labour", "demolition", "policy",
    "investor", "other",
]  # fmt: skip
METRICS = [
    "funds_outside_city", "funds_outside_province", "funds_overseas", "funds_total", "signed_count", "signed_amount",
    "new_started_count", "producing_count", "fulfilled_count", "fulfilment_rate", "start_rate", "production_rate",
    "funds_rate", "funds_rate_contract", "funds_rate_plan", "landing_rate", "lead_count", "lead_valid_rate", "visits",
    "enterprises_visited", "trips", "receptions", "issue_solved_rate", "completion", "score",
]  # fmt: skip
ASPECTS = {
    "query_target": ["completion", "gap", "pace", "forecast", "target"],
    "query_project": ["status", "owner", "funds", "issues", "history"],
    "query_enterprise": ["history", "owner", "conflict", "contacts"],
}
KINDS = {"generate_report": ["circular", "ranking", "ledger"]}
PUSHES = ["ranking", "lagging", "digest", "circular"]
LISTED = {
    "stage": MILESTONES, "milestone_missing": MILESTONES, "milestone": MILESTONES, "list": LISTS, "origin": ORIGINS,
    "category": CATEGORIES, "metric": METRICS, "result": VISIT_RESULTS, "repeat": REPEATS, "compare": ["yoy", "mom"],
    "mode": ["outbound", "inbound", "remote", "event"], "tier": ["base", "stretch"], "order": ["top", "bottom"],
    "subject": ["project", "unit"], "light": ["red", "yellow", "green"], "how": ["replace", "add", "remove"],
    "decision": ["verified", "cut", "refused"], "planned": [True, False], "negated": [True, False],
    "field": sorted({slot for slots in INTENTS.values() for slot in slots}), "value": WORDS,
    "date": PERIODS, "period": PERIODS, "follow_up": PERIODS, "deadline": PERIODS,
    "moment": ["2026-03-20T09:00:00+08:00"], "amount": MONEY, "cumulative": MONEY, "land_mu": RANGES,
    "people_count": COUNTED, "enterprise_count": COUNTED, "days_since_signed": COUNTED, "limit": [5], "position": [2],
    "ratio": [0.8, {"min": 0.1, "max": 0.15}],
    "counts": [dict.fromkeys((*METRICS, "people_received", "posted_days"), 12), {"visits": {"min": 3, "max": 5}}],
}  # fmt: skip
TEXTS = {
    "place", "source", "unit", "person", "project", "industry", "event", "summary", "next_step", "text", "leader",
    "group",
}  # fmt: skip
SEVERAL = {"enterprises", "participants", "contacts", "places", "needs"}


def values_of(intent: str, slot: str) -> list[Any]:
    """Return a value of every shape and code a slot may have."""
    if slot == "filters":
        return [{name: each} for name in INTENTS["list_projects"] for each in values_of("list_projects", name)]
    if slot == "aspect":
        return ASPECTS[intent]
    if slot == "kind":
        return KINDS.get(intent, PUSHES)
    if slot in TEXTS:
        return WORDS
    return [["娃哈哈集团有限公司", "翠屏区"]] if slot in SEVERAL else list(LISTED[slot])


def shown(intent: str, slots: Mapping[str, Any], *, question: bool = False, catalog: Catalog = CATALOG) -> list[str]:
    """Return the lines said of a command nothing can carry out yet."""
    wording = WORDING if catalog is CATALOG else Wording(catalog)
    values = {"intent": intent, "slots": slots, "question": question}
    return wording.say("common", "not_built", values, now=NOW).splitlines()


@pytest.mark.parametrize(("intent", "slot"), SLOTS)
def test_a_slot_is_shown_in_chinese_whatever_its_value(intent: str, slot: str) -> None:
    for value in values_of(intent, slot):
        title, line, ending = shown(intent, {slot: value})
        assert not FOREIGN.search(title + line + ending), (title, line, value)
        label, _, said = line.partition(":")
        assert label, line
        assert re.search("[一-鿿%]", said), line


def test_codes_of_one_slot_are_told_apart() -> None:
    for intent, slot in SLOTS:
        codes = [value for value in values_of(intent, slot) if isinstance(value, str | bool)]
        assert len({shown(intent, {slot: code})[1] for code in codes}) == len(codes), (intent, slot)


def test_slots_of_one_intent_are_told_apart() -> None:
    for intent, slots in INTENTS.items():
        command = {slot: values_of(intent, slot)[0] for slot in slots}
        labels = [line.partition(":")[0] for line in shown(intent, command)[1:-1]]
        assert len(set(labels)) == len(slots), (intent, labels)


def test_a_correction_is_shown_as_the_field_it_changes() -> None:
    for intent, slot in SLOTS:
        for value in values_of(intent, slot):
            said = shown("amend", {"field": slot, "value": value})[-2]
            assert not FOREIGN.search(said), (slot, value, said)


def test_every_intent_has_a_short_title_of_its_own() -> None:
    titles = [str(table["title"]) for table in CATALOG.folder("intents").values()]
    assert len(set(titles)) == len(titles) == len(INTENTS)
    assert all(2 <= len(title) <= LONGEST_TITLE and not FOREIGN.search(title) for title in titles)


def test_a_new_intent_needs_no_title_and_may_bring_labels() -> None:
    new = {"example": "给翠屏区记一面红旗", "labels": {"flag": "红旗", "unit": "给谁"}}
    catalog = replace(CATALOG, tables=MappingProxyType({**CATALOG.tables, "intents/give_flag": new}))
    assert shown("give_flag", {"flag": "一面", "unit": "翠屏区", "unheard": "x"}, catalog=catalog) == [
        "听懂了:类似“给翠屏区记一面红旗”",
        "给谁:翠屏区",
        "红旗:一面",
        "这项功能还没有做好,没有记下任何内容。",
    ]


def lines_of(command: Mapping[str, Any], intent: str, *, question: bool = False) -> Iterator[str]:
    """Yield the middle lines."""
    yield from shown(intent, command, question=question)[1:-1]


def test_some_commands_as_they_are_read() -> None:
    counts = {"visits": 12, "receptions": 2, "people_received": {"min": 10, "max": 15}}
    assert list(lines_of({"counts": counts}, "report_activity")) == ["数量:拜访次数 12、接待批次 2、接待人数 10到15"]
    filters = {"list": "supervised", "milestone_missing": "started", "days_since_signed": 180}
    assert list(lines_of({"filters": filters, "metric": "start_rate"}, "query_metric", question=True)) == [
        "指标:开工率",
        "条件:清单 市级重点督办、未到节点 开工、签约后 满180天",
    ]
    denied = {"project": "华锐光伏项目", "milestone": "started", "negated": True, "ratio": {"min": 0.1, "max": 0.15}}
    assert list(lines_of(denied, "note_progress")) == [
        "项目:华锐光伏项目",
        "节点:开工",
        "是否达到:还没有",
        "比例:10%到15%",
    ]
    decided = {"decision": "cut", "amount": {"min": 18_000_000, "max": 18_000_000, "currency": "CNY"}, "period": DAY}
    assert list(lines_of(decided, "verify_funds")) == ["时期:3月31日(周二)", "核定金额:1800万元", "认定:部分核减"]
