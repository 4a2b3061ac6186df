"""Answers a question with figures, the one asked for first."""

from domain.figures import Figure
from domain.statistics.measuring import measured, normalised
from domain.statistics.metrics import BESIDE, TARGET_METRICS, metric_named
from domain.statistics.question import HEADLINE, Question
from domain.statistics.targets import measure_target
from domain.unit_of_work import UnitOfWork


def measure(uow: UnitOfWork, question: Question) -> list[Figure]:
    """Return the figures that answer a question; a period still to come raises NothingYet."""
    if question.metric in TARGET_METRICS:
        return measure_target(uow, question)
    question = normalised(question)
    name = question.metric or HEADLINE
    return [figure for one in BESIDE.get(name, (name,)) for figure in measured(uow, metric_named(one), question)]
