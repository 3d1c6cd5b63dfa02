"""`export`: what the store holds, out of it."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final

import typer

from monitor.cli.arguments import ConfigOption, require_change_globs
from monitor.cli.desk import now, opened, stored_page
from monitor.cli.files import whole
from monitor.cli.looking import CHANGE_COLUMNS, cells
from monitor.cli.show import csv_lines, iso, shows_unicode, tell, write, write_bytes
from monitor.errors import UsageError
from parsers.records import KINDS, Record
from parsers.text import fold

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.settings_models import Settings
    from storage.changes import RecordedChange
    from storage.observation import Language, PageInfo, RecordVersion
    from storage.store import Store

_PIECE: Final = 64 * 1024
_LONGEST_FEED: Final = 200  # entries: more than a feed reader shows, and a document that it loads at once


class ExportFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    WARC = "warc"
    ATOM = "atom"
    ICS = "ics"


def export(
    page: Annotated[
        str | None, typer.Argument(metavar="PAGE", help="The page's id; default: every page there is.")
    ] = None,
    format_: Annotated[
        ExportFormat,
        typer.Option(
            "--format",
            help=f"Records and changes (json), changes (csv), the newest {_LONGEST_FEED} of them as a feed (atom), "
            "periods and deadlines of records as a calendar (ics), or all bodies ever kept (warc).",
        ),
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
        selection = _Selection(store, tuple(kind or ()), company)
        with whole(output) if output else _stdout() as out:
            _write(out, format_, selection, infos, page=page, output=output, language=settings.monitor.language)
    if output:
        write(f"Wrote {output}: {output.stat().st_size} bytes.\n")


def _write(
    out: BinaryIO,
    format_: ExportFormat,
    selection: "_Selection",
    infos: "Sequence[PageInfo]",
    *,
    page: str | None,
    output: Path | None,
    language: "Language",
) -> None:
    """What is asked for, of `infos`: the one `page`, or every page there is."""
    match format_:
        case ExportFormat.JSON:
            _write_lines(out, _json_lines(selection, infos, ascii_only=not (output or shows_unicode())))
        case ExportFormat.CSV:
            _write_lines(out, csv_lines(CHANGE_COLUMNS, _rows(selection, page)))
        case ExportFormat.WARC:
            _write_warc(out, selection.store, infos, compress=output is not None and output.suffix == ".gz")
        case ExportFormat.ATOM:
            out.write(_feed(selection, infos[0] if page else None, language))
        case ExportFormat.ICS:
            out.write(_calendar(selection, infos, language, name=infos[0].name if page else None))


def _require_sense(format_: ExportFormat, kinds: Sequence[str], company: str | None, output: Path | None) -> None:
    """Raises UsageError."""
    require_change_globs(kinds)
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


def _write_lines(out: BinaryIO, lines: Iterable[str]) -> None:
    out.writelines(line.encode() for line in lines)


class _Selection:
    """The records and changes that are asked for."""

    def __init__(self, store: "Store", kinds: tuple[str, ...], company: str | None) -> None:
        self.store = store
        self.kinds = kinds
        self.company = company
        self._folded = fold(company) if company else None

    def records(self, page: str) -> list[Record]:
        """Those of the current version whose kind a glob of changes may speak of."""
        return [record for record in self.store.records(page) if self._wants(record.as_dict())]

    def changes(self, page: str | None, *, newest_first: bool = False) -> "Iterator[RecordedChange]":
        for change in self.store.changes(page=page, kinds=self.kinds, newest_first=newest_first):
            if self._names_company([side for side in (change.before, change.after) if side]):
                yield change

    def histories(self, page: str, since: "datetime") -> "Iterator[list[RecordVersion]]":
        """Every version of the records that have, or had since then, what a calendar shows."""
        from notify.agenda import has_periods

        names = [(record.kind, record.key) for record in self.records(page) if has_periods(record.as_dict())]
        names += [
            (change.kind, change.key)
            for change in self.store.changes(page=page, since=since)
            # Of a text that changed, a change holds no more than the lines that differ.
            if change.kind in KINDS
            and (change.kind == "text" or any(side and has_periods(side) for side in (change.before, change.after)))
        ]
        for kind, key in dict.fromkeys(names):
            versions = self.store.history(page, kind, key)
            last = next((version.record for version in reversed(versions) if version.record is not None), None)
            if last is not None and self._wants(last.as_dict()):
                yield versions

    def _wants(self, record: dict[str, Any]) -> bool:
        kinds = [glob.partition(".")[0] for glob in self.kinds]
        is_kind = not kinds or any(fnmatchcase(record["kind"], kind) for kind in kinds)
        return is_kind and self._names_company([record])

    def _names_company(self, sides: Iterable[dict[str, Any]]) -> bool:
        wanted = self._folded
        if wanted is None:
            return True
        return any(wanted in fold(company) for side in sides for company in side.get("companies") or ())


def _feed(selection: _Selection, page: "PageInfo | None", language: "Language") -> bytes:
    """The newest changes as an Atom feed."""
    from notify.feeds import FeedScope, atom

    newest = list(islice(selection.changes(page.id if page else None, newest_first=True), _LONGEST_FEED))
    taken_back = [change.superseded_by for change in newest if change.superseded_by is not None]
    states = [state for state in selection.store.states() if page is None or state.page.id == page.id]
    return atom(
        newest,
        {state.page.id: state.page for state in states},
        scope=FeedScope(page=page, kinds=selection.kinds, company=selection.company),
        language=language,
        checked_at=max((state.last_unchanged for state in states if state.last_unchanged), default=now()),
        corrections={change.id: change for change in selection.store.changes_by_id(taken_back)},
    )


def _calendar(selection: _Selection, infos: "Sequence[PageInfo]", language: "Language", *, name: str | None) -> bytes:
    """The records' periods and deadlines as iCalendar."""
    from notify.agenda import KEPT, appointments, calendar

    at = now()
    found = (
        (info, item)
        for info in infos
        for versions in selection.histories(info.id, at - KEPT)
        for item in appointments(info, versions, language, now=at)
    )
    return calendar(found, language=language, name=name)


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
