"""Incidents: opened once, told once, closed by themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, insert, select, update

from storage.observation import Incident
from storage.tables import INCIDENT, PAGE


def open_once(connection: Connection, page_id: int, *, kind: str, reason: str, message: str, at: datetime) -> bool:
    """Open an incident; False if one of its kind is open on the page already."""
    known = select(INCIDENT.c.id).where(
        INCIDENT.c.page_id == page_id, INCIDENT.c.kind == kind, INCIDENT.c.closed_at.is_(None)
    )
    if connection.execute(known).first() is not None:
        return False
    connection.execute(
        insert(INCIDENT),
        {"page_id": page_id, "kind": kind, "reason": reason, "message": message, "opened_at": at},
    )
    return True


def close(connection: Connection, page_id: int, at: datetime, kind: str | None) -> Sequence[Row[Any]]:
    """Close what is open on the page, of one kind or (None) of any; what was closed, oldest first."""
    still_open = [INCIDENT.c.page_id == page_id, INCIDENT.c.closed_at.is_(None)]
    if kind is not None:
        still_open.append(INCIDENT.c.kind == kind)
    closing = connection.execute(select(INCIDENT).where(*still_open).order_by(INCIDENT.c.id)).all()
    if closing:
        # By a clock that was set back it may close before it opened: then it lasted no time.
        closed_at = case((INCIDENT.c.opened_at > at, INCIDENT.c.opened_at), else_=at)
        connection.execute(update(INCIDENT).where(*still_open).values(closed_at=closed_at))
    return closing


def listed(connection: Connection, *, open_only: bool) -> list[Incident]:
    """Incidents, oldest first."""
    query = select(INCIDENT, PAGE.c.page).join(PAGE, PAGE.c.id == INCIDENT.c.page_id).order_by(INCIDENT.c.id)
    if open_only:
        query = query.where(INCIDENT.c.closed_at.is_(None))
    return [
        Incident(
            page=row.page,
            kind=row.kind,
            reason=row.reason,
            message=row.message,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
        )
        for row in connection.execute(query)
    ]
