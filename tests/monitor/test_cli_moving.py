"""`import`: what goes in, what is refused, and that what is cut off can be run again."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.monitor.archives import (
    APRIL,
    AT,
    CONFIG,
    MAINTENANCE,
    MONITOR,
    NOVEMBER,
    SAVED,
    commands,
    live,
    opened,
    warc,
)
from tests.monitor.command_line import Command


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return commands(tmp_path, monkeypatch, capsys)


def test_saved_pages_become_the_pages_history(command: Command) -> None:
    ended = command("import", "ict", *SAVED)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == (
        "ict: 2 added, 0 known before, from 2024-04-26 10:30 to 2024-11-05 09:00; changes between them: 5. "
        "Nobody is told of these.\n"
        "See them: ministry-monitor changes --page ict, and what the page said on a day: "
        "ministry-monitor records ict --as-of 2024-04-26\n"
    )
    assert len(command("records", "ict", "--as-of", "2024-05-01", "--json").json["records"]) == 88
    assert len(command("records", "ict", "--json").json["records"]) == 89


def test_the_order_of_the_files_is_of_no_account(command: Command) -> None:
    command("import", "ict", *reversed(SAVED))
    assert [change["detected_at"] for change in command("changes", "--json").json["changes"]] == [
        "2024-11-05T09:00:00+09:00"
    ] * 5


def test_the_same_files_again_are_known(command: Command) -> None:
    command("import", "ict", *SAVED)
    assert command("import", "ict", *SAVED, "--json").json == {
        "page": "ict",
        "added": 0,
        "known": 2,
        "changes": 0,
        "skipped": [],
    }


def test_nobody_is_told_of_what_is_imported(command: Command) -> None:
    command("import", "ict", *SAVED)
    assert command("deliveries", "list", "--json").json == {"deliveries": []}


def test_a_bare_date_is_the_beginning_of_the_day_in_japan(command: Command) -> None:
    command("import", "ict", SAVED[0], "--date", "2024-04-20")
    with opened() as store:
        assert store.records("ict", as_of=datetime(2024, 4, 19, 15, tzinfo=UTC))
        assert not store.records("ict", as_of=datetime(2024, 4, 19, 14, 59, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["itc", *SAVED], "Did you mean ict?"),
        (["ict", "none.html"], "none.html: cannot be read"),
        (["ict", "config.toml"], "config.toml: it is not known when"),
        (["ict", *SAVED, "--date", "2024-04-26"], "--date: is for one saved page"),
        (["ict", SAVED[0], "--date", "26.4.2024"], "--date: '26.4.2024' is no date"),
        (["ict", *SAVED, "20990101.html"], "is of the future, 2099-01-01"),
        (["ict", *SAVED, "broken.warc"], "broken.warc: the WARC is damaged at record 3"),
        (["press", "other.warc"], "none of its 2 records is of https://www.soumu.go.jp/press/"),
        (["ict"], "FILE"),
    ],
)
def test_what_cannot_be_meant_stores_nothing(command: Command, arguments: list[str], words: str) -> None:
    Path("20990101.html").write_bytes(APRIL)
    whole = Path(warc("broken.warc", (AT, APRIL), (AT, NOVEMBER))).read_bytes()
    Path("broken.warc").write_bytes(whole[:-100])
    warc("other.warc", (AT, APRIL))
    ended = command("import", *arguments)

    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert words in ended.err
    with opened() as store:
        assert store.states() == []


def test_one_suspect_file_keeps_all_out(command: Command) -> None:
    Path("20240501.html").write_bytes(MAINTENANCE)
    ended = command("import", "ict", *SAVED, "20240501.html")

    assert ended.status == 5
    assert "not taken: 20240501.html of 2024-05-01 00:00: " in ended.err
    assert "(maintenance)" in ended.err
    assert "--accept" in ended.err
    with opened() as store:
        assert store.states() == []


def test_with_accept_a_suspect_file_is_taken(command: Command) -> None:
    Path("20240501.html").write_bytes(MAINTENANCE)
    ended = command("import", "ict", *SAVED, "20240501.html", "--accept", "--json")
    assert (ended.status, ended.json["added"], ended.json["skipped"]) == (0, 3, [])


def test_a_suspect_record_of_a_warc_is_named_and_the_others_are_taken(command: Command) -> None:
    day = timedelta(days=1)
    file = warc("a.warc", (AT, APRIL), (AT + day, MAINTENANCE), (AT + 2 * day, NOVEMBER), foreign=True)
    ended = command("import", "ict", file, "--json")

    assert ended.status == 5
    assert {name: ended.json[name] for name in ("added", "known", "changes")} == {"added": 2, "known": 0, "changes": 5}
    (skipped,) = ended.json["skipped"]
    assert skipped.pop("message")
    assert skipped == {"source": "a.warc, record 3", "at": "2024-04-27T10:30:00+09:00", "reason": "maintenance"}
    assert "a.warc: 3 of 4 records are of this page\n" in ended.err
    assert "not taken: a.warc, record 3 of 2024-04-27 10:30" in ended.err


def test_a_page_titled_otherwise_than_the_one_watched_is_suspect(command: Command) -> None:
    command("import", "ict", *SAVED)
    Path("20240501.html").write_text("<html><body><main><h1>調達情報</h1><p>令和6年度</p></main></body></html>")
    ended = command("import", "ict", "20240501.html")
    assert (ended.status, "(title_lost)" in ended.err) == (5, True)


def test_what_came_after_the_last_check_is_for_a_check_to_find(command: Command) -> None:
    live(AT, APRIL)
    ended = command("import", "ict", *SAVED)
    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert (
        "20241105090000.html: is of 2024-11-05 09:00, no older than the page's last good check of 2024-04-26 10:30"
        in ended.err
    )
    assert "`ministry-monitor check ict`" in ended.err


def test_a_saved_page_of_the_very_moment_of_the_last_check_is_refused_by_name(command: Command) -> None:
    live(AT, APRIL)
    Path("20240426103000.html").write_bytes(NOVEMBER)
    ended = command("import", "ict", "20240426103000.html")
    assert (ended.status, ended.err.startswith("error: 20240426103000.html: is of 2024-04-26 10:30")) == (2, True)


def test_a_saved_page_that_a_check_saw_is_known(command: Command) -> None:
    live(AT, APRIL)
    ended = command("import", "ict", "20240426103000.html", "--json")
    assert (ended.status, ended.json["known"], ended.json["skipped"]) == (0, 1, [])


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (timedelta(), "is of 2024-04-26 10:30, no older than the page's last good check"),
        (timedelta(days=9), "is of 2024-05-05 10:30, no older than the page's last good check"),
        (timedelta(days=36525), "is of the future, 2124-04-27 10:30"),
    ],
)
def test_of_a_warc_only_the_record_that_is_too_new_is_left_out(command: Command, late: timedelta, words: str) -> None:
    live(AT, APRIL)
    file = warc("a.warc", (AT - timedelta(days=1), NOVEMBER), (AT + late, NOVEMBER))
    ended = command("import", "ict", file, "--json")

    assert (ended.status, ended.json["added"]) == (5, 1)
    (skipped,) = ended.json["skipped"]
    assert (skipped["source"], skipped["reason"], words in skipped["message"]) == ("a.warc, record 3", "too_new", True)


def test_a_late_saved_page_keeps_a_warc_out_too(command: Command) -> None:
    live(AT, APRIL)
    file = warc("a.warc", (AT - timedelta(days=1), NOVEMBER))
    assert command("import", "ict", file, "20241105090000.html").status == 2
    assert command("changes", "--json").json == {"changes": []}


@pytest.mark.parametrize("kind", ["pipe", "device", "link"])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(command: Command, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo("20240501.html")
    else:
        Path("20240501.html").symlink_to("/dev/zero" if kind == "device" else "pipe.html")
        os.mkfifo("pipe.html")
    ended = command("import", "ict", *SAVED, "20240501.html")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "error: 20240501.html: is no regular file. Save what it gives to a file first\n"
    with opened() as store:
        assert store.states() == []


def test_a_page_larger_than_max_body_is_refused(command: Command) -> None:
    Path("config.toml").write_text(f'[fetch]\nmax_body = "1 kB"\n{CONFIG}', encoding="utf-8")
    ended = command("import", "ict", *SAVED)
    assert (ended.status, ended.err.count("(too_large)"), "--accept" in ended.err) == (5, 2, False)


def pages(count: int) -> Iterator[tuple[datetime, bytes]]:
    """A page of which another line changes every hour."""
    for number in range(count):
        lines = "".join(f"<li><a href='{line}'>第{line}回(令和6年4月{number % 28 + 1}日)</a></li>" for line in range(3))
        body = f"<html><body><main><h1>研究会</h1><ul>{lines}</ul><p>{number}</p></main></body></html>"
        yield AT + timedelta(hours=number), body.encode()


def answers() -> list[Any]:
    with opened() as store:
        return [
            *([record.as_dict() for record in store.records("ict", as_of=at)] for at, _ in pages(500)),
            [(change.change, change.key, change.detected_at) for change in store.changes()],
        ]


def versions() -> int:
    try:
        with closing(sqlite3.connect("file:data/monitor.db?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM version").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


def test_an_import_that_is_killed_goes_on_when_it_is_run_again(command: Command) -> None:
    file = warc("many.warc", *pages(500))
    line = [MONITOR, "import", "ict", file]
    killed = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not versions() and time.monotonic() < deadline:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    left = versions()
    again = command("import", "ict", file, "--json").json
    found = answers()
    for data in Path("data").iterdir():
        data.unlink()
    command("import", "ict", file)

    assert left in (200, 400)
    assert (again["added"], again["known"]) == (500 - left, left)
    assert found == answers()
