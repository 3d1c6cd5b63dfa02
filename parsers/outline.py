"""Any other page: headings of every fashion give the path, links become documents, the rest is text."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from parsers.headings import Heading, heading_at, repeated_looks
from parsers.lines import Line
from parsers.look import heading_title
from parsers.notes import note_alone, read_note, split_title
from parsers.periods import own_date, periods_in
from parsers.readings import Reading
from parsers.records import ReadWarning, Record, Text
from parsers.sections import Section, is_closed
from parsers.text import fold

NAME: Final = "outline"
VERSION: Final = 1
FLOORS: Final[dict[str, int]] = {"text": 1}

_DATE_LINES: Final = 12  # the first lines of a press release, among which its date stands


def read(lines: Sequence[Line], titles: Sequence[str], base: str) -> Reading:
    """The documents and texts of a page, from its lines without furniture."""
    title = page_name(lines, titles)
    reading = Reading(title)
    read_region(lines, title, base, reading)
    return reading


def page_name(lines: Sequence[Line], titles: Sequence[str]) -> str:
    """The page's own title as its content prints it, else as `<title>` names it.

    The outermost heading that says what `<title>` says or more; else a line that `<title>` repeats, a heading
    before others, the longest.
    """
    named = [folded for title in titles if (folded := fold(title))]
    for line in lines:
        if line.level == 1 and any(title in fold(line.text) for title in named):
            return heading_title(line.text)
    printed = {fold(line.text): line for line in reversed(lines)}
    both = [printed[title] for title in named if title in printed]
    if both:
        return max(both, key=lambda line: (line.level > 0, len(line.text))).text
    first = next((line for line in lines if line.level), None)
    if first is not None and first.level == 1:
        return heading_title(first.text)
    return titles[0] if titles else heading_title(first.text) if first else ""


def read_region(
    lines: Sequence[Line], title: str, base: str, reading: Reading, *, within: str | None = None, apart: bool = False
) -> None:
    """The lines as one text per heading, the page's own title first in every path, and the documents in them.

    `within` is the title of a category under which all of it stands; it has its record already. `apart` takes
    a short line that stands apart by its look from the sentence below it for a heading, even if only one does.
    """
    outline = _Outline(title, within, base, own_date([line.text for line in lines[:_DATE_LINES]]))
    looks = None if apart else repeated_looks(lines)
    for at, line in enumerate(lines):
        outline.leave_containers(line)
        if within is None and fold(line.text) == fold(title):
            outline.at_title()
        elif heading := heading_at(lines, at, base, looks):
            outline.open(heading)
        else:
            outline.add(line)
    outline.close()
    reading.records.extend(outline.records())
    reading.warnings.extend(outline.warnings)


@dataclass(slots=True)
class _Node:
    """A heading and what stands under it; `container` is the table or list with which it ends (0: none)."""

    path: tuple[str, ...]
    rank: int = 0
    printed: str = ""
    container: int = 0
    text: list[str] = field(default_factory=list)
    shown: bool = False


class _Outline:
    """Lines put under their headings, in page order."""

    def __init__(self, title: str, within: str | None, base: str, day: str | None) -> None:
        self.warnings: list[ReadWarning] = []
        self._base = base
        self._day = day
        self._root = _Node((title, within) if within else (title,))
        self._stack = [self._root]
        self._items: list[_Node | Record] = []
        self._pending: list[Line] = []

    def leave_containers(self, line: Line) -> None:
        """Ends the headings of a table or list that the line stands outside of."""
        while self._stack[-1].container and self._stack[-1].container not in line.ancestors:
            self._flush()
            self._stack.pop()

    def at_title(self) -> None:
        """The page's own title, printed once or more: what follows stands under no other heading."""
        self._flush()
        self._stack = [self._root]
        self._show(self._root)

    def open(self, heading: Heading) -> None:
        self._flush()
        while len(self._stack) > 1 and self._stack[-1].rank >= heading.rank:
            self._stack.pop()
        node = _Node((*self._stack[-1].path, heading.title), heading.rank, heading.printed, heading.container)
        self._stack.append(node)
        self._show(node)

    def add(self, line: Line) -> None:
        self._pending.append(line)

    def close(self) -> None:
        self._flush()

    def records(self) -> list[Record]:
        return [self._text(item) if isinstance(item, _Node) else item for item in self._items]

    def _show(self, node: _Node) -> None:
        if not node.shown:
            node.shown = True
            self._items.append(node)

    def _flush(self) -> None:
        if not self._pending:
            return
        node = self._stack[-1]
        section = Section(self._base, node.path[1:], None)
        section.read(self._pending)
        self._pending = []
        if section.text or node is not self._root:
            self._show(node)
        node.text.extend(section.text)
        self._items.extend(section.records)
        self.warnings.extend(section.warnings)

    def _text(self, node: _Node) -> Text:
        prose = "\n".join(node.text)
        heading = node.path[-1] if len(node.path) > 1 else ""
        text = Text(
            key="",
            path=node.path,
            title=node.path[-1],
            text=prose,
            periods=periods_in(node.text, heading=heading, own_date=self._day),
            closed=is_closed(f"{node.path[-1]}\n{prose}"),
        )
        note = split_title(node.printed).note
        if note is None or note_alone(f"【{note}】") is None:
            return text
        reading = read_note(note)
        return replace(text, note=note, date=reading.date, date_kind=reading.date_kind)
