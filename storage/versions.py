"""A page's versions and the records they hold."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from parsers.records import Page, Record, record_from_dict
from storage.errors import damaged
from storage.observation import RecordVersion, VersionOrigin
from storage.tables import CHANGE, RECORD, VERSION, PageRow
from storage.verdict import digest

Stored = Row[*tuple[Any, ...]]


def numbered(connection: Connection, page_id: int, number: int) -> Stored:
    """The version of that number, which must exist."""
    return connection.execute(select(VERSION).where(VERSION.c.page_id == page_id, VERSION.c.number == number)).one()


def at(connection: Connection, page_id: int, moment: datetime) -> Stored | None:
    """The version that was current at that moment, or None before the first."""
    return connection.execute(
        select(VERSION)
        .where(VERSION.c.page_id == page_id, VERSION.c.created_at <= moment)
        .order_by(VERSION.c.number.desc())
        .limit(1)
    ).one_or_none()


def records_of(connection: Connection, version: Stored, kind: str | None = None) -> list[Record]:
    """The records of a version in page order."""
    query = select(RECORD.c.id, RECORD.c.record).where(
        RECORD.c.page_id == version.page_id,
        RECORD.c.since_version <= version.number,
        or_(RECORD.c.until_version.is_(None), RECORD.c.until_version > version.number),
    )
    if kind is not None:
        query = query.where(RECORD.c.kind == kind)
    positions: dict[int, int] = dict(version.record_order)
    rows = connection.execute(query).all()
    if not positions.keys() >= {row.id for row in rows}:
        raise damaged(f"version {version.number} of a page does not name its records")
    rows = sorted(rows, key=lambda row: (positions[row.id], row.id))
    return [record_from_dict({**row.record, "position": positions[row.id]}) for row in rows]


def counts(connection: Connection, page_id: int) -> Counter[str]:
    """How many records of each kind the current version has."""
    rows = connection.execute(
        select(RECORD.c.kind, func.count())
        .where(RECORD.c.page_id == page_id, RECORD.c.until_version.is_(None))
        .group_by(RECORD.c.kind)
    )
    return Counter(dict(rows.all()))


def gone(connection: Connection, page_id: int, kinds: Collection[str]) -> list[Record]:
    """The records of these kinds that the current version no longer has, as last seen, the latest gone first."""
    if not kinds:
        return []
    # Of each the last row alone is read: to unpack every version of every record would cost more with each version.
    last = (
        select(func.max(RECORD.c.id))
        .where(RECORD.c.page_id == page_id, RECORD.c.kind.in_(sorted(kinds)))
        .group_by(RECORD.c.kind, RECORD.c.key)
        .having(func.count() == func.count(RECORD.c.until_version))
    )
    rows = connection.execute(
        select(RECORD.c.record).where(RECORD.c.id.in_(last)).order_by(RECORD.c.until_version.desc(), RECORD.c.id)
    )
    return [record_from_dict(row.record) for row in rows]


def add(
    connection: Connection,
    page: PageRow,
    content: Page,
    records: Sequence[Record],
    *,
    snapshot: int,
    origin: str,
    created_at: datetime,
) -> int:
    """Make `records` the current version; its id. `page` is brought up to date, its row is the caller's to write.

    A record that says the same as before keeps its row, so that a version costs what differs.
    """
    number = page.version + 1
    order = _write_records(connection, page.id, number, records)
    added: int = connection.execute(
        insert(VERSION).returning(VERSION.c.id),
        {
            "page_id": page.id,
            "number": number,
            "snapshot_id": snapshot,
            "origin": origin,
            **reading_columns(content),
            "record_order": order,
            "created_at": created_at,
        },
    ).scalar_one()
    page.version = number
    becomes(page, content, len(records))
    return added


def reading_columns(content: Page) -> dict[str, Any]:
    """What a version says of how its body was read."""
    return {
        "parser": content.parser,
        "parser_version": content.parser_version,
        "title": content.title,
        "charset": content.charset,
        "coverage": content.coverage,
        "floors": content.floors,
        "warnings": [warning.as_dict() for warning in content.warnings],
    }


def becomes(page: PageRow, content: Page, record_count: int) -> None:
    """Note on the page how its current version was read."""
    page.parser, page.parser_version = content.parser, content.parser_version
    page.title = content.title
    page.record_count = record_count
    page.records_digest = digest(content.records)


def _write_records(connection: Connection, page_id: int, number: int, records: Iterable[Record]) -> list[list[int]]:
    rows = connection.execute(
        select(RECORD.c.id, RECORD.c.kind, RECORD.c.key, RECORD.c.record).where(
            RECORD.c.page_id == page_id, RECORD.c.until_version.is_(None)
        )
    )
    current = {(row.kind, row.key): row for row in rows}
    order: list[list[int]] = []
    fresh: list[dict[str, Any]] = []
    positions: list[int] = []
    for record in records:
        data = record.as_dict()
        position = data.pop("position")
        held = current.get((record.kind, record.key))
        if held is not None and held.record == data:
            order.append([held.id, position])
            del current[record.kind, record.key]
        else:
            fresh.append(
                {
                    "page_id": page_id,
                    "kind": record.kind,
                    "key": record.key,
                    "record": data,
                    "since_version": number,
                }
            )
            positions.append(position)
    if current:
        connection.execute(
            update(RECORD).where(RECORD.c.id == bindparam("ended")).values(until_version=number),
            [{"ended": row.id} for row in current.values()],
        )
    if fresh:
        added = connection.execute(insert(RECORD).returning(RECORD.c.id, sort_by_parameter_order=True), fresh).scalars()
        order += [[row_id, position] for row_id, position in zip(added, positions, strict=True)]
    return order


def history(connection: Connection, page_id: int, kind: str, key: str) -> list[RecordVersion]:
    """Every version of one record, oldest first, its absences between and after them included."""
    rows = connection.execute(
        select(RECORD.c.id, RECORD.c.record, RECORD.c.since_version, RECORD.c.until_version)
        .where(RECORD.c.page_id == page_id, RECORD.c.kind == kind, RECORD.c.key == key)
        .order_by(RECORD.c.since_version)
    ).all()
    versions = _bounds(connection, page_id, rows)
    changes = (
        select(CHANGE.c.version_id, CHANGE.c.change)
        .where(
            CHANGE.c.version_id.in_([version.id for version in versions.values()]),
            CHANGE.c.kind == kind,
            CHANGE.c.key == key,
            CHANGE.c.superseded_by.is_(None),
        )
        .order_by(CHANGE.c.id.desc())
    )
    names = dict(connection.execute(changes).all())
    result: list[RecordVersion] = []
    for row, later in zip_longest(rows, rows[1:]):
        begun, ended = versions[row.since_version], versions.get(row.until_version)
        again = versions.get(later.since_version) if later is not None else None
        position = dict(begun.record_order)[row.id]
        result.append(
            RecordVersion(
                record=record_from_dict({**row.record, "position": position}),
                since=begun.created_at,
                until=ended.created_at if ended else None,
                change=names.get(begun.id),
                origin=_origin(begun),
            )
        )
        if ended and ended != again:
            result.append(
                RecordVersion(
                    record=None,
                    since=ended.created_at,
                    until=again.created_at if again else None,
                    change=names.get(ended.id),
                    origin=_origin(ended),
                )
            )
    return result


def _bounds(connection: Connection, page_id: int, rows: Sequence[Stored]) -> dict[int | None, Stored]:
    """The versions in which these records began and ended, by number."""
    numbers = {row.since_version for row in rows} | {row.until_version for row in rows} - {None}
    found = connection.execute(select(VERSION).where(VERSION.c.page_id == page_id, VERSION.c.number.in_(numbers)))
    return {row.number: row for row in found}


def _origin(version: Stored) -> VersionOrigin:
    """How what a version says came to be known: a corrected one says what the parser read later."""
    return "parser" if version.corrected_at is not None else version.origin
