"""`export`: what comes out in each format, and that an import undoes it."""

import csv
import json
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar

from parsers import parse
from storage.observation import Problem
from tests.monitor.archives import (
    APRIL,
    AT,
    CONFIG,
    MAINTENANCE,
    MONITOR,
    MOVED,
    NOVEMBER,
    URL,
    commands,
    live,
    opened,
    process,
)
from tests.monitor.command_line import Command, Ended


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return commands(tmp_path, monkeypatch, capsys)


# export and back


def as_of_answers(moments: list[datetime]) -> list[Any]:
    with opened() as store:
        return [[record.as_dict() for record in store.records("ict", as_of=at)] for at in moments]


def eventful() -> list[datetime]:
    """A history of all sorts; the moments at and just before which the page's answer may change."""
    hour = timedelta(hours=1)
    moved = NOVEMBER.replace("ヴルーヴ株式会社".encode(), "別の株式会社".encode())
    live(AT, APRIL)
    live(AT + 2 * hour, NOVEMBER, url=MOVED)
    live(AT + 3 * hour, APRIL)
    live(AT + 4 * hour, MAINTENANCE, problem=Problem(kind="suspect", reason="maintenance", message="x"))
    live(AT + 5 * hour + timedelta(microseconds=7), moved)
    live(AT + 6 * hour, MAINTENANCE, problem=Problem(kind="suspect", reason="maintenance", message="x"))
    with opened() as store:
        store.accept("ict", parse(MAINTENANCE, url=URL, vouched=True), AT + 7 * hour, lambda *_: [])
    live(
        AT + 8 * hour,
        MAINTENANCE.replace(b"</p>", b"!</p>"),
        problem=Problem(kind="suspect", reason="waf", message="x"),
    )
    live(AT + 9 * hour, APRIL)
    live(AT + 10 * hour, APRIL + b" ")
    times = [AT + number * hour for number in range(-3, 11)] + [AT + 5 * hour + timedelta(microseconds=7)]
    return sorted(moment for at in times for moment in (at, at - timedelta(microseconds=1)))


@pytest.mark.parametrize("name", ["ict.warc", "ict.warc.gz"])
def test_an_export_imported_into_an_empty_database_answers_the_same(command: Command, name: str) -> None:
    moments = eventful()
    Path("20240426080000.html").write_bytes(NOVEMBER)
    Path("202404261130.html").write_bytes(NOVEMBER)
    assert command("import", "ict", "20240426080000.html", "202404261130.html").status == 0
    before = as_of_answers(moments)
    wrote = command("export", "ict", "--format", "warc", "--output", name)
    for file in Path("data").iterdir():
        file.unlink()
    read = command("import", "ict", name)

    assert (wrote.status, wrote.err, read.status) == (0, "", 0)
    assert as_of_answers(moments) == before
    assert len({json.dumps(answer) for answer in before}) == 5


def test_an_export_of_an_import_is_the_same_again(command: Command) -> None:
    eventful()

    def all_there_is() -> set[Any]:
        with opened() as store:
            kept = [item for item in store.archived("ict") if item.seen_at]
            return {(item.url, item.http_status, item.headers, item.body, at) for item in kept for at in item.seen_at}

    before = all_there_is()
    command("export", "ict", "--format", "warc", "--output", "ict.warc")
    for file in Path("data").iterdir():
        file.unlink()
    command("import", "ict", "ict.warc")
    assert all_there_is() == before


def test_an_export_imported_where_it_is_from_changes_nothing(command: Command) -> None:
    moments = eventful()
    before = as_of_answers(moments)
    command("export", "--format", "warc", "--output", "ict.warc")
    assert command("import", "ict", "ict.warc", "--json").json["added"] == 0
    assert as_of_answers(moments) == before


def test_bodies_that_are_no_longer_kept_are_counted(command: Command) -> None:
    eventful()
    with closing(sqlite3.connect("data/monitor.db")) as connection:
        connection.execute("UPDATE body SET format = 'thinned', data = x'' WHERE id = (SELECT max(id) FROM body)")
        connection.commit()
    ended = command("export", "--format", "warc", "--output", "ict.warc")
    assert (ended.status, "1 bodies are left out" in ended.err) == (0, True)


def test_a_warc_goes_to_a_pipe_as_it_is(command: Command) -> None:
    live(AT, APRIL)
    ended = process("export", "--format", "warc")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert APRIL in ended.stdout
    Path("piped").write_bytes(ended.stdout)
    assert command("import", "ict", "piped", "--json").json["known"] == 1


