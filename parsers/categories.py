"""Which lines head the categories of a programme page: by their numbers, their toggles, or their heading tags."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from parsers.furniture import TOGGLED
from parsers.lines import Line
from parsers.look import is_group_label, is_heading_form, is_prose, title_like

_MAX_CATEGORY: Final = 60  # characters
_NUMBERED: Final = re.compile(r"\s*(?:第\s*)?(?P<number>\d{1,2})(?:\s*[.、,)]|\s)\s*(?!\d)")
_CIRCLED: Final = re.compile(r"\s*[①-⑳]\s*")
_PRINTED: Final = re.compile(
    r"[\s\u3000]*(?:第[\s\u3000]*)?(?:[0-9０-９]{1,2}(?:[\s\u3000]*[.．、,，)）]|[\s\u3000])|[①-⑳])[\s\u3000]*"
)
_GLUED_TOGGLE: Final = re.compile(r"[\s\u3000]*(?:開く|閉じる|[+＋▼▲])[\s\u3000]*$")
_PLACE: Final = ("first:", "gap", "in:")

_Look = tuple[int, frozenset[str]]


def find_categories(lines: Sequence[Line]) -> list[int]:
    """The places of the category headings, in order; empty where there are none.

    Lines of one look with content between them, most of them numbered; where numbers are missing, doubled or out of
    order, the lines that share the look of those that have one. Without any number: what opens and closes, or the
    outermost heading level that has headings below it.
    """
    looks: dict[_Look, list[int]] = {}
    for at, line in enumerate(lines):
        if _could_head(line):
            looks.setdefault(_look(line), []).append(at)
    return _numbered(lines, looks) or _toggled(lines, looks) or _outermost(lines)


def category_title(line: Line) -> str:
    """A category's printed heading without its number and a toggle glued to it."""
    return _GLUED_TOGGLE.sub("", _PRINTED.sub("", line.text, count=1) if number_of(line) is not None else line.text)


def number_of(line: Line) -> int | None:
    """The number before a line's words (「1. 」「２　」「第3」「④」), or None."""
    text = line.text
    if not text[:1].isdigit() and not text.startswith("第"):
        return None
    if _CIRCLED.match(text):
        return int(unicodedata.numeric(text.strip()[0]))
    found = _NUMBERED.match(unicodedata.normalize("NFKC", text))
    return int(found["number"]) if found else None


def stretches(places: Sequence[int], end: int) -> list[tuple[int, int]]:
    """Each place with the next one, the last with `end`."""
    return list(pairwise([*places, end]))


def _could_head(line: Line) -> bool:
    text = line.text
    if len(text) > _MAX_CATEGORY or is_prose(line) or is_heading_form(text) or is_group_label(text):
        return False
    return number_of(line) is not None or title_like(line)


def _look(line: Line) -> _Look:
    kept = [look for look in line.face if not look.startswith(_PLACE) and look not in ("link", TOGGLED)]
    return line.level, frozenset(kept)


def _numbered(lines: Sequence[Line], looks: dict[_Look, list[int]]) -> list[int]:
    best: list[int] = []
    best_rank: tuple[bool, bool, int] | None = None
    every = sorted(at for places in looks.values() for at in places if number_of(lines[at]) is not None)
    for (level, _), places in [*looks.items(), ((0, frozenset[str]()), every)]:
        chosen = _mostly_numbered(lines, places)
        if not chosen:
            continue
        toggles = sum(1 for at in chosen if _is_toggled(lines[at])) * 2 > len(chosen)
        rank = (toggles, level > 0, len(chosen))
        if best_rank is None or rank > best_rank:
            best, best_rank = chosen, rank
    return best


def _mostly_numbered(lines: Sequence[Line], places: list[int]) -> list[int]:
    """The lines of one look if at least half are numbered, else those whose numbers run 1, 2, 3 …"""
    numbers = [(at, number) for at in places if (number := number_of(lines[at])) is not None]
    if not numbers:
        return []
    distinct = len({number for _, number in numbers})
    first, last = numbers[0][0], numbers[-1][0]
    # What stands before or behind all numbered ones is another heading, unless it opens something as they do.
    places = [at for at in places if first <= at <= last or TOGGLED in lines[at].looks]
    whole = len(numbers) * 2 >= len(places) and distinct * 3 >= len(numbers) * 2
    if whole and len(places) > 1 and _apart(places, len(lines)):
        return places
    running = [at for at, _ in numbers]
    ordered = [number for _, number in numbers] == list(range(1, len(numbers) + 1))
    return running if ordered and _apart(running, len(lines)) else []


def _toggled(lines: Sequence[Line], looks: dict[_Look, list[int]]) -> list[int]:
    """The first look of which at least half the lines open something."""
    groups = [
        places
        for places in looks.values()
        if len(places) > 1
        and sum(1 for at in places if _is_toggled(lines[at])) * 2 >= len(places)
        and _apart(places, len(lines))
    ]
    return min(groups, key=lambda places: places[0], default=[])


def _outermost(lines: Sequence[Line]) -> list[int]:
    """The headings of the outermost level of which two or more have deeper headings below them."""
    headings = [at for at, line in enumerate(lines) if line.level and not is_heading_form(line.text)]
    for level in range(1, 6):
        own = [at for at in headings if lines[at].level == level]
        holding = [
            at for at, following in pairwise(headings) if lines[at].level == level and lines[following].level > level
        ]
        if len(holding) > 1:
            return [at for at in own if at >= holding[0]]
    return []


def _apart(places: Sequence[int], end: int) -> bool:
    return all(after - at > 1 for at, after in stretches(places, end))


def _is_toggled(line: Line) -> bool:
    return TOGGLED in line.looks or _GLUED_TOGGLE.search(line.text) is not None
