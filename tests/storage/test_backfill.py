"""Saved pages of the past come between what is stored, and tell nobody."""

from datetime import timedelta

import pytest

from storage.errors import OvertakenError, StorageError
from storage.observation import PageInfo, PastReading
from storage.thinning import Retention
from tests.storage.conftest import START

HOUR = timedelta(hours=1)


@pytest.fixture
def archive(site, store):
    """Puts saved pages into the archive: each is a time and the companies with their notes' days."""

    def add(*pages, now=None):
        found = [
            PastReading(at=at, url=site.url, body=repr(shown).encode(), content=page(site, shown))
            for at, shown in pages
        ]
        info = PageInfo(id=site.id, name="支援策のページ", url=site.url)
        return store.add_past(info, found, now or site.now + timedelta(days=9))

    return add


def page(site, shown):
    return site.page(*records(site, shown))


def records(site, shown):
    return [site.plan(company, f"令和6年1月{day}日変更", f"2024-01-0{day}") for company, day in shown.items()]


@pytest.fixture
def check(site):
    def run(**shown):
        return site.shows(*records(site, shown), body=repr(shown).encode())

    return run


@pytest.fixture
def said(store, site):
    def at(moment=None):
        return {record.title: int(record.date[-1]) for record in store.records(site.id, as_of=moment)}

    return at


def test_a_page_of_before_the_first_check_is_what_was_said_then(archive, check, said):
    check(富士通=2)
    archive((START - 9 * HOUR, {"富士通": 1}))

    assert said(START - 9 * HOUR) == {"富士通": 1}
    assert said(START - 10 * HOUR) == {}
    assert said(START) == said() == {"富士通": 2}


def test_the_first_live_check_after_an_import_is_the_baseline(archive, check, said, site, store):
    archive((START - 9 * HOUR, {"富士通": 1}))
    saved = check(富士通=2)

    assert (saved.outcome, saved.changes) == ("baseline", ())
    assert said() == {"富士通": 2}
    assert store.deliveries() == []
    assert [(change.change, change.origin) for change in store.changes()] == [("plan.amended", "import")]


def test_the_first_live_check_that_finds_what_was_imported_is_the_baseline_too(archive, check, site, count):
    archive((START - 9 * HOUR, {"富士通": 1}))

    assert check(富士通=1).outcome == "baseline"
    assert check(富士通=1).outcome == "unchanged"
    assert count("snapshot") == 2


def test_what_is_found_between_saved_pages_is_told_to_nobody(archive, store):
    came = archive((START - 9 * HOUR, {"富士通": 1}), (START - 7 * HOUR, {"富士通": 2, "日本電気": 1}))

    assert came.changes == 2
    assert [(change.change, change.detected_at) for change in store.changes()] == [
        ("plan.amended", START - 7 * HOUR),
        ("plan.added", START - 7 * HOUR),
    ]
    assert store.deliveries() == []


def test_a_page_between_two_checks_holds_until_the_next_check_of_the_page(archive, check, said):
    check(富士通=1)
    check(富士通=1)
    check(富士通=3)
    archive((START + HOUR / 2, {"富士通": 2}))

    assert said(START + HOUR / 2) == {"富士通": 2}
    assert said(START + HOUR) == {"富士通": 1}
    assert said(START + 2 * HOUR) == {"富士通": 3}


def test_after_a_page_between_the_checks_go_on_from_the_last_check(archive, check, said, names):
    check(富士通=1)
    check(富士通=1)
    archive((START + HOUR / 2, {"富士通": 2}))

    assert check(富士通=1).outcome == "unchanged"
    assert names(check(富士通=2).changes) == ["plan.amended"]
    assert said() == {"富士通": 2}


def test_what_was_told_stays_as_it_was_told(archive, check, store, names):
    check(富士通=1)
    told = check(富士通=2).changes
    archive((START + HOUR / 2, {"富士通": 2}))

    assert [change for change in store.changes() if change.origin == "live"] == list(told)


def test_a_page_of_thinned_checks_holds_until_the_day_of_the_next_is_over(archive, check, said, site):
    check(富士通=1)
    site.later(days=1)
    check(富士通=1)
    site.later(days=200)
    site.store.save(
        site.observation(http_status=304, not_modified=True), site.route, retention=Retention(checks=timedelta(days=90))
    )
    archive((START + HOUR / 2, {"富士通": 2}))

    assert said(START + timedelta(hours=20)) == {"富士通": 2}
    assert said(START + timedelta(days=3)) == {"富士通": 1}


