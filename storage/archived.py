"""A page's bodies for an archive in another place: all that is known of each, and when the page was so."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from storage import bodies, pages
from storage.bodies import ThinnedError
from storage.engine import Database
from storage.observation import ArchivedBody
from storage.tables import SNAPSHOT, VERSION


def bodies_of(database: Database, page: str) -> Iterator[ArchivedBody]:
    """Every body of the page, in the order of recording. Each is a transaction of its own, so that none is long."""
    with database.reading() as connection:
        row = pages.find(connection, page)
        if row is None:
            return
        seen_at = _seen_at(connection, row.id)
        of_page = select(SNAPSHOT.c.id).where(SNAPSHOT.c.page_id == row.id).order_by(SNAPSHOT.c.id)
        snapshots = connection.execute(of_page).scalars().all()
    for snapshot in snapshots:
        with database.reading() as connection:
            found = _archived(connection, snapshot, tuple(sorted(seen_at.get(snapshot, ()))))
        yield found


def _seen_at(connection: Connection, page_id: int) -> dict[int, list[datetime]]:
    """By snapshot, the times of its versions that were ever the answer to what the page said at a moment.

    Where the clock was set back, a later version hides those of later times.
    """
    rows = connection.execute(
        select(VERSION.c.snapshot_id, VERSION.c.created_at)
        .where(VERSION.c.page_id == page_id)
        .order_by(VERSION.c.number.desc())
    )
    found: dict[int, list[datetime]] = {}
    hidden_from: datetime | None = None
    for snapshot, at in rows:
        if hidden_from is None or at < hidden_from:
            found.setdefault(snapshot, []).append(at)
            hidden_from = at
    return found


def _archived(connection: Connection, snapshot: int, seen_at: tuple[datetime, ...]) -> ArchivedBody:
    row = connection.execute(select(SNAPSHOT).where(SNAPSHOT.c.id == snapshot)).one()
    try:
        body = bodies.load(connection, row.body_id)
    except ThinnedError:
        body = None
    return ArchivedBody(
        snapshot=row.id,
        url=row.url,
        at=row.claimed_at,
        http_status=row.http_status,
        headers=tuple((name, value) for name, value in row.headers),
        body=body,
        outcome=row.outcome,
        seen_at=seen_at,
    )
