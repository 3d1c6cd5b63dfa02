"""A page's versions in the order of time, and how a part of them is replaced by what the past is now known to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from parsers.records import Page, Record, record_from_dict
from storage import versions
from storage.observation import VersionOrigin
from storage.replay import Memory, Name, name_of, says_the_same
from storage.tables import RECORD, VERSION, PageRow

_VERSIONS: Final = (VERSION.c.id, VERSION.c.number, VERSION.c.snapshot_id, VERSION.c.origin, VERSION.c.created_at)


@dataclass(slots=True, kw_only=True)
class Entry:
    """A version as it is to stand: `id` is None for one to be added, `content` its new reading, if it has one.

    `records` are those it says, under their lasting keys once they are known; `corrected` where its new reading says
    something else than the one before.
    """

    id: int | None
    snapshot: int
    origin: VersionOrigin
    created_at: datetime
    content: Page | None = None
    records: Sequence[Record] = ()
    corrected: bool = False


def entries(connection: Connection, page_id: int) -> list[Entry]:
    """Every version of the page in the order of time, without its records."""
    rows = connection.execute(select(*_VERSIONS).where(VERSION.c.page_id == page_id).order_by(VERSION.c.number))
    return [Entry(id=row.id, snapshot=row.snapshot_id, origin=row.origin, created_at=row.created_at) for row in rows]


def place_for(known: Sequence[Entry], moment: datetime) -> int:
    """The index at which a version of that moment comes into the order: after the one current then."""
    earlier = (index for index in range(len(known) - 1, -1, -1) if known[index].created_at <= moment)
    return next(earlier, -1) + 1


def stored_records(connection: Connection, page_id: int, entry: Entry) -> list[Record]:
    """The records that a version says, as they are stored."""
    row = connection.execute(select(VERSION).where(VERSION.c.id == entry.id, VERSION.c.page_id == page_id)).one()
    return versions.records_of(connection, row)


def memory_at(connection: Connection, page_id: int, number: int) -> Memory:
    """What the page said, and had said before, with the version of that number; 0: before the first."""
    if not number:
        return Memory()
    version = versions.numbered(connection, page_id, number)
    rows = connection.execute(
        select(RECORD)
        .where(RECORD.c.page_id == page_id, RECORD.c.since_version <= number)
        .order_by(RECORD.c.since_version)
    )
    last = {(row.kind, row.key): row for row in rows}
    present = [row for row in last.values() if row.until_version is None or row.until_version > number]
    gone = [row for row in last.values() if row.until_version is not None and row.until_version <= number]
    return Memory(
        versions.records_of(connection, version),
        [record_from_dict(row.record) for row in sorted(gone, key=lambda row: (-row.until_version, row.id))],
        {(row.kind, row.key): row.id for row in present},
    )


def rewrite(connection: Connection, page: PageRow, first: int, entries: Sequence[Entry], at: datetime) -> None:
    """Let the versions from the number `first` on be `entries`, whose ids are then known; `page` is brought up to date.

    What is corrected is so since `at`.
    """
    number = count(first)
    _make_way(connection, page.id, first)
    for entry in entries:
        _place(connection, page.id, next(number), entry, at)
    _write_records(connection, page.id, first, entries)
    page.version = first + len(entries) - 1
    page.record_count = len(entries[-1].records)


def _make_way(connection: Connection, page_id: int, first: int) -> None:
    """Free the numbers from `first` on: no two versions may have one number, not for a moment."""
    since = (VERSION.c.page_id == page_id, VERSION.c.number >= first)
    connection.execute(update(VERSION).where(*since).values(number=-VERSION.c.number))


def _place(connection: Connection, page_id: int, number: int, entry: Entry, at: datetime) -> None:
    reading = versions.reading_columns(entry.content) if entry.content is not None else {}
    if entry.id is not None:
        corrected = {"corrected_at": at} if entry.corrected else {}
        connection.execute(
            update(VERSION).where(VERSION.c.id == entry.id).values(number=number, **reading, **corrected)
        )
        return
    if not reading:
        reading = _reading_of(connection, page_id, entry.snapshot)
    values = {
        "page_id": page_id,
        "number": number,
        "snapshot_id": entry.snapshot,
        "origin": entry.origin,
        **reading,
        "record_order": [],
        "created_at": entry.created_at,
    }
    entry.id = connection.execute(insert(VERSION).returning(VERSION.c.id), values).scalar_one()


def _reading_of(connection: Connection, page_id: int, snapshot: int) -> dict[str, Any]:
    """How another version's body, to which the page returned, was read."""
    row = connection.execute(
        select(VERSION)
        .where(VERSION.c.page_id == page_id, VERSION.c.snapshot_id == snapshot)
        .order_by(VERSION.c.id.desc())
        .limit(1)
    ).one()
    return {
        name: getattr(row, name)
        for name in ("parser", "parser_version", "title", "charset", "coverage", "floors", "warnings")
    }


