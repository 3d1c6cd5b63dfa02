"""Titles that differ in their numbers alone (様式第1, 様式第2; 令和5年度, 令和6年度): which old one became which."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Final, NamedTuple

_NUMBER: Final = re.compile(r"\d+|元(?=年)")


class Member(NamedTuple):
    """A folded title taken apart: what all of its series share, and its numbers in reading order."""

    series: str
    numbers: tuple[int, ...]


class Entry(NamedTuple):
    """A record of a list: its number, folded title and comparable address."""

    number: int
    title: str
    address: str | None


def member(title: str) -> Member:
    """The series of a folded title; without numbers it has none of its kind."""
    numbers = tuple(1 if found == "元" else int(found) for found in _NUMBER.findall(title))
    return Member(_NUMBER.sub("#", title), numbers)


class Survivors:
    """The members of each list's series that both versions have.

    A list rolls on when its oldest member leaves and a new one comes: those two, with a survivor between
    them, are not one renamed.
    """

    def __init__(self, titles: Iterable[tuple[Hashable, str]]) -> None:
        """`titles`: the list and the folded title of every record of the new version that has its counterpart."""
        found = defaultdict(list)
        for place, title in titles:
            if (one := member(title)).numbers:
                found[place, one.series].append(one.numbers)
        self._numbers = {series: sorted(numbers) for series, numbers in found.items()}

    def stand_between(self, place: Hashable, old: str, new: str) -> bool:
        """Whether a survivor of either's series stands between two folded titles of one list."""
        one, other = member(old), member(new)
        first, last = sorted((one.numbers, other.numbers))
        for series in {one.series, other.series}:
            survivors = self._numbers.get((place, series), [])
            following = bisect_right(survivors, first)
            if following < len(survivors) and survivors[following] < last:
                return True
        return False


def renumbered(old: Iterable[tuple[Hashable, Entry]], new: Iterable[tuple[Hashable, Entry]]) -> list[tuple[int, int]]:
    """(old number, new number) of the members of a list that each took the next one's number and kept their links.

    By titles one would be gone, one new, and all between them would have another's file. Where titles alone
    explain as much, as when two change places, they are left to speak.
    """
    old_series, new_series = _series(old), _series(new)
    pairs: list[tuple[int, int]] = []
    for name, left in old_series.items():
        if len(left) > 1 and name in new_series:
            pairs += _chains(left, new_series[name])
    return pairs


def _series(entries: Iterable[tuple[Hashable, Entry]]) -> Mapping[Hashable, list[Entry]]:
    found: dict[Hashable, list[Entry]] = defaultdict(list)
    for place, entry in entries:
        if (one := member(entry.title)).numbers:
            found[place, one.series].append(entry)
    return found


def _chains(old: Collection[Entry], new: Collection[Entry]) -> list[tuple[int, int]]:
    old_titles, new_titles = _unique(old, "title"), _unique(new, "title")
    old_addresses, new_addresses = _unique(old, "address"), _unique(new, "address")
    pairs: list[tuple[int, int]] = []
    for start in old:
        chain: list[tuple[int, int]] = []
        entry: Entry | None = start if start.title not in new_titles else None
        while entry is not None:
            follower = new_addresses.get(entry.address) if entry.address in old_addresses else None
            if follower is None or follower.title not in new_titles:
                chain = []
                break
            chain.append((entry.number, follower.number))
            entry = old_titles.get(follower.title)
        pairs += chain if len(chain) > 1 else []
    return pairs


def _unique(entries: Collection[Entry], name: str) -> dict[str | None, Entry]:
    counts = Counter(getattr(entry, name) for entry in entries)
    return {value: entry for entry in entries if counts[value := getattr(entry, name)] == 1 and value is not None}
