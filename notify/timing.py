"""When a subscriber is told: at once, after the quiet hours, or in the digest of a day or a week.

Times of day are those of the subscriber's `zone`, days off those of Japan (notify.business_days).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, Self
from zoneinfo import ZoneInfo

from notify.business_days import business_day_from
from notify.errors import NotifyError
from storage.japan import TOKYO
from storage.observation import Window

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME: Final = r"((?:[01]\d|2[0-3]):[0-5]\d)"
_DELIVERY: Final = re.compile(rf"immediate|(?:daily|weekly ({'|'.join(_DAYS)})) {_TIME}", re.ASCII)
_QUIET: Final = re.compile(rf"(?:{_TIME}-{_TIME})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """When digests go: at a time of every day, or of one day of the week (0: Monday)."""

    at: time
    weekday: int | None = None

    @property
    def period(self) -> timedelta:
        """From one cut-off to the next, days off aside."""
        return _DAY if self.weekday is None else _WEEK

    def first_from(self, day: date) -> date:
        """The first day from `day` on that has a cut-off, days off aside."""
        return day if self.weekday is None else day + timedelta(days=(self.weekday - day.weekday()) % 7)

    def moment(self, day: date, zone: ZoneInfo) -> datetime:
        """When the cut-off of `day` truly is, in UTC: on a day off, at the same time of the next business day."""
        return datetime.combine(business_day_from(day), self.at, zone).astimezone(UTC)

    def window(self, at: datetime, zone: ZoneInfo) -> Window:
        """The window between two cut-offs that holds `at`. Cut-offs that move to one day are one."""
        # Two days on the cut-off lies ahead in every zone, whatever its clocks do.
        day = self.first_from(at.astimezone(zone).date() + 2 * _DAY)
        until = after = self.moment(day, zone)
        while after >= at:
            until, day = after, day - self.period
            after = self.moment(day, zone)
        return Window(after=after, until=until)


_DESK_OPENS: Final = CutOff(at=time(9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When one subscriber is told.

    `delivery` is None where changes are told at once; `quiet` are the hours without messages (start inclusive, end
    exclusive, over midnight if it is the earlier one). What has a name that one of the globs in `urgent` matches is
    told at once, quiet hours and digests notwithstanding. `all_quiet`: whether a week without a change is told of.
    """

    delivery: CutOff | None
    quiet: tuple[time, time] | None
    urgent: tuple[str, ...] = ()
    all_quiet: Literal["never", "weekly"] = "never"
    zone: ZoneInfo = TOKYO

    @classmethod
    def of(
        cls,
        delivery: str = "immediate",
        quiet: str = "20:00-07:00",
        urgent: Sequence[str] = (),
        all_quiet: Literal["never", "weekly"] = "never",
        zone: ZoneInfo = TOKYO,
    ) -> Self:
        """The timing in the words of config.toml: "immediate", "daily 09:00", "weekly mon 09:00"; "20:00-07:00", "".

        Raises NotifyError, whose `what` says what would be right.
        """
        return cls(
            delivery=cut_off(delivery), quiet=quiet_hours(quiet), urgent=tuple(urgent), all_quiet=all_quiet, zone=zone
        )

    def window(self, at: datetime) -> Window | None:
        """The digest in which what is detected at `at` is told, at its `until`; None: in none.

        Every moment lies in one window (`after` exclusive, `until` inclusive, in UTC).
        """
        return self.delivery.window(at, self.zone) if self.delivery is not None else None

    def due(self, at: datetime) -> datetime | None:
        """When, in UTC, the quiet hours end in which `at` lies; None: it lies in none."""
        due = None
        # Where clocks are put forward over the end of a span, it may lie within the next.
        while (end := self._end_of_quiet(due or at)) is not None:
            due = end
        return due

    def quiet_note(self, at: datetime) -> Window | None:
        """The week to be told of even without a change, that ended last at or before `at`; None: none ever is.

        Of a weekly digest it is the digest's own window. Else it ends on Mondays at the time of the daily digest, or at
        09:00.
        """
        if self.all_quiet == "never":
            return None
        cut_off = self.delivery or _DESK_OPENS
        if cut_off.weekday is None:
            cut_off = CutOff(at=cut_off.at, weekday=0)
        window = cut_off.window(at, self.zone)
        return window if window.until == at else cut_off.window(window.after, self.zone)

    def _end_of_quiet(self, at: datetime) -> datetime | None:
        if self.quiet is None:
            return None
        start, end = self.quiet
        today = at.astimezone(self.zone).date()
        for day in (today - _DAY, today):
            last_day = day if start < end else day + _DAY
            begins, ends = (
                datetime.combine(when, clock, self.zone).astimezone(UTC)
                for when, clock in ((day, start), (last_day, end))
            )
            if begins <= at < ends:
                return ends
        return None


def cut_off(delivery: str) -> CutOff | None:
    """When digests go by the words of config.toml; None for "immediate". Raises NotifyError as `Timing.of` does."""
    found = _DELIVERY.fullmatch(delivery)
    if found is None:
        raise NotifyError('must be "immediate", "daily 09:00" or "weekly mon 09:00"', where=f'"{delivery}"')
    day, clock = found.groups()
    return CutOff(at=time.fromisoformat(clock), weekday=_DAYS.index(day) if day else None) if clock else None


def quiet_hours(quiet: str) -> tuple[time, time] | None:
    """When they begin and end by the words of config.toml; None for "". Raises NotifyError as `Timing.of` does."""
    found = _QUIET.fullmatch(quiet)
    if found is None:
        raise NotifyError('must be hours like "20:00-07:00", or "" for none', where=f'"{quiet}"')
    start, end = (time.fromisoformat(clock) if clock else None for clock in found.groups())
    if start is None or end is None:
        return None
    if start == end:
        # Without an end nothing could ever be told.
        raise NotifyError('must end at another time than it begins; "" is for none', where=f'"{quiet}"')
    return start, end


IMMEDIATE: Final = Timing(delivery=None, quiet=None)
"""At once, at any hour."""
