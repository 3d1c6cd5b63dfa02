"""The daemon by an injected clock: a simulated month, what it missed, and what nobody would hear of by a check."""

import logging
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import monitor.daemon
from monitor.audience import Audience, LiveAudience, Member
from monitor.check import CheckResult
from monitor.daemon import Daemon, keep_schedule
from monitor.errors import UsageError
from monitor.heartbeat import Heartbeat
from monitor.settings import load
from monitor.settings_models import PageSettings, Preferences, Settings
from monitor.timetable import Timetable
from monitor.turns import Turns
from monitor.watch import Watch
from notify.subscribers import Destination, Subscriber
from parsers.records import Page
from storage.errors import StorageError
from storage.observation import Observation, Problem
from storage.owners import this_process
from storage.store import Store

TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime(2024, 4, 26, 0, 0, tzinfo=TOKYO)
END = datetime(2024, 5, 27, 0, 0, tzinfo=TOKYO)
WEEK = datetime(2024, 5, 13, 0, 0, tzinfo=TOKYO)
WEEKEND = datetime(2024, 5, 18, 0, 0, tzinfo=TOKYO)
HOLIDAYS = {date(2024, 4, 29), date(2024, 5, 3), date(2024, 5, 4), date(2024, 5, 5), date(2024, 5, 6)}
URL = "https://www.soumu.example"
SECOND = timedelta(seconds=1)


def office_hours(first: datetime = START, last: datetime = END) -> list[datetime]:
    """Every full hour from 9 to 18 of a business day in Japan."""
    hours = math.ceil((last - first) / timedelta(hours=1))
    moments = [first + timedelta(hours=hour) for hour in range(hours)]
    return [at for at in moments if 9 <= at.hour <= 18 and at.weekday() < 5 and at.date() not in HOLIDAYS]


def settings_of(*pages: dict[str, Any], **schedule: Any) -> Settings:
    rows = [{"url": f"{URL}/{page['id']}"} | page for page in pages]
    return Settings.model_validate({"pages": rows, "schedule": {"jitter": 0} | schedule})


OFFICE = {"id": "office", "schedule": "0 9-18 * * *"}
HOURLY = {"id": "hourly", "every": "1h"}


class CrashError(Exception):
    """The process dies."""


@dataclass
class World:
    """A daemon in a time of its own, in which a check takes two seconds and every page is well unless `outcome` says.

    `ran` holds what was checked to the end, by page; `at` what happens at a moment, once.
    """

    store: Store
    settings: Settings
    now: datetime = START
    ran: dict[str, list[datetime]] = field(default_factory=dict)
    at: dict[datetime, Callable[[], None]] = field(default_factory=dict)
    hangs: set[str] = field(default_factory=set)
    fails: set[str] = field(default_factory=set)
    crashes: int = 0
    timetable: Timetable | None = None
    watch: Watch | None = None
    looks: bool = False

    def clock(self) -> datetime:
        return self.now.astimezone(UTC)

    @property
    def audience(self) -> LiveAudience:
        names = ("desk", "operator")
        desk, operator = (
            Subscriber(name=name, destinations=(Destination.of(name, f"{name}@example.jp", f"{name}@example.jp"),))
            for name in names
        )
        member = Member(subscriber=desk, wishes=Preferences(), is_stored=False, standings=())
        return LiveAudience(lambda: Audience(members=(member,), operator=operator))

    def start(self) -> None:
        """The daemon starts: nothing is known but what the database holds."""
        self.timetable = Timetable(self.settings, self.store, clock=self.clock)
        self.watch = Watch(self.settings, self.store, self.timetable, audience=self.audience, clock=self.clock)

    def run(self, until: datetime, *, restart: bool = True) -> None:
        """The daemon from now until then."""
        if restart or self.timetable is None:
            self.start()
        assert self.timetable is not None
        keep_schedule(self.timetable, self.check, wait=lambda due: self.wait(due, until))

    def wait(self, due: datetime | None, until: datetime) -> bool:
        if self.looks:
            assert self.watch is not None
            self.watch.look()
        later = self.now + timedelta(minutes=30)
        self.now = max(self.now + SECOND, min(later, until, *([due.astimezone(TOKYO)] if due else [])))
        for moment in [moment for moment in self.at if moment <= self.now]:
            self.at.pop(moment)()
        return self.now < until

    def set_clock(self, **span: float) -> Callable[[], None]:
        def move() -> None:
            self.now += timedelta(**span)

        return move

    def check(self, page: PageSettings) -> None:
        assert self.timetable is not None
        if page.id in self.hangs:
            return
        started = self.now
        if self.timetable.begin(page):
            if self.crashes:
                self.crashes -= 1
                raise CrashError
            self.now += 2 * SECOND
            self.save(page)
            self.ran.setdefault(page.id, []).append(started)
        self.timetable.ended(page, has_failed=False)

    def save(self, page: PageSettings) -> None:
        state = self.store.state(page.id)
        content = Page(
            url=page.url, title="支援策", charset="utf-8", parser="outline", parser_version=1, coverage=1.0, records=()
        )
        given: dict[str, Any] = {"content": content, "body": b"<p>"}
        if page.id in self.fails:
            given = {"problem": Problem(kind="failed", reason="timeout", message="no answer")}
        elif state is not None and state.last_unchanged is not None:
            given = {"not_modified": True}
        self.store.save(
            Observation(
                page=page.id,
                url=page.url,
                name=page.name,
                at=self.clock(),
                seconds=2.0,
                http_status=200,
                final_url=page.url,
                **given,
            ),
            self.audience,
        )

    def told(self) -> list[tuple[str, datetime]]:
        found = self.store.changes(include_operators=True)
        return [(change.change, change.detected_at.astimezone(TOKYO)) for change in found]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/monitor.db") as opened:
        yield opened


