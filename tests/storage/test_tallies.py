"""What the checks of a window came to."""

from datetime import datetime, timedelta

import pytest

from storage.japan import TOKYO
from storage.observation import PageInfo, Window
from storage.thinning import Retention
from tests.storage.conftest import START, Site

HOUR = timedelta(hours=1)


@pytest.fixture
def checked(site):
    """Checks at START and every hour from then: baseline, changed, failed, suspect, unchanged, failed."""
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    site.fails()
    site.looks_wrong()
    site.is_not_modified()
    site.fails()
    return site


def tally(store, after, until):
    (found,) = store.tallies(["support"], Window(after=START + after * HOUR, until=START + until * HOUR))
    return found


def test_checks_are_counted_by_what_they_came_to(checked, store):
    found = tally(store, -1, 9)

    assert (found.good, found.failed, found.suspect) == (3, 2, 1)
    assert (found.last_good, found.last_check) == (START + 4 * HOUR, START + 5 * HOUR)
    assert found.page == PageInfo(id="support", name="支援策のページ", url=checked.url)


def test_the_window_begins_after_its_beginning_and_ends_with_its_end(checked, store):
    found = tally(store, 1, 4)

    assert (found.good, found.failed, found.suspect) == (1, 1, 1)


def test_where_none_was_good_the_last_good_check_is_from_before(checked, store):
    found = tally(store, 1.5, 2.5)

    assert (found.good, found.failed) == (0, 1)
    assert (found.last_good, found.last_check) == (START + HOUR, START + 2 * HOUR)


@pytest.mark.parametrize(("after", "until", "began"), [(-1, 9, START), (-2, -1, None), (0, 9, None)])
def test_it_is_known_when_watching_began_within_the_window(checked, store, after, until, began):
    assert tally(store, after, until).began == began


def test_a_time_of_more_than_a_day_without_a_good_check_is_a_gap(site, store):
    site.shows(site.plan("富士通"))
    for hours in (2, 30, 10, 60):
        site.later(hours=hours - 2)  # a check takes an hour
        site.fails()
        site.is_not_modified()

    first, second = START + 2 * HOUR, START + 42 * HOUR
    assert tally(store, -1, 200).gaps == ((first, first + 30 * HOUR), (second, second + 60 * HOUR))
    assert tally(store, 50, 200).gaps == ((START + 50 * HOUR, second + 60 * HOUR),)
    assert tally(store, 102, 200).gaps == ()


def test_watching_did_not_begin_with_the_first_check_that_is_kept(checked, store):
    checked.later(days=100)
    observation = checked.observation(not_modified=True)
    store.save(observation, checked.route, retention=Retention(checks=timedelta(days=90)))

    assert tally(store, 2300, 2500).began is None


def test_where_nothing_was_checked_the_last_check_is_from_before(checked, store):
    found = tally(store, 8, 9)

    assert (found.good, found.failed, found.suspect) == (0, 0, 0)
    assert (found.last_good, found.last_check) == (START + 4 * HOUR, START + 5 * HOUR)


def test_before_the_first_check_there_was_none(checked, store):
    found = tally(store, -9, -8)

    assert (found.last_good, found.last_check) == (None, None)


def test_the_chains_head_is_that_of_the_page(checked, store):
    assert tally(store, 0, 9).chain_head == store.head("support") is not None


def test_each_page_is_counted_apart_and_unknown_ones_left_out(checked, store):
    other = Site(store)
    other.id = "other"
    other.shows(other.plan("富士通"))
    other.fails()
    found = store.tallies(["other", "nowhere", "support"], Window(after=START - HOUR, until=START + 9 * HOUR))

    assert [(item.page.id, item.good, item.failed) for item in found] == [("support", 3, 2), ("other", 1, 1)]


def test_days_that_were_thinned_are_counted_where_they_lie_whole_in_the_window(site, store):
    for _ in range(6):  # from 10:30 of the 26th in Japan, every 12 hours
        site.is_not_modified() if site.now > START else site.shows(site.plan("富士通"))
        site.later(hours=11)
    site.later(days=100)
    observation = site.observation(not_modified=True)
    store.save(observation, site.route, retention=Retention(checks=timedelta(days=90)))

    def good(after, until):
        days = (datetime(2024, 4, day, hour, tzinfo=TOKYO) for day, hour in (after, until))
        return store.tallies(["support"], Window(*days))[0].good

    assert good((25, 0), (30, 0)) == 6
    assert good((26, 9), (28, 9)) == 2  # the 27th
    assert good((26, 9), (29, 9)) == 4


def test_changes_found_in_the_window_are_counted_whoever_they_are_for(checked, store):
    checked.route = lambda page, changes: []
    checked.shows(checked.plan("富士通"), checked.plan("日本電気"), checked.plan("ノキア"), checked.document("概要"))

    assert [tally(store, *window).changes for window in ((-1, 0), (0, 1), (1, 5), (1, 6))] == [0, 1, 0, 2]


def test_incidents_are_no_changes_of_the_page(site, store):
    site.shows(site.plan("富士通"))
    site.looks_wrong()

    assert [change.operators_only for change in store.changes(include_operators=True)] == [True]
    assert tally(store, 0, 9).changes == 0


def test_what_was_misread_and_what_only_a_later_reading_found_are_not_counted(site, store):
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    first, second = store.unread(site.id, "support 2")
    right = site.page(site.plan("富士通"), site.document("概要"), version=2)
    store.put_aside("support 2", {first: site.page(site.plan("富士通"), version=2), second: right})
    store.correct(site.id, "support 2", START + HOUR)

    assert [change.change for change in store.changes()] == ["plan.added", "document.added", "plan.corrected"]
    assert tally(store, 0, 9).changes == 0
