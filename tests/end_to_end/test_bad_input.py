"""Bad input: one clear line on stderr, the right exit status, no traceback, nothing changed."""

import random
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.end_to_end.conftest import COMMAND, PAGE, Desk, Ended, MailBox, Site, configuration, free_port

PDF = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n" + bytes(range(256)) * 8
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06\x00\x00\x00" + bytes(64)


def assert_refused(ended: Ended, status: int, *words: str) -> None:
    assert ended.out == ""
    assert ended.err.count("\n") == 1, ended.err
    assert "Traceback" not in ended.err
    assert [word for word in words if word not in ended.err] == [], ended.err
    assert ended.status == status, ended.err


BROKEN_SETTINGS = {
    "broken TOML": ('[monitor\nlanguage = "ja"', ["config.toml", "line 1"]),
    "an unknown table": ("[monitr]\n", ["monitr", "monitor"]),
    "an unknown key": ('[monitor]\ndatabse = "x"', ["monitor.databse", "database"]),
    "an unknown key of a page": (
        '[[pages]]\nid = "a"\nurl = "https://a.example/"\nparsr = "x"',
        ["pages[0].parsr", "parser"],
    ),
    "an unknown key of a subscriber": (
        '[[subscribers]]\nname = "a"\nto = ["a@example.jp"]\nkind = ["plan"]',
        ["subscribers[0].kind", "kinds"],
    ),
    "a missing URL": ('[[pages]]\nid = "a"', ["pages[0].url", "https://"]),
    "an unset variable": ('[mail]\nuser = "u"\npassword = "${NOT_SET_HERE}"', ["mail.password", "NOT_SET_HERE"]),
}


@pytest.mark.parametrize("settings", BROKEN_SETTINGS.values(), ids=BROKEN_SETTINGS)
def test_broken_settings_are_refused(desk: Desk, settings: tuple[str, list[str]]) -> None:
    text, words = settings
    desk.configure(text)
    assert_refused(desk.run("check"), 2, *words)
    assert [path.name for path in desk.folder.iterdir()] == ["config.toml"]


def test_no_settings_at_all_leads_to_init(desk: Desk) -> None:
    assert_refused(desk.run("check"), 2, "config.toml", "ministry-monitor init")


def test_an_unknown_page_is_answered_with_the_known_ones(watching: Desk) -> None:
    assert_refused(watching.run("check", "itc"), 2, "'itc'", "Did you mean ict?")


def test_a_database_that_is_none_is_refused_and_left_alone(watching: Desk) -> None:
    (watching.folder / "data").mkdir()
    database = watching.folder / "data" / "monitor.db"
    database.write_bytes(b"this is a letter, not a database\n" * 200)
    before = database.read_bytes()
    assert_refused(watching.run("check"), 2, "monitor.db", "database")
    assert database.read_bytes() == before


