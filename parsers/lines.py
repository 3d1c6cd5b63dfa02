"""A page's content as the lines a reader sees, each with its links and its look."""

from dataclasses import dataclass, field
from functools import cached_property

from parsers.text import squeeze, trim


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line in one look; `link` numbers the link it lies in (0: none), `href` is that link's."""

    text: str
    looks: frozenset[str] = frozenset()
    link: int = 0
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands; `header` for `th`, `columns` the cells in its row, `rows` the rows it spans."""

    table: int
    row: int
    column: int
    columns: int
    header: bool
    header_row: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a line: its words as printed, the stretches they consist of, its address as written."""

    number: int
    text: str
    href: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One visible line.

    `level` is its heading's level (1 to 6; 0: none). `looks` are the features of its block: tag, classes,
    whether it is the first line there. `item` numbers the innermost list item or cell it stands in and
    `siblings` the list or table that holds it; `ancestors` numbers all blocks around it, outermost first.
    """

    runs: tuple[Run, ...]
    level: int = 0
    looks: frozenset[str] = frozenset()
    cell: Cell | None = None
    item: int = 0
    siblings: int = 0
    ancestors: tuple[int, ...] = field(default=(), compare=False)

    @cached_property
    def text(self) -> str:
        """The line as printed, white space of HTML collapsed."""
        return trim("".join(run.text for run in self.runs))

    @cached_property
    def prose(self) -> str:
        """The line as prose: all white space normalised."""
        return squeeze("".join(run.text for run in self.runs))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links in order; neighbouring ones to one address are one, as invalid nesting splits them."""
        found: list[Link] = []
        previous: Run | None = None
        for run in self.runs:
            if run.link and run.href is not None:
                touching = previous is not None and previous.href == run.href
                if found and (found[-1].number == run.link or (touching and found[-1].href == run.href)):
                    last = found[-1]
                    found[-1] = Link(last.number, last.text + run.text, run.href, (*last.parts, run.text))
                else:
                    found.append(Link(run.link, run.text, run.href, (run.text,)))
            if run.text.strip():
                previous = run
        return tuple(
            Link(link.number, trim(link.text), link.href, tuple(part for part in link.parts if part.strip()))
            for link in found
            if link.text.strip()
        )

    @cached_property
    def unlinked(self) -> str:
        """The line's text outside its links, links leaving a space."""
        return trim("".join(" " if run.link else run.text for run in self.runs))

    @cached_property
    def face(self) -> frozenset[str]:
        """The look of the whole line: its block's features and those all its visible runs share."""
        visible = [run.looks for run in self.runs if run.text.strip()]
        return self.looks.union(frozenset.intersection(*visible) if visible else frozenset())

    def with_runs(self, runs: tuple[Run, ...]) -> "Line":
        return Line(runs, self.level, self.looks, self.cell, self.item, self.siblings, self.ancestors)
