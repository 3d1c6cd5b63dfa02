"""Several processes on one file. Run as a program, this module is one of them."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from parsers.records import Page, Plan
from storage.observation import Draft, Observation
from storage.store import Store

START = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)


def observation(number):
    """The page on its nth day: one plan, whose date is that day."""
    plan = Plan(
        key="開発供給計画|全国5g|富士通",
        path=("全国5G",),
        title="富士通",
        note=f"令和6年1月{number}日変更",
        date=f"2024-01-{number:02}",
        date_kind="amended",
        plan_type="開発供給計画",
        network="全国5G",
        companies=("富士通",),
    )
    content = Page(
        url="https://a.example/",
        title="支援策",
        charset="utf-8",
        parser="support",
        parser_version=1,
        coverage=1.0,
        records=(plan,),
    )
    return Observation(
        page="support",
        url="https://a.example/",
        name="支援策",
        at=START + timedelta(days=number),
        seconds=0.1,
        http_status=200,
        final_url="https://a.example/",
        body=str(number).encode(),
        content=content,
    )


def to_the_desk(page, changes):
    ids = tuple(change.id for change in changes)
    return [Draft(destination="desk#1", subscriber="desk", channel="subscriber", change_ids=ids, language="ja")]


def die(page, changes):
    print("killed", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def main():
    """Save the day each line of standard input names; "die" before a number: killed inside its transaction.

    The first line, "open", is waited for before the database is opened.
    """
    print("ready", flush=True)
    sys.stdin.readline()
    with Store.open(sys.argv[1]) as store:
        for line in sys.stdin:
            *how, number = line.split()
            saved = store.save(observation(int(number)), die if how else to_the_desk)
            print(json.dumps([saved.outcome, len(saved.changes)]), flush=True)


@pytest.fixture
def start(url):
    running = []

    def process(*, opened=True):
        child = subprocess.Popen(
            [sys.executable, __file__, url],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        running.append(child)
        assert child.stdout.readline() == "ready\n"
        if opened:
            child.stdin.write("open\n")
        return child

    yield process
    for child in running:
        child.kill()
        child.communicate()


def test_two_processes_that_see_the_same_change_publish_it_once(start, url):
    pair = [start(), start()]
    outcomes = []
    for number in range(1, 22):
        for child in pair:
            child.stdin.write(f"{number}\n")
        outcomes.append(sorted(json.loads(child.stdout.readline()) for child in pair))

    assert outcomes == [[["baseline", 0], ["unchanged", 0]]] + [[["changed", 1], ["unchanged", 0]]] * 20
    with Store.open(url, migrate=False) as store:
        told = [change.after["date"] for change in store.changes()]
        assert told == [f"2024-01-{number:02}" for number in range(2, 22)]
        assert [delivery.change_ids for delivery in store.deliveries()] == [(change.id,) for change in store.changes()]


def test_several_processes_may_make_the_same_new_database_at_once(start):
    crowd = [start(opened=False) for _ in range(4)]
    for child in crowd:
        child.stdin.write("open\n1\n")
    outcomes = sorted(json.loads(child.stdout.readline())[0] for child in crowd)

    assert outcomes == ["baseline", "unchanged", "unchanged", "unchanged"]


def test_a_process_killed_inside_a_transaction_leaves_the_old_state_whole(start, url):
    child = start()
    child.stdin.write("1\n")
    child.stdout.readline()
    with Store.open(url, migrate=False) as store:
        before = (store.states(), store.records("support"))
        child.stdin.write("die 2\n")

        assert child.stdout.readline() == "killed\n"
        assert child.wait() == -signal.SIGKILL
        assert (store.states(), store.records("support")) == before
        assert (list(store.changes()), store.deliveries()) == ([], [])


def test_what_a_killed_process_did_not_store_the_next_one_tells(start, url):
    child = start()
    child.stdin.write("1\ndie 2\n")
    child.wait()
    next_child = start()
    next_child.stdin.write("2\n")

    assert json.loads(next_child.stdout.readline()) == ["changed", 1]


if __name__ == "__main__":
    main()
