"""Turns at a host: many processes together are as polite as one, and no dead one stands in the way."""

import json
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from storage.hosts import LONGEST_PAUSE, PATIENCE, Limits, Visit, Wait, pause_after
from storage.owners import this_process
from storage.store import Store

HOST = "www.soumu.example"
ROBOTS = "https://www.soumu.example/robots.txt"
START = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LEASE = timedelta(seconds=60)
ANOTHER_MACHINE = "elsewhere/1/1.00"
"""An owner of whom this machine cannot know whether it is alive."""


def limits(interval=0.0, connections=1):
    return Limits(interval=timedelta(seconds=interval), connections=connections, lease=LEASE)


@pytest.fixture
def hosts(store):
    return store.hosts


@pytest.fixture
def me():
    return this_process()


@pytest.fixture
def take(hosts, me):
    """Takes a turn so many seconds after the start."""

    def taken(seconds=0.0, interval=0.0, connections=1, owner=me, host=HOST):
        return hosts.take_turn(host, lambda: START + seconds * SECOND, owner, limits(interval, connections))

    return taken


@pytest.fixture
def dead():
    """The owner of what a process did that has ended."""
    code = "from storage.owners import this_process; print(this_process())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


# The pace


def test_a_host_never_asked_may_be_asked_at_once(take):
    assert isinstance(take(), Visit)


def test_the_next_request_waits_for_its_turn(hosts, take):
    hosts.leave(take(0, interval=2), START)
    assert take(1.9, interval=2) == Wait(reason="next_turn", until=START + 2 * SECOND)
    assert isinstance(take(2, interval=2), Visit)


def test_another_host_has_turns_of_its_own(take):
    take(0, interval=2)
    assert isinstance(take(0, interval=2, host="other.example"), Visit)


def test_a_request_that_arrived_late_puts_the_next_turn_off(hosts, take):
    visit = take(0, interval=2)
    hosts.leave(visit, START + SECOND, next_turn=START + 3 * SECOND)
    assert take(2, interval=2).until == START + 3 * SECOND


def test_a_turn_of_a_clock_set_back_by_a_year_is_past(hosts, take):
    hosts.leave(take(365 * 86400, interval=2), START)
    assert isinstance(take(0, interval=2), Visit)


# Connections


def test_no_more_connections_are_open_than_allowed(take):
    assert [type(take(connections=2)) for _ in range(3)] == [Visit, Visit, Wait]


def test_a_connection_given_back_is_free(hosts, take):
    hosts.leave(take(), START)
    assert isinstance(take(), Visit)


def test_a_connection_of_another_machine_is_waited_for(take):
    take(owner=ANOTHER_MACHINE)
    assert take() == Wait(reason="connections")


def test_a_connection_whose_time_is_over_is_free(take):
    take(owner=ANOTHER_MACHINE)
    assert isinstance(take(LEASE.total_seconds()), Visit)


def test_a_connection_of_a_dead_process_is_free_at_once(take, dead):
    take(owner=dead)
    assert isinstance(take(), Visit)


def test_a_connection_opened_by_a_clock_set_back_since_is_free(take):
    take(365 * 86400, owner=ANOTHER_MACHINE)
    assert isinstance(take(), Visit)


def test_who_comes_back_late_takes_no_connection_of_another_away(hosts, take, count):
    late = take()
    take(LEASE.total_seconds())
    hosts.leave(late, START + 2 * LEASE)
    assert count("host_visit") == 1


# Pauses


def fail(hosts, times, at=START, **more):
    for _ in range(times):
        hosts.failed(HOST, at, spread=1.0, **more)


def test_a_few_failures_bring_no_pause(hosts, take):
    fail(hosts, PATIENCE)
    assert isinstance(take(), Visit)


def test_a_host_that_goes_on_failing_is_left_alone(hosts, take):
    fail(hosts, PATIENCE + 1)
    assert take(119) == Wait(reason="not_before", until=START + 2 * MINUTE, failures=PATIENCE + 1)
    assert isinstance(take(120), Visit)


def test_a_host_that_is_overloaded_is_left_alone_at_once(hosts, take):
    fail(hosts, 1, is_overloaded=True)
    assert take().until == START + 2 * MINUTE


