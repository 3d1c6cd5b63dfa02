"""What the sentences about a change are made of: names, dates and files as the page prints them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from parsers.dates import interval, normalised, printed, read_date
from parsers.text import fold
from storage.changes import Change, RecordedChange
from storage.japan import TOKYO
from storage.observation import Language
from storage.prose import Line, differing

_SENTENCE_END: Final = re.compile(r"(?<=。)(?=[^\n」』）)])")
_CONTEXT: Final = 8
_WITHIN_WORD: Final = re.compile(r"[A-Za-z0-9]{2}")
_LONGEST_WORDS: Final = 60
# Two or three lines are quoted in one sentence if they are as short as headings are.
_MOST_REWORDED: Final = 3
_LONGEST_OF_SEVERAL: Final = 30
_PAGE_SUFFIXES: Final = frozenset({"", "html", "htm", "php", "jsp", "asp", "aspx"})


@dataclass(frozen=True, slots=True)
class Span:
    """A printed period: its label and both ends in words; None where the page names no such side."""

    label: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A bracket note taken apart: `date` as printed, `iso` as read, `word` what stands besides the date."""

    text: str
    date: str | None
    iso: str | None
    kind: str | None
    word: str


@dataclass(frozen=True, slots=True)
class Side:
    """A record before or after a change.

    `owner` is what it belongs to in a reader's eyes: the programme, or the nearest heading. `section` is the
    sub-heading under it, `file` the last part of the address.
    """

    kind: str
    title: str
    path: tuple[str, ...] = ()
    owner: str | None = None
    category: str | None = None
    section: str | None = None
    network: str | None = None
    plan_type: str | None = None
    note: Note | None = None
    url: str | None = None
    file: str | None = None
    is_file: bool = False
    closed: bool = False
    spans: tuple[Span, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def heads_lines(self) -> bool:
        """Whether the heading itself is among the lines: then all of the text came or went."""
        return fold(self.title) in map(fold, self.lines)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a change of the page itself brings along; None where it says nothing.

    `since` is when an incident began that is told again, in words, `lasted` how long one did that is over.
    """

    reason: str | None = None
    message: str | None = None
    http_status: int | None = None
    count: int | None = None
    since: str | None = None
    lasted: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A change as its sentence needs it; `subject` is the record under the name by which readers know it.

    `reworded` are the hearts (old, new) of a few lines that were reworded; none where they are many, long or
    another altogether. `seen` is when the page was last seen unchanged, in words.
    """

    kind: str
    title: str
    subject: Side
    old: Side | None
    new: Side | None
    fields: tuple[str, ...] = ()
    old_lines: tuple[str, ...] = ()
    new_lines: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    old_place: str = ""
    new_place: str = ""
    spans: tuple[tuple[Span | None, Span | None], ...] = ()
    page: PageFacts = field(default_factory=PageFacts)
    seen: str | None = None


def corrected(change: Change) -> tuple[Change, Change | None] | None:
    """Of a `KIND.corrected` the change that never was, and the one that stands in its place, if any; else None."""
    if not change.change.endswith(".corrected") or change.before is None:
        return None
    return _change(change.before["change"]), _change(change.after["change"]) if change.after is not None else None


def _change(data: Mapping[str, Any]) -> Change:
    said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Change(**said)


def facts_of(change: Change, language: Language) -> Facts:
    """The facts of one change, of a correction those of what it corrects.

    Records of a newer version with unknown fields are fine.
    """
    if correction := corrected(change):
        change = correction[0]
    old = _side(change.before, change, language) if change.before is not None else None
    new = _side(change.after, change, language) if change.after is not None else None
    known_by_old = any(name.endswith((".renamed", ".moved", ".removed")) for name in change.names)
    subject = (old if known_by_old else new) or new or old or Side(change.kind, change.title, change.path)
    gone, come = _differing_lines(old, new)
    old_place, new_place = _places(old, new)
    return Facts(
        kind=change.kind,
        title=change.title or change.key,
        subject=subject,
        old=old,
        new=new,
        fields=change.fields,
        old_lines=gone,
        new_lines=come,
        reworded=reworded(gone, come),
        old_place=old_place,
        new_place=new_place,
        spans=_differing_spans(old, new),
        page=_page_facts(change, language),
        seen=moment(change.last_seen_before, language) if isinstance(change, RecordedChange) else None,
    )


def _page_facts(change: Change, language: Language) -> PageFacts:
    if change.kind != "page" or change.after is None:
        return PageFacts()
    opened, closed = (_instant(change.after.get(name)) for name in ("opened_at", "closed_at"))
    # What a recovered page suffered from is over, and no reason for anything.
    if change.change == "page.recovered":
        return PageFacts(lasted=closed - opened if opened and closed else None)
    facts = {name: change.after.get(name) for name in ("reason", "message", "http_status", "count")}
    return PageFacts(**facts, since=moment(opened, language))


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def moment(at: datetime | None, language: Language) -> str | None:
    """An instant as people in Japan read it on their clock; `at` is aware."""
    if at is None:
        return None
    return clock(at, language) + ("(日本時間)" if language == "ja" else " (Japan time)")


def clock(at: datetime, language: Language, *, of_day: date | None = None) -> str:
    """Day and time in Japan, without saying so; the time alone on the day that was named just before."""
    local = at.astimezone(TOKYO)
    day, time = local.date(), f"{local.hour}:{local:%M}" if language == "ja" else f"{local:%H:%M}"
    if day == of_day:
        return time
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日 {time}"
    return f"{printed(day.isoformat(), 'en')}, {time}"


def _differing_lines(old: Side | None, new: Side | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines and sentences that only one side has, as `compare` tells them apart."""
    gone, come = differing(
        [Line(fold(line), line) for line in (old.lines if old else ())],
        [Line(fold(line), line) for line in (new.lines if new else ())],
    )
    return tuple(line.printed for line in gone), tuple(line.printed for line in come)


def reworded(gone: Sequence[str], come: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Of each line that went and the one that came in its place, what differs, if all of it is short."""
    if not gone or len(gone) != len(come) or len(gone) > _MOST_REWORDED:
        return ()
    pairs = tuple(_differing_words(old.rstrip("。"), new.rstrip("。")) for old, new in zip(gone, come, strict=True))
    longest = max(len(words) for pair in pairs for words in pair)
    return pairs if longest <= (_LONGEST_WORDS if len(pairs) == 1 else _LONGEST_OF_SEVERAL) else ()


def _differing_words(old: str, new: str) -> tuple[str, str]:
    """What differs between two lines and a little of what stands around it."""
    start = max(0, _shared_start(old, new) - _CONTEXT)
    while start and _WITHIN_WORD.fullmatch(old[start - 1 : start + 1]):
        start -= 1
    tail = max(0, _shared_start(old[:start:-1], new[:start:-1]) - _CONTEXT)
    while tail and _WITHIN_WORD.fullmatch(old[len(old) - tail - 1 : len(old) - tail + 1]):
        tail -= 1
    before, after = (text[start : len(text) - tail] for text in (old, new))
    lead, rest = ("…" if start else ""), ("…" if tail else "")
    return f"{lead}{before}{rest}", f"{lead}{after}{rest}"


def _shared_start(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _side(data: Mapping[str, Any], change: Change, language: Language) -> Side:
    path = tuple(data.get("path") or ())
    kind = data.get("kind") or change.kind
    owner, section = _owner(kind, path, data)
    url = data.get("url")
    lines = _lines("\n".join(data["lines"]) if "lines" in data else data.get("text") or "")
    return Side(
        kind=kind,
        title=data.get("title") or change.title,
        path=path,
        owner=owner,
        category=data.get("category") or (path[0] if path else None),
        section=section,
        network=data.get("network"),
        plan_type=data.get("plan_type"),
        note=_note(data, language),
        url=url,
        file=_file_name(url),
        is_file=_is_file(url, data.get("format")),
        closed=bool(data.get("closed")),
        spans=tuple(_span(period, language) for period in periods_told(data, change)),
        lines=lines,
    )


def periods_told(data: Mapping[str, Any], change: Change) -> list[Mapping[str, Any]]:
    """A record's periods, but for the last day that its note names where the change of the note tells of it."""
    periods = list(data.get("periods") or ())
    if "note" not in change.fields or data.get("date_kind") != "until" or not data.get("date"):
        return periods
    last = interval(data["date"])[1].isoformat()
    return [period for period in periods if period.get("from") or str(period.get("until")).partition("T")[0] != last]


def _owner(kind: str, path: Sequence[str], data: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The programme (or else the nearest heading) that a plan or document belongs to, and the sub-heading under it."""
    if kind not in {"plan", "document"} or not path:
        return None, None
    programme = data.get("programme") or (path[1] if kind == "plan" and len(path) > 1 else None)
    if programme is None:
        return path[-1], None
    under = [heading for heading in path if fold(heading) == fold(programme)]
    below = path[path.index(under[0]) + 1 :] if under else ()
    return programme, below[-1] if below else None


def _note(data: Mapping[str, Any], language: Language) -> Note | None:
    text = data.get("note")
    if not text:
        return None
    iso = data.get("date")
    on_page, word = _printed_date(text)
    date = printed(iso, language) if iso and (language == "en" or not on_page) else on_page
    return Note(text=text, date=date, iso=iso, kind=data.get("date_kind"), word=word)


def _printed_date(note: str) -> tuple[str | None, str]:
    """The date as it stands in a note, and the note without it."""
    folded = normalised(note)
    for start in range(len(folded)):
        found = read_date(folded, start)
        if found is not None:
            # Normalising keeps every character's place unless white space or a ligature was in the note.
            source = note if len(note) == len(folded) else folded
            return source[start : found.end], folded[:start] + folded[found.end :]
    return None, folded


def _span(period: Mapping[str, str | None], language: Language) -> Span:
    return Span(
        period.get("label"), _day_and_time(period.get("from"), language), _day_and_time(period.get("until"), language)
    )


def _day_and_time(iso: str | None, language: Language) -> str | None:
    if iso is None:
        return None
    day, _, time = iso.partition("T")
    words = printed(day, language)
    if not time:
        return words
    hour, minute = (int(part) for part in time.split(":")[:2])
    if language == "en":
        return f"{words}, {hour:02}:{minute:02}"
    if (hour, minute) == (12, 0):
        return f"{words}正午"
    return f"{words}{hour}時" + (f"{minute}分" if minute else "")


def _differing_spans(old: Side | None, new: Side | None) -> tuple[tuple[Span | None, Span | None], ...]:
    """Periods that differ, paired by label in page order; None on the side where there is none."""
    gone = [span for span in old.spans if not new or span not in new.spans] if old else []
    come = [span for span in new.spans if not old or span not in old.spans] if new else []
    pairs: list[tuple[Span | None, Span | None]] = []
    for span in gone:
        same = next((other for other in come if other.label == span.label), None)
        if same is not None:
            come.remove(same)
        pairs.append((span, same))
    return (*pairs, *((None, span) for span in come))


def _places(old: Side | None, new: Side | None) -> tuple[str, str]:
    """Where a record stood and stands, as far as the two differ."""
    if old is None or new is None:
        return "", ""
    before, after = list(old.path), list(new.path)
    while len(before) > 1 and len(after) > 1 and fold(before[0]) == fold(after[0]):
        before, after = before[1:], after[1:]
    while len(before) > 1 and len(after) > 1 and fold(before[-1]) == fold(after[-1]):
        before, after = before[:-1], after[:-1]
    return " > ".join(before), " > ".join(after)


def _lines(text: str) -> tuple[str, ...]:
    """Printed lines, and sentences within them: the least that a reader would call a difference."""
    return tuple(
        sentence.strip() for line in text.splitlines() for sentence in _SENTENCE_END.split(line) if sentence.strip()
    )


def _file_name(url: str | None) -> str | None:
    """The last part of an address, decoded; the whole address where it has none."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    name = unquote(parts.path.rstrip("/").rpartition("/")[2])
    if not name or not name.isprintable():
        return url
    return name + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _is_file(url: str | None, file_format: str | None) -> bool:
    if file_format:
        return file_format not in _PAGE_SUFFIXES
    name = (_file_name(url) or "").partition("?")[0].partition("#")[0]
    return "." in name and "://" not in name and name.rpartition(".")[2].lower() not in _PAGE_SUFFIXES
