"""`evidence`, `backup`, `migrate` and `doctor --deep`: what the commands say and leave behind."""

import hashlib
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from parsers import parse
from storage.migrations import HEAD
from storage.observation import Observation, Problem
from storage.store import Store
from tests.monitor.command_line import Command, command_in

URL = "https://www.soumu.go.jp/ict/index.html"
APRIL = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
NOVEMBER = datetime(2024, 11, 5, 0, 0, tzinfo=UTC)
AMENDED = "4"
"""The id of the change that amends 富士通's plan."""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line in a folder with a config.toml."""
    configure(tmp_path, "")

    return command_in(tmp_path, monkeypatch, capsys)


def configure(folder: Path, settings: str, url: str = URL) -> None:
    text = f'[fetch]\nallow_private = true\nmin_interval = 0.0\n{settings}\n[[pages]]\nid = "ict"\nurl = "{url}"\n'
    (folder / "config.toml").write_text(text, encoding="utf-8")


def seen(at: datetime, **what: Any) -> Observation:
    return Observation(page="ict", url=URL, name="支援施策", at=at, seconds=0.1, http_status=200, final_url=URL, **what)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The page of April and that of November."""
    file = tmp_path / "data" / "monitor.db"
    with Store.open(f"sqlite:///{file}") as store:
        for at in (APRIL, NOVEMBER):
            body = files("monitor.demo").joinpath(f"{at:%Y-%m-%d}.html").read_bytes()
            store.save(seen(at, body=body, content=parse(body, url=URL)), lambda *_: [])
    return file


