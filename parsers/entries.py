"""A line's links as entries: which words are the title, which a note, which a sentence around a link."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

from parsers.labels import file_format, is_label, strip_labels
from parsers.lines import Line, Link
from parsers.notes import note_alone, split_title
from parsers.text import fold, trim

_JOINT: Final = re.compile(r"[\s\u3000]*[/／・,、，|｜][\s\u3000]*")
_BRACKET: Final = re.compile(
    r"[【〔［\[（(][^【】〔〕［］\[\]（）()]*(?:[（(][^（）()]*[)）][^【】〔〕［］\[\]（）()]*)*[】〕］\]）)]"
)
_BETWEEN: Final = re.compile(r"[\s\u3000、，,・/／|｜･>＞:：\[\]［］()（）【】~～〜-]*")
_PLAIN_PATH: Final = re.compile(r"/(?!/)(?!\.)[\w/~%+-]*(?:\.\w[\w-]*)?")  # what joining to an origin leaves as it is
_CLOSERS: Final = ("】", ")", "）", "〕", "]", "］")
_POINTERS: Final = re.compile(
    r"(?:概要|詳細|リンク|こちら|資料|本文|認定書?|ダウンロード|計画(?:の概要)?)(?:はこちら)?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a line names; `url` is absolute or None, `dated` where the note is the date before it (news)."""

    title: str
    url: str | None
    note: str | None = None
    format: str | None = None
    dated: bool = False


def absolute(href: str, base: str) -> str | None:
    """The web address a link leads to; None for a place on the same page, a script, a mail address."""
    href = href.strip()
    if not href or href[0] == "#":
        return None
    if _PLAIN_PATH.fullmatch(href) and (origin := _origin(base)):
        return origin + href
    return _joined(href, base)


@lru_cache(maxsize=64)
def _origin(base: str) -> str | None:
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else None


@lru_cache(maxsize=4096)
def _joined(href: str, base: str) -> str | None:
    try:
        url = urljoin(base, href)
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return url if scheme in ("http", "https", "ftp") else None


def file_links(line: Line, base: str) -> list[tuple[Link, str]]:
    """The line's links that lead away from the page, with their absolute addresses."""
    return line.targets(base, absolute)


def entries_of(line: Line, base: str) -> list[Entry] | None:
    """The entries of a line that consists of links with their notes and labels; None where words remain."""
    links = file_links(line, base)
    if not links:
        return None
    segments = _segments(line, [link.number for link, _ in links])
    lead, *gaps = segments
    lead = strip_labels(lead)[0]
    if all(is_label(link.text) for link, _ in links) and lead:
        return _labelled(lead, gaps, links)
    day = note_alone(lead.rstrip(":： ") or "")
    if day is None and _BETWEEN.fullmatch(lead) is None:
        return None
    found: list[Entry] = []
    for (link, url), gap in zip(links, gaps, strict=True):
        trail = _trail(gap)
        if trail is None:
            return None
        if is_label(link.text) and found:
            titled = split_title(found[-1].title)
            found.append(Entry(titled.title, url, found[-1].note, file_format(link.text)))
            continue
        dated_within, words = _day_within(link)
        titled = split_title(words)
        note, named = trail
        note = titled.note or note
        day = dated_within or day
        found.append(
            Entry(titled.title, url, note or day, titled.format or named, dated=note is None and day is not None)
        )
    return found


def _day_within(link: Link) -> tuple[str | None, str]:
    """The date with which a link's words begin or end where it stands apart in them (`<time>`), and the rest."""
    if len(link.parts) < 2:
        return None, link.text
    first, last = note_alone(link.parts[0]), note_alone(link.parts[-1])
    if first is not None:
        return first, trim("".join(link.parts[1:]))
    if last is not None and not link.parts[-1].strip().endswith(_CLOSERS):
        return last, trim("".join(link.parts[:-1]))
    return None, link.text


def links_in_prose(line: Line, base: str) -> list[Entry]:
    """The documents that a sentence links to, titled by the links' words."""
    found = []
    for link, url in file_links(line, base):
        titled = split_title(link.text)
        found.append(Entry(titled.title, url, titled.note, titled.format))
    return found


def joint_entry(line: Line, base: str) -> Entry:
    """The line as one entry whatever of it is linked: a plan's companies, its note, its first link."""
    links = file_links(line, base)
    text = line.text
    named = None
    for link, _ in links:
        if is_label(link.text):
            named = named or file_format(link.text)
    if len(links) > 1 or any(is_label(link.text) for link, _ in links):
        words = [link.text for link, _ in links if is_label(link.text)]
        for word in words:
            head, _, tail = text.rpartition(word)
            text = trim(head.rstrip("[［(（、・") + tail.lstrip("]］)）"))
    titled = split_title(text)
    return Entry(titled.title, links[0][1] if links else None, titled.note, titled.format or named)


