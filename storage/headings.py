"""Sub-headings of two versions: which of the old ones stands under another name in the new."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.text import fold
from storage.addresses import address
from storage.heirs import Held, heirs
from storage.places import PAGE, Layout
from storage.prose import printed_lines

_Path = tuple[str, ...]


@dataclass(slots=True)
class _Outline:
    """The headings below one owner; a heading's `records` and `prose` include those of headings below it."""

    names: dict[_Path, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    records: dict[_Path, list[Held]] = field(default_factory=lambda: defaultdict(list))
    prose: dict[_Path, list[Held]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Headings:
    """The old headings' counterparts: old owner's index → old headings below it → the new ones."""

    known: Mapping[int, Mapping[_Path, _Path]]

    def translated(self, owner: int, below: _Path) -> _Path:
        """`below` as the new page names it, as far as it still stands there."""
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
    known = {}
    for old_owner, new_owner in [(PAGE, PAGE), *owners.items()]:
        if old_owner in old_outlines and new_owner in new_outlines:
            known[old_owner] = _counterparts(old_outlines[old_owner], new_outlines[new_owner])
    return Headings(known)


def _outlines(layout: Layout) -> Mapping[int, _Outline]:
    outlines: dict[int, _Outline] = defaultdict(_Outline)
    for record, place in zip(layout.records, layout.places, strict=True):
        if not place.below:
            continue
        outline = outlines[place.owner]
        if record.kind == "text":
            items = [Held(line) for line in map(fold, printed_lines(record.text)) if line]
            shelf = outline.prose
        else:
            items = [Held(fold(record.title), address(record.url))]
            shelf = outline.records
        for depth, name in enumerate(place.below):
            outline.names[place.below[:depth]][name] = None
            shelf[place.below[: depth + 1]].extend(items)
    return outlines


def _counterparts(old: _Outline, new: _Outline) -> Mapping[_Path, _Path]:
    known: dict[_Path, _Path] = {}
    waiting: list[tuple[_Path, _Path]] = [((), ())]
    while waiting:
        old_path, new_path = waiting.pop()
        old_names, new_names = old.names.get(old_path, {}), new.names.get(new_path, {})
        pairs = [(name, name) for name in old_names if name in new_names]
        gone = [name for name in old_names if name not in new_names]
        fresh = [name for name in new_names if name not in old_names]
        if gone and fresh:
            pairs += heirs(
                # Prose tells a heading only where nothing else stands under it.
                [(name, _held(old, (*old_path, name), all_of_it=False)) for name in gone],
                [(name, _held(new, (*new_path, name), all_of_it=True)) for name in fresh],
            )
        for old_name, new_name in pairs:
            known[(*old_path, old_name)] = (*new_path, new_name)
            waiting.append(((*old_path, old_name), (*new_path, new_name)))
    return known


def _held(outline: _Outline, path: _Path, *, all_of_it: bool) -> list[Held]:
    records, prose = outline.records.get(path, []), outline.prose.get(path, [])
    return records + prose if all_of_it else records or prose