@pytest.fixture
def month(store: Store) -> World:
    """Two pages, of office hours on business days and of every hour; it begins on the Friday before Golden Week."""
    return World(store, settings_of(OFFICE, HOURLY, business_days=True))


@pytest.fixture
def week(month: World) -> World:
    """The same, in a week without a holiday."""
    month.now = WEEK
    return month


def hours_of(world: World, page: str) -> list[datetime]:
    """When a page was checked, by the second it was due; a check waits for that of another page, no longer."""
    times = world.ran.get(page, [])
    return [at.replace(microsecond=0) for at in times]


def assert_each_once(found: list[datetime], due: list[datetime]) -> None:
    """Each check began at a due time or the seconds after which another check took, and none without one."""
    late = [at - wanted for at, wanted in zip(found, due, strict=False)]
    assert len(found) == len(due)
    assert all(timedelta() <= span <= 10 * SECOND for span in late)


# A simulated month


def test_in_a_month_each_office_hour_is_checked_once_and_no_holiday(month: World) -> None:
    month.run(END)
    assert_each_once(hours_of(month, "office"), office_hours())


def test_a_page_of_every_hour_is_checked_at_once_and_then_every_hour(store: Store) -> None:
    world = World(store, settings_of(HOURLY))
    world.run(END)
    first, *rest = hours_of(world, "hourly")

    assert first == START
    assert {later - earlier for earlier, later in pairwise(rest)} == {timedelta(hours=1)}
    assert len(rest) == 31 * 24


def test_with_jitter_each_hour_has_one_check_within_it(store: Store) -> None:
    world = World(store, settings_of(OFFICE, jitter=300, business_days=True))
    world.run(END)
    found = hours_of(world, "office")

    assert [at.replace(minute=0, second=0) for at in found] == office_hours()
    assert all(at.minute * 60 + at.second <= 310 for at in found)
    assert len({at.minute for at in found}) > 3


def test_a_restart_every_few_hours_changes_nothing(month: World) -> None:
    while month.now < END:
        month.run(min(month.now + timedelta(hours=5, minutes=7), END))
    assert_each_once(hours_of(month, "office"), office_hours())


def test_what_fell_due_while_it_was_down_is_checked_once_at_the_start(month: World) -> None:
    down, up = datetime(2024, 5, 8, 10, 30, tzinfo=TOKYO), datetime(2024, 5, 10, 22, 15, tzinfo=TOKYO)
    month.run(down)
    month.now = up
    month.run(END)

    assert_each_once(
        hours_of(month, "office"), [*office_hours(last=down), up, *office_hours(first=up.replace(hour=23, minute=0))]
    )


def test_nothing_is_checked_at_the_start_if_nothing_fell_due(month: World) -> None:
    month.run(datetime(2024, 5, 2, 18, 30, tzinfo=TOKYO))
    month.now = datetime(2024, 5, 6, 12, 0, tzinfo=TOKYO)  # the last day of Golden Week
    month.run(END)
    assert_each_once(hours_of(month, "office"), office_hours())


