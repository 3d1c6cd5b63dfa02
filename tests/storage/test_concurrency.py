"""Checks, readers and senders at work at once on one database. Run as a program, this module is one of them."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from parsers.records import Page, Plan
from storage.errors import OvertakenError
from storage.observation import Draft, Observation
from storage.owners import this_process
from storage.store import Store

SECONDS = 2.0
COMPANIES = ("富士通", "日本電気", "ノキア", "エリクソン")
DELIVERIES = 60
ROUNDS = 20


def observation(number, *, page="support", since=None, body=None):
    """The page as it says `number` in each of its records."""
    plans = tuple(
        Plan(
            key=f"開発供給計画|全国5g|{company}",
            path=("全国5G",),
            title=company,
            note=f"第{number}版",
            plan_type="開発供給計画",
            network="全国5G",
            companies=(company,),
            position=place,
        )
        for place, company in enumerate(COMPANIES)
    )
    return Observation(
        page=page,
        url="https://a.example/",
        name="支援策",
        at=datetime.now(UTC),
        seconds=0.1,
        http_status=200,
        final_url="https://a.example/",
        body=body or str(number).encode(),
        content=Page(
            url="https://a.example/",
            title="支援策",
            charset="utf-8",
            parser="support",
            parser_version=1,
            coverage=1.0,
            records=plans,
        ),
        since_version=since,
    )


def each_to_the_desk(page, changes):
    """A delivery for each change."""
    return [
        Draft(destination="desk#1", subscriber="desk", channel="subscriber", change_ids=(change.id,), language="ja")
        for change in changes
    ]


def number_of(records):
    """The number all of them say: a reader who saw half a check would find two."""
    numbers = {int(record.note[1:-1]) for record in records}
    assert len(records) == len(COMPANIES)
    assert len(numbers) == 1, numbers
    return numbers.pop()


def check(store):
    """Read the number, fetch a page that says the next: how many such steps were stored."""
    stored = 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end or not stored:
        # A moment for the other, which would find its page overtaken every time.
        time.sleep(0.02)
        version = store.state("support").version
        number = number_of(store.records("support"))
        try:
            saved = store.save(observation(number + 1, since=version), each_to_the_desk)
        except OvertakenError:
            continue
        stored += saved.outcome == "changed"
    return stored


def read(store):
    """Look for what no reader may see: how many looks were taken."""
    looks = last = 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end or not looks:
        number = number_of(store.records("support"))
        state = store.state("support")
        assert (state.record_count, state.failures) == (len(COMPANIES), 0)
        # One change of each record in each version, each with its delivery, and no delivery of what is not there.
        seen = [change.id for change in store.changes(since=datetime.now(UTC) - timedelta(seconds=0.3))]
        delivered = {change for delivery in store.deliveries() for change in delivery.change_ids}
        assert set(seen) <= delivered
        assert len(store.changes_by_id(sorted(delivered)[-40:])) == len(sorted(delivered)[-40:])
        assert number >= last
        last = number
        looks += 1
    return looks


def claim(store):
    """Send all there is: the ids of what was sent."""
    sent = []
    while delivery := store.claim(datetime.now(UTC), this_process(), lease=timedelta(minutes=10)):
        sent.append(delivery.id)
        # Sending takes its time, in which the other claims.
        time.sleep(0.01)
        store.sent(delivery.id, datetime.now(UTC), "250")
    return sent


def save(store):
    """Save what each line of standard input names: page, number and (or "-") body."""
    for line in sys.stdin:
        page, number, body = line.split()
        given = None if body == "-" else body.encode()
        saved = store.save(observation(int(number), page=page, body=given), each_to_the_desk)
        print(json.dumps([saved.outcome, len(saved.changes)]), flush=True)


def main():
    """The work that the second argument names, once a line on standard input says to begin."""
    with Store.open(sys.argv[1], migrate=False) as store:
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(globals()[sys.argv[2]](store)), flush=True)


@pytest.fixture
def start(url, store):
    running = []

    def processes(*works):
        children = [
            subprocess.Popen(
                [sys.executable, __file__, url, work],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                bufsize=1,
            )
            for work in works
        ]
        running.extend(children)
        for child in children:
            assert child.stdout.readline() == "ready\n"
        for child in children:
            child.stdin.write("begin\n")
        return children

    yield processes
    for child in running:
        child.kill()
        child.communicate()


def answer(child):
    out, errors = child.communicate(timeout=60)
    assert (child.returncode, errors) == (0, "")
    return json.loads(out)


def test_two_checkers_and_three_readers_lose_nothing_and_see_no_half(start, store):
    store.save(observation(0), each_to_the_desk)
    answers = [answer(child) for child in start("check", "check", "read", "read", "read")]
    stored, looks = answers[:2], answers[2:]

    assert min(*stored, *looks) > 0
    assert number_of(store.records("support")) == sum(stored)
    assert store.state("support").version == sum(stored) + 1
    changes = list(store.changes())
    assert [change.names for change in changes] == [("plan.amended",)] * (sum(stored) * len(COMPANIES))
    assert [delivery.change_ids for delivery in store.deliveries()] == [(change.id,) for change in changes]


def test_two_senders_send_each_delivery_once(start, store):
    for number in range(DELIVERIES // len(COMPANIES) + 1):
        store.save(observation(number), each_to_the_desk)
    sent = [answer(child) for child in start("claim", "claim")]

    assert min(map(len, sent)) > 0
    assert sorted(sent[0] + sent[1]) == [delivery.id for delivery in store.deliveries()]
    assert [delivery.attempts for delivery in store.deliveries()] == [1] * DELIVERIES


def told(children, lines):
    for child, line in zip(children, lines, strict=True):
        child.stdin.write(line + "\n")
    return sorted(tuple(json.loads(child.stdout.readline())) for child in children)


def test_two_checks_of_a_changed_page_at_once_publish_each_change_once(start, store):
    pair = start("save", "save")
    outcomes = [told(pair, [f"support {number} -"] * 2) for number in range(ROUNDS + 1)]

    assert outcomes == [[("baseline", 0), ("unchanged", 0)]] + [[("changed", 4), ("unchanged", 0)]] * ROUNDS
    notes = [(change.title, change.after["note"]) for change in store.changes()]
    assert len(notes) == len(set(notes)) == ROUNDS * len(COMPANIES)


def test_pages_first_checked_at_once_with_one_body_keep_it_once(start, store, count):
    pair = start("save", "save")
    for number in range(ROUNDS):
        assert told(pair, [f"left{number} 1 same{number}", f"right{number} 1 same{number}"]) == [("baseline", 0)] * 2

    assert (count("page"), count("snapshot"), count("body")) == (2 * ROUNDS, 2 * ROUNDS, ROUNDS)


if __name__ == "__main__":
    main()
