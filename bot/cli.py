"""The `zhaoshang` command: what can be typed; the doing is in `bot.commands`."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from typer.exceptions import TyperException

from bot import late
from bot.catalog import load_catalog
from bot.commands.help import Command, Group
from bot.commands.refusal import Refusal
from bot.commands.voice import Voice
from bot.settings import Clock, Settings
from domain.errors import DomainError

VOICE = Voice(load_catalog())
H = VOICE.help
BAD = 2

cli = typer.Typer(cls=Group, help=H("app"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
db = typer.Typer(cls=Group, help=H("db"), no_args_is_help=True)
cli.add_typer(db, name="db")

Database = Annotated[str | None, typer.Option("--database", help=H("database"))]
At = Annotated[str | None, typer.Option("--at", help=H("at"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=H("dry_run"))]
CHOSEN: dict[str, str | None] = {"database": None}


@cli.callback()
def _before(database: Database = None) -> None:
    CHOSEN["database"] = database


@cli.command(cls=Command, help=H("demo"))
def demo(
    *,
    database: Database = None,
    port: Annotated[int, typer.Option(help=H("port"), min=0, max=65535)] = 8080,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=H("no_browser"))] = True,
    load_only: Annotated[bool, typer.Option("--load-only", help=H("load_only"))] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help=H("fresh"))] = False,
    at: At = None,
) -> None:
    """Run everything on this machine."""
    settings, clock = _settings(database, late.showcase.DEMO_DATABASE), _clock(at)
    with _plainly():
        if load_only:
            late.showcase.load_only(settings, VOICE, clock)
        else:
            late.showcase.serve(settings, VOICE, clock, port=port, browser=browser, fresh=fresh)


@cli.command(cls=Command, help=H("run"))
def run(*, database: Database = None) -> None:
    """Serve Telegram."""
    with _plainly():
        late.operate.serve(_settings(database), VOICE, _clock(None))


@cli.command(cls=Command, help=H("chat"))
def chat(
    *,
    database: Database = None,
    name: Annotated[str | None, typer.Option("--as", help=H("as_name"))] = None,
    at: At = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help=H("jsonl"))] = False,
) -> None:
    """Talk in a terminal."""
    with _plainly():
        assistant, clock = late.app.build(late.opening.open_ledger(_settings(database).database)), _clock(at)
        if jsonl:
            lines = late.terminal.chat_lines(assistant, VOICE, clock, sys.stdin, default_user=name, at=at)
            _finish(whole=late.lines.print_lines(lines, sys.stdout))
        elif name is None:
            _refuse(VOICE.say("who", name=late.operate.somebody(assistant.ledger, clock)))
        else:
            _finish(whole=late.terminal.converse(assistant, VOICE, clock, user=name, at=at))


@cli.command(cls=Command, help=H("understand"))
def understand(
    *, database: Database = None, explain: Annotated[bool, typer.Option("--explain", help=H("explain"))] = False
) -> None:
    """Print what sentences are read as."""
    with _plainly():
        clock = _clock(None)
        understanding = late.sentences.open_understanding(_settings(database).database, clock)
        if explain:
            told = late.sentences.explained_lines(understanding, VOICE, clock, sys.stdin)
            _finish(whole=late.sentences.print_explanations(told, sys.stdout))
        else:
            lines = late.sentences.understand_lines(understanding, VOICE, clock, sys.stdin)
            _finish(whole=late.lines.print_lines(lines, sys.stdout))


@cli.command("import", cls=Command, help=H("import"))
def import_(
    files: Annotated[list[Path], typer.Argument(help=H("files"))], *, database: Database = None, dry_run: DryRun = False
) -> None:
    """Take workbooks into the ledger."""
    with _plainly():
        ledger = late.opening.open_ledger(_settings(database).database)
        _finish(whole=late.books.take(ledger, VOICE, _clock(None), files, dry_run=dry_run))


@cli.command(cls=Command, help=H("export"))
def export(folder: Annotated[Path, typer.Argument(help=H("folder"))], *, database: Database = None) -> None:
    """Write the ledger as a workbook."""
    with _plainly():
        late.books.give(late.opening.open_ledger(_settings(database).database), VOICE, _clock(None), folder)


@cli.command(cls=Command, help=H("push"))
def push(
    *, database: Database = None, at: Annotated[str, typer.Option("--at", help=H("at"))], dry_run: DryRun = False
) -> None:
    """Say what the scheduler would send at a moment."""
    clock = _clock(at)
    with _plainly():
        late.operate.push(
            late.app.build(late.opening.open_ledger(_settings(database).database)), clock, dry_run=dry_run
        )


@db.command(cls=Command, help=H("upgrade"))
def upgrade(*, database: Database = None) -> None:
    """Bring the database to the current schema."""
    with _plainly():
        late.operate.upgrade(_settings(database), VOICE)


@cli.command(cls=Command, help=H("invite"))
def invite(name: Annotated[str, typer.Argument(help=H("name"))], *, database: Database = None) -> None:
    """Make a one-time code for a person."""
    with _plainly():
        late.operate.invite(late.opening.open_ledger(_settings(database).database), VOICE, _clock(None), name)


@cli.command(cls=Command, help=H("doctor"))
def doctor(*, database: Database = None) -> None:
    """Check the installation and the ledger."""
    with _plainly():
        _finish(whole=late.operate.doctor(_settings(database), VOICE, _clock(None)))


def main() -> None:
    """Run the command; a closed pipe or Ctrl+C ends it quietly."""
    logging.getLogger().addHandler(logging.NullHandler())  # a log is for `run`: no traceback reaches a terminal
    try:
        code = cli(standalone_mode=False)
    except TyperException as fault:
        typer.echo(_usage(fault), err=True)
        code = BAD
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except (KeyboardInterrupt, typer.Abort):
        typer.echo(VOICE.say("interrupted"), err=True)
        code = BAD
    except Exception as fault:
        logging.getLogger(__name__).debug("the command failed", exc_info=True)
        typer.echo(VOICE.say("unexpected", fault=f"{type(fault).__name__}: {fault}".splitlines()[0]), err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _usage(fault: TyperException) -> str:
    """Return what was typed wrongly as one line; called without a command, the help."""
    said = str(getattr(fault, "format_message", lambda: fault)()).strip()
    return said if not said or said.count("\n") > 1 else VOICE.say("bad_usage", fault=said.replace("\n", " "))


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except DomainError as error:
        _refuse(VOICE.refusal(error))
    except Refusal as refusal:
        _refuse(str(refusal))
    except SQLAlchemyError as fault:
        _refuse(VOICE.say("bad_database", database=str(getattr(fault, "orig", None) or fault).splitlines()[0]))
    except ImportError as fault:  # the driver of a database we do not bring along
        _refuse(VOICE.say("bad_database", database=fault))
    except BrokenPipeError:
        raise
    except OSError as fault:
        _refuse(VOICE.say("unexpected", fault=fault))


def _settings(database: str | None, default: str | None = None) -> Settings:
    try:
        settings = Settings()
    except ValidationError as fault:
        name = "ZHAOSHANG_" + str(fault.errors()[0]["loc"][0]).upper()
        _refuse(VOICE.say("bad_setting", name=name))
    chosen = database or CHOSEN["database"]
    if chosen is None and default is not None and "database" not in settings.model_fields_set:
        chosen = default
    return settings.model_copy(update={"database": chosen}) if chosen else settings


def _clock(at: str | None) -> Clock:
    zone = _settings(None).zone
    try:
        return Clock(zone, Clock(zone).moment(at) if at is not None else None)
    except ValueError:
        _refuse(VOICE.say("bad_time", text=at))


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(BAD)


def _finish(*, whole: bool) -> None:
    if not whole:
        raise typer.Exit(BAD)
