"""Updates received: stored once, applied once, tried again, forgotten."""

import datetime as dt
import threading
from typing import Any

import pytest

from domain import dialogues, inbox
from domain.models import Account, InboxUpdate, Person, Unit
from domain.unit_of_work import Ledger, UnitOfWork, acting
from tests.factories import NOW


def message(update_id: int, chat: int = 7, text: str = "你好") -> dict[str, Any]:
    return {"update_id": update_id, "message": {"message_id": update_id, "chat": {"id": chat}, "text": text}}


def test_stores_an_update_once(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        assert inbox.store(uow, [message(2), message(1)]) == [2, 1]
    with ledger.work(NOW) as uow:
        assert inbox.store(uow, [message(1), message(2), message(3)]) == [3]
        assert {row.update_id: row.payload for row in inbox.pending(uow)} == {n: message(n) for n in (1, 2, 3)}


def test_stores_a_batch_that_repeats_itself(uow: UnitOfWork) -> None:
    assert sorted(set(inbox.store(uow, [message(1), message(1)]))) == [1]
    assert inbox.store(uow, []) == []


@pytest.mark.parametrize(
    ("payload", "chat"),
    [
        ({"update_id": 1, "message": {"chat": {"id": 5}}}, 5),
        ({"update_id": 1, "callback_query": {"from": {"id": 6}, "message": {"chat": {"id": -9}}}}, -9),
        ({"update_id": 1, "inline_query": {"from": {"id": 6}}}, 6),
        ({"update_id": 1, "poll": {"id": "3"}}, None),
        ({"update_id": 1}, None),
    ],
)
def test_finds_the_chat_of_a_raw_update(payload: dict[str, Any], chat: int | None) -> None:
    assert inbox.chat_of(payload) == chat


def test_an_applied_update_cannot_be_applied_again(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        inbox.store(uow, [message(1)])
        inbox.finish(uow, 1)
    with ledger.work(NOW) as uow, pytest.raises(inbox.AlreadyApplied):
        inbox.finish(uow, 1)
    with ledger.read(NOW) as uow:
        assert list(inbox.pending(uow)) == []


def test_counts_the_commands_applied(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        inbox.store(uow, [message(1)])
        inbox.step(uow, 1, 0)
        inbox.step(uow, 1)
    with ledger.work(NOW) as uow:
        assert inbox.standing(uow, 1, 501) == inbox.Standing(None, 2)
        with pytest.raises(inbox.AlreadyApplied):
            inbox.step(uow, 1, 1)


def test_knows_the_sender_as_the_one_who_acts(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        unit = Unit(name="翠屏区", kind="county")
        person = Person(name="温慧敏", unit=unit, role="staff")
        uow.session.add_all((unit, person))
        uow.session.flush()
        uow.session.add(Account(telegram_id=501, person_id=person.id, chat_id=501, bound_at=NOW))
        inbox.store(uow, [message(1)])
        dialogues.save(uow, 777, person.id, {"question": "another chat"})
    with ledger.read(NOW) as uow:
        sender = acting(uow.connection, person.id)
        assert inbox.standing(uow, 1, 501) == inbox.Standing(sender)
        assert sender is not None
        assert (sender.name, sender.unit_name) == ("温慧敏", "翠屏区")
        assert inbox.standing(uow, 1, 502) == inbox.Standing(None)


def test_knows_what_the_sender_was_in_the_middle_of_in_that_chat(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        unit = Unit(name="翠屏区", kind="county")
        people = [Person(name=name, unit=unit, role="staff") for name in ("温慧敏", "陈志强")]
        uow.session.add_all((unit, *people))
        uow.session.flush()
        for number, person in enumerate(people):
            uow.session.add(Account(telegram_id=501 + number, person_id=person.id, chat_id=501, bound_at=NOW))
        inbox.store(uow, [message(1)])
        dialogues.save(uow, 7, people[0].id, {"last": "visit"})
    with ledger.read(NOW) as uow:
        assert [inbox.standing(uow, 1, sender).dialogue for sender in (501, 502)] == [{"last": "visit"}, {}]


def test_tries_again_then_gives_up(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        inbox.store(uow, [message(1), message(2)])
    for attempt in range(1, inbox.MOST_ATTEMPTS + 1):
        with ledger.work(NOW) as uow:
            assert inbox.fail(uow, 1, "boom") is (attempt < inbox.MOST_ATTEMPTS)
    with ledger.work(NOW) as uow:
        assert not inbox.fail(uow, 2, "cannot be read", for_good=True)
        assert not inbox.fail(uow, 99, "unknown")
        assert list(inbox.pending(uow)) == []
        assert uow.session.get_one(InboxUpdate, 1).error == "boom"


def test_forgets_applied_updates_after_two_days(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        inbox.store(uow, [message(1), message(2)])
        inbox.finish(uow, 1)
    with ledger.work(NOW + dt.timedelta(hours=47)) as uow:
        assert inbox.prune(uow) == 0
    with ledger.work(NOW + dt.timedelta(hours=49)) as uow:
        assert inbox.prune(uow) == 1
        assert [row.update_id for row in inbox.pending(uow)] == [2]


def test_two_threads_apply_an_update_once(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        inbox.store(uow, [message(1)])
    applied, refused, start = list[int](), list[int](), threading.Barrier(4)

    def apply() -> None:
        start.wait()
        try:
            with ledger.work(NOW) as uow:
                inbox.finish(uow, 1)
            applied.append(1)
        except inbox.AlreadyApplied:
            refused.append(1)

    threads = [threading.Thread(target=apply) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(applied), len(refused)) == (1, 3)
