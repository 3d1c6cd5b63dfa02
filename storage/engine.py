"""The database, whichever engine keeps it: found by its URL, used in transactions of two kinds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import StorageError


class Backend(Protocol):
    """What is particular to one engine.

    `where` names the database to people, without a password; `file` is its file, if it has one. `reader` and
    `writer` share one pool and differ in how their transactions begin.
    """

    where: str
    file: Path | None
    reader: Engine
    writer: Engine

    def open(self, *, create: bool) -> None:
        """Do what comes before the first transaction. Raises StorageError."""

    def overwrite_log(self) -> None:
        """Leave none of what was erased in a log beside the database, unless someone is reading it."""

    def explained(self, error: DatabaseError) -> StorageError | None:
        """What a person can do about an error of the driver; None for a fault of this program."""


class Database:
    """A database and its two kinds of transaction; it may be shared by threads.

    Raises StorageError where it cannot be opened, read or written.
    """

    def __init__(self, url: str, *, create: bool) -> None:
        self._backend = _backend(url)
        self.where = self._backend.where
        self.file = self._backend.file
        self._backend.open(create=create)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database; writers are not held up."""
        with self._told(), self._backend.reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of which all is stored, or nothing.

        On SQLite it alone may write from its first statement on. On PostgreSQL several may: who changes a page
        holds its row (`pages.find(…, to_write=True)`), and storage.concurrency has what else must not be done twice.
        """
        with self._told(), self._backend.writer.begin() as connection:
            yield connection

    def overwrite_log(self) -> None:
        """Leave none of what was erased in a log beside the database, unless someone is reading it."""
        with self._told():
            self._backend.overwrite_log()

    def close(self) -> None:
        self._backend.reader.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            told = self._backend.explained(error)
            if told is None:
                raise
            raise told from error
        except PoolTimeout as error:
            raise StorageError(
                "no connection to the database came free",
                where=self.where,
                why="too much is done at once",
                todo="Try again",
            ) from error


def _backend(url: str) -> Backend:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The text itself is not shown: it may hold a password.
        raise _refused("this is no database URL") from None
    match parsed.get_backend_name():
        case "sqlite":
            from storage.sqlite import Sqlite  # noqa: PLC0415

            return Sqlite(parsed)
        case "postgresql" if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
            from storage.postgres import Postgres  # noqa: PLC0415

            return Postgres(parsed.set(drivername="postgresql+psycopg"))
        case _:
            raise _refused(f"{parsed.drivername} is not supported")


def _refused(what: str) -> StorageError:
    return StorageError(
        what, where="database", todo='Write it as "sqlite:///data/monitor.db" or "postgresql://user@host/name"'
    )
