"""Deliveries that are due later, and digests: what comes into one, until when, and what becomes of what is too late."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.observation import Draft, FrozenMessage, Window
from storage.owners import this_process
from storage.store import Store
from tests.storage.conftest import START, Site, tell_all

LEASE = timedelta(minutes=10)
HELLO = FrozenMessage(subject="件名", text="本文", html="<p>本文</p>")
DAY = Window(after=START - timedelta(hours=12), until=START + timedelta(hours=12))
NEXT_DAY = Window(after=DAY.until, until=DAY.until + timedelta(days=1))
DESK = Draft(destination="desk#1", subscriber="desk", channel="subscriber", change_ids=(), language="ja", window=DAY)


def into(window, *destinations):
    """A route that puts everything into the digests of a window."""

    def route(page, changes):
        ids = tuple(change.id for change in changes)
        return [replace(DESK, destination=name, window=window, change_ids=ids) for name in destinations or ("desk#1",)]

    return route


@pytest.fixture
def told_daily(site):
    """A page whose baseline is there and whose changes go into the day's digest."""
    site.shows(site.plan("富士通"))
    site.route = into(DAY)
    return site


def add(site, *companies):
    site.shows(site.plan("富士通"), *map(site.plan, companies))


def claimed(store, delivery, now):
    return store.claim(now, this_process(), lease=LEASE, only=[delivery.id])


# Later


def test_what_is_to_wait_is_due_when_the_draft_says(site, store):
    morning = START + timedelta(hours=20)
    site.shows(site.plan("富士通"))
    site.route = lambda page, changes: [replace(draft, due=morning) for draft in tell_all(page, changes)]
    add(site, "日本電気")

    (delivery,) = store.deliveries()
    assert (delivery.kind, delivery.window, delivery.next_attempt) == ("changes", None, morning)
    assert claimed(store, delivery, morning - timedelta(seconds=1)) is None


def test_what_is_due_is_listed_with_what_is_claimed_and_nothing_else(site, store):
    site.shows(site.plan("富士通"))
    for company in ("日本電気", "ノキア", "KDDI", "京セラ"):
        add(site, company)
    first, second, third, fourth = store.deliveries()
    store.sent(first.id, site.now, "250")
    claimed(store, fourth, site.now)

    assert store.due(second.next_attempt) == [
        (second.id, "subscriber#12345678", second.next_attempt, 0),
        (fourth.id, "subscriber#12345678", fourth.next_attempt, 1),
    ]
    assert [due.id for due in store.due(site.now)] == [second.id, third.id, fourth.id]


def test_retry_hastens_nothing_that_is_to_wait(told_daily, store):
    add(told_daily, "日本電気")
    (digest,) = store.deliveries()

    assert store.retry(None, told_daily.now) == 0
    assert store.retry([digest.id], DAY.until) == 1


# Digests


def test_the_changes_of_a_window_are_one_delivery_due_at_its_end(told_daily, store):
    add(told_daily, "日本電気")
    add(told_daily, "日本電気", "ノキア")

    (digest,) = store.deliveries()
    assert (digest.kind, digest.window, digest.next_attempt, digest.message) == ("digest", DAY, DAY.until, None)
    assert [change.title for change in store.changes_by_id(digest.change_ids)] == ["日本電気", "ノキア"]


def test_each_destination_and_each_window_has_a_digest_of_its_own(told_daily, store):
    told_daily.route = into(DAY, "desk#1", "desk#2")
    add(told_daily, "日本電気")
    told_daily.route = into(NEXT_DAY)
    add(told_daily)

    assert [(digest.destination, digest.window, len(digest.change_ids)) for digest in store.deliveries()] == [
        ("desk#1", DAY, 1),
        ("desk#2", DAY, 1),
        ("desk#1", NEXT_DAY, 1),
    ]


def test_urgent_and_daily_changes_of_one_check_are_two_deliveries(told_daily, store):
    def route(page, changes):
        daily, urgent = ((change.id,) for change in changes)
        return [replace(DESK, change_ids=daily), replace(DESK, change_ids=urgent, window=None)]

    told_daily.route = route
    add(told_daily, "日本電気", "ノキア")

    assert sorted((delivery.kind, delivery.change_ids) for delivery in store.deliveries()) == [
        ("changes", (2,)),
        ("digest", (1,)),
    ]


def test_a_check_that_is_not_stored_leaves_the_digest_as_it_was(told_daily, store):
    add(told_daily, "日本電気")
    before = store.deliveries()

    def interrupted(page, changes):
        raise KeyboardInterrupt

    told_daily.route = interrupted
    with pytest.raises(KeyboardInterrupt):
        add(told_daily, "日本電気", "ノキア")

    assert store.deliveries() == before


@pytest.mark.parametrize("fate", ["claimed", "frozen", "failed", "sent", "dead"])
def test_what_comes_too_late_for_a_digest_goes_at_once_as_a_message_of_its_own(told_daily, store, fate):
    """As a clock set back brings it about: the digest's window ends a second time."""
    add(told_daily, "日本電気")
    (digest,) = store.deliveries()
    claimed(store, digest, DAY.until)
    if fate == "frozen":
        store.freeze(digest.id, HELLO, "<1@a.example>")
    elif fate == "sent":
        store.sent(digest.id, DAY.until, "250")
    elif fate != "claimed":
        store.failed(digest.id, DAY.until, "no answer", DAY.until if fate == "failed" else None)
    at = told_daily.now
    add(told_daily, "日本電気", "ノキア")

    first, second = store.deliveries()
    assert first.change_ids == digest.change_ids
    assert (second.kind, second.window, second.next_attempt, second.change_ids) == ("changes", None, at, (2,))


