"""Finds the enterprise a name means, or keeps the name as a new one."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, exists, select

from domain import audit
from domain.errors import Invalid
from domain.models import AuditRow, Enterprise, Investor, Lead, VisitEnterprise
from domain.unit_of_work import UnitOfWork

SHORTEST, LONGEST = 2, 60  # letters and digits of a firm's name at least, characters at most

_called = select(Enterprise).where(Enterprise.name.in_(bindparam("names", expanding=True)))


def by_names(uow: UnitOfWork, names: Sequence[str]) -> list[Enterprise]:
    """Return one enterprise a canonical name, in order and without repeats; a name not in the ledger is a new one.

    New ones have no id before the next flush; `audit_new` notes them after it.
    """
    wanted = list(dict.fromkeys(names))
    known = {firm.name: firm for firm in uow.session.scalars(_called, {"names": wanted})} if wanted else {}
    return [known.get(name) or _new(name) for name in wanted]


def _new(name: str) -> Enterprise:
    """Return a firm not in the ledger; raise Invalid for what is no firm's name."""
    if sum(letter.isalnum() for letter in name) < SHORTEST or len(name) > LONGEST:
        raise Invalid("no_firm_name", name=name)
    return Enterprise(name=name, aliases=[], tags=[])


def audit_new(uow: UnitOfWork, enterprises: Iterable[Enterprise]) -> None:
    """Note enterprises just brought in."""
    for enterprise in enterprises:
        audit.write(uow, "create", enterprise, after=audit.snapshot(enterprise))


def drop_unused(uow: UnitOfWork, enterprises: Sequence[Enterprise]) -> None:
    """Remove those enterprises that a withdrawn record had brought in and nothing else names."""
    uow.session.flush()
    for enterprise in enterprises:
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
