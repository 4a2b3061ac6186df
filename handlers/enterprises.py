"""企业: tells who talks to a firm, whether several do, and what came before."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain import access, enterprises, visits
from domain.models import Enterprise, Visit
from domain.talks import talks_with
from domain.unit_of_work import UnitOfWork
from handlers.contract import Choice, Reply, Turn, handles

ASPECTS = ("owner", "conflict", "history", "contacts")
MOST_FIRMS, LAST_VISITS, MOST_VISITS = 5, 6, 100


@handles("query_enterprise")
def query_enterprise(turn: Turn, uow: UnitOfWork) -> Reply:
    """Tell one aspect of some firms, who talks to them unless another is asked; the others are buttons away."""
    aspect = turn.slots.get("aspect", "owner")
    names = list(dict.fromkeys(turn.slots["enterprises"]))[:MOST_FIRMS]
    firms = [_told(uow, name, aspect) for name in names]
    others = [
        Choice(f"aspect_{each}", {"intent": turn.intent, "slots": {**turn.slots, "aspect": each}, "entry_id": None})
        for each in ASPECTS
        if each != aspect
    ]
    known = any(firm["known"] for firm in firms)
    return Reply(aspect, {"firms": firms}, buttons=[others] if known else (), edits=turn.pressed)


def _told(uow: UnitOfWork, name: str, aspect: str) -> Mapping[str, Any]:
    firm = enterprises.named(uow, name)
    if firm is None:
        return {"name": name, "known": False}
    told: dict[str, Any] = {"name": firm.short_name or firm.name, "known": True, "own_unit": _own_unit(uow)}
    if aspect in ("owner", "conflict"):
        return told | {"talks": [talk.as_json() for talk in talks_with(uow, firm)]}
    total, found = _visits(uow, firm)
    if aspect == "contacts":
        return told | {"contacts": _contacts(uow, found)}
    return told | {"total": total, "visits": [_row(visit) for visit in found[:LAST_VISITS]]}


def _own_unit(uow: UnitOfWork) -> str:
    return access.actor(uow).unit_name


def _visits(uow: UnitOfWork, firm: Enterprise) -> tuple[int, Sequence[Visit]]:
    """Return how many visits to a firm are within the asker's scope, and the last of them."""
    return visits.find(uow, visits.VisitQuestion(enterprises=(firm.name,)), limit=MOST_VISITS)


def _contacts(uow: UnitOfWork, found: Sequence[Visit]) -> list[str]:
    """Return whom the asker's own units met at a firm, the last met first."""
    met = [contact for visit in found if access.sees_contacts(uow, visit.unit_id) for contact in visit.contacts]
    return list(dict.fromkeys(met))


def _row(visit: Visit) -> dict[str, Any]:
    return {
        "date": visit.date.isoformat(),
        "mode": visit.mode,
        "unit": visit.unit.short_name or visit.unit.name,
        "subject": visit.subject,
        "result": visit.result,
        "planned": visit.planned,
    }
