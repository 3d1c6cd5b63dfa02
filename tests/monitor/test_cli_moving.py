"""`import` and `export`: what goes in, what comes out, and that the one undoes the other."""

import csv
import io
import json
import shlex
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.app import run
from monitor.warc_export import WarcExport
from parsers import parse
from storage.observation import ArchivedBody, Observation, PageInfo, Problem
from storage.store import Store

URL = "https://www.soumu.go.jp/ict/index.html"
MOVED = "https://www.soumu.go.jp/new/ict.html"
APRIL, NOVEMBER = (files("monitor.demo").joinpath(name).read_bytes() for name in ("2024-04-26.html", "2024-11-05.html"))
MAINTENANCE = "<html><body><h1>メンテナンスのお知らせ</h1><p>ただいま停止しています。</p></body></html>".encode()
AT = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
CONFIG = f"""
[[pages]]
id = "ict"
name = "支援施策"
url = "{URL}"

[[pages]]
id = "press"
url = "https://www.soumu.go.jp/press/"

[[subscribers]]
name = "desk"
to = ["desk@example.jp"]
"""


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Ended]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line in a folder with a config.toml and two saved pages."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "20240426103000.html").write_bytes(APRIL)
    (tmp_path / "20241105090000.html").write_bytes(NOVEMBER)

    def ended(*arguments: str) -> Ended:
        capsys.readouterr()
        status = run(arguments)
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return ended


MONITOR = Path(sysconfig.get_path("scripts")) / "ministry-monitor"


def process(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([MONITOR, *arguments], capture_output=True, check=False)


SAVED = ("20240426103000.html", "20241105090000.html")


def opened() -> Store:
    return Store.open("sqlite:///data/monitor.db")


def live(at: datetime, body: bytes, *, url: str = URL, problem: Problem | None = None, **what: Any) -> None:
    """A check of the page."""
    headers = (("content-type", "text/html"), ("content-encoding", "gzip"), ("date", f"{at}"), ("content-length", "9"))
    with opened() as store:
        store.save(
            Observation(
                page="ict",
                url=URL,
                name="支援施策",
                at=at,
                seconds=0.1,
                http_status=200,
                final_url=url,
                headers=headers,
                body=body,
                content=None if problem else parse(body, url=url),
                problem=problem,
                **what,
            ),
            lambda *_: [],
        )


def warc(name: str, *bodies: tuple[datetime, bytes], foreign: bool = False) -> str:
    """A WARC file of the page, as this program writes it, or as another may."""
    out = io.BytesIO()
    WarcExport(out, at=AT, compress=False).add(
        PageInfo(id="ict", name="", url=URL),
        (
            ArchivedBody(
                snapshot=number,
                url=URL,
                at=at,
                http_status=200,
                headers=(),
                body=body,
                outcome="good",
                seen_at=(at,),
            )
            for number, (at, body) in enumerate(bodies)
        ),
    )
    content = out.getvalue()
    Path(name).write_bytes(content.replace(b"Ministry-Monitor-", b"X-Archive-") if foreign else content)
    return name


# import


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
        "20241105090000.html: is of 2024-11-05 09:00, newer than the page's last good check of 2024-04-26 10:30"
        in ended.err
    )
    assert "`ministry-monitor check ict`" in ended.err


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
@pytest.mark.parametrize(("form", "name"), [("json", "a.json"), ("csv", "a.csv"), ("warc", "a.warc")])
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
