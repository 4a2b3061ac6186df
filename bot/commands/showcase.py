"""`demo`: the whole product on this machine, with a demo city and people to speak as."""

import datetime as dt
import logging
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import typer
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from bot import app as composition
from bot import service, simulator
from bot.app import Assistant
from bot.commands.refusal import Refusal
from bot.commands.running import until_stopped
from bot.commands.voice import Voice
from bot.demo.load import load_demo, suggestions
from bot.settings import Clock, Settings
from domain import accounts
from domain.database import database_url
from domain.models import Account, AuditRow, Person, Unit
from domain.unit_of_work import Ledger

DEMO_DATABASE = "zhaoshang-demo.db"
FIRST_ACCOUNT = 10_001  # numbers of the simulated Telegram accounts
CAST = ("staff", "unit_head", "leader", "statistician", "supervisor")
OLD_DAYS = 7
NUMBERS_BEGAN = 1_760_000_000  # updates and messages are numbered by the second of the start from here on
PORTS_TRIED = 20


def load_only(settings: Settings, voice: Voice, clock: Clock) -> None:
    """Fill the empty database with the demo city."""
    ledger = composition.open_ledger(settings.database)
    _fill(ledger, voice, clock)
    ledger.engine.dispose()  # SQLite's journal goes into the file: it may be copied now


def serve(settings: Settings, voice: Voice, clock: Clock, *, port: int, browser: bool, fresh: bool) -> None:
    """Serve the demo until interrupted; the first start makes the city."""
    ledger = _open(settings, voice, clock, fresh=fresh)
    logging.basicConfig(force=True, level=logging.ERROR)
    typer.echo(voice.say("demo_step_names"), err=True)
    assistant = composition.build(ledger)
    with tempfile.TemporaryDirectory() as folder:
        settings = settings.model_copy(update={"files": Path(folder)})
        until_stopped(_serve(assistant, settings, voice, clock, port=port, browser=browser))


def _open(settings: Settings, voice: Voice, clock: Clock, *, fresh: bool) -> Ledger:
    if fresh:
        _remove(settings.database)
    ledger = composition.open_ledger(settings.database)
    if not _has_city(ledger, clock):
        _fill_apart(settings, voice, clock)
        return ledger
    age = _age(ledger, clock)
    if age.days > OLD_DAYS and _wants_rebuild(voice, age.days):
        ledger.engine.dispose()
        return _open(settings, voice, clock, fresh=True)
    return ledger


def _fill_apart(settings: Settings, voice: Voice, clock: Clock) -> None:
    """Make the city in a process of its own, which gives its memory back when it ends."""
    command = [sys.executable, "-m", "bot", "demo", "--load-only"]
    command += ["--database", settings.database, "--at", clock.now().isoformat()]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own command with our own words
        raise Refusal(voice.say("demo_not_made"))


def _fill(ledger: Ledger, voice: Voice, clock: Clock) -> None:
    if _has_city(ledger, clock):
        raise Refusal(voice.say("demo_not_empty"))
    typer.echo(voice.say("demo_step_city"), err=True)
    load_demo(ledger, clock.now())
    with ledger.work(clock.now(), source="demo") as uow:
        people = uow.session.scalars(select(Person).where(Person.role.in_(CAST)).order_by(Person.id)).all()
        cast = [next(person for person in people if person.role == role) for role in CAST]
        for number, person in enumerate(cast, FIRST_ACCOUNT):
            accounts.bind(uow, accounts.invite(uow, person), number, number)


async def _serve(
    assistant: Assistant, settings: Settings, voice: Voice, clock: Clock, *, port: int, browser: bool
) -> None:
    people = _people(assistant, clock)
    words = assistant.catalog.table("page")
    for candidate in range(port, port + PORTS_TRIED if port else 1):
        server = simulator.BotApiServer(
            people,
            port=candidate,
            words=words,
            clock=lambda: clock.now().timestamp(),
            numbered_from=int(time.time()) - NUMBERS_BEGAN,
        )
        try:
            await server.start()
        except OSError:
            continue
        break
    else:
        raise Refusal(voice.say("port_taken", port=port))
    try:
        await service.serve(
            assistant,
            settings,
            clock,
            token=server.token,
            api=server.url,
            started=lambda _: _announce(voice, server.url, people[0].suggestions, browser=browser),
        )
    finally:
        await server.stop()


def _announce(voice: Voice, address: str, sentences: Sequence[str], *, browser: bool) -> None:
    typer.echo(voice.say("demo_ready", address=address))
    typer.echo(voice.say("demo_try"))
    for sentence in sentences[:3]:
        typer.echo(f"  {sentence}")
    sys.stdout.flush()
    if browser and sys.stdout.isatty():
        webbrowser.open(address)


def _people(assistant: Assistant, clock: Clock) -> list[simulator.Person]:
    now = clock.now()
    by_role = suggestions(assistant.ledger, now)
    roles = assistant.catalog.table("ledger/choices")["role"]
    with assistant.ledger.read(now) as uow:
        rows = uow.session.execute(
            select(Account.telegram_id, Person)
            .join(Person, Person.id == Account.person_id)
            .order_by(Account.telegram_id)
        ).all()
        return [
            simulator.Person(
                id=number,
                name=person.name,
                title=person.title or roles[person.role],
                note=f"{person.unit.short_name or person.unit.name} · {roles[person.role]}",
                suggestions=tuple(by_role.get(person.role, ())),
            )
            for number, person in rows
        ]


def _has_city(ledger: Ledger, clock: Clock) -> bool:
    with ledger.read(clock.now()) as uow:
        return bool(uow.session.scalar(select(func.count()).select_from(Unit)))


def _age(ledger: Ledger, clock: Clock) -> dt.timedelta:
    """Return how long ago the city was made."""
    now = clock.now()
    with ledger.read(now) as uow:
        made = uow.session.scalar(select(func.min(AuditRow.at)))
    return now - made if made else dt.timedelta(0)


def _wants_rebuild(voice: Voice, days: int) -> bool:
    if not sys.stdin.isatty():
        typer.echo(voice.say("demo_old", days=days), err=True)
        return False
    return typer.confirm(voice.say("demo_old", days=days), default=True, err=True)


def _remove(database: str) -> None:
    """Remove a demo file with its journal; a database server is left alone."""
    url = make_url(database_url(database))
    if url.drivername.startswith("sqlite") and url.database:
        for suffix in ("", "-wal", "-shm"):
            Path(url.database + suffix).unlink(missing_ok=True)
