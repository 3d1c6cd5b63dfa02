"""Periods and deadlines of records as a calendar (iCalendar, RFC 5545)."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event

from notify.feeds import web_address
from notify.sections import LICENCE_URL, publisher_of
from notify.templating import words
from notify.wording import one_line
from parsers.dates import interval
from parsers.records import Document, Period, Record
from storage.japan import TOKYO
from storage.observation import Language, PageInfo, RecordVersion

KEPT: Final = timedelta(days=365)
"""How long an event is shown as cancelled, so that calendars which fetch it seldom drop it, too."""

_NAMESPACE: Final = uuid.UUID("0c5a4c52-5e0c-4b0e-8a55-1f4a8f2f1a3d")
_DAY: Final = timedelta(days=1)
_TAGS: Final = {
    "ja": {"span": "期間", "start": "開始", "end": "締切"},
    "en": {"span": "Period", "start": "Start", "end": "Deadline"},
}
_SUMMARY: Final = {"ja": "【{tag}】{title}", "en": "[{tag}] {title}"}
_NAME: Final = {"ja": "公募・受付の期間と締切", "en": "Periods and deadlines"}

Slot = tuple[str | None, int]
"""A record's period by its label and its place among the record's periods of that label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A period as it stands in a calendar, with what has become of it.

    `start` and `end` are days in Japan, or both instants; `end` is excluded, and None for an instant. `sequence` counts
    how often its times or its words changed, or it went or came back; `modified` is when it last became another.
    """

    uid: str
    start: date
    end: date | None
    summary: str
    record: Record
    created: datetime
    modified: datetime
    sequence: int = 0
    cancelled: bool = False


def appointments(
    page: PageInfo, history: Sequence[RecordVersion], language: Language, *, now: datetime
) -> list[Appointment]:
    """What the versions of one record, oldest first, say of its periods and of its note's last day.

    What the page no longer says is cancelled, and left out a year later.
    """
    known: dict[Slot, Appointment] = {}
    for version in history:
        said = dict(_said(page, version, language)) if version.record is not None else {}
        for slot, found in said.items():
            known[slot] = _followed(known.get(slot), found)
        for slot in known.keys() - said.keys():
            known[slot] = _without(known[slot], version.since)
    return [item for item in known.values() if not item.cancelled or now - item.modified <= KEPT]


def calendar(found: Iterable[tuple[PageInfo, Appointment]], *, language: Language, name: str | None = None) -> bytes:
    """The calendar of these; `name` is what it is of.

    It has no METHOD, so that DTSTAMP is when an event last became another (RFC 5545, 3.8.7.2): the same history is the
    same file, whenever it is made.
    """
    title = one_line(name) if name else None
    made = Calendar()
    made.add("prodid", "-//ministry-monitor//periods and deadlines//JA")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", f"{_NAME[language]}: {title}" if title else _NAME[language])
    made.add("x-wr-timezone", TOKYO.key)
    for page, item in found:
        made.add_component(_event(page, item, language))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def has_periods(record: Mapping[str, object]) -> bool:
    """Whether a record, in its JSON form, has what a calendar could show."""
    return bool(record.get("periods")) or record.get("date_kind") == "until"


def _said(page: PageInfo, version: RecordVersion, language: Language) -> Iterator[tuple[Slot, Appointment]]:
    """What one version of a record says, as if it had been said for the first time."""
    record = version.record
    assert record is not None
    for slot, period in _slots(record):
        times = _times(period)
        if times is None:
            continue
        yield (
            slot,
            Appointment(
                uid=_uid(page, record, slot),
                start=times[0],
                end=times[1],
                summary=_summary(record, period, language),
                record=record,
                created=version.since,
                modified=version.since,
            ),
        )


def _slots(record: Record) -> Iterator[tuple[Slot, Period]]:
    """The record's periods, and the last day that its note names if no period ends on it."""
    periods = list(record.periods)
    if record.date_kind == "until" and record.date is not None:
        last = interval(record.date)[1].isoformat()
        if not any(period.end is not None and period.end.startswith(last) for period in periods):
            periods.append(Period(end=last))
    count: dict[str | None, int] = {}
    for period in periods:
        label = period.label or None
        count[label] = count.get(label, 0) + 1
        yield (label, count[label]), period


