"""Edits of pages written as lines, and the lines in which their changes are told."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from markup import Markup
from model import load, reprint
from written import Written, read, write

from parsers import parse
from parsers.records import Record
from storage.changes import Change

URL: Final = load().url
LINES: Final = write(load())
_LEVEL: Final = re.compile(r"(\*{1,3}|#) ")


@dataclass(frozen=True)
class Edit:
    """One edit: what the page is set up as, what its editors do, and what is told of it."""

    name: str
    told: tuple[str, ...] = ()
    setup: Sequence[Sequence[str]] = ()
    setup_cut: Sequence[str] = ()
    replace: Sequence[Sequence[str]] = ()
    cut: Sequence[str] = ()
    move: Sequence[Sequence[str]] = ()
    letters: Sequence[str] = ()
    independent: bool = False
    one_lead: bool = True

    @property
    def before(self) -> str:
        return _replaced(_without(LINES, self.setup_cut), self.setup)

    def of(self, lines: str) -> str:
        """The lines after the edit."""
        for block, place in self.move:
            lines = _moved(lines, block, place)
        return _replaced(_without(lines, self.cut), self.replace)

    def page(self, lines: str) -> Written:
        written = read(lines, URL)
        table = str.maketrans(*self.letters) if self.letters else {}
        return replace(written, model=reprint(written.model, table))


def edits(file: Path) -> dict[str, Edit]:
    """The edits of a table, by name."""
    return {edit["name"]: Edit(**_tuples(edit)) for edit in tomllib.loads(file.read_text("utf-8"))["edits"]}


def _tuples(edit: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in edit.items()}


def _replaced(lines: str, pairs: Iterable[Sequence[str]]) -> str:
    for old, new in pairs:
        assert old in lines, f"not on the page: {old}"
        lines = lines.replace(old, new)
    return lines


def _without(lines: str, blocks: Iterable[str]) -> str:
    for block in blocks:
        lines = lines.replace(_block(lines, block), "")
    return lines


def _moved(lines: str, block: str, place: str) -> str:
    """With a block before the line that begins with `place`."""
    found = _block(lines, block)
    lines = lines.replace(found, "")
    at = lines.index(f"\n{place}") + 1
    return lines[:at] + found + lines[at:]


def _block(lines: str, first: str) -> str:
    """The line that begins so, and all that stands below it."""
    start = lines.index(f"\n{first}") + 1
    level = len(first.partition(" ")[0])
    kept = []
    for number, line in enumerate(lines[start:].splitlines(keepends=True)):
        mark = _LEVEL.match(line)
        if number and mark and len(mark[1]) <= level:
            break
        kept.append(line)
    return "".join(kept)


@cache
def records(written: Written, markup: Markup) -> tuple[Record, ...]:
    """What the real parser reads of a page in a markup."""
    return parse(written.html(markup).encode(), url=URL).records


def told(changes: Iterable[Change]) -> list[str]:
    """Each change on one line: names, kind and key, fields, lines of prose, flags, cause."""
    lines = []
    for change in changes:
        line = f"{'+'.join(change.names)} {change.key}"
        line += f" ({' '.join(change.fields)})" if change.fields else ""
        if change.kind == "text" and change.before and change.after:
            line += f" {change.before['lines']} → {change.after['lines']}"
        line += "".join(f" !{flag}" for flag in change.flags)
        lines.append(line + (f" <- {change.cause}" if change.cause else ""))
    return lines
