"""WARC files: ours come back exactly, others' are understood, and damaged ones are refused whole."""

import base64
import gzip
import hashlib
import io
import itertools
import subprocess
import sysconfig
import tracemalloc
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor.errors import FetchError, UsageError
from monitor.warc import Captures, Response, captures, load
from monitor.warc_export import WarcExport
from monitor.warc_records import is_warc
from storage.observation import ArchivedBody, PageInfo

URL = "https://www.soumu.go.jp/ict/index.html"
PAGE = PageInfo(id="ict", name="支援施策", url=URL)
AT = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
HTML = "<html><body>令和6年4月26日</body></html>".encode()
MOST = 100_000

# Building files


def export(path: Path, archived: Sequence[ArchivedBody], *, compress: bool = False) -> Path:
    with path.open("wb") as out:
        WarcExport(out, at=AT, compress=compress).add(PAGE, archived)
    return path


def body(**what: Any) -> ArchivedBody:
    given = {
        "snapshot": 1,
        "url": URL,
        "at": AT,
        "http_status": 200,
        "headers": (),
        "body": HTML,
        "outcome": "good",
        "seen_at": (AT,),
    }
    return ArchivedBody(**{**given, **what})


def record(
    kind: str, block: bytes, *, uri: str | None = URL, date: str = "2024-04-26T01:30:00Z", **fields: str
) -> bytes:
    """A record as another program may write it; `WARC_Refers_To="…"` is a field, an empty one is left out."""
    type_ = {"warcinfo": "application/warc-fields", "request": "application/http;msgtype=request"}
    named = {
        "WARC-Type": kind,
        "WARC-Target-URI": uri or "",
        "WARC-Date": date,
        "WARC-Record-ID": f"<urn:uuid:{hashlib.md5(block + date.encode()).hexdigest()}>",
        "Content-Type": type_.get(kind, "application/http;msgtype=response"),
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    header = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"WARC/1.0\r\n{header}\r\n".encode() + block + b"\r\n\r\n"


def http(body: bytes = HTML, *headers: str, status: str = "200 OK") -> bytes:
    return "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *headers, "")).encode() + body


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def written(path: Path, *parts: bytes) -> Path:
    path.write_bytes(b"".join(parts))
    return path


@pytest.fixture
def warc(tmp_path: Path) -> Any:
    """Writes records into a file, each packed by itself or none, and finds the captures in it."""

    def found(*parts: bytes, url: str = URL, pack: bool = False) -> Captures:
        path = written(tmp_path / "other.warc", *(gzipped(part) if pack else part for part in parts))
        return captures([path], url)

    return found


def only(found: Captures) -> Response:
    (capture,) = found.found
    return load(capture, MOST)


# What is exported comes back

TOKENS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)
NAMES = TOKENS | st.sampled_from(
    ["content-encoding", "transfer-encoding", "content-length", "X-Archive-Orig-Content-Length", "x-archive-orig-date"]
)
# White space around a value is not part of it (RFC 9110, 5.5).
VALUES = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=30).map(str.strip)
HEADERS = st.lists(st.tuples(NAMES, VALUES).filter(lambda header: header[0] != "set-cookie"), max_size=6).map(tuple)
HTTP = st.tuples(st.integers(200, 299).filter(lambda status: status != 206), HEADERS)
NO_HTTP = st.tuples(
    st.none(),
    st.just(()) | st.sampled_from(["text/html", "text/html; charset=utf-8"]).map(lambda v: (("content-type", v),)),
)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(fold=0)
)


@st.composite
def archived_bodies(draw: st.DrawFn) -> ArchivedBody:
    status, headers = draw(HTTP | NO_HTTP)
    return body(
        url=draw(st.sampled_from([URL, "http://elsewhere.example/moved?to=%E5%90%8D", f"{URL}#top"])),
        at=draw(TIMES),
        http_status=status,
        headers=headers,
        body=draw(st.binary(max_size=3000)),
        outcome=draw(st.sampled_from(["good", "suspect"])),
        seen_at=tuple(sorted(draw(st.sets(TIMES, max_size=3)))),
    )


