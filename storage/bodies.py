"""Bodies at rest: each once, under its SHA-256, compressed with zstd (RFC 8878)."""

import hashlib
import sys
from typing import Final

from sqlalchemy import Connection, insert, select

from storage.errors import StorageError
from storage.tables import BODY

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_FORMAT: Final = "zstd"


def sha256(body: bytes) -> str:
    """In hex, as stored."""
    return hashlib.sha256(body).hexdigest()


def keep(connection: Connection, body: bytes) -> int:
    """The id of the stored body, which is written only if it is new."""
    digest = sha256(body)
    known: int | None = connection.execute(select(BODY.c.id).where(BODY.c.sha256 == digest)).scalar()
    if known is not None:
        return known
    added: int = connection.execute(
        insert(BODY).returning(BODY.c.id),
        {"sha256": digest, "size": len(body), "format": _FORMAT, "data": zstd.compress(body)},
    ).scalar_one()
    return added


def load(connection: Connection, body_id: int) -> bytes:
    """The body as it came. Raises StorageError if what is stored is no longer what was stored."""
    row = connection.execute(select(BODY.c.sha256, BODY.c.format, BODY.c.data).where(BODY.c.id == body_id)).one()
    if row.format != _FORMAT:
        raise StorageError(
            f"body {body_id} is stored as {row.format}",
            why="it was written by a newer version",
            todo="Update ministry-monitor",
        )
    try:
        body = zstd.decompress(row.data)
    except zstd.ZstdError:
        body = None
    if body is None or sha256(body) != row.sha256:
        raise StorageError(
            f"body {body_id} is not what was stored",
            why="the database is damaged or was altered",
            todo="Restore a backup",
        )
    return body
