"""Copies of a database in use. Run as a program, this module is the one that uses it."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from parsers.records import Page, Plan
from storage import backup
from storage.errors import StorageError
from storage.migrations import HEAD
from storage.observation import Draft, FrozenMessage, Observation
from storage.store import Store

# On SQLite alone: a server has tools of its own.
pytestmark = pytest.mark.usefixtures("file")

START = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
WORDS = FrozenMessage(subject="件名", text="本文", html=None)


def observation(number):
    """The page with as many plans as the number says, all with the same note."""
    plans = [
        Plan(key=f"plan|{place}", path=(), title=f"第{place}社", note=f"第{number}版", position=place)
        for place in range(50)
    ]
    content = Page(
        url="https://a.example/",
        title="支援策",
        charset="utf-8",
        parser="support",
        parser_version=1,
        coverage=1.0,
        records=tuple(plans),
    )
    return Observation(
        page="support",
        url="https://a.example/",
        name="支援策",
        at=START + timedelta(minutes=number),
        seconds=0.1,
        http_status=200,
        final_url="https://a.example/",
        body=os.urandom(20_000) + str(number).encode(),
        content=content,
    )


def to_the_desk(page, changes):
    ids = tuple(change.id for change in changes)
    return [Draft(destination="desk#1", subscriber="desk", channel="subscriber", change_ids=ids, language="ja")]


def main():
    """Save version after version until killed; each is told on stdout once it is stored."""
    with Store.open(sys.argv[1]) as store:
        number = 0
        while True:
            store.save(observation(number), to_the_desk)
            print(number, flush=True)
            number += 1


@pytest.fixture
def writer(url):
    child = subprocess.Popen(
        [sys.executable, __file__, url],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    yield child
    child.kill()
    child.communicate()


def is_whole(store):
    """Whether the copy is a state that the database once had: no half of a check."""
    state = store.state("support")
    notes = {record.note for record in store.records("support")}
    changes = list(store.changes())
    return (
        notes == {f"第{state.version - 1}版"}
        and len(changes) == 50 * (state.version - 1)
        and [number for delivery in store.deliveries() for number in delivery.change_ids]
        == [change.id for change in changes]
        and store.verify().flaws == []
    )


def test_copies_of_a_database_that_is_written_to_are_whole_and_hold_what_was_stored(writer, url, file, tmp_path):
    for _ in range(3):
        stored = int(writer.stdout.readline())
    versions = []
    for number in range(4):
        copy = tmp_path / f"copy{number}.db"
        backup.backup(url, copy)
        with Store.open(f"sqlite:///{copy}", migrate=False) as store:
            assert is_whole(store)
            versions.append(store.state("support").version)

    assert versions[0] > stored
    assert versions == sorted(set(versions))
    assert writer.poll() is None


def test_a_copy_is_one_file_and_says_what_it_is(site, url, tmp_path):
    site.shows(site.plan("富士通"))
    (tmp_path / "backup").mkdir()
    made = backup.backup(url, tmp_path / "backup" / "copy.db")

    assert [path.name for path in (tmp_path / "backup").iterdir()] == ["copy.db"]
    assert (made.size, made.schema) == (made.file.stat().st_size, HEAD)


def test_a_restored_copy_sends_nothing_that_was_sent(site, store, url, tmp_path):
    site.shows(site.plan("富士通"))
    for number in range(3):
        site.shows(site.plan("富士通", f"令和6年1月{number + 1}日変更", f"2024-01-0{number + 1}"))
    for _ in range(2):
        delivery = store.claim(site.now, "host/1/1", lease=timedelta(hours=1))
        store.freeze(delivery.id, WORDS, f"<{delivery.id}@example.jp>")
        store.sent(delivery.id, site.now, "250 kept")
    backup.backup(url, tmp_path / "copy.db")

    restored = tmp_path / "elsewhere" / "monitor.db"
    restored.parent.mkdir()
    (tmp_path / "copy.db").rename(restored)
    with Store.open(f"sqlite:///{restored}") as again:
        assert again.deliveries() == store.deliveries()
        assert again.claim(site.now, "host/2/2", lease=timedelta(hours=1)).id == 3
        assert again.claim(site.now, "host/2/2", lease=timedelta(hours=1)) is None


def test_a_restored_copy_goes_on_watching(site, store, url, tmp_path):
    site.shows(site.plan("富士通"))
    backup.backup(url, tmp_path / "copy.db")
    with Store.open(f"sqlite:///{tmp_path / 'copy.db'}") as again:
        site.store = again
        assert site.is_not_modified().outcome == "unchanged"
        assert [change.change for change in site.shows(site.plan("富士通"), site.plan("日本電気")).changes] == [
            "plan.added"
        ]


def test_an_older_copy_is_replaced(site, url, tmp_path):
    site.shows(site.plan("富士通"))
    backup.backup(url, tmp_path / "copy.db")
    site.shows(site.plan("日本電気"))
    backup.backup(url, tmp_path / "copy.db")

    with Store.open(f"sqlite:///{tmp_path / 'copy.db'}") as again:
        assert [record.title for record in again.records(site.id)] == ["日本電気"]


def test_the_database_itself_is_never_the_copy(site, url, file, tmp_path):
    site.shows(site.plan("富士通"))
    (tmp_path / "link.db").symlink_to(file)
    for target in (file, tmp_path / "link.db"):
        with pytest.raises(StorageError, match="is the database itself"):
            backup.backup(url, target)

    assert [record.title for record in site.store.records(site.id)] == ["富士通"]


def test_a_file_that_is_no_copy_is_left_alone(store, url, tmp_path):
    (tmp_path / "config.toml").write_text("[monitor]\n")
    with pytest.raises(StorageError, match="no copy of a database"):
        backup.backup(url, tmp_path / "config.toml")

    assert (tmp_path / "config.toml").read_text() == "[monitor]\n"


def test_a_folder_that_is_not_there_is_said(store, url, tmp_path):
    with pytest.raises(StorageError, match="nowhere"):
        backup.backup(url, tmp_path / "nowhere" / "copy.db")


def test_a_missing_database_is_not_copied(url, tmp_path):
    with pytest.raises(StorageError, match="no database yet"):
        backup.backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    assert list(tmp_path.glob("*.db")) == []


def test_another_programs_database_is_not_copied(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE bookmarks (id)")
    with pytest.raises(StorageError, match="no database of this program"):
        backup.backup(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_database_on_a_server_is_left_to_its_own_tools(tmp_path):
    with pytest.raises(StorageError, match="pg_dump"):
        backup.backup("postgresql://monitor:hunter2@db.example/monitor", tmp_path / "copy.db")


def test_a_damaged_database_does_not_replace_a_sound_copy(site, store, url, file, tmp_path):
    site.shows(*[site.document(f"様式{number}", f"https://a.example/{number}") for number in range(300)])
    backup.backup(url, tmp_path / "copy.db")
    sound = (tmp_path / "copy.db").read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_snapshot_page_id'").fetchone()
    store.close()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * 4096)
        raw.write(b"\xa5" * 4096)
    with pytest.raises(StorageError, match="damaged"):
        backup.backup(url, tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_bytes() == sound
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


def test_a_copy_that_is_killed_leaves_the_older_copy(site, store, url, tmp_path):
    site.shows(site.plan("富士通"))
    backup.backup(url, tmp_path / "copy.db")
    sound = (tmp_path / "copy.db").read_bytes()
    site.shows(site.plan("日本電気"))
    # Killed when all is copied, before the copy takes its place.
    code = (
        "import os, signal, sys; from pathlib import Path; from storage import backup\n"
        "backup._schema = lambda connection: os.kill(os.getpid(), signal.SIGKILL)\n"
        "backup.backup(sys.argv[1], Path(sys.argv[2]))"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, url, tmp_path / "copy.db"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "copy.db").read_bytes() == sound


if __name__ == "__main__":
    main()
