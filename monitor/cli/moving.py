"""`import` and `export`: pages of the past into the store, and what the store holds out of it."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from monitor.cli.arguments import ConfigOption, JsonOption, did_you_mean, moment
from monitor.cli.desk import now, opened, stored_page
from monitor.cli.files import whole
from monitor.cli.looking import CHANGE_COLUMNS, PageArgument, cells
from monitor.cli.progress import progress
from monitor.cli.show import csv_lines, iso, local, shows_unicode, tell, write, write_bytes, write_json
from monitor.errors import ExitStatus, UsageError
from parsers.records import Record
from parsers.text import fold
from storage.changes import CHANGE_NAMES, matches

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.saved_pages import Gathered, Reader, Refused, Source
    from monitor.settings_models import PageSettings, Settings
    from storage.changes import RecordedChange
    from storage.observation import Imported, PageInfo, PageState, PastReading
    from storage.store import Store

_PIECE = 64 * 1024


class ExportFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    WARC = "warc"


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
    with opened(config) as (settings, store):
        watched = _watched(settings, page)
        gathered = gather(files, watched.url, at=at)
        for file, (of_page, count) in gathered.counts.items():
            tell(f"{file}: {of_page} of {count} records are of this page")
        state = store.state(page)
        _require_past(gathered.sources, state)
        title = state.title if state else None
        reader = Reader(watched, title=title, max_body=settings.fetch.max_body, accept=accept)
        refused = _refused_files(reader, gathered)
        if refused:
            gathered = Gathered(sources=(), refused=refused)
        intake = _Intake(store, PageInfo(id=watched.id, name=watched.name, url=watched.url), gathered, reader)
        done = intake.run()
    return _say(page, done, intake, as_json=as_json)


def _watched(settings: "Settings", page_id: str) -> "PageSettings":
    """The page of that id in config.toml, as which its past is read. Raises UsageError."""
    page = settings.page(page_id)
    if page is None:
        known = [watched.id for watched in settings.pages]
        raise UsageError(f"there is no page {page_id!r}", where=str(settings.path), todo=did_you_mean(page_id, known))
    return page


def _require_past(sources: "Sequence[Source]", state: "PageState | None") -> None:
    """Refuse all of them for one of a time that only a check may speak of; the store would, when it came to that one.

    Raises UsageError.
    """
    if not sources:
        return
    newest = sources[-1]
    if newest.at > now():
        raise UsageError(f"is of the future, {local(newest.at)}", where=str(newest), todo="Correct its date")
    if state and state.last_unchanged and newest.at > state.last_unchanged:
        raise UsageError(
            f"is of {local(newest.at)}, newer than the page's last good check of {local(state.last_unchanged)}",
            where=str(newest),
            why="what came after that is for a check to find, so that it is told",
            todo=f"Run `ministry-monitor check {state.page.id}`, then import again",
        )


def _refused_files(reader: "Reader", gathered: "Gathered") -> "list[Refused]":
    """The saved pages that cannot be taken. A person named each of them: then nothing is done."""
    from monitor.saved_pages import Refused, SavedFile

    read = (reader.read(source) for source in gathered.sources if isinstance(source, SavedFile))
    return [found for found in read if isinstance(found, Refused)]


class _Intake:
    """One import: what is read goes to the store batch by batch, so that it can be cut off and run again."""

    def __init__(self, store: "Store", page: "PageInfo", gathered: "Gathered", reader: "Reader") -> None:
        self._store = store
        self._page = page
        self._sources = gathered.sources
        self._reader = reader
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


def export(
    page: Annotated[
        str | None, typer.Argument(metavar="PAGE", help="The page's id; default: every page there is.")
    ] = None,
    format_: Annotated[
        ExportFormat,
        typer.Option("--format", help="Records and changes (json), changes (csv), or all bodies ever kept (warc)."),
    ] = ExportFormat.JSON,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="GLOB", help="Only these, as for `changes`, and records of their kinds."),
    ] = None,
    company: Annotated[
        str | None, typer.Option("--company", metavar="NAME", help="Only plans of companies whose name contains it.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="The file to write; a WARC is compressed if it ends in .gz."),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Write what the store holds, to stdout or to a file.

    What is written as WARC can be imported again, here or elsewhere, and read by other archives' programs.

    \b
    Example: ministry-monitor export support --format warc --output support.warc.gz
    """
    _require_sense(format_, kind or (), company, output)
    with opened(config) as (settings, store):
        infos = [stored_page(settings, store, page)] if page else [state.page for state in store.states()]
        if output:
            _require_free(settings, output)
        with whole(output) if output else _stdout() as out:
            if format_ is ExportFormat.WARC:
                _write_warc(out, store, infos, compress=output is not None and output.suffix == ".gz")
            else:
                selection = _Selection(store, kind or (), company)
                ascii_only = output is None and not shows_unicode()
                lines = (
                    _json_lines(selection, infos, ascii_only=ascii_only)
                    if format_ is ExportFormat.JSON
                    else csv_lines(CHANGE_COLUMNS, _rows(selection, page))
                )
                for line in lines:
                    out.write(line.encode())
    if output:
        write(f"Wrote {output}: {output.stat().st_size} bytes.\n")


