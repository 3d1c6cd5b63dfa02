"""The chain of a page: every body received, in the order in which it was recorded, each vouching for those before."""

import hashlib
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text, update

from storage import chain, pages
from storage.bodies import THINNED
from storage.chain import Entry
from storage.errors import StorageError
from storage.tables import BODY, SNAPSHOT
from tests.storage.conftest import START

HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("X-Odd", 'a "b"\\ 東京'), ("Content-Type", "again"))
ENTRY = Entry(
    previous="0" * 64,
    url="https://www.soumu.example/支援.html",
    claimed_at=datetime(2024, 4, 26, 1, 30, tzinfo=UTC),
    recorded_at=datetime(2024, 4, 26, 1, 30, 0, 5, tzinfo=UTC),
    origin="live",
    http_status=200,
    headers=HEADERS,
    body_sha256="f" * 64,
)


def entries(store, page="support"):
    with store._database.reading() as connection:
        return list(chain.entries(connection, pages.find(connection, page).id, 0, 10**6))


def test_the_form_of_an_entry_is_the_one_that_published_hashes_rest_on():
    assert ENTRY.text().decode() == (
        '{"body_sha256":"' + "f" * 64 + '","claimed_at":"2024-04-26T01:30:00.000000+00:00",'
        '"headers":[["Content-Type","text/html; charset=utf-8"],["X-Odd","a \\"b\\"\\\\ \\u6771\\u4eac"],'
        '["Content-Type","again"]],"http_status":200,"origin":"live","previous":"' + "0" * 64 + '",'
        '"recorded_at":"2024-04-26T01:30:00.000005+00:00","url":"https://www.soumu.example/\\u652f\\u63f4.html"}'
    )
    assert ENTRY.sha256() == "4c26ee3227150b5f6fa49ee1ffce9f2e3ae492734b2ddf02952ffdeefabcf49e"