@settings(max_examples=150)
@given(archived=st.lists(archived_bodies(), max_size=4), was_so_at_once=st.booleans(), compress=st.booleans())
def test_what_is_exported_comes_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, archived: list[ArchivedBody], was_so_at_once: bool, compress: bool
) -> None:
    if was_so_at_once:
        archived = [
            body(
                **{name: getattr(item, name) for name in ArchivedBody.__slots__} | {"seen_at": (item.at, *item.seen_at)}
            )
            for item in archived
        ]
    file = export(tmp_path_factory.mktemp("warc") / "own.warc", archived, compress=compress)
    found = captures([file], URL)

    wanted = [
        (at, Response(url=item.url, http_status=item.http_status, headers=item.headers, body=item.body or b""))
        for item in archived
        for at in dict.fromkeys(item.seen_at)
    ]
    came = [(capture.at, load(capture, MOST)) for capture in found.found]
    assert sorted(map(repr, came)) == sorted(map(repr, wanted))
    assert found.unusable == []


def test_another_pages_export_is_not_taken(tmp_path: Path) -> None:
    file = export(tmp_path / "own.warc", [body()])
    assert captures([file], "https://www.soumu.go.jp/").found == []


def test_an_export_names_the_watched_page_where_a_redirect_led_elsewhere(tmp_path: Path) -> None:
    elsewhere = "https://www.soumu.go.jp/new.html"
    file = export(tmp_path / "own.warc", [body(url=elsewhere)])
    assert only(captures([file], URL)).url == elsewhere
    assert captures([file], elsewhere).found == []


def test_a_body_that_is_no_longer_kept_is_counted_and_left_out(tmp_path: Path) -> None:
    with (tmp_path / "own.warc").open("wb") as out:
        thinned = WarcExport(out, at=AT, compress=False).add(PAGE, [body(body=None), body(), body(body=None)])
    assert thinned == 2
    assert len(captures([tmp_path / "own.warc"], URL).found) == 1


def test_an_exports_first_record_says_what_it_is(tmp_path: Path) -> None:
    file = export(tmp_path / "own.warc", [body()])
    with file.open("rb") as stream:
        first = next(iter(ArchiveIterator(stream)))
        said = first.content_stream().read().decode()
    assert (first.rec_type, first.rec_headers.protocol) == ("warcinfo", "WARC/1.1")
    assert "software: ministry-monitor/" in said
    assert "format: WARC File Format 1.1" in said


def test_an_export_is_read_by_warcio_as_an_answer_with_its_true_length(tmp_path: Path) -> None:
    headers = (("content-encoding", "gzip"), ("content-length", "7"), ("x-title", "支援"))
    file = export(tmp_path / "own.warc.gz", [body(headers=headers)], compress=True)
    with file.open("rb") as stream:
        _, response = ((item, item.content_stream().read()) for item in ArchiveIterator(stream))
    item, content = response

    assert content == HTML
    assert item.http_headers.statusline == "200 OK"
    assert item.http_headers.headers == [
        ("x-archive-orig-content-encoding", "gzip"),
        ("x-archive-orig-content-length", "7"),
        ("x-title", "支援"),
        ("content-length", str(len(HTML))),
    ]