def test_pauses_double_from_a_minute_up_to_an_hour():
    least = [pause_after(failures, 0.0) for failures in range(1, 12)]
    assert least[:6] == [0 * MINUTE, 0 * MINUTE, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert least[-1] == 30 * MINUTE
    assert pause_after(10**9, 1.0) == 60 * MINUTE


def test_an_answer_ends_the_row_of_failures(hosts, take):
    fail(hosts, PATIENCE)
    hosts.leave(take(), START, has_answered=True)
    fail(hosts, PATIENCE)
    assert isinstance(take(), Visit)


def test_a_pause_that_the_host_asks_for_is_heeded(hosts, take):
    hosts.leave(take(), START, pause=timedelta(hours=3))
    assert take().until == START + timedelta(hours=3)


def test_a_pause_is_at_most_a_day(hosts, take):
    hosts.leave(take(), START, pause=400 * DAY)
    assert take().until == START + LONGEST_PAUSE


def test_a_shorter_pause_does_not_end_a_longer_one(hosts, take):
    hosts.leave(take(), START, pause=timedelta(hours=3))
    fail(hosts, PATIENCE + 1)
    assert take().until == START + timedelta(hours=3)


def test_a_pause_begun_by_a_clock_set_back_since_is_over(hosts, take):
    hosts.leave(take(), START + 365 * DAY, pause=timedelta(hours=1))
    assert isinstance(take(), Visit)


# robots.txt


def keep(hosts, status, body, days=0, delay=timedelta()):
    return hosts.keep_robots(ROBOTS, START + days * DAY, status, body, host=HOST, delay=delay)


def test_of_a_robots_txt_never_asked_for_nothing_is_known(hosts, take):
    take()
    assert hosts.robots(HOST) is None


def test_what_is_kept_of_a_robots_txt_is_what_was_answered(hosts):
    kept = keep(hosts, 200, b"\xef\xbb\xbfUser-agent: *")
    assert hosts.robots(ROBOTS) == kept
    assert (kept.status, kept.good, kept.at, kept.unreachable_since) == (200, b"\xef\xbb\xbfUser-agent: *", START, None)


def test_an_unreachable_robots_txt_leaves_the_last_good_one_and_since_when(hosts):
    keep(hosts, 200, b"good")
    for day in (1, 2):
        kept = keep(hosts, 503, None, days=day)
    assert (kept.status, kept.good, kept.unreachable_since) == (503, b"good", START + DAY)


def test_a_robots_txt_that_is_back_is_no_longer_unreachable(hosts):
    keep(hosts, None, None)
    assert keep(hosts, 404, b"", days=1).unreachable_since is None


def test_the_pace_a_robots_txt_asks_for_holds_for_the_next_request(hosts, take):
    hosts.leave(take(), START)
    keep(hosts, 200, b"Crawl-delay: 10", delay=10 * SECOND)
    assert take(9, interval=10).until == START + 10 * SECOND


# Many at once. Run as a program, this module is one process of them.


GAP = timedelta(milliseconds=30)
MOST = 2
VISITS = 15


def visit_often(store):
    """Visits the host so many times as fast as it may; when each began and ended, in seconds."""
    pace = Limits(interval=GAP, connections=MOST, lease=LEASE)
    seen = []
    while len(seen) < VISITS:
        visit = store.hosts.take_turn(HOST, lambda: datetime.now(UTC), this_process(), pace)
        if isinstance(visit, Wait):
            time.sleep(0.002)
            continue
        begun = (visit.until - LEASE).timestamp()
        time.sleep(0.05)
        seen.append([begun, time.time()])
        store.hosts.leave(visit, datetime.now(UTC))
    return seen


def main():
    with Store.open(sys.argv[1]) as store:
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(visit_often(store)), flush=True)


def together(url):
    """What three processes and two threads of this one did at once."""
    command = [sys.executable, __file__, url]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    seen = []
    with Store.open(url) as store:
        threads = [threading.Thread(target=lambda: seen.extend(visit_often(store))) for _ in range(2)]
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for process in processes:
        seen += json.loads(process.communicate(timeout=60)[0])
    return sorted(seen)


def test_processes_and_threads_together_keep_pace_and_connections(url):
    seen = together(url)
    begun = [visit[0] for visit in seen]
    open_at = [sum(start <= moment < end for start, end in seen) for moment in begun]
    assert len(seen) == 5 * VISITS
    assert min(later - earlier for earlier, later in pairwise(begun)) >= GAP.total_seconds() - 1e-6
    assert max(open_at) == MOST


if __name__ == "__main__":
    main()