def joint_parts(title: str) -> tuple[str, ...]:
    """The companies of a plan's title, parted by / or ／, each as printed."""
    return tuple(part for piece in re.split(r"[/／]", title) if (part := trim(piece)))


def separate_plans(line: Line, base: str) -> list[Entry]:
    """The plans of one line: one, unless several links stand apart without a slash between them."""
    links = file_links(line, base)
    if len(links) < 2 or any(is_label(link.text) for link, _ in links):
        return [joint_entry(line, base)]
    gaps = _segments(line, [link.number for link, _ in links])[1:-1]
    if any(re.search(r"[/／]", _BRACKET.sub("", gap)) for gap in gaps):
        return [joint_entry(line, base)]
    return entries_of(line, base) or [joint_entry(line, base)]


def row_entries(cells: list[Line], base: str) -> tuple[list[Entry], list[Line]] | None:
    """One table row as entries, and the cells that are none of their words; None where no cell is a name.

    The name is the first cell that is no note, label or pointer; its address may stand in another cell.
    """
    aside = [_is_side_cell(cell) for cell in cells]
    if all(aside):
        return None
    at = aside.index(False)
    name = cells[at]
    others = [cell for cell, is_aside in zip(cells[at + 1 :], aside[at + 1 :], strict=True) if not is_aside]
    side = [cell for cell, is_aside in zip(cells, aside, strict=True) if is_aside]
    noted = next((place for place, cell in enumerate(cells) if aside[place] and note_alone(cell.text)), None)
    note = note_alone(cells[noted].text) if noted is not None else None
    dated = noted is not None and noted < at
    titled = split_title(name.text)
    dated = dated and titled.note is None
    links = file_links(name, base)
    pointers = [link for cell in side for link in file_links(cell, base)]
    note = titled.note or note
    if links and not all(is_label(link.text) for link, _ in links):
        entries = entries_of(name, base)
        if entries is None:
            return None
        return [
            entry if entry.note else Entry(entry.title, entry.url, note, entry.format, dated) for entry in entries
        ], others
    if not pointers:
        return [Entry(titled.title, None, note, titled.format, dated)], others
    return [Entry(titled.title, url, note, file_format(link.text), dated) for link, url in pointers], others


def _is_side_cell(cell: Line) -> bool:
    text = cell.text
    return (
        is_label(text)
        or note_alone(text) is not None
        or (bool(cell.links) and _POINTERS.fullmatch(fold(split_title(text).title)) is not None)
        or (bool(cell.links) and all(is_label(part) for part in _JOINT.split(text)))
    )


def _labelled(lead: str, gaps: list[str], links: list[tuple[Link, str]]) -> list[Entry] | None:
    """「label[PDF形式、Excel形式]」: one entry a format, titled by the label."""
    if any(_trail(gap) is None for gap in gaps):
        return None
    titled = split_title(lead.rstrip(" \u3000[［(（:：、・"))
    if not titled.title or len(titled.title) > 100 or "。" in titled.title:
        return None
    note = titled.note or next((found[0] for gap in gaps if (found := _trail(gap)) and found[0]), None)
    return [Entry(titled.title, url, note, file_format(link.text)) for link, url in links]


def _segments(line: Line, numbers: list[int]) -> list[str]:
    """The unlinked text before, between and after the links of these numbers."""
    known = {number: index + 1 for index, number in enumerate(numbers)}
    hrefs = {link.number: link.href for link in line.links}
    segments = [""] * (len(numbers) + 1)
    at = 0
    for run in line.runs:
        if run.link in known:
            at = known[run.link]
        elif not (run.link and at and run.href == hrefs[numbers[at - 1]]):
            segments[at] += run.text
    return segments


def _trail(gap: str) -> tuple[str | None, str | None] | None:
    """Note and format that a text behind a link names; None where it says more than that."""
    note: str | None = None
    named: str | None = None
    rest = trim(gap)
    while rest:
        bracket = _BRACKET.match(rest)
        if bracket:
            found = note_alone(bracket[0])
            if found is None and rest[0] == "【" and not is_label(bracket[0][1:-1]):
                found = trim(bracket[0][1:-1])
            if found is not None and note is None:
                note = found
            elif is_label(bracket[0][1:-1]):
                named = file_format(bracket[0][1:-1]) or named
            else:
                return None
            rest = rest[bracket.end() :].lstrip()
            continue
        if is_label(rest):
            return note, file_format(rest) or named
        if _BETWEEN.fullmatch(rest):
            return note, named
        stripped = _BETWEEN.match(rest)
        if stripped is None or not stripped[0]:
            return (note_alone(rest), named) if note is None and note_alone(rest) else None
        rest = rest[stripped.end() :]
    return note, named
