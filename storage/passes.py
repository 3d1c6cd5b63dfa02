"""The passes by which the records of one kind find their counterparts, one-to-one."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from storage.alike import ALIKE, alike_pairs
from storage.series import Entry, Survivors, renumbered

# Where others keep the link that two records share, it says little; their titles must speak too.
_HALF_ALIKE: Final = 0.5


class Mark(NamedTuple):
    """What a record is sought by; an old record's `key` and `place` are told in the new page's terms.

    `owner` groups those whose titles may be alike. Of two different sorts one link makes no one thing; "" is none.
    """

    key: Hashable
    address: str | None
    owner: Hashable
    place: Hashable
    note: str
    title: str
    sort: str = ""


Marks = Mapping[int, Mark]
_Trait = Callable[[Mark], Hashable]
_MayBeOne = Callable[[int, int], bool]
_TIES: Final[tuple[_Trait, ...]] = (
    lambda mark: (mark.place, mark.note),
    lambda mark: mark.place,
    lambda mark: mark.note,
    lambda _mark: None,
)


@dataclass(slots=True)
class Pairs:
    """The counterparts found so far: index in the old layout → index in the new one, and back."""

    to_new: dict[int, int] = field(default_factory=dict)
    to_old: dict[int, int] = field(default_factory=dict)

    def join(self, first: int, second: int) -> None:
        self.to_new[first] = second
        self.to_old[second] = first

    def free_old(self, indexes: Iterable[int]) -> list[int]:
        return [index for index in indexes if index not in self.to_new]

    def free_new(self, indexes: Iterable[int]) -> list[int]:
        return [index for index in indexes if index not in self.to_old]


def pair_by_key(pairs: Pairs, old: Marks, new: Marks, *, list_of: _Trait | None = None) -> None:
    """Key and address, then key; `old` and `new` in page order. Ties go by place, note, then order.

    `list_of`: members of one list that kept their links while each took the next one's number come between.
    """
    for trait in (lambda mark: (mark.key, mark.address), lambda mark: mark.key):
        for left, right in _groups(pairs, old, new, trait):
            _settle(pairs, old, new, left, right)
        if list_of is not None:
            _pair_renumbered(pairs, old, new, list_of)
            list_of = None


def pair_by_address(
    pairs: Pairs, old: Marks, new: Marks, *, alike: bool, may_be_one: _MayBeOne = lambda _old, _new: True
) -> None:
    """Records whose link is the same. `alike`: titles that are nearly the same may stand for one thing."""
    old_names, new_names = _names_by_address(old), _names_by_address(new)
    for left, right in _groups_of_one_link(pairs, old, new):
        shared = old[left[0]].address
        if shared is None:
            continue
        names = (old_names[shared], new_names[shared])
        kept_by_others = names[0].total() != len(left) or names[1].total() != len(right)
        # A link under one name only, in both networks say, is that name's own.
        kept_by_others = kept_by_others and min(map(len, names)) > 1
        if not kept_by_others and len(left) == len(right) == 1:
            pairs.join(left[0], right[0])
            continue
        for trait in (lambda mark: (mark.title, mark.place), lambda mark: mark.title):
            _each_group(pairs, old, new, (left, right), trait)
        if not kept_by_others:
            _lone_ones_of_a_place(pairs, old, new, (left, right))
            _pair_titles(pairs, old, new, (left, right), least=0.0)
            _settle(pairs, old, new, pairs.free_old(left), pairs.free_new(right))
        elif alike:
            _pair_titles(pairs, old, new, (left, right), least=_HALF_ALIKE, may_be_one=may_be_one)


def _groups_of_one_link(pairs: Pairs, old: Marks, new: Marks) -> Iterator[tuple[list[int], list[int]]]:
    """Those of one sort first; what is of none may then be any."""
    yield from _groups(pairs, old, new, lambda mark: (mark.address, mark.sort))
    if any(mark.sort for mark in old.values()) or any(mark.sort for mark in new.values()):
        for some_old, some_new in ((_sortless(old), new), (old, _sortless(new))):
            yield from _groups(pairs, some_old, some_new, lambda mark: mark.address)


def _sortless(marks: Marks) -> Marks:
    return {index: mark for index, mark in marks.items() if not mark.sort}


def _names_by_address(marks: Marks) -> Mapping[str | None, Counter[str]]:
    names: dict[str | None, Counter[str]] = defaultdict(Counter)
    for mark in marks.values():
        names[mark.address][mark.title] += 1
    return names


def _pair_renumbered(pairs: Pairs, old: Marks, new: Marks, place: _Trait) -> None:
    def entries(marks: Marks, indexes: Iterable[int]) -> Iterator[tuple[Hashable, Entry]]:
        return ((place(marks[index]), Entry(index, marks[index].title, marks[index].address)) for index in indexes)

    for first, second in renumbered(entries(old, pairs.free_old(old)), entries(new, pairs.free_new(new))):
        pairs.join(first, second)


def pair_by_title(pairs: Pairs, old: Marks, new: Marks, possible: _MayBeOne = lambda _old, _new: True) -> None:
    """Titles nearly the same under the same owner, unless a list of numbered ones rolled on."""
    if not pairs.free_old(old) or not pairs.free_new(new):
        return
    survivors = Survivors((mark.owner, mark.title) for index, mark in new.items() if index in pairs.to_old)

    def may_be_one(first: int, second: int) -> bool:
        rolled_on = survivors.stand_between(new[second].owner, old[first].title, new[second].title)
        return not rolled_on and possible(first, second)

    for left, right in _groups(pairs, old, new, lambda mark: mark.owner):
        _pair_titles(pairs, old, new, (left, right), least=ALIKE, may_be_one=may_be_one)


def _groups(pairs: Pairs, old: Marks, new: Marks, trait: _Trait) -> Iterator[tuple[list[int], list[int]]]:
    """The free indexes of both sides, page order kept, by equal trait; only groups with both sides."""
    right = defaultdict(list)
    for index in pairs.free_new(new):
        right[trait(new[index])].append(index)
    left = defaultdict(list)
    for index in pairs.free_old(old):
        if (value := trait(old[index])) in right:
            left[value].append(index)
    yield from ((indexes, right[value]) for value, indexes in left.items())


def _settle(pairs: Pairs, old: Marks, new: Marks, left: list[int], right: list[int]) -> None:
    """Pair all of the shorter side: those that agree in place and note first, then in order."""
    if len(left) == len(right) == 1:
        pairs.join(left[0], right[0])
        return
    for trait in _TIES:
        _each_group(pairs, old, new, (left, right), trait)


def _each_group(pairs: Pairs, old: Marks, new: Marks, sides: tuple[list[int], list[int]], trait: _Trait) -> None:
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for second in pairs.free_new(sides[1]):
        waiting[trait(new[second])].append(second)
    for first in pairs.free_old(sides[0]):
        if candidates := waiting.get(trait(old[first])):
            pairs.join(first, candidates.popleft())


def _lone_ones_of_a_place(pairs: Pairs, old: Marks, new: Marks, sides: tuple[list[int], list[int]]) -> None:
    """A name changed in both networks at once, under one link: in each place only one can be meant."""
    subset_old = {first: old[first] for first in sides[0]}
    subset_new = {second: new[second] for second in sides[1]}
    for left, right in _groups(pairs, subset_old, subset_new, lambda mark: mark.place):
        if len(left) == len(right) == 1:
            pairs.join(left[0], right[0])


def _pair_titles(
    pairs: Pairs,
    old: Marks,
    new: Marks,
    sides: tuple[list[int], list[int]],
    *,
    least: float,
    may_be_one: _MayBeOne = lambda _old, _new: True,
) -> None:
    left, right = pairs.free_old(sides[0]), pairs.free_new(sides[1])
    if not left or not right:
        return
    ranked = []
    for score, first, second in alike_pairs(
        [old[index].title for index in left], [new[index].title for index in right], least
    ):
        one, other = old[left[first]], new[right[second]]
        ranked.append((-score, one.place != other.place, one.note != other.note, first, second))
    for *_, first, second in sorted(ranked):
        if left[first] in pairs.to_new or right[second] in pairs.to_old:
            continue
        if may_be_one(left[first], right[second]):
            pairs.join(left[first], right[second])