def test_the_same_page_of_the_same_time_is_there_once(archive, store, site, count):
    first = archive((START - 9 * HOUR, {"富士通": 1}), (START - 9 * HOUR, {"富士通": 1}))
    again = archive((START - 9 * HOUR, {"富士通": 1}))

    assert (first.added, first.known, again.added, again.known) == (1, 1, 0, 1)
    assert count("snapshot") == count("version") == 1


def test_the_chain_takes_pages_as_they_are_recorded_and_holds(archive, check, store, site):
    check(富士通=3)
    head = store.head(site.id)
    archive((START - 9 * HOUR, {"富士通": 1}), (START - 8 * HOUR, {"富士通": 2}))

    assert store.head(site.id) != head
    assert store.verify().flaws == []


def test_the_order_of_imports_makes_no_difference(archive, check, said, store, site):
    check(富士通=9)
    days = {1: 9, 2: 7, 3: 5, 4: 3}
    for day in (3, 1, 4, 2):
        archive((START - days[day] * HOUR, {"富士通": day}))

    assert [said(START - hours * HOUR)["富士通"] for hours in days.values()] == [1, 2, 3, 4]
    assert [change.after["date"][-1] for change in store.changes()] == ["2", "3", "4", "9"]


def test_a_record_renamed_since_has_one_history(archive, check, store, site):
    site.shows(site.programme("地域デジタル基盤活用推進事業(令和6年度)"))
    past = site.page(site.programme("地域デジタル基盤活用推進事業(令和5年度)"))
    info = PageInfo(id=site.id, name="支援策", url=site.url)
    store.add_past(info, [PastReading(at=START - HOUR, url=site.url, body=b"1", content=past)], site.now)
    key = store.records(site.id)[0].key

    history = store.history(site.id, "programme", key)
    assert [version.record.title[-7:] for version in history] == ["(令和5年度)", "(令和6年度)"]
    assert [(version.change, version.origin) for version in history] == [
        (None, "import"),
        ("programme.renamed", "live"),
    ]


def test_a_told_change_is_known_by_the_key_its_record_has_since_the_import(archive, store, site):
    site.shows(site.programme("地域デジタル基盤活用推進事業(令和6年度)"))
    site.shows(site.programme("地域デジタル基盤活用推進事業(令和6年度)", "変わった"))
    past = site.page(site.programme("地域デジタル基盤活用推進事業(令和5年度)"))
    info = PageInfo(id=site.id, name="支援策", url=site.url)
    store.add_past(info, [PastReading(at=START - HOUR, url=site.url, body=b"1", content=past)], site.now)

    told = next(change for change in store.changes() if change.origin == "live")
    key = store.records(site.id)[0].key
    assert (told.key, told.before["key"], told.after["key"]) == (key, key, key)
    assert [version.change for version in store.history(site.id, "programme", key)][-1] == "programme.changed"


@pytest.mark.parametrize(
    ("at", "now", "what"),
    [(START + 9 * HOUR, START + HOUR, "future"), (START + HOUR, START + 9 * HOUR, "no older than the last good check")],
)
def test_a_page_that_is_not_of_the_past_is_refused_and_stores_nothing(archive, check, count, at, now, what):
    check(富士通=1)
    check(富士通=1)
    with pytest.raises(StorageError, match=what):
        archive((START - HOUR, {"富士通": 3}), (at, {"富士通": 2}), now=now)

    assert count("snapshot") == 1


def test_pages_read_by_another_version_of_the_parser_are_refused(archive, check, store, site):
    check(富士通=1)
    past = site.page(site.plan("富士通"), version=2)
    info = PageInfo(id=site.id, name="支援策", url=site.url)
    with pytest.raises(StorageError, match="reparse support"):
        store.add_past(info, [PastReading(at=START - HOUR, url=site.url, body=b"1", content=past)], site.now)


def test_a_check_under_way_during_an_import_is_made_again(archive, check, site, store):
    check(富士通=1)
    before = site.state().version
    archive((START - HOUR, {"富士通": 3}))
    observation = site.observation(content=page(site, {"富士通": 2}), body=b"2", since_version=before)
    with pytest.raises(OvertakenError):
        store.save(observation, site.route)
