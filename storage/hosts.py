"""Hosts: whose turn it is to ask one, when it is left alone, and what it last said in robots.txt.

All processes at one database are together as polite as one. Each asks for a turn before a request and gives its
connection back after it; the connection of a process that died is free again, at the latest when its time is over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, Select, and_, delete, insert, select, update

from storage.concurrency import insert_once
from storage.engine import Database
from storage.tables import HOST, HOST_VISIT

LONGEST_PAUSE: Final = timedelta(hours=24)
"""The longest Retry-After that is heeded; a `not_before` further ahead was written by a clock set back since."""

PATIENCE: Final = 2
"""So many failures in a row bring no pause: they may be the fault of single pages, or mended at once."""

_FIRST_PAUSE: Final = timedelta(minutes=2)
_LONGEST_OWN_PAUSE: Final = timedelta(hours=1)  # a page that is checked every hour goes on being so
_CLOCK_STEP: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How one host may be asked: the least time between the starts of two requests, and how many at a time.

    `lease` is how long a request takes at most.
    """

    interval: timedelta
    connections: int
    lease: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A connection that this process may have open to a host until `until`."""

    id: int
    host_id: int
    owner: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Why the host must not be asked now, and until when, where that is known.

    `not_before`: it is left alone, after `failures` in a row or by its own wish. `next_turn`: another request has
    just begun. `connections`: all are in use.
    """

    reason: Literal["not_before", "next_turn", "connections"]
    until: datetime | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsAnswer:
    """What was answered to a request for robots.txt at `at`; `status` is None if nothing was.

    `good` is the file of the last answer that was one, empty where there is none; None before the first. The site's
    rules are unreachable since `unreachable_since`, None if they are not.
    """

    status: int | None
    at: datetime
    good: bytes | None
    unreachable_since: datetime | None


def pause_after(failures: int, spread: float) -> timedelta:
    """How long a host is left alone that failed so often in a row: from a minute up to an hour, doubling.

    `spread`, from 0 to 1, is chance: it takes up to half of the pause away, so that not all come back at once.
    """
    steps = failures - PATIENCE - 1
    if steps < 0:
        return timedelta()
    return min(_FIRST_PAUSE * (1 << min(steps, 16)), _LONGEST_OWN_PAUSE) * (0.5 + spread / 2)


