"""The clock is set back between two checks: nothing is lost, nothing told twice, and what came last is the present."""

from datetime import timedelta

import pytest

from storage.observation import Problem
from storage.owners import this_process
from storage.tables import CHECK_DAY
from storage.thinning import Retention
from tests.storage.conftest import START, Site

LEASE = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
AMENDED = {"note": "令和6年1月23日変更", "date": "2024-01-23"}
MAINTENANCE = Problem(kind="suspect", reason="maintenance", message="maintenance")


@pytest.fixture(params=[timedelta(seconds=30), timedelta(hours=5), timedelta(days=365)], ids=["30s", "5h", "a year"])
def set_back(request, site):
    """Sets the clock to a time that lies so long before the last check."""

    def turn() -> None:
        site.now = site.state().last_check - request.param

    return turn


@pytest.fixture
def twice(site, set_back):
    """A page seen, the clock set back, a plan amended: both times, the later one first."""
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    first = site.state().last_check
    set_back()
    second = site.now
    site.shows(site.plan("富士通", **AMENDED), site.plan("日本電気"))
    return first, second


def titles(records):
    return [f"{record.title} {record.note}" for record in records]


BEFORE = ["富士通 令和5年5月29日変更", "日本電気 令和5年5月29日変更"]
AFTER = ["富士通 令和6年1月23日変更", "日本電気 令和5年5月29日変更"]


# Checks


def test_a_change_is_stored_and_told_once(site, store, twice, names):
    assert names(store.changes()) == ["plan.amended"]
    assert [delivery.change_ids for delivery in store.deliveries()] == [(1,)]
    assert site.state().version == 2


def test_with_the_clock_right_again_nothing_is_told_twice(site, store, twice, count):
    site.now = twice[0] + timedelta(days=1)
    saved = site.shows(site.plan("富士通", **AMENDED), site.plan("日本電気"))

    assert (saved.outcome, saved.changes, saved.incidents) == ("unchanged", (), ())
    assert (site.state().version, count("change"), count("delivery"), count("check_run")) == (2, 1, 1, 3)


def test_an_unchanged_check_is_the_last_one_though_its_time_is_earlier(site, set_back):
    site.shows(site.plan("富士通"))
    set_back()
    at = site.now
    saved = site.is_not_modified()

    state = site.state()
    assert (saved.outcome, saved.changes) == ("unchanged", ())
    assert (state.last_check, state.last_unchanged, state.version) == (at, at, 1)


def test_a_change_after_the_last_good_check_says_when_that_was(store, twice):
    (change,) = store.changes()
    assert (change.last_seen_before, change.detected_at) == twice


def test_what_was_received_is_chained_in_the_order_of_recording(store, twice):
    found = store.verify()
    evidence = store.evidence(1)

    assert (found.snapshots, found.flaws) == (2, [])
    assert [entry.entry.recorded_at for entry in evidence.entries] == list(twice)
    assert evidence.after.recorded.sha256 == store.head("support")


# Records and changes


def test_the_current_records_are_those_recorded_last(site, store, twice):
    assert titles(store.records(site.id)) == AFTER


def test_of_any_moment_the_page_is_as_recorded_last(site, store, twice):
    first, second = twice
    assert titles(store.records(site.id, as_of=second)) == AFTER
    assert titles(store.records(site.id, as_of=first)) == AFTER
    assert store.records(site.id, as_of=second - SECOND) == []


def test_a_moment_before_a_clock_that_was_set_right_again_keeps_its_answer(site, store, twice):
    first, second = twice
    site.now = first + timedelta(days=1)
    site.shows(site.plan("日本電気"))

    assert titles(store.records(site.id, as_of=first + timedelta(days=1))) == BEFORE[1:]
    assert titles(store.records(site.id, as_of=first)) == AFTER
    assert titles(store.records(site.id, as_of=second)) == AFTER


def test_the_history_of_a_record_has_every_version_in_the_order_of_recording(site, store, twice):
    first, second = twice
    before, after = store.history(site.id, "plan", store.records(site.id)[0].key)

    assert (before.since, before.change) == (first, None)
    assert (after.since, after.until, after.change) == (second, None, "plan.amended")
    assert titles([before.record, after.record]) == [BEFORE[0], AFTER[0]]


