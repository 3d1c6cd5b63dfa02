"""One daemon at a time keeps the schedule, and what is due survives it."""

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta

import pytest

from storage.duty import UNSEEN_AFTER
from storage.observation import PageInfo
from storage.owners import this_process
from storage.store import Store
from tests.storage.conftest import START

ME = this_process()
ELSEWHERE = "another.example/17/100.00"
DEAD = f"{socket.gethostname()}/999999999/1.00"
PAGE = PageInfo(id="support", name="支援策", url="https://www.soumu.example/support.html")
SECOND = timedelta(seconds=1)


@pytest.fixture
def living():
    """The owner's name of another process of this machine."""
    code = "import sys; from storage.owners import this_process; print(this_process(), flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.kill()


# Who is on duty


def test_the_first_to_come_is_on_duty(store):
    assert store.on_duty(START) is None
    assert store.take_duty(ME, START) is None

    found = store.on_duty(START)
    assert (found.host, found.pid, found.since) == (socket.gethostname(), str(os.getpid()), START)
    assert found.is_alive


def test_the_second_is_told_who_is_on_duty(store, living):
    store.take_duty(living, START)

    assert store.take_duty(ME, START + SECOND).owner == living
    assert store.on_duty(START).owner == living


def test_a_living_process_of_this_machine_is_on_duty_however_long_it_says_nothing(store, living):
    store.take_duty(living, START)
    assert store.take_duty(ME, START + timedelta(days=1)).owner == living


def test_the_place_of_a_dead_process_is_free_at_once(store):
    store.take_duty(DEAD, START)

    assert not store.on_duty(START).is_alive
    assert store.take_duty(ME, START + SECOND) is None
    assert store.on_duty(START).owner == ME


def test_a_process_of_another_host_is_on_duty_while_it_is_seen(store):
    store.take_duty(ELSEWHERE, START)
    store.keep_duty(ELSEWHERE, START + timedelta(hours=1))

    assert store.take_duty(ME, START + timedelta(hours=1) + UNSEEN_AFTER - SECOND).owner == ELSEWHERE
    assert store.take_duty(ME, START + timedelta(hours=1) + UNSEEN_AFTER) is None


def test_one_that_was_seen_in_the_future_was_not_seen_lately(store):
    """The clock was set back, or the other host's is ahead."""
    store.take_duty(ELSEWHERE, START)
    assert store.take_duty(ME, START - timedelta(days=400)) is None


def test_one_whose_place_was_taken_learns_of_it(store):
    store.take_duty(ELSEWHERE, START)
    store.take_duty(ME, START + UNSEEN_AFTER)

    assert not store.keep_duty(ELSEWHERE, START + UNSEEN_AFTER)
    assert store.keep_duty(ME, START + UNSEEN_AFTER)


def test_one_that_leaves_is_on_duty_no_longer(store):
    store.take_duty(ME, START)
    store.leave_duty(ME)
    assert store.on_duty(START) is None


def test_one_that_leaves_late_does_not_send_away_the_next(store):
    store.take_duty(ELSEWHERE, START)
    store.take_duty(ME, START + UNSEEN_AFTER)
    store.leave_duty(ELSEWHERE)
    assert store.on_duty(START).owner == ME


def test_of_processes_that_come_at_once_one_is_on_duty(store, url):
    code = (
        "import sys; from datetime import UTC, datetime; from storage.owners import this_process;"
        "from storage.store import Store; store = Store.open(sys.argv[1]);"
        "print(store.take_duty(this_process(), datetime.now(UTC)) is None, flush=True); sys.stdin.read()"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    answers = [process.stdout.readline().strip() for process in started if process.stdout]
    for process in started:
        process.send_signal(signal.SIGKILL)
        process.communicate()

    assert sorted(answers) == [b"False", b"False", b"False", b"True"]


# What is due


def test_a_page_never_checked_keeps_its_due_time(store, url):
    store.plan([(PAGE, START)])
    with Store.open(url) as again:
        state = again.state(PAGE.id)

    assert (state.next_due, state.last_started, state.last_check) == (START, None, None)


def test_a_check_that_begins_moves_the_due_time_with_it(store):
    store.plan([(PAGE, START)])
    store.begin_check(PAGE, START, START + timedelta(hours=1))
    state = store.state(PAGE.id)

    assert (state.last_started, state.next_due) == (START, START + timedelta(hours=1))


def test_a_check_leaves_the_due_time_as_it_is(site, store):
    store.begin_check(PAGE, START, START + timedelta(hours=1))
    saved = site.shows(site.plan("富士通"))

    assert saved.outcome == "baseline"
    assert site.state().next_due == START + timedelta(hours=1)


def test_a_plan_leaves_what_is_known_of_the_page_as_it_is(site, store):
    site.shows(site.plan("富士通"))
    before = site.state()
    store.plan([(PageInfo(id=site.id, name="other", url="https://other.example/"), START)])

    assert (site.state().record_count, site.state().page) == (1, before.page)
