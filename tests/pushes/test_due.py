"""What is due when, for whom, and that it is owed once."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest

from domain import outbox, pushes, reminders, visits
from domain.models import Account, OutboxMessage, Person, Reminder
from domain.unit_of_work import Ledger
from tests.factories import CITY_ZONE, NOW
from tests.pushes.conftest import MONDAY, outbox_rows, unbind

PersonId = Callable[[str], int]
HOUR = dt.timedelta(hours=1)


def due(ledger: Ledger, at: dt.datetime) -> list[tuple[str, str]]:
    with ledger.read(at) as uow:
        found = [(push.kind, uow.session.get_one(Person, push.person_id).name) for push in pushes.due_pushes(uow)]
    return sorted(found)


def tick(ledger: Ledger, at: dt.datetime) -> int:
    with ledger.work(at) as uow:
        return pushes.tick(uow)


EVERYONE = [("digest", "张建国"), ("digest", "罗敏"), ("digest", "陈晓"), ("ranking", "曹志远")]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (MONDAY, EVERYONE),
        (MONDAY + 11 * HOUR, EVERYONE),
        (MONDAY - dt.timedelta(seconds=1), []),
        (MONDAY + 12 * HOUR, []),
        (MONDAY + 24 * HOUR, []),
    ],
)
def test_monday_half_past_eight(city: Ledger, at: dt.datetime, expected: list[tuple[str, str]]) -> None:
    assert due(city, at) == expected


def test_owes_once_and_only_to_those_bound(city: Ledger) -> None:
    assert tick(city, MONDAY) == 3
    assert tick(city, MONDAY + HOUR) == 0
    with city.work(MONDAY + HOUR) as uow:
        assert len(pushes.enqueue_due(uow)) == 4
    assert len(outbox_rows(city)) == 3
    assert tick(city, MONDAY + dt.timedelta(days=7)) == 3


def test_who_is_bound_later_still_gets_it_that_day(city: Ledger, person_id: PersonId) -> None:
    unbind(city, "曹志远")
    assert tick(city, MONDAY) == 2
    with city.work(MONDAY) as uow:
        uow.session.add(Account(telegram_id=9, chat_id=9, person_id=person_id("曹志远"), bound_at=MONDAY))
    assert tick(city, MONDAY + HOUR) == 1


def test_the_ranking_says_exact_figures(city: Ledger) -> None:
    with city.read(MONDAY) as uow:
        (ranking,) = [push for push in pushes.due_pushes(uow) if push.kind == "ranking"]
    lines = [
        (line["place"], line["unit"], ranking.figures[line["figure"]].as_json()) for line in ranking.values["lines"]
    ]
    assert [(place, unit, figure["value"]) for place, unit, figure in lines] == [
        (1, "临港经济开发区", 0.2143),
        (2, "翠屏区", 0.125),
        (3, "江安县", 0.12),
    ]
    assert ranking.values["unranked"] == ["珙县"]
    assert {figure["as_of"] for _, _, figure in lines} == {"2026-02-28"}


def test_the_digest_lists_own_work_only(city: Ledger, person_id: PersonId) -> None:
    chen = person_id("陈晓")
    day = {"date": {"start": "2026-03-17", "end": "2026-03-17"}}
    with city.work(NOW, actor=chen) as uow:
        for firm, last in (("比亚迪股份有限公司", "2026-03-25"), ("成都天府重型机械有限公司", "2026-03-20")):
            follow_up = {"start": last, "end": last}
            slots = {**day, "enterprises": [firm], "next_step": "回话", "follow_up": follow_up}
            visits.make(uow, slots, "")
        later = {"start": "2026-04-08", "end": "2026-04-08"}
        visits.make(uow, {**day, "enterprises": ["宜宾长江食品有限公司"], "follow_up": later}, "")
        reminders.add(uow, chen, "交周报", MONDAY.replace(hour=17), "weekly")
    digest = digest_of(city, chen)
    assert [item["firms"] for item in digest.values["due"]] == [["比亚迪"]]
    assert [item["firms"] for item in digest.values["overdue"]] == [["天府重机"]]
    assert [item["text"] for item in digest.values["reminders"]] == ["交周报"]
    assert digest.figures[0].as_json()["value"] == 3
    assert digest_of(city, person_id("张建国")).values["total"] == 0


def test_a_follow_up_done_is_no_to_do(city: Ledger, person_id: PersonId) -> None:
    chen = person_id("陈晓")
    with city.work(NOW, actor=chen) as uow:
        firm = {"enterprises": ["比亚迪股份有限公司"]}
        follow_up = {"start": "2026-03-25", "end": "2026-03-25"}
        visits.make(uow, {**firm, "date": {"start": "2026-03-10", "end": "2026-03-10"}, "follow_up": follow_up}, "")
        visits.make(uow, {**firm, "date": {"start": "2026-03-18", "end": "2026-03-18"}}, "")
    assert digest_of(city, chen).values["due"] == []


def digest_of(ledger: Ledger, person: int) -> pushes.Push:
    with ledger.read(MONDAY) as uow:
        return next(push for push in pushes.due_pushes(uow) if push.kind == "digest" and push.person_id == person)


def test_a_reminder_rings_once_at_its_moment(city: Ledger, person_id: PersonId) -> None:
    moment = NOW + 5 * HOUR
    with city.work(NOW) as uow:
        once = reminders.add(uow, person_id("陈晓"), "给王总回电话", moment)
        reminders.add(uow, person_id("罗敏"), "没有绑定", moment)
    assert tick(city, moment - dt.timedelta(seconds=1)) == 0
    assert due(city, moment) == [("reminder", "罗敏"), ("reminder", "陈晓")]
    assert tick(city, moment) == 1
    assert tick(city, moment + HOUR) == 0
    with city.read(NOW) as uow:
        assert uow.session.get_one(Reminder, once.id).done
    assert due(city, moment + HOUR) == []


def test_a_repeated_reminder_missed_for_days_rings_its_last_time_only(city: Ledger, person_id: PersonId) -> None:
    with city.work(NOW) as uow:
        reminders.add(uow, person_id("陈晓"), "写日报", NOW + HOUR, "daily")
        reminders.add(uow, person_id("张建国"), "开会", NOW + HOUR)
    back = dt.datetime(2026, 3, 21, 13, 0, tzinfo=CITY_ZONE)
    assert tick(city, back) == 1
    assert [key.split(":", 1)[0] for key, _ in outbox_rows(city)] == ["reminder"]
    assert due(city, back) == []
    assert tick(city, dt.datetime(2026, 3, 22, 11, 0, tzinfo=CITY_ZONE)) == 1


def test_two_schedulers_owe_everything_once(city: Ledger, person_id: PersonId) -> None:
    with city.work(NOW) as uow:
        reminders.add(uow, person_id("陈晓"), "写周报", MONDAY, "weekly")
    start, made = threading.Barrier(4), list[int]()

    def run() -> None:
        start.wait()
        made.append(tick(city, MONDAY))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == 4
    keys = [key for key, _ in outbox_rows(city)]
    assert len(keys) == len(set(keys)) == 4


def claim(ledger: Ledger, at: dt.datetime) -> list[str]:
    with ledger.work(at) as uow:
        return [message.kind for message in outbox.claim_due(uow) if pushes.recheck(uow, message)]


def test_what_is_no_longer_allowed_or_true_is_dropped(city: Ledger, person_id: PersonId) -> None:
    with city.work(NOW) as uow:
        gone = reminders.add(uow, person_id("刘海"), "取消的会", MONDAY)
        moved = reminders.add(uow, person_id("陈晓"), "推迟的会", MONDAY)
    assert tick(city, MONDAY) == 5
    unbind(city, "张建国")
    with city.work(MONDAY) as uow:
        uow.session.get_one(Person, person_id("曹志远")).role = "supervisor"
        reminders.withdraw(uow, reminders.get(uow, gone.id))
        row = reminders.get(uow, moved.id)
        row.moment, row.done = MONDAY + HOUR, False
    assert claim(city, MONDAY) == ["digest"]
    with city.read(NOW) as uow:
        reasons = {row.kind + str(row.person_id): row.error for row in uow.session.query(OutboxMessage) if row.error}
    assert sorted(reason or "" for reason in reasons.values()) == [
        "the account is no longer bound",
        "the reminder was moved",
        "the reminder was withdrawn",
        "the role is another now",
    ]


def test_broadcasts_wait_for_the_end_of_the_quiet_hours(city: Ledger, person_id: PersonId) -> None:
    night = MONDAY.replace(hour=22, minute=30)
    with city.work(night) as uow:
        reminders.add(uow, person_id("陈晓"), "赶夜车", night)
        content = {"scope": "pushes", "key": "digest"}
        chat, person = 102, person_id("张建国")
        outbox.owe(uow, key="late digest", kind="digest", chat_id=chat, content=content, person_id=person)
        assert pushes.quiet_seconds(uow) == 8.5 * 3600
    tick(city, night)
    assert claim(city, night) == ["reminder"]
    assert claim(city, night + 8 * HOUR) == ["reminder"]  # its lease is over, the digest still waits
    morning = claim(city, night + 8.5 * HOUR)
    assert "digest" in morning