@pytest.mark.parametrize("name", ["own.warc", "own.warc.gz"])
def test_warcio_finds_nothing_wrong_with_an_export(tmp_path: Path, name: str) -> None:
    later = AT + timedelta(days=1, microseconds=7)
    archived = [
        body(seen_at=(AT, later)),
        body(http_status=None, body=b""),
        body(outcome="suspect", seen_at=()),
        body(headers=(("content-type", "text/html"), ("x-名", "値"))),
    ]
    file = export(tmp_path / name, archived, compress=name.endswith(".gz"))
    tool = Path(sysconfig.get_path("scripts")) / "warcio"
    ended = subprocess.run([tool, "check", "-v", file], capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout
    assert ended.stdout.count("digest pass") == 5
    assert ended.stdout.count("not checked (revisit)") == 1


def test_each_record_of_a_packed_export_can_be_sought(tmp_path: Path) -> None:
    file = export(tmp_path / "own.warc.gz", [body(), body(at=AT + timedelta(1), seen_at=())], compress=True)
    with file.open("rb") as stream:
        walk = ArchiveIterator(stream)
        offsets = [walk.get_record_offset() for _ in walk]
    assert len(offsets) == 3
    assert all(zlib.decompressobj(31).decompress(file.read_bytes()[at:]).startswith(b"WARC/1.1") for at in offsets)


# What others wrote


@pytest.mark.parametrize("pack", [False, True])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_what_warcio_writes_is_read(tmp_path: Path, pack: bool, version: str) -> None:
    with (tmp_path / "warcio").open("wb") as out:
        writer = WARCWriter(out, gzip=pack, warc_version=version)
        writer.write_record(writer.create_warcinfo_record("warcio", {"software": "warcio"}))
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        answer = writer.create_warc_record(
            URL,
            "response",
            payload=io.BytesIO(HTML),
            length=len(HTML),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": f"{AT:%FT%TZ}"},
        )
        writer.write_record(answer)
        again = writer.create_revisit_record(
            URL,
            answer.rec_headers["WARC-Payload-Digest"],
            URL,
            answer.rec_headers["WARC-Date"],
            warc_headers_dict={"WARC-Date": "2024-05-01T00:00:00Z"},
        )
        writer.write_record(again)
    found = captures([tmp_path / "warcio"], URL)

    assert is_warc(tmp_path / "warcio")
    assert [capture.at for capture in found.found] == [AT, datetime(2024, 5, 1, tzinfo=UTC)]
    assert {load(capture, MOST) for capture in found.found} == {
        Response(url=URL, http_status=200, headers=(("Content-Type", "text/html"),), body=HTML)
    }
    assert found.counts == {tmp_path / "warcio": (2, 3)}


def test_what_wget_writes_is_read(tmp_path: Path) -> None:
    """wget 1.19 puts addresses in angle brackets, and keeps the answer as it came: packed, then in chunks."""
    packed = gzipped(HTML)
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (packed[:10], packed[10:], b""))
    answer = http(chunks, "Content-Type: text/html", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    digest = "sha1:" + base64.b32encode(hashlib.sha1(answer).digest()).decode()
    file = written(
        tmp_path / "wget.warc.gz",
        *map(
            gzipped,
            (
                record("warcinfo", b"software: Wget/1.21.3 (linux-gnu)\r\n", uri=None),
                record("request", b"GET /ict/index.html HTTP/1.1\r\n\r\n", uri=f"<{URL}>"),
                record("response", answer, uri=f"<{URL}>", WARC_Block_Digest=digest, WARC_IP_Address="192.0.2.1"),
                record("metadata", b"", uri="<metadata://gnu.org/software/wget/warc/MANIFEST.txt>"),
                record("resource", b"log", uri="<metadata://gnu.org/software/wget/warc/wget.log>"),
            ),
        ),
    )
    found = captures([file], URL)

    assert found.counts == {file: (1, 5)}
    assert only(found).body == HTML
    assert dict(only(found).headers)["Transfer-Encoding"] == "chunked"


@pytest.mark.parametrize(
    "written_as",
    [
        URL,
        "http://www.soumu.go.jp/ict/index.html",
        "https://WWW.Soumu.GO.JP:443/ict/index.html",
        "http://www.soumu.go.jp:80/ict/index.html#top",
        f"<{URL}>",
    ],
)
def test_an_address_may_be_written_in_other_ways(warc: Any, written_as: str) -> None:
    assert len(warc(record("response", http(), uri=written_as)).found) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("http://a.example", "https://a.example/"), ("https://a.example/?", "https://a.example")]
)
def test_an_empty_path_is_the_root(warc: Any, one: str, other: str) -> None:
    assert len(warc(record("response", http(), uri=one), url=other).found) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://www.soumu.go.jp/ict/INDEX.html",
        "https://www.soumu.go.jp:8443/ict/index.html",
        "https://www.soumu.go.jp/ict/index.html?print=1",
        "https://soumu.go.jp/ict/index.html",
        "https://www.soumu.go.jp:x/ict/index.html",
        "https://[/ict/index.html",
        "dns:www.soumu.go.jp",
        "",
    ],
)
def test_another_address_is_passed_over(warc: Any, address: str) -> None:
    found = warc(record("response", http(), uri=address))
    assert (found.found, found.unusable, list(found.counts.values())) == ([], [], [(0, 1)])


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "206 Partial Content", "204 No Content", "500", ""])
def test_an_answer_of_another_status_is_passed_over(warc: Any, status: str) -> None:
    found = warc(record("response", http(status=status)))
    assert (found.found, found.unusable) == ([], [])


