"""Names that are gone and the new names under which at least half of what they held now stands."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

Gone = TypeVar("Gone")
Fresh = TypeVar("Fresh")

# What stands under more new names than this does not tell them apart; counting it would be quadratic.
_TELLING: Final = 16


class Held(NamedTuple):
    """Something that stands under a name: its folded title and its comparable address."""

    title: str
    address: str | None = None


def heirs(
    gone: Sequence[tuple[Gone, Sequence[Held]]],
    fresh: Sequence[tuple[Fresh, Sequence[Held]]],
) -> list[tuple[Gone, Fresh]]:
    """One-to-one pairs of a gone and a fresh name; both sequences in page order, which settles ties."""
    under: dict[str, list[int]] = defaultdict(list)
    for number, (_, items) in enumerate(fresh):
        for mark in _marks(items):
            under[mark].append(number)
    scored = []
    for first, (_, items) in enumerate(gone):
        possible = {
            number for mark in _marks(items) if len(under.get(mark, ())) <= _TELLING for number in under.get(mark, ())
        }
        # What holds less than half as much cannot hold half of it, and there may be many such.
        for second in (number for number in possible if 2 * len(fresh[number][1]) >= len(items)):
            shared = _shared(items, fresh[second][1])
            if shared and 2 * shared >= len(items):
                scored.append((-shared, first, second))
    taken_gone: set[int] = set()
    taken_fresh: set[int] = set()
    pairs = []
    for _, first, second in sorted(scored):
        if first not in taken_gone and second not in taken_fresh:
            taken_gone.add(first)
            taken_fresh.add(second)
            pairs.append((gone[first][0], fresh[second][0]))
    return pairs


class Found:
    """What stands in one place, to be asked what of others stands there too."""

    def __init__(self, items: Sequence[Held]) -> None:
        self._marks = _marks(items)

    def share(self, items: Sequence[Held]) -> float:
        """The share (0 to 1) of `items` that stands here, 0 of none."""
        here = [item for item in items if not self._marks.isdisjoint(_marks([item]))]
        return len(here) / len(items) if items else 0.0


def _marks(items: Sequence[Held]) -> set[str]:
    marks = {f"title {item.title}" for item in items}
    return marks | {f"address {item.address}" for item in items if item.address}


def _shared(items: Sequence[Held], others: Sequence[Held]) -> int:
    """How many of `items` have a counterpart of their own among `others`, by address or else by title."""
    addresses = Counter(other.address for other in others if other.address)
    titles = Counter(other.title for other in others)
    shared = 0
    for item in items:
        if item.address and addresses[item.address]:
            addresses[item.address] -= 1
            shared += 1
        elif titles[item.title]:
            titles[item.title] -= 1
            shared += 1
    return min(shared, len(others))
