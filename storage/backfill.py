"""Back-fill: saved pages of the past among the versions of a page. Nobody is told of what they show.

The chain takes them as they are recorded, the order of versions by the time they are said to be from. A check says
what the page was at its own time: where one found the page as it was before a saved page that differs, the page had
returned to that, and a version says so.
"""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import Connection, func, select

from parsers.records import Record
from storage import bodies, derived, pages, snapshots, timeline, versions
from storage.changes import Change
from storage.compare import compare
from storage.errors import StorageError
from storage.japan import TOKYO, day_of
from storage.observation import Imported, PageInfo, PastReading
from storage.publishing import News
from storage.replay import Name, name_of
from storage.snapshots import Arrival
from storage.tables import BODY, CHECK, CHECK_DAY, SNAPSHOT, VERSION, PageRow
from storage.timeline import Entry


def add_past(connection: Connection, info: PageInfo, found: Sequence[PastReading], now: datetime) -> Imported:
    """Put saved pages into a page's history; those that are there already are passed over.

    Raises StorageError for one from the future, or from after the page's last good check, and where the page's
    versions were read by another version of the parser.
    """
    page = pages.find_or_add(connection, info)
    fresh = _fresh(connection, page, found)
    for reading in fresh:
        _require_past(page, reading, now)
    _require_one_reader(connection, page, fresh)
    if not fresh:
        return Imported(added=0, known=len(found), changes=0)
    history = timeline.entries(connection, page.id)
    first = timeline.place_for(history, fresh[0].at)
    for reading in fresh:
        entry = Entry(
            id=None,
            snapshot=snapshots.add(connection, page.id, _arrival(reading, now)),
            origin="import",
            created_at=reading.at,
            content=reading.content,
        )
        history.insert(timeline.place_for(history, reading.at), entry)
    changes = _Derivation(connection, page, history, first).run(now)
    pages.write(connection, page)
    return Imported(added=len(fresh), known=len(found) - len(fresh), changes=changes)


def _fresh(connection: Connection, page: PageRow, found: Sequence[PastReading]) -> list[PastReading]:
    """Those of which the archive does not hold the same body of the same moment, oldest first, each once."""
    fresh = {(reading.at, bodies.sha256(reading.body)): reading for reading in found}
    digests = {digest for _, digest in fresh}
    for moment in (SNAPSHOT.c.claimed_at, VERSION.c.created_at):
        known = (
            select(moment, BODY.c.sha256)
            .select_from(SNAPSHOT)
            .join(BODY, BODY.c.id == SNAPSHOT.c.body_id)
            .outerjoin(VERSION, VERSION.c.snapshot_id == SNAPSHOT.c.id)
            .where(SNAPSHOT.c.page_id == page.id, BODY.c.sha256.in_(digests))
        )
        for at, digest in connection.execute(known):
            fresh.pop((at, digest), None)
    return sorted(fresh.values(), key=lambda reading: reading.at)


def _require_past(page: PageRow, reading: PastReading, now: datetime) -> None:
    at = f"{reading.at.astimezone(TOKYO):%Y-%m-%d %H:%M:%S}"
    if reading.at > now:
        raise StorageError(f"a page of {at} is of the future", where=f"page {page.page}", todo="Correct its date")
    if page.last_good is not None and reading.at >= page.last_good:
        last = f"{page.last_good.astimezone(TOKYO):%Y-%m-%d %H:%M:%S}"
        raise StorageError(
            f"a page of {at} is no older than the last good check of {last}",
            where=f"page {page.page}",
            why="what came after that is for a check to find, so that it is told",
            todo="Run a check, then import it",
        )


def _require_one_reader(connection: Connection, page: PageRow, fresh: Sequence[PastReading]) -> None:
    """What two versions of a parser read differently would be taken for changes of the page."""
    readers = {reading.content.parser: reading.content.parser_version for reading in fresh}
    known = connection.execute(
        select(VERSION.c.parser, VERSION.c.parser_version)
        .where(VERSION.c.page_id == page.id, VERSION.c.parser.in_(readers))
        .distinct()
    )
    for parser, version in known:
        if version != readers[parser]:
            raise StorageError(
                f"the archive was read by version {version} of the parser {parser}, these pages by {readers[parser]}",
                where=f"page {page.page}",
                todo=f"Run `ministry-monitor reparse {page.page}` first",
            )


def _arrival(reading: PastReading, now: datetime) -> Arrival:
    return Arrival(
        body=reading.body,
        url=reading.url,
        claimed_at=reading.at,
        recorded_at=now,
        origin="import",
        http_status=reading.http_status,
        headers=reading.headers,
    )


