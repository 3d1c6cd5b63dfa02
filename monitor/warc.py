"""Captures of one page in WARC files (ISO 28500:2017): found first, all of them, and then read one by one."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from warcio.statusandheaders import StatusAndHeaders

from monitor.errors import FetchError
from monitor.fetch_failures import short_body, too_large
from monitor.inflate import Inflating
from monitor.warc_export import PAGE_FIELD, SEEN_FIELD, UNKNOWN_TYPE, Headers, as_received
from monitor.warc_records import Record, record_at, records
from storage.observation import first_header

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record stands."""

    file: Path
    number: int
    offset: int

    def __str__(self) -> str:
        return f"{self.file}, record {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A moment of which a WARC says what the page was. `original` is the record that holds the body.

    `is_ours` holds for what `write_warc` wrote: it was taken for the page once, by a check or by a person.
    """

    place: Place
    at: datetime
    original: Place
    is_ours: bool

    def __str__(self) -> str:
        return str(self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A record of the page that cannot be taken, and why."""

    place: Place
    at: datetime | None
    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a capture holds: the body without any encoding; no status where the record is of no HTTP."""

    url: str
    http_status: int | None
    headers: Headers
    body: bytes


@dataclass(slots=True, kw_only=True)
class Captures:
    """What WARC files hold of a page. `counts` are the records of the page, and all, by file."""

    found: list[Capture] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)
    counts: dict[Path, tuple[int, int]] = field(default_factory=dict)


def captures(files: Sequence[Path], url: str) -> Captures:
    """What the files hold of the page at `url`: whole answers 200, and revisits of one of them, in any file.

    Raises UsageError for a damaged file.
    """
    search = _Search(url)
    for file in files:
        search.read(file)
    return search.ended()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revisit:
    place: Place
    at: datetime
    is_ours: bool
    refers_to: tuple[Any, ...]


class _Search:
    def __init__(self, url: str) -> None:
        self._wanted = _address(url)
        self._captures = Captures()
        self._revisits: list[_Revisit] = []
        self._originals: dict[Any, Place] = {}

    def read(self, file: Path) -> None:
        of_page = number = 0
        for record in records(file):
            number = record.number
            of_page += self._take(record, Place(file=file, number=number, offset=record.offset))
        self._captures.counts[file] = (of_page, number)

    def ended(self) -> Captures:
        for revisit in self._revisits:
            originals = (self._originals[name] for name in revisit.refers_to if name in self._originals)
            original = next(originals, None)
            if original is None:
                self._pass_over(revisit.place, revisit.at, "no_original", "the record that it refers to is not there")
            else:
                self._captures.found.append(
                    Capture(place=revisit.place, at=revisit.at, original=original, is_ours=revisit.is_ours)
                )
        return self._captures

    def _take(self, record: Record, place: Place) -> bool:
        """Note the record, if it is of the page and the page answered; whether it is."""
        ours = record.field(PAGE_FIELD)
        url = _target(record)
        if record.type not in {"response", "resource", "revisit"} or _address(ours or url) != self._wanted:
            return False
        if not _is_an_answer(record, is_ours=ours is not None):
            return False
        at = _time(record.field("WARC-Date"))
        if at is None:
            self._pass_over(place, None, "no_date", "its WARC-Date is no date")
        elif record.field("WARC-Truncated") or record.field("WARC-Segment-Number"):
            self._pass_over(place, at, "cut_off", "it holds only a part of the answer")
        elif record.type == "revisit":
            revisit = _Revisit(place=place, at=at, is_ours=ours is not None, refers_to=_references(record))
            self._revisits.append(revisit)
        else:
            digest = record.field("WARC-Payload-Digest")
            for name in (record.field("WARC-Record-ID"), (_address(url), at), digest):
                self._originals.setdefault(name, place)
            if (record.field(SEEN_FIELD) or "").lower() != "no":
                self._captures.found.append(Capture(place=place, at=at, original=place, is_ours=ours is not None))
        return True

    def _pass_over(self, place: Place, at: datetime | None, reason: str, message: str) -> None:
        self._captures.unusable.append(Unusable(place=place, at=at, reason=reason, message=message))


def _references(record: Record) -> tuple[Any, ...]:
    """The names of the record that a revisit refers to, the surest first."""
    address, at = _address(record.field("WARC-Refers-To-Target-URI")), _time(record.field("WARC-Refers-To-Date"))
    names = (record.field("WARC-Refers-To"), (address, at) if at else None, record.field("WARC-Payload-Digest"))
    return tuple(name for name in names if name is not None)


def _is_an_answer(record: Record, *, is_ours: bool) -> bool:
    if record.type == "resource":
        return True
    http = record.http()
    if http is None:
        return record.type == "revisit" and not record.left
    status = http.get_statuscode()
    is_good = status == "200" or (is_ours and re.fullmatch(r"2[0-9][0-9]", status) is not None)
    return is_good or (record.type == "revisit" and status == "304")


def _target(record: Record) -> str:
    """WARC-Target-URI, without the angle brackets of WARC 1.0."""
    return (record.field("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")


def _address(url: str | None) -> str | None:
    """The URL for comparing: http is https, the host in small letters, no default port, fragment or empty path."""
    try:
        parts = urlsplit((url or "").strip().removeprefix("<").removesuffix(">"))
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            return None
        port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    except ValueError:
        return None
    return urlunsplit(("https", f"{parts.hostname}{port}", parts.path or "/", parts.query, ""))


def _time(text: str | None) -> datetime | None:
    """WARC-Date (W3CDTF, in UTC), to the microsecond."""
    try:
        at = datetime.fromisoformat((text or "").strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def load(capture: Capture, max_body: int) -> Response:
    """The answer of a capture, its transfer and content encodings undone.

    Raises FetchError for a body that is cut off, in an unknown or broken encoding, or, packed or not, larger than
    `max_body` bytes; UsageError where the file is no longer as it was.
    """
    with record_at(capture.original.file, capture.original.number, capture.original.offset) as record:
        response = _response(record, max_body)
    if capture.place == capture.original:
        return response
    with record_at(capture.place.file, capture.place.number, capture.place.offset) as revisit:
        http = revisit.http()
    if http is None or http.get_statuscode() == "304":  # whose headers say nothing of the body
        return response
    return Response(
        url=response.url,
        http_status=_status(http),
        headers=as_received(_headers(http), is_ours=revisit.field(PAGE_FIELD) is not None),
        body=response.body,
    )


def _response(record: Record, max_body: int) -> Response:
    http = record.http() if record.type == "response" else None
    headers = _headers(http) if http else ()
    payload = record.read(min(record.left, 2 * max_body + 1))
    if len(payload) > 2 * max_body:
        raise too_large(max_body)
    content_type = record.field("Content-Type")
    if http is None and content_type and content_type != UNKNOWN_TYPE:
        headers = (("content-type", content_type),)
    return Response(
        url=_target(record),
        http_status=_status(http) if http else None,
        headers=as_received(headers, is_ours=record.field(PAGE_FIELD) is not None),
        body=_decoded(payload, headers, max_body) if http else _bounded(payload, max_body),
    )


def _status(http: StatusAndHeaders) -> int:
    return int(http.get_statuscode())


def _headers(http: StatusAndHeaders) -> Headers:
    """As a fetch keeps them: without cookies."""
    return tuple((name, value) for name, value in http.headers if name.lower() != "set-cookie")


def _decoded(payload: bytes, headers: Headers, max_body: int) -> bytes:
    """The body of an HTTP message (RFC 9112, 6; RFC 9110, 8.4).

    Many archives keep a body decoded beside the headers as received: what is not chunked or packed stays as it is.
    """
    if "chunked" in (first_header(headers, "transfer-encoding") or "").lower() and _CHUNK.match(payload):
        payload = _dechunked(payload)
    else:
        length = first_header(headers, "content-length") or ""
        if length.isascii() and length.isdigit() and int(length) > len(payload):
            raise short_body(f"{len(payload)} of {length} bytes")
    for coding in reversed((first_header(headers, "content-encoding") or "").split(",")):
        payload = _unpacked(payload, coding, max_body)
    return _bounded(payload, max_body)


def _dechunked(payload: bytes) -> bytes:
    body = bytearray()
    at = 0
    while chunk := _CHUNK.match(payload, at):
        size = int(chunk[1], 16)
        at = chunk.end() + size
        if not size:
            return bytes(body)
        if payload[at : at + 2] != b"\r\n":
            break
        body += payload[chunk.end() : at]
        at += 2
    raise short_body(f"its chunks break off after {len(body)} bytes")


def _unpacked(payload: bytes, coding: str, max_body: int) -> bytes:
    coding = coding.strip().lower()
    is_kept_unpacked = coding in {"gzip", "x-gzip"} and not payload.startswith(b"\x1f\x8b")
    if not payload or coding in {"", "identity"} or is_kept_unpacked:
        return payload
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError("encoding", f"the body is compressed as {coding}", why="only gzip and deflate are understood")
    if coding == "deflate" and int.from_bytes(payload[:2]) % 31:  # no zlib header (RFC 1950): as some servers send it
        return _inflated_bare(payload, max_body)
    inflating = Inflating()
    body = inflating.feed(payload, max_body + 1)
    if len(body) <= max_body and not inflating.is_complete:
        raise short_body(f"its compressed data break off after {len(payload)} bytes")
    return _bounded(body, max_body)


def _inflated_bare(payload: bytes, max_body: int) -> bytes:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        body = inflate.decompress(payload, max_body + 1)
    except zlib.error as error:
        raise FetchError("encoding", "the body's compression is broken", why=str(error)) from error
    if len(body) <= max_body and not inflate.eof:
        raise short_body(f"its compressed data break off after {len(payload)} bytes")
    return _bounded(body, max_body)


def _bounded(body: bytes, max_body: int) -> bytes:
    if len(body) > max_body:
        raise too_large(max_body)
    return body
