"""Subscribers of the database, and how subscribers stand."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.engine import Database
from storage.errors import StorageError
from storage.observation import Draft, FrozenMessage
from storage.owners import this_process
from storage.store import Store
from tests.storage.conftest import START

MAILBOX = "Tanaka@city.example.jp"
LATER = START + timedelta(days=1)
LEASE = timedelta(minutes=10)
DRAFT = Draft(destination="", subscriber="desk", channel="subscriber", change_ids=(), language="ja")


def every_value(url):
    """All that stands in the database's tables."""
    with closing(Database(url, create=False)) as database, database.reading() as connection:
        tables = ("delivery", "subscriber", "subscriber_address", "standing")
        return " ".join(repr(row) for name in tables for row in connection.execute(text(f"SELECT * FROM {name}")))


@pytest.fixture
def desk(store):
    return store.add_subscriber("desk", [MAILBOX, "${DESK_CHAT}"], {"pages": ["ict"]}, START)


@pytest.fixture
def told(site, desk):
    """A page with a change of which the subscriber is to be told at both addresses, and another one at the first."""
    mailbox, chat = (item.id for item in desk.destinations)

    def route(page, changes):
        pairs = zip((mailbox, chat, mailbox), (changes[0], changes[0], changes[1]), strict=True)
        return [replace(DRAFT, destination=destination, change_ids=(change.id,)) for destination, change in pairs]

    site.shows(site.plan("富士通"))
    site.route = route
    site.shows(site.plan("富士通"), site.plan("日本電気"), site.plan("ノキア"))
    return site


# Subscribers


def test_a_subscriber_is_kept_as_it_was_added(store, desk):
    assert store.subscribers() == [desk]
    assert (desk.name, desk.settings, desk.added_at) == ("desk", {"pages": ["ict"]}, START)
    assert [item.address for item in desk.destinations] == [MAILBOX, "${DESK_CHAT}"]


def test_ids_of_destinations_tell_nothing_of_the_address(store, desk):
    other = store.add_subscriber("desk2", [MAILBOX], {}, START)

    ids = [item.id for item in (*desk.destinations, *other.destinations)]
    assert [name.partition("#")[0] for name in ids] == ["desk", "desk", "desk2"]
    assert len({name.partition("#")[2] for name in ids}) == 3


def test_an_address_is_not_shown_by_accident(desk):
    assert MAILBOX not in repr(desk)


def test_a_name_that_is_taken_is_refused(store, desk):
    with pytest.raises(StorageError, match="there is a subscriber 'desk' already"):
        store.add_subscriber("desk", ["other@example.jp"], {}, LATER)

    assert store.subscribers() == [desk]


def test_a_url_is_refused_without_being_shown_and_nothing_is_stored(store, url):
    with pytest.raises(StorageError, match=r"\$\{NAME\}") as refused:
        store.add_subscriber("desk", [MAILBOX, "slack://T0KEN/here"], {}, START)

    assert "T0KEN" not in str(refused.value)
    assert store.subscribers() == []


@pytest.mark.parametrize(
    ("name", "addresses"), [("", [MAILBOX]), ("desk", []), ("desk", [""]), ("desk", ["a@b", "a@b"])]
)
def test_a_subscriber_without_name_or_address_or_with_one_twice_is_refused(store, name, addresses):
    with pytest.raises(StorageError, match=r"at least one address|given twice"):
        store.add_subscriber(name, addresses, {}, START)

    assert store.subscribers() == []


# Removing


def test_removing_cancels_what_waits_and_keeps_the_name_as_a_label(store, told):
    assert store.remove_subscriber("desk", LATER) == 3
    assert store.subscribers() == []
    assert {(item.status, item.subscriber, item.last_error) for item in store.deliveries()} == {
        ("cancelled", "desk", "its subscriber was removed")
    }


def test_removing_leaves_others_and_what_was_sent_alone(store, told):
    other = store.add_subscriber("other", ["other@example.jp"], {}, START)
    store.set_standing("other", "paused", START)
    store.sent(1, START, "250")
    store.remove_subscriber("desk", LATER)

    assert store.subscribers() == [other]
    assert [standing.subscriber for standing in store.standings()] == ["other"]
    assert [item.status for item in store.deliveries()] == ["sent", "cancelled", "cancelled"]


def test_the_address_is_erased_wherever_it_stands_in_whatever_case(store, told, url):
    message = FrozenMessage(subject=f"for {MAILBOX}", text=MAILBOX.upper(), html=f"<p>{MAILBOX}</p>")
    for number in (1, 2):
        store.claim(LATER, this_process(), lease=LEASE, only=[number])
        store.freeze(number, message, f"<{number}@a.example>")
    store.sent(1, LATER, f"250 queued for <{MAILBOX.lower()}>")
    store.bounced(2, LATER, f"550 <{MAILBOX}>: no such user")
    assert MAILBOX.lower() in every_value(url).lower()
    store.remove_subscriber("desk", LATER)

    assert MAILBOX.lower() not in every_value(url).lower()
    sent, dead = store.deliveries("sent")[0], store.deliveries("cancelled")[0]
    assert (sent.code, sent.subject) == ("250 queued for <[erased]>", "for [erased]")
    assert dead.subject == "for [erased]"