class _Derivation:
    """What follows from a history with new versions in it, from the index `first` on."""

    def __init__(self, connection: Connection, page: PageRow, history: list[Entry], first: int) -> None:
        self._connection = connection
        self._page = page
        self._history = history
        self._first = first
        self._memory = timeline.memory_at(connection, page.id, first)
        self._seen = self._last_seen()
        self._names: dict[Name, str] = {}
        """The keys of the last version's records that are others now; removed ones are still named by a change."""
        self._renamed: dict[int, dict[Name, str]] = {}
        self._found: dict[int, list[Change]] = {}
        """By the index of a version, what it changes that a saved page shows."""

    def run(self, now: datetime) -> int:
        """Write it; how many changes the new saved pages begin."""
        index = self._first
        while index < len(self._history):
            self._follow(index)
            index += 1
        new = self._history[self._first :]
        fresh = [place for place, entry in enumerate(new, start=self._first) if entry.id is None and entry.content]
        timeline.rewrite(self._connection, self._page, self._first + 1, new, now)
        last = new[-1]
        if last.content is not None:
            versions.becomes(self._page, last.content, len(last.records))
        for index, names in self._renamed.items():
            if names:
                derived.rename(self._connection, self._id(index), names)
        wanted = self._wanted()
        derived.settle(self._connection, self._page, "import", wanted)
        return sum(len(wanted[self._id(index)]) for index in fresh)

    def _follow(self, index: int) -> None:
        """Go on to the version at the index; where the page was seen to return after it, that version is put in."""
        entry = self._history[index]
        if entry.content is not None:
            said: Sequence[Record] = entry.content.records
        elif entry.id is not None:
            said = timeline.stored_records(self._connection, self._page.id, entry)
        else:
            said = entry.records
        step = self._memory.follow(said)
        entry.records = step.records
        if entry.id is not None:
            names = {name_of(old): new.key for old, new in zip(said, step.records, strict=True) if old.key != new.key}
            self._renamed[index] = {**self._names, **names}
            self._names = names
        before = self._history[index - 1].origin if index else None
        if entry.origin != "parser" and before is not None and "import" in (entry.origin, before):
            self._found[index] = step.changes(day_of(entry.created_at))
        if entry.origin != "import":
            self._seen = entry
        elif self._seen is not None and (back := self._return(index, self._seen)) is not None:
            self._history.insert(index + 1, back)

    def _last_seen(self) -> Entry | None:
        """The last version before those to come that a check found."""
        for entry in reversed(self._history[: self._first]):
            if entry.origin != "import":
                entry.records = timeline.stored_records(self._connection, self._page.id, entry)
                return entry
        return None

    def _return(self, index: int, seen: Entry) -> Entry | None:
        """The version `seen` again, after the saved page at the index, where a check found it so before the next."""
        entry = self._history[index]
        is_last = index + 1 == len(self._history)
        if not is_last and not compare(seen.records, entry.records, day_of(entry.created_at)):
            return None
        until = None if is_last else self._history[index + 1].created_at
        at = self._seen_again(entry.created_at, until)
        if at is None:
            return None
        return Entry(id=None, snapshot=seen.snapshot, origin="live", created_at=at, records=seen.records)

    def _seen_again(self, since: datetime, until: datetime | None) -> datetime | None:
        """When a check next found the page unchanged. Of checks that are thinned the day is known: then its end."""
        page = self._page
        unchanged = (CHECK.c.page_id == page.id, CHECK.c.outcome == "unchanged", CHECK.c.at > since)
        days = (CHECK_DAY.c.page_id == page.id, CHECK_DAY.c.outcome == "unchanged", CHECK_DAY.c.day > day_of(since))
        row = select(CHECK.c.at).where(*unchanged).order_by(CHECK.c.at).limit(1)
        day = self._connection.execute(select(func.min(CHECK_DAY.c.day)).where(*days)).scalar()
        found = [self._connection.execute(row).scalar(), page.last_good if until is None else None]
        if day is not None:
            found.append(datetime.combine(day, time.max, tzinfo=TOKYO))
        between = [at for at in found if at is not None and since < at and (until is None or at < until)]
        return min(between, default=None)

    def _wanted(self) -> dict[int, list[News]]:
        """The changes that only saved pages show, by the id of the version they begin."""
        told = derived.told(self._connection, [self._id(index) for index in self._renamed])
        wanted: dict[int, list[News]] = {}
        for index in range(self._first, len(self._history)):
            entry, before = self._history[index], self._history[index - 1]
            news = derived.between(before, entry, self._found.get(index, ()), "import")
            wanted[self._id(index)] = derived.without_told(news, told.get(self._id(index), ()))
        return wanted

    def _id(self, index: int) -> int:
        version = self._history[index].id
        assert version is not None
        return version
