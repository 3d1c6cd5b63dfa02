"""The business days of Japan's ministries, and whole ones between two moments.

A day off is a Saturday, a Sunday, a holiday of the Act on National Holidays (国民の祝日に関する法律, Act No. 178 of
1948; substitute holidays and 国民の休日 among them) or a day from 29 December to 3 January: the 行政機関の休日 of
Act No. 91 of 1988 (行政機関の休日に関する法律), Article 1, paragraph 1, items 1 to 3. A day is one of Japan's, from
midnight to midnight there, wherever the reader is.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from storage.japan import TOKYO

_DAY: Final = timedelta(days=1)


def is_business_day(day: date) -> bool:
    """Whether ministries are open on `day`."""
    if day.weekday() >= 5 or (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return False
    return day not in _holidays(day.year)


def business_day_from(day: date) -> date:
    """`day`, or the first business day after it if it is a day off."""
    while not is_business_day(day):
        day += _DAY
    return day


def business_day_after(moment: datetime) -> datetime:
    """The first instant, in UTC, of the first business day that begins after `moment`."""
    return _midnight(business_day_from(moment.astimezone(TOKYO).date() + _DAY))


def whole_business_days_between(start: datetime, end: datetime) -> int:
    """How many business days lie wholly, from midnight to midnight, between two moments; 0 if `end` is earlier."""
    day = start.astimezone(TOKYO).date()
    if _midnight(day) < start:
        day += _DAY
    count = 0
    while _midnight(day + _DAY) <= end:
        count += is_business_day(day)
        day += _DAY
    return count


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TOKYO).astimezone(UTC)


@cache
def _holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415  slow to load, and most commands need none

    return frozenset(country_holidays("JP", years=year))
