"""Finds the enterprise a name means, or keeps the name as a new one."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select

from domain import audit
from domain.errors import Invalid
from domain.models import AuditRow, Enterprise, Investor, Lead, VisitEnterprise
from domain.unit_of_work import UnitOfWork

SHORTEST, LONGEST = 2, 60  # letters and digits of a firm's name at least, characters at most

_met = exists().where(VisitEnterprise.enterprise_id == Enterprise.id)
_called = select(Enterprise.name, Enterprise.id, _met).where(Enterprise.name.in_(bindparam("names", expanding=True)))


class Firm(NamedTuple):
    """An enterprise as a record names it."""

    id: int
    name: str
    new: bool = False  # brought in just now
    met: bool = False  # there was a visit to it before


def named(uow: UnitOfWork, name: str) -> Enterprise | None:
    """Return the enterprise of a canonical name, if the ledger has it."""
    return uow.session.scalars(select(Enterprise).where(Enterprise.name == name).limit(1)).first()


def by_names(uow: UnitOfWork, names: Sequence[str]) -> list[Firm]:
    """Return one enterprise a canonical name, in order and without repeats; one not in the ledger is brought in."""
    wanted = list(dict.fromkeys(names))
    rows = uow.connection.execute(_called, {"names": wanted}) if wanted else ()
    known = {name: Firm(number, name, met=bool(met)) for name, number, met in rows}
    return [known.get(name) or _bring_in(uow, name) for name in wanted]


def _bring_in(uow: UnitOfWork, name: str) -> Firm:
    """Enter a firm not in the ledger; raise Invalid for what is no firm's name."""
    if sum(letter.isalnum() for letter in name) < SHORTEST or len(name) > LONGEST:
        raise Invalid("no_firm_name", name=name)
    enterprise = Enterprise(name=name, aliases=[], tags=[])
    uow.session.add(enterprise)
    uow.session.flush()
    audit.write(uow, "create", enterprise, after=audit.snapshot(enterprise))
    return Firm(enterprise.id, name, new=True)


def drop_unused(uow: UnitOfWork, firms: Sequence[Firm]) -> None:
    """Remove those enterprises that a withdrawn record had brought in and nothing else names."""
    uow.session.flush()
    for firm in firms:
        enterprise = uow.session.get_one(Enterprise, firm.id)
        if _brought_in_by_record(uow, enterprise) and not _referred_to(uow, enterprise.id):
            audit.write(uow, "remove", enterprise, before=audit.snapshot(enterprise))
            uow.session.delete(enterprise)


def _brought_in_by_record(uow: UnitOfWork, enterprise: Enterprise) -> bool:
    """Tell whether somebody's message made the firm: what came with a workbook stays."""
    made = select(AuditRow.source).where(
        AuditRow.subject == Enterprise.__tablename__,
        AuditRow.subject_id == str(enterprise.id),
        AuditRow.action == "create",
    )
    return str(uow.session.scalar(made.order_by(AuditRow.id.desc()).limit(1))).startswith("message:")


def _referred_to(uow: UnitOfWork, enterprise_id: int) -> bool:
    tables = (VisitEnterprise, Investor, Lead)
    return any(uow.session.scalar(select(exists().where(table.enterprise_id == enterprise_id))) for table in tables)