@pytest.mark.parametrize("kind", ["request", "metadata", "conversion", "warcinfo", "continuation"])
def test_a_record_of_another_type_is_passed_over(warc: Any, kind: str) -> None:
    found = warc(record(kind, http()))
    assert (found.found, found.unusable) == ([], [])


def test_a_block_that_is_no_http_is_passed_over(warc: Any) -> None:
    assert warc(record("response", b"<html>"), record("response", b"\x16\x03\x01\r\n\r\n")).found == []


def test_a_resource_has_no_status_and_its_type_for_a_header(warc: Any) -> None:
    response = only(warc(record("resource", HTML, Content_Type="text/html; charset=utf-8")))
    assert response == Response(
        url=URL, http_status=None, headers=(("content-type", "text/html; charset=utf-8"),), body=HTML
    )


def test_cookies_are_not_kept(warc: Any) -> None:
    response = only(warc(record("response", http(HTML, "Set-Cookie: session=1", "Date: x"))))
    assert response.headers == (("Date", "x"),)


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("2024-04-26T01:30:00Z", AT),
        ("2024-04-26T01:30:00.5Z", AT + timedelta(microseconds=500_000)),
        ("2024-04-26T01:30:00.123456Z", AT + timedelta(microseconds=123_456)),
        ("2024-04-26T01:30:00.123456789Z", AT + timedelta(microseconds=123_456)),
        ("2024-04-26T10:30:00+09:00", AT),
        ("2024-04-26T01:30:00", AT),
        ("2024-04-26", datetime(2024, 4, 26, tzinfo=UTC)),
    ],
)
def test_a_date_is_in_utc_to_the_microsecond(warc: Any, date: str, at: datetime) -> None:
    assert [capture.at for capture in warc(record("response", http(), date=date)).found] == [at]


@pytest.mark.parametrize("date", ["2024", "yesterday", "2024-04-31T00:00:00Z", "0001-01-01T00:00:00+09:00", ""])
def test_a_record_without_a_date_is_named(warc: Any, date: str) -> None:
    found = warc(record("response", http(), date=date))
    assert (found.found, [item.reason for item in found.unusable]) == ([], ["no_date"])


@pytest.mark.parametrize("field", [{"WARC_Truncated": "length"}, {"WARC_Segment_Number": "1"}])
def test_a_part_of_an_answer_is_named(warc: Any, field: dict[str, str]) -> None:
    found = warc(record("response", http()), record("response", http(), date="2024-05-01T00:00:00Z", **field))
    assert [(item.reason, item.place.number) for item in found.unusable] == [("cut_off", 2)]
    assert len(found.found) == 1


# Revisits

LATER = "2024-05-01T00:00:00Z"
DIGEST = "sha1:" + base64.b32encode(hashlib.sha1(HTML).digest()).decode()


def revisit(block: bytes = b"", **fields: str) -> bytes:
    return record("revisit", block, date=LATER, **fields)


@pytest.mark.parametrize(
    "reference",
    [
        {"WARC_Refers_To": "<urn:uuid:1>"},
        {"WARC_Refers_To_Target_URI": "http://www.soumu.go.jp/ict/index.html", "WARC_Refers_To_Date": f"{AT:%FT%TZ}"},
        {"WARC_Payload_Digest": DIGEST},
        {"WARC_Refers_To": "<urn:uuid:unknown>", "WARC_Payload_Digest": DIGEST},
    ],
)
@pytest.mark.parametrize("comes_first", [False, True])
def test_a_revisit_is_the_page_of_its_own_time(warc: Any, reference: dict[str, str], comes_first: bool) -> None:
    answer = record("response", http(), WARC_Record_ID="<urn:uuid:1>", WARC_Payload_Digest=DIGEST)
    parts = [answer, revisit(**reference)]
    found = warc(*(reversed(parts) if comes_first else parts), pack=True)

    assert {capture.at for capture in found.found} == {AT, datetime(2024, 5, 1, tzinfo=UTC)}
    assert {load(capture, MOST).body for capture in found.found} == {HTML}


