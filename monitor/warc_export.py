"""An archive written as a WARC file (version 1.1, ISO 28500:2017), from which `monitor.warc` reads it again.

A body is a `response`, each later time at which the page was so again a `revisit` of it; one that came without HTTP
is a `resource`. What the format has no place for stands in header fields of our own: `Ministry-Monitor-Page` (the
watched address, where a redirect led elsewhere), `Ministry-Monitor-Outcome` (good, suspect) and
`Ministry-Monitor-Seen: no` (the page was not so at its WARC-Date).
"""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import BinaryIO, Final

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from storage.observation import ArchivedBody, PageInfo, first_header

Headers = tuple[tuple[str, str], ...]

PAGE_FIELD: Final = "Ministry-Monitor-Page"
OUTCOME_FIELD: Final = "Ministry-Monitor-Outcome"
SEEN_FIELD: Final = "Ministry-Monitor-Seen"
UNKNOWN_TYPE: Final = "application/octet-stream"
"""The Content-Type of a `resource` of which none is known (RFC 9110, 8.3)."""

_AS_RECEIVED: Final = "x-archive-orig-"
"""The customary prefix of a header that is true of what was received, and no longer of the body beside it."""

_OF_THE_TRANSFER: Final = ("content-encoding", "transfer-encoding", "content-length")


class WarcExport:
    """A WARC file being written to `out`: first what it is, then what it is given, body by body."""

    def __init__(self, out: BinaryIO, *, at: datetime, compress: bool) -> None:
        """`at` is the time of writing; with `compress` each record is a gzip member of its own."""
        self._writer = _Writer(out, gzip=compress, warc_version="1.1")
        about = (
            f"software: ministry-monitor/{version('ministry-monitor')}\r\n"
            "format: WARC File Format 1.1\r\n"
            "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
            "description: Watched pages as they were, without transfer and content encodings\r\n"
        ).encode()
        fields = {"WARC-Type": "warcinfo", "WARC-Date": _date(at)}
        self._write(
            self._writer.create_warc_record(
                "", "warcinfo", payload=io.BytesIO(about), length=len(about), warc_headers_dict=fields
            )
        )

    def add(self, page: PageInfo, archived: Iterable[ArchivedBody]) -> int:
        """Write the bodies of a page; how many there were of which nothing but the hash is kept any more."""
        thinned = 0
        for item in archived:
            if item.body is None:
                thinned += 1
                continue
            original = self._original(page, item, item.body)
            for at in item.seen_at:
                if at != item.at:
                    self._revisit(page, item, original, at)
        return thinned

    def _original(self, page: PageInfo, item: ArchivedBody, body: bytes) -> ArcWarcRecord:
        is_http = item.http_status is not None
        kind = "response" if is_http else "resource"
        fields = {
            "WARC-Type": kind,
            "WARC-Target-URI": item.url,
            "WARC-Date": _date(item.at),
            PAGE_FIELD: page.url,
            OUTCOME_FIELD: item.outcome,
        }
        if item.at not in item.seen_at:
            fields[SEEN_FIELD] = "no"
        record = self._writer.create_warc_record(
            item.url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type="" if is_http else first_header(item.headers, "content-type") or UNKNOWN_TYPE,
            warc_headers_dict=fields,
            http_headers=_http(item.http_status, item.headers, len(body)) if item.http_status is not None else None,
        )
        self._write(record)
        return record

    def _revisit(self, page: PageInfo, item: ArchivedBody, original: ArcWarcRecord, at: datetime) -> None:
        fields = {
            "WARC-Type": "revisit",
            "WARC-Target-URI": item.url,
            "WARC-Date": _date(at),
            "WARC-Refers-To": original.rec_headers.get_header("WARC-Record-ID"),
            PAGE_FIELD: page.url,
        }
        digest = original.rec_headers.get_header("WARC-Payload-Digest")
        self._write(
            self._writer.create_revisit_record(
                item.url, digest, refers_to_uri=item.url, refers_to_date=_date(item.at), warc_headers_dict=fields
            )
        )

    def _write(self, record: ArcWarcRecord) -> None:
        self._writer.write_record(record)


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio is not typed
    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


class _Utf8Headers(StatusAndHeaders):  # type: ignore[misc]  # warcio is not typed
    """Headers to be written as they are: warcio percent-encodes a value that is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002
        self.headers_buff = self.to_bytes()


def _date(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _http(status: int, headers: Headers, length: int) -> StatusAndHeaders:
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    return _Utf8Headers(f"{status} {phrase}", list(_as_stored(headers, length)), protocol="HTTP/1.1")


def _as_stored(headers: Headers, length: int) -> Headers:
    """The headers of a body of that length that is kept without its encodings; `as_received` undoes it."""
    kept = ((f"{_AS_RECEIVED}{name}" if _is_rewritten(name.lower()) else name, value) for name, value in headers)
    return (*kept, ("content-length", str(length)))


def _is_rewritten(name: str) -> bool:
    return name in _OF_THE_TRANSFER or name.startswith(_AS_RECEIVED)


def as_received(headers: Headers, *, is_ours: bool) -> Headers:
    """The headers from before a body was stored without its encodings, by us or by another archive."""
    renamed = {name.lower() for name, _ in headers if name.lower().startswith(_AS_RECEIVED)}
    is_rewritten = is_ours or any(f"{_AS_RECEIVED}{name}" in renamed for name in _OF_THE_TRANSFER)
    return tuple(
        (name[len(_AS_RECEIVED) :] if name.lower().startswith(_AS_RECEIVED) else name, value)
        for name, value in headers
        if not (is_rewritten and name.lower() == "content-length")
    )