BODIES = {
    "a PDF": (PDF, ["PDF"]),
    "an image": (PNG, []),
    "an empty file": (b"", ["empty"]),
    "random bytes": (random.Random(5).randbytes(40_000), []),
    "a file of 50 MB": (b"<p>x</p>" * 6_250_000, ["20 MB"]),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_file_that_is_no_page_is_refused(desk: Desk, body: tuple[bytes, list[str]]) -> None:
    (desk.folder / "page.html").write_bytes(body[0])
    assert_refused(desk.run("parse", "page.html"), 5, "page.html", *body[1])


@pytest.mark.parametrize("body", [BODIES["a PDF"], BODIES["an empty file"]], ids=["a PDF", "an empty body"])
def test_a_watched_page_that_becomes_something_else_is_suspect(
    watching: Desk, site: Site, mailbox: MailBox, body: tuple[bytes, list[str]]
) -> None:
    with mailbox.open():
        watching.run("check")
        site.body = body[0]
        ended = watching.run("check", "--json")
    assert (ended.status, ended.json["pages"][0]["outcome"]) == (5, "suspect")
    assert "ict" in ended.err


def test_a_missing_file_is_named(desk: Desk) -> None:
    assert_refused(desk.run("parse", "nowhere.html"), 2, "nowhere.html", "no such file")


def test_an_unknown_charset_is_named(desk: Desk) -> None:
    assert_refused(desk.run("parse", str(PAGE), "--charset", "shift-jizz"), 2, "shift-jizz")


def test_an_unknown_parser_is_answered_with_the_known_ones(desk: Desk) -> None:
    assert_refused(desk.run("parse", str(PAGE), "--parser", "nope"), 2, "nope", "auto")


def test_stdin_can_be_parsed(desk: Desk) -> None:
    ended = desk.run("parse", "-", "--json", stdin=PAGE.read_bytes())
    assert (ended.status, ended.json["page"]["title"]) == (0, "地域情報通信振興 支援施策")


def test_a_dead_host_is_named(desk: Desk) -> None:
    url = f"http://127.0.0.1:{free_port()}/"
    assert_refused(desk.run("parse", url), 4, url)


def test_a_redirect_loop_is_named(desk: Desk, site: Site) -> None:
    site.redirect = site.url
    assert_refused(desk.run("parse", site.url), 4, site.url, "redirect")


@pytest.fixture
def distrusted() -> Iterator[str]:
    """The address of a TLS server whose certificate nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except OSError:
                    continue

    threading.Thread(target=answer, daemon=True).start()
    yield f"https://localhost:{server.getsockname()[1]}/"
    server.shutdown(socket.SHUT_RDWR)
    server.close()


def test_a_tls_failure_is_named(desk: Desk, distrusted: str) -> None:
    assert_refused(desk.run("parse", distrusted), 4, distrusted, "TLS", "certificate")


def test_a_check_of_a_page_out_of_reach_fails_and_says_why(
    desk: Desk, site: Site, mailbox: MailBox, distrusted: str
) -> None:
    site.redirect = site.url
    dead = f"http://127.0.0.1:{free_port()}/"
    for url, word in ((dead, "connection"), (site.url, "redirect"), (distrusted, "TLS")):
        desk.configure(configuration(url, mailbox.port))
        with mailbox.open():
            ended = desk.run("check", "--json")
        assert (ended.status, ended.err.count("\n"), word in ended.err) == (4, 1, True), ended.err
        assert [(page["outcome"], page["changes"]) for page in ended.json["pages"]] == [("failed", [])]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], ["chek", "check"]),
        (["check", "--exit-cod"], ["--exit-cod", "--help"]),
        (["records"], ["PAGE", "--help"]),
        (["changes", "--since", "soon"], ["--since", "soon"]),
        (["records", "ict", "--kind", "plans"], ["plans", "plan"]),
        (["subscribers", "test", "dsk"], ["dsk", "desk"]),
        (["history", "ict", "plan:nobody"], ["plan", "nobody"]),
        (["accept", "ict"], ["ict"]),
    ],
)
def test_a_wrong_command_line_is_refused(watching: Desk, site: Site, arguments: list[str], words: list[str]) -> None:
    assert_refused(watching.run(*arguments), 2, *words)


def test_settings_are_found_before_and_after_the_command(
    watching: Desk, tmp_path: Path, site: Site, mailbox: MailBox
) -> None:
    (watching.folder / "config.toml").rename(watching.folder / "other.toml")
    before = watching.run("--config", "other.toml", "subscribers", "list", "--json")
    after = watching.run("subscribers", "list", "--config", "other.toml", "--json")
    assert before == after
    assert before.status == 0


def test_a_secret_in_a_channels_address_is_never_shown(desk: Desk, site: Site, mailbox: MailBox) -> None:
    desk.configure(configuration(site.url, mailbox.port, to='"json://${CHAT_SECRET}@127.0.0.1:1/hook"'))
    endings = [
        desk.run(*arguments, CHAT_SECRET="hunter2")
        for arguments in (["subscribers", "list"], ["subscribers", "test", "desk"], ["doctor"], ["status"])
    ]
    assert [ended for ended in endings if "hunter2" in ended.out + ended.err] == []


def test_a_reader_that_goes_away_is_no_error(desk: Desk) -> None:
    script = f"'{COMMAND}' parse '{PAGE}' --json 2>err | head -c 10 > /dev/null; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", script], cwd=desk.folder, capture_output=True, text=True, check=True)
    assert (ended.stdout, (desk.folder / "err").read_text()) == ("0\n", "")