def test_a_revisit_may_refer_to_a_record_of_another_file(tmp_path: Path) -> None:
    one = written(tmp_path / "a.warc", revisit(WARC_Payload_Digest=DIGEST))
    other = written(tmp_path / "b.warc", record("response", http(), WARC_Payload_Digest=DIGEST))
    found = captures([one, other], URL)
    assert [load(capture, MOST).body for capture in found.found] == [HTML, HTML]


@pytest.mark.parametrize(
    "reference",
    [{}, {"WARC_Refers_To": "<urn:uuid:2>"}, {"WARC_Payload_Digest": "sha1:AAAA"}, {"WARC_Refers_To_Date": "x"}],
)
def test_a_revisit_of_what_is_not_there_is_named(warc: Any, reference: dict[str, str]) -> None:
    found = warc(record("response", http()), revisit(**reference))
    assert [(item.reason, item.place.number) for item in found.unusable] == [("no_original", 2)]


def test_a_revisit_of_another_page_with_the_same_words_is_passed_over(warc: Any) -> None:
    answer = record("response", http(), WARC_Payload_Digest=DIGEST)
    found = warc(answer, record("revisit", b"", uri="https://a.example/", WARC_Payload_Digest=DIGEST))
    assert (len(found.found), found.unusable) == (1, [])


def test_a_revisit_of_an_error_is_passed_over(warc: Any) -> None:
    again = revisit(http(b"", status="404 Not Found"), WARC_Payload_Digest="sha1:AAAA")
    found = warc(record("response", http(status="404 Not Found"), WARC_Payload_Digest="sha1:AAAA"), again)
    assert (found.found, found.unusable) == ([], [])


@pytest.mark.parametrize(("status", "last_modified"), [("200 OK", "new"), ("304 Not Modified", "old")])
def test_a_revisits_own_headers_are_kept_if_they_are_of_the_body(warc: Any, status: str, last_modified: str) -> None:
    answer = record("response", http(HTML, "Last-Modified: old"), WARC_Payload_Digest=DIGEST)
    again = revisit(http(b"", "Last-Modified: new", status=status), WARC_Payload_Digest=DIGEST)
    response = load(warc(answer, again).found[1], MOST)
    assert response == Response(url=URL, http_status=200, headers=(("Last-Modified", last_modified),), body=HTML)


# Encodings


def chunked(data: bytes, *, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    half = len(data) // 2
    parts = (data[:half], data[half:])
    body = b"".join(b"%X%b\r\n%b\r\n" % (len(part), extension, part) for part in parts if part)
    return body + b"0\r\n" + trailer + b"\r\n"


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (HTML, []),
        (HTML, ["Content-Encoding: identity"]),
        (gzipped(HTML), ["Content-Encoding: gzip"]),
        (gzipped(HTML), ["content-encoding: X-GZip"]),
        (gzipped(HTML[:9]) + gzipped(HTML[9:]), ["Content-Encoding: gzip"]),
        (zlib.compress(HTML), ["Content-Encoding: deflate"]),
        (bare(HTML), ["Content-Encoding: deflate"]),
        (gzipped(zlib.compress(HTML)), ["Content-Encoding: deflate, gzip"]),
        (chunked(HTML), ["Transfer-Encoding: chunked"]),
        (chunked(HTML, extension=b";a=b", trailer=b"Expires: 0\r\n"), ["Transfer-Encoding: Chunked"]),
        (chunked(gzipped(HTML)), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
        (HTML, ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),  # kept decoded, as many archives do
        (HTML, ["Content-Encoding: gzip", f"Content-Length: {len(gzipped(HTML)) // 2}"]),
        (HTML, ["X-Archive-Orig-Content-Encoding: br", f"Content-Length: {len(HTML)}"]),
        (b"", ["Content-Encoding: gzip"]),
        (b"", ["Content-Encoding: deflate"]),
    ],
)
def test_a_body_is_kept_without_its_encodings(warc: Any, payload: bytes, headers: list[str]) -> None:
    assert only(warc(record("response", http(payload, *headers)))).body == (HTML if payload else b"")


