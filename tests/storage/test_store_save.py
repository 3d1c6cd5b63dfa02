"""What a check comes to: baseline, unchanged, changed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from storage.errors import OvertakenError, StorageError


def test_the_first_good_check_is_stored_and_not_told(site, store):
    saved = site.shows(site.plan("富士通"), site.plan("日本電気"))

    assert (saved.outcome, saved.changes, saved.record_count) == ("baseline", (), 2)
    assert store.deliveries() == []


def test_records_come_back_as_they_were_read(site, store):
    page = site.page(site.plan("富士通", closed=True), site.document("認定申請書"))
    site.shows(content=page)

    assert store.records(site.id) == list(page.records)


def test_a_changed_date_is_told_once_with_both_sides(site, store, names):
    site.shows(site.plan("富士通"))
    saved = site.shows(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"))
    again = site.shows(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"))

    assert (saved.outcome, again.outcome) == ("changed", "unchanged")
    assert names(saved.changes) == ["plan.amended"]
    assert saved.changes[0].before["date"] == "2023-05-29"
    assert saved.changes[0].after["date"] == "2024-01-23"
    assert list(store.changes()) == list(saved.changes)


def test_a_change_names_the_last_good_check_before_it(site):
    site.shows(site.plan("富士通"))
    unchanged_at = site.now
    site.is_not_modified()
    site.fails()
    saved = site.shows(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"))

    assert saved.changes[0].last_seen_before == unchanged_at
    assert saved.changes[0].detected_at == unchanged_at + timedelta(hours=2)


def test_a_change_names_the_bodies_between_which_it_was_found(site, store):
    site.shows(site.plan("富士通"), body=b"old body")
    before = store.last_good_body(site.id)
    saved = site.shows(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"), body=b"new body")
    after = store.last_good_body(site.id)

    assert (before.body, after.body) == (b"old body", b"new body")
    assert (saved.changes[0].snapshot_before, saved.changes[0].snapshot_after) == (
        before.snapshot,
        after.snapshot,
    )


@pytest.mark.parametrize("how", ["304", "same body", "same records", "other width of letters", "other order"])
def test_an_unchanged_page_costs_one_check_row_and_nothing_else(site, count, how):
    plans = [site.plan("富士通A", url=None), site.plan("日本電気")]
    site.shows(*plans, body=b"first")
    tables = ("version", "snapshot", "body", "record_version", "change", "incident", "delivery")
    before = {table: count(table) for table in tables}

    if how == "304":
        saved = site.is_not_modified()
    elif how == "same body":
        saved = site.shows(*plans, body=b"first")
    elif how == "same records":
        saved = site.shows(*plans, body=b"another counter")
    elif how == "other width of letters":
        saved = site.shows(site.plan("富士通Ａ", url=None), plans[1], body=b"wide")
    else:
        saved = site.shows(*reversed(plans), body=b"reversed")

    assert (saved.outcome, saved.record_count) == ("unchanged", 2)
    assert {table: count(table) for table in tables} == before
    assert count("check_run") == 2


def test_an_unchanged_body_is_the_one_the_next_check_may_skip(site):
    site.shows(site.plan("富士通"), body=b"first", headers=(("ETag", '"1"'),))
    first = site.state().body_sha256
    site.shows(site.plan("富士通"), body=b"second", headers=(("etag", '"2"'), ("Last-Modified", "Fri")))

    state = site.state()
    assert state.body_sha256 != first
    assert (state.etag, state.last_modified) == ('"2"', "Fri")


def test_a_304_of_a_page_never_read_is_refused_and_leaves_no_trace(site, store):
    with pytest.raises(StorageError, match="never read"):
        site.is_not_modified()

    assert store.states() == []


def test_a_record_that_says_the_same_keeps_its_row(site, count):
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    site.shows(site.plan("ノキア"), site.plan("富士通"), site.plan("日本電気"))

    assert count("record_version") == 3


def test_the_order_of_the_newest_version_is_the_page_order(site, store):
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    site.shows(site.plan("ノキア"), site.plan("日本電気"), site.plan("富士通"))

    assert [record.title for record in store.records(site.id)] == ["ノキア", "日本電気", "富士通"]
    assert [record.position for record in store.records(site.id)] == [0, 1, 2]


def test_a_renamed_record_keeps_its_key(site, store, names):
    site.shows(site.programme("中小企業経営強化税制"), site.plan("富士通"))
    key = store.records(site.id, kind="programme")[0].key
    saved = site.shows(site.programme("中小企業経営強化税制等"), site.plan("富士通"))

    assert names(saved.changes) == ["programme.renamed"]
    assert [record.key for record in store.records(site.id, kind="programme")] == [key]


def test_a_clock_set_back_neither_loses_nor_repeats_a_change(site, store, names):
    site.shows(site.plan("富士通"))
    site.later(days=-3)
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    site.later(days=-3)
    saved = site.shows(site.plan("日本電気"))

    assert names(saved.changes) == ["plan.removed"]
    assert sorted(names(store.changes())) == ["plan.added", "plan.removed"]
    assert [record.title for record in store.records(site.id)] == ["日本電気"]


def test_a_page_is_known_by_the_name_and_address_of_the_last_check(site):
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通"), name="新しい名前", url="https://new.example/")

    assert (site.state().page.name, site.state().page.url) == ("新しい名前", "https://new.example/")


def test_a_failing_route_stores_nothing(site, store, count):
    site.shows(site.plan("富士通"))

    def broken(page, changes):
        raise RuntimeError("no route")

    site.route = broken
    with pytest.raises(RuntimeError, match="no route"):
        site.shows(site.plan("日本電気"))

    assert [record.title for record in store.records(site.id)] == ["富士通"]
    assert (count("check_run"), count("snapshot"), count("change")) == (1, 1, 0)


def test_the_route_sees_changes_and_incidents_together_with_their_ids(site, store):
    site.shows(site.plan("富士通"))
    site.looks_wrong()
    seen = []
    site.route = lambda page, changes: seen.append((page.id, [(c.id, c.change) for c in changes])) or []
    site.shows(site.plan("富士通"), site.plan("日本電気"))

    recorded = [(c.id, c.change) for c in store.changes(include_operators=True)][1:]
    assert seen == [(site.id, recorded)]
    assert {name for _, name in recorded} == {"plan.added", "page.recovered"}


def test_the_route_is_not_asked_when_nothing_changed(site):
    site.shows(site.plan("富士通"))

    def unexpected(page, changes):
        raise AssertionError("asked")

    site.route = unexpected
    assert site.is_not_modified().outcome == "unchanged"


def test_a_time_without_a_zone_is_refused(site, store):
    with pytest.raises(StatementError, match="without a zone"):
        site.shows(site.plan("富士通"), at=datetime(2024, 4, 26, 10, 30))

    assert store.states() == []


def test_a_time_of_another_zone_comes_back_as_the_same_moment_in_utc(site):
    japan = datetime(2024, 4, 26, 10, 30, tzinfo=timezone(timedelta(hours=9)))
    site.shows(site.plan("富士通"), at=japan)

    assert site.state().last_check == japan
    assert site.state().last_check.tzinfo is UTC


def test_the_day_that_flags_a_future_date_is_the_day_in_japan(site, store):
    site.shows(site.plan("富士通"))
    # 16:00 UTC on the 22nd is already the 23rd in Japan.
    saved = site.shows(
        site.plan("富士通", "令和6年1月23日変更", "2024-01-23"), at=datetime(2024, 1, 22, 16, tzinfo=UTC)
    )
    assert "future_date" not in saved.changes[0].flags


def test_a_given_day_decides_over_the_clock(site, store):
    site.shows(site.plan("富士通"))
    changed = site.page(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"))
    saved = store.save(site.observation(content=changed, body=b"x"), site.route, today=date(2024, 1, 22))
    assert "future_date" in saved.changes[0].flags


def test_a_permanent_redirect_is_told_once_for_each_target(site, names):
    site.shows(site.plan("富士通"))
    told = [
        names(site.shows(site.plan("富士通"), moved_to=target).changes)
        for target in ("https://a.example/", "https://a.example/", "https://b.example/", None)
    ]
    assert told == [["page.moved"], [], ["page.moved"], []]


def test_a_redirect_that_was_there_from_the_start_is_no_news(site):
    site.shows(site.plan("富士通"), moved_to="https://a.example/")

    assert site.shows(site.plan("富士通"), moved_to="https://a.example/").changes == ()


def test_a_check_that_another_overtook_is_refused_and_leaves_no_trace(site, store, count):
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"))
    with pytest.raises(OvertakenError):
        site.shows(site.plan("富士通"), since_version=1)

    assert [change.after["date"] for change in store.changes()] == ["2024-01-23"]
    assert count("check_run") == 2


def test_two_checks_that_saw_the_same_overtake_nobody(site):
    site.shows(site.plan("富士通"))
    site.shows(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"))
    saved = site.shows(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"), since_version=1)

    assert saved.outcome == "unchanged"


def test_a_key_may_be_longer_than_an_index_of_the_database_holds(site, store):
    # Of characters that do not repeat, so that nothing compresses them.
    long = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(6_000))
    site.shows(site.document(long), site.plan("富士通"))
    saved = site.shows(site.document(long, "https://www.soumu.example/new.pdf"), site.plan("富士通"))

    assert [change.change for change in saved.changes] == ["document.replaced"]
    key = saved.changes[0].key
    assert len(key) > 6_000
    assert len(store.history(site.id, "document", key)) == 2
