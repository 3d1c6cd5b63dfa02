"""Reading the archive's bodies again with today's parsers, and correcting what was made of them.

A body at a time is read and its reading put aside, so that who is interrupted goes on where he stopped. When all are
read, one transaction lets them take their place: versions and changes become what they would be had they always been
read so. Nobody is alerted, except of what they were told and what never was (storage/corrections.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from parsers.records import Page, Record
from storage import bodies, corrections, derived, pages, readings, snapshots, timeline, versions
from storage.batches import batches
from storage.changes import Change
from storage.compare import compare
from storage.corrections import Expected
from storage.japan import day_of
from storage.observation import Corrected
from storage.publishing import News
from storage.replay import Memory, Name, name_of, read_the_same
from storage.tables import BODY, READING, SNAPSHOT, VERSION, PageRow
from storage.timeline import Entry


def unread(connection: Connection, page: PageRow, reader: str) -> list[int]:
    """The snapshots of the page's versions that `reader` has not read yet and whose bodies are kept, oldest first."""
    is_read = select(READING.c.snapshot_id).where(READING.c.reader == reader)
    query = (
        select(VERSION.c.snapshot_id)
        .join(SNAPSHOT, SNAPSHOT.c.id == VERSION.c.snapshot_id)
        .join(BODY, BODY.c.id == SNAPSHOT.c.body_id)
        .where(VERSION.c.page_id == page.id, BODY.c.format != bodies.THINNED, VERSION.c.snapshot_id.not_in(is_read))
        .distinct()
        .order_by(VERSION.c.snapshot_id)
    )
    return [*connection.execute(query).scalars()]


def put_aside(connection: Connection, reader: str, read: Mapping[int, Page | None]) -> None:
    """Keep readings, by snapshot, until all of the page are there; None for a body that can no longer be read."""
    connection.execute(delete(READING).where(READING.c.snapshot_id.in_(read)))
    rows = [
        {"snapshot_id": snapshot, "reader": reader, "page": readings.as_data(page) if page is not None else None}
        for snapshot, page in read.items()
    ]
    connection.execute(insert(READING), rows)


def correct(connection: Connection, page: PageRow, reader: str, now: datetime) -> Corrected:
    """Let the readings put aside by `reader` take their place; `page` is held for writing."""
    history = timeline.entries(connection, page.id)
    read = _put_aside(connection, {entry.snapshot for entry in history}, reader)
    made = _Rereading(connection, page, history, read, reader).run(now)
    pages.write(connection, page)
    _forget(connection, page)
    return made


def _put_aside(connection: Connection, of: Iterable[int], reader: str) -> dict[int, Page]:
    found: dict[int, Page] = {}
    for some in batches(of):
        query = select(READING).where(READING.c.snapshot_id.in_(some), READING.c.reader == reader)
        found |= {
            row.snapshot_id: readings.from_data(row.page) for row in connection.execute(query) if row.page is not None
        }
    return found


def _forget(connection: Connection, page: PageRow) -> None:
    of_page = select(SNAPSHOT.c.id).where(SNAPSHOT.c.page_id == page.id)
    connection.execute(delete(READING).where(READING.c.snapshot_id.in_(of_page)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """The last version that a check found; `same` where it is read as it was."""

    entry: Entry
    same: bool


class _Rereading:
    """A page's whole history as it follows from new readings of its bodies."""

    def __init__(
        self, connection: Connection, page: PageRow, history: Sequence[Entry], read: Mapping[int, Page], reader: str
    ) -> None:
        self._connection = connection
        self._page = page
        self._history = history
        self._read = read
        self._reader = reader
        self._memory = Memory()
        self._seen: _Seen | None = None
        self._first_changed: int | None = None
        self._names: dict[Name, str] = {}
        self._renamed: dict[int, dict[Name, str]] = {}
        self._expected: dict[int, Expected] = {}
        """By version, the changes that a check would have published."""
        self._imported: dict[int, list[News]] = {}
        """By version, the changes that only saved pages show."""

    def run(self, now: datetime) -> Corrected:
        for index in range(len(self._history)):
            self._follow(index)
        if self._first_changed is not None:
            first = self._first_changed
            timeline.rewrite(self._connection, self._page, first + 1, self._history[first:], now)
        self._note_readers()
        self._bring_up_to_date()
        for version, names in self._renamed.items():
            derived.rename(self._connection, version, names)
        told = derived.told(self._connection, [*self._expected, *self._imported])
        self._settle_imported(told)
        superseded, messages = corrections.correct(self._connection, self._page, self._expected, told, now)
        return Corrected(
            versions=len(self._history),
            unreadable=sum(entry.content is None for entry in self._history),
            corrected=sum(entry.corrected for entry in self._history),
            superseded=superseded,
            messages=messages,
        )

    def _follow(self, index: int) -> None:
        entry = self._history[index]
        assert entry.id is not None
        stored = timeline.stored_records(self._connection, self._page.id, entry)
        entry.content = self._read.get(entry.snapshot)
        said: Sequence[Record] = entry.content.records if entry.content is not None else stored
        same = read_the_same(stored, said)
        entry.corrected = not same
        step = self._memory.follow(said)
        entry.records = step.records
        names = _renamed(stored, step.records)
        if self._names or names:
            self._renamed[entry.id] = {**self._names, **names}
        self._names = names
        if self._first_changed is None and (not same or names):
            self._first_changed = index
        before = self._history[index - 1] if index else None
        if before is not None and entry.origin != "parser":
            if "import" in (entry.origin, before.origin):
                changes = step.changes(day_of(entry.created_at))
                self._imported[entry.id] = derived.between(before, entry, changes, "import")
            if entry.origin != "import" and self._seen is not None and not (same and self._seen.same):
                direct = before is self._seen.entry
                self._expect(entry, self._seen.entry, step.changes(day_of(entry.created_at)) if direct else None)
        if entry.origin != "import":
            self._seen = _Seen(entry, same)

    def _expect(self, entry: Entry, before: Entry, changes: Sequence[Change] | None) -> None:
        if changes is None:
            changes = compare(before.records, entry.records, day_of(entry.created_at))
        assert entry.id is not None
        self._expected[entry.id] = derived.between(before, entry, changes, "parser")

    def _note_readers(self) -> None:
        """Note who read the versions that are not written anew."""
        for entry in self._history[: self._first_changed]:
            if entry.content is not None:
                values = versions.reading_columns(entry.content)
                self._connection.execute(update(VERSION).where(VERSION.c.id == entry.id).values(values))

    def _bring_up_to_date(self) -> None:
        if not self._history or (last := self._history[-1]).content is None:
            return
        page = self._page
        page.reader = self._reader
        versions.becomes(page, last.content, len(last.records))
        digest = snapshots.sha256(self._connection, last.snapshot)
        if digest != page.body_sha256 and page.body_sha256 is not None:
            # The last body seen said the same to the old parser, but may not to this one: fetch it whole.
            page.body_sha256, page.etag, page.last_modified = digest, None, None

    def _settle_imported(self, told: Mapping[int, Sequence[Row[Any]]]) -> None:
        wanted = {
            version: derived.without_told(news, told.get(version, ())) for version, news in self._imported.items()
        }
        derived.settle(self._connection, self._page, "import", wanted)


def _renamed(stored: Sequence[Record], known: Sequence[Record]) -> dict[Name, str]:
    """The keys that are others now, of records that stand at the same place in both readings."""
    by_place = {(record.kind, record.position): record.key for record in known}
    found = ((name_of(record), by_place.get((record.kind, record.position))) for record in stored)
    return {name: key for name, key in found if key is not None and key != name[1]}
