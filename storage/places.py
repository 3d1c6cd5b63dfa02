"""One version of a page laid out: its records in page order, and where each of them stands."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from parsers.records import KINDS, Kind, Record
from parsers.text import fold

PAGE: Final = -1
_RANK: Final = {kind: rank for rank, kind in enumerate(KINDS)}
_Containers = Mapping[tuple[str, ...], list[int]]


class Place(NamedTuple):
    """Where a record stands: its owner's index in page order, and the folded headings below that owner.

    The owner is the nearest programme or category above, PAGE where there is none. A plan stands in a type
    and network too.
    """

    owner: int
    below: tuple[str, ...] = ()
    plan_type: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """`records` in page order, the place of each, and the indexes of each kind and of each owner's.

    `title` is the page's own title as its texts name it, "" where there are none.
    """

    records: tuple[Record, ...]
    places: tuple[Place, ...]
    kinds: Mapping[Kind, list[int]]
    children: Mapping[int, list[int]]
    title: str


def lay_out(records: Iterable[Record]) -> Layout:
    """The layout of one page's records, whatever order they are given in."""
    ordered = sorted(records, key=lambda record: (record.position, _RANK[record.kind], record.key))
    kinds: dict[Kind, list[int]] = {kind: [] for kind in KINDS}
    for index, record in enumerate(ordered):
        kinds[record.kind].append(index)
    categories = _containers(ordered, kinds["category"])
    programmes = _containers(ordered, kinds["programme"])
    title = _title([ordered[index] for index in kinds["text"]])
    places = []
    children = defaultdict(list)
    for index, record in enumerate(ordered):
        owners = {"category": (), "programme": (categories,)}.get(record.kind, (programmes, categories))
        place = _place(index, record, titled=bool(title), owners=owners)
        places.append(place)
        children[place.owner].append(index)
    return Layout(tuple(ordered), tuple(places), kinds, dict(children), title)


def _title(texts: list[Record]) -> str:
    """The heading that every text stands under."""
    firsts = {fold(text.path[0]) if text.path else "" for text in texts}
    return texts[0].path[0] if len(firsts) == 1 and firsts != {""} else ""


def _containers(ordered: list[Record], indexes: list[int]) -> _Containers:
    found = defaultdict(list)
    for index in indexes:
        found[(*_folded(ordered[index].path), fold(ordered[index].title))].append(index)
    return found


def _place(index: int, record: Record, *, titled: bool, owners: Iterable[_Containers]) -> Place:
    # Only texts name the page's title before the other headings.
    path = _folded(record.path[1:] if titled and record.kind == "text" else record.path)
    owner, depth = PAGE, 0
    for containers in owners:
        owner, depth = _nearest(index, path, containers)
        if owner != PAGE:
            break
    plan_type, network = getattr(record, "plan_type", None), getattr(record, "network", None)
    return Place(owner, path[depth:], fold(plan_type or ""), fold(network or ""))


def _nearest(index: int, path: tuple[str, ...], containers: _Containers) -> tuple[int, int]:
    """The container that `path` leads into, of equals the last above, and how many headings lead there."""
    for depth in range(len(path), 0, -1):
        if found := containers.get(path[:depth]):
            return found[max(bisect_left(found, index) - 1, 0)], depth
    return PAGE, 0


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, path))
