"""What is old takes less room: checks become counts by day, bodies become their hashes. Once a day and page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from storage.batches import batches
from storage.bodies import THINNED
from storage.japan import TOKYO, day_of
from storage.tables import BODY, CHANGE, CHECK, CHECK_DAY, SNAPSHOT, VERSION, PageRow

_CENTURY: Final = timedelta(days=36_525)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how long the rows of checks and the bodies are kept; None, or more than a century: for ever."""

    checks: timedelta | None = None
    bodies: timedelta | None = None


KEEP_ALL: Final = Retention()


def once_a_day(connection: Connection, page: PageRow, at: datetime, retention: Retention) -> None:
    """Thin what the page has that is old, on the day's (in Japan) first check; `page` is the caller's to write."""
    today = day_of(at)
    if retention == KEEP_ALL or page.thinned_on == today:
        return
    page.thinned_on = today
    if retention.checks is not None and retention.checks < _CENTURY:
        _thin_checks(connection, page.id, _midnight(at - retention.checks))
    if retention.bodies is not None and retention.bodies < _CENTURY:
        _thin_bodies(connection, page, at - retention.bodies)


def _midnight(at: datetime) -> datetime:
    """The beginning of the day in Japan: a day is counted whole."""
    return datetime.combine(day_of(at), time(), tzinfo=TOKYO)


def _thin_checks(connection: Connection, page_id: int, until: datetime) -> None:
    old = (CHECK.c.page_id == page_id, CHECK.c.at < until)
    rows = connection.execute(select(CHECK.c.at, CHECK.c.outcome).where(*old))
    counts = Counter((day_of(row.at), row.outcome) for row in rows)
    for (day, outcome), count in counts.items():
        _count(connection, page_id, day, outcome, count)
    if counts:
        connection.execute(delete(CHECK).where(*old))


def _count(connection: Connection, page_id: int, day: date, outcome: str, count: int) -> None:
    """Add to a day's count: a clock set back brings checks to days that are counted already."""
    counted = connection.execute(
        update(CHECK_DAY)
        .where(CHECK_DAY.c.page_id == page_id, CHECK_DAY.c.day == day, CHECK_DAY.c.outcome == outcome)
        .values(count=CHECK_DAY.c.count + count)
    )
    if not counted.rowcount:
        connection.execute(insert(CHECK_DAY), {"page_id": page_id, "day": day, "outcome": outcome, "count": count})


def _thin_bodies(connection: Connection, page: PageRow, until: datetime) -> None:
    """Leave of bodies recorded before `until` the hash, except of those that are needed.

    Needed are the current and the suspect body, those of versions that came since and both of a change detected
    since, what another page holds too, and whatever a needed body is stored as a difference from.
    """
    own = select(SNAPSHOT.c.body_id).where(SNAPSHOT.c.page_id == page.id)
    kept = connection.execute(own.where(_is_needed(page, until))).scalars()
    stored = own.join(BODY, BODY.c.id == SNAPSHOT.c.body_id).where(BODY.c.format != THINNED)
    old = {*connection.execute(stored.where(SNAPSHOT.c.recorded_at < until)).scalars()} - {*kept}
    # Held before anyone asks who else needs them: what another transaction is taking into use has then been taken.
    for some in batches(old):
        connection.execute(select(BODY.c.id).where(BODY.c.id.in_(some)).order_by(BODY.c.id).with_for_update()).all()
    for some in batches(old):
        elsewhere = select(SNAPSHOT.c.body_id).where(SNAPSHOT.c.body_id.in_(some), SNAPSHOT.c.page_id != page.id)
        old -= {*connection.execute(elsewhere).scalars()}
    while bases := _bases_of_others(connection, old):
        old -= bases
    for some in batches(old):
        connection.execute(
            update(BODY).where(BODY.c.id.in_(some)).values(format=THINNED, data=b"", base_id=None, steps=1)
        )


def _is_needed(page: PageRow, since: datetime) -> ColumnElement[bool]:
    """Which of the page's snapshots are new, or spoken of by what is."""
    version = select(VERSION.c.snapshot_id).where(
        VERSION.c.page_id == page.id, or_(VERSION.c.number == page.version, VERSION.c.created_at >= since)
    )
    change = [CHANGE.c.page_id == page.id, CHANGE.c.detected_at >= since]
    return or_(
        SNAPSHOT.c.recorded_at >= since,
        SNAPSHOT.c.id == page.suspect_snapshot,
        SNAPSHOT.c.id.in_(version),
        SNAPSHOT.c.id.in_(select(CHANGE.c.snapshot_before).where(*change)),
        SNAPSHOT.c.id.in_(select(CHANGE.c.snapshot_after).where(*change)),
    )


def _bases_of_others(connection: Connection, among: set[int]) -> set[int]:
    """Those that a body which is not among them is stored as a difference from."""
    found: set[int] = set()
    for some in batches(among):
        rows = connection.execute(select(BODY.c.id, BODY.c.base_id).where(BODY.c.base_id.in_(some)))
        found |= {row.base_id for row in rows if row.id not in among}
    return found
