"""Runs the steps on the connection that `domain.schema` hands over."""

from alembic import context

from domain.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
