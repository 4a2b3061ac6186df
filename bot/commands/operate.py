"""`run`, `push`, `invite`, `db upgrade` and `doctor`: what keeps a real installation going."""

import json
import logging

import typer
from sqlalchemy import func, select
from telegram.error import InvalidToken, TelegramError

from bot import app as composition
from bot.app import Assistant
from bot.chat import contract_figure
from bot.commands.refusal import Refusal
from bot.commands.running import until_stopped
from bot.commands.voice import Voice
from bot.opening import learn_names
from bot.replies import plain
from bot.settings import Clock, Settings
from domain import accounts, checks, directory, pushes, schema
from domain.database import open_engine
from domain.models import Account, Person
from domain.unit_of_work import Ledger


def serve(settings: Settings, voice: Voice, clock: Clock) -> None:
    """Serve Telegram until interrupted; what is missing is named with the next command."""
    from bot import service  # noqa: PLC0415 - telegram takes a while to import and only `run` needs it

    if settings.token is None or not settings.token.get_secret_value().strip():
        raise Refusal(voice.say("run_no_token"))
    ledger = composition.open_ledger(settings.database)
    _require_people(ledger, voice, clock)
    logging.basicConfig(force=True, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    token, api = settings.token.get_secret_value().strip(), settings.api_base_url.rstrip("/")
    assistant = composition.build(ledger)
    learn_names(ledger, clock.now())
    try:
        until_stopped(
            service.serve(
                assistant,
                settings,
                clock,
                token=token,
                api=api,
                started=lambda name: typer.echo(voice.say("run_started", name=name), err=True),
            )
        )
    except InvalidToken:
        raise Refusal(voice.say("run_bad_token")) from None
    except TelegramError as fault:
        raise Refusal(voice.say("unexpected", fault=fault)) from None


def push(assistant: Assistant, clock: Clock, *, dry_run: bool) -> None:
    """Print what is due at the moment, a JSON line a message; owe it unless it is a dry run."""
    now = clock.now()
    opened = assistant.ledger.read(now) if dry_run else assistant.ledger.work(now)
    with opened as uow:
        due = pushes.due_pushes(uow) if dry_run else pushes.enqueue_due(uow)
        for each in due:
            person = uow.session.get_one(Person, each.person_id)
            content = {**each.content, "values": plain(each.values)}
            line = {
                "to": directory.printed_name(uow, person),
                "kind": each.kind,
                "text": assistant.wording.word(content, now=now).text,
                "figures": [contract_figure(figure) for figure in content["figures"]],
            }
            typer.echo(json.dumps(line, ensure_ascii=False))


def invite(ledger: Ledger, voice: Voice, clock: Clock, name: str) -> None:
    """Print a one-time code that binds an account to a person."""
    with ledger.work(clock.now(), source="command") as uow:
        person = directory.person_by_name(uow, name)
        code = accounts.invite(uow, person)
        typer.echo(
            voice.say("invite_done", name=directory.printed_name(uow, person), code=code, days=uow.rules.invite_days)
        )


def upgrade(settings: Settings, voice: Voice) -> None:
    """Bring the database to the current schema."""
    schema.upgrade(open_engine(settings.database))
    typer.echo(voice.say("upgrade_done"))


def doctor(settings: Settings, voice: Voice, clock: Clock) -> bool:
    """Print what is well and what is not; tell whether nothing is wrong."""
    ledger = composition.peek_ledger(settings.database)
    with ledger.read(clock.now()) as uow:
        found = checks.examine(uow)
    for check in found:
        mark = voice.say("doctor_good" if check.good else "doctor_bad")
        typer.echo(mark + voice.doctor(check.key, **check.values))
    return all(check.good or check.advice for check in found)


def somebody(ledger: Ledger, clock: Clock) -> str:
    """Return the name of one person of the directory, as an example."""
    with ledger.read(clock.now()) as uow:
        name = uow.session.scalar(select(Person.name).order_by(Person.id).limit(1))
    return name or "?"


def _require_people(ledger: Ledger, voice: Voice, clock: Clock) -> None:
    with ledger.read(clock.now()) as uow:
        if not uow.session.scalar(select(func.count()).select_from(Person)):
            raise Refusal(voice.say("run_no_people"))
        chief = uow.session.scalar(select(Person.name).where(Person.role == "administrator").order_by(Person.id))
        if chief is None:
            raise Refusal(voice.say("run_no_administrator"))
        if not uow.session.scalar(select(func.count()).select_from(Account)):
            raise Refusal(voice.say("run_nobody_bound", name=chief))
