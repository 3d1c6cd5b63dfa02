"""When a page is due: by cron, by interval, on business days, through downtime and clocks set back."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import settings as config
from monitor.errors import ConfigError
from monitor.schedule import CronRhythm, Decision, IntervalRhythm, Rhythm, documents_rhythm, page_rhythm
from notify.business_days import is_business_day

TOKYO = ZoneInfo("Asia/Tokyo")
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def cron(line: str, *, zone: str = "Asia/Tokyo", jitter: int = 0, business_days: bool = False) -> CronRhythm:
    return CronRhythm("page", line, zone=ZoneInfo(zone), jitter=jitter, business_days=business_days)


def interval(every: timedelta, *, name: str = "page", jitter: int = 0, business_days: bool = False) -> IntervalRhythm:
    return IntervalRhythm(name, every, jitter=jitter, business_days=business_days)


def at(text: str, zone: str = "Asia/Tokyo") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def dues(rhythm: Rhythm, after: datetime) -> Iterator[datetime]:
    while True:
        after = rhythm.next_due(after)
        yield after


def shown(rhythm: Rhythm, after: datetime, count: int, zone: str = "Asia/Tokyo") -> list[str]:
    found = dues(rhythm, after)
    return [f"{next(found).astimezone(ZoneInfo(zone)):%a %d %H:%M}" for _ in range(count)]


# Crontab lines


def test_a_line_is_due_at_its_hours_and_days() -> None:
    found = shown(cron("0 9-18 * * mon-fri"), at("2024-06-07T16:30"), 4)
    assert found == ["Fri 07 17:00", "Fri 07 18:00", "Mon 10 09:00", "Mon 10 10:00"]


def test_the_next_due_time_is_later_than_the_one_at_hand() -> None:
    assert shown(cron("0 9 * * *"), at("2024-06-07T09:00"), 1) == ["Sat 08 09:00"]


def test_due_times_are_in_utc() -> None:
    assert cron("0 9 * * *").next_due(at("2024-06-07T00:00")).isoformat() == "2024-06-07T00:00:00+00:00"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0 9 * * mon-fri/2", ["Mon 10 09:00", "Wed 12 09:00", "Fri 14 09:00"]),
        ("0 9 * * SUN", ["Sun 09 09:00", "Sun 16 09:00", "Sun 23 09:00"]),
        ("*/60 9 * * *", ["Sat 08 09:00", "Sun 09 09:00", "Mon 10 09:00"]),
        ("0-5/30 9 * * *", ["Sat 08 09:00", "Sun 09 09:00", "Mon 10 09:00"]),
        ("0,30 9-9 * * *", ["Sat 08 09:00", "Sat 08 09:30", "Sun 09 09:00"]),
        ("0 9 1 jan-dec/6 *", ["Mon 01 09:00", "Wed 01 09:00", "Tue 01 09:00"]),
        ("0 9 */10 * *", ["Tue 11 09:00", "Fri 21 09:00", "Mon 01 09:00"]),
    ],
)
def test_names_and_steps_mean_what_crontab_5_says(line: str, expected: list[str]) -> None:
    assert shown(cron(line), at("2024-06-07T18:00"), 3) == expected


def test_of_a_day_and_a_week_day_either_will_do() -> None:
    found = shown(cron("0 9 11,20 * mon"), at("2024-06-07T18:00"), 4)
    assert found == ["Mon 10 09:00", "Tue 11 09:00", "Mon 17 09:00", "Thu 20 09:00"]


@pytest.mark.parametrize("line", ["0 0 30 2 *", "0 9 31 4,6,9,11 *"])
def test_a_line_that_never_comes_is_an_error(line: str) -> None:
    with pytest.raises(ConfigError, match="never comes"):
        cron(line).next_due(at("2024-06-07T18:00"))


@pytest.mark.parametrize("line", ["0 9 * * sat,sun", "0 9 3 jan *", "0 9 30 dec *"])
def test_a_line_for_days_off_alone_is_an_error_on_business_days(line: str) -> None:
    with pytest.raises(ConfigError, match="never comes on a business day"):
        cron(line, business_days=True).next_due(at("2024-06-07T18:00"))


def test_a_leap_day_comes() -> None:
    found = cron("0 9 29 feb *", business_days=True).next_due(at("2028-03-01T00:00"))
    assert found == at("2036-02-29T09:00")  # that of 2032 is a Sunday


# Other time zones


def test_a_time_that_the_clocks_skip_comes_after_it() -> None:
    found = shown(cron("30 2 * * *", zone="Europe/Berlin"), at("2026-03-28T12:00", "Europe/Berlin"), 2, "Europe/Berlin")
    assert found == ["Sun 29 03:30", "Mon 30 02:30"]


def test_a_time_that_the_clocks_repeat_comes_once() -> None:
    found = shown(cron("30 2 * * *", zone="Europe/Berlin"), at("2026-10-24T12:00", "Europe/Berlin"), 2, "Europe/Berlin")
    assert found == ["Sun 25 02:30", "Mon 26 02:30"]


@pytest.mark.parametrize("start", ["2026-03-28T23:00", "2026-10-24T23:00"])
def test_a_line_of_every_hour_runs_evenly_through_a_change_of_clocks(start: str) -> None:
    found = dues(cron("*/30 * * * *", zone="Europe/Berlin"), at(start, "Europe/Berlin"))
    row = [next(found) for _ in range(12)]
    assert {later - earlier for earlier, later in pairwise(row)} == {30 * MINUTE}


# Jitter

LINES = st.sampled_from(
    ["* * * * *", "*/5 * * * *", "0 9-18 * * mon-fri", "30 2 * * *", "58 23 * * *", "15 1,2 13 * fri", "0 0 1 */2 *"]
)
ZONES = st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham"])
STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
CHANGES = ["2026-03-29T01:00", "2026-10-25T01:00", "2026-03-08T07:00", "2026-11-01T06:00", "2026-10-03T15:30"]
NEAR_CHANGES = st.builds(
    lambda change, seconds: at(change, "UTC") + timedelta(seconds=seconds),
    st.sampled_from([*CHANGES, "2026-04-04T15:00", "2026-09-26T14:00"]),
    st.integers(-30_000, 30_000),
)
JITTERS = st.sampled_from([0, 1, 59, 300, 3600])


@given(LINES, ZONES, JITTERS, STARTS | NEAR_CHANGES, st.booleans())
def test_due_times_grow_and_are_late_by_no_more_than_the_jitter(
    line: str, zone: str, jitter: int, start: datetime, business_days: bool
) -> None:
    exact = cron(line, zone=zone, business_days=business_days)
    found = dues(cron(line, zone=zone, jitter=jitter, business_days=business_days), start)
    row = [next(found) for _ in range(5)]
    assert all(earlier < later for earlier, later in pairwise([start, *row]))
    for due in row:
        assert exact.next_due(due - (jitter + 1) * SECOND) <= due


@given(LINES, ZONES, JITTERS, STARTS | NEAR_CHANGES, st.floats(0, 1, exclude_max=True))
def test_the_next_due_time_of_a_line_does_not_depend_on_when_one_asks(
    line: str, zone: str, jitter: int, start: datetime, share: float
) -> None:
    rhythm = cron(line, zone=zone, jitter=jitter)
    due = rhythm.next_due(start)
    assert rhythm.next_due(start + (due - start - SECOND) * share) == due


@given(LINES, JITTERS, STARTS)
def test_jitter_loses_and_doubles_no_time_of_the_line(line: str, jitter: int, start: datetime) -> None:
    """The due times are those of the line, one for one: the n-th lies between its n-th time and the one after."""
    times = dues(cron(line), start)
    first = next(times)
    late = dues(cron(line, jitter=jitter), first - timedelta(microseconds=1))
    time = first
    for _ in range(5):
        following, due = next(times), next(late)
        assert time <= due < following
        time = following


def test_a_restart_changes_no_due_time() -> None:
    """What is drawn does not depend on the process."""
    assert cron("0 9 * * *", jitter=300).next_due(at("2024-06-07T18:00")) == at("2024-06-08T09:03:58")


def test_a_thousand_pages_of_one_line_spread_over_the_jitter() -> None:
    rhythms = [CronRhythm(f"p{n}", "0 9 * * *", zone=TOKYO, jitter=299, business_days=False) for n in range(1000)]
    late = [(rhythm.next_due(at("2024-06-07T18:00")) - at("2024-06-08T09:00")) // MINUTE for rhythm in rhythms]
    assert sorted(Counter(late)) == [0, 1, 2, 3, 4]
    assert max(Counter(late).values()) < 260


def test_a_page_is_not_always_equally_late() -> None:
    found = dues(cron("0 9 * * *", jitter=300), at("2024-06-07T18:00"))
    assert len({next(found).minute * 60 + next(found).second for _ in range(10)}) > 5


# Intervals


@given(st.integers(1, 40 * 86400), STARTS)
def test_an_interval_is_kept_exactly(seconds: int, start: datetime) -> None:
    found = dues(interval(timedelta(seconds=seconds)), start)
    row = [next(found) for _ in range(4)]
    assert start < row[0] <= start + timedelta(seconds=seconds)
    assert {later - earlier for earlier, later in pairwise(row)} == {timedelta(seconds=seconds)}


def test_a_thousand_pages_of_one_interval_spread_over_it() -> None:
    start = at("2024-06-07T18:00")
    waits = [(interval(HOUR, name=f"p{n}").next_due(start) - start) // (901 * SECOND) for n in range(1000)]
    assert sorted(Counter(waits)) == [0, 1, 2, 3]
    assert max(Counter(waits).values()) < 310


@given(st.integers(1, 10_000_000), JITTERS, STARTS, st.text("abc", max_size=3))
def test_a_new_page_is_first_due_within_the_jitter(seconds: int, jitter: int, now: datetime, name: str) -> None:
    first = interval(timedelta(seconds=seconds), name=name, jitter=jitter).first_due(now)
    assert now <= first <= now + timedelta(seconds=min(jitter, seconds))


def test_a_new_page_of_a_crontab_line_is_first_due_when_the_line_says() -> None:
    assert cron("0 9 * * *").first_due(at("2024-06-07T18:00")) == at("2024-06-08T09:00")


# Business days


def test_a_line_falls_away_on_days_off() -> None:
    found = shown(cron("0 9 * * *", business_days=True), at("2026-09-17T12:00"), 3)
    assert found == ["Fri 18 09:00", "Thu 24 09:00", "Fri 25 09:00"]


def test_a_line_falls_away_when_ministries_close_for_the_year() -> None:
    found = shown(cron("0 9 * * *", business_days=True), at("2026-12-27T12:00"), 3)
    assert found == ["Mon 28 09:00", "Mon 04 09:00", "Tue 05 09:00"]


@given(LINES, ZONES, JITTERS, STARTS)
def test_no_due_time_of_a_line_is_on_a_day_off(line: str, zone: str, jitter: int, start: datetime) -> None:
    found = dues(cron(line, zone=zone, jitter=jitter, business_days=True), start)
    assert all(is_business_day(next(found).astimezone(TOKYO).date()) for _ in range(5))


@given(st.integers(1, 40 * 86400), STARTS, st.text("abc", max_size=3))
def test_no_due_time_of_an_interval_is_on_a_day_off(seconds: int, start: datetime, name: str) -> None:
    found = dues(interval(timedelta(seconds=seconds), name=name, business_days=True), start)
    row = [next(found) for _ in range(5)]
    assert all(is_business_day(due.astimezone(TOKYO).date()) for due in row)
    assert all(earlier < later for earlier, later in pairwise([start, *row]))


@given(STARTS, st.text("abc", max_size=3), st.booleans())
def test_no_first_due_time_is_on_a_day_off(now: datetime, name: str, by_line: bool) -> None:
    rhythm = cron("* * * * *", jitter=300, business_days=True) if by_line else None
    first = (rhythm or interval(HOUR, name=name, jitter=3600, business_days=True)).first_due(now)
    assert is_business_day(first.astimezone(TOKYO).date())


@pytest.mark.parametrize("every", [30 * MINUTE, 7 * HOUR, DAY])
def test_a_short_interval_pauses_on_days_off_and_goes_on_in_step(every: timedelta) -> None:
    through = dues(interval(every), at("2024-06-07T00:00"))
    expected = [due for _ in range(400) if is_business_day((due := next(through)).astimezone(TOKYO).date())]
    paused = dues(interval(every, business_days=True), at("2024-06-07T00:00"))
    assert [next(paused) for _ in expected] == expected


def test_a_week_that_ends_on_a_day_off_is_due_on_the_next_business_day() -> None:
    start = at("2024-06-01T00:00")
    sundays = (
        f"p{n}" for n in range(100) if interval(7 * DAY, name=f"p{n}").next_due(start).astimezone(TOKYO).day == 2
    )
    found = dues(interval(7 * DAY, name=next(sundays), business_days=True), start)
    days = [next(found).astimezone(TOKYO).date().isoformat() for _ in range(7)]
    assert days == [f"2024-{day}" for day in ("06-03", "06-10", "06-17", "06-24", "07-01", "07-08", "07-16")]


@given(st.integers(1, 40), STARTS, st.text("abc", max_size=3))
def test_a_long_interval_loses_no_due_time_to_days_off(days: int, start: datetime, name: str) -> None:
    found = dues(interval(days * DAY, name=name, business_days=True), start)
    row = [next(found) for _ in range(5)]
    assert all(later - earlier <= days * DAY + 12 * DAY for earlier, later in pairwise(row))


@given(st.integers(1, 40 * 86400), STARTS, st.integers(0, 40 * 86400))
def test_the_next_due_time_does_not_depend_on_when_one_asks(seconds: int, start: datetime, wait: int) -> None:
    rhythm = interval(timedelta(seconds=seconds), business_days=True)
    due = rhythm.next_due(start)
    later = start + timedelta(seconds=wait)
    assert rhythm.next_due(later) == due or later >= due


# The decision


HOURLY = cron("0 * * * *")


def decide(stored: str | None, started: str | None, now: str, rhythm: Rhythm = HOURLY) -> tuple[bool, str]:
    found = rhythm.decide(
        stored_due=stored and at(f"2024-06-05T{stored}"),
        last_started=started and at(f"2024-06-05T{started}"),
        now=at(f"2024-06-05T{now}"),
    )
    return found.run_now, f"{found.next_due.astimezone(TOKYO):%H:%M}"


def test_a_page_waits_for_its_due_time() -> None:
    assert decide("11:00", "10:00", "10:59") == (False, "11:00")


def test_a_page_is_checked_at_its_due_time() -> None:
    assert decide("11:00", "10:00", "11:00") == (True, "12:00")


def test_what_fell_due_several_times_is_checked_once_and_then_from_now_on() -> None:
    assert decide("11:00", "10:00", "15:20") == (True, "16:00")


def test_a_new_page_waits_for_its_first_due_time() -> None:
    assert decide(None, None, "10:20") == (False, "11:00")


def test_a_new_page_of_an_interval_without_jitter_is_checked_at_once() -> None:
    assert decide(None, None, "10:20", interval(HOUR))[0]


def test_a_due_time_that_was_started_is_not_started_again() -> None:
    """The process died between the start and the next due time, were they not stored together."""
    assert decide("11:00", "11:00", "11:00:05") == (False, "12:00")


def test_a_clock_set_back_a_moment_does_not_check_twice() -> None:
    assert decide("12:00", "11:00:04", "10:59:58") == (False, "12:00")


def test_a_clock_set_back_an_hour_does_not_check_twice() -> None:
    assert decide("12:00", "11:00:04", "10:05") == (False, "12:00")


def test_a_clock_set_back_for_hours_does_not_keep_the_page_waiting() -> None:
    assert decide("12:00", "11:00:04", "05:05") == (False, "06:00")


def test_a_clock_set_back_before_the_last_start_does_not_stop_the_checks_that_are_due() -> None:
    assert decide("06:00", "11:00:04", "06:00") == (True, "07:00")


def test_a_due_time_of_a_slower_rhythm_is_forgotten() -> None:
    assert decide("18:00", "10:00", "10:05") == (False, "11:00")


def test_a_due_time_of_a_faster_rhythm_is_kept_once() -> None:
    assert decide("10:20", "10:10", "10:12") == (False, "10:20")


def test_what_fell_due_on_a_business_day_is_checked_at_start_on_a_day_off() -> None:
    rhythm = cron("0 9-18 * * *", business_days=True)
    found = rhythm.decide(
        stored_due=at("2024-06-07T18:00"), last_started=at("2024-06-07T17:00"), now=at("2024-06-08T10:00")
    )
    assert found == Decision(True, at("2024-06-10T09:00"))


# A page is stale


def test_a_page_is_stale_ten_minutes_after_the_second_due_time_it_missed() -> None:
    assert HOURLY.stale_after(at("2024-06-05T10:00:04")) == at("2024-06-05T12:10")


def test_nights_and_days_off_make_no_page_stale() -> None:
    rhythm = cron("0 9-18 * * mon-fri", business_days=True)
    assert rhythm.stale_after(at("2026-09-18T18:00:04")) == at("2026-09-24T10:10")


# A month


class Machine:
    """A daemon and its database, with a clock that can be wrong: it looks 2 s after a due time and every 10 min."""

    def __init__(self, rhythm: Rhythm, start: datetime) -> None:
        self.rhythm = rhythm
        self.now = start
        self.stored_due: datetime | None = None
        self.last_started: datetime | None = None
        self.served: list[datetime] = []
        """The due times of the checks, in the checks' order."""
        self.starts: list[datetime] = []

    def run(self, until: datetime, *, checks: int = 1_000_000) -> None:
        """Go on until that time, or after so many checks until the clock is put right."""
        last = len(self.served) + checks
        while self.now < until and len(self.served) < last:
            due = self.look()
            self.now = min(max(due, self.now) + 2 * SECOND, self.now + 10 * MINUTE, until)

    def look(self) -> datetime:
        found = self.rhythm.decide(stored_due=self.stored_due, last_started=self.last_started, now=self.now)
        if found.run_now:
            assert self.stored_due is not None
            self.served.append(self.stored_due)
            self.starts.append(self.now)
            self.last_started = self.now
        self.stored_due = found.next_due
        return found.next_due


