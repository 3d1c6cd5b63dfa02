"""A page's content as the lines a reader sees, each with its links and its look.

Hundreds of these are made for a page: tuples and slots, since frozen dataclasses and `cached_property` cost more
than the reading itself.
"""

from collections.abc import Callable
from typing import NamedTuple

from parsers.text import squeeze, trim


class Run(NamedTuple):
    """A stretch of one line in one look; `link` numbers the link it lies in (0: none), `href` is that link's."""

    text: str
    looks: frozenset[str] = frozenset()
    link: int = 0
    href: str | None = None


class Cell(NamedTuple):
    """Where a table cell stands; `header` for `th`, `columns` the cells in its row, `rows` the rows it spans."""

    table: int
    row: int
    column: int
    columns: int
    header: bool
    header_row: bool
    rows: int


class Link(NamedTuple):
    """A link of a line: its words as printed, the stretches they consist of, its address as written."""

    number: int
    text: str
    href: str
    parts: tuple[str, ...] = ()


class Line:
    """One visible line.

    `text` is the line as printed, HTML's white space collapsed. `level` is its heading's level (1 to 6; 0:
    none). `looks` are the features of its block: tag, classes, whether it is the first line there. `item`
    numbers the innermost list item or cell it stands in and `siblings` the list or table that holds it;
    `ancestors` numbers all blocks around it, outermost first.
    """

    __slots__ = ("_links", "_targets", "ancestors", "cell", "item", "level", "looks", "runs", "siblings", "text")

    def __init__(
        self,
        runs: tuple[Run, ...],
        level: int = 0,
        looks: frozenset[str] = frozenset(),
        cell: Cell | None = None,
        item: int = 0,
        siblings: int = 0,
        ancestors: tuple[int, ...] = (),
    ) -> None:
        self.runs = runs
        self.level = level
        self.looks = looks
        self.cell = cell
        self.item = item
        self.siblings = siblings
        self.ancestors = ancestors
        self.text = trim(runs[0].text if len(runs) == 1 else "".join([run.text for run in runs]))
        self._links: tuple[Link, ...] | None = None
        self._targets: tuple[str, list[tuple[Link, str]]] | None = None

    @property
    def prose(self) -> str:
        """The line as prose: all white space normalised."""
        return squeeze(self.text)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links in order; neighbouring ones to one address are one, as invalid nesting splits them."""
        if self._links is None:
            self._links = _links_of(self.runs)
        return self._links

    def targets(self, base: str, resolve: Callable[[str, str], str | None]) -> list[tuple[Link, str]]:
        """The links that `resolve(href, base)` gives an address for, with it."""
        if self._targets is None or self._targets[0] != base:
            found = [(link, url) for link in self.links if (url := resolve(link.href, base))]
            self._targets = (base, found)
        return self._targets[1]

    @property
    def unlinked(self) -> str:
        """The line's text outside its links, links leaving a space."""
        return trim("".join([" " if run.link else run.text for run in self.runs]))

    @property
    def face(self) -> frozenset[str]:
        """The look of the whole line: its block's features and those all its visible runs share."""
        visible = [run.looks for run in self.runs if not run.text.isspace()]
        return self.looks.union(frozenset.intersection(*visible) if visible else frozenset())

    def with_runs(self, runs: tuple[Run, ...]) -> "Line":
        return Line(runs, self.level, self.looks, self.cell, self.item, self.siblings, self.ancestors)


def _links_of(runs: tuple[Run, ...]) -> tuple[Link, ...]:
    found: list[Link] = []
    previous: Run | None = None
    for run in runs:
        if run.link and run.href is not None:
            touching = previous is not None and previous.href == run.href
            if found and (found[-1].number == run.link or (touching and found[-1].href == run.href)):
                last = found[-1]
                found[-1] = Link(last.number, last.text + run.text, run.href, (*last.parts, run.text))
            else:
                found.append(Link(run.link, run.text, run.href, (run.text,)))
        if not run.text.isspace():
            previous = run
    return tuple(
        [
            Link(link.number, trim(link.text), link.href, tuple([part for part in link.parts if part.strip()]))
            for link in found
            if link.text.strip()
        ]
    )