def _require_sense(format_: ExportFormat, kinds: Sequence[str], company: str | None, output: Path | None) -> None:
    """Raises UsageError."""
    for glob in kinds:
        if not matches(glob, CHANGE_NAMES):
            known = [*dict.fromkeys(name.partition(".")[0] for name in CHANGE_NAMES), *CHANGE_NAMES]
            raise UsageError(f"there is no change {glob!r}", where="--kind", todo=did_you_mean(glob, known))
    if format_ is ExportFormat.WARC:
        if kinds or company:
            raise UsageError(
                "does not go with --format warc",
                where="--kind" if kinds else "--company",
                why="a WARC holds pages as they came",
                todo="Leave it out",
            )
        if output is None and sys.stdout.isatty():
            raise UsageError(
                "a WARC is not for a terminal", where="--format", todo="Name a file: --output support.warc.gz"
            )


def _require_free(settings: "Settings", output: Path) -> None:
    """Raises UsageError where the file is what this program works with."""
    for own in (settings.path, settings.monitor.database_file):
        if own is not None and output.resolve() == own.resolve():
            raise UsageError("is what this program works with", where=str(output), todo="Name another file: --output")


def _write_warc(out: BinaryIO, store: "Store", infos: "Iterable[PageInfo]", *, compress: bool) -> None:
    from monitor.warc_export import WarcExport

    warc = WarcExport(out, at=now(), compress=compress)
    thinned = sum(warc.add(info, store.archived(info.id)) for info in infos)
    if thinned:
        tell(f"{thinned} bodies are left out: they are older than monitor.keep_bodies, nothing but their hash is kept")


class _Selection:
    """The records and changes that are asked for."""

    def __init__(self, store: "Store", kinds: Sequence[str], company: str | None) -> None:
        self._store = store
        self._kinds = kinds
        self._company = fold(company) if company else None

    def records(self, page: str) -> list[Record]:
        """Those of the current version whose kind a glob of changes may speak of."""
        kinds = [glob.partition(".")[0] for glob in self._kinds]
        return [
            record
            for record in self._store.records(page)
            if (not kinds or any(fnmatchcase(record.kind, kind) for kind in kinds))
            and self._names_company([record.as_dict()])
        ]

    def changes(self, page: str | None) -> "Iterator[RecordedChange]":
        for change in self._store.changes(page=page, kinds=self._kinds):
            if self._names_company([side for side in (change.before, change.after) if side]):
                yield change

    def _names_company(self, sides: Iterable[dict[str, Any]]) -> bool:
        wanted = self._company
        if wanted is None:
            return True
        return any(wanted in fold(company) for side in sides for company in side.get("companies") or ())


def _rows(selection: _Selection, page: str | None) -> Iterator[list[str]]:
    from notify.wording import change_as_dict

    return (cells(change_as_dict(change), CHANGE_COLUMNS) for change in selection.changes(page))


def _json_lines(selection: _Selection, infos: "Sequence[PageInfo]", *, ascii_only: bool) -> Iterator[str]:
    """One document, a record or a change to a line, so that none but the present one is in memory."""
    from notify.wording import change_as_dict

    def text(value: Any) -> str:
        return json.dumps(value, ensure_ascii=ascii_only)

    def listed(values: Iterable[Any], as_dict: Callable[[Any], Any]) -> Iterator[str]:
        comma = ""
        for value in values:
            yield f"{comma}\n{text(as_dict(value))}"
            comma = ","
        yield "]"

    yield f'{{"exported_at": {text(iso(now()))}, "pages": ['
    for number, info in enumerate(infos):
        yield "," if number else ""
        yield f'\n{{"id": {text(info.id)}, "name": {text(info.name)}, "url": {text(info.url)}, "records": ['
        yield from listed(selection.records(info.id), Record.as_dict)
        yield ', "changes": ['
        yield from listed(selection.changes(info.id), change_as_dict)
        yield "}"
    yield "]}\n"


class _RawStdout(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        write_bytes(bytes(data))
        return len(data)


@contextmanager
def _stdout() -> Iterator[BinaryIO]:
    with io.BufferedWriter(_RawStdout(), _PIECE) as out:
        yield out
