"""What a person records by speaking: how each kind is made, revised and withdrawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain import reminders, visits
from domain.models import Base, Reminder, Visit
from domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RecordKind:
    """The three things that can be done with one kind of record."""

    model: type[Base]
    make: Callable[[UnitOfWork, Mapping[str, Any], str], Any]  # something with the new row's `id`
    revise: Callable[[UnitOfWork, Any, Mapping[str, Any]], None]
    withdraw: Callable[[UnitOfWork, Any], None]


KINDS: Mapping[str, RecordKind] = {
    "log_visit": RecordKind(Visit, visits.make, visits.revise, visits.withdraw),
    "remind_me": RecordKind(Reminder, reminders.make, reminders.revise, reminders.withdraw),
}
