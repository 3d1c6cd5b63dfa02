"""What the checks of a time came to, page by page: what a digest says of the pages on which nothing changed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, DateTime, Row, func, select, type_coerce

from storage import chain
from storage.batches import batches
from storage.changes import ABOUT_VERIFYING
from storage.japan import day_of
from storage.observation import CheckTally, PageInfo, Window
from storage.tables import CHANGE, CHECK, CHECK_DAY, PAGE
from storage.types import UtcDateTime

_DAY: Final = timedelta(days=1)
# A gap that began earlier was told of by a digest before.
_LOOKED_BACK: Final = timedelta(days=45)
_GOOD: Final = ("baseline", "unchanged", "changed")


@dataclass(slots=True)
class _Count:
    """The checks of one page that came to one outcome."""

    number: int = 0
    last: datetime | None = None


def tallies(connection: Connection, pages: Collection[str], window: Window) -> list[CheckTally]:
    """One for each of these pages that is known, in the order in which they were first checked.

    Of checks that were thinned to counts by day, the days (in Japan) that lie whole in the window are counted.
    """
    found: list[Row[Any]] = []
    for some in batches(set(pages)):
        found += connection.execute(
            select(PAGE.c.id, PAGE.c.page, PAGE.c.name, PAGE.c.url).where(PAGE.c.page.in_(some))
        )
    found.sort(key=lambda page: page.id)
    ids = [page.id for page in found]
    counts, changes = _counted(connection, ids, window), _changed(connection, ids, window)
    gaps = _gaps(connection, ids, window)
    made = (_tally(connection, page, counts[page.id], changes.get(page.id, 0), window) for page in found)
    return [replace(tally, gaps=tuple(gaps[page.id])) for page, tally in zip(found, made, strict=True)]


def _gaps(connection: Connection, ids: Collection[int], window: Window) -> dict[int, list[tuple[datetime, datetime]]]:
    """By page, oldest first, as far as they lie in the window."""
    gaps: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    before = func.lag(CHECK.c.at, type_=UtcDateTime).over(partition_by=CHECK.c.page_id, order_by=CHECK.c.at)
    for some in batches(ids):
        good = (
            select(CHECK.c.page_id, CHECK.c.at, before.label("before"))
            .where(CHECK.c.page_id.in_(some), CHECK.c.outcome.in_(_GOOD))
            .where(CHECK.c.at > window.after - _LOOKED_BACK, CHECK.c.at <= window.until)
            .subquery()
        )
        query = select(good).where(good.c.at > window.after, _is_long(connection, good.c.before, good.c.at))
        for row in connection.execute(query.order_by(good.c.page_id, good.c.at)):
            gaps[row.page_id].append((max(row.before, window.after), row.at))
    return gaps


def _is_long(connection: Connection, start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[bool]:
    if connection.dialect.name == "postgresql":
        return type_coerce(end, DateTime) - type_coerce(start, DateTime) > _DAY
    return func.julianday(end) - func.julianday(start) > 1


def _counted(connection: Connection, ids: Collection[int], window: Window) -> dict[int, dict[str, _Count]]:
    """By page and outcome."""
    counts: dict[int, dict[str, _Count]] = defaultdict(lambda: defaultdict(_Count))
    first_day, last_day = day_of(window.after) + timedelta(days=1), day_of(window.until) - timedelta(days=1)
    for some in batches(ids):
        checks = (
            select(CHECK.c.page_id, CHECK.c.outcome, func.count().label("number"))
            .add_columns(func.max(CHECK.c.at).label("last"))
            .where(CHECK.c.page_id.in_(some), CHECK.c.at > window.after, CHECK.c.at <= window.until)
            .group_by(CHECK.c.page_id, CHECK.c.outcome)
        )
        for row in connection.execute(checks):
            counts[row.page_id][row.outcome] = _Count(row.number, row.last)
        days = (
            select(CHECK_DAY.c.page_id, CHECK_DAY.c.outcome, func.sum(CHECK_DAY.c["count"]).label("number"))
            .where(CHECK_DAY.c.page_id.in_(some), CHECK_DAY.c.day.between(first_day, last_day))
            .group_by(CHECK_DAY.c.page_id, CHECK_DAY.c.outcome)
        )
        for row in connection.execute(days):
            counts[row.page_id][row.outcome].number += row.number
    return counts


def _changed(connection: Connection, ids: Collection[int], window: Window) -> dict[int, int]:
    """The number of changes by page; pages without any are left out."""
    changes: dict[int, int] = {}
    for some in batches(ids):
        query = (
            select(CHANGE.c.page_id, func.count().label("number"))
            .where(CHANGE.c.page_id.in_(some), CHANGE.c.detected_at > window.after)
            .where(CHANGE.c.detected_at <= window.until, CHANGE.c.origin == "live")
            .where(CHANGE.c.operators_only.is_(False), CHANGE.c.superseded_by.is_(None))
            .where(CHANGE.c.change.not_in(ABOUT_VERIFYING))
            .group_by(CHANGE.c.page_id)
        )
        changes |= {row.page_id: row.number for row in connection.execute(query)}
    return changes


def _tally(
    connection: Connection, page: Row[Any], counts: dict[str, _Count], changes: int, window: Window
) -> CheckTally:
    good = [counts[outcome] for outcome in _GOOD if outcome in counts]
    last_good = max((count.last for count in good if count.last), default=None)
    last_check = max((count.last for count in counts.values() if count.last), default=None)
    return CheckTally(
        page=PageInfo(id=page.page, name=page.name, url=page.url),
        good=sum(count.number for count in good),
        failed=counts["failed"].number,
        suspect=counts["suspect"].number,
        last_good=last_good or _last(connection, page.id, window, good_only=True),
        last_check=last_check or _last(connection, page.id, window, good_only=False),
        chain_head=chain.head(connection, page.id),
        changes=changes,
        began=_began(connection, page.id, window),
    )


def _began(connection: Connection, page_id: int, window: Window) -> datetime | None:
    """The first check of the page, if it lies in the window."""
    first: datetime | None = connection.execute(select(func.min(CHECK.c.at)).where(CHECK.c.page_id == page_id)).scalar()
    if first is None or not window.after < first <= window.until:
        return None
    thinned = select(CHECK_DAY.c.day).where(CHECK_DAY.c.page_id == page_id).limit(1)
    return first if connection.execute(thinned).first() is None else None


def _last(connection: Connection, page_id: int, window: Window, *, good_only: bool) -> datetime | None:
    """The time of the last check before the window; None where it is no longer kept, or there was none."""
    query = select(CHECK.c.at).where(CHECK.c.page_id == page_id, CHECK.c.at <= window.after)
    if good_only:
        query = query.where(CHECK.c.outcome.in_(_GOOD))
    found: datetime | None = connection.execute(query.order_by(CHECK.c.at.desc()).limit(1)).scalar()
    return found
