"""Alembic's entry: runs migrations on the connection that ``models.db.upgrade`` hands over."""

from alembic import context

from models.tables import SCHEMA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SCHEMA,
    transaction_per_migration=False,
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()