@dataclass(slots=True)
class _Row:
    """A record's row: it stands from the version `since` until before `until`; `id` is None until it is written."""

    id: int | None
    record: Record
    since: int
    until: int | None = None


def _write_records(connection: Connection, page_id: int, first: int, entries: Sequence[Entry]) -> None:
    """Write the records of the versions from `first` on anew, each row for as long as it says the same."""
    current = _cut(connection, page_id, first)
    begun: list[_Row] = []
    ended: list[_Row] = []
    orders: list[list[tuple[_Row, int]]] = []
    for number, entry in enumerate(entries, start=first):
        before, current, order = current, {}, []
        for record in entry.records:
            name = name_of(record)
            row = before.pop(name, None)
            if row is None or not says_the_same(row.record, record):
                if row is not None:
                    before[name] = row
                row = _Row(None, record, number)
                begun.append(row)
            current[name] = row
            order.append((row, record.position))
        for row in before.values():
            row.until = number
            ended.append(row)
        orders.append(order)
    _end(connection, (row for row in ended if row.since < first))
    _insert(connection, page_id, begun)
    connection.execute(
        update(VERSION).where(VERSION.c.id == bindparam("version")).values(record_order=bindparam("order")),
        [
            {"version": entry.id, "order": [[row.id, position] for row, position in order]}
            for entry, order in zip(entries, orders, strict=True)
        ],
    )


def _cut(connection: Connection, page_id: int, first: int) -> dict[Name, _Row]:
    """Take back all that is written of the versions from `first` on; the rows current before."""
    of_page = RECORD.c.page_id == page_id
    connection.execute(delete(RECORD).where(of_page, RECORD.c.since_version >= first))
    connection.execute(update(RECORD).where(of_page, RECORD.c.until_version >= first).values(until_version=None))
    rows = connection.execute(select(RECORD).where(of_page, RECORD.c.until_version.is_(None)))
    return {(row.kind, row.key): _Row(row.id, record_from_dict(row.record), row.since_version) for row in rows}


def _insert(connection: Connection, page_id: int, rows: Sequence[_Row]) -> None:
    if not rows:
        return
    values = []
    for row in rows:
        data = row.record.as_dict()
        del data["position"]
        values.append(
            {
                "page_id": page_id,
                "kind": row.record.kind,
                "key": row.record.key,
                "record": data,
                "since_version": row.since,
                "until_version": row.until,
            }
        )
    added = connection.execute(insert(RECORD).returning(RECORD.c.id, sort_by_parameter_order=True), values).scalars()
    for row, row_id in zip(rows, added, strict=True):
        row.id = row_id


def _end(connection: Connection, rows: Iterable[_Row]) -> None:
    values = [{"ended": row.id, "until": row.until} for row in rows]
    if values:
        connection.execute(
            update(RECORD).where(RECORD.c.id == bindparam("ended")).values(until_version=bindparam("until")), values
        )
