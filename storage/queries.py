"""Looking up published changes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, literal, or_, select, tuple_

from storage.changes import RecordedChange, glob_of, matches
from storage.engine import Database
from storage.observation import Rename
from storage.publishing import recorded, searchable
from storage.tables import CHANGE, PAGE
from storage.types import UtcDateTime

_BATCH: Final = 500
_RENAMED: Final = ("category", "programme")
_CHANGES: Final = select(CHANGE, PAGE.c.page).join(PAGE, PAGE.c.id == CHANGE.c.page_id)


def changes(
    database: Database,
    *,
    page: str | None,
    kinds: Sequence[str],
    text: str | None,
    since: datetime | None,
    until: datetime | None,
    include_operators: bool,
    newest_first: bool,
) -> Iterator[RecordedChange]:
    """The changes that pass every filter, oldest first or newest first; `since` is included, `until` is not.

    Those of one moment come in the order in which they were recorded, or the reverse.

    Read in batches, so that a slow reader holds no transaction open.
    """
    globs = [glob_of(kind) for kind in kinds]
    order = (CHANGE.c.detected_at, CHANGE.c.id)
    query = _CHANGES.order_by(*(column.desc() if newest_first else column for column in order)).limit(_BATCH)
    if page is not None:
        query = query.where(PAGE.c.page == page)
    if globs:
        query = query.where(
            or_(*(CHANGE.c.names.contains(f"|{_literal_start(glob)}", autoescape=True) for glob in globs))
        )
    if text is not None:
        query = query.where(CHANGE.c.search.contains(searchable(text), autoescape=True))
    if since is not None:
        query = query.where(CHANGE.c.detected_at >= since)
    if until is not None:
        query = query.where(CHANGE.c.detected_at < until)
    if not include_operators:
        query = query.where(CHANGE.c.operators_only.is_(False))
    for row in _in_batches(database, query, newest_first=newest_first):
        change = recorded(row, row.page)
        if not globs or any(matches(glob, change.names) for glob in globs):
            yield change


def by_id(connection: Connection, ids: Sequence[int]) -> list[RecordedChange]:
    """The changes with these ids, oldest first; ids that do not exist are left out."""
    wanted = sorted(set(ids))
    found: list[RecordedChange] = []
    for start in range(0, len(wanted), _BATCH):
        query = _CHANGES.where(CHANGE.c.id.in_(wanted[start : start + _BATCH])).order_by(CHANGE.c.id)
        found += [recorded(row, row.page) for row in connection.execute(query)]
    return found


def renames(connection: Connection, known: int) -> tuple[list[Rename], int] | None:
    """The renames of categories and programmes that stand, and the highest id of all changes; None if it is `known`."""
    newest = connection.execute(select(func.max(CHANGE.c.id))).scalar() or 0
    if newest == known:
        return None
    query = select(CHANGE.c.kind, CHANGE.c.told).where(
        CHANGE.c.kind.in_(_RENAMED),
        CHANGE.c.names.contains(".renamed|", autoescape=True),
        CHANGE.c.superseded_by.is_(None),
    )
    rows = connection.execute(query.order_by(CHANGE.c.id))
    return [Rename(row.kind, row.told["before"]["title"], row.told["after"]["title"]) for row in rows], newest


def _literal_start(glob: str) -> str:
    return glob[: next((index for index, char in enumerate(glob) if char in "*?["), len(glob))]


def _in_batches(
    database: Database, query: Select[*tuple[Any, ...]], *, newest_first: bool
) -> Iterator[Row[*tuple[Any, ...]]]:
    further = query
    while True:
        with database.reading() as connection:
            rows = connection.execute(further).all()
        yield from rows
        if len(rows) < _BATCH:
            return
        place = tuple_(literal(rows[-1].detected_at, UtcDateTime), literal(rows[-1].id))
        at = tuple_(CHANGE.c.detected_at, CHANGE.c.id)
        further = query.where(at < place if newest_first else at > place)
