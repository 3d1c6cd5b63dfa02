"""Which lines are titles: told by heading tags, else by the look that the page itself repeats."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from parsers.brackets import HEADING_OPENERS, whole
from parsers.labels import is_label
from parsers.lines import Line
from parsers.notes import note_alone, split_title
from parsers.text import fold, trim

_MAX_TITLE: Final = 100
_PROSE_LENGTH: Final = 40
_MOST: Final = 0.6  # of the groups must show a look for it to be theirs
_MOST_BARE: Final = 0.4  # of the titles may have nothing below them
_PLACE: Final = ("first:", "gap")
_TITLE_TAGS: Final = frozenset({"<dt>", "<summary>", "<th>", "<caption>", "<legend>"})


def is_prose(line: Line) -> bool:
    """Whether a line reads as a sentence or a stretch of one."""
    text = line.text.rstrip()
    return text.endswith(("。", "、", "．", "。)", "。）", "！", "？")) or "。" in text


def is_heading_form(text: str) -> bool:
    """Whether a line is a heading by its brackets: wholly in 【】 or <>, no note."""
    return whole(text, HEADING_OPENERS) is not None and note_alone(text) is None


def heading_title(text: str) -> str:
    """A heading's title: its brackets, note and labels stripped."""
    inner = whole(text, HEADING_OPENERS | {"("})
    return trim(inner) if inner is not None else split_title(text).title


def is_group_label(text: str) -> bool:
    """Whether a line is a group label such as (全国5G): short, wholly in round brackets, no note, no sentence."""
    inner = whole(text, frozenset("("))
    return (
        inner is not None and len(inner) <= 24 and "。" not in inner and not is_label(text) and note_alone(text) is None
    )


def title_like(line: Line) -> bool:
    """Whether a line could name something: short, no sentence, no heading or note by its form."""
    text = line.text
    return (
        len(text) <= _MAX_TITLE
        and not is_prose(line)
        and not is_heading_form(text)
        and not is_group_label(text)
        and note_alone(text) is None
        and not re.match(r"[※＊*注]", text)
        and not (line.cell and line.cell.header_row and line.cell.columns > 1)
    )


def find_titles(groups: Sequence[Sequence[Line]]) -> list[list[int]]:
    """For each group of lines, the places of the titles that part it.

    Titles share a look: the level of their heading tag, or all that the first possible title of every
    group has in common. Where that look marks prose too, a title is what is followed by prose.
    """
    level = _common_level(groups)
    if level:
        return [[at for at, line in enumerate(group) if line.level == level and _named(line)] for group in groups]
    firsts = [first for group in groups if (first := next((line for line in group if title_like(line)), None))]
    if not firsts:
        return [[] for _ in groups]
    common = frozenset.intersection(*(line.face for line in firsts))
    look = frozenset(feature for feature in common if not feature.startswith(_PLACE))
    for candidate in (look, *(look | {place} for place in sorted(common - look))):
        found = [
            [at for at, line in enumerate(group) if candidate <= line.face and title_like(line)] for group in groups
        ]
        if _tells(candidate, groups, found, len(firsts)):
            return found
    linked = any(line.links for line in firsts)
    return [
        [
            at
            for at, line in enumerate(group)
            if look <= line.face
            and title_like(line)
            and (linked or not line.links)
            and not ("、" in line.text and _reads_as_prose(line))
            and at + 1 < len(group)
            and _reads_as_prose(group[at + 1])
        ]
        for group in groups
    ]


def _named(line: Line) -> bool:
    return not is_heading_form(line.text) and not is_group_label(line.text)


def _common_level(groups: Sequence[Sequence[Line]]) -> int:
    counts = Counter(
        level for group in groups for level in {line.level for line in group if line.level and _named(line)}
    )
    return min((level for level, count in counts.items() if count >= len(groups) * _MOST), default=0)


def _tells(look: frozenset[str], groups: Sequence[Sequence[Line]], found: list[list[int]], least: int) -> bool:
    """Whether a look is the titles' own: no prose has it, titles have content, and it says more than "first"."""
    if all(feature.startswith(("<", *_PLACE)) and feature not in _TITLE_TAGS for feature in look):
        return False
    titles = sum(map(len, found))
    prose = sum(1 for group in groups for line in group if look <= line.face and is_prose(line))
    if prose or titles < least:
        return False
    placed = any(feature.startswith(_PLACE) for feature in look)
    bare = sum(
        1
        for group, places in zip(groups, found, strict=True)
        for at in places
        if at + 1 in places or at + 1 == len(group) or note_alone(group[at + 1].text) is not None
    )
    if placed and (titles == least or bare):
        return False
    return bare <= titles * _MOST_BARE


def _reads_as_prose(line: Line) -> bool:
    return is_prose(line) or len(fold(line.unlinked)) >= _PROSE_LENGTH
