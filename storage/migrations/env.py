"""Alembic's way in: runs the missing revisions on the connection, inside the transaction, it is handed.

A SQLite database that holds something is copied first. The transaction already keeps writers away, so that the copy
is the very state that is migrated; without the copy nothing is.
"""

from pathlib import Path

from alembic import context

from storage import backup

connection = context.config.attributes["connection"]
context.configure(connection=connection)
revision = context.get_context().get_current_revision()
known = {script.revision for script in context.script.walk_revisions()}
if connection.dialect.name == "sqlite" and revision in known:
    file = Path(connection.engine.url.database)
    backup.copy(file, backup.place_before_migration(file, revision))
context.run_migrations()
