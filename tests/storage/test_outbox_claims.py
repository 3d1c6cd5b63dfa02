"""The outbox: who may send what, when, and in which words."""

import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from storage.errors import StorageError
from storage.observation import FrozenMessage
from storage.owners import is_dead, this_process

LEASE = timedelta(minutes=10)
HELLO = FrozenMessage(subject="件名", text="本文", html="<p>本文</p>")


@pytest.fixture
def outbox(site, store):
    """A store with two deliveries due, an hour apart."""
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    site.shows(site.plan("富士通"))
    return store


@pytest.fixture
def me():
    return this_process()


def test_a_delivery_is_written_with_its_changes_and_waits(outbox):
    first = outbox.deliveries()[0]

    assert (first.status, first.attempts, first.message, first.destination) == (
        "waiting",
        0,
        None,
        "subscriber#12345678",
    )
    assert [change.change for change in outbox.changes_by_id(first.change_ids)] == ["plan.added"]


def test_what_has_been_due_longest_is_claimed_first_and_once(outbox, site, me):
    claimed = [outbox.claim(site.now, me, lease=LEASE) for _ in range(3)]

    assert [delivery and delivery.id for delivery in claimed] == [1, 2, None]
    assert [(d.status, d.attempts) for d in claimed[:2]] == [("claimed", 1)] * 2


def test_what_is_not_due_yet_is_not_claimed(outbox, site, me):
    first, second = outbox.deliveries()
    lease = timedelta(days=1)

    assert outbox.claim(first.next_attempt - timedelta(seconds=1), me, lease=lease) is None
    assert outbox.claim(first.next_attempt, me, lease=lease).id == first.id
    assert outbox.claim(first.next_attempt, me, lease=lease) is None
    assert outbox.claim(second.next_attempt, me, lease=lease).id == second.id


def test_only_what_is_asked_for_is_claimed(outbox, site, me):
    assert outbox.claim(site.now, me, lease=LEASE, only=[2]).id == 2
    assert outbox.claim(site.now, me, lease=LEASE, only=[2]) is None
    assert outbox.claim(site.now, me, lease=LEASE, only=[]) is None


def test_a_claim_of_a_living_process_is_free_when_its_lease_is_over(outbox, site, me):
    outbox.claim(site.now, me, lease=LEASE, only=[1])

    assert outbox.claim(site.now + LEASE - timedelta(seconds=1), me, lease=LEASE, only=[1]) is None
    assert outbox.claim(site.now + LEASE, me, lease=LEASE, only=[1]).attempts == 2


def test_a_claim_of_a_dead_process_on_this_host_is_free_at_once(outbox, site, me):
    code = "from storage.owners import this_process; print(this_process())"
    child = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    outbox.claim(site.now, child.stdout.strip(), lease=LEASE, only=[1])

    assert outbox.claim(site.now, me, lease=LEASE, only=[1]).attempts == 2


def test_a_claim_of_another_host_is_left_until_its_lease_is_over(outbox, site, me):
    outbox.claim(site.now, "elsewhere/1/1.00", lease=LEASE, only=[1])

    assert outbox.claim(site.now, me, lease=LEASE, only=[1]) is None


@pytest.mark.parametrize(
    ("owner", "dead"),
    [
        (f"{socket.gethostname()}/{os.getpid()}/0.01", True),
        (f"{socket.gethostname()}/999999999/1.00", True),
        ("elsewhere/999999999/1.00", False),
        ("no owner", False),
    ],
    ids=["another process of this number", "no such process", "of another machine", "nothing that names one"],
)
def test_a_process_is_dead_only_if_known_to_be(owner, dead):
    assert is_dead(owner) is dead


def test_this_process_lives():
    assert is_dead(this_process()) is False


def test_a_killed_process_not_yet_collected_is_dead():
    code = "from storage.owners import this_process; print(this_process(), flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        owner = child.stdout.readline().strip()
        assert is_dead(owner) is False
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert is_dead(owner) is True


def test_of_many_threads_claiming_at_once_each_delivery_goes_to_one(outbox, site, me):
    got = []

    def run():
        while delivery := outbox.claim(site.now, me, lease=LEASE):
            got.append(delivery.id)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == [1, 2]


def test_the_words_once_frozen_are_those_of_every_attempt(outbox, site, me):
    delivery = outbox.claim(site.now, me, lease=LEASE)
    outbox.freeze(delivery.id, HELLO, "<1@a.example>")
    outbox.freeze(delivery.id, FrozenMessage(subject="other", text="other", html=None), "<2@a.example>")
    again = outbox.claim(site.now + LEASE, me, lease=LEASE, only=[delivery.id])

    assert (again.message, again.message_id) == (HELLO, "<1@a.example>")


def test_what_was_sent_is_never_claimed_or_sent_again(outbox, site, me):
    delivery = outbox.claim(site.now, me, lease=LEASE)
    outbox.sent(delivery.id, site.now, "250 2.0.0 Ok")
    outbox.failed(delivery.id, site.now, "late", site.now)
    outbox.cancel(delivery.id, site.now, "late")

    assert outbox.retry(None, site.now) == 1
    stored = outbox.deliveries("sent")[0]
    assert (stored.id, stored.code, stored.sent_at) == (delivery.id, "250 2.0.0 Ok", site.now)
    assert outbox.claim(site.now + timedelta(days=9), me, lease=LEASE, only=[delivery.id]) is None


def test_what_was_sent_is_marked_even_after_another_took_the_claim(outbox, site, me):
    outbox.claim(site.now, me, lease=LEASE, only=[1])
    outbox.claim(site.now + LEASE, "elsewhere/1/1.00", lease=LEASE, only=[1])
    outbox.sent(1, site.now + LEASE, "250")

    assert outbox.deliveries("sent")[0].id == 1


