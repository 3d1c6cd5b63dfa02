"""The date of a news row: printed once, before the links it dates."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.entries import file_links
from parsers.lines import Line
from parsers.notes import note_alone


@dataclass(slots=True)
class NewsDay:
    """A date and the block (list item, list, table) for whose entries it stands; `rows` ends it within a table."""

    note: str
    scope: int
    rows: int | None = None
    used: bool = False

    def holds(self, line: Line) -> bool:
        """Whether the date is still that of what the line says."""
        if self.scope not in line.ancestors:
            return False
        return self.rows is None or (line.cell is not None and line.cell.row < self.rows)


def news_day(line: Line, following: Line, base: str) -> NewsDay | None:
    """The date that a line is for the links that follow: the first line of their item, or the `dt` of their `dd`s."""
    note = note_alone(line.text)
    if line.links or note is None or not file_links(following, base):
        return None
    if "<dt>" in line.looks or "in:dt" in line.looks:
        return NewsDay(note, line.siblings) if line.siblings in following.ancestors else None
    within = line.item == following.item != 0 and any(look in line.looks for look in ("first:li", "first:dd"))
    return NewsDay(note, line.item) if within else None


def row_day(cells: Sequence[Line]) -> NewsDay | None:
    """The date that spans this row of a table and the next ones."""
    for line in cells:
        cell = line.cell
        if cell is not None and cell.rows > 1 and (note := note_alone(line.text)):
            return NewsDay(note, cell.table, cell.row + cell.rows, used=True)
    return None
