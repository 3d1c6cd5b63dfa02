"""The engine: all that is particular to SQLite stands here."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import StorageError, from_database

_BUSY_MILLISECONDS: Final = 60_000
_WRITES: Final = "writes"


class Database:
    """A database and its two kinds of transaction; it may be shared by threads.

    Raises StorageError where the file cannot be opened, read or written.
    """

    def __init__(self, url: str, *, create: bool) -> None:
        parsed = _sqlite_url(url)
        self.where = parsed.database or ""
        path = Path(self.where)
        if create:
            _make_folder(path)
        elif not path.exists():
            raise StorageError("there is no database yet", where=self.where, todo="Run a check first")
        self._engine = _engine(parsed)
        self._writer = self._engine.execution_options(**{_WRITES: True})
        with self._told():
            _use_wal(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database; writers are not held up."""
        with self._told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that alone may write from its first statement on; all of it is stored, or nothing."""
        with self._told(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, ProgrammingError):
            raise
        except DatabaseError as error:
            raise from_database(str(error.orig), self.where) from error
        except sqlite3.DatabaseError as error:
            raise from_database(str(error), self.where) from error
        except PoolTimeout as error:
            raise from_database("database is locked", self.where) from error


def _sqlite_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        # The text itself is not shown: it may hold a password.
        raise StorageError(
            "this is no database URL", where="database", todo='Write it as "sqlite:///data/monitor.db"'
        ) from None
    if parsed.get_backend_name() != "sqlite":
        raise StorageError(
            f"{parsed.get_backend_name()} is not supported",
            where="database",
            todo='Use SQLite: "sqlite:///data/monitor.db"',
        )
    if not parsed.database or parsed.database == ":memory:":
        raise StorageError(
            "a database in memory forgets everything when the program ends",
            where="database",
            todo='Name a file: "sqlite:///data/monitor.db"',
        )
    return parsed


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
        url,
        connect_args={"timeout": _BUSY_MILLISECONDS / 1000},
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
        pool_size=20,
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