def test_a_late_failure_does_not_end_the_claim_of_another(outbox, site, me):
    first = outbox.claim(site.now, me, lease=LEASE, only=[1])
    outbox.claim(site.now + LEASE, "elsewhere/1/1.00", lease=LEASE, only=[1])
    outbox.failed(1, site.now + LEASE, "late", site.now, lease_until=first.lease_until)

    assert [item.id for item in outbox.deliveries("claimed")] == [1]


def test_a_late_failure_does_not_end_a_claim_that_counts_from_one_again(outbox, site, me):
    first = outbox.claim(site.now, me, lease=LEASE, only=[1])
    outbox.failed(1, site.now, "no", None)
    outbox.retry([1], site.now)
    second = outbox.claim(site.now + timedelta(seconds=1), me, lease=LEASE, only=[1])
    outbox.failed(1, site.now, "late", site.now, lease_until=first.lease_until)

    assert (first.attempts, second.attempts) == (1, 1)
    assert [item.id for item in outbox.deliveries("claimed")] == [1]


def test_of_what_was_sent_or_cancelled_the_subject_alone_is_kept(outbox, site, me):
    for number, end in ((1, outbox.sent), (2, outbox.cancel)):
        outbox.claim(site.now, me, lease=LEASE, only=[number])
        outbox.freeze(number, HELLO, f"<{number}@a.example>")
        end(number, site.now, "why")

    assert [(item.subject, item.message) for item in outbox.deliveries()] == [(HELLO.subject, None)] * 2


def test_a_claim_that_is_given_back_counts_for_no_attempt(outbox, site, me):
    claimed = outbox.claim(site.now, me, lease=LEASE, only=[1])
    outbox.postpone(claimed, site.now + timedelta(hours=9))

    waiting = outbox.deliveries()[0]
    assert (waiting.status, waiting.attempts, waiting.next_attempt) == (
        "waiting",
        0,
        site.now + timedelta(hours=9),
    )


def test_a_claim_that_has_passed_on_is_not_cancelled(outbox, site, me):
    first = outbox.claim(site.now, me, lease=LEASE, only=[1])
    outbox.claim(site.now + LEASE, "elsewhere/1/1.00", lease=LEASE, only=[1])
    outbox.cancel(1, site.now, "no longer configured", lease_until=first.lease_until)

    assert [item.id for item in outbox.deliveries("claimed")] == [1]


def test_a_claim_that_has_passed_on_is_not_given_back(outbox, site, me):
    first = outbox.claim(site.now, me, lease=LEASE, only=[1])
    outbox.claim(site.now + LEASE, "elsewhere/1/1.00", lease=LEASE, only=[1])
    outbox.postpone(first, site.now)

    assert [item.id for item in outbox.deliveries("claimed")] == [1]


def test_what_was_given_up_is_tried_as_often_again(outbox, site, me):
    outbox.claim(site.now, me, lease=LEASE, only=[1])
    outbox.failed(1, site.now, "no", None)
    outbox.retry([1], site.now)

    assert outbox.claim(site.now, me, lease=LEASE, only=[1]).attempts == 1


def test_a_failed_delivery_waits_until_it_is_to_be_tried_again(outbox, site, me):
    delivery = outbox.claim(site.now, me, lease=LEASE, only=[1])
    retry_at = site.now + timedelta(minutes=5)
    outbox.failed(delivery.id, site.now, "451 try later", retry_at)

    stored = outbox.deliveries()[0]
    assert (stored.status, stored.next_attempt, stored.last_error) == ("waiting", retry_at, "451 try later")
    assert outbox.claim(retry_at - timedelta(seconds=1), me, lease=LEASE, only=[1]) is None
    assert outbox.claim(retry_at, me, lease=LEASE, only=[1]).attempts == 2


def test_a_dead_delivery_goes_again_only_when_a_person_says_so(outbox, site, me):
    outbox.claim(site.now, me, lease=LEASE, only=[1])
    outbox.failed(1, site.now, "550 no such user", None)
    later = site.now + timedelta(days=30)

    assert [delivery.id for delivery in outbox.deliveries("dead")] == [1]
    assert outbox.claim(later, me, lease=LEASE, only=[1]) is None
    assert outbox.retry([1], later) == 1
    assert outbox.claim(later, me, lease=LEASE, only=[1]).id == 1


def test_a_cancelled_delivery_is_never_sent_and_says_why(outbox, site, me):
    outbox.cancel(1, site.now, "unsubscribed")

    assert outbox.retry(None, site.now) == 1
    assert outbox.claim(site.now, me, lease=LEASE, only=[1]) is None
    assert outbox.deliveries("cancelled")[0].last_error == "unsubscribed"


def test_retry_leaves_what_is_being_sent_alone(outbox, site, me):
    outbox.claim(site.now, me, lease=LEASE, only=[1])

    assert outbox.retry([1, 2, 99], site.now) == 1
    assert [delivery.id for delivery in outbox.deliveries("claimed")] == [1]


@pytest.mark.parametrize("step", ["sent", "failed", "cancel", "freeze"])
def test_an_unknown_delivery_is_said(outbox, site, step):
    arguments = {
        "sent": (site.now, "250"),
        "failed": (site.now, "x", None),
        "cancel": (site.now, "x"),
        "freeze": (HELLO, "<1@a.example>"),
    }
    with pytest.raises(StorageError, match="no delivery 99"):
        getattr(outbox, step)(99, *arguments[step])
