"""Runs the migrations on the connection that :mod:`utils.evening.ledger.database` hands over."""

from alembic import context

from utils.evening.ledger.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
