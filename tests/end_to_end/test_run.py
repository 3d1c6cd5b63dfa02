"""The daemon as a process: it starts, checks, tells, ends when told to, and loses nothing when it is killed."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.conftest import COMMAND, MAINTENANCE, Desk, MailBox, Site, amended, configuration
from tests.storage.conftest import Server, server  # noqa: F401  (a fixture)

EVERY = "\n[schedule]\njitter = 0\n"
AMENDED = "令和7年2月3日変更"


class Daemon:
    """A running daemon; `log` is what it said on stderr."""

    def __init__(self, folder: Path, *arguments: str, name: str = "daemon") -> None:
        self.file = folder / f"{name}.log"
        with self.file.open("ab") as stderr:
            self.process = subprocess.Popen(
                [COMMAND, "run", *arguments],
                cwd=folder,
                env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )

    @property
    def log(self) -> str:
        return self.file.read_text("utf-8")

    def says(self, words: str, *, times: int = 1) -> bool:
        return settled(lambda: self.log.count(words) >= times)

    def end(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Its exit status and the seconds it took."""
        started = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(20), time.monotonic() - started


def settled(condition: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


@contextmanager
def running(folder: Path, *arguments: str, name: str = "daemon") -> Iterator[Daemon]:
    daemon = Daemon(folder, *arguments, name=name)
    try:
        yield daemon
    finally:
        daemon.process.kill()
        daemon.process.wait(10)


def configured(desk: Desk, site: Site, mailbox: MailBox, *, every: str = "1s", database: str = "") -> None:
    text = configuration(site.url, mailbox.port).replace("[[subscribers]]", f'every = "{every}"\n\n[[subscribers]]')
    desk.configure(text + EVERY + (f'\n[monitor]\ndatabase = "{database}"\n' if database else ""))


@pytest.fixture
def watching(desk: Desk, site: Site, mailbox: MailBox) -> Desk:
    """A desk whose one page is due every second."""
    configured(desk, site, mailbox)
    return desk


def test_it_checks_by_the_schedule_and_tells_a_change_once(watching: Desk, site: Site, mailbox: MailBox) -> None:
    with mailbox.open(), running(watching.folder) as daemon:
        assert daemon.says("page ict: unchanged")
        site.body = amended(AMENDED)
        assert settled(lambda: bool(mailbox.recipients))
        assert daemon.says("page ict: unchanged", times=daemon.log.count("page ict: unchanged") + 2)
    assert mailbox.recipients == ["desk@example.jp"]
    assert daemon.log.count("page ict: changed, 1 changes") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_at_once_when_nothing_is_under_way(watching: Desk, number: int) -> None:
    with running(watching.folder) as daemon:
        assert daemon.says("page ict: baseline")
        status, seconds = daemon.end(number)
    assert status == 0
    assert seconds < 5
    assert watching.run("status", "--json").json["daemon"] is None


def test_a_check_that_hangs_does_not_keep_it_from_ending_in_ten_seconds(desk: Desk, mailbox: MailBox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        text = configuration(f"http://127.0.0.1:{silent.getsockname()[1]}/", mailbox.port)
        desk.configure(
            text.replace("timeout = 5.0", "timeout = 60.0").replace("[[subscribers]]", 'every = "1h"\n[[subscribers]]')
            + EVERY
        )
        with running(desk.folder) as daemon:
            connection, _ = silent.accept()
            with connection:
                status, seconds = daemon.end()
    assert status == 0
    assert seconds < 10
    (page,) = desk.run("status", "--json").json["pages"]
    assert page["last_check"] is None  # nothing of it is stored


def test_what_was_cut_off_is_checked_at_the_next_start(desk: Desk, site: Site, mailbox: MailBox) -> None:
    """Its next due time is an hour away: it is the check that never ended that is made up for."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        good, site_url = site.url, f"http://127.0.0.1:{silent.getsockname()[1]}/"
        text = configuration(site_url, mailbox.port).replace("[[subscribers]]", 'every = "1h"\n[[subscribers]]') + EVERY
        desk.configure(text)
        with running(desk.folder) as daemon:
            connection, _ = silent.accept()
            with connection:
                daemon.end(signal.SIGKILL)
    desk.configure(text.replace(site_url, good))
    with running(desk.folder) as daemon:
        assert daemon.says("page ict: baseline")


def test_a_second_daemon_is_refused_with_the_name_of_the_first(watching: Desk) -> None:
    with running(watching.folder) as daemon:
        assert daemon.says("on duty")
        ended = watching.run("run")
        assert ended.status == 2
        assert f"a daemon runs already (process {daemon.process.pid} on {socket.gethostname()}, since 20" in ended.err
        assert daemon.process.poll() is None


def test_killed_it_is_known_to_be_gone_and_the_next_takes_its_place(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    """Each kill comes at another moment; the change is told once, whatever was under way."""
    watching.run("check")
    with mailbox.open():
        for round_ in range(3):
            with running(watching.folder) as daemon:
                assert daemon.says("on duty", times=round_ + 1)
                if round_ == 1:
                    site.body = amended(AMENDED)
                time.sleep(0.2 + 0.4 * round_)
                daemon.end(signal.SIGKILL)
        assert "the daemon has died" in watching.run("status", "--nagios").out
        with running(watching.folder) as daemon:
            assert daemon.says("page ict: unchanged", times=daemon.log.count("page ict: unchanged") + 2)
            assert settled(lambda: bool(mailbox.recipients))
            assert daemon.end()[0] == 0
    changes = [change["change"] for change in watching.run("changes", "--json").json["changes"]]
    assert changes == ["plan.amended"]
    assert len({message["Message-ID"] for message in mailbox.received if message["To"] == "desk@example.jp"}) == 1


def test_a_page_that_is_suspect_is_told_to_the_operator_and_logged_with_the_reason(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    with mailbox.open(), running(watching.folder) as daemon:
        assert daemon.says("page ict: baseline")
        site.body = MAINTENANCE
        assert daemon.says("page ict: suspect (maintenance)", times=2)
        assert settled(lambda: bool(mailbox.recipients))
    assert mailbox.recipients == ["operator@example.jp"]


def test_a_mail_server_that_was_down_gets_what_waits_with_what_is_next(
    watching: Desk, site: Site, mailbox: MailBox
) -> None:
    with running(watching.folder) as daemon:
        assert daemon.says("page ict: baseline")
        site.body = amended(AMENDED)
        assert daemon.says("not delivered: ")
        with mailbox.open():
            site.body = amended("令和7年2月4日変更")
            assert settled(lambda: len(mailbox.recipients) == 2)
    assert mailbox.recipients == ["desk@example.jp"] * 2


def test_the_log_as_json_is_an_object_a_line(watching: Desk) -> None:
    with running(watching.folder, "--log-format", "json") as daemon:
        assert daemon.says("page ict: baseline")
        daemon.end()
    lines = [json.loads(line) for line in daemon.log.splitlines()]
    assert all(set(line) == {"time", "level", "logger", "message"} for line in lines)
    assert {line["level"] for line in lines} == {"INFO"}


def test_status_shows_the_daemon_and_when_pages_are_due(watching: Desk) -> None:
    with running(watching.folder) as daemon:
        assert daemon.says("page ict: baseline")
        shown = watching.run("status", "--json").json
        assert (shown["daemon"]["running"], shown["daemon"]["pid"]) == (True, daemon.process.pid)
        assert shown["pages"][0]["next"] is not None
        assert "The daemon runs: process" in watching.run("status").out
        nagios = watching.run("status", "--nagios")
        assert (nagios.status, nagios.out[:13], nagios.err) == (0, "MONITOR OK - ", "")


def test_a_schedule_that_never_comes_is_refused(desk: Desk, site: Site, mailbox: MailBox) -> None:
    desk.configure(configuration(site.url, mailbox.port) + '\n[schedule]\ndefault = "0 9 30 feb *"\n')
    ended = desk.run("run")
    assert ended.status == 2
    assert '"0 9 30 feb *" never comes' in ended.err


def test_on_postgresql_the_second_stands_by_until_the_first_is_gone(
    desk: Desk,
    site: Site,
    mailbox: MailBox,
    server: Server,  # noqa: F811
) -> None:
    configured(desk, site, mailbox, database=server.fresh())
    with running(desk.folder, name="first") as first:
        assert first.says("on duty")
        with running(desk.folder, name="second") as second:
            assert second.says("standing by")
            first.end(signal.SIGKILL)
            assert second.says("on duty")
            assert second.says("page ict: ")
            assert second.end()[0] == 0
    server.forget()


def test_one_that_stands_by_ends_when_told_to(
    desk: Desk,
    site: Site,
    mailbox: MailBox,
    server: Server,  # noqa: F811
) -> None:
    configured(desk, site, mailbox, database=server.fresh())
    with running(desk.folder, name="first") as first:
        assert first.says("on duty")
        with running(desk.folder, name="second") as second:
            assert second.says("standing by")
            status, seconds = second.end()
    assert status == 0
    assert seconds < 5
    server.forget()
