"""What must not be done twice when several write at the same moment.

SQLite lets one transaction write at a time; PostgreSQL lets several. Who changes a page holds its row; for the
rest there is this.
"""

from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, Table, func, select


class Lock(IntEnum):
    """What a transaction may hold until it ends. The numbers are known to every process at work: they stay."""

    SCHEMA = 0x6D6F6E01
    CHANGES = 0x6D6F6E02
    DUTY = 0x6D6F6E03


def hold(connection: Connection, lock: Lock) -> None:
    """Wait until no other transaction holds the lock, then hold it until this one ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(lock.value)))


def insert_of(connection: Connection, table: Table) -> Any:
    """The INSERT of the connection's engine, which may say what to do where the row is there already."""
    insert: Any
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415
    else:
        from sqlalchemy.dialects.sqlite import insert  # noqa: PLC0415
    return insert(table)


def insert_once(connection: Connection, table: Table, unique: str, values: dict[str, Any]) -> int | None:
    """Insert a row; its id, or None where a row with the same value in the column `unique` is there by now.

    The row is then committed and can be selected, whoever wrote it.
    """
    statement = insert_of(connection, table).on_conflict_do_nothing(index_elements=[unique]).returning(table.c.id)
    added: int | None = connection.execute(statement, values).scalar()
    return added