class Hosts:
    """The hosts in a database. Every method is a transaction of its own and raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_turn(self, host: str, clock: Callable[[], datetime], owner: str, limits: Limits) -> Visit | Wait:
        """A connection to the host, to be used at once by `owner` (see storage.owners); or why there is none."""
        with self._database.writing() as connection:
            row = _held(connection, host)
            now = clock()  # only now: whoever held the host before may have held it for long
            if row.not_before is not None and now < row.not_before <= now + LONGEST_PAUSE:
                return Wait(reason="not_before", until=row.not_before, failures=row.failures)
            if row.next_turn is not None and now < row.next_turn <= now + max(limits.interval, _CLOCK_STEP):
                return Wait(reason="next_turn", until=row.next_turn)
            if _in_use(connection, row.id, now, owner, limits) >= limits.connections:
                return Wait(reason="connections")
            if limits.interval:
                _change(connection, row.id, {"next_turn": now + limits.interval})
            until = now + limits.lease
            visit = connection.execute(
                insert(HOST_VISIT).returning(HOST_VISIT.c.id), {"host_id": row.id, "owner": owner, "until": until}
            ).scalar_one()
            return Visit(id=visit, host_id=row.id, owner=owner, until=until)

    def leave(
        self,
        visit: Visit,
        now: datetime,
        *,
        next_turn: datetime | None = None,
        has_answered: bool = False,
        pause: timedelta | None = None,
    ) -> None:
        """Give the connection back: the host `has_answered` in earnest, or asked for a `pause` (Retry-After).

        The next turn is put off to `next_turn`: until a request arrived, the one after it has no right to be counted
        from an earlier time.
        """
        with self._database.writing() as connection:
            # The host before the visit, as `take_turn` does: the other way round each would wait for the other.
            row = connection.execute(_by_id(visit.host_id)).one()
            changed: dict[str, Any] = {}
            if next_turn is not None and (row.next_turn is None or row.next_turn < next_turn):
                changed["next_turn"] = next_turn
            if has_answered and row.failures:
                changed["failures"] = 0
            if pause is not None:
                changed["not_before"] = _later(row.not_before, now, pause)
            if changed:
                _change(connection, row.id, changed)
            connection.execute(
                delete(HOST_VISIT).where(
                    HOST_VISIT.c.id == visit.id,  # SQLite gives the id of a visit that is over to another
                    and_(HOST_VISIT.c.owner == visit.owner, HOST_VISIT.c.until == visit.until),
                )
            )

    def failed(self, host: str, now: datetime, *, spread: float, is_overloaded: bool = False) -> None:
        """A fetch came to nothing, and the host is to blame: it is left alone for longer each time in a row.

        One that says it `is_overloaded` (429) is so from the first time on. `spread` as in `pause_after`.
        """
        with self._database.writing() as connection:
            row = _held(connection, host)
            failures = row.failures + 1
            pause = pause_after(max(failures, PATIENCE + 1) if is_overloaded else failures, spread)
            changed: dict[str, Any] = {"failures": failures}
            if pause:
                changed["not_before"] = _later(row.not_before, now, pause)
            _change(connection, row.id, changed)

    def robots(self, address: str) -> RobotsAnswer | None:
        """What was answered at the address of a robots.txt; None before it was asked for."""
        with self._database.reading() as connection:
            row = connection.execute(select(HOST).where(HOST.c.host == address)).first()
        if row is None or row.robots_at is None:
            return None
        return RobotsAnswer(
            status=row.robots_status,
            at=row.robots_at,
            good=row.robots_good,
            unreachable_since=row.robots_unreachable_since,
        )

    def keep_robots(
        self, address: str, now: datetime, status: int | None, body: bytes | None, *, host: str, delay: timedelta
    ) -> RobotsAnswer:
        """Keep what was answered: `body` is the file, empty if there is none, None if it is unreachable.

        The next request to `host`, which was asked just now, waits for `delay`, the pace that the file may ask for.
        """
        with self._database.writing() as connection:
            row = _held(connection, address)
            values: dict[str, Any] = {"robots_status": status, "robots_body": body, "robots_at": now}
            if body is not None:
                values |= {"robots_good": body, "robots_good_at": now, "robots_unreachable_since": None}
            elif row.robots_unreachable_since is None or row.robots_unreachable_since > now:
                values["robots_unreachable_since"] = now
            _change(connection, row.id, values)
            if delay:
                asked = _held(connection, host)
                _change(connection, asked.id, {"next_turn": max(asked.next_turn or now, now + delay)})
            kept = connection.execute(_by_id(row.id)).one()
        return RobotsAnswer(
            status=status, at=now, good=kept.robots_good, unreachable_since=kept.robots_unreachable_since
        )


def _by_id(host_id: int) -> Select[Any]:
    return select(HOST).where(HOST.c.id == host_id).with_for_update()


def _held(connection: Connection, host: str) -> Row[Any]:
    """The host's row, made where there is none; no other transaction changes it before this one ends."""
    find = select(HOST).where(HOST.c.host == host).with_for_update()
    row = connection.execute(find).first()
    if row is None:
        insert_once(connection, HOST, "host", {"host": host, "failures": 0})
        row = connection.execute(find).one()
    return row


def _change(connection: Connection, host_id: int, values: dict[str, Any]) -> None:
    connection.execute(update(HOST).where(HOST.c.id == host_id).values(values))


def _later(not_before: datetime | None, now: datetime, pause: timedelta) -> datetime:
    """The end of a pause from now on, or of one that already lasts longer."""
    wanted = now + min(pause, LONGEST_PAUSE)
    stands = not_before is not None and wanted < not_before <= now + LONGEST_PAUSE
    return not_before if stands and not_before is not None else wanted


def _in_use(connection: Connection, host_id: int, now: datetime, owner: str, limits: Limits) -> int:
    """How many connections to the host are open; those that are over, or of dead processes, are taken away."""
    visits = connection.execute(select(HOST_VISIT).where(HOST_VISIT.c.host_id == host_id)).all()
    # A visit that ends later than two leases from now began by a clock that was ahead.
    free = {visit.id for visit in visits if not now < visit.until <= now + 2 * limits.lease}
    if len(visits) - len(free) >= limits.connections:
        from storage.owners import is_dead  # noqa: PLC0415

        dead = {other for other in {visit.owner for visit in visits} - {owner} if is_dead(other)}
        free |= {visit.id for visit in visits if visit.owner in dead}
    if free:
        connection.execute(delete(HOST_VISIT).where(HOST_VISIT.c.id.in_(free)))
    return len(visits) - len(free)
