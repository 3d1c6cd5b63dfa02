"""What is old takes less room, and what is needed stays."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from storage.bodies import THINNED
from storage.observation import Problem
from storage.tables import BODY, CHECK_DAY, SNAPSHOT
from storage.thinning import Retention

PROSE = random.Random(1).randbytes(2000).hex()
DAYS_30 = Retention(checks=timedelta(days=30), bodies=timedelta(days=30))


def body_of(edition):
    return f"<p>edition {edition}</p>{PROSE}".encode()


@pytest.fixture
def old(site, store):
    return Old(site, store)


class Old:
    """The page in many editions, a day each, kept for thirty days."""

    def __init__(self, site, store):
        self.site = site
        self.store = store
        self.retention = DAYS_30

    def shows(self, edition, days=1, **values):
        site = self.site
        content = site.page(site.plan(f"第{edition}社"), site.document("様式"))
        return self.saves(days=days, content=content, body=body_of(edition), **values)

    def saves(self, days=1, **values):
        saved = self.store.save(self.site.observation(**values), self.site.route, retention=self.retention)
        self.site.later(days=days)
        return saved

    def thinned(self):
        """The snapshots whose body is gone."""
        with self.store._database.reading() as connection:
            gone = select(SNAPSHOT.c.id).join(BODY, BODY.c.id == SNAPSHOT.c.body_id).where(BODY.c.format == THINNED)
            return set(connection.execute(gone).scalars())

    def days(self):
        with self.store._database.reading() as connection:
            rows = connection.execute(select(CHECK_DAY).order_by(CHECK_DAY.c.day, CHECK_DAY.c.outcome))
            return [(row.day, row.outcome, row.count) for row in rows]


# Checks


def test_checks_older_than_asked_become_counts_by_day_and_outcome(old, site, count):
    old.shows(1, days=0)
    for _ in range(3):
        old.saves(days=0, not_modified=True, http_status=304)
    old.saves(days=31, problem=Problem(kind="failed", reason="timeout", message="late"), http_status=None)
    old.saves(not_modified=True, http_status=304)

    day = date(2024, 4, 26)
    assert old.days() == [(day, "baseline", 1), (day, "failed", 1), (day, "unchanged", 3)]
    assert count("check_run") == 1


def test_a_day_is_that_of_japan_and_counted_whole(old, site, count):
    site.later(hours=10)  # 20:30 in Japan
    old.shows(1, days=0)
    site.later(hours=4)  # half past midnight of the next day
    old.saves(days=0, not_modified=True)
    site.later(days=30, hours=1)
    old.saves(not_modified=True)

    assert old.days() == [(date(2024, 4, 26), "baseline", 1)]
    assert count("check_run") == 2


def test_a_check_of_a_day_that_is_counted_already_is_added(old, site):
    old.shows(1, days=40)
    old.saves(days=-40, not_modified=True)
    old.saves(days=41, not_modified=True)
    old.saves(not_modified=True)

    assert old.days() == [(date(2024, 4, 26), "baseline", 1), (date(2024, 4, 26), "unchanged", 1)]


def test_thinning_is_done_once_a_day(old, site, store, monkeypatch):
    old.shows(1)
    done = []
    monkeypatch.setattr("storage.thinning._thin_checks", lambda *_: done.append(site.now))
    for _ in range(26):
        old.saves(days=1 / 24, not_modified=True)

    assert len(done) == 2


@pytest.mark.parametrize("limit", [None, timedelta.max], ids=["none", "the longest there is"])
def test_without_a_limit_nothing_is_thinned(old, count, limit):
    old.retention = Retention(checks=limit, bodies=limit)
    for edition in range(4):
        old.shows(edition, days=300)

    assert (old.thinned(), old.days(), count("check_run")) == (set(), [], 4)


def test_a_check_that_fails_to_be_stored_thins_nothing(old, site, count):
    old.shows(1, days=40)

    def broken(page, changes):
        raise RuntimeError("no route")

    site.route = broken
    with pytest.raises(RuntimeError, match="no route"):
        old.shows(2)

    assert (old.days(), count("check_run")) == ([], 1)


# Bodies


def test_old_bodies_go_and_their_hashes_and_chain_stay(old, store, site):
    for edition in range(40):
        old.shows(edition)
    old.saves(days=100, not_modified=True)
    head = store.head(site.id)
    old.saves(not_modified=True)
    found = store.verify()

    # The current one is the fortieth; the others are the run it stands in, and the keyframe at which that begins.
    assert old.thinned() == set(range(2, 32))
    assert (found.snapshots, found.thinned, found.flaws) == (40, 30, [])
    assert store.head(site.id) == head


def test_what_rests_on_a_kept_body_can_be_read(old, store, site):
    for edition in range(40):
        old.shows(edition)
    old.site.later(days=100)
    old.saves(not_modified=True)

    assert store.last_good_body(site.id).body == body_of(39)


def test_every_version_and_change_is_told_after_its_bodies_are_gone(old, store, site):
    for edition in range(20):
        old.shows(edition)
    before = list(store.changes()), store.records(site.id, as_of=site.now - timedelta(days=15))
    old.site.later(days=100)
    old.saves(not_modified=True)

    assert (list(store.changes()), store.records(site.id, as_of=before[0][8].detected_at)) == (before[0], before[1])


def test_both_bodies_of_a_change_are_kept_as_long_as_it_is_new(old, store, site):
    """The page said the same for a year; yesterday's change is proved by what it said all the time."""
    old.shows(1, days=365)
    saved = old.shows(2)
    old.saves(not_modified=True)

    evidence = store.evidence(saved.changes[0].id)
    assert (evidence.before.body, evidence.after.body) == (body_of(1), body_of(2))


def test_the_suspect_body_is_kept_however_old(old, store, site):
    old.shows(1, days=0)
    wrong = Problem(kind="suspect", reason="maintenance", message="maintenance")
    old.saves(days=200, body=b"<p>closed</p>", problem=wrong)
    old.saves(problem=Problem(kind="failed", reason="dns", message="no host"), http_status=None)

    assert store.suspect_body(site.id).body == b"<p>closed</p>"


def test_a_suspect_body_nobody_needs_goes(old, store, site):
    old.shows(1, days=0)
    wrong = Problem(kind="suspect", reason="maintenance", message="maintenance")
    old.saves(body=b"<p>closed</p>", problem=wrong)
    old.saves(days=200, not_modified=True)
    old.saves(not_modified=True)

    assert old.thinned() == {2}


def test_a_body_that_another_page_holds_too_is_kept(old, store, site):
    shared = {"content": site.page(site.plan("富士通")), "body": b"<p>shared</p>"}
    old.saves(**shared)
    site.id = "other"
    old.saves(**shared)
    site.id = "support"
    old.shows(1, days=200)
    old.shows(2)
    assert old.thinned() == set()


def test_a_body_that_is_back_is_stored_again(old, store, site):
    old.shows(1, days=50)
    old.shows(2, days=50)
    for edition in range(3, 20):
        old.shows(edition)
    site.later(days=50)
    old.saves(not_modified=True)
    assert 2 in old.thinned()
    old.shows(2)

    assert store.last_good_body(site.id).body == body_of(2)
    assert 2 not in old.thinned()


def test_after_years_only_what_is_needed_takes_room(old, store):
    for edition in range(120):
        old.shows(edition, days=10)
    with store._database.reading() as connection:
        kept = connection.execute(select(func.count()).where(BODY.c.format != THINNED)).scalar_one()

    # The last thirty days, what they rest on, and the keyframes of runs that reach into them.
    assert kept <= 4 + 16 + 2