def _followed(before: Appointment | None, found: Appointment) -> Appointment:
    """What is found now, as a further state of what was known."""
    if before is None:
        return found
    told = (before.start, before.end, before.summary, before.cancelled)
    if told != (found.start, found.end, found.summary, False):
        return replace(found, created=before.created, sequence=before.sequence + 1)
    shown = (before.record.url, before.record.path)
    if shown != (found.record.url, found.record.path):
        return replace(found, created=before.created, sequence=before.sequence)
    return before


def _without(before: Appointment, at: datetime) -> Appointment:
    if before.cancelled:
        return before
    return replace(before, cancelled=True, sequence=before.sequence + 1, modified=at)


def _times(period: Period) -> tuple[date, date | None] | None:
    """Beginning and excluded end of the event; both days, or both instants where a time of day is printed.

    A period with one side is an event on that day, or at that instant: how long before or after it one may act, nobody
    says. So is one whose beginning comes after its end, at its end.
    """
    start, end = _moment(period.start), _moment(period.end)
    if start is None or end is None or _instant(end, last=True) <= _instant(start, last=False):
        only = end if end is not None else start
        return None if only is None else (only, None if isinstance(only, datetime) else _day_after(only))
    if isinstance(start, datetime) or isinstance(end, datetime):
        return _instant(start, last=False), _instant(end, last=True)
    return start, _day_after(end)


def _moment(iso: str | None) -> date | None:
    """The day, or the instant, that a period's side names; 24:00 is the next day's beginning."""
    if iso is None:
        return None
    day, _, clock = iso.partition("T")
    if not clock:
        return date.fromisoformat(day)
    hour, minute = map(int, clock.split(":"))
    try:
        at = datetime.combine(date.fromisoformat(day), time.min) + timedelta(hours=hour, minutes=minute)
    except OverflowError:
        return date.max
    return at.replace(tzinfo=TOKYO)


def _instant(at: date, *, last: bool) -> datetime:
    """The instant; of a day its beginning, or with `last` its end."""
    if isinstance(at, datetime):
        return at
    return datetime.combine(_day_after(at) if last else at, time.min, tzinfo=TOKYO)


def _day_after(day: date) -> date:
    return day + _DAY if day < date.max else day


def _uid(page: PageInfo, record: Record, slot: Slot) -> str:
    """The same for a period of a record whatever becomes of it (RFC 7986, 5.3: a UUID)."""
    label, number = slot
    parts = (page.id, record.kind, record.key, label or "", str(number))
    return str(uuid.uuid5(_NAMESPACE, "".join(f"{len(part)}:{part}" for part in parts)))


def _summary(record: Record, period: Period, language: Language) -> str:
    side = "span" if period.start and period.end else "end" if period.end else "start"
    tag = _TAGS[language][side]
    title = f"{owner} {record.title}" if (owner := _owner(record)) else record.title
    text = _SUMMARY[language].format(tag=tag, title=title)
    if period.label and period.label != tag:
        text += f"({period.label})" if language == "ja" else f" ({period.label})"
    return one_line(text)


def _owner(record: Record) -> str | None:
    """What a document or a text belongs to, whose own title says little in a calendar: 様式, 第1回公募."""
    if isinstance(record, Document):
        return record.programme or (record.path[-1] if record.path else None)
    return record.path[-2] if record.kind == "text" and len(record.path) > 1 else None


def _event(page: PageInfo, item: Appointment, language: Language) -> Event:
    event = Event()
    event.add("uid", item.uid)
    event.add("dtstamp", item.modified)
    event.add("created", item.created)
    event.add("last-modified", item.modified)
    event.add("sequence", item.sequence)
    event.add("dtstart", item.start)
    if item.end is not None:
        event.add("dtend", item.end)
    event.add("summary", item.summary)
    event.add("description", "\n".join(_description(page, item.record, language)))
    if url := web_address(item.record.url) or web_address(page.url):
        event.add("url", url)
    event.add("status", "CANCELLED" if item.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _description(page: PageInfo, record: Record, language: Language) -> Iterator[str]:
    vocabulary = words(language)
    name = one_line(page.name)
    if record.path:
        yield f"{vocabulary.where}{vocabulary.colon}{' > '.join(one_line(heading) for heading in record.path)}"
    yield vocabulary.source(publisher_of(page.url, language), name, one_line(page.url), LICENCE_URL)