@pytest.mark.parametrize("minutes", [20, 90, 200])
def test_a_clock_set_back_skips_and_doubles_nothing_but_for_what_it_shows_again(week: World, minutes: int) -> None:
    """Set back by less than an hour nothing comes twice; by more, the hours after the coming one do."""
    moment = datetime(2024, 5, 15, 13, 10, tzinfo=TOKYO)
    week.at[moment] = week.set_clock(minutes=-minutes)
    week.run(WEEKEND)
    counted = Counter(at.replace(minute=0, second=0) for at in hours_of(week, "office"))

    assert set(counted) == set(office_hours(WEEK, WEEKEND))
    again = {at for at, count in counted.items() if count > 1}
    shown_again = {at for at in office_hours(WEEK, WEEKEND) if moment - timedelta(minutes=minutes) < at <= moment}
    assert again <= shown_again
    assert max(counted.values()) <= 2
    if minutes < 60:
        assert not again


def test_a_clock_set_back_by_a_year_does_not_stop_it(week: World) -> None:
    week.run(datetime(2024, 5, 15, 13, 9, tzinfo=TOKYO))
    week.now -= timedelta(days=364)  # Wednesday, 17 May 2023
    before = len(week.ran["office"])
    week.run(datetime(2023, 5, 17, 19, 0, tzinfo=TOKYO), restart=False)

    assert [at.hour for at in week.ran["office"][before:]] == [14, 15, 16, 17, 18]


def test_a_clock_set_ahead_is_one_check_for_what_it_skips(week: World) -> None:
    week.at[datetime(2024, 5, 15, 10, 10, tzinfo=TOKYO)] = week.set_clock(hours=4)
    week.run(WEEKEND)
    skipped = [datetime(2024, 5, 15, hour, tzinfo=TOKYO) for hour in (11, 12, 13, 14)]
    due = [at for at in office_hours(WEEK, WEEKEND) if at not in skipped]

    found = hours_of(week, "office")
    (extra,) = [at for at in found if at.date() == date(2024, 5, 15) and at.hour == 14]
    assert extra.minute  # at once when the clock was set
    assert_each_once([at for at in found if at != extra], due)


def test_a_check_cut_off_by_a_crash_is_made_at_the_next_start(week: World) -> None:
    week.run(datetime(2024, 5, 15, 12, 59, tzinfo=TOKYO))
    week.crashes = 1
    with pytest.raises(CrashError):
        week.run(WEEKEND)
    crashed = week.now
    week.now += timedelta(minutes=3)
    week.run(WEEKEND)

    assert_each_once(
        [at for at in hours_of(week, "office") if at.minute == 0],
        [at for at in office_hours(WEEK, WEEKEND) if at != crashed.replace(minute=0, second=0)],
    )
    assert [at for at in hours_of(week, "office") if at.minute] == [that_day(13, 3)]


def that_day(hour: int, minute: int) -> datetime:
    return datetime(2024, 5, 15, hour, minute, tzinfo=TOKYO)


def test_a_page_that_was_never_checked_keeps_its_first_due_time_through_restarts(store: Store) -> None:
    world = World(store, settings_of(HOURLY, jitter=3600))
    for _ in range(3000):
        if world.ran:
            break
        world.run(world.now + 2 * SECOND)
    assert len(world.ran["hourly"]) == 1


def test_a_check_that_takes_longer_than_its_rhythm_is_followed_by_one(store: Store) -> None:
    world = World(store, settings_of(OFFICE))
    world.now = datetime(2024, 5, 15, 8, 0, tzinfo=TOKYO)
    world.start()
    world.now = datetime(2024, 5, 15, 9, 0, tzinfo=TOKYO)
    assert world.timetable is not None
    (page,) = world.timetable.due()
    world.timetable.begin(page)
    world.now = datetime(2024, 5, 15, 12, 30, tzinfo=TOKYO)
    assert world.timetable.due() == []  # it is still at work
    world.timetable.ended(page, has_failed=False)

    assert [due.id for due in world.timetable.due()] == ["office"]
    world.timetable.begin(page)
    world.timetable.ended(page, has_failed=False)
    assert world.timetable.due() == []