def test_a_record_that_went_and_came_back_has_its_absence_in_its_history(site, store, set_back):
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    key = store.records(site.id)[0].key
    set_back()
    site.shows(site.plan("日本電気"))
    set_back()
    site.shows(site.plan("富士通"), site.plan("日本電気"))

    history = store.history(site.id, "plan", key)
    assert [(entry.record is not None, entry.change) for entry in history] == [
        (True, None),
        (False, "plan.removed"),
        (True, "plan.added"),
    ]
    assert titles(store.records(site.id)) == BEFORE


@pytest.fixture
def three(site, set_back):
    """Three changes: one, one after the clock was set back, one after it was set right again."""
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    first = site.state().last_check
    set_back()
    second = site.now
    site.shows(site.plan("富士通"), site.plan("日本電気"), site.plan("ノキア"))
    site.now = third = first + timedelta(hours=1)
    site.shows(site.plan("富士通"), site.plan("ノキア"))
    return first, second, third


def test_changes_stand_in_the_order_of_the_clock(store, three):
    first, second, third = three
    found = [(change.id, change.change, change.title, change.detected_at) for change in store.changes()]

    assert found == [
        (2, "plan.added", "ノキア", second),
        (1, "plan.added", "日本電気", first),
        (3, "plan.removed", "日本電気", third),
    ]


def test_changes_are_found_by_the_time_they_were_dated(store, three):
    first, second, _ = three

    assert [change.id for change in store.changes(since=second, until=first)] == [2]
    assert [change.id for change in store.changes(since=first)] == [1, 3]


def test_changes_of_many_batches_are_given_once_each(site, store, monkeypatch, set_back):
    monkeypatch.setattr("storage.queries._BATCH", 3)
    site.shows(site.plan("富士通"))
    for number in range(1, 8):
        site.shows(site.plan("富士通"), site.plan(f"第{number}社"))
        if number % 3 == 0:
            set_back()

    found = list(store.changes())
    assert sorted(change.id for change in found) == list(range(1, 14))
    assert [change.detected_at for change in found] == sorted(change.detected_at for change in found)


# Deliveries


def test_a_message_of_the_earlier_time_is_due_at_once(site, store, twice):
    assert store.claim(twice[1], this_process(), lease=LEASE).change_ids == (1,)


def test_what_was_sent_is_not_sent_again(store, twice):
    first, second = twice
    store.claim(second, this_process(), lease=LEASE)
    store.sent(1, second, "250")

    for now in (second - timedelta(days=1), second + LEASE, first + LEASE, first + timedelta(days=999)):
        assert store.claim(now, this_process(), lease=LEASE) is None


@pytest.fixture
def waiting(site):
    """A message written, then the clock set back: to be due its time must come."""
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    return site


def test_a_message_that_failed_is_due_at_once_when_asked_for(waiting, store, set_back):
    written = waiting.state().last_check
    store.claim(written, this_process(), lease=LEASE)
    store.failed(1, written, "451: later", written + timedelta(hours=6))
    set_back()

    assert store.retry([1], waiting.now) == 1
    assert store.claim(waiting.now, this_process(), lease=LEASE).attempts == 2


def test_what_is_being_sent_is_not_taken_by_another_whose_clock_is_behind(waiting, store):
    store.claim(waiting.now, this_process(), lease=LEASE)
    waiting.later(minutes=-9)

    assert store.claim(waiting.now, "another-host/1/1.00", lease=LEASE) is None
    store.sent(1, waiting.now, "250")
    assert [delivery.status for delivery in store.deliveries()] == ["sent"]


def test_the_claim_of_a_process_that_died_is_free_at_once(waiting, store, set_back):
    me = this_process()
    host, _, _ = me.rsplit("/", 2)
    store.claim(waiting.now, f"{host}/999999999/1.00", lease=LEASE)
    set_back()

    assert store.claim(waiting.now, me, lease=LEASE).attempts == 2


# Incidents


def test_an_incident_is_closed_and_told_once(site, store, set_back, names):
    site.shows(site.plan("富士通"))
    site.looks_wrong()
    set_back()
    site.looks_wrong()
    set_back()
    site.shows(site.plan("富士通"))
    site.later(days=999)
    site.shows(site.plan("富士通"))

    assert sorted(names(store.changes(include_operators=True))) == ["page.recovered", "page.suspect"]
    assert [incident.kind for incident in store.incidents(open_only=False)] == ["page.suspect"]
    assert store.incidents() == []


