"""Looking back: records as of a moment, the history of one, the changes of many."""

from datetime import timedelta

import pytest

from storage.errors import StorageError


@pytest.fixture
def past(site):
    """Four versions; the moments at which they came."""
    moments = []
    for records in (
        [site.plan("富士通"), site.plan("日本電気")],
        [site.plan("富士通", "令和6年1月23日変更", "2024-01-23"), site.plan("日本電気")],
        [site.plan("日本電気")],
        [site.plan("富士通", "令和6年4月1日変更", "2024-04-01"), site.plan("日本電気")],
    ):
        moments.append(site.now)
        site.shows(*records)
    return moments


def test_records_as_of_a_moment_are_those_of_the_version_then_current(site, store, past):
    def dates(moment):
        return {record.title: record.date for record in store.records(site.id, as_of=moment)}

    assert dates(past[0] - timedelta(seconds=1)) == {}
    assert dates(past[0]) == {"富士通": "2023-05-29", "日本電気": "2023-05-29"}
    assert dates(past[2] - timedelta(seconds=1)) == {"富士通": "2024-01-23", "日本電気": "2023-05-29"}
    assert dates(past[2]) == {"日本電気": "2023-05-29"}
    assert dates(past[3] + timedelta(days=9)) == {"富士通": "2024-04-01", "日本電気": "2023-05-29"}


def test_records_can_be_asked_by_kind(site, store):
    site.shows(site.plan("富士通"), site.document("様式"))

    assert [record.title for record in store.records(site.id, kind="document")] == ["様式"]


def test_an_unknown_page_has_no_records_state_or_history(store):
    assert store.records("unknown") == []
    assert store.state("unknown") is None
    assert store.history("unknown", "plan", "x") == []


def test_history_tells_every_version_and_absence_of_a_record(site, store, past):
    key = site.plan("富士通").key
    versions = store.history(site.id, "plan", key)

    assert [(v.record and v.record.date, v.change) for v in versions] == [
        ("2023-05-29", None),
        ("2024-01-23", "plan.amended"),
        (None, "plan.removed"),
        ("2024-04-01", "plan.added"),
    ]
    assert [v.since for v in versions] == past
    assert [v.until for v in versions] == [*past[1:], None]


def test_history_ends_with_the_absence_of_a_removed_record(site, store):
    site.shows(site.plan("富士通"), site.plan("日本電気"))
    site.shows(site.plan("富士通"))
    last = store.history(site.id, "plan", site.plan("日本電気").key)[-1]

    assert (last.record, last.until, last.change) == (None, None, "plan.removed")


@pytest.fixture
def news(site, store):
    """Changes of several kinds and an incident."""
    site.shows(site.plan("富士通"), site.document("認定申請書"))
    site.shows(site.plan("富士通", "令和6年1月23日変更", "2024-01-23"), site.document("認定申請書"))
    site.looks_wrong()
    site.shows(
        site.plan("富士通", "令和6年1月23日変更", "2024-01-23"),
        site.document("認定申請書", "https://www.soumu.example/new.pdf"),
        site.plan("ノキア"),
    )
    return list(store.changes(include_operators=True))


def test_changes_come_oldest_first_without_incidents(store, news, names):
    ids = [change.id for change in store.changes()]

    assert ids == sorted(ids)
    assert set(names(store.changes())) == {"plan.amended", "document.replaced", "plan.added"}
    assert {"page.suspect", "page.recovered"} <= set(names(news))


def test_changes_come_newest_first_where_asked_for(store, news, monkeypatch):
    monkeypatch.setattr("storage.queries._BATCH", 2)
    assert list(store.changes(include_operators=True, newest_first=True)) == news[::-1]


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        (["plan"], ["plan.amended", "plan.added"]),
        (["plan.amended"], ["plan.amended"]),
        (["*.added"], ["plan.added"]),
        (["document", "plan.added"], ["document.replaced", "plan.added"]),
        (["plan.[ab]mended"], ["plan.amended"]),
        (["plan.a%"], []),
        (["p"], []),
    ],
)
def test_changes_can_be_asked_by_globs_of_their_names(store, news, names, kinds, found):
    assert sorted(names(store.changes(kinds=kinds))) == sorted(found)


def test_a_glob_matches_the_other_names_of_a_change(site, store, names):
    site.shows(site.plan("富士通"))
    new = site.plan("富士通", "令和6年1月23日変更", "2024-01-23", url="https://www.soumu.example/new.pdf")
    saved = site.shows(new)

    assert len(saved.changes) == 1
    for name in saved.changes[0].names:
        assert names(store.changes(kinds=[name])) == [saved.changes[0].change]
    assert len(saved.changes[0].names) > 1


@pytest.mark.parametrize("text", ["富士通", "令和6年1月", "令和６年１月２３日", "２０２４-01-23"])
def test_changes_can_be_asked_by_words_however_they_are_printed(store, news, names, text):
    assert names(store.changes(text=text)) == ["plan.amended"]


@pytest.mark.parametrize("text", ["100%", "_"])
def test_words_are_no_patterns(store, news, text):
    assert list(store.changes(text=text)) == []


def test_changes_can_be_asked_by_page_and_time(site, store, news, names):
    first, last = next(store.changes()), list(store.changes())[-1]

    assert list(store.changes(page="other")) == []
    assert names(store.changes(page=site.id, until=last.detected_at)) == ["plan.amended"]
    assert first not in list(store.changes(since=first.detected_at + timedelta(seconds=1)))
    assert first in list(store.changes(since=first.detected_at))


def test_more_changes_than_one_batch_all_come(site, store):
    site.shows(site.plan("富士通"))
    site.shows(*[site.document(f"様式第{number}", f"https://a.example/{number}.pdf") for number in range(1101)])

    ids = [change.id for change in store.changes()]
    assert len(ids) == len(set(ids)) == 1102


def test_changes_are_found_by_their_ids(store, news):
    assert store.change(news[1].id) == news[1]
    assert store.changes_by_id([news[2].id, news[0].id, 999]) == [news[0], news[2]]


def test_an_unknown_change_is_said(store):
    with pytest.raises(StorageError, match="no change 7"):
        store.change(7)


def test_states_list_every_page_ever_checked(site, store):
    site.shows(site.plan("富士通"))
    site.id = "other"
    site.fails()

    assert [(state.page.id, state.outcome) for state in store.states()] == [
        ("support", "baseline"),
        ("other", "failed"),
    ]


def test_a_state_says_when_a_whole_body_was_last_good(site):
    at = site.now
    site.shows(site.plan("富士通"))
    site.is_not_modified()

    assert (site.state().last_full, site.state().last_unchanged) == (at, at + timedelta(hours=1))
