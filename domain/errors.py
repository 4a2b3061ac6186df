"""What can go wrong, as facts with fields; the words are in `locale/replies/errors.toml`.

DomainError
├── NotAllowed            the person may not do or see this
├── NotFound              nothing of that name or kind
├── Ambiguous             several of that name
├── Conflict              the ledger says otherwise (a duplicate, an over-arrival, already undone)
├── Invalid               a value that cannot be (negative money, a date that does not exist)
├── NothingYet            there is nothing to answer from (no figure for a period still to come)
└── LedgerUnusable        the database is missing, locked, of another version
"""

from typing import Any


class DomainError(Exception):
    """A rule said no; `key` names the sentence, `values` fill it."""

    key = "error"

    def __init__(self, key: str | None = None, **values: Any) -> None:
        super().__init__(key or self.key, values)
        self.key = key or self.key
        self.values = values


class NotAllowed(DomainError):
    """The person may not do or see this."""

    key = "not_allowed"


class NotFound(DomainError):
    """Nothing of that name is in the ledger."""

    key = "not_found"


class Ambiguous(DomainError):
    """Several of that name are in the ledger."""

    key = "ambiguous"


class Conflict(DomainError):
    """The ledger already says otherwise."""

    key = "conflict"


class Invalid(DomainError):
    """The value cannot be."""

    key = "invalid"


class NothingYet(DomainError):
    """There is nothing to answer from."""

    key = "nothing_yet"


class LedgerUnusable(DomainError):
    """The database is missing, unreachable or of another version."""

    key = "ledger_unusable"
