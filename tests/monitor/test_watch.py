"""What is told beside checks: a week in which nothing was told, a disk that is nearly full."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.audience import audience_of
from monitor.settings import Settings, load
from monitor.watch import hasten_digests, look_for_room, write_quiet_digests
from notify.all_quiet import quiet_drafts, without_news
from parsers.records import Document, Page
from storage.changes import RecordedChange
from storage.observation import Observation, Window
from storage.store import Store

URL = "https://www.soumu.example/"
# Mondays, 09:00 in Japan.
LAST_MONDAY = datetime(2024, 5, 13, 0, 0, tzinfo=UTC)
MONDAY = datetime(2024, 5, 20, 0, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store.open(f"sqlite:///{tmp_path}/m.db") as opened:
        opened.known_since(["desk"], LAST_MONDAY)
        return opened


Loading = Callable[..., Settings]


@pytest.fixture
def loading(tmp_path: Path) -> Loading:
    def settings(delivery: str = "immediate", all_quiet: str = "weekly") -> Settings:
        path = tmp_path / "config.toml"
        path.write_text(
            f"""
            [monitor]
            database = "sqlite:///m.db"
            [[pages]]
            id = "ict"
            url = "{URL}"
            [[subscribers]]
            name = "desk"
            to = ["desk@example.jp"]
            delivery = "{delivery}"
            quiet = ""
            all_quiet = "{all_quiet}"
            [operator]
            to = ["operator@example.jp"]
            """,
            encoding="utf-8",
        )
        return load(path, {})

    return settings


def check(store: Store, settings: Settings, at: datetime, *titles: str) -> None:
    records = tuple(
        Document(kind="document", key=title, path=(), title=title, position=number, url=URL + title)
        for number, title in enumerate(titles)
    )
    page = Page(
        url=URL, title="施策", charset="utf-8", parser="outline", parser_version=1, coverage=1.0, records=records
    )
    given: dict[str, Any] = {"content": page, "body": " ".join(titles).encode()}
    observation = Observation(
        page="ict", url=URL, name="施策", at=at, seconds=0.1, http_status=200, final_url=URL, **given
    )
    store.save(observation, audience_of(settings, store).route)


def test_a_week_without_a_change_ends_with_a_digest(store: Store, loading: Loading) -> None:
    settings = loading()
    for day in range(7):
        check(store, settings, LAST_MONDAY + timedelta(days=day, hours=1), "a")
    assert write_quiet_digests(settings, store, audience_of(settings, store), MONDAY + timedelta(minutes=1))
    (digest,) = store.deliveries()
    assert (digest.kind, digest.change_ids, digest.next_attempt) == ("digest", (), MONDAY)


def test_it_is_written_once(store: Store, loading: Loading) -> None:
    settings = loading()
    check(store, settings, LAST_MONDAY + timedelta(hours=1), "a")
    write_quiet_digests(settings, store, audience_of(settings, store), MONDAY)
    assert not write_quiet_digests(settings, store, audience_of(settings, store), MONDAY + timedelta(hours=3))
    assert len(store.deliveries()) == 1


def test_a_week_in_which_something_was_told_has_none(store: Store, loading: Loading) -> None:
    settings = loading()
    check(store, settings, LAST_MONDAY + timedelta(hours=1), "a")
    check(store, settings, LAST_MONDAY + timedelta(hours=2), "a", "b")
    assert not write_quiet_digests(settings, store, audience_of(settings, store), MONDAY)


def test_who_hears_daily_and_was_told_on_tuesday_has_none(store: Store, loading: Loading) -> None:
    settings = loading("daily 09:00")
    check(store, settings, LAST_MONDAY + timedelta(hours=1), "a")
    check(store, settings, LAST_MONDAY + timedelta(hours=2), "a", "b")
    assert not write_quiet_digests(settings, store, audience_of(settings, store), MONDAY)


def test_a_week_before_anything_was_checked_has_none(store: Store, loading: Loading) -> None:
    settings = loading()
    check(store, settings, MONDAY + timedelta(hours=1), "a")
    assert not write_quiet_digests(settings, store, audience_of(settings, store), MONDAY + timedelta(hours=2))


def test_who_did_not_ask_for_it_gets_none(store: Store, loading: Loading) -> None:
    settings = loading(all_quiet="never")
    check(store, settings, LAST_MONDAY + timedelta(hours=1), "a")
    assert not write_quiet_digests(settings, store, audience_of(settings, store), MONDAY)


def test_a_week_with_a_change_that_was_not_told_has_none(store: Store, loading: Loading) -> None:
    check(store, loading("immediate", "never"), LAST_MONDAY + timedelta(hours=1), "a")
    store.set_standing("desk", "paused", LAST_MONDAY)
    check(store, loading("immediate", "never"), LAST_MONDAY + timedelta(hours=2), "a", "b")
    store.clear_standing("desk")
    assert not write_quiet_digests(loading(), store, audience_of(loading(), store), MONDAY)


def test_who_was_not_known_at_the_beginning_of_the_week_gets_none_for_it(store: Store, loading: Loading) -> None:
    settings = loading()
    path = settings.path
    path.write_text(path.read_text("utf-8").replace('"desk"', '"new desk"'), encoding="utf-8")
    settings = load(path, {})
    for day in range(14):
        check(store, settings, LAST_MONDAY + timedelta(days=day, hours=1), "a")
    written = [
        write_quiet_digests(settings, store, audience_of(settings, store), MONDAY + timedelta(days=days))
        for days in (-2, 0, 7)
    ]
    assert written == [False, False, True]


@pytest.mark.parametrize(
    ("before", "after", "due"),
    [
        ("weekly mon 09:00", "daily 09:00", LAST_MONDAY + timedelta(days=1)),
        ("weekly mon 09:00", "immediate", LAST_MONDAY + timedelta(hours=3)),
        ("daily 09:00", "daily 16:00", LAST_MONDAY + timedelta(hours=7)),
        ("daily 09:00", "weekly mon 09:00", LAST_MONDAY + timedelta(days=1)),
    ],
)
def test_what_waits_for_a_digest_waits_no_longer_than_by_the_rhythm_of_now(
    store: Store, loading: Loading, before: str, after: str, due: datetime
) -> None:
    settings = loading(before)
    check(store, settings, LAST_MONDAY + timedelta(hours=1), "a")
    check(store, settings, LAST_MONDAY + timedelta(hours=2), "a", "b")
    hasten_digests(store, audience_of(loading(after), store), LAST_MONDAY + timedelta(hours=3))
    assert [item.next_attempt for item in store.deliveries()] == [due]


def test_so_it_does_for_who_has_another_name_now(store: Store, loading: Loading) -> None:
    check(store, loading("weekly mon 09:00"), LAST_MONDAY + timedelta(hours=1), "a")
    check(store, loading("weekly mon 09:00"), LAST_MONDAY + timedelta(hours=2), "a", "b")
    path = loading("daily 09:00").path
    path.write_text(path.read_text("utf-8").replace('"desk"', '"another"'), encoding="utf-8")
    hasten_digests(store, audience_of(load(path, {}), store), LAST_MONDAY + timedelta(hours=3))
    assert [item.next_attempt for item in store.deliveries()] == [LAST_MONDAY + timedelta(days=1)]


def test_it_comes_into_the_digest_that_is_open_already(store: Store, loading: Loading) -> None:
    check(store, loading("weekly mon 09:00"), LAST_MONDAY + timedelta(hours=1), "a")
    check(store, loading("weekly mon 09:00"), LAST_MONDAY + timedelta(hours=2), "a", "b")
    check(store, loading("daily 09:00"), LAST_MONDAY + timedelta(hours=3), "a", "b", "c")
    hasten_digests(store, audience_of(loading("daily 09:00"), store), LAST_MONDAY + timedelta(hours=4))
    assert [(len(item.change_ids), item.next_attempt) for item in store.deliveries()] == [
        (2, LAST_MONDAY + timedelta(days=1))
    ]


def test_it_goes_by_itself_where_that_digest_was_sent(store: Store, loading: Loading) -> None:
    check(store, loading("weekly mon 09:00"), LAST_MONDAY + timedelta(hours=1), "a")
    check(store, loading("weekly mon 09:00"), LAST_MONDAY + timedelta(hours=2), "a", "b")
    check(store, loading("daily 09:00"), LAST_MONDAY + timedelta(hours=3), "a", "b", "c")
    store.sent(2, LAST_MONDAY + timedelta(hours=4), "250")
    hasten_digests(store, audience_of(loading("daily 09:00"), store), LAST_MONDAY + timedelta(hours=4))
    assert [(item.kind, item.window) for item in store.deliveries("waiting")] == [("changes", None)]


def test_a_week_whose_only_change_was_taken_back_was_quiet(store: Store, loading: Loading) -> None:
    settings = loading("weekly mon 09:00")
    check(store, settings, LAST_MONDAY + timedelta(hours=1), "a")
    window = Window(after=LAST_MONDAY, until=MONDAY)
    (subscriber,) = audience_of(settings, store).subscribers
    drafts = list(quiet_drafts([subscriber], ["ict"], MONDAY))
    taken_back = replace(a_change(LAST_MONDAY + timedelta(hours=2)), superseded_by=2)
    assert without_news(drafts, [subscriber], lambda _: [taken_back]) == drafts
    assert without_news(drafts, [subscriber], lambda _: [replace(taken_back, superseded_by=None)]) == []
    assert {draft.window for draft in drafts} == {window}


def a_change(at: datetime) -> RecordedChange:
    return RecordedChange(
        id=1, page="ict", change="document.added", kind="document", key="b", title="b", detected_at=at
    )


def test_who_is_paused_gets_none(store: Store, loading: Loading) -> None:
    settings = loading()
    check(store, settings, LAST_MONDAY + timedelta(hours=1), "a")
    store.set_standing("desk", "paused", LAST_MONDAY)
    assert not write_quiet_digests(settings, store, audience_of(settings, store), MONDAY)


def full(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("monitor.watch.nearly_full", lambda settings: list(lines))


def test_a_full_disk_is_told_to_the_operator_at_once(
    store: Store, loading: Loading, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(monkeypatch, "the disk of the database (/srv) is nearly full: 12 MB free")
    assert look_for_room(loading(), store, MONDAY)
    (notice,) = store.deliveries()
    assert notice.message is not None
    assert (notice.subscriber, "12 MB" in notice.message.text) == ("operator", True)


def test_it_is_told_again_after_a_day_and_not_before(
    store: Store, loading: Loading, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = loading()
    full(monkeypatch, "the disk is nearly full")
    told = [look_for_room(settings, store, MONDAY + timedelta(hours=hours)) for hours in (0, 1, 23, 24, 25)]
    assert told == [True, False, False, True, False]


def test_its_end_says_how_long_it_lasted(store: Store, loading: Loading, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loading()
    full(monkeypatch, "the disk is nearly full")
    look_for_room(settings, store, MONDAY)
    full(monkeypatch)
    assert look_for_room(settings, store, MONDAY + timedelta(hours=3))
    closed = store.deliveries()[-1].message
    assert closed is not None
    assert "3時間" in closed.text


def test_a_disk_with_room_is_no_news(store: Store, loading: Loading, monkeypatch: pytest.MonkeyPatch) -> None:
    full(monkeypatch)
    assert not look_for_room(loading(), store, MONDAY)
    assert store.deliveries() == []
