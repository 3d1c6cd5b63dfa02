"""The evidence of a change: what is in the zip, and that anyone can verify it."""

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from notify.evidence import bundle
from parsers import parse
from storage.changes import RecordedChange
from storage.errors import StorageError
from storage.observation import Observation, Problem
from storage.store import Store
from storage.thinning import Retention

URL = "https://www.soumu.go.jp/ict/index.html"
APRIL = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
NOVEMBER = datetime(2024, 11, 5, 0, 0, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html; charset=UTF-8"), ("ETag", '"1"'))
MONTH = Retention(checks=timedelta(days=30), bodies=timedelta(days=30))


def demo_page(at: datetime) -> bytes:
    return files("monitor.demo").joinpath(f"{at:%Y-%m-%d}.html").read_bytes()


def observed(at: datetime, **what: Any) -> Observation:
    given = {"http_status": 200, "final_url": URL, "headers": HEADERS}
    return Observation(page="ict", url=URL, name="支援施策", at=at, seconds=0.1, **(given | what))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """April's page, a notice of maintenance, November's page."""
    with Store.open(f"sqlite:///{tmp_path / 'monitor.db'}") as opened:
        april, november = demo_page(APRIL), demo_page(NOVEMBER)
        opened.save(observed(APRIL, body=april, content=parse(april, url=URL)), lambda *_: [])
        problem = Problem(kind="suspect", reason="maintenance", message="maintenance")
        opened.save(observed(NOVEMBER - timedelta(days=1), body=b"<p>closed</p>", problem=problem), lambda *_: [])
        opened.save(observed(NOVEMBER, body=november, content=parse(november, url=URL)), lambda *_: [])
        yield opened


@pytest.fixture
def amended(store: Store) -> RecordedChange:
    return next(store.changes(kinds=["plan.amended"]))


@pytest.fixture
def unpacked(store: Store, amended: RecordedChange, tmp_path: Path) -> Path:
    return unpack(bundle(store.evidence(amended.id), "ja"), tmp_path / "zip")


def unpack(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_it_holds_both_sides_and_every_entry_between(unpacked: Path) -> None:
    assert names(unpacked) == [
        *("SHA256SUMS", "after/body.html", "after/headers.txt", "after/record.json"),
        *("before/body.html", "before/headers.txt", "before/record.json"),
        *("chain/00000001.json", "chain/00000002.json", "chain/00000003.json", "change.json", "index.html"),
    ]


def test_bodies_and_headers_are_as_received(unpacked: Path) -> None:
    assert (unpacked / "before/body.html").read_bytes() == demo_page(APRIL)
    assert (unpacked / "after/body.html").read_bytes() == demo_page(NOVEMBER)
    assert (unpacked / "after/headers.txt").read_text() == 'Content-Type: text/html; charset=UTF-8\nETag: "1"\n'


def test_records_are_those_of_the_change(unpacked: Path, amended: RecordedChange) -> None:
    assert json.loads((unpacked / "before/record.json").read_bytes()) == amended.before
    assert json.loads((unpacked / "after/record.json").read_bytes()) == amended.after
    assert json.loads((unpacked / "change.json").read_bytes())["id"] == amended.id


def test_sha256sum_verifies_all_of_it(unpacked: Path) -> None:
    said = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=unpacked, capture_output=True, text=True, check=True
    )
    assert said.stdout.count(": OK") == len(names(unpacked)) - 1


def test_the_entries_hang_together_and_name_the_bodies(unpacked: Path) -> None:
    texts = [(unpacked / f"chain/0000000{number}.json").read_bytes() for number in (1, 2, 3)]
    entries = [json.loads(text) for text in texts]

    assert [entry["previous"] for entry in entries] == [None, *(hashlib.sha256(text).hexdigest() for text in texts[:2])]
    assert entries[0]["body_sha256"] == hashlib.sha256(demo_page(APRIL)).hexdigest()
    assert entries[2]["body_sha256"] == hashlib.sha256(demo_page(NOVEMBER)).hexdigest()


def test_the_last_entry_is_the_head_that_was_told(unpacked: Path, store: Store) -> None:
    assert hashlib.sha256((unpacked / "chain/00000003.json").read_bytes()).hexdigest() == store.head("ict")


def test_the_same_evidence_is_the_same_file(store: Store, amended: RecordedChange) -> None:
    first = bundle(store.evidence(amended.id), "ja")
    store.save(observed(NOVEMBER + timedelta(days=9), not_modified=True), lambda *_: [])

    assert bundle(store.evidence(amended.id), "ja") == first


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            [
                "富士通株式会社(全国5G・開発供給計画)の変更日が令和5年5月29日から令和6年1月23日になりました",
                *("2024年11月5日 9:00(日本時間)", "2024年4月26日 10:30(日本時間)", "令和5年5月29日変更"),
                *("sha256sum -c SHA256SUMS", "最後に確認した日時"),
            ],
        ),
        (
            "en",
            [
                *("5 November 2024, 09:00 (Japan time)", "26 April 2024, 10:30 (Japan time)", "令和5年5月29日変更"),
                *("sha256sum -c SHA256SUMS", "Last seen unchanged"),
            ],
        ),
    ],
)
def test_its_page_says_what_changed_when_and_how_to_verify_it(
    store: Store, amended: RecordedChange, tmp_path: Path, language: Any, words: list[str]
) -> None:
    folder = unpack(bundle(store.evidence(amended.id), language), tmp_path / "zip")
    page = (folder / "index.html").read_text(encoding="utf-8")
    hashes = [hashlib.sha256(demo_page(at)).hexdigest() for at in (APRIL, NOVEMBER)]

    assert [word for word in (*words, *hashes, store.head("ict")) if word not in page] == []