def test_pages_that_failed_are_checked_after_the_others(store: Store) -> None:
    world = World(
        store, settings_of({"id": "a", "every": "1h"}, {"id": "b", "every": "1h"}, {"id": "c", "every": "1h"})
    )
    world.start()
    assert world.timetable is not None
    world.now += timedelta(hours=2)
    for page in world.timetable.due():
        world.timetable.begin(page)
        world.timetable.ended(page, has_failed=page.id == "a")
    world.now += timedelta(hours=2)

    assert [page.id for page in world.timetable.due()][-1] == "a"


def test_a_daemon_that_starts_knows_which_pages_failed(store: Store) -> None:
    pages = [{"id": "a", "every": "1h"}, {"id": "b", "every": "1h"}]
    world = World(store, settings_of(*pages), fails={"a"})
    world.run(START + timedelta(hours=3))
    world.start()
    assert world.timetable is not None
    world.now += timedelta(hours=2)

    assert [page.id for page in world.timetable.due()] == ["b", "a"]


def test_a_check_whose_beginning_cannot_be_stored_is_tried_again_in_a_minute(
    month: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("the disk is full")

    month.now = datetime(2024, 5, 15, 8, 59, tzinfo=TOKYO)
    month.start()
    with monkeypatch.context() as patch:
        patch.setattr(month.store, "begin_check", refuse)
        month.run(datetime(2024, 5, 15, 9, 0, 30, tzinfo=TOKYO), restart=False)
        assert month.ran == {}
    month.run(datetime(2024, 5, 15, 9, 2, tzinfo=TOKYO), restart=False)
    assert [at.minute for at in month.ran["office"]] == [1]


# Stale


def test_a_page_whose_check_hangs_is_stale_after_two_due_times(week: World) -> None:
    week.looks = True
    week.run(datetime(2024, 5, 14, 18, 30, tzinfo=TOKYO))
    week.hangs = {"office"}
    week.run(datetime(2024, 5, 15, 12, 0, tzinfo=TOKYO), restart=False)

    ((name, at),) = week.told()
    assert name == "page.stale"
    assert at - datetime(2024, 5, 15, 10, 10, tzinfo=TOKYO) < timedelta(minutes=30)


def test_a_month_without_trouble_tells_nothing(month: World) -> None:
    month.looks = True
    month.run(END)
    assert month.told() == []


def test_two_due_times_missed_while_it_was_down_are_told_at_the_start_and_ended_by_the_check(week: World) -> None:
    week.run(datetime(2024, 5, 15, 12, 30, tzinfo=TOKYO))
    week.now = datetime(2024, 5, 15, 15, 30, tzinfo=TOKYO)
    week.start()
    assert week.watch is not None
    week.watch.look_at_start()
    week.run(datetime(2024, 5, 15, 15, 45, tzinfo=TOKYO), restart=False)

    assert Counter(name for name, _ in week.told()) == {"page.stale": 2, "page.recovered": 2}
    assert week.store.incidents() == []


def test_a_short_restart_is_no_news(week: World) -> None:
    week.run(datetime(2024, 5, 15, 12, 59, tzinfo=TOKYO))
    week.now = datetime(2024, 5, 15, 13, 20, tzinfo=TOKYO)
    week.looks = True
    week.run(datetime(2024, 5, 15, 15, 45, tzinfo=TOKYO))
    assert week.told() == []


def test_a_page_that_cron_checked_once_a_day_before_is_not_stale_at_the_first_start(month: World) -> None:
    for page in month.settings.pages:
        month.save(page)
    month.now += timedelta(days=20)
    month.looks = True
    month.run(month.now + timedelta(hours=2))
    assert "page.stale" not in {name for name, _ in month.told()}


def test_an_open_incident_is_called_to_mind_once_a_day(month: World) -> None:
    month.looks = True
    month.fails = {"hourly"}
    month.run(START + timedelta(days=3, hours=1))
    told = [at for name, at in month.told() if name == "page.failing"]

    assert [round((at - told[0]) / timedelta(hours=1)) // 24 for at in told] == list(range(len(told)))
    assert len(told) == 4


# Not verified


def test_subscribers_hear_of_a_page_unverified_for_a_whole_business_day_and_of_its_return(store: Store) -> None:
    world = World(store, settings_of(HOURLY), looks=True)
    world.run(datetime(2024, 5, 10, 10, 30, tzinfo=TOKYO) - timedelta(days=14))
    world.now = datetime(2024, 5, 10, 9, 0, tzinfo=TOKYO)  # a Friday
    world.run(datetime(2024, 5, 10, 10, 30, tzinfo=TOKYO))
    known = len(world.told())
    world.fails = {"hourly"}
    world.run(datetime(2024, 5, 15, 12, 0, tzinfo=TOKYO), restart=False)
    world.fails = set()
    world.run(datetime(2024, 5, 15, 14, 0, tzinfo=TOKYO), restart=False)
    told = [(name, at) for name, at in world.told()[known:] if name in {"page.unverified", "page.verified"}]

    assert [name for name, _ in told] == ["page.unverified", "page.verified"]
    tuesday = datetime(2024, 5, 14, 0, 0, tzinfo=TOKYO)  # Monday was the whole business day
    assert timedelta() <= told[0][1] - tuesday < timedelta(hours=1)
    subscribers = [delivery.change_ids for delivery in store.deliveries() if delivery.channel == "subscriber"]
    assert len(subscribers) == 2


def test_a_page_never_verified_is_not_called_unverified(month: World) -> None:
    month.looks = True
    month.fails = {"hourly", "office"}
    month.run(START + timedelta(days=14))
    assert "page.unverified" not in {name for name, _ in month.told()}


# Hosts in turn


@contextmanager
def working(work: Callable[[PageSettings], None], per_host: int = 1) -> Iterator[Turns]:
    with Turns(work, per_host=per_host) as turns:
        yield turns
    assert turns.wait(5)


def page(name: str, host: str) -> PageSettings:
    return PageSettings(id=name, url=f"https://{host}.example/{name}")


def test_a_slow_host_with_many_pages_does_not_hold_up_another() -> None:
    go, done = threading.Event(), threading.Event()

    def work(page: PageSettings) -> None:
        if page.id.startswith("slow"):
            go.wait(5)
        else:
            done.set()

    with working(work) as turns:
        for number in range(50):
            turns.hand_in(page(f"slow{number}", "slow"))
        turns.hand_in(page("quick", "quick"))
        assert done.wait(5)
        go.set()


@pytest.mark.parametrize("per_host", [1, 3])
def test_of_one_host_no_more_pages_are_at_work_than_may_be(per_host: int) -> None:
    lock, at_work, most, left = threading.Lock(), Counter[str](), 0, threading.Semaphore(0)

    def work(page: PageSettings) -> None:
        nonlocal most
        with lock:
            at_work["host"] += 1
            most = max(most, at_work["host"])
        time.sleep(0.02)
        with lock:
            at_work["host"] -= 1
        left.release()

    with working(work, per_host) as turns:
        for number in range(12):
            turns.hand_in(page(f"p{number}", "host"))
        for _ in range(12):
            assert left.acquire(timeout=5)
    assert most == per_host


def test_work_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()

    def work(page: PageSettings) -> None:
        if page.id == "bad":
            raise RuntimeError("secret")
        done.set()

    with working(work) as turns:
        turns.hand_in(page("bad", "a"))
        turns.hand_in(page("good", "a"))
        assert done.wait(5)
    assert "page bad: unexpected RuntimeError" in caplog.text
    assert "secret" not in caplog.text


# The threads of the daemon


@dataclass
class Running:
    """A daemon with a check and a sender of the test's own."""

    store: Store
    settings: Settings
    check: Callable[[PageSettings], CheckResult]
    pump: Callable[[], None] = lambda: None
    stop: threading.Event = field(default_factory=threading.Event)

    def daemon(self) -> Daemon:
        return Daemon(
            self.settings,
            self.store,
            check=self.check,
            sending=self,
            audience=LiveAudience(lambda: Audience(members=(), operator=None)),
            clock=lambda: datetime.now(UTC),
            stop=self.stop,
        )

    def wait(self, _: float) -> bool:
        return True

    def end(self) -> None:
        pass

    @contextmanager
    def running(self) -> Iterator[None]:
        ended: list[bool] = []
        daemon = self.daemon()
        thread = threading.Thread(target=lambda: ended.append(daemon.run()))
        thread.start()
        yield
        self.stop.set()
        thread.join(10)
        assert ended == [True]


def good(page: PageSettings) -> CheckResult:
    return CheckResult(page=page.id, url=page.url, outcome="unchanged", seconds=0.1)


def settled(condition: Callable[[], bool]) -> bool:
    """Whether it comes true within a few seconds."""
    until = time.monotonic() + 8
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_a_check_that_raises_ends_neither_the_daemon_nor_its_page(store: Store) -> None:
    calls: list[str] = []

    def check(page: PageSettings) -> CheckResult:
        calls.append(page.id)
        if len(calls) == 1:
            raise RuntimeError
        return good(page)

    running = Running(store, settings_of({"id": "a", "every": "1s"}), check)
    with running.running():
        assert settled(lambda: len(calls) >= 2)


def test_a_sender_that_hangs_holds_up_no_check(store: Store) -> None:
    go, calls = threading.Event(), []

    def pump() -> None:
        go.wait(10)

    def check(page: PageSettings) -> CheckResult:
        calls.append(page.id)
        return good(page)

    with Running(store, settings_of({"id": "a", "every": "1s"}), check, pump).running():
        assert settled(lambda: len(calls) >= 2)
        go.set()


@contextmanager
def ending(running: Running) -> Iterator[list[UsageError]]:
    """A daemon on duty that is to end by itself; the errors with which it did."""
    daemon, errors = running.daemon(), []

    def run() -> None:
        try:
            daemon.run()
        except UsageError as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert settled(lambda: running.store.on_duty(datetime.now(UTC)) is not None)
    yield errors
    thread.join(10)


def test_one_whose_place_another_took_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor.daemon, "SEEN_EVERY", timedelta(seconds=0.05))
    with ending(Running(store, settings_of(HOURLY), good)) as errors:
        store.leave_duty(this_process())
        store.take_duty("another.example/17/100.00", datetime.now(UTC) - timedelta(hours=1))  # as its clock has it

    assert "another daemon has taken over (process 17 on another.example" in str(errors[0])
    assert store.on_duty(datetime.now(UTC)) is not None


def test_one_whose_database_is_taken_away_ends_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor.daemon, "SEEN_EVERY", timedelta(seconds=0.05))
    config = tmp_path / "config.toml"
    config.write_text('[[pages]]\nid = "hourly"\nurl = "https://www.soumu.example/"\nevery = "1h"\n', encoding="utf-8")
    settings = load(config, {})
    with Store.open(settings.monitor.database) as store, ending(Running(store, settings, good)) as errors:
        (tmp_path / "data" / "monitor.db").unlink()

    assert "the database's file is gone" in str(errors[0])


