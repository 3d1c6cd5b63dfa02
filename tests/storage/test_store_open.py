"""Opening a database: what is made, what is refused, and in which words."""

import os
import sqlite3
import subprocess
import sys

import pytest

from parsers.errors import MonitorError
from storage.errors import StorageError
from storage.migrations import HEAD
from storage.store import Store


def test_the_folder_and_the_file_are_made(url, file):
    with Store.open(url):
        assert file.exists()


def test_the_file_is_in_wal_mode_and_every_commit_reaches_the_disk(store, file):
    with store._database.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60000}


def test_a_write_transaction_holds_the_lock_from_its_beginning(store, file):
    other = sqlite3.connect(file, timeout=0, isolation_level=None)
    with store._database.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_read_transaction_holds_nobody_up(store, site, file):
    site.shows(site.plan("富士通"))
    other = sqlite3.connect(file, timeout=0, isolation_level=None)
    with store._database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM page").all()
        other.execute("BEGIN IMMEDIATE")
        other.execute("COMMIT")
    other.close()


def test_an_up_to_date_database_opens_without_alembic(url):
    Store.open(url).close()
    code = (
        "import sys; from storage.store import Store;Store.open(sys.argv[1]).close(); print('alembic' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, url],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "False"


def refused(url, **options):
    with pytest.raises(StorageError) as caught:
        Store.open(url, **options)
    assert isinstance(caught.value, MonitorError)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(url, file):
    file.parent.mkdir()
    file.write_bytes(b"these are 24 ordinary bytes" * 100)
    before = file.read_bytes()

    assert "not an SQLite database" in refused(url)
    assert file.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(url, file):
    file.parent.mkdir()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (id)")
    connection.close()

    assert "another program" in refused(url)
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    connection.close()


@pytest.mark.parametrize("migrate", [True, False])
def test_a_newer_schema_is_refused_and_left_alone(url, file, migrate):
    Store.open(url).close()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()

    assert "9999" in refused(url, migrate=migrate)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    connection.close()


def test_a_missing_database_is_not_made_unless_asked(url, file):
    assert "no database yet" in refused(url, migrate=False)
    assert not file.parent.exists()


def test_an_empty_file_is_not_filled_unless_asked(url, file):
    file.parent.mkdir()
    file.touch()
    assert HEAD in refused(url, migrate=False)


def test_a_folder_in_the_place_of_the_file_is_said(url, file):
    file.mkdir(parents=True)
    assert "a folder stands" in refused(url)


def test_a_folder_that_cannot_be_made_is_said(url, file):
    file.parent.write_text("a file")
    assert str(file.parent) in refused(url)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url):
    assert "memory" in refused(url)


def test_another_kind_of_database_is_refused_without_its_password():
    for scheme in ("mysql", "postgresql+psycopg2"):
        message = refused(f"{scheme}://monitor:hunter2@db.example/monitor")
        assert f"{scheme} is not supported" in message
        assert "hunter2" not in message


@pytest.mark.parametrize("url", ["monitor:hunter2", "postgresql://monitor:hunter2@db.example:port/monitor"])
def test_what_is_no_url_is_refused_without_showing_it(url):
    message = refused(url)
    assert "no database URL" in message
    assert "hunter2" not in message


def test_a_body_altered_in_the_database_is_noticed(store, site, file):
    site.shows(site.plan("富士通"))
    connection = sqlite3.connect(file)
    connection.execute("UPDATE body SET data = CAST(substr(data, 1, length(data) - 1) || x'00' AS BLOB)")
    connection.commit()
    connection.close()

    with pytest.raises(StorageError, match="not what was stored"):
        store.last_good_body(site.id)


def test_a_damaged_database_is_said(store, site, url, file):
    site.shows(*[site.document(f"様式{n}", f"https://a.example/{n}") for n in range(500)])
    store.close()
    with file.open("r+b") as raw:
        raw.seek(8192)
        raw.write(b"\xff" * (file.stat().st_size - 8192))

    with pytest.raises(StorageError, match="damaged"), Store.open(url) as again:
        again.records(site.id)
