"""Checks that failed, pages that are gone, pages that are not what they should be."""

import pytest

from storage.errors import StorageError
from storage.observation import Problem

COMPANIES = ("富士通", "日本電気", "ノキア", "エリクソン", "楽天", "京セラ")


def plans(site, count):
    return [site.plan(company) for company in COMPANIES[:count]]


# Failing


def test_a_failing_page_is_told_once_and_only_to_the_operator(site, store, names):
    site.shows(site.plan("富士通"))
    told = [names(site.fails().incidents) for _ in range(4)]

    assert told == [[], ["page.failing"], [], []]
    assert [delivery.channel for delivery in store.deliveries()] == ["operator"]
    assert [(i.kind, i.reason, i.closed_at) for i in store.incidents()] == [("page.failing", "timeout", None)]


def test_a_good_check_closes_what_failed_and_says_so_once(site, store, names):
    site.shows(site.plan("富士通"))
    site.fails()
    site.fails()
    closed_at = site.now
    told = [names(site.is_not_modified().incidents) for _ in range(2)]

    assert told == [["page.recovered"], []]
    assert store.incidents() == []
    assert store.incidents(open_only=False)[0].closed_at == closed_at


def test_one_failure_is_kept_and_not_told(site, count):
    site.shows(site.plan("富士通"))
    saved = site.fails()

    assert (saved.outcome, saved.incidents, saved.record_count) == ("failed", (), 1)
    assert (site.state().failures, site.state().reason) == (1, "timeout")
    assert (count("check_run"), count("incident")) == (2, 0)


def test_failures_are_counted_anew_after_a_good_check(site):
    site.shows(site.plan("富士通"))
    site.fails()
    site.is_not_modified()

    assert site.fails().incidents == ()


def test_the_operator_may_be_told_later(site, store, names):
    failed = Problem(kind="failed", reason="dns", message="no such host")
    told = []
    for _ in range(4):
        saved = store.save(site.observation(problem=failed), site.route, incident_after=3)
        told.append(names(saved.incidents))

    assert told == [[], [], ["page.failing"], []]


def test_what_failed_is_said_with_reason_status_and_count(site):
    site.fails("http_503", 503)
    told = site.fails("http_503", 503).incidents[0]

    assert told.after == {
        "reason": "http_503",
        "message": "it failed: http_503",
        "http_status": 503,
        "count": 2,
    }
    assert (told.kind, told.key, told.operators_only) == ("page", site.id, True)


# Gone


def test_a_page_that_is_gone_on_three_checks_is_told_to_subscribers_once(site, store, names):
    site.shows(site.plan("富士通"))
    saved = [site.fails("http_404", 404) for _ in range(4)]

    assert [names(item.changes) for item in saved] == [[], [], ["page.gone"], []]
    assert {item.outcome for item in saved} == {"failed"}
    assert site.state().failures == 0
    assert store.incidents() == []


def test_a_page_that_is_back_is_told_with_what_changed_meanwhile(site, names):
    site.shows(site.plan("富士通"))
    for _ in range(3):
        site.fails("http_410", 410)
    saved = site.shows(site.plan("富士通"), site.plan("日本電気"))

    assert sorted(names(saved.changes)) == ["page.restored", "plan.added"]
    assert site.state().gone is False


def test_an_unchanged_page_that_is_back_is_told_as_back(site, names):
    site.shows(site.plan("富士通"))
    for _ in range(3):
        site.fails("http_404", 404)
    saved = site.is_not_modified()

    assert (saved.outcome, names(saved.changes)) == ("unchanged", ["page.restored"])


def test_a_404_that_does_not_last_is_no_news(site):
    site.shows(site.plan("富士通"))
    site.fails("http_404", 404)
    site.fails("http_404", 404)
    site.fails("timeout")
    assert site.fails("http_404", 404).changes == ()


def test_a_page_never_seen_that_answers_404_is_told_to_the_operator_as_failing(site, names):
    saved = [site.fails("http_404", 404) for _ in range(3)]

    assert [names(item.incidents) for item in saved] == [[], ["page.failing"], []]
    assert [item.changes for item in saved] == [(), (), ()]


# Suspect


