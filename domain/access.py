"""Who may read and write what (contract §5)."""

from collections.abc import Iterable

from domain import directory
from domain.codes import READS_EVERYTHING
from domain.errors import NotAllowed
from domain.models import Unit
from domain.unit_of_work import Actor, UnitOfWork

RANKED = directory.RANKED_KINDS


def actor(uow: UnitOfWork) -> Actor:
    """Return who acts; raise NotAllowed for nobody."""
    if uow.actor is None:
        raise NotAllowed("unbound")
    return uow.actor


def reads_everything(uow: UnitOfWork) -> bool:
    """Tell whether the actor reads all units: by role, or by belonging to the city level."""
    person = actor(uow)
    return person.role in READS_EVERYTHING or directory.is_city_level(uow, person)


def readable_units(uow: UnitOfWork) -> set[int] | None:
    """Return the ids of the units whose rows the actor reads; None for all."""
    return None if reads_everything(uow) else directory.with_subunits(uow, actor(uow).unit_id)


def require_readable(uow: UnitOfWork, unit_id: int) -> None:
    """Raise NotAllowed unless the rows of a unit are within the actor's scope."""
    allowed = readable_units(uow)
    if allowed is not None and unit_id not in allowed:
        raise NotAllowed("outside_scope", unit=_unit_name(uow, unit_id))


def require_figure(uow: UnitOfWork, unit_id: int) -> None:
    """Raise NotAllowed unless a unit's figures may be told: a ranked unit's and the city's to everyone bound."""
    unit = uow.session.get(Unit, unit_id)
    root = directory.root_unit(uow)
    ranked = unit is not None and (unit.id == root.id or (unit.parent_id == root.id and unit.kind in RANKED))
    if not ranked and not reads_everything(uow) and unit_id not in directory.with_subunits(uow, actor(uow).unit_id):
        raise NotAllowed("figure_outside_scope", unit=_unit_name(uow, unit_id))


def require_writable(uow: UnitOfWork, unit_id: int) -> None:
    """Raise NotAllowed unless the actor writes for a unit: their own or one below it."""
    if unit_id not in directory.with_subunits(uow, actor(uow).unit_id):
        raise NotAllowed("not_your_unit", unit=_unit_name(uow, unit_id))


def require_role(uow: UnitOfWork, roles: Iterable[str]) -> None:
    """Raise NotAllowed unless the actor has one of the roles."""
    if actor(uow).role not in roles:
        raise NotAllowed("wrong_role", roles=list(roles))


def sees_contacts(uow: UnitOfWork, unit_id: int) -> bool:
    """Tell whether the actor sees the contacts of a unit's records: only inside that unit (or by role)."""
    person = actor(uow)
    return person.role in READS_EVERYTHING or unit_id in directory.with_subunits(uow, person.unit_id)


def _unit_name(uow: UnitOfWork, unit_id: int) -> str:
    unit = uow.session.get(Unit, unit_id)
    return unit.name if unit else str(unit_id)
