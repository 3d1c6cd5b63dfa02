"""What is told without a check: stale and unverified pages, open incidents once a day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.observation import Draft, Window
from tests.storage.conftest import START, tell_all

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def watched(site):
    """A page that was found good once."""
    site.shows(site.plan("富士通"))
    return site


def stale(site, store):
    return store.tell_stale({site.id: site.state().last_check}, site.now, tell_all)


# Stale


def test_a_stale_page_is_told_once_and_only_to_the_operator(watched, store, names):
    told = [names(stale(watched, store)) for _ in range(2)]

    assert told == [["page.stale"], []]
    assert [delivery.channel for delivery in store.deliveries()] == ["operator"]
    assert [incident.kind for incident in store.incidents()] == ["page.stale"]


def test_what_is_said_of_a_stale_page_names_its_last_check(watched, store):
    (told,) = stale(watched, store)
    assert told.after == {"message": "the page was not checked since 2024-04-26 10:30, although that was due twice"}


def test_a_page_that_was_checked_meanwhile_is_not_stale(watched, store):
    before = watched.state().last_check
    watched.is_not_modified()

    assert store.tell_stale({watched.id: before}, watched.now, tell_all) == []
    assert store.incidents() == []


def test_a_good_check_ends_it_and_says_how_long_it_lasted(watched, store, names):
    stale(watched, store)
    watched.later(hours=30)
    (told,) = watched.is_not_modified().incidents

    assert told.change == "page.recovered"
    assert told.after["incidents"] == ["page.stale"]
    assert (told.after["opened_at"], told.after["closed_at"]) == (
        "2024-04-26T11:30:00+09:00",
        "2024-04-27T17:30:00+09:00",
    )
    assert store.incidents() == []


def test_what_a_check_finds_wrong_takes_its_place_unsaid(watched, store, names):
    stale(watched, store)

    assert names(watched.looks_wrong().incidents) == ["page.suspect"]
    assert [incident.kind for incident in store.incidents()] == ["page.suspect"]


def test_a_single_failure_does_not_end_it(watched, store, names):
    stale(watched, store)

    assert names(watched.fails().incidents) == []
    assert names(watched.is_not_modified().incidents) == ["page.recovered"]


def test_what_is_found_at_one_time_is_one_message(store, site, names):
    for page in ("support", "ict"):
        site.id = page
        site.shows(site.plan("富士通"))
    found = {state.page.id: state.last_check for state in store.states()}
    told = store.tell_stale(found, site.now, tell_all)

    assert names(told) == ["page.stale", "page.stale"]
    (delivery,) = store.deliveries()
    assert delivery.change_ids == tuple(change.id for change in told)


# Daily


def test_what_is_found_at_one_time_is_one_message_for_each_time_at_which_it_is_told(store, site):
    for name in ("support", "other"):
        site.id = name
        site.shows(site.plan("富士通"))
    day = Window(after=START, until=START + DAY)

    def route(page, changes):
        (draft,) = tell_all(page, changes)
        return [draft, replace(draft, due=site.now + HOUR), replace(draft, window=day)]

    store.tell_stale({name: store.state(name).last_check for name in ("support", "other")}, site.now, route)

    assert [(item.kind, item.next_attempt, item.change_ids) for item in store.deliveries()] == [
        ("digest", day.until, (1, 2)),
        ("changes", site.now, (1, 2)),
        ("changes", site.now + HOUR, (1, 2)),
    ]


def test_an_open_incident_is_told_again_after_a_day_by_the_next_check(watched, names):
    watched.looks_wrong()
    told = [names(watched.looks_wrong().incidents) for _ in range(50)]
    assert [hours + 1 for hours, found in enumerate(told) if found] == [24, 48]


def test_a_check_that_fails_otherwise_reminds_of_what_is_open(watched, names):
    watched.looks_wrong()
    watched.later(days=1)
    assert names(watched.fails().incidents) == ["page.suspect"]


def test_a_reminder_says_why_and_since_when(watched):
    watched.fails("http_503", 503)
    watched.fails("http_503", 503)
    watched.later(days=1)
    (told,) = watched.fails("http_503", 503).incidents

    assert told.after == {
        "reason": "http_503",
        "message": "it failed: http_503",
        "opened_at": "2024-04-26T11:30:00+09:00",
        "count": 3,
    }


def test_a_page_that_is_back_says_since_when_it_failed(watched):
    watched.fails("http_503", 503)
    watched.fails("http_503", 503)
    (told,) = watched.is_not_modified().incidents

    assert (told.change, told.after["opened_at"]) == ("page.recovered", "2024-04-26T11:30:00+09:00")


def test_a_check_once_a_day_that_comes_a_second_earlier_each_day_reminds_daily(watched, names):
    watched.looks_wrong()
    told = []
    for _ in range(5):
        watched.later(hours=23, seconds=-1)
        told.append(names(watched.looks_wrong().incidents))

    assert told == [["page.suspect"]] * 5


def test_a_reminder_needs_no_check(watched, store, names):
    watched.looks_wrong()
    told = []
    for _ in range(50):
        told.append(names(store.remind({watched.id}, watched.now, tell_all)))
        watched.later(hours=1)

    assert [hours + 1 for hours, found in enumerate(told) if found] == [24, 48]
    assert {name for found in told for name in found} == {"page.suspect"}


def test_a_page_that_is_watched_no_longer_is_not_called_to_mind(watched, store):
    watched.looks_wrong()
    assert store.remind({"another"}, watched.now + 2 * DAY, tell_all) == []


def test_what_is_closed_is_not_called_to_mind(watched, store):
    watched.looks_wrong()
    watched.is_not_modified()
    assert store.remind({watched.id}, watched.now + 2 * DAY, tell_all) == []


def test_by_a_clock_that_was_set_back_the_day_begins_anew(watched, store, names):
    watched.looks_wrong()
    watched.later(days=-400)
    told = [names(store.remind({watched.id}, watched.now + hours * HOUR, tell_all)) for hours in range(26)]
    assert [hours for hours, found in enumerate(told) if found] == [24]


# Not verified


def test_subscribers_and_operators_hear_once_that_a_page_is_unverified(watched, store, names):
    watched.fails()
    good = watched.state().last_unchanged
    told = [names(store.tell_unverified({watched.id: good}, watched.now, tell_all)) for _ in range(2)]

    assert told == [["page.unverified"], []]
    assert [delivery.channel for delivery in store.deliveries()] == ["subscriber"]
    assert watched.state().unverified


def test_why_it_is_unverified_is_said_without_the_operators_details(watched, store):
    watched.fails("dns")
    (told,) = store.tell_unverified({watched.id: watched.state().last_unchanged}, watched.now, tell_all)

    assert told.after == {"reason": "dns"}
    assert told.last_seen_before == START


def test_a_page_found_good_meanwhile_is_verified(watched, store):
    good = watched.state().last_unchanged
    watched.is_not_modified()
    assert store.tell_unverified({watched.id: good}, watched.now, tell_all) == []


def test_the_next_good_check_says_that_it_is_verified_again(watched, store, names):
    store.tell_unverified({watched.id: watched.state().last_unchanged}, watched.now, tell_all)
    told = [names(watched.is_not_modified().changes) for _ in range(2)]

    assert told == [["page.verified"], []]
    assert not watched.state().unverified


def test_a_page_that_is_gone_is_not_called_unverified_too(watched, store):
    for _ in range(3):
        watched.fails("http_404", 404)
    assert store.tell_unverified({watched.id: watched.state().last_unchanged}, watched.now, tell_all) == []


def test_where_the_route_fails_nothing_is_stored(watched, store, count):
    def broken(page, changes) -> list[Draft]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.tell_unverified({watched.id: watched.state().last_unchanged}, watched.now, broken)

    assert not watched.state().unverified
    assert count("change") == 0
