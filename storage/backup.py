"""Consistent copies of a SQLite database that others are writing to.

A copy is made under another name, opened and checked, and only then takes its place: there is never half of one.
PostgreSQL brings its own tools for that.
"""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.engine import Database
from storage.errors import StorageError, from_database

_MAGIC: Final = b"SQLite format 3\0"
# What SQLite may leave beside a file whose copying broke off.
_BESIDE: Final = ("", "-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished copy, its size in bytes and its schema."""

    file: Path
    size: int
    schema: str


def backup(url: str, target: Path) -> Copy:
    """Copy the database that `url` names to the file `target`, while others write to it. Raises StorageError."""
    database = Database(url, create=False)
    database.close()
    if database.file is None:
        raise StorageError(
            "a database on a server is not copied by this program",
            where=database.where,
            todo="Use pg_dump, which copies it while it is in use",
        )
    return copy(database.file, target)


def copy(source: Path, target: Path) -> Copy:
    """Copy the database as it is at this moment, with all that is committed; `target` is replaced if it is a copy.

    Raises StorageError where `source` is no sound database of this program, and where `target` cannot be written, is
    `source` itself or another kind of file. What was there before then stays.
    """
    _may_replace(source, target)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        schema = _copied(source, partial)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
        partial.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise StorageError("cannot be written", where=str(target), why=error.strerror or str(error)) from error
    finally:
        _remove(partial)
    return Copy(target, size, schema)


def schema_of(file: Path) -> str | None:
    """The schema of the database in a file; None where there is none. Raises StorageError."""
    if not file.is_file() or not file.stat().st_size:
        return None
    try:
        with closing(_opened(file)) as connection:
            return _schema(connection)
    except sqlite3.DatabaseError as error:
        raise from_database(str(error), str(file)) from error


def place_before_migration(file: Path, schema: str) -> Path:
    """Where the copy of a database of that schema is put before it is brought up to date."""
    return file.with_name(f"{file.name}.schema-{schema}.bak")


def _may_replace(source: Path, target: Path) -> None:
    if target.is_dir():
        raise StorageError("is a folder", where=str(target), todo="Name a file in it")
    if not target.exists():
        return
    if target.samefile(source):
        raise StorageError("is the database itself", where=str(target), todo="Name another file for the copy")
    with target.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start not in (_MAGIC, b""):
        raise StorageError(
            "is there already and no copy of a database", where=str(target), todo="Name another file for the copy"
        )


def _copied(source: Path, partial: Path) -> str:
    """Copy and check; the copy's schema. The copy is one file: it needs no log beside it."""
    _remove(partial)
    try:
        with closing(_opened(source)) as original, closing(sqlite3.connect(partial)) as made:
            # In one step: between steps the copy would begin anew whenever someone writes.
            original.backup(made, pages=-1)
            made.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        # The driver does not say which of the two files it means; damage is the source's, all else the copy's.
        is_damage = any(sign in str(error) for sign in ("malformed", "not a database"))
        raise from_database(str(error), str(source if is_damage else partial.parent)) from error
    try:
        with closing(_opened(partial)) as made:
            (found,) = made.execute("PRAGMA integrity_check(1)").fetchone()
            schema = _schema(made)
    except sqlite3.DatabaseError as error:
        raise from_database(str(error), str(source)) from error
    if found != "ok":
        raise StorageError(
            "the database is damaged: a copy of it would be, too",
            where=str(source),
            why=str(found),
            todo="Keep the copies you have; restore one",
        )
    if schema is None:
        raise StorageError("is no database of this program", where=str(source), todo="See monitor.database")
    return schema


def _remove(partial: Path) -> None:
    for ending in _BESIDE:
        with suppress(OSError):
            partial.with_name(partial.name + ending).unlink()


def _opened(file: Path) -> sqlite3.Connection:
    """A connection to a file that must be there."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=60)


def _schema(connection: sqlite3.Connection) -> str | None:
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else None


def _sync_folder(folder: Path) -> None:
    """So that the new name, too, survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