def changed(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


# evidence


def test_evidence_is_a_zip_named_after_the_change(command: Command, database: Path, tmp_path: Path) -> None:
    ended = command("evidence", AMENDED)
    content = (tmp_path / f"evidence-{AMENDED}.zip").read_bytes()

    assert ended.status == 0
    assert hashlib.sha256(content).hexdigest() in ended.out
    assert "index.html" in ended.out


def test_evidence_goes_where_it_is_asked_for(command: Command, database: Path, tmp_path: Path) -> None:
    shown = command("evidence", AMENDED, "--output", "proof.zip", "--json").json
    content = (tmp_path / "proof.zip").read_bytes()

    assert shown == {
        "change": 4,
        "file": "proof.zip",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


@pytest.mark.parametrize(
    ("settings", "options", "words"),
    [
        ("", [], "変更日"),
        ("", ["--language", "en"], "Last seen unchanged"),
        ('[monitor]\nlanguage = "en"', [], "Last seen unchanged"),
    ],
)
def test_evidence_speaks_the_language_asked_for(
    command: Command, database: Path, tmp_path: Path, settings: str, options: list[str], words: str
) -> None:
    configure(tmp_path, settings)
    command("evidence", AMENDED, *options)
    with zipfile.ZipFile(tmp_path / "evidence-4.zip") as archive:
        assert words in archive.read("index.html").decode()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["99"], "no change 99"),
        (["x"], "CHANGE"),
        ([AMENDED, "--output", "data"], "data"),
        ([AMENDED, "--output", "nowhere/proof.zip"], "nowhere"),
        ([AMENDED, "--language", "fr"], "fr"),
    ],
)
def test_evidence_that_cannot_be_made_is_one_line(
    command: Command, database: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    ended = command("evidence", *arguments)
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert words in ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml", "data"]


# backup


def test_backup_says_what_it_wrote(command: Command, database: Path, tmp_path: Path) -> None:
    ended = command("backup", "copy.db", "--json")
    assert ended.json == {"file": "copy.db", "size": (tmp_path / "copy.db").stat().st_size, "schema": HEAD}


def test_a_restored_backup_answers_as_the_database_did(command: Command, database: Path, tmp_path: Path) -> None:
    before = command("changes", "--json").json
    command("backup", "copy.db")
    for file in database.parent.iterdir():
        file.unlink()
    (tmp_path / "copy.db").rename(database)

    assert command("changes", "--json").json == before


def test_a_backup_over_the_database_is_refused(command: Command, database: Path) -> None:
    ended = command("backup", "data/monitor.db")
    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert "is the database itself" in ended.err


def test_a_backup_of_nothing_is_refused(command: Command, tmp_path: Path) -> None:
    assert command("backup", "copy.db").status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_a_backup_leaves_an_old_schema_as_it_is(command: Command, tmp_path: Path) -> None:
    old_database(tmp_path)
    assert command("backup", "copy.db", "--json").json["schema"] == "0001"


# migrate


def old_database(folder: Path) -> None:
    """A database of the first schema."""
    (folder / "data").mkdir()
    sql = Path(__file__).parents[1] / "storage" / "schemas" / "0001.sql"
    with closing(sqlite3.connect(folder / "data" / "monitor.db")) as connection:
        connection.executescript(sql.read_text(encoding="utf-8"))


def test_migrate_names_the_copy_it_made_first(command: Command, tmp_path: Path) -> None:
    old_database(tmp_path)
    ended = command("migrate")

    assert ended.status == 0
    assert "data/monitor.db.schema-0001.bak" in ended.out
    assert (tmp_path / "data" / "monitor.db.schema-0001.bak").exists()


def test_migrate_of_a_current_database_copies_nothing(command: Command, database: Path) -> None:
    ended = command("migrate")
    assert (ended.status, ".bak" in ended.out) == (0, False)


# doctor --deep


def findings(command: Command, *options: str) -> list[str]:
    found = command("doctor", "--json", *options).json["findings"]
    return [f"{item['level']}: {item['what']}: {item['found']}" for item in found]


@pytest.fixture
def healthy(command: Command, database: Path, tmp_path: Path) -> Iterator[Path]:
    """A database, and a site that answers."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        configure(tmp_path, "", f"http://127.0.0.1:{server.server_address[1]}/")
        yield database
        server.shutdown()


def test_a_sound_archive_is_said_to_be_sound(command: Command, healthy: Path) -> None:
    assert [line for line in findings(command, "--deep") if "snapshots" in line] == [
        (
            "ok: 2 snapshots of 1 page: as recorded, each entry of the chain and 2 bodies; "
            "all that was made of them can be read"
        )
    ]


def test_a_flipped_bit_is_named_and_needs_a_person(command: Command, healthy: Path) -> None:
    with closing(sqlite3.connect(healthy)) as connection:
        with connection.blobopen("body", "data", 2) as blob:
            blob[30] ^= 1
        connection.commit()
    ended = command("doctor", "--deep")

    assert ended.status == 7
    assert "page ict, snapshot 2, recorded 2024-11-05 09:00" in ended.err
    assert "body 2" in ended.err


def test_without_deep_the_doctor_does_not_read_all(command: Command, healthy: Path) -> None:
    changed(healthy, "UPDATE body SET size = 7 WHERE id = 2")
    assert [line for line in findings(command) if line.startswith("wrong")] == []
    assert [line for line in findings(command, "--deep") if line.startswith("wrong")] != []


# keep_checks, keep_bodies


def test_the_settings_say_how_long_checks_are_kept(command: Command, healthy: Path, tmp_path: Path) -> None:
    old = (datetime.now(UTC) - timedelta(days=100)).strftime("%Y-%m-%d %H:%M:%S.%f")
    changed(healthy, f"UPDATE check_run SET at = '{old}'")
    configured = (tmp_path / "config.toml").read_text()
    counts = []
    for keep in ("all", "120d", "90d"):
        (tmp_path / "config.toml").write_text(f'[monitor]\nkeep_checks = "{keep}"\n{configured}')
        changed(healthy, "UPDATE page SET thinned_on = NULL")
        command("check", "--no-notify")
        with closing(sqlite3.connect(healthy)) as connection:
            counts.append(connection.execute("SELECT count(*) FROM check_run").fetchone()[0])
    assert counts == [3, 4, 3]


def test_the_settings_say_how_long_bodies_are_kept(command: Command, healthy: Path, tmp_path: Path) -> None:
    wrong = Problem(kind="suspect", reason="maintenance", message="maintenance")
    with Store.open(f"sqlite:///{healthy}") as store:
        at = NOVEMBER + timedelta(days=1)
        store.save(seen(at, body=b"<p>closed</p>", problem=wrong), lambda *_: [])
        store.save(seen(at + timedelta(days=1), not_modified=True), lambda *_: [])
    configured = (tmp_path / "config.toml").read_text()
    (tmp_path / "config.toml").write_text(f'[monitor]\nkeep_bodies = "30d"\n{configured}')
    command("check", "--no-notify")

    with closing(sqlite3.connect(healthy)) as connection:
        assert connection.execute("SELECT id FROM body WHERE format = 'thinned'").fetchall() == [(3,)]