MONTH = at("2026-09-01T00:00"), at("2026-10-01T00:00")
MONTHLY_RHYTHMS = [
    pytest.param(cron("0 9-18 * * mon-fri", jitter=300, business_days=True), id="hours"),
    pytest.param(cron("0 7 * * *", jitter=300), id="daily"),
    pytest.param(interval(30 * MINUTE, jitter=300, business_days=True), id="interval"),
]


def expected_dues(rhythm: Rhythm, start: datetime, end: datetime) -> list[datetime]:
    found = []
    due = rhythm.first_due(start)
    while due < end - MINUTE:
        found.append(due)
        due = rhythm.next_due(due)
    return found


@pytest.mark.parametrize("rhythm", MONTHLY_RHYTHMS)
def test_in_a_month_each_due_time_is_served_once_and_at_once(rhythm: Rhythm) -> None:
    machine = Machine(rhythm, MONTH[0])
    machine.run(MONTH[1])
    assert machine.served == expected_dues(rhythm, *MONTH)
    assert max(start - due for due, start in zip(machine.served, machine.starts, strict=True)) < MINUTE


DOWN = [
    ("2026-09-03T10:30", "2026-09-03T15:45"),
    ("2026-09-11T16:00", "2026-09-14T12:00"),
    ("2026-09-30T08:59", "2026-09-30T09:30"),
]


