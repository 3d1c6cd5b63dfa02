"""Days named in a sentence, with their time of day: in full, or by what was named before (同年, 翌年, 本日)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from parsers.dates import WEEKDAY, DateReading, interval, read_date

LINK: Final = re.compile(r"(?:~|から|より|-)+,?、?")

_SAME_YEAR: Final = re.compile(
    r"(?P<which>同年|翌年|同年度)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<last>末日?))?"
)
_SAME_MONTH: Final = re.compile(r"同月(?P<day>\d{1,2})日")
_NO_YEAR: Final = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日|(?<![\d.])(?P<slash_month>\d{1,2})/(?P<slash_day>\d{1,2})(?![\d/])"
)
_DAY_ONLY: Final = re.compile(r"(?P<day>\d{1,2})日")
_TODAY: Final = re.compile(r"本日(?:\((?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:\(.\))?\))?")
_TIME: Final = re.compile(
    r"の?[\s(]*(?:(?P<noon>正午)|(?P<half>午前|午後)?(?P<hour>\d{1,2})"
    r"(?:時(?P<minute>\d{1,2})分|時(?P<half_past>半)?|:(?P<colon>\d{2})))"
)
_START: Final = re.compile(
    r"令和|平成|昭和|[RHS]\d|(?<!\d)(?:1[89]|2[01])\d\d|同年|翌年|同月|本日|(?<![\d.年月/-])\d{1,2}(?:月|/)\d"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or year named at `start`:`end` of a `normalised` text, and its time of day if one is printed."""

    iso: str
    time: str | None
    start: int
    end: int
    trouble: str | None = None

    @property
    def first(self) -> str:
        return interval(self.iso)[0].isoformat() + (f"T{self.time}" if self.time else "")

    @property
    def last(self) -> str:
        return interval(self.iso)[1].isoformat() + (f"T{self.time}" if self.time else "")


def moments_in(text: str, known: str | None, own: str | None) -> list[Moment]:
    """The moments a `normalised` text names, in order.

    `known` (ISO) is what was named last before the text, `own` the page's own day, on which 「本日」 stands.
    """
    moments: list[Moment] = []
    at = 0
    while found := _START.search(text, at):
        moment = _moment(text, found.start(), moments[-1].iso if moments else known, own)
        if moment is None:
            at = found.start() + 1
            continue
        moments.append(moment)
        at = moment.end
        day = _day_after(text, moment)
        if day:
            moments.append(day)
            at = day.end
    return moments


def moment_at(text: str, start: int) -> Moment | None:
    """The moment in full that begins exactly at `start` of a `normalised` text; a gloss in brackets belongs to it."""
    reading = read_date(text, start)
    if reading is None:
        return None
    gloss = read_date(text, reading.end + 1) if text.startswith("(", reading.end) else None
    if gloss and text.startswith(")", gloss.end):
        reading = DateReading(gloss.iso, start, gloss.end + 1, gloss.trouble or reading.trouble)
    return _timed(text, reading)


def _moment(text: str, start: int, before: str | None, own: str | None) -> Moment | None:
    full = moment_at(text, start)
    if full:
        return full
    today = _TODAY.match(text, start)
    if today:
        return Moment(own, None, start, today.end()) if own else None
    return _relative(text, start, interval(before)[0]) if before else None


def _relative(text: str, start: int, base: date) -> Moment | None:
    """A day that takes its year, or year and month, from what stands before it; the next where it would be earlier."""
    if named := _SAME_YEAR.match(text, start):
        month = int(named["month"])
        day = int(named["day"]) if named["day"] else None
        year = base.year + (1 if named["which"] == "翌年" or (month, day or 31) < (base.month, base.day) else 0)
        return _dated(text, start, named.end(), year, month, day, whole_month=named["last"] is None)
    if same_month := _SAME_MONTH.match(text, start):
        return _dated(text, start, same_month.end(), base.year, base.month, int(same_month["day"]))
    bare = _NO_YEAR.match(text, start)
    if bare is None:
        return None
    month, day = int(bare["month"] or bare["slash_month"]), int(bare["day"] or bare["slash_day"])
    year = base.year if (month, day) >= (base.month, base.day) else base.year + 1
    return _dated(text, start, bare.end(), year, month, day)


def _day_after(text: str, moment: Moment) -> Moment | None:
    """「1月24日〜25日」: a second half that names only its day."""
    link = LINK.match(text, moment.end)
    found = _DAY_ONLY.match(text, link.end()) if link else None
    if found is None or moment.iso.count("-") != 2:
        return None
    first = interval(moment.iso)[0]
    return _dated(text, found.start(), found.end(), first.year, first.month, int(found["day"]))


def _dated(
    text: str, start: int, end: int, year: int, month: int, day: int | None, *, whole_month: bool = False
) -> Moment | None:
    iso = f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"
    try:
        last = interval(iso)[1]
    except ValueError:
        return None
    if day is None and not whole_month:
        iso = last.isoformat()
    weekday = WEEKDAY.match(text, end)
    return _timed(text, DateReading(iso, start, weekday.end() if weekday else end))


def _timed(text: str, reading: DateReading) -> Moment:
    plain = Moment(reading.iso, None, reading.start, reading.end, reading.trouble)
    found = _TIME.match(text, reading.end) if reading.iso.count("-") == 2 else None
    if found is None:
        return plain
    hour = 12 if found["noon"] else int(found["hour"])
    minute = 30 if found["half_past"] else int(found["minute"] or found["colon"] or 0)
    if found["half"] == "午後" and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return plain
    end = found.end() + (1 if text.startswith(")", found.end()) and "(" in found[0] else 0)
    return Moment(reading.iso, f"{hour:02}:{minute:02}", reading.start, end, reading.trouble)
