"""Alembic runs this inside the transaction that bot/storage/schema.py opened and will commit."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
