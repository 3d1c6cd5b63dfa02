"""A database of every earlier schema, with data in it, answers as before once it is brought up to date."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.runtime.migration import HeadMaintainer
from sqlalchemy import Connection, inspect, text

from storage import backup
from storage.engine import Database
from storage.errors import StorageError
from storage.migrations import HEAD
from storage.store import Store
from tests.storage.answers import answers, lacks
from tests.storage.conftest import START, Site

DAY = timedelta(days=1)

# Each made by the program of its time: the database as `sqlite3 FILE .dump` or `pg_dump --inserts` writes it, and
# `answers` of it as JSON. Whoever adds a migration makes them of the schema before, by schemas/make.py.
SCHEMAS = Path(__file__).parent / "schemas"
OF_POSTGRESQL = sorted(path.name.split(".")[0] for path in SCHEMAS.glob("*.postgresql.sql"))
OF_SQLITE = sorted(path.stem for path in SCHEMAS.glob("*.sql") if ".postgresql" not in path.name)


@dataclass(frozen=True)
class Old:
    """A database of an earlier schema that nothing has opened yet."""

    schema: str
    url: str

    @property
    def answers(self):
        return json.loads((SCHEMAS / f"{self.schema}.answers.json").read_text(encoding="utf-8"))


def filled_file(file, schema):
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((SCHEMAS / f"{schema}.sql").read_text(encoding="utf-8"))
    return Old(schema, f"sqlite:///{file}")


def filled_server(server, schema):
    url = server.fresh()
    server.execute((SCHEMAS / f"{schema}.postgresql.sql").read_text(encoding="utf-8"), url=url)
    return Old(schema, url)


@pytest.fixture(
    params=[*(("sqlite", schema) for schema in OF_SQLITE), *(("postgresql", schema) for schema in OF_POSTGRESQL)],
    ids="-".join,
)
def old(request):
    """One on each engine that had the schema."""
    engine, schema = request.param
    if engine == "sqlite":
        yield filled_file(request.getfixturevalue("file"), schema)
    else:
        server = request.getfixturevalue("server")
        yield filled_server(server, schema)
        server.forget()


@pytest.fixture
def new_url(old, tmp_path, request):
    """Of an empty database on the engine of `old`."""
    if old.url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'new.db'}"
    return request.getfixturevalue("server").fresh()


@pytest.fixture(params=OF_SQLITE)
def old_file(request, file):
    return filled_file(file, request.param)


@contextmanager
def looked_into(url) -> Iterator[Connection]:
    """Past the store, which would bring it up to date."""
    with closing(Database(url, create=False)) as database, database.reading() as connection:
        yield connection


def content(url):
    """Every row of every table."""
    with looked_into(url) as connection:
        return {
            table: sorted(map(repr, connection.execute(text(f"SELECT * FROM {table}"))))
            for table in inspect(connection).get_table_names()
        }


def shape(url):
    """Tables, columns, keys and indexes in no order: what a migration adds to a table stands at its end."""
    with looked_into(url) as connection:
        inspector = inspect(connection)
        return {
            table: {
                "columns": {(row["name"], str(row["type"]), row["nullable"]) for row in inspector.get_columns(table)},
                "key": inspector.get_pk_constraint(table),
                "unique": sorted(map(plain, inspector.get_unique_constraints(table))),
                "foreign": sorted(map(plain, inspector.get_foreign_keys(table))),
                "indexes": sorted(map(plain, inspector.get_indexes(table))),
            }
            for table in inspector.get_table_names()
        }


def plain(value):
    """Some conditions of indexes are objects, alike by their words."""
    return json.dumps(value, default=str, sort_keys=True)


def schema_of(url):
    with looked_into(url) as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()


def copies(file):
    return [path.name for path in file.parent.iterdir() if "bak" in path.name]


def test_there_is_a_database_of_every_earlier_schema():
    earlier = [f"{number:04}" for number in range(1, int(HEAD))]

    assert earlier == OF_SQLITE
    # The program came to PostgreSQL with 0002.
    assert earlier[1:] == OF_POSTGRESQL


# What was there


def test_every_query_answers_as_before(old):
    with Store.open(old.url) as store:
        assert list(lacks(old.answers, answers(store))) == []


def test_what_was_received_is_chained_and_verified(old):
    with Store.open(old.url) as store:
        found = store.verify()
        assert (found.snapshots > 5, found.flaws) == (True, [])
        assert store.head("support") is not None


def test_the_next_check_goes_on_where_the_old_program_stopped(old):
    with Store.open(old.url) as store:
        site = Site(store)
        site.later(days=365)
        records = store.records(site.id)
        saved = site.shows(*records)
        changed = site.shows(*records, site.plan("ノキア"))

        assert saved.outcome == "unchanged"
        assert [change.change for change in changed.changes] == ["plan.added"]
        assert changed.changes[0].id > max(change["id"] for change in old.answers["changes"])
        assert store.verify().flaws == []


def test_what_waits_goes_out_once_and_what_is_done_never_again(old):
    waiting = [row["id"] for row in old.answers["deliveries"] if row["status"] in ("waiting", "claimed")]
    later = START + timedelta(days=365)
    with Store.open(old.url) as store:
        claimed = []
        while delivery := store.claim(later, "another-host/2/1.00", lease=timedelta(minutes=10)):
            store.sent(delivery.id, later, "250")
            claimed.append(delivery.id)

    assert sorted(claimed) == waiting != []


def test_messages_are_about_changes_and_dead_ones_are_no_news(old):
    if old.schema >= "0004":
        pytest.skip("it has digests, and tells of dead messages, itself")
    with Store.open(old.url) as store:
        found = store.deliveries()
        assert {(delivery.kind, delivery.window) for delivery in found} == {("changes", None)}
        assert "dead" in {delivery.status for delivery in found}
        assert store.report(START, lambda dead, bounced: [dead[0]]) == 0


def test_who_was_told_before_is_known_since_then(old):
    with Store.open(old.url) as store:
        first = {}
        for delivery in store.deliveries():
            if delivery.channel == "subscriber":
                first[delivery.subscriber] = min(delivery.created_at, first.get(delivery.subscriber, START + 999 * DAY))
        assert store.known_since(set(first), START + 999 * DAY) == first


def test_an_incident_of_the_service_can_be_noted(old):
    with Store.open(old.url) as store:
        before = store.incidents(open_only=False)
        store.condition("disk.full", "5 MB free", START, lambda incident, phase: [])
        assert [incident.page for incident in store.incidents(open_only=False)[len(before) :]] == [None]


# The way there


def test_the_schema_is_that_of_a_new_database(old, new_url):
    Store.open(old.url).close()
    Store.open(new_url).close()

    assert shape(old.url) == shape(new_url)


def test_every_row_that_is_referred_to_is_there(old_file, file):
    Store.open(old_file.url).close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migration_that_breaks_off_leaves_the_old_database_as_it_was(old, monkeypatch):
    before = content(old.url), shape(old.url)

    def broken(maintainer, step):
        raise RuntimeError("broken off")

    with monkeypatch.context() as patch:
        # All that the first migration has to do is then done.
        patch.setattr(HeadMaintainer, "update_to_step", broken)
        with pytest.raises(RuntimeError, match="broken off"):
            Store.open(old.url)

    assert (content(old.url), shape(old.url)) == before
    with Store.open(old.url) as store:
        assert list(lacks(old.answers, answers(store))) == []


def test_of_several_that_open_it_at_once_one_migrates_it(old):
    found, start = [], threading.Barrier(3)

    def run():
        start.wait()
        with Store.open(old.url) as store:
            found.append(list(store.changes(include_operators=True)))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 3
    assert found[0] == found[1] == found[2] != []


def test_without_leave_to_migrate_it_is_refused_and_stays_as_it_is(old):
    before = content(old.url)
    with pytest.raises(StorageError, match=f"has schema {old.schema}"):
        Store.open(old.url, migrate=False)

    assert content(old.url) == before


def test_a_newer_database_is_refused_and_not_changed(url):
    Store.open(url).close()
    with closing(Database(url, create=False)) as database, database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = content(url)
    with pytest.raises(StorageError, match="newer version"):
        Store.open(url)

    assert schema_of(url) == "9999"
    assert content(url) == before


# The copy of a file


def test_a_copy_of_the_old_state_is_made_first(old_file, file):
    before = content(old_file.url)
    Store.open(old_file.url).close()
    copy = file.with_name(f"monitor.db.schema-{old_file.schema}.bak")

    assert content(f"sqlite:///{copy}") == before
    assert backup.schema_of(copy) == old_file.schema


def test_a_copy_that_cannot_be_made_stops_the_migration(old_file, file):
    file.with_name(f"monitor.db.schema-{old_file.schema}.bak").mkdir()
    with pytest.raises(StorageError, match="is a folder"):
        Store.open(old_file.url)

    assert schema_of(old_file.url) == old_file.schema


def test_a_new_database_and_a_current_one_are_not_copied(url, file):
    Store.open(url).close()
    Store.open(url).close()

    assert copies(file) == []


def test_a_newer_database_is_not_copied(url, file):
    Store.open(url).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StorageError, match="newer version"):
        Store.open(url)

    assert copies(file) == []
