"""The log of checks: a row each, until they are thinned to counts by day."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select

from storage.observation import Observation, Problem
from storage.tables import CHECK, PageRow

LEFT_ALONE: Final = "not_before"
"""Why a page failed whose host was not asked: it wished so, or had failed too often."""


def note(connection: Connection, page: PageRow, observation: Observation, snapshot: int | None) -> None:
    """Write the row of a check whose outcome already stands on `page`; `snapshot` is what it stored."""
    redirected = observation.final_url != observation.url
    connection.execute(
        insert(CHECK),
        {
            "page_id": page.id,
            "at": page.last_check,
            "seconds": observation.seconds,
            "outcome": page.outcome,
            "http_status": observation.http_status,
            "final_url": observation.final_url if redirected else None,
            "reason": page.reason,
            "message": page.message,
            "snapshot_id": snapshot,
        },
    )


def failing_since(connection: Connection, page_id: int, last_good: datetime | None) -> datetime | None:
    """The first failure since the page was good, of those that still have a row."""
    since = () if last_good is None else (CHECK.c.at > last_good,)
    query = select(func.min(CHECK.c.at)).where(CHECK.c.page_id == page_id, CHECK.c.outcome == "failed", *since)
    found: datetime | None = connection.execute(query).scalar()
    return found


def cause(connection: Connection, page: PageRow) -> tuple[Problem, int | None] | None:
    """The last failure since the page was good for which its host was asked, and the status it answered."""
    since = () if page.last_good is None else (CHECK.c.at > page.last_good,)
    query = select(CHECK.c.reason, CHECK.c.message, CHECK.c.http_status).where(
        CHECK.c.page_id == page.id, CHECK.c.outcome == "failed", CHECK.c.reason != LEFT_ALONE, *since
    )
    row = connection.execute(query.order_by(CHECK.c.at.desc(), CHECK.c.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    return Problem(kind="failed", reason=row.reason, message=row.message or row.reason), row.http_status
