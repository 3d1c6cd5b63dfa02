"""Incidents: opened once, told at opening and then daily, closed by themselves."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, case, func, insert, select, update

from storage.concurrency import insert_of
from storage.observation import Incident, Phase
from storage.tables import INCIDENT, PAGE

STALE: Final = "page.stale"
"""The incident of a page that is not checked by its schedule, whatever the cause."""

_AGAIN: Final = timedelta(days=1)
# A check that comes once a day comes a little earlier on some days.
_EARLY: Final = timedelta(minutes=30)

# Built once, as every good check runs it.
_OPEN: Final = (
    select(INCIDENT)
    .where(INCIDENT.c.page_id == bindparam("of"), INCIDENT.c.closed_at.is_(None))
    .order_by(INCIDENT.c.id)
)
# Those of a database of an earlier schema have no such time.
_TOLD_AT: Final = func.coalesce(INCIDENT.c.told_at, INCIDENT.c.opened_at)


def open_once(connection: Connection, page_id: int, *, kind: str, reason: str, message: str, at: datetime) -> bool:
    """Open an incident; False if one of its kind is open on the page already."""
    known = select(INCIDENT.c.id).where(
        INCIDENT.c.page_id == page_id, INCIDENT.c.kind == kind, INCIDENT.c.closed_at.is_(None)
    )
    if connection.execute(known).first() is not None:
        return False
    connection.execute(
        insert(INCIDENT),
        {"page_id": page_id, "kind": kind, "reason": reason, "message": message, "opened_at": at, "told_at": at},
    )
    return True


def close(connection: Connection, page_id: int, at: datetime, kind: str | None) -> Sequence[Row[Any]]:
    """Close what is open on the page, of one kind or (None) of any; what was closed, oldest first."""
    still_open = connection.execute(_OPEN, {"of": page_id}).all()
    closing = [incident for incident in still_open if kind in {None, incident.kind}]
    if closing:
        # By a clock that was set back it may close before it opened: then it lasted no time.
        closed_at = case((INCIDENT.c.opened_at > at, INCIDENT.c.opened_at), else_=at)
        ids = [incident.id for incident in closing]
        connection.execute(update(INCIDENT).where(INCIDENT.c.id.in_(ids)).values(closed_at=closed_at))
    return closing


def told_a_day_ago(connection: Connection, page_id: int, at: datetime) -> list[Row[Any]]:
    """The open incidents of a page that were last told a day or more ago, oldest first; they count as told now."""
    still_open = (INCIDENT.c.page_id == page_id, INCIDENT.c.closed_at.is_(None))
    found = connection.execute(select(INCIDENT, _TOLD_AT.label("since")).where(*still_open).order_by(INCIDENT.c.id))
    again: list[Row[Any]] = []
    for incident in found.all():
        told_at = _told_next(incident.since, at)
        if told_at != incident.since:
            connection.execute(update(INCIDENT).where(INCIDENT.c.id == incident.id).values(told_at=told_at))
        if told_at > incident.since:
            again.append(incident)
    return again


def pages_told_a_day_ago(connection: Connection, pages: Collection[str], at: datetime) -> list[str]:
    """Of these pages those that `told_a_day_ago` holds for, by their ids in config.toml."""
    query = (
        select(PAGE.c.page)
        .join(INCIDENT, INCIDENT.c.page_id == PAGE.c.id)
        .where(INCIDENT.c.closed_at.is_(None), (at - _AGAIN + _EARLY >= _TOLD_AT) | (at + _EARLY < _TOLD_AT))
        .distinct()
        .order_by(PAGE.c.page)
    )
    return [page for page in connection.execute(query).scalars() if page in pages]


def of_service(connection: Connection, kind: str, found: str | None, at: datetime) -> tuple[Incident, Phase] | None:
    """Open, keep open or close an incident of the service itself, by what is found wrong (None: nothing).

    The incident as it then stands, and what is to be told of it; None where there is nothing to tell.
    """
    of_kind = (INCIDENT.c.page_id.is_(None), INCIDENT.c.kind == kind, INCIDENT.c.closed_at.is_(None))
    row = connection.execute(select(INCIDENT).where(*of_kind).with_for_update()).one_or_none()
    if row is None:
        opened = _open_of_service(connection, kind, found, at) if found is not None else None
        return (opened, "opened") if opened is not None else None
    if found is None:
        closed_at = max(at, row.opened_at)
        connection.execute(update(INCIDENT).where(INCIDENT.c.id == row.id).values(closed_at=closed_at))
        return replace(_incident(row, None), closed_at=closed_at), "closed"
    told_at = _told_next(row.told_at, at)
    if told_at == row.told_at:
        return None
    connection.execute(update(INCIDENT).where(INCIDENT.c.id == row.id).values(told_at=told_at, message=found))
    return (replace(_incident(row, None), message=found), "open") if told_at > row.told_at else None


def _told_next(told_at: datetime, at: datetime) -> datetime:
    """The time as of which an incident is told of now; `told_at` itself if it is not due, an earlier one if the clock
    was set back: then the day begins now.

    Told a little before the day is over, it counts as told at its end, so that the hour stays the same.
    """
    if at < told_at - _EARLY:
        return at
    end = told_at + _AGAIN
    return max(at, end) if at >= end - _EARLY else told_at


def listed(connection: Connection, *, open_only: bool) -> list[Incident]:
    """Incidents, oldest first."""
    query = select(INCIDENT, PAGE.c.page).outerjoin(PAGE, PAGE.c.id == INCIDENT.c.page_id).order_by(INCIDENT.c.id)
    if open_only:
        query = query.where(INCIDENT.c.closed_at.is_(None))
    return [_incident(row, row.page) for row in connection.execute(query)]


def _open_of_service(connection: Connection, kind: str, found: str, at: datetime) -> Incident | None:
    """None where another process has just done so."""
    values = {"kind": kind, "reason": kind, "message": found, "opened_at": at, "told_at": at}
    statement = insert_of(connection, INCIDENT).on_conflict_do_nothing().returning(INCIDENT)
    row = connection.execute(statement, values).one_or_none()
    return _incident(row, None) if row is not None else None


def _incident(row: Row[Any], page: str | None) -> Incident:
    return Incident(
        page=page,
        kind=row.kind,
        reason=row.reason,
        message=row.message,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
