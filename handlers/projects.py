"""项目: tells how one project stands: its stage, funds, people, issues and history."""

from domain import access, projects
from domain.statistics.projects import project_card
from domain.unit_of_work import UnitOfWork
from handlers.contract import Choice, Reply, Turn, handles

ASPECTS = ("status", "owner", "funds", "issues", "history")


@handles("query_project")
def query_project(turn: Turn, uow: UnitOfWork) -> Reply:
    """Tell one aspect of a project, its status unless another is asked; the others are buttons away."""
    project = projects.by_name(uow, turn.slots["project"])
    access.require_readable(uow, project.unit_id)
    card = project_card(uow, project.id)
    aspect = turn.slots.get("aspect", "status")
    figures = card.figures if aspect in ("status", "funds") else ()
    others = [
        Choice(f"aspect_{each}", {"intent": turn.intent, "slots": {**turn.slots, "aspect": each}, "entry_id": None})
        for each in ASPECTS
        if each != aspect
    ]
    return Reply(aspect, card.as_json(), figures=figures, buttons=[others])