def test_nothing_of_a_page_reaches_the_evidences_page_as_markup(tmp_path: Path) -> None:
    link = '<a href="/{}.pdf">&lt;script&gt;alert(1)&lt;/script&gt;</a>'
    hostile = f"<html><title>T</title><h1>T</h1><ul><li>{link}</ul></html>"
    with Store.open(f"sqlite:///{tmp_path / 'monitor.db'}") as store:
        for number in (1, 2):
            body = hostile.format(number).encode()
            at = APRIL + timedelta(days=number)
            store.save(observed(at, body=body, content=parse(body, url=URL)), lambda *_: [])
        folder = unpack(bundle(store.evidence(1), "ja"), tmp_path / "zip")
    page = (folder / "index.html").read_text(encoding="utf-8")

    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_a_body_no_longer_kept_is_said_and_the_rest_is_verified(
    store: Store, amended: RecordedChange, tmp_path: Path
) -> None:
    kept = bundle(store.evidence(amended.id), "ja")
    for day in range(1, 21):
        other = demo_page(NOVEMBER).replace("令和6年1月23日変更".encode(), f"令和6年2月{day}日変更".encode())
        at = NOVEMBER + timedelta(days=day)
        store.save(observed(at, body=other, content=parse(other, url=URL)), lambda *_: [], retention=MONTH)
    store.save(observed(at + timedelta(days=100), not_modified=True), lambda *_: [], retention=MONTH)
    folder = unpack(bundle(store.evidence(amended.id), "ja"), tmp_path / "zip")

    gone = {"before/body.html", "after/body.html"} - set(names(folder))
    assert gone != set()
    assert "本文は残っていません" in (folder / "index.html").read_text(encoding="utf-8")
    assert set(names(unpack(kept, tmp_path / "kept"))) - set(names(folder)) == gone
    subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=True)


def test_a_change_without_a_body_after_it_has_what_there_is(store: Store, tmp_path: Path) -> None:
    missing = Problem(kind="failed", reason="http_404", message="404")
    for hours in (1, 2, 3):
        at = NOVEMBER + timedelta(hours=hours)
        store.save(observed(at, problem=missing, http_status=404), lambda *_: [])
    change = next(store.changes(kinds=["page.gone"]))
    folder = unpack(bundle(store.evidence(change.id), "ja"), tmp_path / "zip")

    assert [name for name in names(folder) if name.startswith(("before", "chain"))] == [
        *("before/body.html", "before/headers.txt", "chain/00000003.json")
    ]


def test_an_incident_of_a_page_never_received_is_told_without_bodies(tmp_path: Path) -> None:
    dead = Problem(kind="failed", reason="dns", message="no such host")
    with Store.open(f"sqlite:///{tmp_path / 'monitor.db'}") as store:
        for hours in (1, 2):
            at = APRIL + timedelta(hours=hours)
            store.save(observed(at, problem=dead, http_status=None, final_url=None), lambda *_: [])
        folder = unpack(bundle(store.evidence(1), "ja"), tmp_path / "zip")
    assert names(folder) == ["SHA256SUMS", "after/record.json", "change.json", "index.html"]


def damage(store: Store, statement: str) -> None:
    with store._database.writing() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE body SET data = CAST(substr(data, 1, length(data) - 2) || x'0000' AS BLOB) WHERE id = 3", "body 3"),
        ("UPDATE snapshot SET url = url || '?' WHERE id = 2", "snapshot 2"),
    ],
)
def test_damaged_evidence_is_refused(store: Store, amended: RecordedChange, statement: str, said: str) -> None:
    damage(store, statement)
    with pytest.raises(StorageError, match=f"{said} is not what was"):
        store.evidence(amended.id)


def test_an_unknown_change_is_said(store: Store) -> None:
    with pytest.raises(StorageError, match="no change 99"):
        store.evidence(99)
