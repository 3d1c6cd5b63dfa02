"""When a page is next due.

A rhythm is an endless row of due times that follows from the settings alone: no restart and no clock changes it, and
of what the daemon keeps, only the next due time and the last start matter (`Rhythm.decide`). Moments are aware;
those handed out are in UTC.

With `schedule.business_days`, due times on a day on which Japan's ministries are closed (notify.business_days) fall
away. Only one of `every` that would else be lost, because the next comes later than the day after, is moved to the
next business day: "7d" that begins on a Sunday would never come.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from monitor.errors import ConfigError
from monitor.settings_models import PageSettings, Settings
from notify.business_days import business_day_after, is_business_day
from storage.japan import TOKYO

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST: Final = timedelta(days=366)
_CHANGE: Final = timedelta(hours=2)  # longer than clocks are ever put forward
# 29 February on a business day comes every 12 years or sooner; what does not come in 30 never does.
_NEVER: Final = timedelta(days=30 * 366)
# A check that is this late is missed: longer than a fetch with its retries, shorter than most rhythms.
_LATE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to check now, and the due time to store; both are stored, with the start, in one transaction."""

    run_now: bool
    next_due: datetime


class Rhythm(ABC):
    """A strictly increasing row of due times. Raises ConfigError when asked for one, if none ever comes."""

    @abstractmethod
    def next_due(self, after: datetime) -> datetime:
        """The first due time later than `after`."""

    def first_due(self, now: datetime) -> datetime:
        """When a page that has no due time yet is due."""
        return self.next_due(now)

    def decide(self, *, stored_due: datetime | None, last_started: datetime | None, now: datetime) -> Decision:
        """Whether the page is to be checked now, and when next.

        What fell due in the past, however often, is checked once, on a day off too, and the next due time follows
        from `now`. A due time at or before `last_started` has been checked and is not checked again.

        The stored due time lies beyond the coming one if the clock was set back over the last start: the coming one
        has been checked already, and the stored one holds. If it lies more than one due time ahead, waiting for it
        would leave the page unchecked beyond its rhythm, and the coming one holds, as the clock has it now. So it
        does if the stored one is of another, slower rhythm.
        """
        due = self.first_due(now) if stored_due is None else stored_due
        coming = self.next_due(now)
        if due <= now:
            is_done = last_started is not None and due <= last_started <= now
            return Decision(not is_done, coming)
        was_set_back = last_started is not None and last_started > now
        latest = self.next_due(coming) if was_set_back else coming
        return Decision(False, due if due <= latest else coming)

    def stale_after(self, verified: datetime) -> datetime:
        """From when on a page last found good at `verified` is stale: two due times missed, the second by 10 min."""
        return self.next_due(self.next_due(verified)) + _LATE


def page_rhythm(settings: Settings, page: PageSettings) -> Rhythm:
    """When `page` is checked: by its own `every` or `schedule`, else by `schedule.default`. Raises ConfigError."""
    schedule = settings.schedule
    if page.schedule is not None:
        return _cron(settings, page.id, page.schedule, f'schedule of page "{page.id}"')
    if page.every is None:
        return _cron(settings, page.id, schedule.default, "schedule.default")
    if page.every > _LONGEST:
        raise ConfigError(f'every of page "{page.id}": must be at most "366d"', where=str(settings.path))
    return IntervalRhythm(page.id, page.every, jitter=schedule.jitter, business_days=schedule.business_days)


def documents_rhythm(settings: Settings, page: PageSettings) -> Rhythm:
    """When the files that `page` links to are checked."""
    return _cron(settings, f"{page.id} documents", settings.schedule.documents, "schedule.documents")


def _cron(settings: Settings, name: str, line: str, key: str) -> "CronRhythm":
    return CronRhythm(
        name,
        line,
        zone=ZoneInfo(settings.monitor.timezone),
        jitter=settings.schedule.jitter,
        business_days=settings.schedule.business_days,
        where=f"{settings.path}: {key}",
    )


