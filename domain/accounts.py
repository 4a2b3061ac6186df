"""Binds Telegram accounts to people of the directory by one-time codes."""

import datetime as dt
import hashlib
import secrets

from sqlalchemy import select

from domain import audit
from domain.errors import Conflict, Invalid
from domain.models import Account, Invite, Person
from domain.unit_of_work import UnitOfWork

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without letters and digits that look alike
LENGTH = 10


def invite(uow: UnitOfWork, person: Person) -> str:
    """Return a new one-time code for a person; earlier unused ones end."""
    for old in uow.session.scalars(select(Invite).where(Invite.person_id == person.id, Invite.used_at.is_(None))):
        uow.session.delete(old)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    expires = uow.now + dt.timedelta(days=uow.rules.invite_days)
    row = Invite(code_hash=_hash(code), person_id=person.id, created_at=uow.now, expires_at=expires)
    uow.session.add(row)
    audit.write(uow, "create", row, after={"person_id": person.id})
    return code


def bind(uow: UnitOfWork, code: str, telegram_id: int, chat_id: int) -> Person:
    """Bind an account to the person a code was made for; raise Invalid for a wrong, used or old code."""
    row = uow.session.get(Invite, _hash(code.strip().upper()), with_for_update=True)  # two may tap at once
    if row is None:
        raise Invalid("code_unknown")
    account = uow.session.get(Account, telegram_id)
    if row.used_at is not None:
        if account is not None and account.person_id == row.person_id:
            return row.person  # the same person pressed twice
        raise Invalid("code_used")
    if row.expires_at < uow.now:
        raise Invalid("code_expired")
    if account is not None and account.person_id != row.person_id:
        raise Conflict("account_taken", name=account.person.name)
    row.used_at = uow.now
    if account is None:
        account = Account(telegram_id=telegram_id, person_id=row.person_id, chat_id=chat_id, bound_at=uow.now)
        uow.session.add(account)
        uow.session.flush()
        audit.write(uow, "create", account, after=audit.snapshot(account))
    return row.person


def bound(uow: UnitOfWork, telegram_id: int) -> Person | None:
    """Return the person an account is bound to."""
    account = uow.session.get(Account, telegram_id)
    return account.person if account else None


def of_person(uow: UnitOfWork, person_id: int) -> list[Account]:
    """Return the accounts bound to a person."""
    return list(uow.session.scalars(select(Account).where(Account.person_id == person_id)))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