def test_a_suspect_page_is_told_at_once_to_the_operator_alone(site, store, names):
    site.shows(site.plan("富士通"))
    saved = site.looks_wrong()

    assert (saved.outcome, names(saved.incidents), saved.changes) == ("suspect", ["page.suspect"], ())
    assert [delivery.channel for delivery in store.deliveries()] == ["operator"]
    assert [record.title for record in store.records(site.id)] == ["富士通"]


def test_a_page_that_stays_suspect_is_told_once_and_kept_once(site, count):
    site.shows(site.plan("富士通"))
    site.looks_wrong()
    saved = site.looks_wrong()

    assert saved.incidents == ()
    assert (count("snapshot"), count("body"), count("check_run")) == (2, 2, 3)


def test_a_suspect_body_is_kept_and_the_last_good_one_stays(site, store):
    site.shows(site.plan("富士通"), body=b"good")
    site.looks_wrong(body=b"wrong", headers=(("Content-Type", "text/html; charset=utf-8"),))

    suspect = store.suspect_body(site.id)
    assert (suspect.body, suspect.content_type, suspect.url) == (
        b"wrong",
        "text/html; charset=utf-8",
        site.url,
    )
    assert store.last_good_body(site.id).body == b"good"


def test_a_suspect_page_leaves_the_validators_of_the_last_good_one(site):
    site.shows(site.plan("富士通"), headers=(("ETag", '"good"'),))
    good = site.state()
    site.looks_wrong(headers=(("ETag", '"wrong"'),))

    assert (site.state().etag, site.state().body_sha256) == ('"good"', good.body_sha256)
    assert site.state().last_unchanged == good.last_unchanged


def test_a_good_page_after_a_suspect_one_is_compared_with_the_last_good(site, store, names):
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    site.looks_wrong()
    same = site.shows(site.plan("富士通"), site.plan("日本電気"))
    site.looks_wrong()
    saved = site.shows(site.plan("富士通"))

    assert (same.outcome, names(same.incidents)) == ("unchanged", ["page.recovered"])
    assert (names(saved.changes), names(saved.incidents)) == (["plan.removed"], ["page.recovered"])
    assert (store.suspect_body(site.id), store.incidents()) == (None, [])


def test_of_a_host_that_is_left_alone_it_is_said_what_it_answered_before(site, store):
    site.shows(site.plan("富士通"))
    site.fails("http_503", 503)
    (change,) = site.fails("not_before").incidents

    assert (change.after["reason"], change.after["http_status"]) == ("http_503", 503)
    assert store.incidents()[0].message == "it failed: http_503"


def test_of_a_host_that_is_left_alone_for_other_pages_no_failure_of_long_ago_is_said(site, store):
    site.fails("http_503", 503)
    site.shows(site.plan("富士通"))
    site.fails("not_before")
    site.fails("not_before")

    assert store.incidents()[0].reason == "not_before"


def test_failing_and_suspect_at_once_recover_in_one_sentence(site, names):
    site.shows(site.plan("富士通"))
    site.fails()
    site.fails()
    site.looks_wrong()
    saved = site.is_not_modified()

    assert names(saved.incidents) == ["page.recovered"]
    assert saved.incidents[0].after["incidents"] == ["page.failing", "page.suspect"]


def test_a_lost_title_is_suspect(site, names):
    site.shows(content=site.page(site.plan("富士通")))
    saved = site.shows(content=site.page(site.plan("富士通"), site.plan("日本電気"), title=""))

    assert (saved.outcome, saved.incidents[0].after["reason"]) == ("suspect", "title_lost")


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [(5, 3, "changed"), (6, 3, "changed"), (5, 2, "suspect"), (6, 2, "suspect"), (5, 0, "suspect"), (4, 0, "changed")],
)
def test_a_kind_of_five_or_more_that_falls_below_half_is_suspect(site, before, after, outcome):
    site.shows(site.document("申請書"), *plans(site, before))

    assert site.shows(site.document("申請書"), *plans(site, after)).outcome == outcome


def test_a_kind_under_its_floor_is_suspect(site):
    site.shows(content=site.page(*plans(site, 3), floors={"plan": 3}))
    saved = site.shows(content=site.page(*plans(site, 2), floors={"plan": 3}))

    assert (saved.outcome, saved.incidents[0].after["reason"]) == ("suspect", "below_floor")


