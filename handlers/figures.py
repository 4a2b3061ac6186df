"""数字: answers a figure or a target in one line, and explains how it was worked out."""

from collections.abc import Mapping
from typing import Any

from domain import access, directory
from domain.errors import NotFound
from domain.figures import Figure
from domain.statistics.explain import explain
from domain.statistics.measure import measure
from domain.statistics.metrics import TARGET_METRICS
from domain.statistics.question import HEADLINE, Question, question_of
from domain.statistics.targets import measure_target
from domain.unit_of_work import UnitOfWork
from handlers.contract import Choice, Reply, Slots, Turn, handles

EXPLAINABLE = ("query_metric", "query_target", "query_ranking")
ROWS_SHOWN = 10


@handles("query_metric")
def query_metric(turn: Turn, uow: UnitOfWork) -> Reply:
    """Tell a figure with its share, growth, as-of month and what is only reported."""
    return _told(turn, measure(uow, asked(uow, turn.slots)))


@handles("query_target")
def query_target(turn: Turn, uow: UnitOfWork) -> Reply:
    """Tell how far a target is reached, led by the aspect asked."""
    figures = measure_target(uow, asked(uow, turn.slots))
    key = "no_target" if "no_target" in figures[0].notes else "answer"
    return _told(turn, figures, key)


@handles("explain_figure")
def explain_figure(turn: Turn, uow: UnitOfWork) -> Reply:
    """Tell the definition, the numbers and the first rows behind the last figure, or a metric's definition."""
    intent, slots = _what(turn)
    if "metric" in turn.slots and slots.get("metric") != turn.slots["metric"]:
        intent, slots = "query_metric", {**slots, "metric": turn.slots["metric"]}
    question = asked(uow, slots)
    figures = measure_target(uow, question) if intent != "query_metric" else measure(uow, question)
    found = explain(uow, figures[0], limit=ROWS_SHOWN, unit_ids=access.readable_units(uow))
    return Reply("explained", {"explanation": found.as_json(), "period_said": "period" in slots}, figures=figures[:1])


def asked(uow: UnitOfWork, slots: Slots) -> Question:
    """Return the question slots ask; raise NotAllowed for a unit or person out of scope."""
    unit = directory.unit_by_name(uow, slots["unit"]) if "unit" in slots else None
    within = (slots.get("filters") or {}).get("unit")
    for each in (unit, directory.unit_by_name(uow, within) if within else None):
        if each is not None:
            access.require_figure(uow, each.id)
    person = directory.person_by_name(uow, slots["person"]) if "person" in slots else None
    if person is not None:
        access.require_readable(uow, person.unit_id)
    return question_of(slots, unit_id=unit.id if unit else None, person_id=person.id if person else None)


def _what(turn: Turn) -> tuple[str, Mapping[str, Any]]:
    of = turn.slots.get("of") or turn.last
    if of.get("intent") in EXPLAINABLE:
        return of["intent"], of["slots"]
    if "metric" not in turn.slots:
        raise NotFound("nothing_to_explain")
    return "query_metric", {}


def _told(turn: Turn, figures: list[Figure], key: str = "answer") -> Reply:
    of = {"intent": turn.intent, "slots": dict(turn.slots)}
    button = Choice("explain", {"intent": "explain_figure", "slots": {"of": of}, "entry_id": None})
    said = turn.slots.get("metric")
    values: dict[str, Any] = {"period_said": "period" in turn.slots}
    values |= {"indicator": HEADLINE if said is None or said in TARGET_METRICS else said}
    return Reply(key, values, figures=figures, buttons=[[button]])