def test_a_digest_of_which_nothing_is_left_makes_room_for_another(told_daily, store):
    add(told_daily, "日本電気")
    store.cancel(1, told_daily.now, "what it was to tell had been misread")
    add(told_daily, "日本電気", "ノキア")

    assert [(digest.status, digest.window, digest.change_ids) for digest in store.deliveries()] == [
        ("cancelled", None, (1,)),
        ("waiting", DAY, (2,)),
    ]


def test_many_writers_at_once_share_one_digest(prepared_url):
    url = prepared_url()
    names = [f"page{number}" for number in range(6)]
    with Store.open(url) as store:
        sites = {name: Site(store) for name in names}
        for name, site in sites.items():
            site.id = name
            site.shows(site.plan("富士通"))
            site.route = into(DAY, "desk#2", "desk#1", "desk#3")
        threads = [threading.Thread(target=add, args=(site, "日本電気", "ノキア")) for site in sites.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        digests = store.deliveries()
        assert sorted(digest.destination for digest in digests) == ["desk#1", "desk#2", "desk#3"]
        assert [digest.change_ids for digest in digests] == [tuple(range(1, 13))] * 3


def test_every_change_is_in_one_message_though_digests_are_claimed_while_it_comes(prepared_url):
    with Store.open(prepared_url()) as store:
        site = Site(store)
        site.shows(site.plan("富士通"))
        site.route = into(DAY)
        taken, over = [], threading.Event()

        def take():
            while True:
                ended = over.is_set()
                if found := store.claim(NEXT_DAY.until, this_process(), lease=LEASE):
                    taken.append(found)
                elif ended:
                    return

        thread = threading.Thread(target=take)
        thread.start()
        companies = []
        for number in range(15):
            companies.append(f"第{number}社")
            add(site, *companies)
        over.set()
        thread.join()

        ids = [change_id for delivery in taken for change_id in delivery.change_ids]
        assert sorted(ids) == [change.id for change in store.changes()]
        assert [delivery.change_ids for delivery in taken] == [delivery.change_ids for delivery in store.deliveries()]


def test_every_change_is_in_one_digest_though_another_is_moved_into_it_while_it_is_made(prepared_url):
    with Store.open(prepared_url()) as store:
        old, new = Site(store), Site(store)
        old.id, new.id = "old", "new"
        for site in (old, new):
            site.shows(site.plan("富士通"))
        old.route, new.route = into(NEXT_DAY), into(DAY)
        for number in range(8):
            add(old, f"第{number}社")
            (waiting,) = [digest for digest in store.open_windows() if digest.window == NEXT_DAY]
            adding = threading.Thread(target=add, args=(new, f"第{number}社"))
            adding.start()
            store.move_digest(waiting.id, DAY, DAY.until)
            adding.join()

        told = [change for delivery in store.deliveries() for change in delivery.change_ids]
        assert sorted(told) == [change.id for change in store.changes()]
        assert [digest.window for digest in store.open_windows()] == [DAY]


# All quiet


def test_a_digest_is_opened_where_there_is_none(told_daily, store):
    add(told_daily, "日本電気")
    drafts = [DESK, replace(DESK, destination="desk#2")]

    assert store.open_digests(drafts, DAY.until) == 1
    assert store.open_digests(drafts, DAY.until) == 0
    assert [(digest.destination, digest.change_ids) for digest in store.deliveries()] == [
        ("desk#1", (1,)),
        ("desk#2", ()),
    ]


def test_a_digest_that_was_sent_is_not_opened_again(store):
    store.open_digests([DESK], DAY.until)
    (digest,) = store.deliveries()
    claimed(store, digest, DAY.until)
    store.sent(digest.id, DAY.until, "250")

    assert store.open_digests([DESK], DAY.until) == 0


def test_a_change_comes_into_a_digest_that_was_opened_empty(told_daily, store):
    store.open_digests([DESK], told_daily.now)
    add(told_daily, "日本電気")

    assert [digest.change_ids for digest in store.deliveries()] == [(1,)]


# Corrections


def corrected(site, *records):
    """Read every body again: the last shows these records."""
    snapshots = site.store.unread(site.id, "support 2")
    for snapshot in snapshots:
        shown = records if snapshot == snapshots[-1] else [site.plan("富士通")]
        site.store.put_aside("support 2", {snapshot: site.page(*shown, version=2)})
    return site.store.correct(site.id, "support 2", site.now)


def test_what_never_was_is_taken_out_of_a_digest_that_is_not_written_yet(told_daily, store):
    add(told_daily, "日本電気", "ノキア")
    found = corrected(told_daily, told_daily.plan("富士通"), told_daily.plan("ノキア"))

    assert (len(found.superseded), found.messages) == (1, 0)
    (digest,) = store.deliveries()
    assert [change.title for change in store.changes_by_id(digest.change_ids)] == ["ノキア"]


def test_a_digest_of_which_all_never_was_is_cancelled(told_daily, store):
    add(told_daily, "日本電気")
    corrected(told_daily, told_daily.plan("富士通"))

    assert [(digest.status, digest.change_ids) for digest in store.deliveries()] == [("cancelled", ())]


def test_what_a_digest_told_and_never_was_is_corrected_by_a_message(told_daily, store):
    add(told_daily, "日本電気")
    (digest,) = store.deliveries()
    claimed(store, digest, DAY.until)
    store.freeze(digest.id, HELLO, "<1@a.example>")
    found = corrected(told_daily, told_daily.plan("富士通"))

    assert found.messages == 1
    assert [(delivery.kind, delivery.window) for delivery in store.deliveries()] == [("digest", DAY), ("changes", None)]
