"""Bracket notes: 【令和6年1月23日変更】, （令和8年4月3日改定）, (令和6年4月版) and their kin."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from parsers.brackets import NOTE_OPENERS, trailing, whole
from parsers.dates import interval, normalised, read_date
from parsers.labels import MAX_TITLE, is_label, strip_labels
from parsers.moments import LINK, moment_at, moments_in
from parsers.records import DateKind, Period
from parsers.text import trim

# Longest first within one meaning: 改訂版 is a revision, 版 alone an edition.
_WORDS: Final[tuple[tuple[str, DateKind], ...]] = (
    ("変更認定|変更", "amended"),
    ("認定", "certified"),
    ("一部改正|最終改正|改正|改訂版?|改定版?", "revised"),
    ("最終更新|更新|訂正|修正|追加|差し?替え?|追記", "updated"),
    ("版", "edition"),
    ("掲載|公表|公開|発表|発行", "published"),
    ("まで|締め?切り?|〆切り?", "until"),
    ("時点|現在", "as_of"),
    ("施行|適用|制定|策定|作成", "unstated"),
)
_ANY_WORD: Final = "|".join(words for words, _ in _WORDS)
_PREFIX: Final = re.compile(rf"(?P<label>(?:[^\d:()]{{0,8}})(?:期限|期間|期日)|{_ANY_WORD})(?:年月日|日時|日)?:?")
_SUFFIX: Final = re.compile(rf"(?:付け?|の|に)?(?P<word>{_ANY_WORD})?(?:版|分|日|予定|済み?|しました)?(?:必着)?")
_LOOSE: Final = re.compile(rf"(?:令和|平成|昭和|[RHS]|\d)[\d元年度月日末./-]*(?:{_ANY_WORD})")
_BOUND: Final = re.compile(r"(?P<word>以前|以降|以後)")
_WORDED: Final = re.compile(rf"{_ANY_WORD}|期間|期限|期日")
_SPAN_END: Final = re.compile(r"(?:まで)?(?:必着)?")
_COUNTED: Final = re.compile("[0-9０-９元〇一二三四五六七八九十]")
_SEPARATOR: Final = re.compile(r"[、,;/]")


@dataclass(frozen=True, slots=True)
class NoteReading:
    """What a note says; `trouble` names what was not understood ("unread", "no_era", "out_of_era", …)."""

    date: str | None = None
    date_kind: DateKind | None = None
    periods: tuple[Period, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Titled:
    """A printed line taken apart: title, the note without its brackets, the format a label named."""

    title: str
    note: str | None = None
    format: str | None = None


@lru_cache(maxsize=8192)
def split_title(text: str) -> Titled:
    """A printed title without bullet, labels and note; a note that cannot be read stays a note where 【】 says so."""
    title, named = strip_labels(text)
    if len(title) > MAX_TITLE:
        return Titled(title)
    note: str | None = None
    while True:
        found = trailing(title)
        if note is not None or found is None or not found.before.strip() or not _is_note(found.opener, found.inner):
            break
        note = trim(found.inner)
        title, before = strip_labels(found.before)
        named = named or before
    return Titled(title, note, named)


@lru_cache(maxsize=8192)
def note_alone(text: str) -> str | None:
    """The note where a line or cell is nothing but one, with brackets or (a date plus a word) without, else None."""
    if len(text) > MAX_TITLE or not _COUNTED.search(text):
        return None
    text, _ = strip_labels(text)
    inner = whole(text, NOTE_OPENERS)
    candidate = trim(text if inner is None else inner)
    reading = _read(normalised(candidate))
    if reading is None or (reading.date_kind == "unstated" and not _is_day(reading.date)):
        return None
    return candidate


def _is_day(date: str | None) -> bool:
    return date is not None and date.count("-") == 2


def _is_note(opener: str, inner: str) -> bool:
    if opener not in NOTE_OPENERS or is_label(inner):
        return False
    if opener == "【":
        return True
    folded = normalised(inner)
    reading = _read(folded)
    if reading is None:
        return bool(_LOOSE.fullmatch(folded))
    return _WORDED.search(folded) is not None  # a bare date or span in round brackets is a part of the title


def read_note(note: str) -> NoteReading:
    """What a note (without its brackets) says; nothing is guessed."""
    folded = normalised(note)
    reading = _read(folded)
    if reading is not None:
        return reading
    word = re.search(rf"(?:{_ANY_WORD})$", folded)
    kind = _kind_of(word[0]) if word and _LOOSE.fullmatch(folded) else None
    no_era = re.match(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?!\d)", folded)
    return NoteReading(None, kind, (), "no_era" if no_era else "unread")


def _read(folded: str) -> NoteReading | None:
    """The reading of a normalised text that is wholly one or more dated remarks; the last of several counts."""
    parts = _SEPARATOR.split(folded)
    readings = [_read_one(part) for part in parts] if len(parts) > 1 else []
    if readings and all(readings):
        return readings[-1]
    return _read_one(folded)


def _read_one(folded: str) -> NoteReading | None:
    moment = moment_at(folded, 0)
    prefix = None if moment else _PREFIX.match(folded)
    if prefix:
        moment = moment_at(folded, prefix.end())
    if moment is None:
        return None
    suffix = _SUFFIX.fullmatch(folded, moment.end)
    if suffix is None:
        return _read_span(folded, prefix.end() if prefix else 0)
    label = prefix["label"] if prefix else None
    kind = _kind_of(suffix["word"]) if suffix["word"] else _kind_of(label or "")
    periods: tuple[Period, ...] = ()
    if kind == "until" or (label and label.endswith(("期限", "期日"))):
        kind = "until"
        periods = (Period(label if label and "期" in label else None, None, moment.last),)
    return NoteReading(moment.iso, kind, periods, moment.trouble)


def _read_span(folded: str, start: int) -> NoteReading | None:
    """「受付期間:…から…まで」: a note that is wholly a span, dated by its end."""
    moments = moments_in(folded, None, None)
    link = LINK.match(folded, moments[0].end) if len(moments) == 2 and moments[0].start == start else None
    if link is None or link.end() != moments[1].start or not _SPAN_END.fullmatch(folded, moments[1].end):
        return None
    label = folded[:start].rstrip(":") or None
    first, last = moments
    return NoteReading(last.iso, "until", (Period(label, first.first, last.last),), first.trouble or last.trouble)


def _kind_of(word: str) -> DateKind:
    for words, kind in _WORDS:
        if re.fullmatch(words, word):
            return kind
    return "unstated"


def bound_in_title(title: str) -> tuple[Period, ...]:
    """The span that a title's own bracket sets: (令和4年3月末以前), (令和4年4月以降); both days included."""
    found = trailing(title)
    if found is None or found.opener not in NOTE_OPENERS:
        return ()
    folded = normalised(found.inner)
    date = read_date(folded)
    bound = _BOUND.fullmatch(folded, date.end) if date else None
    if date is None or bound is None:
        return ()
    first, last = interval(date.iso)
    if bound["word"] == "以前":
        return (Period(None, None, last.isoformat()),)
    return (Period(None, first.isoformat(), None),)
