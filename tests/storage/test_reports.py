"""What operators are told besides changes: dead messages and bounces, and how the service itself is."""

from datetime import timedelta

import pytest

from storage.observation import FrozenMessage, Notice
from storage.owners import this_process
from tests.storage.conftest import START

LEASE = timedelta(minutes=10)
DAY = timedelta(days=1)


def notice(text, **more):
    message = FrozenMessage(subject=text, text=text, html=None)
    return Notice(destination="operator#1", subscriber="operator", language="ja", message=message, **more)


def tell(dead, bounced):
    return [notice(f"{[item.id for item in dead]} {[item.destination for item in bounced]}")]


def tell_condition(incident, phase):
    return [notice(f"{phase}: {incident.message}")]


def notices(store):
    return [item.message.subject for item in store.deliveries() if item.kind == "notice"]


def dies(store, number, now):
    store.claim(now, this_process(), lease=LEASE, only=[number])
    store.failed(number, now, "550: no", None)


def never(*given):
    raise AssertionError(f"nothing was to be told: {given}")


def interrupted(*given):
    raise KeyboardInterrupt


@pytest.fixture
def outbox(site, store):
    """A store with three deliveries to one subscriber."""
    site.shows(site.plan("富士通"))
    for company in ("日本電気", "ノキア", "KDDI"):
        site.shows(site.plan("富士通"), site.plan(company))
    return store


# Notices


def test_a_notice_is_frozen_when_it_is_written_and_gets_its_message_id_when_it_is_sent(outbox, site):
    dies(outbox, 1, site.now)
    outbox.report(site.now, tell)
    number = outbox.deliveries()[-1].id
    taken = outbox.claim(site.now, this_process(), lease=LEASE, only=[number])
    assert (taken.kind, taken.channel, taken.change_ids, taken.message_id) == ("notice", "operator", (), None)
    outbox.freeze(number, FrozenMessage(subject="other", text="other", html="other"), "<4@a.example>")

    frozen = outbox.deliveries()[-1]
    assert frozen.message == taken.message == FrozenMessage(subject="[1] []", text="[1] []", html=None)
    assert frozen.message_id == "<4@a.example>"


# Dead messages


def test_dead_messages_are_told_once(outbox, site):
    dies(outbox, 1, site.now)
    dies(outbox, 3, site.now)

    assert outbox.report(site.now, tell) == 1
    assert outbox.report(site.now, never) == 0
    assert notices(outbox) == ["[1, 3] []"]


def test_a_message_that_dies_again_is_told_again(outbox, site):
    dies(outbox, 1, site.now)
    outbox.report(site.now, tell)
    outbox.retry([1], site.now)
    dies(outbox, 1, site.now)
    outbox.report(site.now, tell)

    assert notices(outbox) == ["[1] []", "[1] []"]


def test_what_nobody_could_be_told_stays_to_be_told(outbox, site):
    dies(outbox, 1, site.now)

    assert outbox.report(site.now, lambda dead, bounced: []) == 0
    assert outbox.report(site.now, tell) == 1


def test_a_report_that_breaks_off_is_made_again(outbox, site):
    dies(outbox, 1, site.now)
    with pytest.raises(KeyboardInterrupt):
        outbox.report(site.now, interrupted)
    outbox.report(site.now, tell)

    assert notices(outbox) == ["[1] []"]


def test_a_dead_notice_to_the_operator_makes_no_other(outbox, site):
    dies(outbox, 1, site.now)
    outbox.report(site.now, tell)
    dies(outbox, outbox.deliveries()[-1].id, site.now)

    assert outbox.report(site.now, never) == 0


def test_what_a_notice_told_that_died_itself_is_told_again_a_day_later(outbox, site):
    dies(outbox, 1, site.now)
    outbox.report(site.now, tell)
    dies(outbox, outbox.deliveries()[-1].id, site.now)

    assert outbox.report(site.now + DAY - timedelta(seconds=1), never) == 0
    assert outbox.report(site.now + DAY, tell) == 1
    assert outbox.report(site.now + 2 * DAY, never) == 0


def test_a_dead_notice_is_told_of_with_what_is_told_next(outbox, site):
    dies(outbox, 1, site.now)
    outbox.report(site.now, tell)
    dies(outbox, outbox.deliveries()[-1].id, site.now)
    dies(outbox, 2, site.now)
    outbox.report(site.now, tell)

    assert notices(outbox) == ["[1] []", "[2, 4] []"]


# Bounces


def test_a_bounce_is_a_dead_message_and_the_standing_of_its_destination(outbox, site):
    outbox.claim(site.now, this_process(), lease=LEASE, only=[2])
    outbox.bounced(2, site.now, "550: no such user")

    (dead,) = outbox.deliveries("dead")
    assert (dead.id, dead.last_error) == (2, "550: no such user")
    (standing,) = outbox.standings()
    assert (standing.subscriber, standing.destination) == ("subscriber", "subscriber#12345678")
    assert (standing.state, standing.since, standing.why) == ("bounced", site.now, "550: no such user")