def test_headers_that_another_archive_set_aside_are_as_received_again(warc: Any) -> None:
    headers = ["X-Archive-Orig-Content-Encoding: gzip", "X-Archive-Orig-Date: x", f"Content-Length: {len(HTML)}"]
    response = only(warc(record("response", http(HTML, *headers))))
    assert response.headers == (("Content-Encoding", "gzip"), ("Date", "x"))


@pytest.mark.parametrize(
    ("payload", "headers", "reason", "words"),
    [
        (b"\x0b\x02\x80", ["Content-Encoding: br"], "encoding", "br"),
        (b"\x28\xb5\x2f\xfd", ["Content-Encoding: gzip, zstd"], "encoding", "zstd"),
        (gzipped(HTML)[:-9], ["Content-Encoding: gzip"], "short_body", "break off"),
        (gzipped(HTML)[:10] + b"\x07" * 30, ["Content-Encoding: gzip"], "encoding", "broken"),
        (bare(HTML)[:-3], ["Content-Encoding: deflate"], "short_body", "break off"),
        (b"\x07\x00", ["Content-Encoding: deflate"], "encoding", "broken"),
        (chunked(HTML)[:-9], ["Transfer-Encoding: chunked"], "short_body", "chunks"),
        (chunked(HTML).replace(b"\r\n", b"\r\nX", 2), ["Transfer-Encoding: chunked"], "short_body", "chunks"),
        (HTML, [f"Content-Length: {len(HTML) + 1}"], "short_body", f"{len(HTML)} of {len(HTML) + 1}"),
        (b"a" * (MOST + 1), [], "too_large", "100,000"),
        (b"a" * (2 * MOST + 1), [], "too_large", "100,000"),
        (gzipped(b"a" * (MOST + 1)), ["Content-Encoding: gzip"], "too_large", "100,000"),
        (bare(b"a" * (MOST + 1)), ["Content-Encoding: deflate"], "too_large", "100,000"),
    ],
)
def test_a_body_that_cannot_be_had_whole_is_refused_by_name(
    warc: Any, payload: bytes, headers: list[str], reason: str, words: str
) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        only(warc(record("response", http(payload, *headers))))
    assert caught.value.reason == reason


# Bounds


def peak_of(work: Any) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def zeros(size: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()


def test_a_bomb_is_refused_in_little_memory(warc: Any) -> None:
    bomb = record("response", http(zeros(200 << 20), "Content-Encoding: gzip"))

    def work() -> None:
        with pytest.raises(FetchError, match="larger"):
            only(warc(bomb))

    assert peak_of(work) < 3_000_000


def test_a_large_record_of_another_page_takes_little_memory(tmp_path: Path) -> None:
    head = record("resource", b"", uri="https://a.example/", Content_Length=str(64 << 20))[:-4]
    packer = zlib.compressobj(wbits=31)
    with (tmp_path / "large.warc.gz").open("wb") as out:
        out.write(packer.compress(head))
        for _ in range(64):
            out.write(packer.compress(bytes(1 << 20)))
        out.write(packer.compress(b"\r\n\r\n") + packer.flush() + gzipped(record("response", http())))

    def work() -> None:
        assert len(captures([tmp_path / "large.warc.gz"], URL).found) == 1

    assert peak_of(work) < 2_000_000


@pytest.mark.parametrize("start", [b"WARC/1.0\r\nX: ", b"WARC/1.0\r\n" + b"X: 1\r\n" * 300_000])
def test_a_header_without_end_is_damage_in_little_memory(tmp_path: Path, start: bytes) -> None:
    packer = zlib.compressobj(wbits=31)
    data = packer.compress(start) + b"".join(packer.compress(b"a" * (1 << 20)) for _ in range(100)) + packer.flush()
    file = written(tmp_path / "bomb.warc.gz", data)

    def work() -> None:
        with pytest.raises(UsageError, match="longer than any is"):
            captures([file], URL)

    assert peak_of(work) < 60_000_000


# Damage

SOUND = [
    record("warcinfo", b"software: x\r\n", uri=None),
    record("response", http(), WARC_Block_Digest="sha1:" + base64.b32encode(hashlib.sha1(http()).digest()).decode()),
    record("response", http(b"<p>"), date=LATER),
]


@pytest.mark.parametrize("pack", [False, True])
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, pack: bool) -> None:
    parts = [gzipped(part) for part in SOUND] if pack else SOUND
    whole = b"".join(parts)
    ends = list(itertools.accumulate(map(len, parts)))
    for length in range(1, len(whole)):
        file = written(tmp_path / "cut.warc", whole[:length])
        # Without the empty lines after it, which are no part of a record, it is whole.
        spared = 0 if pack else 4
        if any(end - spared <= length <= end for end in ends):
            assert len(captures([file], URL).found) == sum(end - spared <= length for end in ends[1:])
        else:
            number = sum(end <= length for end in ends) + 1
            offset = ([0, *ends])[number - 1]
            with pytest.raises(UsageError, match=rf"damaged at record {number}, byte {offset} "):
                captures([file], URL)


