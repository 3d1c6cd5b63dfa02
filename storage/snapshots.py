"""Bodies as they came: when, from where, with which headers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert, select

from storage import bodies, chain
from storage.chain import Entry
from storage.observation import Observation, Problem, StoredBody, first_header
from storage.tables import BODY, SNAPSHOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A body to be kept: whence and when it is said to come, and why it is suspect, if it is."""

    body: bytes
    url: str
    claimed_at: datetime
    recorded_at: datetime
    origin: Literal["live", "import"]
    http_status: int | None
    headers: tuple[tuple[str, str], ...]
    problem: Problem | None = None


def of_check(observation: Observation, problem: Problem | None) -> Arrival:
    """The body of a check; `problem` is why it is suspect."""
    assert observation.body is not None
    return Arrival(
        body=observation.body,
        url=observation.final_url or observation.url,
        claimed_at=observation.at,
        recorded_at=observation.at,
        origin="live",
        http_status=observation.http_status,
        headers=observation.headers,
        problem=problem,
    )


def add(connection: Connection, page_id: int, arrival: Arrival) -> int:
    """Keep a body; the snapshot's id."""
    entry = Entry(
        previous=chain.head(connection, page_id),
        url=arrival.url,
        claimed_at=arrival.claimed_at,
        recorded_at=arrival.recorded_at,
        origin=arrival.origin,
        http_status=arrival.http_status,
        headers=arrival.headers,
        body_sha256=bodies.sha256(arrival.body),
    )
    problem = arrival.problem
    base = _last_body(connection, page_id, good_only=problem is None)
    added: int = connection.execute(
        insert(SNAPSHOT).returning(SNAPSHOT.c.id),
        {
            "page_id": page_id,
            "body_id": bodies.keep(connection, arrival.body, base=base),
            "url": entry.url,
            "http_status": entry.http_status,
            "headers": entry.headers,
            "claimed_at": entry.claimed_at,
            "recorded_at": entry.recorded_at,
            "outcome": "suspect" if problem else "good",
            "reason": problem.reason if problem else None,
            "origin": entry.origin,
            "entry_sha256": entry.sha256(),
        },
    ).scalar_one()
    return added


def _last_body(connection: Connection, page_id: int, *, good_only: bool) -> int | None:
    """The body a new one will resemble: a page that is back resembles the last good one, not the notice between."""
    query = select(SNAPSHOT.c.body_id).where(SNAPSHOT.c.page_id == page_id).order_by(SNAPSHOT.c.id.desc()).limit(1)
    if good_only:
        query = query.where(SNAPSHOT.c.outcome == "good")
    found: int | None = connection.execute(query).scalar()
    return found


def sha256(connection: Connection, snapshot: int) -> str:
    """Of the snapshot's body, in hex."""
    digest: str = connection.execute(
        select(BODY.c.sha256).join(SNAPSHOT, SNAPSHOT.c.body_id == BODY.c.id).where(SNAPSHOT.c.id == snapshot)
    ).scalar_one()
    return digest


def load(connection: Connection, snapshot: int) -> StoredBody:
    """The snapshot with its body. Raises StorageError if the stored body was altered."""
    row = connection.execute(select(SNAPSHOT).where(SNAPSHOT.c.id == snapshot)).one()
    headers = tuple((name, value) for name, value in row.headers)
    return StoredBody(
        snapshot=row.id,
        body=bodies.load(connection, row.body_id),
        headers=headers,
        url=row.url,
        content_type=first_header(headers, "content-type"),
        at=row.claimed_at,
    )