def test_an_address_with_signs_that_html_writes_otherwise_is_erased_too(store, told, url):
    odd = "o'brien&co@example.ie"
    store.add_subscriber("odd", [odd], {}, START)
    store.freeze(1, FrozenMessage(subject="s", text="t", html="<p>o&#x27;brien&amp;co@example.ie</p>"), "<1@a.example>")
    store.remove_subscriber("odd", LATER)

    assert store.deliveries()[0].message.html == "<p>[erased]</p>"


def test_of_what_only_looks_like_the_address_nothing_is_erased(store, told):
    store.add_subscriber("other", ["a_%@example.jp"], {}, START)
    store.freeze(1, FrozenMessage(subject="axx@example.jp", text="abc@example.jp", html=None), "<1@a.example>")
    store.remove_subscriber("other", LATER)

    assert store.deliveries()[0].message.subject == "axx@example.jp"


def test_the_address_is_not_in_the_file_either(url, file):
    with Store.open(url) as store:
        for number in range(30):
            store.add_subscriber(f"desk{number}", [MAILBOX], {"pages": ["ict"]}, START)
        for number in range(30):
            store.remove_subscriber(f"desk{number}", LATER)

    assert MAILBOX.encode() not in file.read_bytes()


def test_the_address_is_not_in_the_log_beside_the_file_while_others_have_it_open(url, file):
    with Store.open(url) as other, Store.open(url) as store:
        other.states()
        store.add_subscriber("desk", [MAILBOX], {}, START)
        store.remove_subscriber("desk", LATER)

        assert MAILBOX.encode() not in file.with_name(f"{file.name}-wal").read_bytes()


def test_who_is_not_there_cannot_be_removed(store):
    with pytest.raises(StorageError, match="no subscriber 'nobody'"):
        store.remove_subscriber("nobody", LATER)


def test_a_name_that_was_removed_is_free_and_stands_well(store, desk):
    store.set_standing("desk", "unsubscribed", START)
    store.remove_subscriber("desk", LATER)
    again = store.add_subscriber("desk", [MAILBOX], {}, LATER)

    assert store.standings() == []
    assert {item.id for item in again.destinations}.isdisjoint(item.id for item in desk.destinations)


# Standings


def test_a_standing_is_of_a_subscriber_or_of_one_destination(store):
    store.set_standing("desk", "paused", START, why="subscribers pause")
    store.set_standing("desk", "bounced", LATER, destination="desk#1", why="550")
    whole, one = store.standings()

    assert (whole.subscriber, whole.destination, whole.state, whole.since, whole.why) == (
        "desk",
        None,
        "paused",
        START,
        "subscribers pause",
    )
    assert (one.destination, one.state, one.since) == ("desk#1", "bounced", LATER)


def test_a_standing_takes_the_place_of_the_one_before(store):
    store.set_standing("desk", "paused", START)
    store.set_standing("desk", "unsubscribed", LATER, why="by mail")

    assert [(item.state, item.since, item.why) for item in store.standings()] == [("unsubscribed", LATER, "by mail")]


def test_the_same_standing_again_began_when_it_began(store):
    store.set_standing("desk", "paused", START)
    store.set_standing("desk", "paused", LATER, why="again")

    assert [(item.since, item.why) for item in store.standings()] == [(START, "again")]


@pytest.mark.parametrize("state", ["paused", "bounced"])
def test_who_unsubscribed_stays_so(store, state):
    store.set_standing("desk", "unsubscribed", START, destination="desk#1")
    store.set_standing("desk", state, LATER, destination="desk#1")

    assert [(item.state, item.since) for item in store.standings()] == [("unsubscribed", START)]


def test_a_standing_is_cleared_alone(store):
    store.set_standing("desk", "paused", START)
    store.set_standing("desk", "paused", START, destination="desk#1")

    assert store.clear_standing("desk") is True
    assert store.clear_standing("desk") is False
    assert [item.destination for item in store.standings()] == ["desk#1"]
    assert store.clear_standing("desk", destination="desk#1") is True


def test_unsubscribing_a_destination_cancels_what_waits_for_it(store, told, desk):
    mailbox, chat = (item.id for item in desk.destinations)
    store.set_standing("desk", "unsubscribed", LATER, destination=mailbox)

    assert [(item.destination, item.status, item.last_error) for item in store.deliveries()] == [
        (mailbox, "cancelled", "unsubscribed"),
        (chat, "waiting", None),
        (mailbox, "cancelled", "unsubscribed"),
    ]


def test_unsubscribing_a_subscriber_cancels_all_that_waits_for_it(store, told):
    store.set_standing("desk", "unsubscribed", LATER)

    assert {item.status for item in store.deliveries()} == {"cancelled"}


def test_pausing_cancels_nothing(store, told):
    store.set_standing("desk", "paused", LATER)

    assert {item.status for item in store.deliveries()} == {"waiting"}
