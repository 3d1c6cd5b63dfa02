"""The schema's history agrees with the tables, and is applied whole or not at all."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

import storage.migrations
from storage.migrations import HEAD
from storage.store import Store
from storage.tables import metadata


def test_the_constant_names_the_newest_revision():
    scripts = ScriptDirectory(str(Path(storage.migrations.__file__).parent))

    assert scripts.get_heads() == [HEAD]


def test_a_migrated_database_has_the_tables_of_the_program(store):
    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, metadata)
        # An index of PostgreSQL cannot hold a long key: there it holds the key's MD5, which the tables do not say.
        over_md5 = [difference for difference in differences if "uq_record_version_current" in str(difference)]
        assert [difference for difference in differences if difference not in over_md5] == []
        assert len(over_md5) == (2 if connection.dialect.name == "postgresql" else 0)


def test_partial_indexes_are_in_the_migrated_database(store, file):
    connection = sqlite3.connect(file)
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE UNIQUE INDEX%WHERE%NULL%'"
    ).fetchall()
    connection.close()

    assert sorted(name for (name,) in rows) == [
        "uq_delivery_digest",
        "uq_incident_open",
        "uq_incident_open_of_service",
        "uq_record_version_current",
        "uq_standing_whole",
    ]


def test_a_migration_that_breaks_off_leaves_nothing_behind(url, file, monkeypatch):
    create_table, made = Operations.create_table, []

    def breaking(operations, name, *columns, **options):
        if len(made) == 5:
            raise RuntimeError("broken off")
        made.append(name)
        return create_table(operations, name, *columns, **options)

    monkeypatch.setattr(Operations, "create_table", breaking)
    with pytest.raises(RuntimeError, match="broken off"):
        Store.open(url)

    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()


def test_after_a_migration_that_broke_off_the_next_open_succeeds(url, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Operations, "create_index", _refuse)
        with pytest.raises(RuntimeError, match="refused"):
            Store.open(url)

    with Store.open(url) as store:
        assert store.states() == []


def _refuse(*args, **kwargs):
    raise RuntimeError("refused")