@pytest.mark.parametrize("rhythm", MONTHLY_RHYTHMS)
def test_what_fell_due_during_downtime_is_served_once_at_start(rhythm: Rhythm) -> None:
    machine = Machine(rhythm, MONTH[0])
    expected = expected_dues(rhythm, *MONTH)
    for down, up in ((at(down), at(up)) for down, up in DOWN):
        machine.run(down)
        machine.now = up
        missed = [due for due in expected if machine.now > due >= down]
        machine.look()
        assert (machine.starts[-1] == up) is bool(missed)
        expected = [due for due in expected if due not in missed[1:]]
    machine.run(MONTH[1])
    assert machine.served == expected


@pytest.mark.parametrize("rhythm", MONTHLY_RHYTHMS)
@pytest.mark.parametrize("back", [SECOND, 30 * SECOND, 10 * MINUTE, 29 * MINUTE])
def test_a_clock_set_back_a_little_skips_and_doubles_no_due_time(rhythm: Rhythm, back: timedelta) -> None:
    """Set back ten times, each time two seconds after a check has started."""
    machine = Machine(rhythm, MONTH[0])
    for _ in range(10):
        machine.run(MONTH[1], checks=1)
        machine.now -= back
    machine.run(MONTH[1])
    assert machine.served == expected_dues(rhythm, *MONTH)


