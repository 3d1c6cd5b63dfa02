"""Pages of the past are found in files, dated, and read as a check would read them."""

import gzip
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import UsageError
from monitor.saved_pages import Reader, Refused, SavedFile, batches, gather
from monitor.settings_models import PageSettings
from monitor.warc_export import WarcExport
from parsers import parse
from storage.observation import ArchivedBody, PageInfo, PastReading

URL = "https://www.soumu.go.jp/ict/index.html"
APRIL = files("monitor.demo").joinpath("2024-04-26.html").read_bytes()
TITLE = parse(APRIL, url=URL).title
AT = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
MAINTENANCE = "<html><body><h1>メンテナンスのお知らせ</h1><p>ただいま停止しています。</p></body></html>".encode()
OTHER = "<html><body><main><h1>調達情報</h1><ul><li><a href='a'>令和6年度</a></li></ul></main></body></html>".encode()


def saved(path: Path, content: bytes = APRIL) -> Path:
    path.write_bytes(content)
    return path


def warc(path: Path, *bodies: bytes, status: int | None = 200, outcome: Any = "good") -> Path:
    """Our own export of bodies, a day apart."""
    with path.open("wb") as out:
        WarcExport(out, at=AT, compress=False).add(
            PageInfo(id="ict", name="", url=URL),
            [
                ArchivedBody(
                    snapshot=number,
                    url=URL,
                    at=AT + timedelta(days=number),
                    http_status=status,
                    headers=(),
                    body=body,
                    outcome=outcome,
                    seen_at=(AT + timedelta(days=number),),
                )
                for number, body in enumerate(bodies)
            ],
        )
    return path


def foreign(path: Path, *bodies: bytes) -> Path:
    """The same, as if another archive had written it."""
    path.write_bytes(warc(path, *bodies).read_bytes().replace(b"Ministry-Monitor-", b"X-Archive-"))
    return path


def read(path: Path, *, title: str | None = TITLE, accept: bool = False, **settings: Any) -> PastReading | Refused:
    """The one page in the file."""
    page = PageSettings(id="ict", url=URL, **settings)
    (source,) = gather([path], URL, at=None).sources
    return Reader(page, title=title, max_body=100_000, accept=accept).read(source)


# When it was


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("20240426.html", datetime(2024, 4, 25, 15, tzinfo=UTC)),
        ("202404261030.htm", AT),
        ("20240426103000.html", AT),
        ("20240426103059", AT + timedelta(seconds=59)),
    ],
)
def test_a_files_name_is_its_time_in_japan(tmp_path: Path, name: str, at: datetime) -> None:
    file = saved(tmp_path / name)
    assert gather([file], URL, at=None).sources == [SavedFile(file=file, at=at)]


@pytest.mark.parametrize(
    "name",
    [
        *("page.html", "2024.html", "20240431.html", "202404262430.html", "20240426103060.html", "2024-04-26.html"),
        *(
            "２０２４０４２６.html",
            "20240426.old.html",
            "00010101.html",
            "00000101.html",
            "no date",
            "20240426.warc.gz.bak",
        ),
    ],
)
def test_a_file_whose_name_is_no_date_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"not known when.*20240426103000\.html.*--date"):
        gather([saved(tmp_path / "20240426.html"), saved(tmp_path / name)], URL, at=None)


def test_a_given_time_comes_before_the_name(tmp_path: Path) -> None:
    (source,) = gather([saved(tmp_path / "20200101.html")], URL, at=AT).sources
    assert source.at == AT


@pytest.mark.parametrize(
    ("names", "why"),
    [(["a.html", "b.html"], "several"), (["a.warc"], "time of each record"), (["a.html", "a.warc"], "time of each")],
)
def test_a_given_time_is_for_one_saved_page(tmp_path: Path, names: list[str], why: str) -> None:
    named = [warc(tmp_path / name, APRIL) if name.endswith("warc") else saved(tmp_path / name) for name in names]
    with pytest.raises(UsageError, match=why):
        gather(named, URL, at=AT)


# What is found


def test_pages_of_all_files_come_oldest_first(tmp_path: Path) -> None:
    archive = warc(tmp_path / "20300101.html", APRIL, APRIL)
    late, early = saved(tmp_path / "20240501.html"), saved(tmp_path / "20240401.html")
    found = gather([late, archive, early], URL, at=None)

    assert [str(source) for source in found.sources] == [
        str(early),
        f"{archive}, record 2",
        f"{archive}, record 3",
        str(late),
    ]
    assert found.counts == {archive: (2, 3)}


def test_a_warc_without_the_page_is_refused_with_its_address(tmp_path: Path) -> None:
    archive = warc(tmp_path / "a.warc", APRIL)
    with pytest.raises(UsageError, match=r"none of its 2 records is of https://a\.example/"):
        gather([archive], "https://a.example/", at=None)


