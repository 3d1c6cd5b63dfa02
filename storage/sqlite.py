"""SQLite: one file, one writer at a time, readers who are never held up."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError

from storage.errors import StorageError, from_database
from storage.types import as_json

_BUSY_MILLISECONDS: Final = 60_000
_WAIT_FOR_READERS: Final = 2_000  # milliseconds
_WRITES: Final = "writes"


class Sqlite:
    """The database in the file that `url` names; raises StorageError where it names none."""

    def __init__(self, url: URL) -> None:
        if not url.database or url.database == ":memory:":
            raise StorageError(
                "a database in memory forgets everything when the program ends",
                where="database",
                todo='Name a file: "sqlite:///data/monitor.db"',
            )
        self.where = url.database
        self.file: Path | None = Path(url.database)
        self.reader: Engine = _engine(url)
        self.writer: Engine = self.reader.execution_options(**{_WRITES: True})

    def open(self, *, create: bool) -> None:
        path = Path(self.where)
        if create:
            _make_folder(path)
        elif not path.exists():
            raise StorageError("there is no database yet", where=self.where, todo="Run a check first")
        try:
            _use_wal(self.reader)
        except sqlite3.DatabaseError as error:
            raise from_database(str(error), self.where) from error

    def overwrite_log(self) -> None:
        raw = self.reader.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(f"PRAGMA busy_timeout={_WAIT_FOR_READERS}")
            with suppress(sqlite3.OperationalError):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
            cursor.close()
        finally:
            raw.close()

    def explained(self, error: DatabaseError) -> StorageError | None:
        if isinstance(error, IntegrityError | ProgrammingError):
            return None
        return from_database(str(error.orig), self.where)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            "the folder of the database cannot be made",
            where=str(path.parent),
            why=error.strerror or str(error),
            todo="Check the path and its rights",
        ) from error
    if path.is_dir():
        raise StorageError("a folder stands where the database should be", where=str(path), todo="Name a file")


def _engine(url: URL) -> Engine:
    engine = create_engine(
        url, connect_args={"timeout": _BUSY_MILLISECONDS / 1000}, json_serializer=as_json, pool_size=20
    )

    # SQLAlchemy's documented recipe: the driver begins nothing by itself, we emit BEGIN. A deferred BEGIN
    # cannot turn into a write once another process has written, whatever the timeout; hence IMMEDIATE.
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # An address that is erased is not to be read in the file's free space, which some builds leave as it was.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _use_wal(engine: Engine) -> None:
    """WAL is a property of the file, so that it is set once; it cannot be set inside a transaction.

    Two processes that switch at once are refused at once, whatever the busy timeout: the second looks again.
    """
    raw = engine.raw_connection()
    deadline = time.monotonic() + _BUSY_MILLISECONDS / 1000
    try:
        cursor = raw.cursor()
        while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                cursor.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        cursor.close()
    finally:
        raw.close()