def test_sha256sum_finds_the_hash_of_an_entry(tmp_path):
    (tmp_path / "entry.json").write_bytes(ENTRY.text())
    said = subprocess.run(["sha256sum", "entry.json"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout.split()[0] == ENTRY.sha256()


def test_the_same_moment_in_another_zone_is_the_same_entry():
    japan = timezone(timedelta(hours=9))
    moved = replace(ENTRY, claimed_at=datetime(2024, 4, 26, 10, 30, tzinfo=japan))
    assert moved.sha256() == ENTRY.sha256()


def test_a_page_never_received_has_no_head(site, store):
    site.fails()
    assert (store.head(site.id), store.head("unknown")) == (None, None)


def test_each_entry_holds_what_was_received_and_the_hash_of_the_one_before(site, store):
    site.shows(site.plan("富士通"), body=b"first", headers=HEADERS)
    at = site.now
    site.shows(site.plan("日本電気"), body=b"second", final_url="https://elsewhere.example/")
    first, second = entries(store)

    assert (first.entry.previous, second.entry.previous) == (None, first.sha256)
    assert first.entry.headers == HEADERS
    assert second.entry == Entry(
        previous=first.sha256,
        url="https://elsewhere.example/",
        claimed_at=at,
        recorded_at=at,
        origin="live",
        http_status=200,
        headers=(),
        body_sha256=hashlib.sha256(b"second").hexdigest(),
    )
    assert store.head(site.id) == second.sha256 == second.entry.sha256()


def test_a_suspect_body_stands_in_the_chain(site, store):
    site.shows(site.plan("富士通"))
    good = store.head(site.id)
    site.looks_wrong()
    assert entries(store)[0].sha256 == good != store.head(site.id)


def test_what_brings_no_body_to_keep_leaves_the_head(site, store):
    site.shows(site.plan("富士通"), body=b"first")
    head = store.head(site.id)
    site.is_not_modified()
    site.shows(site.plan("富士通"), body=b"another counter")
    site.fails()
    assert store.head(site.id) == head


def test_the_chain_goes_by_recording_though_the_clock_is_set_back(site, store):
    site.shows(site.plan("富士通"), body=b"first")
    site.later(days=-3)
    site.shows(site.plan("日本電気"), body=b"second")
    first, second = entries(store)

    assert first.entry.claimed_at > second.entry.claimed_at
    assert second.entry.previous == first.sha256


def test_each_page_has_a_chain_of_its_own(site, store):
    site.shows(site.plan("富士通"), body=b"same")
    head = store.head(site.id)
    site.id = "other"
    site.shows(site.plan("日本電気"), body=b"same")

    assert entries(store, "other")[0].entry.previous is None
    assert store.head("support") == head


# Verifying


def flip(data, place=20):
    """The same with one bit flipped."""
    place %= len(data)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.fixture
def archive(site, store):
    """Five snapshots: two good, two suspect, one good."""
    for number in range(5):
        site.later(hours=1)
        if number in (2, 3):
            site.looks_wrong(body=b"<p>maintenance %d</p>" % number, headers=HEADERS)
        else:
            site.shows(site.plan(f"第{number}社"), body=b"<p>edition %d</p>" % number * 20, headers=HEADERS)
    return Archive(store)


class Archive:
    def __init__(self, store):
        self.store = store

    def value(self, table, row, column):
        with self.store._database.reading() as connection:
            return connection.execute(select(table.c[column]).where(table.c.id == row)).scalar_one()

    def set(self, table, row, **values):
        with self.store._database.writing() as connection:
            connection.execute(update(table).where(table.c.id == row).values(values))

    def flaws(self):
        return {flaw.snapshot: flaw.differs for flaw in self.store.verify().flaws}


def test_a_sound_archive_has_no_flaw(archive):
    found = archive.store.verify()
    assert (found.pages, found.snapshots, found.bodies, found.thinned, found.flaws) == (1, 5, 5, 0, [])


def test_a_bit_flipped_in_a_body_is_named_with_page_snapshot_and_time(archive, site):
    archive.set(BODY, 5, data=flip(archive.value(BODY, 5, "data")))
    (flaw,) = archive.store.verify().flaws

    assert (flaw.page, flaw.snapshot, flaw.at) == ("support", 5, site.now - timedelta(hours=1))
    assert "body 5" in flaw.differs


def test_what_rests_on_a_damaged_body_is_told_apart_from_it(archive):
    archive.set(BODY, 1, data=flip(archive.value(BODY, 1, "data")))
    flaws = archive.flaws()

    # The notices have nothing of the page in them.
    assert set(flaws) == {1, 2, 5}
    assert "difference from" not in flaws[1]
    assert all("difference from body" in flaws[snapshot] for snapshot in (2, 5))


@pytest.mark.parametrize(
    "altered",
    [
        {"url": "https://www.soumu.example/supporu.html"},
        {"http_status": 201},
        {"headers": [["Content-Type", "text/htmm"]]},
        {"claimed_at": datetime(2024, 4, 26, 1, 30, 0, 1, tzinfo=UTC)},
        {"recorded_at": datetime(2024, 4, 26, 1, 30, 0, 1, tzinfo=UTC)},
        {"origin": "import"},
        {"body_id": 1},
    ],
    ids=lambda altered: next(iter(altered)),
)
def test_a_snapshot_altered_in_any_way_is_named_and_no_other(archive, altered):
    archive.set(SNAPSHOT, 3, **altered)
    assert {snapshot: "not what was recorded" in differs for snapshot, differs in archive.flaws().items()} == {3: True}


def test_a_hash_altered_in_the_chain_is_told_apart_from_an_altered_snapshot(archive):
    archive.set(SNAPSHOT, 3, entry_sha256="0" + archive.value(SNAPSHOT, 3, "entry_sha256")[1:][::-1])
    assert archive.flaws() == {3: "the hash of its entry in the chain was altered, and nothing else of it"}


def test_an_altered_hash_of_a_body_is_named(archive):
    archive.set(BODY, 2, sha256="0" * 64)
    assert set(archive.flaws()) == {2}


def test_an_altered_size_is_named(archive):
    archive.set(BODY, 2, size=7)
    assert archive.flaws() == {2: "its body has 320 bytes, 7 are noted"}


def test_headers_that_cannot_be_read_are_named(archive):
    with archive.store._database.writing() as connection:
        connection.execute(text("UPDATE snapshot SET headers = :damaged WHERE id = 3"), {"damaged": b"damaged"})
    assert set(archive.flaws()) == {3}


def test_a_snapshot_removed_from_the_chain_is_noticed(archive):
    with archive.store._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM check_run")
        connection.exec_driver_sql("UPDATE change SET snapshot_after = NULL WHERE snapshot_after = 3")
        connection.exec_driver_sql("DELETE FROM snapshot WHERE id = 3")
    assert {snapshot: "removed" in differs for snapshot, differs in archive.flaws().items()} == {4: True}


def test_a_base_that_leads_back_to_itself_is_named(archive):
    archive.set(BODY, 1, base_id=2, format="zstd-delta")
    assert {1, 2} <= set(archive.flaws())


def test_a_thinned_body_is_counted_and_no_flaw(archive):
    archive.set(BODY, 5, format=THINNED, data=b"", base_id=None, steps=1)
    found = archive.store.verify()
    assert (found.thinned, found.flaws) == (1, [])


def test_a_hash_altered_under_a_thinned_body_is_noticed(archive):
    archive.set(BODY, 5, format=THINNED, data=b"", base_id=None, steps=1)
    archive.set(BODY, 5, sha256="0" * 64)
    assert set(archive.flaws()) == {5}


def test_a_bit_flipped_in_the_file_itself_is_named(archive, file):
    """Past the database: the very byte on the disk."""
    data = archive.value(BODY, 5, "data")
    archive.store.close()
    raw = file.read_bytes()
    assert raw.count(data) == 1
    file.write_bytes(raw.replace(data, flip(data)))

    assert set(archive.flaws()) == {5}


DAMAGE = {
    "a change's words": "UPDATE change SET told = X'28B52FFD00'",
    "a record's words": "UPDATE record_version SET record = X'28B52FFD00' WHERE id = 1",
    "a version's records": "UPDATE version SET record_order = '[]' WHERE number = 1",
    "a record": "DELETE FROM record_version WHERE id = 1",
    "a version": "DELETE FROM version WHERE number = 1",
    "a snapshot": "DELETE FROM snapshot WHERE id = 2",
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_is_derived_is_looked_at_too(site, store, file, what):
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    assert store.verify().damaged == []
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(DAMAGE[what])
        connection.commit()

    assert store.verify().damaged != []


@pytest.mark.parametrize("what", ["a change's words", "a record's words", "a version's records"])
def test_what_is_damaged_is_an_error_that_says_so(site, store, file, what):
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(DAMAGE[what])
        connection.commit()

    with pytest.raises(StorageError, match="damaged or was altered"):
        [*store.changes(), *store.records(site.id), *store.records(site.id, as_of=START)]
