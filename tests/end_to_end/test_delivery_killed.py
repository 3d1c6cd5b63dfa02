"""Killed at any step of a delivery, the installed program loses no message and doubles one at most, recognisably."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Desk, Site, amended, configuration, free_port
from tests.long.kill_delivering import Receivers, kill_delivering

# The command, killing itself before or after a step.
KILLED = """
import os, signal, sys
from monitor.cli import main
from storage.store import Store

step, moment = sys.argv.pop(1), sys.argv.pop(1)
original = getattr(Store, step)

def killing(*arguments, **options):
    if moment == "after":
        original(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(Store, step, killing)
main()
"""


class Channel:
    """A desk with a message that waits, and the one channel by which it goes."""

    def __init__(self, folder: Path, url: str, kind: str, receivers: Receivers) -> None:
        self.receivers = receivers
        self._desk = Desk(folder)
        self._desk.configure(configuration(url, receivers.smtp_port, to='"${TO}"'))
        self._to = "desk@example.jp" if kind == "mail" else receivers.hook

    def start(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command,
            cwd=self._desk.folder,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TO": self._to},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_itself(self, step: str, moment: str) -> None:
        process = self.start(sys.executable, "-c", KILLED, step, moment, "check")
        assert process.wait(60) == -signal.SIGKILL

    def kill_at_arrival(self) -> None:
        """Kill a check that has handed its message over and has not been told yet that it was taken."""
        arrived, killed = threading.Event(), threading.Event()

        def hold() -> None:
            arrived.set()
            killed.wait(20)

        self.receivers.on_message = hold
        process = self.start(sys.executable, "-m", "monitor", "check")
        assert arrived.wait(30)
        process.kill()
        process.wait(10)
        killed.set()
        self.receivers.on_message = lambda: None

    def check(self) -> None:
        assert self._desk.run("check", TO=self._to).status == 0

    @property
    def came(self) -> list[tuple[str, tuple[int, ...], str]]:
        return [(item.message_id, item.change_ids, item.words) for item in self.receivers.messages]


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder whose database holds a change that has yet to be told, and the page's address."""
    folder = tmp_path_factory.mktemp("waiting")
    with Site() as site:
        threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True).start()
        desk = Desk(folder)
        desk.configure(configuration(site.url, free_port(), to='"${TO}"'))
        assert desk.run("check", "--no-notify", TO="desk@example.jp").status == 0
        site.body = amended("令和7年2月3日変更")
        assert desk.run("check", "--no-notify", TO="desk@example.jp").status == 0
        yield folder, site.url
        site.shutdown()


@pytest.fixture
def receivers() -> Iterator[Receivers]:
    found = Receivers()
    with found.open():
        yield found


@pytest.fixture
def channel(request: pytest.FixtureRequest, waiting: tuple[Path, str], tmp_path: Path, receivers: Receivers) -> Channel:
    """Mail, if the test does not ask for another."""
    folder = tmp_path / "desk"
    shutil.copytree(waiting[0], folder)
    return Channel(folder, waiting[1], getattr(request, "param", "mail"), receivers)


@pytest.mark.parametrize(
    ("step", "moment"),
    [("claim", "before"), ("claim", "after"), ("freeze", "after"), ("sent", "after")],
    ids=["before the claim", "after the claim", "after it was frozen", "after the mark"],
)
def test_killed_where_nothing_is_on_its_way_a_message_comes_once(step: str, moment: str, channel: Channel) -> None:
    channel.kill_itself(step, moment)
    channel.check()
    assert len(channel.came) == 1


@pytest.mark.parametrize("channel", ["mail", "hook"], indirect=True)
def test_killed_between_the_answer_and_the_mark_a_message_comes_twice_as_the_same(channel: Channel) -> None:
    channel.kill_itself("sent", "before")
    assert len(channel.came) == 1
    channel.check()
    first, second = channel.came
    assert first == second


def test_killed_before_the_answer_a_message_that_was_taken_comes_twice_as_the_same(channel: Channel) -> None:
    channel.kill_at_arrival()
    channel.check()
    channel.check()
    first, second = channel.came
    assert first == second


def test_however_often_it_is_killed_every_change_is_told_and_doubles_are_recognised(tmp_path: Path) -> None:
    figures = kill_delivering(tmp_path, kills=5, seed=7)
    assert (figures.kills, figures.wrongs) == (5, [])
    assert min(figures.told.values()) >= 2  # there was something to tell
