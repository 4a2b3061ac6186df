"""Finds the enterprise a name means, or keeps the name as a new one."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select

from domain import audit
from domain.models import Enterprise, Investor, Lead, VisitEnterprise
from domain.unit_of_work import UnitOfWork


def by_names(uow: UnitOfWork, names: Sequence[str]) -> list[Enterprise]:
    """Return one enterprise a name, in order and without repeats; a name not in the ledger is kept as said."""
    found: list[Enterprise] = []
    for name in names:
        enterprise = _known(uow, name) or _new(uow, name)
        if enterprise not in found:
            found.append(enterprise)
    return found


def drop_unused(uow: UnitOfWork, enterprises: Sequence[Enterprise]) -> None:
    """Remove those enterprises that a withdrawn record had brought in and nothing else names."""
    uow.session.flush()
    for enterprise in enterprises:
        if _brought_in_by_record(enterprise) and not _referred_to(uow, enterprise.id):
            audit.write(uow, "remove", enterprise, before=audit.snapshot(enterprise))
            uow.session.delete(enterprise)


def _known(uow: UnitOfWork, name: str) -> Enterprise | None:
    exact = select(Enterprise).where((Enterprise.name == name) | (Enterprise.short_name == name))
    return uow.session.scalars(exact.order_by((Enterprise.name != name), Enterprise.id).limit(1)).first()


def _new(uow: UnitOfWork, name: str) -> Enterprise:
    enterprise = Enterprise(name=name, aliases=[], tags=[])
    uow.session.add(enterprise)
    uow.session.flush()
    audit.write(uow, "create", enterprise, after=audit.snapshot(enterprise))
    return enterprise


def _brought_in_by_record(enterprise: Enterprise) -> bool:
    known = (enterprise.short_name, enterprise.credit_code, enterprise.province, enterprise.city, enterprise.industry)
    return not any(known) and not enterprise.aliases


def _referred_to(uow: UnitOfWork, enterprise_id: int) -> bool:
    tables = (VisitEnterprise, Investor, Lead)
    return any(uow.session.scalar(select(exists().where(table.enterprise_id == enterprise_id))) for table in tables)


def count(uow: UnitOfWork) -> int:
    """Return how many enterprises the ledger knows."""
    return uow.session.scalar(select(func.count()).select_from(Enterprise)) or 0
