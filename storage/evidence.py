"""What proves a change: both bodies as they were received, and the chain between them."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage import bodies, chain, pages, queries
from storage.bodies import ThinnedError
from storage.chain import Recorded
from storage.changes import RecordedChange
from storage.errors import StorageError
from storage.observation import PageInfo, StoredBody, first_header
from storage.tables import SNAPSHOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One side of a change: its entry in the chain and the body, None where it is no longer kept."""

    recorded: Recorded
    body: bytes | None

    @property
    def content_type(self) -> str | None:
        return first_header(self.recorded.entry.headers, "content-type")

    def as_stored(self) -> StoredBody | None:
        """The body in the form in which stored ones are read."""
        if self.body is None:
            return None
        entry = self.recorded.entry
        return StoredBody(
            snapshot=self.recorded.snapshot,
            body=self.body,
            headers=entry.headers,
            url=entry.url,
            content_type=self.content_type,
            at=entry.claimed_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A change with both sides, as far as there are any, and the entries from one to the other, both included."""

    change: RecordedChange
    page: PageInfo
    before: Received | None
    after: Received | None
    entries: tuple[Recorded, ...]


def gather(connection: Connection, change_id: int) -> Evidence:
    """The evidence of a change, verified. Raises StorageError if there is no such change, or its proof is damaged."""
    found = queries.by_id(connection, [change_id])
    if not found:
        raise StorageError(f"there is no change {change_id}", todo="`changes` shows their ids")
    change = found[0]
    row = pages.find(connection, change.page)
    assert row is not None
    sides = [side for side in (change.snapshot_before, change.snapshot_after) if side is not None]
    entries = tuple(chain.entries(connection, row.id, min(sides), max(sides))) if sides else ()
    for item in entries:
        if item.entry.sha256() != item.sha256:
            raise StorageError(
                f"snapshot {item.snapshot} is not what was recorded",
                where=f"page {change.page}",
                why="the database is damaged or was altered",
                todo="`doctor --deep` says what is damaged; restore a backup",
            )
    by_snapshot = {item.snapshot: item for item in entries}
    return Evidence(
        change=change,
        page=pages.info(row),
        before=_received(connection, by_snapshot, change.snapshot_before),
        after=_received(connection, by_snapshot, change.snapshot_after),
        entries=entries,
    )


def _received(connection: Connection, entries: dict[int, Recorded], snapshot: int | None) -> Received | None:
    if snapshot is None:
        return None
    body_id = connection.execute(select(SNAPSHOT.c.body_id).where(SNAPSHOT.c.id == snapshot)).scalar_one()
    try:
        body = bodies.load(connection, body_id)
    except ThinnedError:
        body = None
    return Received(recorded=entries[snapshot], body=body)