@pytest.mark.parametrize("rhythm", MONTHLY_RHYTHMS)
@pytest.mark.parametrize("back", [HOUR, 5 * HOUR, 3 * DAY, 1500 * DAY])
def test_a_clock_set_back_by_much_costs_one_due_time_at_most(rhythm: Rhythm, back: timedelta) -> None:
    """From then on the page is checked as the clock has it, never later than at the second due time from now."""
    machine = Machine(rhythm, MONTH[0])
    machine.run(at("2026-09-16T14:40"))
    machine.now -= back
    set_back, count = machine.now, len(machine.served)
    machine.run(set_back + 7 * DAY)
    served = machine.served[count:]
    row = expected_dues_after(rhythm, set_back, set_back + 7 * DAY)
    assert served in (row, row[1:])


def expected_dues_after(rhythm: Rhythm, start: datetime, end: datetime) -> list[datetime]:
    found = dues(rhythm, start)
    row = []
    while (due := next(found)) < end - MINUTE:
        row.append(due)
    return row


@pytest.mark.parametrize("rhythm", MONTHLY_RHYTHMS)
def test_a_clock_that_ran_ahead_for_years_and_was_put_right_leaves_no_page_waiting(rhythm: Rhythm) -> None:
    machine = Machine(rhythm, at("2036-01-04T12:00"))
    machine.run(at("2036-01-08T12:00"))
    machine.now = MONTH[0]
    machine.served.clear()
    machine.run(MONTH[1])
    assert machine.served == expected_dues_after(rhythm, *MONTH)


