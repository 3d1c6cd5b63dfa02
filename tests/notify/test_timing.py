"""When a subscriber is told."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.business_days import is_business_day
from notify.errors import NotifyError
from notify.timing import IMMEDIATE, Timing
from storage.observation import Window

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCKS = st.times().map(lambda clock: f"{clock:%H:%M}")
DIGESTS = st.one_of(
    CLOCKS.map(lambda clock: f"daily {clock}"),
    st.tuples(st.sampled_from(DAYS), CLOCKS).map(lambda given: "weekly {} {}".format(*given)),
)
QUIET = st.tuples(CLOCKS, CLOCKS).filter(lambda ends: ends[0] != ends[1]).map("-".join)
# Their clocks change by an hour, by half an hour, at midnight, by a whole day (Apia, 2011), not at all.
ZONES = st.sampled_from(
    ["Asia/Tokyo", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia", "UTC"]
).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
# Whole minutes meet cut-offs and the ends of quiet hours, too.
MINUTES = MOMENTS.map(lambda at: at.replace(second=0, microsecond=0))
LONG = st.datetimes(datetime(2010, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def window(after: str, until: str) -> Window:
    return Window(after=tokyo(after).astimezone(UTC), until=tokyo(until).astimezone(UTC))


# The window of a digest


@pytest.mark.parametrize(
    ("at", "after", "until"),
    [
        pytest.param("2026-06-03T12:00", "2026-06-03T09:00", "2026-06-04T09:00", id="an ordinary day"),
        pytest.param("2026-06-03T09:00", "2026-06-02T09:00", "2026-06-03T09:00", id="the very cut-off"),
        pytest.param("2026-06-03T09:00:00.000001", "2026-06-03T09:00", "2026-06-04T09:00", id="just after it"),
        pytest.param("2026-06-06T12:00", "2026-06-05T09:00", "2026-06-08T09:00", id="a weekend"),
        pytest.param("2026-06-05T08:59", "2026-06-04T09:00", "2026-06-05T09:00", id="a Friday morning"),
        pytest.param("2026-07-19T12:00", "2026-07-17T09:00", "2026-07-21T09:00", id="a long weekend, 海の日"),
        pytest.param("2026-05-01T10:00", "2026-05-01T09:00", "2026-05-07T09:00", id="Golden Week 2026"),
        pytest.param("2026-04-28T10:00", "2026-04-28T09:00", "2026-04-30T09:00", id="昭和の日 2026"),
        pytest.param("2026-09-20T10:00", "2026-09-18T09:00", "2026-09-24T09:00", id="Silver Week 2026"),
        pytest.param("2027-01-01T10:00", "2026-12-28T09:00", "2027-01-04T09:00", id="New Year 2027"),
    ],
)
def test_a_daily_digest_tells_what_came_since_the_last_one(at: str, after: str, until: str) -> None:
    assert Timing.of("daily 09:00").window(tokyo(at)) == window(after, until)


@pytest.mark.parametrize(
    ("delivery", "at", "after", "until"),
    [
        ("weekly mon 09:00", "2026-06-10T12:00", "2026-06-08T09:00", "2026-06-15T09:00"),
        ("weekly fri 18:30", "2026-06-12T18:30", "2026-06-05T18:30", "2026-06-12T18:30"),
        # 20 July 2026 is a holiday: the digest comes on Tuesday, and the next begins there.
        ("weekly mon 09:00", "2026-07-20T12:00", "2026-07-13T09:00", "2026-07-21T09:00"),
        ("weekly mon 09:00", "2026-07-21T12:00", "2026-07-21T09:00", "2026-07-27T09:00"),
        ("weekly sun 09:00", "2026-06-10T12:00", "2026-06-08T09:00", "2026-06-15T09:00"),
        ("weekly mon 09:00", "2026-05-03T12:00", "2026-04-27T09:00", "2026-05-07T09:00"),
        ("weekly thu 09:00", "2026-12-30T12:00", "2026-12-24T09:00", "2027-01-04T09:00"),
        # Two Saturdays within the ten days off of 2019 are one cut-off.
        ("weekly sat 09:00", "2019-04-26T12:00", "2019-04-22T09:00", "2019-05-07T09:00"),
        ("weekly sat 09:00", "2019-05-07T09:01", "2019-05-07T09:00", "2019-05-13T09:00"),
    ],
)
def test_a_weekly_digest_comes_on_its_day_or_the_next_business_day(
    delivery: str, at: str, after: str, until: str
) -> None:
    assert Timing.of(delivery).window(tokyo(at)) == window(after, until)


def test_quiet_hours_do_not_move_the_time_chosen_for_a_digest() -> None:
    timing = Timing.of("daily 06:00", quiet="20:00-07:00")
    assert timing.window(tokyo("2026-06-03T05:00")) == window("2026-06-02T06:00", "2026-06-03T06:00")


def test_what_is_told_at_once_is_in_no_window() -> None:
    assert IMMEDIATE.window(tokyo("2026-06-03T12:00")) is None


@given(delivery=DIGESTS, zone=ZONES, at=LONG)
def test_a_moment_lies_in_its_window(delivery: str, zone: ZoneInfo, at: datetime) -> None:
    found = Timing.of(delivery, zone=zone).window(at)
    assert found is not None
    assert found.after < at <= found.until


@given(delivery=DIGESTS, zone=ZONES, at=LONG)
def test_windows_follow_one_another_without_gap_or_overlap(delivery: str, zone: ZoneInfo, at: datetime) -> None:
    timing = Timing.of(delivery, zone=zone)
    found = timing.window(at)
    assert found is not None
    before, following = timing.window(found.after), timing.window(found.until + timedelta(microseconds=1))
    assert before is not None
    assert following is not None
    assert (before.until, following.after) == (found.after, found.until)


@given(delivery=DIGESTS, at=MINUTES, share=st.floats(0, 1, exclude_min=True))
def test_every_moment_of_a_window_has_that_window(delivery: str, at: datetime, share: float) -> None:
    timing = Timing.of(delivery)
    found = timing.window(at)
    assert found is not None
    other = max(found.after + (found.until - found.after) * share, found.after + timedelta(microseconds=1))
    assert timing.window(other) == found


@given(clock=st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)), at=MOMENTS)
def test_a_daily_digest_comes_at_its_time_on_every_business_day_and_on_no_other(clock: time, at: datetime) -> None:
    found = Timing.of(f"daily {clock:%H:%M}").window(at)
    assert found is not None
    after, until = (moment.astimezone(TOKYO) for moment in (found.after, found.until))
    assert (after.time(), until.time()) == (clock, clock)
    days = [after.date() + timedelta(days=n) for n in range((until.date() - after.date()).days + 1)]
    assert [day for day in days if is_business_day(day)] == [days[0], days[-1]]


@given(day=st.integers(0, 6), at=MOMENTS)
def test_a_weekly_digest_has_only_days_off_between_its_day_and_when_it_comes(day: int, at: datetime) -> None:
    found = Timing.of(f"weekly {DAYS[day]} 09:00").window(at)
    assert found is not None
    comes = found.until.astimezone(TOKYO).date()
    assert is_business_day(comes)
    nominal = comes - timedelta(days=(comes.weekday() - day) % 7)
    assert not any(is_business_day(nominal + timedelta(days=n)) for n in range((comes - nominal).days))


# Quiet hours


@pytest.mark.parametrize(
    ("quiet", "at", "due"),
    [
        pytest.param("20:00-07:00", "2026-06-03T20:00", "2026-06-04T07:00", id="as they begin"),
        pytest.param("20:00-07:00", "2026-06-03T23:59", "2026-06-04T07:00", id="before midnight"),
        pytest.param("20:00-07:00", "2026-06-04T00:00", "2026-06-04T07:00", id="midnight"),
        pytest.param("20:00-07:00", "2026-06-04T06:59:59.999999", "2026-06-04T07:00", id="just before they end"),
        pytest.param("20:00-07:00", "2026-06-04T07:00", None, id="as they end"),
        pytest.param("20:00-07:00", "2026-06-04T19:59", None, id="by day"),
        pytest.param("12:00-13:00", "2026-06-04T12:30", "2026-06-04T13:00", id="at noon"),
        pytest.param("12:00-13:00", "2026-06-04T13:00", None, id="after noon"),
        pytest.param("00:00-07:00", "2026-06-04T00:00", "2026-06-04T07:00", id="from midnight"),
        pytest.param("00:00-07:00", "2026-06-03T23:59", None, id="before a night from midnight"),
        pytest.param("20:00-00:00", "2026-06-03T23:59", "2026-06-04T00:00", id="until midnight"),
        pytest.param("20:00-00:00", "2026-06-04T00:00", None, id="at midnight, when they end there"),
        pytest.param("20:00-07:00", "2026-06-06T21:00", "2026-06-07T07:00", id="on a weekend, too"),
        pytest.param("", "2026-06-04T03:00", None, id="without"),
    ],
)
def test_what_comes_in_quiet_hours_waits_until_they_end(quiet: str, at: str, due: str | None) -> None:
    assert Timing.of(quiet=quiet).due(tokyo(at)) == (due and tokyo(due))


def test_quiet_hours_are_those_of_the_zone_through_a_change_of_its_clocks() -> None:
    berlin = Timing.of(quiet="20:00-07:00", zone=ZoneInfo("Europe/Berlin"))
    night = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    assert berlin.due(night) == datetime(2026, 3, 29, 5, 0, tzinfo=UTC)
    assert berlin.due(night - timedelta(days=1)) == datetime(2026, 3, 28, 6, 0, tzinfo=UTC)


@given(quiet=QUIET, at=MINUTES)
def test_quiet_hours_are_what_the_clock_on_the_wall_says(quiet: str, at: datetime) -> None:
    start, end = map(time.fromisoformat, quiet.split("-"))
    wall = at.astimezone(TOKYO).time()
    is_quiet = start <= wall < end if start < end else wall >= start or wall < end
    assert (Timing.of(quiet=quiet).due(at) is not None) is is_quiet


@given(quiet=QUIET, at=MINUTES)
def test_what_waits_waits_until_the_first_end_of_quiet_hours(quiet: str, at: datetime) -> None:
    due = Timing.of(quiet=quiet).due(at)
    if due is not None:
        assert f"{due.astimezone(TOKYO):%H:%M}" == quiet.split("-")[1]
        assert at < due < at + timedelta(days=1)


@given(quiet=QUIET, zone=ZONES, at=LONG)
def test_what_waited_does_not_wait_again(quiet: str, zone: ZoneInfo, at: datetime) -> None:
    timing = Timing.of(quiet=quiet, zone=zone)
    due = timing.due(at)
    assert due is None or (due > at and timing.due(due) is None)


def test_a_span_whose_end_the_clocks_leap_over_runs_into_the_next() -> None:
    """On 29 March 2026 there is no 02:30 in Berlin, and 03:00 is quiet again."""
    timing = Timing.of(quiet="03:00-02:30", zone=ZoneInfo("Europe/Berlin"))
    assert timing.due(datetime(2026, 3, 28, 12, 0, tzinfo=UTC)) == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


# A quiet week


@pytest.mark.parametrize(
    ("delivery", "at", "after", "until"),
    [
        pytest.param("weekly fri 18:00", "2026-06-08T12:00", "2026-05-29T18:00", "2026-06-05T18:00", id="weekly"),
        pytest.param("weekly fri 18:00", "2026-06-05T18:00", "2026-05-29T18:00", "2026-06-05T18:00", id="as it ends"),
        pytest.param("weekly fri 18:00", "2026-06-05T17:59", "2026-05-22T18:00", "2026-05-29T18:00", id="before"),
        pytest.param("daily 08:00", "2026-06-10T12:00", "2026-06-01T08:00", "2026-06-08T08:00", id="daily"),
        pytest.param("daily 08:00", "2026-07-20T12:00", "2026-07-06T08:00", "2026-07-13T08:00", id="Monday off"),
        pytest.param("daily 08:00", "2026-07-21T08:00", "2026-07-13T08:00", "2026-07-21T08:00", id="Tuesday then"),
        pytest.param("immediate", "2026-06-08T09:00", "2026-06-01T09:00", "2026-06-08T09:00", id="immediate"),
        pytest.param("immediate", "2026-06-08T08:59", "2026-05-25T09:00", "2026-06-01T09:00", id="too early"),
    ],
)
def test_the_week_to_be_told_of_is_the_last_that_ended(delivery: str, at: str, after: str, until: str) -> None:
    assert Timing.of(delivery, all_quiet="weekly").quiet_note(tokyo(at)) == window(after, until)


@pytest.mark.parametrize("delivery", ["immediate", "daily 09:00", "weekly mon 09:00"])
def test_who_does_not_ask_for_it_hears_of_no_quiet_week(delivery: str) -> None:
    assert Timing.of(delivery).quiet_note(tokyo("2026-06-08T12:00")) is None


@given(delivery=st.one_of(st.just("immediate"), DIGESTS), zone=ZONES, at=LONG, share=st.floats(0, 1))
def test_the_week_told_of_is_the_same_from_its_end_on(
    delivery: str, zone: ZoneInfo, at: datetime, share: float
) -> None:
    timing = Timing.of(delivery, all_quiet="weekly", zone=zone)
    found = timing.quiet_note(at)
    assert found is not None
    assert found.until <= at
    assert timing.quiet_note(found.until + (at - found.until) * share) == found
    assert timing.quiet_note(found.until - timedelta(microseconds=1)) != found


@given(day=st.sampled_from(DAYS), clock=CLOCKS, at=MINUTES)
def test_a_weekly_subscriber_is_told_of_the_week_of_the_own_digest(day: str, clock: str, at: datetime) -> None:
    timing = Timing.of(f"weekly {day} {clock}", all_quiet="weekly")
    found = timing.quiet_note(at)
    assert found is not None
    assert timing.window(found.until) == found


# What may be written


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"delivery": "hourly"}, "daily 09:00"),
        ({"delivery": "daily 9:00"}, "daily 09:00"),
        ({"delivery": "daily 24:00"}, "daily 09:00"),
        ({"delivery": "daily ０９:00"}, "daily 09:00"),
        ({"delivery": "weekly 09:00"}, "weekly mon 09:00"),
        ({"delivery": "weekly monday 09:00"}, "weekly mon 09:00"),
        ({"delivery": "weekly mon"}, "weekly mon 09:00"),
        ({"delivery": "daily mon 09:00"}, "daily 09:00"),
        ({"quiet": "20:00"}, "20:00-07:00"),
        ({"quiet": "20-7"}, "20:00-07:00"),
        ({"quiet": "20:00-07:00 "}, "20:00-07:00"),
        ({"quiet": "20:00-20:00"}, "end at another time"),
    ],
)
def test_a_timing_that_cannot_be_is_refused_with_what_would_be_right(values: dict[str, Any], says: str) -> None:
    with pytest.raises(NotifyError, match=says):
        Timing.of(**values)


def test_days_off_are_those_of_the_day_in_the_subscribers_zone() -> None:
    """Friday 18:00 in Honolulu is Saturday in Japan; the digest of Friday comes on Friday all the same."""
    honolulu = ZoneInfo("Pacific/Honolulu")
    found = Timing.of("daily 18:00", zone=honolulu).window(datetime(2026, 6, 5, 12, tzinfo=honolulu))
    assert found is not None
    assert found.until.astimezone(honolulu).date() == date(2026, 6, 5)