def test_it_is_on_duty_while_it_runs_and_no_longer(store: Store) -> None:
    with Running(store, settings_of(HOURLY), good).running():
        assert settled(lambda: store.on_duty(datetime.now(UTC)) is not None)
    assert store.on_duty(datetime.now(UTC)) is None


# The dead-man's switch


@contextmanager
def switch(status: int = 200) -> Iterator[tuple[str, list[str]]]:
    called: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/s3cret", called
        server.shutdown()


def test_the_heartbeat_is_called_again_and_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor.daemon, "_WATCH_EVERY", 0.1)
    with switch() as (url, called):
        settings = Settings.model_validate(
            {"pages": [{"id": "a", "url": URL, "every": "1h"}], "monitor": {"heartbeat_url": url}}
        )
        with Running(store, settings, good).running():
            assert settled(lambda: len(called) >= 3)
    assert set(called) == {"/s3cret"}


def test_a_daemon_whose_watch_fails_does_not_call_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor.daemon, "_WATCH_EVERY", 0.05)

    def broken(*_: object) -> bool:
        raise StorageError("the disk is full")

    monkeypatch.setattr(Watch, "look", broken)
    with switch() as (url, called):
        settings = Settings.model_validate(
            {"pages": [{"id": "a", "url": URL, "every": "1h"}], "monitor": {"heartbeat_url": url}}
        )
        with Running(store, settings, good).running():
            time.sleep(0.5)
    assert called == []


@pytest.mark.parametrize("kind", ["refuses", "is not there"])
def test_a_heartbeat_that_fails_is_logged_once_and_never_named(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with switch(500 if kind == "refuses" else 200) as (url, _):
        heartbeat = Heartbeat(url if kind == "refuses" else "http://127.0.0.1:9/s3cret")
        heartbeat.beat()
        heartbeat.beat()
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "s3cret" not in caplog.text