def test_failures_are_counted_whatever_the_clock_says(site, store, set_back, names):
    site.shows(site.plan("富士通"))
    site.fails()
    set_back()
    site.fails()
    set_back()
    site.fails()

    assert names(store.changes(include_operators=True)) == ["page.failing"]
    assert site.state().failures == 3


def test_a_page_is_gone_at_its_third_404_whatever_the_clock_says(site, store, set_back, names):
    site.shows(site.plan("富士通"))
    for _ in range(4):
        site.fails("http_404", 404)
        set_back()
    site.shows(site.plan("富士通"))

    assert sorted(names(store.changes())) == ["page.gone", "page.restored"]


# Suspect checks that agree


@pytest.fixture
def shrunk(site):
    """A page of many plans, then of one: two checks that agree, half a day between them."""
    site.shows(*(site.plan(f"第{number}社") for number in range(6)))
    one = site.page(site.plan("第0社"))
    site.shows(content=one)
    site.later(hours=12)
    site.shows(content=one)
    return one


def test_fewer_records_are_not_believed_before_a_day_has_passed(site, shrunk, set_back):
    set_back()
    assert [site.shows(content=shrunk).outcome for _ in range(3)] == ["suspect"] * 3
    assert site.state().version == 1


def test_fewer_records_are_believed_in_the_end_and_told_once(site, store, shrunk, set_back):
    set_back()
    outcomes = []
    for _ in range(4):
        outcomes.append(site.shows(content=shrunk).outcome)
        site.later(hours=12)

    assert outcomes[0] == "suspect"
    assert (outcomes.count("changed"), outcomes[-1]) == (1, "unchanged")
    assert len([change for change in store.changes() if change.change == "plan.removed"]) == 5


# Thinning

DAYS_30 = Retention(checks=timedelta(days=30), bodies=timedelta(days=30))


class Kept(Site):
    """Every check thins what is older than thirty days."""

    def _save(self, observation):
        saved = self.store.save(observation, self.route, retention=DAYS_30)
        self.later(days=1)
        return saved


@pytest.fixture
def kept(store, site):
    # The fixtures beside it look at the same page by the same clock.
    site.__class__ = Kept
    return site


def test_every_check_is_counted_once_though_its_day_is_counted_already(kept, store, count):
    for round_ in range(3):
        kept.now = START
        kept.shows(kept.plan("富士通"), kept.plan(f"第{round_}社"))
        for _ in range(40):
            kept.is_not_modified()
    kept.later(days=3650)
    kept.is_not_modified()

    with store._database.reading() as connection:
        by_day = sum(row.count for row in connection.execute(CHECK_DAY.select()))
    assert (by_day, count("check_run")) == (3 * 41, 1)


def test_the_present_and_what_is_new_keep_their_bodies(kept, store, set_back):
    for edition in range(6):
        kept.shows(kept.plan("富士通"), kept.plan(f"第{edition}社"), body=b"edition %d" % edition * 50)
        set_back()
    kept.is_not_modified()

    found = store.verify()
    assert (found.snapshots, found.thinned, found.flaws) == (6, 0, [])
    assert store.last_good_body(kept.id).body == b"edition 5" * 50


def test_a_suspect_body_can_be_accepted_after_the_clock_was_set_back(site, store, set_back):
    site.shows(site.plan("富士通"))
    site._save(site.observation(problem=MAINTENANCE, body=b"<p>closed</p>"))
    set_back()
    saved = store.accept(site.id, site.page(site.plan("日本電気")), site.now, site.route)

    assert saved.outcome == "changed"
    assert titles(store.records(site.id)) == BEFORE[1:]
    assert store.last_good_body(site.id).body == b"<p>closed</p>"


def test_an_incident_lasts_no_negative_time(site, store, set_back):
    site.shows(site.plan("富士通"))
    site.looks_wrong()
    set_back()
    site.shows(site.plan("富士通"))
    (incident,) = store.incidents(open_only=False)
    assert incident.closed_at >= incident.opened_at


def test_a_claim_of_another_host_is_free_once_its_lease_has_passed(waiting, store, set_back):
    store.claim(waiting.now, "another-host/1/1.00", lease=LEASE)
    set_back()
    waiting.later(hours=2)
    assert store.claim(waiting.now, this_process(), lease=LEASE) is not None
