"""`import`: pages of the past into the store."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.arguments import ConfigOption, JsonOption, did_you_mean, moment
from monitor.cli.desk import now, opened
from monitor.cli.looking import PageArgument
from monitor.cli.progress import progress
from monitor.cli.show import iso, local, tell, write, write_json
from monitor.errors import ExitStatus, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from monitor.saved_pages import Gathered, Reader, Refused, Source
    from monitor.settings_models import PageSettings, Settings
    from storage.observation import Imported, PageInfo, PastReading
    from storage.store import Store


def import_(
    page: PageArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Saved pages, or WARC files.")],
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="When the one page was saved; a bare date is the day's beginning."),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the pages as they are, whatever looks wrong about them.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> int:
    """Put pages of the past into a page's history.

    A saved page's time is that of --date, or of its name: 20240426.html, 202404261030.html or 20240426103000.html, in
    Japan. Of a WARC file (.warc or .warc.gz) it takes what is of the page's address. Nobody is told of anything, and
    what is there already stays as it is.

    \b
    Example: ministry-monitor import support saved/20240426103000.html saved/20241105.html
    """
    from monitor.saved_pages import Gathered, Reader, gather
    from storage.observation import PageInfo

    at = moment(date, option="--date", end=False) if date is not None else None
    _require_regular(files)
    with opened(config) as (settings, store):
        watched = _watched(settings, page)
        gathered = gather(files, watched.url, at=at)
        for file, (of_page, count) in gathered.counts.items():
            tell(f"{file}: {of_page} of {count} records are of this page")
        state = store.state(page)
        title = state.title if state else None
        reader = Reader(watched, title=title, max_body=settings.fetch.max_body, accept=accept)
        past = _Past(store, page, gathered.sources)
        refused = _refused_files(reader, past, gathered)
        if refused:
            gathered = Gathered(sources=(), refused=refused)
        intake = _Intake(store, PageInfo(id=watched.id, name=watched.name, url=watched.url), gathered, reader, past)
        done = intake.run()
    return _say(page, done, intake, as_json=as_json)


def _watched(settings: "Settings", page_id: str) -> "PageSettings":
    """The page of that id in config.toml, as which its past is read. Raises UsageError."""
    page = settings.page(page_id)
    if page is None:
        known = [watched.id for watched in settings.pages]
        raise UsageError(f"there is no page {page_id!r}", where=str(settings.path), todo=did_you_mean(page_id, known))
    return page


def _require_regular(files: Sequence[Path]) -> None:
    """Refuse what may have no end, or none to write to it: a pipe, a terminal, a device. Raises UsageError."""
    for file in files:
        try:
            is_wrong = file.exists() and not (file.is_file() or file.is_dir())
        except OSError:  # what else is wrong with it, reading it says
            continue
        if is_wrong:
            raise UsageError("is no regular file", where=str(file), todo="Save what it gives to a file first")


class _Past:
    """How far the past goes: what came after the last good check is for a check to find, so that it is told.

    The store refuses a whole batch for one reading that is newer.
    """

    def __init__(self, store: "Store", page: str, sources: "Sequence[Source]") -> None:
        state = store.state(page)
        self._page = page
        self._now = now()
        self._last_good = state.last_unchanged if state else None
        late = {source.at for source in sources if self._is_late(source.at)}
        self._known = _archived(store, page, late) if late else frozenset()

    def _is_late(self, at: "datetime") -> bool:
        return at > self._now or (self._last_good is not None and at >= self._last_good)

    def refusal(self, found: "PastReading", *, where: str = "") -> UsageError | None:
        """Why it is not taken; None for what may be, and for what the archive holds already."""
        if not self._is_late(found.at) or (found.at, hashlib.sha256(found.body).digest()) in self._known:
            return None
        if found.at > self._now:
            return UsageError(f"is of the future, {local(found.at)}", where=where, todo="Correct its date")
        return UsageError(
            f"is of {local(found.at)}, no older than the page's last good check of {local(self._last_good)}",
            where=where,
            why="what came after that is for a check to find, so that it is told",
            todo=f"Run `ministry-monitor check {self._page}`, then import again",
        )


def _archived(store: "Store", page: str, moments: "set[datetime]") -> "frozenset[tuple[datetime, bytes]]":
    """The bodies, by their SHA-256, that the archive holds of these moments."""
    return frozenset(
        (at, hashlib.sha256(item.body).digest())
        for item in store.archived(page)
        if item.body is not None
        for at in (item.at, *item.seen_at)
        if at in moments
    )


def _refused_files(reader: "Reader", past: _Past, gathered: "Gathered") -> "list[Refused]":
    """The saved pages that cannot be taken. A person named each of them: then nothing is done.

    Raises UsageError for one of a time that only a check may speak of.
    """
    from monitor.saved_pages import Refused, SavedFile

    refused = []
    for source in gathered.sources:
        if not isinstance(source, SavedFile):
            continue
        found = reader.read(source)
        if isinstance(found, Refused):
            refused.append(found)
        elif error := past.refusal(found, where=str(source)):
            raise error
    return refused


class _Intake:
    """One import: what is read goes to the store batch by batch, so that it can be cut off and run again."""

    def __init__(self, store: "Store", page: "PageInfo", gathered: "Gathered", reader: "Reader", past: _Past) -> None:
        self._store = store
        self._page = page
        self._sources = gathered.sources
        self._reader = reader
        self._past = past
        self.refused = list(gathered.refused)
        self.first: datetime | None = None
        self.last: datetime | None = None

    def run(self) -> "Imported":
        from monitor.saved_pages import batches
        from storage.observation import Imported

        added = known = changes = 0
        for batch in batches(self._read()):
            done = self._store.add_past(self._page, batch, now())
            added, known, changes = added + done.added, known + done.known, changes + done.changes
            self.first = self.first or batch[0].at
            self.last = batch[-1].at
        return Imported(added=added, known=known, changes=changes)

    def _read(self) -> "Iterator[PastReading]":
        from monitor.saved_pages import Refused

        with progress("importing", len(self._sources)) as advance:
            for source in self._sources:
                found = self._reader.read(source)
                if isinstance(found, Refused):
                    self.refused.append(found)
                elif error := self._past.refusal(found):
                    self.refused.append(Refused(source=str(source), at=source.at, reason="too_new", message=str(error)))
                else:
                    yield found
                advance()


def _say(page: str, done: "Imported", intake: _Intake, *, as_json: bool) -> ExitStatus:
    """What came of it on stdout, what was not taken on stderr, and the status that this means."""
    for item in intake.refused:
        when = f" of {local(item.at)}" if item.at else ""
        tell(f"not taken: {item.source}{when}: {item.message} ({item.reason})")
    if any(item.is_suspect for item in intake.refused):
        tell("If they are the page all the same, --accept takes them as they are")
    if as_json:
        skipped = [
            {"source": item.source, "at": iso(item.at), "reason": item.reason, "message": item.message}
            for item in intake.refused
        ]
        counts = {"added": done.added, "known": done.known, "changes": done.changes}
        write_json({"page": page, **counts, "skipped": skipped})
    elif intake.first is None:
        write(f"Nothing was imported into {page}.\n")
    else:
        write(
            f"{page}: {done.added} added, {done.known} known before, from {local(intake.first)} to "
            f"{local(intake.last)}; changes between them: {done.changes}. Nobody is told of these.\n"
            f"See them: ministry-monitor changes --page {page}, and what the page said on a day: "
            f"ministry-monitor records {page} --as-of {local(intake.first)[:10]}\n"
        )
    return ExitStatus.SUSPECT if intake.refused else ExitStatus.DONE
