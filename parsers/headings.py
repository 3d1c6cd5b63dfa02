"""Headings of every fashion: tags, brackets, 「■」「(1)」「1 」 lines, captions, header cells, terms."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from parsers.entries import file_links
from parsers.labels import strip_labels
from parsers.lines import Line
from parsers.look import heading_title, is_group_label, is_heading_form, is_prose, title_like
from parsers.notes import note_alone

_MAX_TAGGED: Final = 120
_MAX_UNTAGGED: Final = 40
# Ranks below all heading tags (1 to 6), in the order in which ministries nest such lines.
_MARKS: Final = (
    (12, re.compile(r"第\s*\d{1,2}\s*(?:章|節|部)?[\s　.．、:：]")),
    (14, re.compile(r"[■◆□◇▼]")),
    (16, re.compile(r"\d{1,2}\s*(?:[.．、)）]|[\s　])\s*\D")),
    (18, re.compile(r"[(（]\s*\d{1,2}\s*[)）]")),
)
_BRACKETED: Final = 13
_CAPTION: Final = 20
_CELL: Final = 22
_TERM: Final = 24
_GROUP: Final = 26
_PLAIN: Final = frozenset({"<p>", "<div>", "<td>", "<li>", "<dd>", "<center>", "<section>"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its rank (1 to 6 for tags, more for what ranks below them), its title, the line as printed.

    `container` numbers the table or list with which it ends, 0 where only another heading ends it.
    """

    rank: int
    title: str
    printed: str
    container: int = 0


def heading_at(
    lines: Sequence[Line], at: int, base: str, looks: frozenset[frozenset[str]] | None = None
) -> Heading | None:
    """The heading that a line is, or None.

    A line that is wholly a link is none, whatever its tag: its address must be watched. `looks` are the looks of
    lines set apart that the page repeats; None takes any line set apart from the sentence below it.
    """
    line = lines[at]
    if file_links(line, base) and (not line.level or not line.unlinked):
        return None
    rank = _rank(lines, at, looks)
    if not rank:
        return None
    container = line.cell.table if line.cell and rank == _CELL else line.siblings if rank in (_CAPTION, _TERM) else 0
    return Heading(rank, _title(line), line.text, container)


def repeated_looks(lines: Sequence[Line]) -> frozenset[frozenset[str]]:
    """The looks by which two or more lines stand apart from the sentences below them."""
    counts = Counter(look for line, following in pairwise(lines) if (look := _look_apart(line, following)))
    return frozenset(look for look, count in counts.items() if count > 1)


def _title(line: Line) -> str:
    """A heading's title; the numbers by which people cite it stay."""
    return heading_title(strip_labels(line.text)[0])


def _rank(lines: Sequence[Line], at: int, looks: frozenset[frozenset[str]] | None) -> int:
    line = lines[at]
    if line.level:
        return line.level if len(line.text) <= _MAX_TAGGED else 0
    if is_heading_form(line.text):
        return _BRACKETED
    if is_group_label(line.text):
        return _GROUP
    if note_alone(line.text) is not None or len(line.text) > _MAX_UNTAGGED or is_prose(line):
        return 0
    marked = _mark(line)
    if marked and not _listed(lines, at, marked):
        return marked
    following = lines[at + 1] if at + 1 < len(lines) else None
    look = _look_apart(line, following) if following else None
    apart = bool(look) and (looks is None or look in looks)
    return _rank_by_tag(line) or (_BRACKETED if apart else 0)


def _rank_by_tag(line: Line) -> int:
    """The rank that a caption, a row's header cell or a term has by its tag."""
    if "in:caption" in line.looks:
        return _CAPTION
    if line.cell is not None and line.cell.header and not (line.cell.header_row and line.cell.columns > 1):
        return _CELL
    return _TERM if "in:dt" in line.looks else 0


def _mark(line: Line) -> int:
    text = unicodedata.normalize("NFKC", line.text)
    return next((rank for rank, pattern in _MARKS if pattern.match(text)), 0)


def _listed(lines: Sequence[Line], at: int, rank: int) -> bool:
    """Whether lines of one mark follow each other: a list, no headings."""
    near = [lines[place] for place in (at - 1, at + 1) if 0 <= place < len(lines)]
    return any(_mark(line) == rank and not line.level for line in near)


def _look_apart(line: Line, following: Line) -> frozenset[str] | None:
    """What sets a short line apart from the sentence below it, or None."""
    if line.links or not is_prose(following) or len(line.text) > _MAX_UNTAGGED or not title_like(line):
        return None
    look = {feature for feature in line.face - following.face - _PLAIN if not feature.startswith(("first:", "gap"))}
    return frozenset(look) or None
