"""Bodies at rest: each once, under its SHA-256, compressed with zstd (RFC 8878).

A body is stored as what differs from the body before it on its page, which then is its base: zstd is given the base as
prefix. So that no body needs many steps to be read, a run of them ends in time and the next begins at its keyframe,
which is stored whole; so that damage to one keyframe cannot reach far, it begins few runs. A thinned body is a hash
and a size without its data.
"""

import hashlib
import sys
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select, update

from storage.concurrency import insert_once
from storage.errors import StorageError
from storage.tables import BODY

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WHOLE: Final = "zstd"
DELTA: Final = "zstd-delta"
THINNED: Final = "thinned"

MOST_STEPS: Final = 16
"""A body is read by decompressing at most as many."""

_MOST_RUNS: Final = 4
_STILL_ALIKE: Final = 0.5
"""A difference from the keyframe that takes a larger part of the whole begins a new one."""

# Up to this size in bytes the slowest compression costs milliseconds, and a keyframe shrinks by an eighth.
_SMALL: Final = 200_000
_BEST_LEVEL: Final = 19
# zstd reads windows of up to 2^27 bytes unasked; matches further back than the window are not found.
_WIDEST_WINDOW: Final = 27
_NARROWEST_WINDOW: Final = 10
_LEAST_PREFIX: Final = 8


class ThinnedError(StorageError):
    """The body is older than bodies are kept: its hash stands, its data is gone."""


def sha256(body: bytes) -> str:
    """In hex, as stored."""
    return hashlib.sha256(body).hexdigest()


def keep(connection: Connection, body: bytes, *, base: int | None) -> int:
    """The id of the stored body, which is written only if it is new, as what differs from the body `base`."""
    digest = sha256(body)
    # Held, so that no other page's transaction thins it meanwhile.
    held = select(BODY.c.id, BODY.c.format).where(BODY.c.sha256 == digest).with_for_update()
    row = connection.execute(held).one_or_none()
    if row is None:
        values = {"sha256": digest, "size": len(body), **_compressed(connection, body, base)}
        added = insert_once(connection, BODY, "sha256", values)
        if added is not None:
            return added
        # Another page brought the same body at the same moment.
        row = connection.execute(held).one()
    if row.format == THINNED:
        connection.execute(update(BODY).where(BODY.c.id == row.id).values(_compressed(connection, body, base)))
    known: int = row.id
    return known


def load(connection: Connection, body_id: int) -> bytes:
    """The body as it came. Raises StorageError if what is stored is no longer what was stored, or was thinned."""
    body = unpacked(connection, body_id)
    if body is None or sha256(body) != _row(connection, body_id).sha256:
        raise StorageError(
            f"body {body_id} is not what was stored",
            why="the database is damaged or was altered",
            todo="Restore a backup; `doctor --deep` says what is damaged",
        )
    return body


def unpacked(connection: Connection, body_id: int) -> bytes | None:
    """The body, decompressed but not verified; None where it cannot be. Raises StorageError as `restored` does."""
    steps = [_row(connection, body_id)]
    while steps[-1].base_id is not None and len(steps) < MOST_STEPS:
        steps.append(_row(connection, steps[-1].base_id))
    body: bytes | None = None
    for row in reversed(steps):
        body = restored(row, body)
    return body


def restored(row: Row[Any], base: bytes | None) -> bytes | None:
    """The body of a row, decompressed but not verified; None where it cannot be. `base` is the body of its base.

    Raises ThinnedError for a thinned body, StorageError for a format of a newer version.
    """
    if row.format == THINNED:
        raise ThinnedError(f"body {row.id} was not kept", why="it is older than monitor.keep_bodies")
    if row.format not in (WHOLE, DELTA):
        raise StorageError(
            f"body {row.id} is stored as {row.format}",
            why="it was written by a newer version",
            todo="Update ministry-monitor",
        )
    if row.format == DELTA and base is None:
        return None
    prefix = zstd.ZstdDict(base, is_raw=True).as_prefix if row.format == DELTA and base else None
    try:
        return zstd.decompress(row.data, zstd_dict=prefix)
    except zstd.ZstdError:
        return None


def _row(connection: Connection, body_id: int) -> Row[Any]:
    row = connection.execute(select(BODY).where(BODY.c.id == body_id)).one_or_none()
    if row is None:
        raise StorageError(f"body {body_id} is missing", why="the database is damaged", todo="Restore a backup")
    return row


def _compressed(connection: Connection, body: bytes, base: int | None) -> dict[str, Any]:
    """The columns that hold the body: as a difference from `base`, or from its keyframe where a run is at its end."""
    whole = {"format": WHOLE, "base_id": None, "steps": 1}
    level = _BEST_LEVEL if len(body) <= _SMALL else zstd.COMPRESSION_LEVEL_DEFAULT
    steps = _row(connection, base).steps if base is not None else 0
    run_ends = steps >= MOST_STEPS
    if base is not None and run_ends:
        base, steps = _keyframe(connection, base), 1
    prefix = _readable(connection, base) if base is not None else b""
    if len(prefix) < _LEAST_PREFIX:
        return {**whole, "data": zstd.compress(body, level)}
    window = (len(prefix) + len(body)).bit_length()
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level,
        zstd.CompressionParameter.window_log: min(max(window, _NARROWEST_WINDOW), _WIDEST_WINDOW),
        zstd.CompressionParameter.enable_long_distance_matching: int(len(body) > _SMALL),
    }
    data = zstd.compress(body, options=options, zstd_dict=zstd.ZstdDict(prefix, is_raw=True).as_prefix)
    if run_ends and len(data) > _STILL_ALIKE * len(alone := zstd.compress(body, level)):
        return {**whole, "data": alone}
    return {"format": DELTA, "base_id": base, "steps": steps + 1, "data": data}


def _keyframe(connection: Connection, body_id: int) -> int | None:
    """The keyframe the body rests on; None if enough runs begin there."""
    row = _row(connection, body_id)
    for _ in range(MOST_STEPS):
        if row.base_id is None:
            break
        row = _row(connection, row.base_id)
    runs = connection.execute(select(func.count()).where(BODY.c.base_id == row.id)).scalar_one()
    return row.id if runs < _MOST_RUNS else None


def _readable(connection: Connection, body_id: int) -> bytes:
    """A base; nothing where it is damaged or thinned: what comes new must not suffer by it."""
    try:
        return load(connection, body_id)
    except StorageError:
        return b""