class IntervalRhythm(Rhythm):
    """Due every `every` since a moment of 1970 that is drawn by `name`, so that pages spread over the interval.

    A new page need not wait so long: it is first due within `jitter` seconds.
    """

    def __init__(self, name: str, every: timedelta, *, jitter: int, business_days: bool) -> None:
        self._name = name
        self._every = every
        self._jitter = jitter
        self._business_days = business_days
        self._phase = timedelta(seconds=_drawn(name) % (every // _SECOND))

    def next_due(self, after: datetime) -> datetime:
        # The last point that is not later may be one of a day off, and moved to after `after`.
        earlier = self._from(after - self._every)
        points = (earlier, earlier + self._every, earlier + 2 * self._every)
        return next(due for point in points if (due := self._on_business_day(point)) > after)

    def first_due(self, now: datetime) -> datetime:
        spread = min(self._jitter + 1, self._every // _SECOND)
        due = now.astimezone(UTC) + timedelta(seconds=_drawn(self._name) % spread)
        return self.next_due(now) if self._business_days and _is_day_off(due) else due

    def _from(self, moment: datetime) -> datetime:
        """The first point of the row at or after `moment`, days off or not."""
        rounds = -((_EPOCH + self._phase - moment) // self._every)  # rounded up
        return _EPOCH + self._phase + rounds * self._every

    def _on_business_day(self, point: datetime) -> datetime:
        if not self._business_days or not _is_day_off(point):
            return point
        opening = business_day_after(point)
        back = self._from(opening)
        if back < opening + _DAY:
            return back
        return opening + timedelta(seconds=_drawn(self._name, opening) % (_DAY // _SECOND))


class CronRhythm(Rhythm):
    """Due when a crontab line says so in `zone`, and up to `jitter` seconds later.

    How much later is drawn by `name` and the time, ends before the line's next time comes and, with
    `business_days`, before the day does. As in crontab(5) and cron(8): where both day and week day are given, either
    will do; a time that the clocks' change skips comes after it, and one that they repeat comes once, unless the
    line runs every hour. `where` names the line in errors.
    """

    def __init__(
        self, name: str, line: str, *, zone: ZoneInfo, jitter: int, business_days: bool, where: str = "schedule"
    ) -> None:
        self._name = name
        self._line = line
        self._zone = zone
        self._jitter = jitter
        self._business_days = business_days
        self._where = where
        self._triggers = _triggers(line, zone)
        self._every_hour = line.split()[1].startswith("*")

    def next_due(self, after: datetime) -> datetime:
        times = self._times(after.astimezone(UTC) - timedelta(seconds=self._jitter))
        return next(due for time, following in pairwise(times) if (due := self._late(time, following)) > after)

    def _late(self, time: datetime, following: datetime) -> datetime:
        end = following
        if self._business_days:
            end = min(end, time.astimezone(TOKYO).replace(hour=0, minute=0) + _DAY)
        return time + timedelta(seconds=_drawn(self._name, time) % min(self._jitter + 1, (end - time) // _SECOND))

    def _times(self, start: datetime) -> Iterator[datetime]:
        """The line's times from `start` on, in UTC, without those that fall away."""
        at, last = start, start + _NEVER
        if start.astimezone(self._zone).utcoffset() != (start - _CHANGE).astimezone(self._zone).utcoffset():
            at -= _CHANGE  # APScheduler finds a time that the clocks skip only from before the change
        while at < last and (time := self._first(at)) is not None and time < last:
            if self._business_days and _is_day_off(time):
                at = business_day_after(time)
                continue
            at = time + _SECOND
            if time >= start and (self._every_hour or not time.astimezone(self._zone).fold):
                yield time
                last = time + _NEVER
        raise ConfigError(
            f'"{self._line}" never comes' + (" on a business day" if self._business_days else ""),
            where=self._where,
            why="no year has such a day" + (", or only days off" if self._business_days else ""),
            todo='Name days that come, as in "0 9-18 * * mon-fri"',
        )

    def _first(self, start: datetime) -> datetime | None:
        found = [trigger.get_next_fire_time(None, start) for trigger in self._triggers]
        return min((time.astimezone(UTC) for time in found if time is not None), default=None)


def _is_day_off(moment: datetime) -> bool:
    return not is_business_day(moment.astimezone(TOKYO).date())


def _drawn(name: str, moment: datetime | None = None) -> int:
    """A number that looks drawn by lot and is always the same for `name` and `moment`."""
    text = name if moment is None else f"{name} {moment.astimezone(UTC).isoformat()}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def _triggers(line: str, zone: ZoneInfo) -> list[CronTrigger]:
    """One trigger, or two where either of day and week day will do: APScheduler wants both to hold.

    It also overlooks a step after names and refuses one that leads past the end, so it is given plain numbers.
    """
    minute, hour, day, month, weekday = line.lower().split()
    days = [(day, weekday)] if day.startswith("*") or weekday.startswith("*") else [(day, "*"), ("*", weekday)]
    return [
        CronTrigger(
            minute=_numbers(minute, 0, 59),
            hour=_numbers(hour, 0, 23),
            day=_numbers(of_month, 1, 31),
            month=_numbers(month, 1, 12, _MONTHS),
            day_of_week=_numbers(of_week, 0, 6, _DAYS),
            timezone=zone,
        )
        for of_month, of_week in days
    ]


def _numbers(text: str, low: int, high: int, names: Sequence[str] = ()) -> str:
    """A field that settings let through, with its names, ranges and steps written out as numbers."""
    if text == "*":
        return text

    def number(name: str) -> int:
        return names.index(name) + low if name in names else int(name)

    found: set[int] = set()
    for item in text.split(","):
        span, _, step = item.partition("/")
        first, _, last = span.partition("-")
        start, end = (low, high) if span == "*" else (number(first), number(last or first))
        found.update(range(start, end + 1, int(step or 1)))
    return ",".join(str(value) for value in sorted(found))
