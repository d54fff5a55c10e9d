"""Runs migrations on the connection that is handed over; there is no configuration file."""

from alembic import context

from onrecord.ledger._tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