# Settings


def settings_of(folder: Path, text: str) -> config.Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path, {})


PAGES = """
[[pages]]
id = "a"
url = "https://www.soumu.go.jp/"
[[pages]]
id = "b"
url = "https://www.soumu.go.jp/b"
schedule = "30 6 * * *"
[[pages]]
id = "c"
url = "https://www.soumu.go.jp/c"
every = "2h"
"""


def test_a_page_goes_by_its_own_rhythm_else_by_the_default(tmp_path: Path) -> None:
    found = settings_of(tmp_path, '[monitor]\ntimezone = "Europe/Berlin"\n[schedule]\njitter = 0\n' + PAGES)
    now = at("2024-06-07T19:30", "Europe/Berlin")
    first, second, third = (page_rhythm(found, page) for page in found.pages)
    assert first.next_due(now) == at("2024-06-10T09:00", "Europe/Berlin")
    assert second.next_due(now) == at("2024-06-08T06:30", "Europe/Berlin")
    assert third.next_due(third.next_due(now)) - third.next_due(now) == 2 * HOUR


def test_linked_files_go_by_a_rhythm_of_their_own(tmp_path: Path) -> None:
    found = settings_of(tmp_path, "[schedule]\njitter = 0\nbusiness_days = true\n" + PAGES)
    rhythm = documents_rhythm(found, found.pages[0])
    assert rhythm.next_due(at("2024-06-07T19:30")) == at("2024-06-10T07:00")


