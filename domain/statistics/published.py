"""Published places of the city among others: quoted with their source, never computed."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from domain.directory import root_unit
from domain.figures import Figure, Period
from domain.models import PublishedFigure
from domain.statistics.question import HEADLINE, Question
from domain.unit_of_work import UnitOfWork


def published_ranks(uow: UnitOfWork, question: Question) -> list[Figure]:
    """Return the city's published places by the metric asked, of the year asked, else of the latest one."""
    metric = question.metric or HEADLINE
    name = uow.words.metrics.get(metric, metric)
    query = select(PublishedFigure).where(
        PublishedFigure.rank.is_not(None), PublishedFigure.name.contains(name, autoescape=True)
    )
    rows = uow.session.scalars(query.order_by(PublishedFigure.period.desc(), PublishedFigure.source)).all()
    return [_figure(uow, metric, row) for row in _of_year(rows, question)]


def _of_year(rows: Sequence[PublishedFigure], question: Question) -> list[PublishedFigure]:
    if question.period is None:
        return [row for row in rows if row.period == rows[0].period]
    return [row for row in rows if str(question.period.end.year) in row.period]


def _figure(uow: UnitOfWork, metric: str, row: PublishedFigure) -> Figure:
    year = int(row.period[:4]) if row.period[:4].isdecimal() else uow.today.year
    whole = Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
    return Figure(
        metric="rank",
        unit=root_unit(uow).name,
        period=whole,
        value=Decimal(row.rank or 0),
        value_unit="rank",
        as_of=min(whole.end, uow.today),
        status="published",
        rows={"of": metric, "name": row.name, "period": row.period, "source": row.source},
    )
