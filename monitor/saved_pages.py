"""Pages of the past, from saved files and from WARC files, read as a check would read them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from monitor.check import read_stored, titles_alike
from monitor.errors import FetchError, UsageError
from monitor.fetch_failures import too_large
from monitor.settings_models import PageSettings
from monitor.warc import Capture, Response, captures, load
from monitor.warc_records import is_warc, reading
from parsers.errors import MonitorError, ReadingError, brief
from parsers.records import Page
from storage.japan import TOKYO
from storage.observation import PastReading, Problem, StoredBody, first_header
from storage.verdict import shortfall

_NAMES: Final = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_BATCH_PAGES: Final = 200
_BATCH_BYTES: Final = 64 * 1024 * 1024
_REMEMBERED: Final = 64
_LARGEST_REMEMBERED: Final = 1024 * 1024  # bytes; larger pages are rare, and few need reading twice


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    """A page in a file of its own, as it stood at a time."""

    file: Path
    at: datetime

    def __str__(self) -> str:
        return str(self.file)


Source = SavedFile | Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A page that is not taken, and why; `is_suspect` where it is so for what it says, on which a person may decide."""

    source: str
    at: datetime | None
    reason: str
    message: str
    is_suspect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was found in the files named: `sources`, oldest first, what cannot be used, and of each WARC how many
    records are of the page, of how many."""

    sources: Sequence[Source]
    refused: Sequence[Refused] = ()
    counts: dict[Path, tuple[int, int]] = field(default_factory=dict)


def gather(files: Sequence[Path], url: str, *, at: datetime | None) -> Gathered:
    """The pages of that address in the files; `at` is the time of the only one, else their names say it.

    Raises UsageError for a file that cannot be read, is damaged, or whose time is not known.
    """
    archives = [file for file in files if is_warc(file)]
    pages = [file for file in files if file not in archives]
    if at is not None and (archives or len(pages) > 1):
        where, why = "--date", "a WARC names the time of each record" if archives else "there are several files"
        raise UsageError("is for one saved page", where=where, why=why, todo="Leave it out, or name one file")
    saved = [SavedFile(file=file, at=at or _date_of(file)) for file in pages]
    found = captures(archives, url)
    if not saved and not found.found and not found.unusable:
        raise UsageError(
            f"none of its {sum(count for _, count in found.counts.values())} records is of {url}",
            where=", ".join(map(str, archives)),
            todo="Check the page's url in config.toml",
        )
    return Gathered(
        sources=sorted((*saved, *found.found), key=lambda source: source.at),
        refused=[
            Refused(source=str(item.place), at=item.at, reason=item.reason, message=item.message)
            for item in found.unusable
        ],
        counts=found.counts,
    )


def _date_of(file: Path) -> datetime:
    """The time that a file's name says, Japan's. Raises UsageError where it says none."""
    name = file.stem
    form = _NAMES.get(len(name)) if name.isascii() and name.isdigit() else None
    if form is not None:
        with suppress(ValueError, OverflowError):
            return datetime.strptime(name, form).replace(tzinfo=TOKYO).astimezone(UTC)
    raise UsageError(
        "it is not known when the page was saved",
        where=str(file),
        why="its name is no date like 20240426103000.html, and it is no WARC",
        todo="Rename it, or name it alone with --date",
    )


class Reader:
    """Reads the sources of one page as its settings say; what was read shortly before is not read again."""

    def __init__(self, page: PageSettings, *, title: str | None, max_body: int, accept: bool) -> None:
        """`title` is the one the page has now, if it has any; with `accept` a person vouches for all of them."""
        self._page = page
        self._title = title
        self._max_body = max_body
        self._accept = accept
        self._remembered: dict[tuple[str, str | None, str, bool], Page] = {}

    def read(self, source: Source) -> PastReading | Refused:
        """The page, or why it is not taken. Raises UsageError where its file can no longer be read."""
        is_vouched = self._accept or (isinstance(source, Capture) and source.is_ours)
        try:
            found = self._response(source)
            content = self._content(source, found, is_vouched=is_vouched)
        except FetchError as error:
            return _refused(source, error.reason, _words(error))
        except ReadingError as error:
            return _refused(source, error.reason, _words(error), is_suspect=True)
        problem = None if is_vouched else self._unlikely(content)
        if problem is not None:
            return _refused(source, problem.reason, problem.message, is_suspect=True)
        return PastReading(
            at=source.at,
            url=found.url,
            body=found.body,
            content=content,
            http_status=found.http_status,
            headers=found.headers,
        )

    def _response(self, source: Source) -> Response:
        if isinstance(source, Capture):
            return load(source, self._max_body)
        with reading(source.file) as file:
            body = file.read(self._max_body + 1)
        if len(body) > self._max_body:
            raise too_large(self._max_body)
        return Response(url=self._page.url, http_status=None, headers=(), body=body)

    def _content(self, source: Source, found: Response, *, is_vouched: bool) -> Page:
        """Raises ReadingError for a body that is not the page."""
        content_type = first_header(found.headers, "content-type")
        name = (found.url, content_type, hashlib.sha256(found.body).hexdigest(), is_vouched)
        if name in self._remembered:
            return self._remembered[name]
        stored = StoredBody(
            snapshot=0,
            body=found.body,
            headers=found.headers,
            url=found.url,
            content_type=content_type,
            at=source.at,
        )
        content = read_stored(self._page, stored, vouched=is_vouched)
        if len(found.body) <= _LARGEST_REMEMBERED:
            if len(self._remembered) == _REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
            self._remembered[name] = content
        return content

    def _unlikely(self, content: Page) -> Problem | None:
        """Why a page that could be read is not likely to be the one watched."""
        if self._title and not titles_alike(content.title, self._title):
            message = f'it is titled "{brief(content.title)}", the page is titled "{brief(self._title)}"'
            return Problem(kind="suspect", reason="title_lost", message=message)
        return shortfall(content, {})


def _refused(source: Source, reason: str, message: str, *, is_suspect: bool = False) -> Refused:
    return Refused(source=str(source), at=source.at, reason=reason, message=message, is_suspect=is_suspect)


def _words(error: MonitorError) -> str:
    """Without place, which the source says better, and advice, which is for a check."""
    return str(MonitorError(error.what, why=error.why))


def batches(readings: Iterable[PastReading]) -> Iterator[list[PastReading]]:
    """The readings in batches small enough for one transaction, and for memory."""
    batch: list[PastReading] = []
    size = 0
    for found in readings:
        if batch and (len(batch) == _BATCH_PAGES or size + len(found.body) > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(found)
        size += len(found.body)
    if batch:
        yield batch
