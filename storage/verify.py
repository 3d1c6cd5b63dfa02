"""Verifying what was received, bit by bit: every entry of every page's chain, every body against its hash."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, Row, select, type_coerce

from storage import bodies, chain
from storage.engine import Database
from storage.errors import StorageError
from storage.packing import unpack
from storage.tables import BODY, CHANGE, PAGE, RECORD, SNAPSHOT, VERSION

_REMEMBERED: Final = 4
"""How many bodies are held unpacked: the next one of a page is mostly a difference from one of the last."""

_BATCH: Final = 500
_NOT_AS_RECORDED: Final = (
    "its entry in the chain is not what was recorded: address, times, origin, status, headers or the body's hash were "
    "altered, or an entry before it was removed"
)
_ROWS: Final = select(SNAPSHOT, BODY.c.sha256).outerjoin(BODY, BODY.c.id == SNAPSHOT.c.body_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One snapshot that is not what was recorded; `differs` says in what. `at` is None where it cannot be read."""

    page: str
    snapshot: int
    at: datetime | None
    differs: str


@dataclass(slots=True)
class Verified:
    """What was looked at; of `thinned` bodies only the hash is left, for which the chain vouches.

    `damaged` says what else in the database this program never wrote: rows that cannot be read, or that name what is
    not there.
    """

    pages: int = 0
    snapshots: int = 0
    bodies: int = 0
    thinned: int = 0
    flaws: list[Flaw] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def verify(database: Database) -> Verified:
    """Read everything; nothing is held up or changed. Raises StorageError where the pages cannot be listed."""
    result = Verified()
    walk = _Walk(database, result)
    with database.reading() as connection:
        pages = connection.execute(select(PAGE.c.id, PAGE.c.page).order_by(PAGE.c.id)).all()
    for page in pages:
        result.pages += 1
        result.flaws += walk.page(page.id, page.page)
    result.damaged += [*_unsound(database), *_unreadable(database)]
    return result


def _unsound(database: Database) -> Iterator[str]:
    """What the engine itself finds wrong; PostgreSQL holds references by itself."""
    with database.reading() as connection:
        if connection.dialect.name != "sqlite":
            return
        found = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
        yield from (f"SQLite: {said}" for said in found if said != "ok")
        for table, row, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{table} {row} names what is not there in {other}"


def _unreadable(database: Database) -> Iterator[str]:
    """Records and changes that cannot be unpacked, and versions that do not name their records."""
    for table, column in ((RECORD, RECORD.c.record), (CHANGE, CHANGE.c.told)):
        last = 0
        query = select(table.c.id, type_coerce(column, LargeBinary)).order_by(table.c.id).limit(_BATCH)
        while True:
            with database.reading() as connection:
                rows = connection.execute(query.where(table.c.id > last)).all()
            for row_id, packed in rows:
                try:
                    unpack(packed)
                except ValueError:
                    yield f"{table.name} {row_id} cannot be read: its bytes were altered"
            if len(rows) < _BATCH:
                break
            last = rows[-1][0]
    with database.reading() as connection:
        pages = connection.execute(select(PAGE.c.id, PAGE.c.page, PAGE.c.version)).all()
        for page in pages:
            yield from _unnamed(connection, page.id, page.page, page.version)


def _unnamed(connection: Connection, page_id: int, page: str, version: int) -> Iterator[str]:
    """The page's versions that are missing, or do not name the very records they have."""
    spans = connection.execute(
        select(RECORD.c.id, RECORD.c.since_version, RECORD.c.until_version).where(RECORD.c.page_id == page_id)
    ).all()
    begun, ended = defaultdict(set), defaultdict(set)
    for row in spans:
        begun[row.since_version].add(row.id)
        ended[row.until_version].add(row.id)
    query = select(VERSION.c.number, VERSION.c.record_order).where(VERSION.c.page_id == page_id)
    orders = connection.execute(query.order_by(VERSION.c.number)).all()
    if [row.number for row in orders] != [*range(1, version + 1)]:
        yield f"page {page}: its versions are not those numbered 1 to {version}"
    present: set[int] = set()
    for number, order in orders:
        present = (present - ended[number]) | begun[number]
        if {record for record, _ in order} != present:
            yield f"page {page}: version {number} does not name the records that stand in it"


