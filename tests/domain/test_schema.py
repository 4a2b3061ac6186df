"""Migrating gives the schema the models describe, on both databases."""

from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from domain import schema
from domain.database import open_engine
from domain.errors import LedgerUnusable
from domain.models import Base


def test_migrating_and_creating_give_the_same_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    migrated = described(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)
    assert described(engine) == {name: table for name, table in migrated.items() if name != "alembic_version"}


def test_ensure_fills_an_empty_database_and_leaves_a_current_one(engine: Engine) -> None:
    empty(engine)
    assert schema.current(engine) is None
    schema.ensure(engine)
    assert schema.current(engine) == schema.newest()
    schema.ensure(engine)
    assert set(Base.metadata.tables) < set(inspect(engine).get_table_names())


@pytest.mark.parametrize(("revision", "key"), [("0001", "old_schema"), ("9999", "new_schema")])
def test_ensure_refuses_another_version(engine: Engine, revision: str, key: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    with pytest.raises(LedgerUnusable) as refused:
        schema.ensure(engine)
    assert refused.value.key == key


def test_ensure_refuses_tables_that_were_never_migrated(new_database: Callable[[], str]) -> None:
    engine = open_engine(new_database())
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(LedgerUnusable) as refused:
        schema.ensure(engine)
    assert refused.value.key == "old_schema"
    engine.dispose()


def test_going_down_leaves_nothing(engine: Engine) -> None:
    empty(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def empty(engine: Engine) -> None:
    """Take every step back."""
    schema.downgrade(engine)


def described(engine: Engine) -> dict[str, object]:
    """Return every table's columns, indexes, keys and constraints."""
    seen = inspect(engine)
    return {
        name: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)],
            "primary": seen.get_pk_constraint(name),
            "foreign": sorted(map(str, seen.get_foreign_keys(name))),
            "unique": sorted(map(str, seen.get_unique_constraints(name))),
            "indexes": sorted(map(str, seen.get_indexes(name))),
        }
        for name in seen.get_table_names()
    }