def test_a_first_page_under_its_floor_is_no_baseline(site, store):
    saved = site.shows(content=site.page(*plans(site, 2), floors={"plan": 3}))

    assert (saved.outcome, site.state().version, store.records(site.id)) == ("suspect", 0, [])


def test_fewer_records_are_believed_after_three_checks_over_a_day(site, names):
    site.shows(*plans(site, 6))
    outcomes = []
    for _ in range(3):
        saved = site.shows(*plans(site, 1))
        outcomes.append(saved.outcome)
        site.later(hours=11)

    assert outcomes == ["suspect", "suspect", "changed"]
    assert names(saved.changes) == ["plan.removed"] * 5
    assert names(saved.incidents) == ["page.recovered"]


def test_three_checks_within_a_day_are_not_enough(site):
    site.shows(*plans(site, 6))

    assert [site.shows(*plans(site, 1)).outcome for _ in range(24)] == ["suspect"] * 24
    assert site.shows(*plans(site, 1)).outcome == "changed"


def test_two_checks_over_days_are_not_enough(site):
    site.shows(*plans(site, 6))
    site.shows(*plans(site, 1))
    site.later(days=3)

    assert site.shows(*plans(site, 1)).outcome == "suspect"


def test_checks_that_disagree_are_not_added_up(site):
    site.shows(*plans(site, 6))
    for count in (1, 2, 1, 2, 1, 2):
        assert site.shows(*plans(site, count)).outcome == "suspect"
        site.later(hours=23)


def test_agreement_starts_anew_after_a_good_page(site):
    site.shows(*plans(site, 6))
    site.shows(*plans(site, 1))
    site.shows(*plans(site, 1))
    site.later(days=2)
    site.shows(*plans(site, 6))

    assert site.shows(*plans(site, 1)).outcome == "suspect"


def test_a_hard_reason_is_never_believed_however_often(site):
    site.shows(site.plan("富士通"))
    for _ in range(5):
        assert site.looks_wrong("maintenance").outcome == "suspect"
        site.later(days=1)


# Accept


def test_an_accepted_page_is_told_and_becomes_current(site, store, names):
    site.shows(*plans(site, 6))
    site.shows(*plans(site, 1), body=b"fewer", headers=(("ETag", '"fewer"'),))
    saved = store.accept(site.id, site.page(*plans(site, 1)), site.now, site.route)

    assert (saved.outcome, names(saved.changes)) == ("changed", ["plan.removed"] * 5)
    assert names(saved.incidents) == ["page.recovered"]
    assert (store.incidents(), store.suspect_body(site.id)) == ([], None)
    assert store.last_good_body(site.id).body == b"fewer"
    assert (site.state().etag, site.state().outcome, site.state().record_count) == ('"fewer"', "changed", 1)


def test_a_page_accepted_under_its_floor_is_not_suspect_again(site, store):
    small = site.page(*plans(site, 2), floors={"plan": 5})
    site.shows(content=site.page(*plans(site, 5), floors={"plan": 5}))
    site.shows(content=small)
    store.accept(site.id, small, site.now, site.route)

    assert site.shows(content=small).outcome == "unchanged"
    grown = site.page(*plans(site, 3), floors={"plan": 5})
    assert site.shows(content=grown).outcome == "changed"


def test_an_accepted_first_page_is_a_baseline_and_not_told(site, store):
    site.looks_wrong("unrecognised")
    saved = store.accept(site.id, site.page(site.plan("富士通")), site.now, site.route)

    assert (saved.outcome, saved.changes, saved.record_count) == ("baseline", (), 1)


def test_a_page_that_fails_after_it_was_suspect_is_still_failing_once_accepted(site, store, names):
    site.shows(*plans(site, 6))
    site.shows(*plans(site, 1))
    site.fails()
    site.fails()
    store.accept(site.id, site.page(*plans(site, 1)), site.now, site.route)

    assert [incident.kind for incident in store.incidents()] == ["page.failing"]
    assert names(site.is_not_modified().incidents) == ["page.recovered"]


@pytest.mark.parametrize("page", ["support", "unknown"])
def test_nothing_to_accept_is_said(site, store, page):
    site.shows(site.plan("富士通"))
    with pytest.raises(StorageError, match="no suspect body"):
        store.accept(page, site.page(site.plan("富士通")), site.now, site.route)
