"""Per page a chain of hashes over all that was received, in the order in which it was recorded.

An entry is a JSON text (RFC 8259) in ASCII, its keys sorted, without white space: the hash of the entry before it, the
address, the time it is said to be from and the time it was recorded (UTC, to the microsecond), its origin, the status,
the headers as received and the SHA-256 of the body. Its own hash is the SHA-256 of that text, so that `sha256sum`
verifies it. Whoever knows one hash can tell whether anything recorded before was altered. Versions and changes are
derived from the bodies and stand outside. The form never changes: hashes that were published rest on it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from storage.tables import BODY, SNAPSHOT

_ENTRIES: Final = select(SNAPSHOT, BODY.c.sha256).join(BODY, BODY.c.id == SNAPSHOT.c.body_id).order_by(SNAPSHOT.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of one body received; `previous` is None for a page's first. Hashes are SHA-256 in hex."""

    previous: str | None
    url: str
    claimed_at: datetime
    recorded_at: datetime
    origin: str
    http_status: int | None
    headers: tuple[tuple[str, str], ...]
    body_sha256: str

    def text(self) -> bytes:
        """The very bytes that are hashed."""
        content = {
            "previous": self.previous,
            "url": self.url,
            "claimed_at": _utc(self.claimed_at),
            "recorded_at": _utc(self.recorded_at),
            "origin": self.origin,
            "http_status": self.http_status,
            "headers": self.headers,
            "body_sha256": self.body_sha256,
        }
        return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()

    def sha256(self) -> str:
        """The entry's own hash."""
        return hashlib.sha256(self.text()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry with the number of its snapshot and the hash that was stored with it."""

    snapshot: int
    entry: Entry
    sha256: str


def head(connection: Connection, page_id: int) -> str | None:
    """The hash of the page's newest entry; None before the first."""
    found: str | None = connection.execute(
        select(SNAPSHOT.c.entry_sha256).where(SNAPSHOT.c.page_id == page_id).order_by(SNAPSHOT.c.id.desc()).limit(1)
    ).scalar()
    return found


def before(connection: Connection, page_id: int, snapshot: int) -> str | None:
    """The hash of the entry before that of `snapshot`."""
    found: str | None = connection.execute(
        select(SNAPSHOT.c.entry_sha256)
        .where(SNAPSHOT.c.page_id == page_id, SNAPSHOT.c.id < snapshot)
        .order_by(SNAPSHOT.c.id.desc())
        .limit(1)
    ).scalar()
    return found


def entries(connection: Connection, page_id: int, first: int, last: int) -> Iterator[Recorded]:
    """The page's entries from one snapshot to another, both included, in the order in which they were recorded."""
    previous = before(connection, page_id, first)
    rows = connection.execute(_ENTRIES.where(SNAPSHOT.c.page_id == page_id, SNAPSHOT.c.id.between(first, last)))
    for row in rows:
        yield of_row(row, previous)
        previous = row.entry_sha256


def of_row(row: Row[Any], previous: str | None) -> Recorded:
    """The entry of a snapshot's row, to which the body's `sha256` is joined."""
    entry = Entry(
        previous=previous,
        url=row.url,
        claimed_at=row.claimed_at,
        recorded_at=row.recorded_at,
        origin=row.origin,
        http_status=row.http_status,
        headers=tuple((name, value) for name, value in row.headers),
        body_sha256=row.sha256,
    )
    return Recorded(row.id, entry, row.entry_sha256)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
