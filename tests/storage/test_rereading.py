"""Bodies read again correct history; of what was told and never was, those who were told hear, and nobody else."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage.errors import StorageError
from storage.observation import FrozenMessage, PageInfo, PastReading
from storage.store import Store
from tests.storage.conftest import START, Site

HOUR = timedelta(hours=1)
READER = "support 2"


@pytest.fixture
def reread(site, store):
    """Reads every body again: `readings` gives the records of each version in order, None for the same as before."""

    def run(*readings, reader=READER, version=2):
        snapshots = store.unread(site.id, reader)
        read = {}
        for snapshot, records in zip(snapshots, readings, strict=True):
            read[snapshot] = site.page(*records, version=version) if records is not None else None
        store.put_aside(reader, read)
        return store.correct(site.id, reader, site.now)

    return run


@pytest.fixture
def told(site, store):
    """Sends what waits; the ids of the changes told since, by delivery."""

    def send():
        found = []
        while (delivery := store.claim(site.now, "here/1/1.00", lease=HOUR)) is not None:
            store.sent(delivery.id, site.now, "250")
            found.append(delivery.change_ids)
        return found

    return send


def dates(store, site, at=None):
    return {record.title: record.date for record in store.records(site.id, as_of=at)}


def amended(site, day):
    return site.plan("富士通", f"令和6年1月{day}日変更", f"2024-01-{day}")


def misread(site, day):
    """As the parser of then read it."""
    return site.plan("富士通", f"令和6年1月{day}日変更", None)


def test_every_version_is_corrected(site, store, reread):
    site.shows(misread(site, 11))
    site.shows(misread(site, 12))
    came = reread([amended(site, 11)], [amended(site, 12)])

    assert (came.versions, came.corrected, came.unreadable) == (2, 2, 0)
    assert dates(store, site, START) == {"富士通": "2024-01-11"}
    assert dates(store, site) == {"富士通": "2024-01-12"}


def test_a_corrected_version_is_marked_as_the_parsers(site, store, reread):
    site.shows(misread(site, 11))
    site.shows(misread(site, 12))
    reread([misread(site, 11)], [amended(site, 12)])

    key = store.records(site.id)[0].key
    assert [version.origin for version in store.history(site.id, "plan", key)] == ["live", "parser"]


def test_what_is_read_as_before_corrects_nothing_but_is_read_by_the_new_parser(site, store, reread, count):
    site.shows(amended(site, 11))
    site.shows(amended(site, 12))
    before = [store.records(site.id), list(store.changes()), count("record_version")]
    came = reread([amended(site, 11)], [amended(site, 12)])

    assert (came.corrected, came.superseded, came.messages) == (0, (), 0)
    assert [store.records(site.id), list(store.changes()), count("record_version")] == before
    assert site.state().parser_version == 2


def test_nobody_is_alerted_of_what_only_the_new_reading_shows(site, store, reread, told):
    site.shows(misread(site, 11))
    site.shows(misread(site, 12))
    told()
    reread([misread(site, 11)], [misread(site, 12), site.document("概要")])

    assert told() == []
    assert [(change.change, change.origin) for change in store.changes()][-1] == ("document.added", "parser")


def test_a_told_change_that_never_was_is_superseded_by_its_correction(site, store, reread):
    site.shows(amended(site, 11))
    wrong = site.shows(amended(site, 12)).changes[0]
    reread([amended(site, 11)], [amended(site, 11)])

    correction = store.change(store.change(wrong.id).superseded_by)
    assert (correction.change, correction.before["change"]["change"], correction.after) == (
        "plan.corrected",
        "plan.amended",
        None,
    )


def test_a_correction_says_what_stands_in_the_place_of_the_change(site, store, reread):
    site.shows(amended(site, 11))
    wrong = site.shows(amended(site, 12)).changes[0]
    reread([amended(site, 11)], [amended(site, 13)])

    correction = store.change(store.change(wrong.id).superseded_by)
    assert correction.after["change"]["after"]["date"] == "2024-01-13"
    standing = [change for change in store.changes(kinds=["plan.amended"]) if change.superseded_by is None]
    assert [(change.after["date"], change.origin) for change in standing] == [("2024-01-13", "parser")]


def test_those_who_were_told_are_told_of_the_correction_once(site, store, reread, told):
    site.shows(amended(site, 11))
    wrong = site.shows(amended(site, 12)).changes[0]
    told()
    assert reread([amended(site, 11)], [amended(site, 11)]).messages == 1
    correction = store.change(wrong.id).superseded_by

    assert told() == [(correction,)]
    reread([amended(site, 11)], [amended(site, 11)], reader="support 3", version=3)
    assert told() == []


def test_a_message_not_yet_written_tells_what_truly_changed(site, store, reread, told):
    site.shows(amended(site, 11))
    site.shows(amended(site, 12))
    reread([amended(site, 11)], [amended(site, 13)])

    ((change,),) = told()
    assert (store.change(change).change, store.change(change).after["date"]) == ("plan.amended", "2024-01-13")


def test_a_message_not_yet_written_that_has_nothing_to_tell_is_cancelled(site, store, reread, told):
    site.shows(amended(site, 11))
    site.shows(amended(site, 12))
    reread([amended(site, 11)], [amended(site, 11)])

    assert told() == []
    assert [delivery.status for delivery in store.deliveries()] == ["cancelled"]


def given_up(site, store):
    """The one message that waits is written, and given up."""
    delivery = store.claim(site.now, "here/1/1.00", lease=HOUR)
    store.freeze(delivery.id, FrozenMessage(subject="変更", text="12日に変更", html=None), "<1@example.jp>")
    store.failed(delivery.id, site.now, "404", None)


def test_a_message_given_up_is_written_anew_with_what_truly_changed(site, store, reread):
    site.shows(amended(site, 11))
    site.shows(amended(site, 12))
    given_up(site, store)
    came = reread([amended(site, 11)], [amended(site, 13)])
    store.retry(None, site.now)

    again = store.claim(site.now, "here/1/1.00", lease=HOUR)
    assert (came.messages, again.message, again.message_id) == (0, None, "<1@example.jp>")
    assert [store.change(change).after["date"] for change in again.change_ids] == ["2024-01-13"]


def test_a_message_given_up_that_has_nothing_to_tell_is_cancelled(site, store, reread, told):
    site.shows(amended(site, 11))
    site.shows(amended(site, 12))
    given_up(site, store)
    reread([amended(site, 11)], [amended(site, 11)])

    assert store.retry(None, site.now) == 0
    assert [delivery.status for delivery in store.deliveries()] == ["cancelled"]
    assert told() == []


def test_a_written_message_that_is_yet_to_be_sent_again_is_followed_by_its_correction(site, store, reread):
    site.shows(amended(site, 11))
    site.shows(amended(site, 12))
    delivery = store.claim(site.now, "here/1/1.00", lease=HOUR)
    store.freeze(delivery.id, FrozenMessage(subject="変更", text="12日に変更", html=None), "<1@example.jp>")
    store.failed(delivery.id, site.now, "500", site.now)

    assert reread([amended(site, 11)], [amended(site, 11)]).messages == 1
    assert [item.message is not None for item in store.deliveries()] == [True, False]


def test_a_told_change_that_is_true_in_more_fields_stands(site, store, reread, told):
    site.shows(misread(site, 11))
    right = site.shows(misread(site, 12)).changes[0]
    told()
    came = reread([amended(site, 11)], [amended(site, 12)])

    assert came.superseded == ()
    assert store.change(right.id).superseded_by is None
    assert [change.id for change in store.changes()] == [right.id]


def test_the_next_check_compares_with_the_corrected_version(site, store, reread, names):
    site.shows(misread(site, 11))
    reread([amended(site, 11)])

    assert site.shows(content=site.page(amended(site, 11), version=2)).outcome == "unchanged"
    assert names(site.shows(content=site.page(amended(site, 12), version=2)).changes) == ["plan.amended"]


def test_a_body_that_cannot_be_read_stays_as_it_was_read(site, store, reread):
    site.shows(misread(site, 11))
    site.shows(misread(site, 12))
    came = reread(None, [amended(site, 12)])

    assert came.unreadable == 1
    assert dates(store, site, START) == {"富士通": None}
    assert dates(store, site) == {"富士通": "2024-01-12"}


def test_who_is_interrupted_goes_on_where_he_stopped(site, store):
    for day in (11, 12, 13):
        site.shows(misread(site, day))
    first, *rest = store.unread(site.id, READER)
    store.put_aside(READER, {first: site.page(amended(site, 11), version=2)})

    assert store.unread(site.id, READER) == rest
    assert dates(store, site, START) == {"富士通": None}


def test_readings_of_another_reader_are_not_taken(site, store):
    site.shows(misread(site, 11))
    store.put_aside("support 2", {snapshot: site.page(amended(site, 11)) for snapshot in store.unread(site.id, READER)})

    assert len(store.unread(site.id, "support 3")) == 1
    store.correct(site.id, "support 3", site.now)
    assert dates(store, site) == {"富士通": None}


def test_saved_pages_are_read_again_too(site, store, reread):
    past = PastReading(at=START - HOUR, url=site.url, body=b"1", content=site.page(misread(site, 10)))
    store.add_past(PageInfo(id=site.id, name="支援策", url=site.url), [past], site.now)
    site.shows(misread(site, 11))
    reread([amended(site, 10)], [amended(site, 11)])

    assert dates(store, site, START - HOUR) == {"富士通": "2024-01-10"}
    assert [(change.change, change.before["date"], change.after["date"]) for change in store.changes()] == [
        ("plan.amended", "2024-01-10", "2024-01-11")
    ]


def test_a_key_that_the_new_reading_gives_is_that_of_all_versions(site, store, reread):
    site.shows(site.plan("富士通"))
    wrong = site.shows(site.plan("富士通"), site.document("概要")).changes[0]
    site.shows(site.plan("富士通"), site.document("概要", url="https://www.soumu.example/111.pdf"))
    titled = site.document("事業の概要"), site.document("事業の概要", url="https://www.soumu.example/111.pdf")
    reread([site.plan("富士通")], [site.plan("富士通"), titled[0]], [site.plan("富士通"), titled[1]])

    key = next(record.key for record in store.records(site.id, kind="document"))
    history = store.history(site.id, "document", key)
    assert [version.change for version in history] == ["document.added", "document.replaced"]
    assert store.change(wrong.id).superseded_by is not None


def test_a_version_that_the_next_check_had_read_silently_changes_nothing_more(site, store, reread):
    site.shows(misread(site, 11))
    site.shows(content=site.page(amended(site, 11), version=2), reread=site.page(amended(site, 11), version=2))
    reread([amended(site, 11)])

    assert list(store.changes()) == []
    assert dates(store, site, START) == {"富士通": "2024-01-11"}


def test_a_page_never_read_cannot_be_corrected(site, store):
    with pytest.raises(StorageError, match="never read"):
        store.correct(site.id, READER, site.now)


COMPANIES = ["富士通", "日本電気", "ノキア"]
SHOWN = st.dictionaries(st.sampled_from(COMPANIES), st.integers(1, 9), min_size=1)


def differences(before, after):
    """What truly changed: company, from and to which day."""
    return {
        (name, before.get(name) if name in after else "gone", after.get(name))
        for name in {*before, *after}
        if before.get(name) != after.get(name)
    }


def said_by(change):
    if change.after is None:
        return (change.title, "gone", None)
    days = [int(side["date"][-2:]) if side else None for side in (change.before, change.after)]
    return (change.title, *days)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(SHOWN, SHOWN), min_size=1, max_size=5))
# A plan takes the place, and so the key, of one that was misread in it.
@example(said=[({"富士通": 1}, {"ノキア": 1}), ({"富士通": 2}, {"富士通": 1, "日本電気": 1, "ノキア": 2})])
def test_whatever_was_misread_history_becomes_what_the_bodies_say(prepared_url, said):
    """Each check is what the old parser read and what the body says."""
    with Store.open(prepared_url()) as store:
        site = Site(store)
        told, moments, last = [], [], None
        for misread_as, truth in said:
            at = site.now
            saved = site.shows(*plans(site, misread_as), body=repr((at, truth)).encode())
            told += saved.changes
            if saved.outcome != "unchanged":
                moments.append((at, truth))
        for snapshot, (_, truth) in zip(store.unread(site.id, READER), moments, strict=True):
            store.put_aside(READER, {snapshot: site.page(*plans(site, truth), version=2)})
        store.correct(site.id, READER, site.now)

        expected = set()
        for at, truth in moments:
            assert {record.title: int(record.date[-2:]) for record in store.records(site.id, as_of=at)} == truth
            expected |= {(at, *item) for item in differences(last if last is not None else truth, truth)}
            last = truth
        found = [change for change in store.changes(kinds=["plan"]) if not change.change.endswith(".corrected")]
        assert {(item.detected_at, *said_by(item)) for item in found if item.superseded_by is None} == expected
        wrong = {item.id for item in told if (item.detected_at, *said_by(item)) not in expected}
        assert {item.id for item in found if item.superseded_by is not None} == wrong


def plans(site, shown):
    return [amended_by(site, name, day) for name, day in shown.items()]


def amended_by(site, company, day):
    return site.plan(company, f"令和6年1月{day}日変更", f"2024-01-{day:02}")