class _Walk:
    """Goes from snapshot to snapshot. Each is a transaction of its own, so that none is long."""

    def __init__(self, database: Database, result: Verified) -> None:
        self._database = database
        self._result = result
        self._wrong: dict[int, str] = {}
        """What is wrong with each body looked at; empty where nothing is."""
        self._unpacked: OrderedDict[int, bytes] = OrderedDict()

    def page(self, page_id: int, page: str) -> Iterator[Flaw]:
        with self._database.reading() as connection:
            of_page = select(SNAPSHOT.c.id).where(SNAPSHOT.c.page_id == page_id).order_by(SNAPSHOT.c.id)
            snapshots = connection.execute(of_page).scalars().all()
        previous: str | None = None
        for snapshot in snapshots:
            self._result.snapshots += 1
            at = None
            try:
                with self._database.reading() as connection:
                    row = connection.execute(_ROWS.where(SNAPSHOT.c.id == snapshot)).one()
                    at = row.recorded_at
                    previous, differs = _entry_differs(connection, row, previous)
                    differs += filter(None, [self._body_differs(connection, row.body_id)])
            except (StorageError, ValueError, TypeError) as error:
                previous = self._stored_hash(snapshot)
                differs = [f"its row cannot be read ({error})"]
            if differs:
                yield Flaw(page=page, snapshot=snapshot, at=at, differs="; ".join(differs))

    def _stored_hash(self, snapshot: int) -> str | None:
        """The hash of an entry that cannot be read itself."""
        try:
            with self._database.reading() as connection:
                found: str | None = connection.execute(
                    select(SNAPSHOT.c.entry_sha256).where(SNAPSHOT.c.id == snapshot)
                ).scalar()
                return found
        except (StorageError, ValueError):
            return None

    def _body_differs(self, connection: Connection, body_id: int) -> str:
        if body_id not in self._wrong:
            self._result.bodies += 1
            # A damaged row may lead back to itself.
            self._wrong[body_id] = f"its body {body_id} is stored as a difference from itself"
            row = connection.execute(select(BODY).where(BODY.c.id == body_id)).one_or_none()
            self._wrong[body_id] = self._row_differs(connection, row) if row is not None else "its body is missing"
        return self._wrong[body_id]

    def _row_differs(self, connection: Connection, row: Row[Any]) -> str:
        if row.format == bodies.THINNED:
            self._result.thinned += 1
            return ""
        try:
            base = self._unverified(connection, row.base_id) if row.base_id is not None else None
            body = bodies.restored(row, base)
        except StorageError as error:
            return error.what
        found = bodies.sha256(body) if body is not None else None
        if body is not None and found == row.sha256:
            self._remember(row.id, body)
            return "" if len(body) == row.size else f"its body has {len(body)} bytes, {row.size} are noted"
        if row.base_id is not None and self._body_differs(connection, row.base_id):
            return f"its body is stored as a difference from body {row.base_id}, which is not what was stored"
        if body is None:
            return f"the data of its body {row.id} were altered: they cannot be decompressed"
        return f"its body {row.id} has the SHA-256 {found}, not {row.sha256} as recorded"

    def _unverified(self, connection: Connection, body_id: int) -> bytes | None:
        if body_id not in self._unpacked:
            return bodies.unpacked(connection, body_id)
        self._unpacked.move_to_end(body_id)
        return self._unpacked[body_id]

    def _remember(self, body_id: int, body: bytes) -> None:
        self._unpacked[body_id] = body
        if len(self._unpacked) > _REMEMBERED:
            self._unpacked.popitem(last=False)


def _entry_differs(connection: Connection, row: Row[Any], previous: str | None) -> tuple[str, list[str]]:
    """The hash that the next entry must hold, and what is wrong with this one."""
    found = chain.of_row(row, previous)
    true_hash = found.entry.sha256()
    if true_hash == found.sha256:
        return true_hash, []
    after = _ROWS.where(SNAPSHOT.c.page_id == row.page_id, SNAPSHOT.c.id > row.id).order_by(SNAPSHOT.c.id).limit(1)
    following = connection.execute(after).one_or_none()
    if following is not None and chain.of_row(following, true_hash).entry.sha256() == following.entry_sha256:
        return true_hash, ["the hash of its entry in the chain was altered, and nothing else of it"]
    return found.sha256, [_NOT_AS_RECORDED]
