"""排名: compares the districts and zones, or tells where one stands."""

from typing import Any

from domain import directory
from domain.statistics.question import question_of
from domain.statistics.rankings import Place, Ranking, rank
from domain.unit_of_work import UnitOfWork
from handlers.contract import Choice, Reply, Turn, handles


@handles("query_ranking")
def query_ranking(turn: Turn, uow: UnitOfWork) -> Reply:
    """Rank by the metric asked, completion of the base target else."""
    unit = directory.unit_by_name(uow, turn.slots["unit"]) if "unit" in turn.slots else None
    ranking = rank(uow, question_of(turn.slots, unit_id=unit.id if unit else None))
    if unit is not None and unit.parent_id is None:
        said_of = [figure.rows for figure in ranking.published]
        return Reply("published" if said_of else "unpublished", {"said_of": said_of}, figures=ranking.published)
    if unit is not None and ranking.asked is None:
        return Reply("not_ranked", {"unit": unit.name})
    of = {"intent": turn.intent, "slots": dict(turn.slots)}
    button = Choice("explain", {"intent": "explain_figure", "slots": {"of": of}, "entry_id": None})
    values = said(ranking) | {"period_said": "period" in turn.slots, "position": turn.slots.get("position")}
    return Reply("place" if ranking.asked else "ranking", values, figures=ranking.figures, buttons=[[button]])


def said(ranking: Ranking) -> dict[str, Any]:
    """Return what a ranking's words need: its lines, each with the places of its figures."""
    places = {id(figure): place for place, figure in enumerate(ranking.figures)}

    def line(place: Place) -> dict[str, Any]:
        beside = [places[id(figure)] for figure in place.beside]
        return {
            "unit": place.unit.short_name or place.unit.name,
            "rank": place.place,
            "figure": places[id(place.figure)],
            "done": beside[0] if beside and ranking.metric in ("completion", "lead") else None,
            "change": place.change,
        }

    return {
        "metric": ranking.metric,
        "indicator": ranking.indicator,
        "lines": [line(each) for each in ranking.shown],
        "asked": line(ranking.asked) if ranking.asked else None,
        "total": len(ranking.lines),
        "ranked": sum(each.place is not None for each in ranking.lines),
        "unranked": sum(each.place is None for each in ranking.lines),
    }