def test_the_jitter_and_business_days_of_the_settings_hold_for_pages(tmp_path: Path) -> None:
    found = settings_of(tmp_path, "[schedule]\njitter = 3000\nbusiness_days = true\n" + PAGES)
    second = page_rhythm(found, found.pages[1]).next_due(at("2024-06-07T19:30"))
    assert at("2024-06-10T06:30") < second <= at("2024-06-10T07:20")


def test_a_line_that_never_comes_is_named_with_its_key(tmp_path: Path) -> None:
    found = settings_of(tmp_path, PAGES.replace("30 6 * * *", "0 0 31 2 *"))
    with pytest.raises(ConfigError, match=r'config\.toml: schedule of page "b": "0 0 31 2 \*" never comes'):
        page_rhythm(found, found.pages[1]).first_due(at("2024-06-07T19:30"))


def test_an_interval_of_years_is_an_error_that_names_its_key(tmp_path: Path) -> None:
    found = settings_of(tmp_path, PAGES.replace("2h", "367d"))
    with pytest.raises(ConfigError, match=r'config\.toml: every of page "c": must be at most "366d"'):
        page_rhythm(found, found.pages[2])


def test_the_longest_interval_comes(tmp_path: Path) -> None:
    found = settings_of(tmp_path, PAGES.replace("2h", "366d"))
    now = at("2024-06-07T19:30")
    assert now < page_rhythm(found, found.pages[2]).next_due(now) <= now + 366 * DAY
