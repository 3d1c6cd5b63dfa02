"""On which days Japan's ministries are open."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.business_days import (
    business_day_after,
    business_day_from,
    is_business_day,
    whole_business_days_between,
)

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


# The Cabinet Office's list 国民の祝日・休日, without those that fall on a Saturday or a Sunday.
HOLIDAYS = {
    2024: "01-01 01-08 02-12 02-23 03-20 04-29 05-03 05-06 07-15 08-12 09-16 09-23 10-14 11-04",
    2025: "01-01 01-13 02-11 02-24 03-20 04-29 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-24",
    2026: "01-01 01-12 02-11 02-23 03-20 04-29 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23",
    2027: "01-01 01-11 02-11 02-23 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23",
}
YEAR_ENDS = {
    2024: "01-02 01-03 12-30 12-31",
    2025: "01-02 01-03 12-29 12-30 12-31",
    2026: "01-02 12-29 12-30 12-31",
    2027: "12-29 12-30 12-31",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_days_off_from_monday_to_friday_are_those_of_the_law(year: int) -> None:
    first = date(year, 1, 1)
    weekdays = [
        day for day in (first + timedelta(days=n) for n in range(366)) if day.year == year and day.weekday() < 5
    ]
    off = [f"{day:%m-%d}" for day in weekdays if not is_business_day(day)]
    assert off == sorted(f"{HOLIDAYS[year]} {YEAR_ENDS[year]}".split())


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2024, 8, 12), id="substitute for a Sunday"),
        pytest.param(date(2026, 5, 6), id="substitute after more holidays"),
        pytest.param(date(2026, 9, 22), id="between two holidays"),
        pytest.param(date(2027, 3, 22), id="substitute for the equinox"),
        pytest.param(date(2025, 1, 3), id="third of January"),
        pytest.param(date(2025, 12, 29), id="29 December"),
        pytest.param(date(2024, 6, 1), id="Saturday"),
        pytest.param(date(2024, 6, 2), id="Sunday"),
    ],
)
def test_ministries_are_closed(day: date) -> None:
    assert not is_business_day(day)


@pytest.mark.parametrize("day", [date(2026, 12, 28), date(2027, 1, 4), date(2024, 6, 3), date(2024, 8, 13)])
def test_ministries_are_open(day: date) -> None:
    assert is_business_day(day)


def test_after_the_year_end_comes_the_fourth_of_january() -> None:
    assert business_day_from(date(2026, 12, 29)) == date(2027, 1, 4)


@given(DAYS)
def test_a_business_day_is_its_own_and_a_day_off_has_the_next(day: date) -> None:
    found = business_day_from(day)
    assert is_business_day(found)
    assert not any(is_business_day(day + timedelta(days=n)) for n in range((found - day).days))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2024-06-03T00:00", "2024-06-04T00:00"),
        ("2024-06-07T23:59", "2024-06-10T00:00"),
        ("2024-06-09T10:00", "2024-06-10T00:00"),
        ("2026-09-18T18:00", "2026-09-24T00:00"),
    ],
)
def test_the_next_business_day_begins_at_midnight_in_japan(moment: str, expected: str) -> None:
    assert business_day_after(tokyo(moment)) == tokyo(expected)


def test_the_day_is_that_of_japan_not_of_the_moment_as_written() -> None:
    """Sunday evening in UTC is Monday in Japan."""
    assert business_day_after(datetime(2024, 6, 2, 20, 0, tzinfo=UTC)) == tokyo("2024-06-04T00:00")


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2024-06-03T00:00", "2024-06-04T00:00", 1),
        ("2024-06-03T00:01", "2024-06-04T23:59", 0),
        ("2024-06-03T18:00", "2024-06-05T00:00", 1),
        ("2024-06-07T18:00", "2024-06-10T23:59", 0),
        ("2024-06-07T18:00", "2024-06-11T00:00", 1),
        ("2024-04-26T18:00", "2024-05-08T00:00", 4),
        ("2026-12-28T12:00", "2027-01-04T23:59", 0),
        ("2024-06-10T00:00", "2024-06-03T00:00", 0),
    ],
)
def test_only_whole_business_days_are_counted(start: str, end: str, count: int) -> None:
    assert whole_business_days_between(tokyo(start), tokyo(end)) == count


@given(st.tuples(MOMENTS, MOMENTS, MOMENTS))
def test_days_counted_in_parts_are_at_most_those_of_the_whole(moments: tuple[datetime, ...]) -> None:
    first, second, third = sorted(moments)
    parts = [whole_business_days_between(first, second), whole_business_days_between(second, third)]
    assert sum(parts) <= whole_business_days_between(first, third) <= sum(parts) + 1