def test_a_warc_is_not_for_a_terminal(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    live(AT, APRIL)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ended = command("export", "--format", "warc")
    assert (ended.status, ended.out, "--output" in ended.err) == (2, "", True)


# json and csv


@pytest.fixture
def two_pages(command: Command) -> None:
    live(AT, APRIL)
    live(AT + timedelta(days=1), NOVEMBER)
    Path("20200101.html").write_text("<html><body><main><h1>報道資料</h1><p>一</p></main></body></html>")
    assert command("import", "press", "20200101.html").status == 0


@pytest.mark.usefixtures("two_pages")
def test_json_holds_the_records_and_the_changes_of_every_page(command: Command) -> None:
    document = command("export").json
    shown = [
        {
            **command("records", page, "--json").json["page"],
            "records": command("records", page, "--json").json["records"],
            "changes": command("changes", "--page", page, "--json").json["changes"],
        }
        for page in ("ict", "press")
    ]
    assert datetime.fromisoformat(document.pop("exported_at")).utcoffset() == timedelta(hours=9)
    assert document == {"pages": shown}
    assert [len(page["changes"]) for page in shown] == [5, 0]


@pytest.mark.usefixtures("two_pages")
def test_a_page_may_be_named(command: Command) -> None:
    assert [page["id"] for page in command("export", "press").json["pages"]] == ["press"]


def test_of_a_page_never_seen_there_is_nothing(command: Command) -> None:
    (page,) = command("export", "press").json["pages"]
    assert (page["id"], page["records"], page["changes"]) == ("press", [], [])
    assert command("export").json["pages"] == []


@pytest.mark.usefixtures("two_pages")
@pytest.mark.parametrize("options", [[], ["--kind", "plan"], ["--kind", "plan.added", "--kind", "document.*"]])
def test_csv_is_what_changes_shows_as_csv(command: Command, options: list[str]) -> None:
    wanted = command("changes", "--format", "csv", *options).out
    assert command("export", "--format", "csv", *options).out == wanted
    assert wanted.startswith("\ufeffid,page,change")


@pytest.mark.usefixtures("two_pages")
@pytest.mark.parametrize(
    ("options", "kinds", "changes"),
    [
        (["--kind", "plan.amended"], {"plan"}, ["plan.amended"]),
        (["--kind", "plan"], {"plan"}, ["plan.amended", "plan.added"]),
        (["--kind", "p*.added"], {"plan", "programme"}, ["plan.added"]),
        (["--kind", "*.added", "--kind", "category"], None, ["plan.added"]),
        (["--kind", "category", "--kind", "text.*"], {"category", "text"}, []),
        (["--company", "富士通"], {"plan"}, ["plan.amended"]),
        (["--company", "ﾌﾞﾙｰｳﾞ"], set(), []),
        (["--company", "ｳﾞﾙｰｳﾞ"], {"plan"}, ["plan.added"]),
        (["--company", "富士通", "--kind", "document"], set(), []),
    ],
)
def test_kinds_and_companies_choose_records_and_changes(
    command: Command, options: list[str], kinds: set[str] | None, changes: list[str]
) -> None:
    (page,) = command("export", "ict", *options).json["pages"]
    every = {"category", "programme", "plan", "document", "text"}
    assert {record["kind"] for record in page["records"]} == (every if kinds is None else kinds)
    assert [change["change"] for change in page["changes"]] == changes


@pytest.mark.usefixtures("two_pages")
def test_a_company_is_part_of_a_name(command: Command) -> None:
    (page,) = command("export", "ict", "--company", "富士通").json["pages"]
    assert page["records"]
    assert all(any("富士通" in company for company in record["companies"]) for record in page["records"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--kind", "plan.amendet"], "Did you mean plan.amended?"),
        (["itc"], "Did you mean ict?"),
        (["--format", "warc", "--kind", "plan", "--output", "a"], "--kind: does not go with"),
        (["--format", "warc", "--company", "富士通", "--output", "a"], "--company: does not go with"),
        (["--format", "xml"], "xml"),
        (["--output", "nowhere/a.json"], "nowhere/a.json: cannot be written"),
        (["--output", "data"], "data: cannot be written"),
        (["--output", "data/monitor.db"], "is what this program works with"),
        (["--output", "./config.toml"], "is what this program works with"),
    ],
)
def test_what_cannot_be_exported_is_one_line_and_leaves_nothing(
    command: Command, tmp_path: Path, arguments: list[str], words: str
) -> None:
    live(AT, APRIL)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    ended = command("export", *arguments)
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert words in ended.err
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert Path("data/monitor.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.usefixtures("two_pages")
@pytest.mark.parametrize(
    ("form", "name"), [("json", "a.json"), ("csv", "a.csv"), ("warc", "a.warc"), ("atom", "a.atom"), ("ics", "a.ics")]
)
def test_a_file_is_written_and_its_size_said(command: Command, tmp_path: Path, form: str, name: str) -> None:
    ended = command("export", "--format", form, "--output", name)
    size = (tmp_path / name).stat().st_size
    assert (ended.status, ended.out, ended.err) == (0, f"Wrote {name}: {size} bytes.\n", "")


@pytest.mark.usefixtures("two_pages")
def test_a_file_is_in_utf_8(command: Command, tmp_path: Path) -> None:
    command("export", "--output", "a.json")
    command("export", "--output", "a.csv", "--format", "csv")
    assert "支援施策" in (tmp_path / "a.json").read_text("utf-8")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 5


def test_an_export_that_fails_midway_leaves_the_old_file(command: Command, tmp_path: Path) -> None:
    live(AT, APRIL)
    live(AT + timedelta(days=1), NOVEMBER)
    (tmp_path / "a.warc").write_bytes(b"old")
    with closing(sqlite3.connect("data/monitor.db")) as connection:
        connection.execute("UPDATE body SET sha256 = 'x' WHERE id = 2")
        connection.commit()
    ended = command("export", "--format", "warc", "--output", "a.warc")

    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert (tmp_path / "a.warc").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


@pytest.mark.usefixtures("two_pages")
def test_a_reader_that_has_gone_is_no_error() -> None:
    line = shlex.join([str(MONITOR), "export", "--format", "warc"]) + " | head -c 10; exit ${PIPESTATUS[0]}"
    ended = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"WARC/1.1\r\n", b"")


@pytest.mark.usefixtures("two_pages")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [MONITOR, "export", "--format", "warc"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"error: stdout cannot be written (No space left on device)")
    assert ended.stderr.count(b"\n") == 1


# Atom


@pytest.mark.usefixtures("two_pages")
def test_a_feed_tells_the_changes_newest_first(command: Command) -> None:
    listed = command("changes", "--json").json["changes"]
    feed = feedparser.parse(command("export", "ict", "--format", "atom").out.encode())
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [change["summary_ja"] for change in reversed(listed)]


@pytest.mark.usefixtures("two_pages")
def test_a_feed_is_the_same_at_every_export(command: Command) -> None:
    assert command("export", "--format", "atom").out == command("export", "--format", "atom").out


@pytest.mark.usefixtures("two_pages")
@pytest.mark.parametrize(
    ("options", "title", "terms"),
    [
        ([], "監視している全ページの変更", None),
        (["ict"], "支援施策の変更", None),
        (["ict", "--kind", "plan.added"], "支援施策の変更 (plan.added)", ["plan.added"]),
        (["--company", "富士通"], "監視している全ページの変更 (富士通)", ["plan.amended"]),
        (["press"], "pressの変更", []),
    ],
)
def test_a_feed_may_be_of_a_page_of_kinds_and_of_a_company(
    command: Command, options: list[str], title: str, terms: list[str] | None
) -> None:
    feed = feedparser.parse(command("export", "--format", "atom", *options).out.encode())
    every = [change["change"] for change in reversed(command("changes", "--json").json["changes"])]
    assert feed.feed.title == title
    assert [entry.tags[0].term for entry in feed.entries] == (every if terms is None else terms)


def test_a_feed_without_changes_is_updated_at_the_last_good_check(command: Command) -> None:
    live(AT, APRIL)
    feed = feedparser.parse(command("export", "--format", "atom").out.encode())
    assert (feed.feed.updated, feed.entries) == ("2024-04-26T10:30:00+09:00", [])


def test_a_feed_holds_the_newest_two_hundred_changes(command: Command) -> None:
    for number in range(5):
        items = "".join(f"<li><a href='{line}.pdf'>様式{line}-{number}</a></li>" for line in range(60))
        live(
            AT + timedelta(hours=number),
            f"<html><body><main><h1>様式</h1><ul>{items}</ul></main></body></html>".encode(),
        )
    listed = command("changes", "--json").json["changes"]
    feed = feedparser.parse(command("export", "ict", "--format", "atom").out.encode())
    assert len(listed) > 200
    assert [entry.title for entry in feed.entries] == [change["summary_ja"] for change in reversed(listed[-200:])]


def test_a_feed_tells_no_incident(command: Command) -> None:
    live(AT, APRIL)
    live(AT + timedelta(hours=1), MAINTENANCE, problem=Problem(kind="suspect", reason="maintenance", message="x"))
    assert feedparser.parse(command("export", "--format", "atom").out.encode()).entries == []


@pytest.mark.usefixtures("two_pages")
def test_a_change_taken_back_is_updated_when_it_was(command: Command) -> None:
    with closing(sqlite3.connect("data/monitor.db")) as connection:
        connection.execute("UPDATE change SET superseded_by = 5, detected_at = '2024-04-20 00:00:00' WHERE id = 1")
        connection.commit()
    entry = feedparser.parse(command("export", "--format", "atom").out.encode()).entries[-1]
    assert (entry.published, entry.updated) == ("2024-04-20T09:00:00+09:00", "2024-04-27T10:30:00+09:00")


@pytest.mark.usefixtures("two_pages")
def test_feed_and_calendar_are_in_the_language_of_messages(command: Command) -> None:
    Path("config.toml").write_text(f'[monitor]\nlanguage = "en"\n{CONFIG}', encoding="utf-8")
    assert (
        feedparser.parse(command("export", "ict", "--format", "atom").out.encode()).feed.title == "Changes of 支援施策"
    )
    assert "X-WR-CALNAME:Periods and deadlines: 支援施策" in command("export", "ict", "--format", "ics").out


# iCalendar

CALL = """<html><body><main><h1>AI導入支援</h1><p>支援します。</p>
<h2>第1回公募</h2><p>公募期間:令和6年4月5日から令和6年5月10日17時まで</p>
<h2>様式</h2><ul><li><a href="a.docx">申請書</a>【令和6年5月31日まで】</li></ul></main></body></html>"""


def events(ended: Ended) -> dict[str, Any]:
    assert (ended.status, ended.err) == (0, "")
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(ended.out).events}