@pytest.mark.parametrize("pack", [False, True])
def test_a_flipped_bit_in_a_block_is_refused(tmp_path: Path, pack: bool) -> None:
    start = SOUND[1].index(b"HTTP/1.1")
    for place in range(start, len(SOUND[1]) - 4):
        flipped = bytearray(SOUND[1])
        flipped[place] ^= 4
        parts = [SOUND[0], bytes(flipped), SOUND[2]]
        file = written(tmp_path / "bit.warc", *map(gzipped, parts) if pack else parts)
        with pytest.raises(UsageError, match=r"damaged at record 2.*Digest"):
            captures([file], URL)


def test_a_flipped_bit_in_packed_data_is_refused_or_of_no_effect(tmp_path: Path) -> None:
    """gzip's own header holds a time and the like, which nothing depends on."""
    packed = b"".join(map(gzipped, SOUND))
    refused = 0
    for place in range(len(packed)):
        flipped = bytearray(packed)
        flipped[place] ^= 1
        file = written(tmp_path / "bit.warc.gz", flipped)
        try:
            found = captures([file], URL)
        except UsageError:
            refused += 1
        else:
            assert [load(capture, MOST).body for capture in found.found] == [HTML, b"<p>"]
    assert refused > len(packed) * 0.9


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (record("response", http(), Content_Length="9"), "no record begins there"),
        (record("response", http(), Content_Length=str(len(http()) + 9)), "no record begins there|within its header"),
        (record("response", http(), Content_Length="-1"), "no Content-Length"),
        (record("response", http(), Content_Length="９"), "no Content-Length"),
        (record("response", http(), Content_Length=""), "no Content-Length"),
        (record("response", http(), Content_Length="9" * 5000), "integer string"),
        (record("response", http(), WARC_Block_Digest="sha1:!"), "."),
        (b"<html>", "."),
        (b"WARC/2.0\r\n\r\n", "no record begins there"),
    ],
)
def test_damage_is_named(warc: Any, broken: bytes, why: str) -> None:
    with pytest.raises(UsageError, match=rf"damaged at record [23], byte \d+ \(.*{why}.*Nothing of it was taken"):
        warc(SOUND[1], broken, SOUND[1])


def test_a_digest_of_an_unknown_kind_is_not_held_against_a_record(warc: Any) -> None:
    assert len(warc(record("response", http(), WARC_Block_Digest="md6:AAAA")).found) == 1


def test_a_file_compressed_as_a_whole_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = written(tmp_path / "whole.warc.gz", gzipped(b"".join(SOUND)))
    with pytest.raises(UsageError, match="gunzip"):
        captures([file], URL)


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc", *SOUND)
    found = captures([file], URL)
    written(file, SOUND[0])
    with pytest.raises(UsageError, match="shorter"):
        load(found.found[0], MOST)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (SOUND[0], True),
        (gzipped(SOUND[0]), True),
        (b"", False),
        (b"<html>WARC/1.0", False),
        (b"WAR", False),
        (b"\x1f\x8b\x08broken", False),
        (gzipped(b"<html>"), False),
    ],
)
def test_a_warc_is_known_by_what_it_begins_with(tmp_path: Path, content: bytes, answer: bool) -> None:
    assert is_warc(written(tmp_path / "anything", content)) is answer


@pytest.mark.parametrize("name", ["none.warc", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        is_warc(tmp_path / name)
