"""Says what is to be pushed at a moment, owes it once, and checks it again before it is sent."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from domain import digests, outbox, reminders
from domain.errors import DomainError
from domain.figures import Figure
from domain.models import Account, OutboxMessage, Person, Reminder
from domain.statistics.question import Question
from domain.statistics.rankings import Ranking, rank
from domain.unit_of_work import UnitOfWork

SCOPE = "pushes"  # whose replies the words are
AUDIENCE: Mapping[str, tuple[str, ...]] = {"ranking": ("leader",), "digest": ("staff", "unit_head")}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Push:
    """Something to say unasked to one person, once: the key is what makes it the same push."""

    person_id: int
    kind: str  # ranking, digest, reminder
    key: str
    due_at: dt.datetime
    values: Mapping[str, Any] = field(default_factory=dict)
    figures: Sequence[Figure] = ()
    subject_id: int | None = None  # the reminder

    @property
    def content(self) -> dict[str, Any]:
        """Return what the outbox row keeps, for the wording and for the check before sending."""
        figures = [figure.as_json() | {"live": figure.live, "notes": list(figure.notes)} for figure in self.figures]
        said = {"scope": SCOPE, "key": self.kind, "values": dict(self.values), "figures": figures}
        return said | {"subject_id": self.subject_id}


def due_pushes(uow: UnitOfWork) -> list[Push]:
    """Return what is due now for everyone entitled, with a bound account or without."""
    weekly = [push for kind in AUDIENCE for push in _weekly(uow, kind, None)]
    return weekly + _reminders(uow)


def enqueue_due(uow: UnitOfWork) -> list[Push]:
    """Owe what is due now to those with a bound account, once; return it for everyone entitled."""
    pushes = due_pushes(uow)
    _owe(uow, pushes)
    return pushes


def tick(uow: UnitOfWork) -> int:
    """Owe what is due and not owed yet, computing nothing else; return how many messages that made."""
    bound = {person for person, _ in uow.session.execute(select(Account.person_id, Account.chat_id))}
    weekly = [push for kind in AUDIENCE for push in _weekly(uow, kind, bound)]
    return _owe(uow, weekly + _reminders(uow))


def recheck(uow: UnitOfWork, message: OutboxMessage) -> bool:
    """Tell whether a claimed message is still true and allowed and may go now; drop or put off a push that is not."""
    if message.kind not in AUDIENCE and message.kind != "reminder":
        return True
    reason = _objection(uow, message)
    if reason is not None:
        outbox.mark_dropped(uow, message.id, reason)
        return False
    wait = quiet_seconds(uow) if message.kind in AUDIENCE else 0.0
    if wait > 0:
        outbox.unclaim(uow, message.id, after=wait)
    return wait <= 0


def quiet_seconds(uow: UnitOfWork) -> float:
    """Return how long the quiet hours still last; 0 outside them."""
    start, end = (dt.time.fromisoformat(uow.rules.quiet_hours[side]) for side in ("start", "end"))
    clock = uow.now.time()
    quiet = start <= clock < end if start <= end else clock >= start or clock < end
    if not quiet:
        return 0.0
    until = dt.datetime.combine(uow.today, end, uow.now.tzinfo)
    return ((until if until > uow.now else until + dt.timedelta(days=1)) - uow.now).total_seconds()


def _objection(uow: UnitOfWork, message: OutboxMessage) -> str | None:
    bound = select(Account).where(Account.person_id == message.person_id, Account.chat_id == message.chat_id)
    if uow.session.scalars(bound).first() is None:
        return "the account is no longer bound"
    if message.kind == "reminder":
        return _reminder_objection(uow, message)
    person = uow.session.get(Person, message.person_id)
    return None if person and person.role in AUDIENCE[message.kind] else "the role is another now"


def _reminder_objection(uow: UnitOfWork, message: OutboxMessage) -> str | None:
    reminder = uow.session.get(Reminder, message.content.get("subject_id"))
    if reminder is None:
        return "the reminder was withdrawn"
    moved = not reminder.done and reminder.repeat is None and reminder.moment > uow.now
    return "the reminder was moved" if moved else None


def _owe(uow: UnitOfWork, pushes: Sequence[Push]) -> int:
    chats = _chats(uow)
    owed = [_owe_one(uow, push, chats[push.person_id]) for push in pushes if push.person_id in chats]
    for push in pushes:
        if push.kind == "reminder":
            reminders.ring(uow, reminders.get(uow, push.subject_id or 0))
    for late in _late_reminders(uow):
        reminders.ring(uow, late)
    return sum(owed)


def _owe_one(uow: UnitOfWork, push: Push, chat_id: int) -> bool:
    made = outbox.owe(
        uow,
        key=push.key,
        kind=push.kind,
        chat_id=chat_id,
        content=push.content,
        person_id=push.person_id,
        due_at=push.due_at,
        expires_at=push.due_at + _late(uow),
    )
    return made is not None


def _chats(uow: UnitOfWork) -> dict[int, int]:
    """Return each bound person's chat: that of the account bound last."""
    query = select(Account.person_id, Account.chat_id).order_by(Account.bound_at)
    return {person: chat for person, chat in uow.session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def _late(uow: UnitOfWork) -> dt.timedelta:
    return dt.timedelta(hours=uow.rules.late_hours)


def _weekly(uow: UnitOfWork, kind: str, bound: Collection[int] | None) -> list[Push]:
    """Return a weekly rule's pushes within its hours; with `bound`, only of these people and not owed yet."""
    due_at = _last_time(uow, getattr(uow.rules, f"{kind}_push"))
    if uow.now - due_at >= _late(uow):
        return []
    people = _audience(uow, kind, bound)
    keys = {person.id: f"{kind}:{due_at.date().isoformat()}:{person.id}" for person in people}
    if bound is not None:
        known = select(OutboxMessage.key).where(OutboxMessage.key.in_(list(keys.values())))
        owed = set(uow.session.scalars(known))
        people = [person for person in people if keys[person.id] not in owed]
    if not people:
        return []
    if kind == "ranking":
        return _rankings(uow, people, keys, due_at)
    return [
        Push(digest.person_id, kind, keys[digest.person_id], due_at, digest.values, digest.figures)
        for digest in digests.of(uow, people)
    ]


def _rankings(uow: UnitOfWork, people: Sequence[Person], keys: Mapping[int, str], due_at: dt.datetime) -> list[Push]:
    try:
        ranking = rank(uow, Question())
    except DomainError:  # nothing to rank by yet: no city, no districts, no closed month
        return []
    if not ranking.lines:
        return []
    values, figures = _ranking_words(ranking)
    return [Push(person.id, "ranking", keys[person.id], due_at, values, figures) for person in people]


def _ranking_words(ranking: Ranking) -> tuple[dict[str, Any], list[Figure]]:
    """Return the lines, each with the place of its figure among the figures, and the figures."""
    figures, lines = list(ranking.whole), list[dict[str, Any]]()
    for line in ranking.lines:
        if line.rank is not None:
            lines.append({"unit": line.unit.name, "place": line.place, "figure": len(figures)})
            figures += [line.figure, line.rank]
    unranked = [line.unit.name for line in ranking.lines if line.rank is None]
    values = {"metric": ranking.metric, "indicator": ranking.indicator, "whole": len(ranking.whole)}
    return values | {"lines": lines, "unranked": unranked}, figures


def _audience(uow: UnitOfWork, kind: str, bound: Collection[int] | None) -> list[Person]:
    people = uow.session.scalars(select(Person).where(Person.role.in_(AUDIENCE[kind])).order_by(Person.id))
    return [person for person in people if bound is None or person.id in bound]


def _last_time(uow: UnitOfWork, rule: Mapping[str, Any]) -> dt.datetime:
    """Return the last moment a weekly rule fell due, up to now."""
    back = (uow.today.weekday() - WEEKDAYS.index(rule["weekday"])) % 7
    day = uow.today - dt.timedelta(days=back)
    moment = dt.datetime.combine(day, dt.time.fromisoformat(rule["time"]), uow.now.tzinfo)
    return moment if moment <= uow.now else moment - WEEK


def _reminders(uow: UnitOfWork) -> list[Push]:
    found = []
    for reminder in reminders.due(uow):
        moment = reminders.latest_ring(uow, reminder)
        if uow.now - moment < _late(uow):
            key = f"reminder:{reminder.id}:{moment.astimezone(dt.UTC).isoformat()}:{reminder.person_id}"
            values = {"text": reminder.text, "moment": moment.isoformat(), "repeat": reminder.repeat}
            found.append(Push(reminder.person_id, "reminder", key, moment, values, subject_id=reminder.id))
    return found


def _late_reminders(uow: UnitOfWork) -> list[Reminder]:
    """Return the due reminders that are too late to ring, such as after days without power."""
    return [one for one in reminders.due(uow) if uow.now - reminders.latest_ring(uow, one) >= _late(uow)]
