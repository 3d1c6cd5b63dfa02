"""Alembic's way in: runs the missing revisions on the connection, inside the transaction, it is handed."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
