"""Who keeps the schedule, and what is due: one daemon at a time, its due times in the database.

The daemon's row names the process that is on duty; it says every few seconds that it still is. Whoever comes next is
refused while that process lives, or, on another host, while it was seen of late.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage import pages
from storage.concurrency import Lock, hold
from storage.observation import PageInfo
from storage.owners import is_dead, is_of_this_host
from storage.tables import DAEMON, PAGE

SEEN_EVERY: Final = timedelta(seconds=20)
"""How often the process on duty says that it is there."""

UNSEEN_AFTER: Final = timedelta(minutes=3)
"""How long a process that does not say so is taken to be there: longer than a pause, shorter than a rhythm."""

_NAME: Final = "schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """The process on duty since `since`; it was last seen at `seen_at`.

    `is_alive` is false where it is known to have ended. `was_seen_lately` is by the clock of who asks.
    """

    owner: str
    since: datetime
    seen_at: datetime
    is_alive: bool
    was_seen_lately: bool

    @property
    def host(self) -> str:
        return self.owner.rsplit("/", 2)[0]

    @property
    def pid(self) -> str:
        return self.owner.rsplit("/", 2)[1]


def on_duty(connection: Connection, now: datetime) -> OnDuty | None:
    """Who is on duty, or was when it died; None if nobody is."""
    row = connection.execute(select(DAEMON).where(DAEMON.c.name == _NAME)).one_or_none()
    return _on_duty(row, now) if row is not None else None


def take(connection: Connection, owner: str, now: datetime) -> OnDuty | None:
    """Put `owner` (see storage/owners.py) on duty; who is already, if another is and may be at work."""
    hold(connection, Lock.DUTY)
    found = on_duty(connection, now)
    if found is not None and found.owner != owner and found.is_alive and _is_to_be_minded(found):
        return found
    connection.execute(delete(DAEMON).where(DAEMON.c.name == _NAME))
    connection.execute(insert(DAEMON), {"name": _NAME, "owner": owner, "since": now, "seen_at": now})
    return None


def keep(connection: Connection, owner: str, now: datetime) -> bool:
    """Say that `owner` is there; False if it is no longer on duty: another took its place."""
    mine = (DAEMON.c.name == _NAME, DAEMON.c.owner == owner)
    return bool(connection.execute(update(DAEMON).where(*mine).values(seen_at=now)).rowcount)


def leave(connection: Connection, owner: str) -> None:
    """`owner` is no longer on duty."""
    connection.execute(delete(DAEMON).where(DAEMON.c.name == _NAME, DAEMON.c.owner == owner))


def plan(connection: Connection, due: Iterable[tuple[PageInfo, datetime]]) -> None:
    """Store when pages are next due; one never seen before is known from now on."""
    for page, next_due in sorted(due, key=lambda item: item[0].id):  # in one order, so that no two wait for each other
        row = pages.find_or_add(connection, page)
        connection.execute(update(PAGE).where(PAGE.c.id == row.id).values(next_due=next_due))


def begin_check(connection: Connection, page: PageInfo, now: datetime, next_due: datetime) -> None:
    """Store that a check begins now, and when the next one is due."""
    row = pages.find_or_add(connection, page)
    connection.execute(update(PAGE).where(PAGE.c.id == row.id).values(last_started=now, next_due=next_due))


def _on_duty(row: Row[Any], now: datetime) -> OnDuty:
    return OnDuty(
        owner=row.owner,
        since=row.since,
        seen_at=row.seen_at,
        is_alive=not is_dead(row.owner),
        was_seen_lately=abs(now - row.seen_at) < UNSEEN_AFTER,
    )


def _is_to_be_minded(found: OnDuty) -> bool:
    """A process of this host is known to live; of another's that is believed while it says so."""
    return is_of_this_host(found.owner) or found.was_seen_lately
