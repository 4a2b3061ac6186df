"""Brings a database to the current schema; the steps lie in `domain/migrations`."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, inspect, select

from domain.errors import LedgerUnusable

TURN = 0x7A73  # the advisory lock of whoever changes the schema


def upgrade(engine: Engine) -> None:
    """Bring any database to the current schema."""
    with engine.begin() as connection:
        _upgrade(connection)


def current(engine: Engine) -> str | None:
    """Return the revision a database is at; None when it was never migrated."""
    with engine.execution_options(read_only=True).connect() as connection:
        return _revision(connection)


def newest() -> str:
    """Return the revision this version of the code works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def ensure(engine: Engine) -> None:
    """Fill an empty database; leave a current one alone; refuse one of another version."""
    revision = current(engine)
    if revision == newest():
        return
    if revision is not None:
        raise LedgerUnusable("old_schema" if _is_known(revision) else "new_schema", revision=revision)
    with engine.begin() as connection:
        _take_turns(connection)
        found = _revision(connection)
        if found is None and set(inspect(connection).get_table_names()) - {"alembic_version"}:
            raise LedgerUnusable("old_schema", revision="")
        if found != newest():
            _upgrade(connection)


def downgrade(engine: Engine) -> None:
    """Take every step back; nothing of the ledger is left."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _take_turns(connection: Connection) -> None:
    """Let two starters go one after the other; SQLite's write lock does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(TURN)))


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_known(revision: str) -> bool:
    script = ScriptDirectory.from_config(_config())
    return revision in {step.revision for step in script.walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "domain:migrations")
    config.set_main_option("path_separator", "os")
    return config
