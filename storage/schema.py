"""Brings a database to the schema of this program, once, whoever else tries at the same moment."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, column, inspect, select, table

from storage.concurrency import Lock, hold
from storage.engine import Database
from storage.errors import StorageError
from storage.migrations import HEAD

_ALEMBIC: Final = table("alembic_version", column("version_num"))


def prepare(database: Database, *, migrate: bool) -> None:
    """Make or update the tables; with `migrate` false only see that they are there.

    Raises StorageError for a schema that is missing, old (without `migrate`), newer, or another program's.
    """
    with database.reading() as connection:
        current = _revision(connection, database.where)
    if current == HEAD:
        return
    if not migrate:
        raise StorageError(
            "the database has no tables yet" if current is None else f"the database has schema {current}",
            where=database.where,
            why=f"this program works with schema {HEAD}",
            todo="Run a check to bring it up to date",
        )
    with database.writing() as connection:
        hold(connection, Lock.SCHEMA)
        # Asked again under the lock: another process may have been first.
        if _revision(connection, database.where) != HEAD:
            _upgrade(connection, database.where)


def _revision(connection: Connection, where: str) -> str | None:
    inspector = inspect(connection)
    if not inspector.has_table("alembic_version"):
        if inspector.get_table_names():
            raise StorageError(
                "this is another program's database", where=where, todo="Name another file, database or schema"
            )
        return None
    return connection.execute(select(_ALEMBIC.c.version_num)).scalar()


def _upgrade(connection: Connection, where: str) -> None:
    # Only here: an up-to-date database opens without Alembic.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, HEAD)
    except CommandError as error:
        raise StorageError(
            f"the database has a schema this program does not know ({_revision(connection, where)})",
            where=where,
            why="it was written by a newer version",
            todo="Update ministry-monitor",
        ) from error
