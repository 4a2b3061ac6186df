"""Finds the enterprise a name means, or keeps the name as a new one."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select

from domain import audit
from domain.models import Enterprise, Investor, Lead, VisitEnterprise
from domain.unit_of_work import UnitOfWork


def by_names(uow: UnitOfWork, names: Sequence[str]) -> list[Enterprise]:
    """Return one enterprise a canonical name, in order and without repeats; a name not in the ledger is a new one.

    New ones have no id before the next flush; `audit_new` notes them after it.
    """
    wanted = list(dict.fromkeys(names))
    query = select(Enterprise).where(Enterprise.name.in_(wanted))
    known = {firm.name: firm for firm in uow.session.scalars(query)} if wanted else {}
    return [known.get(name) or Enterprise(name=name, aliases=[], tags=[]) for name in wanted]


def audit_new(uow: UnitOfWork, enterprises: Iterable[Enterprise]) -> None:
    """Note enterprises just brought in."""
    for enterprise in enterprises:
        audit.write(uow, "create", enterprise, after=audit.snapshot(enterprise))


def drop_unused(uow: UnitOfWork, enterprises: Sequence[Enterprise]) -> None:
    """Remove those enterprises that a withdrawn record had brought in and nothing else names."""
    uow.session.flush()
    for enterprise in enterprises:
        if _brought_in_by_record(enterprise) and not _referred_to(uow, enterprise.id):
            audit.write(uow, "remove", enterprise, before=audit.snapshot(enterprise))
            uow.session.delete(enterprise)


def _brought_in_by_record(enterprise: Enterprise) -> bool:
    known = (enterprise.short_name, enterprise.credit_code, enterprise.province, enterprise.city, enterprise.industry)
    return not any(known) and not enterprise.aliases


def _referred_to(uow: UnitOfWork, enterprise_id: int) -> bool:
    tables = (VisitEnterprise, Investor, Lead)
    return any(uow.session.scalar(select(exists().where(table.enterprise_id == enterprise_id))) for table in tables)
