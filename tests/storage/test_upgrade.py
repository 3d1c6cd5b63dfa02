"""A database of every earlier schema, with data in it, answers as before once it is brought up to date."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import backup
from storage.errors import StorageError
from storage.migrations import HEAD
from storage.store import Store
from tests.storage.answers import answers, lacks

# Each made by the program of its time: the database as `sqlite3 FILE .dump` writes it, and `answers` of it as JSON.
# Whoever adds a migration makes them of the schema before.
SCHEMAS = Path(__file__).parent / "schemas"
EARLIER = sorted(path.stem for path in SCHEMAS.glob("*.sql"))


def fill(file, schema):
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((SCHEMAS / f"{schema}.sql").read_text(encoding="utf-8"))


@pytest.fixture(params=EARLIER)
def schema(request, file):
    fill(file, request.param)
    return request.param


def rows(file, query):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_there_is_a_database_of_every_earlier_schema():
    assert [f"{number:04}" for number in range(1, int(HEAD))] == EARLIER


def test_every_query_answers_as_before(schema, url):
    expected = json.loads((SCHEMAS / f"{schema}.answers.json").read_text(encoding="utf-8"))
    with Store.open(url) as store:
        assert list(lacks(expected, answers(store))) == []


def test_what_was_received_is_chained_and_verified(schema, url):
    with Store.open(url) as store:
        found = store.verify()
        assert (found.snapshots > 5, found.flaws) == (True, [])
        assert store.head("support") is not None


def test_the_next_check_goes_on_where_the_old_program_stopped(schema, url, site):
    site.store = Store.open(url)
    records = site.store.records(site.id)
    site.later(days=30)
    saved = site.shows(*records)
    changed = site.shows(*records, site.plan("ノキア"))

    assert saved.outcome == "unchanged"
    assert [change.change for change in changed.changes] == ["plan.added"]
    site.store.close()


def test_the_schema_is_that_of_a_new_database(schema, url, file, tmp_path):
    Store.open(url).close()
    Store.open(f"sqlite:///{tmp_path / 'new.db'}").close()

    shapes = [
        {
            (table, row[1], row[2], row[3], row[5])
            for (table,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
            for row in rows(path, f"PRAGMA table_info({table})")
        }
        for path in (file, tmp_path / "new.db")
    ]
    assert shapes[0] == shapes[1]
    assert rows(file, "PRAGMA foreign_key_check") == []


def test_a_copy_of_the_old_state_is_made_first(schema, url, file):
    before = rows(file, "SELECT * FROM snapshot")
    Store.open(url).close()
    copy = file.with_name(f"monitor.db.schema-{schema}.bak")

    assert rows(copy, "SELECT * FROM snapshot") == before
    assert backup.schema_of(copy) == schema


def test_a_copy_that_cannot_be_made_stops_the_migration(schema, url, file):
    file.with_name(f"monitor.db.schema-{schema}.bak").mkdir()
    with pytest.raises(StorageError, match="is a folder"):
        Store.open(url)

    assert rows(file, "SELECT version_num FROM alembic_version") == [(schema,)]


def test_a_migration_that_breaks_off_leaves_the_old_database_as_it_was(schema, url, file, monkeypatch):
    before = list(sqlite3.connect(file).iterdump())

    def broken(entry):
        raise RuntimeError("broken off")

    with monkeypatch.context() as patch:
        patch.setattr("storage.chain.Entry.sha256", broken)
        with pytest.raises(RuntimeError, match="broken off"):
            Store.open(url)
    with closing(sqlite3.connect(file)) as connection:
        assert list(connection.iterdump()) == before
    with Store.open(url) as store:
        assert store.verify().flaws == []


def test_a_new_database_and_a_current_one_are_not_copied(url, file):
    Store.open(url).close()
    Store.open(url).close()

    assert [path.name for path in file.parent.iterdir() if "bak" in path.name] == []


def test_a_newer_database_is_neither_copied_nor_changed(url, file):
    Store.open(url).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StorageError, match="newer version"):
        Store.open(url)

    assert rows(file, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert [path.name for path in file.parent.iterdir() if "bak" in path.name] == []