# How it is read


@pytest.mark.parametrize("write", [saved, warc, foreign])
def test_a_page_is_read_as_a_check_would(tmp_path: Path, write: Any) -> None:
    found = read(write(tmp_path / "20240426103000.html", APRIL))
    assert isinstance(found, PastReading)
    assert (found.at, found.url, found.body) == (AT, URL, APRIL)
    assert found.content == parse(APRIL, url=URL)


def test_a_saved_page_has_neither_status_nor_headers(tmp_path: Path) -> None:
    found = read(saved(tmp_path / "20240426.html"))
    assert isinstance(found, PastReading)
    assert (found.http_status, found.headers) == (None, ())


def test_the_pages_settings_hold(tmp_path: Path) -> None:
    found = read(saved(tmp_path / "20240426.html"), parser="outline")
    assert isinstance(found, PastReading)
    assert found.content.parser == "outline"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (MAINTENANCE, "maintenance"),
        (OTHER, "title_lost"),
        (b"", "empty"),
        (APRIL[: len(APRIL) // 2], "cut_off"),
        (b"%PDF-1.7", "wrong_type"),
        (gzip.compress(APRIL), "wrong_type"),
        (APRIL + b" " * 100_000, "too_large"),
    ],
)
@pytest.mark.parametrize("write", [saved, foreign])
def test_what_is_not_the_page_is_refused_by_name(tmp_path: Path, write: Any, body: bytes, reason: str) -> None:
    found = read(write(tmp_path / "20240426103000.html", body))
    assert isinstance(found, Refused)
    assert (found.reason, found.at, found.is_suspect) == (reason, AT, reason != "too_large")
    assert "20240426103000.html" in found.source


def test_a_page_under_its_floors_is_refused(tmp_path: Path) -> None:
    few = b"<html><head><title>" + TITLE.encode() + b"</title></head><body><main><h1>" + TITLE.encode() + b"</h1>"
    few += "<h2>1 地域活性化</h2><h3>施策</h3><p>説明</p></main></body></html>".encode()
    found = read(saved(tmp_path / "20240426.html", few), parser="support")
    assert isinstance(found, Refused)
    assert (found.reason, found.is_suspect) == ("below_floor", True)


def test_any_title_will_do_while_the_page_has_none(tmp_path: Path) -> None:
    assert isinstance(read(saved(tmp_path / "20240426.html", OTHER), title=None), PastReading)


@pytest.mark.parametrize("body", [MAINTENANCE, OTHER, APRIL.replace(b"</body>", b"").replace(b"</html>", b"")])
def test_a_page_that_a_person_vouches_for_is_taken(tmp_path: Path, body: bytes) -> None:
    file = saved(tmp_path / "20240426.html", body)
    assert isinstance(read(file), Refused)
    assert isinstance(read(file, accept=True), PastReading)


def test_not_even_a_person_makes_a_page_of_what_cannot_be_read(tmp_path: Path) -> None:
    assert isinstance(read(saved(tmp_path / "20240426.html", b"%PDF-1.7"), accept=True), Refused)


def test_what_was_taken_for_the_page_once_is_taken_again(tmp_path: Path) -> None:
    assert isinstance(read(warc(tmp_path / "own.warc", MAINTENANCE, outcome="suspect")), PastReading)


def test_a_body_seen_before_is_read_under_its_own_time(tmp_path: Path) -> None:
    sources = gather([warc(tmp_path / "own.warc", APRIL, OTHER, APRIL)], URL, at=None).sources
    reader = Reader(PageSettings(id="ict", url=URL), title=None, max_body=100_000, accept=False)
    one, _, again = (reader.read(source) for source in sources)
    assert isinstance(one, PastReading)
    assert isinstance(again, PastReading)
    assert (again.at - one.at, again.content) == (timedelta(days=2), one.content)


# Batches


def reading(body: bytes) -> PastReading:
    return PastReading(at=AT, url=URL, body=body, content=parse(APRIL, url=URL))


def test_a_batch_holds_at_most_200_pages() -> None:
    one = reading(b"")
    assert [len(batch) for batch in batches([one] * 401)] == [200, 200, 1]


def test_a_batch_holds_at_most_64_mb() -> None:
    one = reading(bytes(20 << 20))
    assert [len(batch) for batch in batches([one] * 7)] == [3, 3, 1]


def test_a_page_larger_than_a_batch_is_one_of_its_own() -> None:
    assert [len(batch) for batch in batches([reading(bytes(65 << 20)), reading(b"")])] == [1, 1]


def test_nothing_is_no_batch() -> None:
    assert list(batches([])) == []
