"""Messages owed: made once, claimed under a lease, in order, marked."""

import datetime as dt
import threading
from typing import Any

from domain import outbox
from domain.models import OutboxMessage
from domain.unit_of_work import Ledger, UnitOfWork
from tests.factories import NOW

CONTENT = {"scope": "help", "key": "done"}


def owe(uow: UnitOfWork, key: str, chat: int = 7, kind: str = "reply", **more: Any) -> int | None:
    return outbox.owe(uow, key=key, kind=kind, chat_id=chat, **{"content": CONTENT, **more})


def later(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def claimed(ledger: Ledger, at: dt.datetime = NOW, **options: Any) -> list[str]:
    with ledger.work(at) as uow:
        return [message.key for message in outbox.claim_due(uow, **options)]


def state_of(ledger: Ledger, key: str) -> tuple[str, str | None]:
    with ledger.read(NOW) as uow:
        row = uow.session.query(OutboxMessage).filter_by(key=key).one()
        return row.state, row.error


def number_of(ledger: Ledger, key: str) -> int:
    with ledger.read(NOW) as uow:
        return uow.session.query(OutboxMessage).filter_by(key=key).one().id


def test_owes_a_key_once(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        first = owe(uow, "a")
        assert first is not None
        assert uow.session.get_one(OutboxMessage, first).state == "pending"
        assert owe(uow, "a") is None
    with ledger.work(NOW) as uow:
        assert owe(uow, "a") is None


def test_claims_what_is_due_replies_first(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        owe(uow, "ranking", 1, "ranking")
        owe(uow, "digest", 2, "digest")
        owe(uow, "tomorrow", 3, due_at=later(86_400))
        owe(uow, "reply", 4)
    assert claimed(ledger, broadcasts=1) == ["reply", "ranking"]
    assert claimed(ledger) == ["digest"]
    assert claimed(ledger, later(86_399)) == ["reply", "ranking", "digest"]  # their leases are over
    assert claimed(ledger, later(86_400)) == ["tomorrow"]


def test_keeps_a_chat_in_order(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        for key in ("a", "b", "c"):
            owe(uow, key)
    assert claimed(ledger, limit=1) == ["a"]
    with ledger.work(NOW) as uow:
        owe(uow, "other", 8)
    assert claimed(ledger) == ["other"]
    with ledger.work(NOW) as uow:
        outbox.mark_again(uow, number_of(ledger, "a"), after=5)
    assert claimed(ledger, later(4)) == []
    assert claimed(ledger, later(5)) == ["a", "b", "c"]


def test_a_message_of_an_ended_sender_comes_back(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        owe(uow, "text")
        owe(uow, "paper", 8, content={**CONTENT, "files": [{"name": "a.xlsx", "path": "a.xlsx"}]})
    assert claimed(ledger) == ["text", "paper"]
    assert claimed(ledger, later(29)) == []
    assert claimed(ledger, later(30)) == ["text"]
    assert state_of(ledger, "paper") == ("uncertain", "the sender ended while sending")
    with ledger.work(later(40)) as uow:
        outbox.renew(uow, [number_of(ledger, "text")])
    assert claimed(ledger, later(69)) == []
    with ledger.work(later(69)) as uow:
        outbox.end_leases(uow)
    assert claimed(ledger, later(69)) == ["text"]


def test_marks_what_was_sent(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        owe(uow, "a")
        owe(uow, "b", 8)
    assert claimed(ledger) == ["a", "b"]
    with ledger.work(later(1)) as uow:
        outbox.mark_sent(uow, [(number_of(ledger, "a"), 501), (number_of(ledger, "b"), None)])
    with ledger.read(NOW) as uow:
        row = uow.session.query(OutboxMessage).filter_by(key="a").one()
        assert (row.state, row.message_id, row.sent_at) == ("sent", 501, later(1))
    assert claimed(ledger, later(1000)) == []


def test_an_uncertain_text_is_owed_again_and_a_file_is_not(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        owe(uow, "text")
        owe(uow, "file", 8)
    claimed(ledger)
    with ledger.work(NOW) as uow:
        outbox.mark_uncertain(uow, number_of(ledger, "text"), "TimedOut", parts=1)
        outbox.mark_uncertain(uow, number_of(ledger, "file"), "TimedOut", repeat=False)
    with ledger.work(later(600)) as uow:
        (message,) = outbox.claim_due(uow)
        assert (message.key, message.content["parts"]) == ("text", 1)
    assert state_of(ledger, "file") == ("uncertain", "TimedOut")


def test_an_uncertain_text_is_not_repeated_for_ever(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        owe(uow, "text")
    sends, at = 0, NOW
    while claimed(ledger, at):
        sends += 1
        with ledger.work(at) as uow:
            outbox.mark_uncertain(uow, number_of(ledger, "text"), "502")
        at += dt.timedelta(hours=1)
    assert sends == outbox.MOST_UNCERTAIN
    assert state_of(ledger, "text")[0] == "uncertain"


def test_drops_what_is_too_late_and_closes_what_is_refused(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        owe(uow, "late", 1, expires_at=later(60))
        owe(uow, "blocked", 2)
        owe(uow, "untrue", 3)
    with ledger.work(NOW) as uow:
        outbox.mark_failed(uow, number_of(ledger, "blocked"), "Forbidden: bot was blocked by the user")
        outbox.mark_dropped(uow, number_of(ledger, "untrue"), "withdrawn")
    assert claimed(ledger, later(61)) == []
    assert [state_of(ledger, key)[0] for key in ("late", "blocked", "untrue")] == ["dropped", "failed", "dropped"]


def test_a_message_given_back_still_holds_back_what_follows(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        owe(uow, "a")
        owe(uow, "b")
    claimed(ledger, limit=1)
    with ledger.work(NOW) as uow:
        outbox.unclaim(uow, number_of(ledger, "a"), after=10)
    assert claimed(ledger, later(9)) == []
    assert claimed(ledger, later(10)) == ["a", "b"]


def test_relays_side_by_side_claim_each_message_once_and_in_order(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        for number in range(60):
            owe(uow, f"{number}", number % 6)
    taken, start = list[tuple[int, int]](), threading.Barrier(4)

    def relay() -> None:
        start.wait()
        while True:
            with ledger.work(NOW) as uow:
                messages = outbox.claim_due(uow, 7)
                outbox.mark_sent(uow, [(message.id, message.id) for message in messages])
                taken.extend((message.chat_id, message.id) for message in messages)
            if not messages:
                return

    threads = [threading.Thread(target=relay) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 60
    with ledger.read(NOW) as uow:
        assert uow.session.query(OutboxMessage).filter_by(state="sent").count() == 60


def test_finds_the_record_of_a_card(ledger: Ledger) -> None:
    with ledger.work(NOW) as uow:
        owe(uow, "a")
        outbox.mark_sent(uow, [(number_of_row(uow, "a"), 900)])
        assert outbox.entry_of(uow, 7, 900) is None
        assert outbox.entry_of(uow, 7, 901) is None


def number_of_row(uow: UnitOfWork, key: str) -> int:
    return uow.session.query(OutboxMessage).filter_by(key=key).one().id
