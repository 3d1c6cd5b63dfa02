"""Days and clocks in Japan: what is stored in UTC, as those who read it count it."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

TOKYO: Final = ZoneInfo("Asia/Tokyo")


def day_of(at: datetime) -> date:
    """The day in Japan of an aware time."""
    return at.astimezone(TOKYO).date()
