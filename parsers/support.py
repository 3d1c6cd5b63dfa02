"""The family of 総務省「地域情報通信振興 支援施策」: numbered categories, their programmes, plans and documents.

First page: https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from parsers.categories import category_title, find_categories, stretches
from parsers.entries import file_links
from parsers.lines import Line
from parsers.look import find_titles, is_heading_form
from parsers.notes import read_note, split_title
from parsers.outline import page_name, read_region
from parsers.periods import periods_in
from parsers.readings import Reading
from parsers.records import Category, Programme, ReadWarning, Record
from parsers.sections import Section, is_closed, plan_type_of
from parsers.text import fold

NAME: Final = "support"
VERSION: Final = 1
FLOORS: Final = {"category": 1, "programme": 3}

_OWN_TITLE: Final = re.compile(r"支援施策")


@dataclass(frozen=True, slots=True)
class _Span:
    """A category: its line and the lines up to the next one."""

    heading: Line
    lines: Sequence[Line]


def read(lines: Sequence[Line], titles: Sequence[str], base: str) -> Reading | None:
    """The records of a page of this family, from its lines without furniture; None for a page of another.

    It is one of these if it has categories, and its title or its plan lists say so.
    """
    places = find_categories(lines)
    if not places or not _is_of_this_family(lines, titles):
        return None
    title = page_name(lines, titles)
    reading = Reading(title)
    read_region(lines[: places[0]], title, base, reading, apart=True)
    spans, tail = _spans(lines, places)
    for span, found in zip(spans, find_titles([span.lines for span in spans]), strict=True):
        _category(span, found, title, base, reading)
    read_region(tail, title, base, reading)
    return reading


def _is_of_this_family(lines: Sequence[Line], titles: Sequence[str]) -> bool:
    return any(_OWN_TITLE.search(fold(title)) for title in titles) or any(
        is_heading_form(line.text) and plan_type_of(line.text) and "認定" in line.text for line in lines
    )


def _spans(lines: Sequence[Line], places: Sequence[int]) -> tuple[list[_Span], Sequence[Line]]:
    """The categories with their lines; a heading of their level or above after the last one ends it."""
    spans = [_Span(lines[at], lines[at + 1 : end]) for at, end in stretches(places, len(lines))]
    tail: Sequence[Line] = []
    if spans and (level := spans[-1].heading.level):
        last = spans[-1]
        end = next((at for at, line in enumerate(last.lines) if 0 < line.level <= level), len(last.lines))
        tail = last.lines[end:]
        spans[-1] = _Span(last.heading, last.lines[:end])
    return spans, tail


def _category(span: _Span, places: Sequence[int], title: str, base: str, reading: Reading) -> None:
    titled = split_title(category_title(span.heading))
    links = file_links(span.heading, base)
    category = Category(key="", path=(), title=titled.title, url=links[0][1] if links else None)
    reading.records.append(_with_note(category, titled.note, reading))
    intro = span.lines[: places[0]] if places else span.lines
    read_region(intro, title, base, reading, within=category.title)
    for at, end in stretches(places, len(span.lines)):
        _programme(span.lines[at], span.lines[at + 1 : end], category.title, base, reading)


def _programme(heading: Line, lines: Sequence[Line], category: str, base: str, reading: Reading) -> None:
    titled = split_title(heading.text)
    links = file_links(heading, base)
    section = Section(base, (category, titled.title), titled.title)
    section.read(lines)
    programme = Programme(
        key="",
        path=(category,),
        title=titled.title,
        url=links[0][1] if links else None,
        text="\n".join(section.text),
        periods=periods_in(section.text),
        closed=is_closed("\n".join([heading.text, *section.text])),
        category=category,
    )
    reading.records.append(_with_note(programme, titled.note or section.note, reading))
    reading.records.extend(section.records)
    reading.warnings.extend(section.warnings)


def _with_note(record: Record, note: str | None, reading: Reading) -> Record:
    if note is None:
        return record
    found = read_note(note)
    if found.trouble:
        reading.warnings.append(
            ReadWarning(f"note_{found.trouble}", note, record.title, "a note that could not be read")
        )
    return replace(
        record, note=note, date=found.date, date_kind=found.date_kind, periods=(*record.periods, *found.periods)
    )
