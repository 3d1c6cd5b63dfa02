"""Sub-headings of two versions: which of the old ones stands under another name in the new.

A list that gets its first heading, loses its only one or comes under one more has not moved either.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from parsers.text import fold
from storage.addresses import address
from storage.heirs import Found, Held, heirs
from storage.places import PAGE, Layout
from storage.prose import printed_lines

_Path = tuple[str, ...]
_HALF: Final = 0.5


@dataclass(slots=True)
class _Outline:
    """The headings below one owner; a heading's `records` and `prose` include those of headings below it.

    `own` are the records that stand directly under a heading.
    """

    names: dict[_Path, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    records: dict[_Path, list[Held]] = field(default_factory=lambda: defaultdict(list))
    prose: dict[_Path, list[str]] = field(default_factory=lambda: defaultdict(list))
    own: dict[_Path, list[Held]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Headings:
    """The old headings' counterparts: old owner's index → old headings below it → the new ones.

    `headed`: the same for what stood directly under them and is now under a heading of its own.
    """

    known: Mapping[int, Mapping[_Path, _Path]]
    headed: Mapping[int, Mapping[_Path, _Path]]

    def translated(self, owner: int, below: _Path, *, prose: bool = False) -> _Path:
        """`below` as the new page names it, as far as it still stands there; `prose` stays under its heading."""
        if not prose and below in self.headed.get(owner, {}):
            return self.headed[owner][below]
        counterparts = self.known.get(owner)
        if not counterparts:
            return below
        for depth in range(len(below), 0, -1):
            if below[:depth] in counterparts:
                return counterparts[below[:depth]] + below[depth:]
        return below


def match_headings(before: Layout, after: Layout, owners: Mapping[int, int]) -> Headings:
    """Match, level by level, the headings of each of `owners` (old index → new index) and of the page."""
    old_outlines, new_outlines = _outlines(before), _outlines(after)
    known, headed = {}, {}
    for old_owner, new_owner in [(PAGE, PAGE), *owners.items()]:
        if old_owner in old_outlines and new_owner in new_outlines:
            pairing = _Pairing(old_outlines[old_owner], new_outlines[new_owner])
            pairing.run()
            known[old_owner], headed[old_owner] = pairing.known, pairing.headed
    return Headings(known, headed)


def _outlines(layout: Layout) -> Mapping[int, _Outline]:
    outlines: dict[int, _Outline] = defaultdict(_Outline)
    for record, place in zip(layout.records, layout.places, strict=True):
        outline = outlines[place.owner]
        paths = [place.below[: depth + 1] for depth in range(len(place.below))]
        for path in paths:
            outline.names[path[:-1]][path[-1]] = None
        if record.kind == "text":
            for path in paths:
                outline.prose[path].append(record.text)
            continue
        item = Held(fold(record.title), address(record.url))
        for path in paths:
            outline.records[path].append(item)
        if record.kind in ("plan", "document"):
            outline.own[place.below].append(item)
    return outlines


class _Pairing:
    """The headings below one owner, paired level by level."""

    def __init__(self, old: _Outline, new: _Outline) -> None:
        self.old = old
        self.new = new
        self.known: dict[_Path, _Path] = {}
        self.headed: dict[_Path, _Path] = {}
        self.waiting: list[tuple[_Path, _Path]] = [((), ())]
        self.found: dict[_Path, Found] = {}

    def run(self) -> None:
        while self.waiting:
            self._level(*self.waiting.pop())

    def _level(self, old_path: _Path, new_path: _Path) -> None:
        old_names, new_names = self.old.names.get(old_path, {}), self.new.names.get(new_path, {})
        for name in old_names:
            if name in new_names:
                self._pair((*old_path, name), (*new_path, name))
        gone = [(*old_path, name) for name in old_names if name not in new_names]
        fresh = [(*new_path, name) for name in new_names if name not in old_names]
        gone = self._put_under(gone, fresh)
        candidates = [(path, _held(self.old, path, all_of_it=False)) for path in gone]
        if own := self._without_heading(old_path, new_path):
            candidates.append((old_path, own))
        if candidates and fresh:
            for first, second in heirs(candidates, [(path, _held(self.new, path, all_of_it=True)) for path in fresh]):
                if first == old_path:
                    self.headed[old_path] = second
                else:
                    self._pair(first, second)
        left = [path for path in gone if path not in self.known]
        for path in left:
            if self._stands_in(new_path).share(self.old.own.get(path, [])) >= _HALF:
                self._pair(path, new_path)

    def _pair(self, old_path: _Path, new_path: _Path) -> None:
        self.known[old_path] = new_path
        self.waiting.append((old_path, new_path))

    def _put_under(self, gone: list[_Path], fresh: list[_Path]) -> list[_Path]:
        """Pair the headings that stand, with what they held, one level below a new one; the others are given back."""
        lower: dict[str, list[_Path]] = defaultdict(list)
        for above in fresh:
            for name in self.new.names.get(above, {}):
                lower[name].append((*above, name))
        for path in gone:
            below = [(path, _held(self.new, path, all_of_it=True)) for path in lower.get(path[-1], ())]
            for found in heirs([(path, _held(self.old, path, all_of_it=False))], below):
                self._pair(*found)
        return [path for path in gone if path not in self.known]

    def _without_heading(self, old_path: _Path, new_path: _Path) -> list[Held]:
        """What stood directly under a heading of which nothing is left directly under it."""
        own = self.old.own.get(old_path, [])
        return own if own and not self._stands_in(new_path).share(own) else []

    def _stands_in(self, new_path: _Path) -> Found:
        if new_path not in self.found:
            self.found[new_path] = Found(self.new.own.get(new_path, []))
        return self.found[new_path]


def _held(outline: _Outline, path: _Path, *, all_of_it: bool) -> list[Held]:
    """Prose tells a heading only where nothing else stands under it."""
    records = outline.records.get(path, [])
    if records and not all_of_it:
        return records
    lines = (fold(line) for text in outline.prose.get(path, ()) for line in printed_lines(text))
    return records + [Held(line) for line in lines if line]
