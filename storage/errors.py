"""What can go wrong between the program and its database."""

from typing import Final

from parsers.errors import MonitorError


class StorageError(MonitorError):
    """The database cannot be opened, read or written, or was asked for something it does not hold."""


class OvertakenError(StorageError):
    """Another check stored a newer version of the page after this one was fetched: fetch it again."""


_KNOWN: Final = (
    ("not a database", "it is not an SQLite database", "another file has this name, or it is damaged", ""),
    ("malformed", "the database is damaged", "a disk error or an incomplete copy", "Restore a backup"),
    ("unable to open", "the database cannot be opened", "", "Check that its folder exists and is writable"),
    ("readonly", "the database cannot be written", "", "Check the owner and the rights of file and folder"),
    ("locked", "the database stays locked", "another process holds a long transaction", "Try again"),
    ("disk I/O", "the disk cannot be read or written", "it is full or failing", "Make room, and check the disk"),
    ("full", "the disk is full", "", "Make room; nothing of this step was stored"),
)


def from_database(message: str, where: str) -> StorageError:
    """The error a person can act on, for the database driver's own `message`."""
    for sign, what, why, todo in _KNOWN:
        if sign in message:
            return StorageError(what, where=where, why=why or message, todo=todo)
    return StorageError("the database refuses the operation", where=where, why=message)


def damaged(what: str) -> StorageError:
    """The error of a row that says what this program never wrote."""
    return StorageError(
        what,
        why="the database is damaged or was altered",
        todo="`doctor --deep` says what is damaged; restore a backup",
    )
