"""Which record of the old version is which of the new one.

Top-down, so that what happens to a parent is no change of its children: categories, programmes,
sub-headings, then what stands under them. An old record is sought where it would stand had only its
parents changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parsers.records import Kind, Plan, Record
from parsers.text import fold
from storage.addresses import address
from storage.alike import may_be_one, statute
from storage.headings import Headings, match_headings
from storage.heirs import Held, heirs
from storage.passes import Mark, Marks, Pairs, pair_by_address, pair_by_key, pair_by_title
from storage.places import PAGE, Layout, Place, lay_out

_NOWHERE = -2


@dataclass(frozen=True, slots=True)
class Matching:
    """Two versions laid out, and the counterparts of their records as indexes of the layouts.

    `expected[i]` is where old record i stands in the new version's terms if it has not moved itself. An
    owner that is gone is a negative number other than PAGE.
    """

    before: Layout
    after: Layout
    to_new: Mapping[int, int]
    to_old: Mapping[int, int]
    expected: tuple[Place, ...]

    @property
    def kinds_added(self) -> frozenset[Kind]:
        """The kinds of which there is a new record without counterpart."""
        records = enumerate(self.after.records)
        return frozenset(record.kind for index, record in records if index not in self.to_old)


def correspond(old: Iterable[Record], new: Iterable[Record]) -> Matching:
    """Match the records of two versions of a page, one-to-one within each kind, whatever their order."""
    before, after = lay_out(old), lay_out(new)
    pairs = Pairs()
    _match_containers(before, after, pairs, "category")
    _match_containers(before, after, pairs, "programme")
    headings = match_headings(before, after, pairs.to_new)
    expected = _expected(before, after, pairs.to_new, headings)
    _match_plans(before, after, pairs, expected)
    _match_documents(before, after, pairs, expected)
    _match_across(before, after, pairs, expected)
    _match_texts(before, after, pairs, expected)
    return Matching(before, after, pairs.to_new, pairs.to_old, expected)


def cause_of(layout: Layout, counterparts: Mapping[int, int], index: int, keys: Sequence[str]) -> str | None:
    """The key of the topmost programme or category above that came or went together with the record."""
    cause = None
    owner = layout.places[index].owner
    while owner != PAGE and owner not in counterparts:
        cause = keys[owner]
        owner = layout.places[owner].owner
    return cause


def _match_containers(before: Layout, after: Layout, pairs: Pairs, kind: Kind) -> None:
    def marks(layout: Layout, owners: Sequence[int]) -> Marks:
        return {
            index: _mark(layout.records[index], fold(layout.records[index].title), owners[index], owners[index])
            for index in layout.kinds[kind]
        }

    old = marks(before, [_new_owner(place.owner, pairs.to_new) for place in before.places])
    new = marks(after, [place.owner for place in after.places])
    pair_by_key(pairs, old, new)
    pair_by_address(pairs, old, new, alike=True)
    pair_by_title(pairs, old, new)
    gone = [(index, _held(before, index)) for index in pairs.free_old(old)]
    fresh = [(index, _held(after, index)) for index in pairs.free_new(new)]
    for first, second in heirs(gone, fresh) if gone and fresh else ():
        pairs.join(first, second)


def _held(layout: Layout, owner: int) -> list[Held]:
    return [
        Held(fold(record.title), address(record.url))
        for record in (layout.records[index] for index in layout.children.get(owner, ()))
        if record.kind != "text"
    ]


def _expected(before: Layout, after: Layout, owners: Mapping[int, int], headings: Headings) -> tuple[Place, ...]:
    lists = defaultdict(set)
    for index in after.kinds["plan"]:
        place = after.places[index]
        lists[place.owner, place.below].add((place.plan_type, place.network))
    expected = []
    for record, place in zip(before.records, before.places, strict=True):
        owner = _new_owner(place.owner, owners)
        below = headings.translated(place.owner, place.below, prose=record.kind == "text")
        plan_type, network = place.plan_type, place.network
        if record.kind == "plan" and below != place.below:
            # The heading's new wording may read as another type or network; that alone moves nobody.
            named = lists[owner, below]
            plan_type, network = next(iter(named)) if len(named) == 1 else (plan_type, network)
        expected.append(Place(owner, below, plan_type, network))
    return tuple(expected)


def _new_owner(owner: int, owners: Mapping[int, int]) -> int:
    return PAGE if owner == PAGE else owners.get(owner, _NOWHERE - owner)


def _match_plans(before: Layout, after: Layout, pairs: Pairs, expected: Sequence[Place]) -> None:
    def marks(layout: Layout, places: Sequence[Place]) -> Marks:
        return {
            index: _mark(
                layout.records[index],
                (places[index].plan_type, places[index].network, _companies(layout.records[index])),
                places[index].owner,
                places[index],
            )
            for index in layout.kinds["plan"]
        }

    old, new = marks(before, expected), marks(after, after.places)
    pair_by_key(pairs, old, new)
    pair_by_address(pairs, old, new, alike=False)


def _match_documents(before: Layout, after: Layout, pairs: Pairs, expected: Sequence[Place]) -> None:
    def marks(layout: Layout, places: Sequence[Place]) -> Marks:
        return {
            index: _mark(
                layout.records[index],
                (places[index].owner, places[index].below[:1], fold(layout.records[index].title)),
                places[index].owner,
                places[index],
                statute(fold(layout.records[index].title)),
            )
            for index in layout.kinds["document"]
        }

    def possible(first: int, second: int) -> bool:
        news = after.places[second].owner == PAGE
        return may_be_one(before.records[first], after.records[second], in_a_list_of_news=news)

    old, new = marks(before, expected), marks(after, after.places)
    pair_by_key(pairs, old, new, list_of=lambda mark: mark.place)
    pair_by_address(pairs, old, new, alike=True, may_be_one=possible)
    pair_by_title(pairs, old, new, possible)


def _match_across(before: Layout, after: Layout, pairs: Pairs, expected: Sequence[Place]) -> None:
    """A plan and a document in one place are one entry: its heading's wording made it read as the other."""

    def marks(layout: Layout, places: Sequence[Place], indexes: Iterable[int], *, by_link: bool) -> Marks:
        found = {}
        for index in indexes:
            record, place = layout.records[index], places[index][:2]
            if name := address(record.url) if by_link else fold(record.title):
                found[index] = _mark(record, (place, name), place, place)
        return found

    kinds: tuple[tuple[Kind, Kind], ...] = (("plan", "document"), ("document", "plan"))
    for by_link in (False, True):
        for old_kind, new_kind in kinds:
            old = marks(before, expected, pairs.free_old(before.kinds[old_kind]), by_link=by_link)
            new = marks(after, after.places, pairs.free_new(after.kinds[new_kind]), by_link=by_link)
            pair_by_key(pairs, old, new)


def _match_texts(before: Layout, after: Layout, pairs: Pairs, expected: Sequence[Place]) -> None:
    """A text is its heading; its lines are compared apart from it."""

    def marks(layout: Layout, places: Sequence[Place]) -> Marks:
        return {
            index: _mark(
                layout.records[index],
                places[index],
                (places[index].owner, places[index].below[:-1]),
                places[index],
            )
            for index in layout.kinds["text"]
        }

    old, new = marks(before, expected), marks(after, after.places)
    pair_by_key(pairs, old, new)
    pair_by_title(pairs, old, new)


def _mark(record: Record, key: object, owner: object, place: object, sort: str = "") -> Mark:
    return Mark(key, address(record.url), owner, place, fold(record.note or ""), fold(record.title), sort)


def _companies(record: Record) -> tuple[str, ...]:
    assert isinstance(record, Plan)
    return tuple(map(fold, record.companies)) or (fold(record.title),)
