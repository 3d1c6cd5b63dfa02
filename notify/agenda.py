"""Periods and deadlines of records as a calendar (iCalendar, RFC 5545)."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone

from notify.feeds import web_address
from notify.sections import LICENCE_URL, publisher_of
from notify.templating import words
from notify.wording import one_line
from parsers.dates import interval
from parsers.records import Document, Period, Record
from parsers.text import fold
from storage.japan import TOKYO
from storage.observation import Language, PageInfo, RecordVersion

KEPT: Final = timedelta(days=365)
"""How long an event is shown as cancelled, so that calendars which fetch it seldom drop it, too."""

_NAMESPACE: Final = uuid.UUID("0c5a4c52-5e0c-4b0e-8a55-1f4a8f2f1a3d")
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_ZERO: Final = datetime(2000, 1, 1, tzinfo=UTC)
_TAGS: Final = {
    "ja": {"span": "期間", "start": "開始", "end": "締切", "closed": "受付終了"},
    "en": {"span": "Period", "start": "Start", "end": "Deadline", "closed": "Closed"},
}
_SUMMARY: Final = {"ja": "【{tag}】{title}", "en": "[{tag}] {title}"}
_NAME: Final = {"ja": "公募・受付の期間と締切", "en": "Periods and deadlines"}

Slot = tuple[str | None, int]
"""A record's period by its label and its number among the periods that the record has ever had of that label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A period as it stands in a calendar, with what has become of it.

    `times` are start and end, days in Japan or both instants; the end is excluded, and None for an instant. `modified`
    is when it last became another.

    `sequence` is 0 at first (RFC 5545, 3.8.7.4), then when its times or its words last changed (other widths are no
    other words), or it went or came back, in minutes since 2000 (UTC); of two states within a minute the later has one
    more. It is no count: were the history read again and a change found to be none, a count would be lower, and
    calendars would pass over as many changes to come. A time is the same whatever was before, so that it falls only
    where the last change itself is taken back, and whatever is found next is later than all that was told. There is
    room until the year 6083.
    """

    uid: str
    times: tuple[date, date | None]
    summary: str
    record: Record
    created: datetime
    modified: datetime
    sequence: int
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """What one version of a record says of one period; `times` are start and end as of an appointment."""

    label: str | None
    times: tuple[date, date | None]
    summary: str


def appointments(
    page: PageInfo, history: Sequence[RecordVersion], language: Language, *, now: datetime
) -> list[Appointment]:
    """What the versions of one record, oldest first, say of its periods and of its note's last day.

    What the page no longer says is cancelled, and left out a year later.
    """
    known: dict[Slot, Appointment] = {}
    for version in history:
        record = version.record
        said = _placed(list(_said(record, language)), known) if record is not None else {}
        if record is not None:
            known |= {
                slot: _followed(known.get(slot), found, record, version.since, _uid(page, record, slot))
                for slot, found in said.items()
            }
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
    if not made.subcomponents:
        # A calendar has at least one component (RFC 5545, 3.6): without events it is the zone that they would name.
        made.add_component(Timezone.from_tzinfo(TOKYO))
    return bytes(made.to_ical())


def has_periods(record: Mapping[str, object]) -> bool:
    """Whether a record, in its JSON form, has what a calendar could show."""
    return bool(record.get("periods")) or record.get("date_kind") == "until"


def _said(record: Record, language: Language) -> Iterator[_Said]:
    for period in _periods(record):
        times = _times(period)
        if times is not None:
            yield _Said(period.label or None, times, _summary(record, period, language))


def _periods(record: Record) -> list[Period]:
    """The record's periods, and the last day that its note names if no period ends on it."""
    periods = list(record.periods)
    if record.date_kind == "until" and record.date is not None:
        last = interval(record.date)[1].isoformat()
        if not any(period.end is not None and period.end.startswith(last) for period in periods):
            periods.append(Period(end=last))
    return periods


def _placed(said: Sequence[_Said], known: Mapping[Slot, Appointment]) -> dict[Slot, _Said]:
    """Which period each is of those known by its label: the one at that time, else the next one that is left.

    So the first of two can go without the second taking its place. Those cancelled come last; who finds none is new.
    """
    free = sorted(known, key=lambda slot: (known[slot].cancelled, slot[1]))
    placed: dict[Slot, _Said] = {}
    moved: list[_Said] = []
    for one in said:
        same = [slot for slot in free if _alike(slot[0], one.label) and known[slot].times == one.times]
        if same:
            free.remove(same[0])
            placed[same[0]] = one
        else:
            moved.append(one)
    for one in moved:
        left = [slot for slot in free if _alike(slot[0], one.label)]
        if left:
            free.remove(left[0])
            placed[left[0]] = one
        else:
            taken = (number for label, number in (*known, *placed) if _alike(label, one.label))
            placed[one.label, max(taken, default=0) + 1] = one
    return placed


def _alike(label: str | None, other: str | None) -> bool:
    """Whether two labels differ in widths alone."""
    return fold(label or "") == fold(other or "")


def _followed(before: Appointment | None, found: _Said, record: Record, at: datetime, uid: str) -> Appointment:
    """What is found now, as a further state of what was known."""
    now = Appointment(
        uid=uid,
        times=found.times,
        summary=found.summary,
        record=record,
        created=before.created if before else at,
        modified=at,
        sequence=_sequence(before, at),
    )
    if before is None or before.cancelled or before.times != now.times or fold(before.summary) != fold(now.summary):
        return now
    if (before.record.url, before.record.path) != (record.url, record.path):
        return replace(now, summary=before.summary, sequence=before.sequence)
    return before


def _without(before: Appointment, at: datetime) -> Appointment:
    if before.cancelled:
        return before
    return replace(before, cancelled=True, sequence=_sequence(before, at), modified=at)


def _sequence(before: Appointment | None, at: datetime) -> int:
    return max((at - _ZERO) // _MINUTE, before.sequence + 1) if before is not None else 0


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
    if record.closed and period.end:
        side = "closed"
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
    start, end = item.times
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
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