def test_a_late_bounce_of_what_another_process_sent_is_without_effect(outbox, site):
    outbox.claim(site.now, this_process(), lease=LEASE, only=[2])
    outbox.sent(2, site.now, "250")
    outbox.bounced(2, site.now, "550: no such user")

    assert (outbox.deliveries("dead"), outbox.standings()) == ([], [])


def test_a_bounce_is_told_once(outbox, site):
    for number in (1, 2):
        outbox.claim(site.now, this_process(), lease=LEASE, only=[number])
        outbox.bounced(number, site.now, "550: no such user")
        outbox.report(site.now, tell)

    assert notices(outbox) == ["[1] ['subscriber#12345678']", "[2] []"]


def test_a_destination_that_bounces_after_it_was_cleared_is_told_again(outbox, site):
    for number in (1, 2):
        outbox.claim(site.now, this_process(), lease=LEASE, only=[number])
        outbox.bounced(number, site.now, "550: no such user")
        outbox.report(site.now, tell)
        outbox.clear_standing("subscriber", destination="subscriber#12345678")

    assert notices(outbox) == ["[1] ['subscriber#12345678']", "[2] ['subscriber#12345678']"]


def test_standings_that_are_no_bounce_are_not_told(outbox, site):
    outbox.set_standing("subscriber", "paused", site.now)
    outbox.set_standing("subscriber", "unsubscribed", site.now, destination="subscriber#12345678")

    assert outbox.report(site.now, never) == 0


# The service itself


def test_a_condition_is_told_when_it_begins_daily_and_when_it_ends(store):
    told = [
        store.condition("disk.full", found, START + hours * timedelta(hours=1), tell_condition)
        for hours, found in ((0, "5 MB free"), (1, "4 MB free"), (23.4, "3 MB free"), (24, "2 MB free"), (30, None))
    ]

    assert told == [True, False, False, True, True]
    assert notices(store) == ["opened: 5 MB free", "open: 2 MB free", "closed: 2 MB free"]


def test_a_condition_is_an_incident_without_a_page(store):
    store.condition("disk.full", "5 MB free", START, tell_condition)

    (incident,) = store.incidents()
    assert (incident.page, incident.kind, incident.message, incident.opened_at, incident.closed_at) == (
        None,
        "disk.full",
        "5 MB free",
        START,
        None,
    )


def test_a_condition_that_ended_lasted_from_its_beginning(store):
    store.condition("disk.full", "5 MB free", START, tell_condition)
    seen = []
    store.condition("disk.full", None, START + DAY, lambda incident, phase: seen.append(incident) or [])

    assert store.incidents(open_only=False) == seen
    assert (seen[0].opened_at, seen[0].closed_at) == (START, START + DAY)
    assert store.incidents() == []


def test_where_nothing_is_wrong_nothing_is_told(store):
    assert store.condition("disk.full", None, START, never) is False


def test_conditions_of_two_kinds_are_two_incidents(store):
    store.condition("disk.full", "5 MB free", START, tell_condition)
    store.condition("sandbox.killed", "twice", START, tell_condition)
    store.condition("disk.full", None, START, tell_condition)

    assert [incident.kind for incident in store.incidents()] == ["sandbox.killed"]


def test_a_condition_is_no_incident_of_a_page(store, site):
    site.shows(site.plan("富士通"))
    store.condition("page.failing", "no page's", START, tell_condition)
    site.is_not_modified()

    assert store.remind(["support"], START + 2 * DAY, never) == []
    assert [incident.page for incident in store.incidents()] == [None]


def test_after_a_clock_set_back_the_day_begins_then(store):
    store.condition("disk.full", "5 MB free", START, tell_condition)

    assert store.condition("disk.full", "5 MB free", START - DAY, never) is False
    assert store.condition("disk.full", "5 MB free", START - timedelta(hours=1), never) is False
    assert store.condition("disk.full", "5 MB free", START, tell_condition) is True


def test_after_a_clock_set_back_a_condition_that_ends_lasted_no_time(store):
    store.condition("disk.full", "5 MB free", START, tell_condition)
    store.condition("disk.full", None, START - DAY, tell_condition)

    assert [incident.closed_at for incident in store.incidents(open_only=False)] == [START]


def test_a_condition_that_breaks_off_is_told_the_next_time(store):
    with pytest.raises(KeyboardInterrupt):
        store.condition("disk.full", "5 MB free", START, interrupted)

    assert store.incidents() == []
    assert store.condition("disk.full", "5 MB free", START, tell_condition) is True
