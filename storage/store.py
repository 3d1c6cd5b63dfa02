"""The store: the one door to the database. Each method is a transaction of its own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Self

from parsers.records import Kind, Page, Record
from storage import archived, chain, duty, evidence, incidents, pages, queries, schema, snapshots, versions
from storage.changes import RecordedChange
from storage.duty import OnDuty
from storage.engine import Database
from storage.errors import StorageError
from storage.evidence import Evidence
from storage.hosts import Hosts
from storage.observation import (
    ArchivedBody,
    Corrected,
    Imported,
    Incident,
    Observation,
    PageInfo,
    PageState,
    PastReading,
    RecordVersion,
    Rename,
    Route,
    Saved,
    StoredBody,
)
from storage.telling import Telling
from storage.thinning import KEEP_ALL, Retention
from storage.verify import Verified, verify


class Store(Telling):
    """An open database; threads may share it. Every method raises StorageError where the database fails.

    Times given and returned are aware; those returned are in UTC.
    """

    @classmethod
    def open(cls, url: str, *, migrate: bool = True) -> Self:
        """Open `sqlite:///path` (relative to the working directory, or absolute with four slashes) or
        `postgresql://user:password@host:port/name`, whose options are those of libpq.

        With `migrate` the file, its folder and the tables are made or brought up to date; without, the tables
        must be there and up to date. A database on a server is never made. Raises StorageError for a database
        that is not ours, of a newer version, or that cannot be reached or written.
        """
        database = Database(url, create=migrate)
        try:
            schema.prepare(database, migrate=migrate)
        except BaseException:
            database.close()
            raise
        return cls(database)

    @property
    def where(self) -> str:
        """The database's name for people, without a password."""
        return self._database.where

    @property
    def hosts(self) -> Hosts:
        """What all processes know of the hosts they ask; each of its methods is a transaction, too."""
        return Hosts(self._database)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Pages and checks

    def save(
        self,
        observation: Observation,
        route: Route,
        *,
        incident_after: int = 2,
        today: date | None = None,
        retention: Retention = KEEP_ALL,
    ) -> Saved:
        """Store a check, what it changed and the deliveries `route` asks for, together or not at all.

        `incident_after` counts failed checks in a row; `today` is the day in Japan, by default that of the
        observation. On a page's first check of a day, what is older than `retention` is thinned. An exception of
        `route` goes through, and nothing is stored. Raises OvertakenError where another check stored a newer version
        after this page was asked for.
        """
        # Comparing brings in more than reading needs.
        from storage.save import save  # noqa: PLC0415

        with self._database.writing() as connection:
            return save(connection, observation, route, incident_after=incident_after, today=today, retention=retention)

    def accept(self, page: str, content: Page, at: datetime, route: Route) -> Saved:
        """Make the suspect body, read as `content`, the current version; tell its changes, close its incident.

        Raises StorageError where there is no suspect body.
        """
        from storage.save import accept  # noqa: PLC0415

        with self._database.writing() as connection:
            return accept(connection, page, content, at, route)

    def suspect_body(self, page: str) -> StoredBody | None:
        """The body that `accept` would take."""
        with self._database.reading() as connection:
            row = pages.find(connection, page)
            if row is None or row.suspect_snapshot is None:
                return None
            return snapshots.load(connection, row.suspect_snapshot)

    def last_good_body(self, page: str) -> StoredBody | None:
        """The body of the current version."""
        with self._database.reading() as connection:
            row = pages.find(connection, page)
            if row is None or not row.version:
                return None
            return snapshots.load(connection, versions.numbered(connection, row.id, row.version).snapshot_id)

    def state(self, page: str) -> PageState | None:
        """Where a page stands; None for one never checked."""
        with self._database.reading() as connection:
            return pages.state(connection, page)

    def states(self) -> list[PageState]:
        """Where every page ever checked stands."""
        with self._database.reading() as connection:
            return pages.states(connection)

    def incidents(self, *, open_only: bool = True) -> list[Incident]:
        """Incidents, oldest first."""
        with self._database.reading() as connection:
            return incidents.listed(connection, open_only=open_only)

    # The schedule

    def take_duty(self, owner: str, now: datetime) -> OnDuty | None:
        """Put a process (see storage.owners) on duty to keep the schedule; who is on duty already, if another is.

        A dead process's place is free at once, one of another host's that was not seen for `UNSEEN_AFTER` as well.
        """
        with self._database.writing() as connection:
            return duty.take(connection, owner, now)

    def keep_duty(self, owner: str, now: datetime) -> bool:
        """Say, every `SEEN_EVERY`, that the process is there; False if another has taken its place."""
        with self._database.writing() as connection:
            return duty.keep(connection, owner, now)

    def leave_duty(self, owner: str) -> None:
        """The process keeps the schedule no longer."""
        with self._database.writing() as connection:
            duty.leave(connection, owner)

    def on_duty(self, now: datetime) -> OnDuty | None:
        """The process that keeps the schedule, or did when it died; None if none does."""
        with self._database.reading() as connection:
            return duty.on_duty(connection, now)

    def plan(self, due: Sequence[tuple[PageInfo, datetime]]) -> None:
        """Store when pages are next due."""
        with self._database.writing() as connection:
            duty.plan(connection, due)

    def begin_check(self, page: PageInfo, now: datetime, next_due: datetime) -> None:
        """Store that a check begins, and when the next one is due; it ends with `save`."""
        with self._database.writing() as connection:
            duty.begin_check(connection, page, now, next_due)

    def tell_stale(self, found: Mapping[str, datetime | None], at: datetime, route: Route) -> list[RecordedChange]:
        """Open `page.stale` of these pages and tell operators, unless it is open, or a check came after this time."""
        from storage import oversight  # noqa: PLC0415

        with self._database.writing() as connection:
            return oversight.stale(connection, found, at, route)

    def tell_unverified(self, found: Mapping[str, datetime | None], at: datetime, route: Route) -> list[RecordedChange]:
        """Tell subscribers that these pages were not found good after this time; once, until they are.

        A page of which was told that it is gone is left out.
        """
        from storage import oversight  # noqa: PLC0415

        with self._database.writing() as connection:
            return oversight.unverified(connection, found, at, route)

    def remind(self, watched: Collection[str], at: datetime, route: Route) -> list[RecordedChange]:
        """Tell operators again of what is open on these pages and was last told a day ago."""
        from storage import oversight  # noqa: PLC0415

        with self._database.writing() as connection:
            return oversight.remind(connection, watched, at, route)

    # The past

    def add_past(self, page: PageInfo, found: Sequence[PastReading], at: datetime) -> Imported:
        """Put saved pages among the versions of a page, whoever is a subscriber hearing nothing; `at` is now.

        Those that are there already are passed over. Raises StorageError, and stores none, where one is from the
        future or from after the page's last good check.
        """
        from storage.backfill import add_past  # noqa: PLC0415

        with self._database.writing() as connection:
            return add_past(connection, page, found, at)

    def unread(self, page: str, reader: str) -> list[int]:
        """The snapshots of the page's versions of which no reading of `reader` is put aside, and whose bodies are kept.

        `reader` names what they are read with: parsers, their versions, the page's settings.
        """
        from storage import rereading  # noqa: PLC0415

        with self._database.reading() as connection:
            row = pages.find(connection, page)
            return rereading.unread(connection, row, reader) if row is not None else []

    def body(self, snapshot: int) -> StoredBody:
        """A body by its snapshot, which must exist."""
        with self._database.reading() as connection:
            return snapshots.load(connection, snapshot)

    def put_aside(self, reader: str, read: Mapping[int, Page | None]) -> None:
        """Keep readings of `reader`, by snapshot, for `correct`; None for a body that it cannot read."""
        from storage import rereading  # noqa: PLC0415

        with self._database.writing() as connection:
            rereading.put_aside(connection, reader, read)

    def correct(self, page: str, reader: str, at: datetime) -> Corrected:
        """Let the readings of `reader` take the place of those before, in every version of the page.

        Nobody hears of what is found so, but who was told what never was is told that. Raises StorageError for a page
        that was never read.
        """
        from storage import rereading  # noqa: PLC0415

        with self._database.writing() as connection:
            row = pages.find(connection, page, to_write=True)
            if row is None or not row.version:
                raise StorageError("the page was never read", where=page, todo="Run a check first")
            return rereading.correct(connection, row, reader, at)

    def archived(self, page: str) -> Iterator[ArchivedBody]:
        """Every body of a page, in the order in which they were recorded; each is read when it is asked for."""
        return archived.bodies_of(self._database, page)

    # Evidence

    def head(self, page: str) -> str | None:
        """The hash (SHA-256 in hex) of the newest entry of the page's chain, which vouches for all before it."""
        with self._database.reading() as connection:
            row = pages.find(connection, page)
            return chain.head(connection, row.id) if row is not None else None

    def evidence(self, change_id: int) -> Evidence:
        """What there is to prove a change. Raises StorageError if there is no such change, or its proof is damaged."""
        with self._database.reading() as connection:
            return evidence.gather(connection, change_id)

    def verify(self) -> Verified:
        """Hold every entry of every chain and every body against its hash: it takes as long as reading everything."""
        return verify(self._database)

    # Records and changes

    def records(self, page: str, *, kind: Kind | None = None, as_of: datetime | None = None) -> list[Record]:
        """The records of the current version, or of the one current at `as_of`; none where there was none."""
        with self._database.reading() as connection:
            row = pages.find(connection, page)
            if row is None or not row.version:
                return []
            version = (
                versions.numbered(connection, row.id, row.version)
                if as_of is None
                else versions.at(connection, row.id, as_of)
            )
            return versions.records_of(connection, version, kind) if version is not None else []

    def history(self, page: str, kind: Kind, key: str) -> list[RecordVersion]:
        """Every version of one record, oldest first; empty where there never was one."""
        with self._database.reading() as connection:
            row = pages.find(connection, page)
            return versions.history(connection, row.id, kind, key) if row is not None else []

    def changes(
        self,
        *,
        page: str | None = None,
        kinds: Sequence[str] = (),
        text: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        include_operators: bool = False,
        newest_first: bool = False,
    ) -> Iterator[RecordedChange]:
        """Changes oldest first, or newest first, by page, globs of names ("plan" is "plan.*"), words, and time.

        `since` is included, `until` is not. `text` is looked for folded, in every text of the change.
        """
        return queries.changes(
            self._database,
            page=page,
            kinds=kinds,
            text=text,
            since=since,
            until=until,
            include_operators=include_operators,
            newest_first=newest_first,
        )

    def change(self, change_id: int) -> RecordedChange:
        """One change. Raises StorageError if there is none of that id."""
        found = self.changes_by_id([change_id])
        if not found:
            raise StorageError(f"there is no change {change_id}", todo="See `changes`")
        return found[0]

    def renames(self, known: int) -> tuple[list[Rename], int] | None:
        """The renames of categories and programmes that stand, and the highest id of all changes.

        None if that is `known` already: then nothing was renamed since, nor found to be misread.
        """
        with self._database.reading() as connection:
            return queries.renames(connection, known)

    def changes_by_id(self, ids: Sequence[int]) -> list[RecordedChange]:
        """The changes with these ids, oldest first; ids that do not exist are left out."""
        with self._database.reading() as connection:
            return queries.by_id(connection, ids)
