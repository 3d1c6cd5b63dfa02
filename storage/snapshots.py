"""Bodies as they came: when, from where, with which headers."""

from sqlalchemy import Connection, insert, select

from storage import bodies
from storage.observation import Observation, Problem, StoredBody, first_header
from storage.tables import BODY, SNAPSHOT


def add(connection: Connection, page_id: int, observation: Observation, problem: Problem | None) -> int:
    """Keep the body of an observation; the snapshot's id. `problem` is why it is suspect."""
    assert observation.body is not None
    added: int = connection.execute(
        insert(SNAPSHOT).returning(SNAPSHOT.c.id),
        {
            "page_id": page_id,
            "body_id": bodies.keep(connection, observation.body),
            "url": observation.final_url or observation.url,
            "http_status": observation.http_status,
            "headers": [list(header) for header in observation.headers],
            "claimed_at": observation.at,
            "recorded_at": observation.at,
            "outcome": "suspect" if problem else "good",
            "reason": problem.reason if problem else None,
        },
    ).scalar_one()
    return added


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
