"""The clock of the machine is set back between two runs of the command: said in a line, nothing lost, nothing twice."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.end_to_end.conftest import Desk, Ended, MailBox, Site, amended

# The command in a process of its own, whose clock runs on from another time; what counts seconds alone is left alone.
AT_ANOTHER_TIME = """
import sys
import time_machine
from monitor.cli import main
shown = float(sys.argv.pop(1))
with time_machine.travel(shown, tick=True):
    main()
"""
DAY = timedelta(days=1)
YEAR = timedelta(days=365)
SENT_TO_DESK = ["desk@example.jp"]


@dataclass
class Machine:
    """Runs the command with a clock that is `off` by so much."""

    desk: Desk
    off: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.off

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", AT_ANOTHER_TIME, str(self.now().timestamp()), *arguments]

    def run(self, *arguments: str) -> Ended:
        ended = subprocess.run(
            self.command(*arguments),
            cwd=self.desk.folder,
            capture_output=True,
            env=_environment(),
            timeout=60,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.desk.folder,
            env=_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stored(self) -> dict[str, list[Any]]:
        """What is stored of the changes and messages, as the command prints it."""
        changes = self.run("changes", "--json").json["changes"]
        deliveries = self.run("deliveries", "list", "--json").json["deliveries"]
        return {
            "changes": [change["change"] for change in changes],
            "deliveries": [delivery["status"] for delivery in deliveries],
        }


def _environment() -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {"LANG": "C.UTF-8"}


@pytest.fixture
def machine(watching: Desk) -> Machine:
    return Machine(watching)


TOLD_ONCE = {"changes": ["plan.amended"], "deliveries": ["sent"]}


def test_a_change_found_by_an_earlier_clock_is_told_and_stored_once(
    machine: Machine, site: Site, mailbox: MailBox
) -> None:
    with mailbox.open():
        assert machine.run("check").status == 0
        machine.off = -DAY
        site.body = amended("令和7年2月3日変更")
        assert [machine.run("check").status for _ in range(2)] == [0, 0]
        assert mailbox.recipients == SENT_TO_DESK
        machine.off = timedelta()
        assert [machine.run("check").status for _ in range(2)] == [0, 0]
    assert mailbox.recipients == SENT_TO_DESK
    assert machine.stored() == TOLD_ONCE


def test_a_clock_that_was_ahead_and_is_set_right_loses_no_change(
    machine: Machine, site: Site, mailbox: MailBox
) -> None:
    with mailbox.open():
        machine.off = YEAR
        machine.run("check")
        site.body = amended("令和7年2月3日変更")
        machine.run("check")
        machine.off = timedelta()
        site.body = amended("令和7年3月4日変更")
        assert machine.run("check").status == 0
        assert machine.run("check").status == 0
    assert len(mailbox.recipients) == 2
    assert machine.stored() == {"changes": ["plan.amended"] * 2, "deliveries": ["sent"] * 2}
    assert "令和7年3月4日変更" in machine.run("records", "ict", "--json").out


def test_the_check_says_so_in_one_line_and_only_while_it_is_so(machine: Machine, mailbox: MailBox) -> None:
    with mailbox.open():
        machine.run("check")
        machine.off = -DAY
        first, second = machine.run("check", "--json"), machine.run("check")
        machine.off = timedelta()
        third = machine.run("check")
    (line,) = first.err.splitlines()
    assert "WARNING" in line
    assert "page ict: the clock shows " in line
    assert (first.status, [page["outcome"] for page in first.json["pages"]]) == (0, ["unchanged"])
    assert (second.err, third.err) == ("", "")


def test_of_a_page_that_was_never_checked_it_says_nothing(machine: Machine, site: Site, mailbox: MailBox) -> None:
    config = machine.desk.folder / "config.toml"
    before = config.read_text(encoding="utf-8")
    with mailbox.open():
        machine.run("check")
        machine.desk.configure(before + f'\n[[pages]]\nid = "new"\nurl = "{site.url}"\n')
        machine.off = -DAY
        ended = machine.run("check")
    (line,) = ended.err.splitlines()
    assert "page ict: the clock" in line


def test_a_message_that_could_not_be_sent_goes_out_once_by_an_earlier_clock(
    machine: Machine, site: Site, mailbox: MailBox
) -> None:
    machine.run("check")
    site.body = amended("令和7年2月3日変更")
    assert [machine.run("check").status for _ in range(3)] == [6, 6, 6]
    machine.off = -DAY
    with mailbox.open():
        assert machine.run("check").status == 0
        machine.off = timedelta()
        assert machine.run("check").status == 0
    assert mailbox.recipients == SENT_TO_DESK
    assert machine.stored() == TOLD_ONCE


def test_killed_before_sending_the_message_goes_out_once_by_an_earlier_clock(
    machine: Machine, site: Site, mailbox: MailBox
) -> None:
    machine.run("check")
    site.body = amended("令和7年2月3日変更")
    with socket.create_server(("127.0.0.1", mailbox.port)) as stalling:
        stalling.settimeout(30)
        process = machine.start("check")
        connection, _ = stalling.accept()  # the change is committed, its message claimed, nothing of it sent
        with connection:
            process.kill()
            process.wait(10)
    machine.off = -DAY
    with mailbox.open():
        assert machine.run("check").status == 0
        machine.off = timedelta()
        assert machine.run("check").status == 0
    assert mailbox.recipients == SENT_TO_DESK
    assert machine.stored() == TOLD_ONCE


def test_what_the_page_said_is_found_by_the_earlier_time(machine: Machine, site: Site, mailbox: MailBox) -> None:
    with mailbox.open():
        machine.run("check")
        checked = machine.now() + timedelta(minutes=1)
        machine.off = -DAY
        before = machine.now() - timedelta(minutes=1)
        site.body = amended("令和7年2月3日変更")
        machine.run("check")
    found = {
        moment: machine.run("records", "ict", "--as-of", moment.isoformat(timespec="seconds"), "--json").out
        for moment in (before, checked)
    }
    assert "令和7年2月3日変更" in found[checked]
    assert "富士通" not in found[before]


def test_an_incident_that_ends_before_it_began_is_closed_and_told_once(
    machine: Machine, site: Site, mailbox: MailBox
) -> None:
    with mailbox.open():
        machine.run("check")
        site.status = 403
        assert [machine.run("check").status for _ in range(2)] == [4, 4]
        machine.off = -DAY
        site.status = 200
        assert machine.run("check").status == 0
        assert machine.run("status").status == 0
        machine.off = timedelta()
        assert machine.run("check").status == 0
    assert mailbox.recipients == ["operator@example.jp"] * 2


def test_a_message_not_yet_tried_goes_out_by_an_earlier_clock(machine: Machine, site: Site, mailbox: MailBox) -> None:
    machine.run("check")
    site.body = amended("令和7年2月3日変更")
    machine.run("check", "--no-notify")
    machine.off = -DAY
    with mailbox.open():
        machine.run("check")
    assert mailbox.recipients == SENT_TO_DESK