@pytest.fixture
def calls(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls for applications; the clock stands at the day after."""
    live(AT, CALL.encode())
    monkeypatch.setattr("monitor.cli.exporting.now", lambda: AT + timedelta(days=1))


FIRST, FORM = "【期間】AI導入支援 第1回公募(公募期間)", "【締切】様式 申請書"


@pytest.mark.usefixtures("calls")
def test_a_calendar_holds_periods_and_deadlines(command: Command) -> None:
    found = events(command("export", "--format", "ics"))
    assert found.keys() == {FIRST, FORM}
    assert date(2024, 5, 31) == found[FORM].DTSTART
    assert found[FIRST].DTEND.isoformat() == "2024-05-10T17:00:00+09:00"


@pytest.mark.usefixtures("calls")
def test_a_moved_deadline_updates_its_event(command: Command) -> None:
    before = events(command("export", "--format", "ics"))
    live(AT + timedelta(hours=1), CALL.replace("5月10日17時", "5月24日12時").encode())
    after = events(command("export", "--format", "ics"))
    assert after[FIRST]["UID"] == before[FIRST]["UID"]
    assert after[FIRST]["SEQUENCE"] > before[FIRST]["SEQUENCE"]
    assert after[FIRST].DTEND.day == 24
    assert after[FORM] == before[FORM]


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("gone", "summary"),
    [
        ('<li><a href="a.docx">申請書</a>【令和6年5月31日まで】</li>', FORM),
        ("【令和6年5月31日まで】", FORM),
        ("<h2>第1回公募</h2><p>公募期間:令和6年4月5日から令和6年5月10日17時まで</p>", FIRST),
        ("公募期間:令和6年4月5日から令和6年5月10日17時まで", FIRST),
    ],
)
def test_what_is_gone_from_the_page_is_cancelled(command: Command, gone: str, summary: str) -> None:
    assert gone in CALL
    before = events(command("export", "--format", "ics"))[summary]
    live(AT + timedelta(hours=1), CALL.replace(gone, "").encode())
    event = events(command("export", "--format", "ics"))[summary]
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.usefixtures("calls")
def test_a_year_later_what_was_cancelled_is_left_out(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    live(AT + timedelta(hours=1), CALL.replace("【令和6年5月31日まで】", "").encode())
    monkeypatch.setattr("monitor.cli.exporting.now", lambda: AT + timedelta(days=366))
    assert events(command("export", "--format", "ics")).keys() == {FIRST}


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("options", "summaries"),
    [
        (["--kind", "document"], {FORM}),
        (["--kind", "text.changed"], {FIRST}),
        (["--kind", "plan"], set()),
        (["--company", "富士通"], set()),
        (["press"], set()),
    ],
)
def test_kinds_companies_and_pages_choose_events(command: Command, options: list[str], summaries: set[str]) -> None:
    live(AT + timedelta(hours=1), CALL.replace("【令和6年5月31日まで】", "").encode())
    assert events(command("export", "--format", "ics", *options)).keys() == summaries


@pytest.mark.usefixtures("calls")
def test_a_calendar_goes_to_a_file_byte_for_byte(command: Command, tmp_path: Path) -> None:
    command("export", "--format", "ics", "--output", "a.ics")
    piped = process("export", "--format", "ics").stdout
    assert (tmp_path / "a.ics").read_bytes() == piped
    assert piped.endswith(b"END:VCALENDAR\r\n")
