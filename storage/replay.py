"""Reading a page's past forward: under which keys each version's records are known, and what differs from the last.

The keys are a function of what the page said, in the order of time: whoever has the same bodies has the same keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from parsers.records import Kind, Record
from storage.changes import Change
from storage.compare import Matching, carry, compare, correspond

Name = tuple[Kind, str]


class Memory:
    """What a page says at a moment, and what it said before: it goes forward version by version.

    `current` are the records of the version, `gone` those that were there before, the latest gone first. `ages` are
    numbers that grow in the order in which the current records came to say what they say: storage's ids of them.
    """

    def __init__(
        self, current: Sequence[Record] = (), gone: Sequence[Record] = (), ages: Mapping[Name, int] | None = None
    ) -> None:
        self.current = list(current)
        self._gone = list(gone)
        self._ages = dict(ages or {})
        self._next_age = count(max(self._ages.values(), default=0) + 1)

    def follow(self, records: Sequence[Record]) -> "Step":
        """Go on to the version that says `records`, whose own keys do not count."""
        matching = correspond(self.current, records)
        remembered = [record for record in self._gone if record.kind in matching.kinds_added]
        step = Step(matching, remembered, carry(self.current, records, matching=matching, remembered=remembered))
        self._become(step.records)
        return step

    def _become(self, records: list[Record]) -> None:
        before = {name_of(record): record for record in self.current}
        for record in records:
            held = before.pop(name_of(record), None)
            if held is None or not says_the_same(held, record):
                self._ages[name_of(record)] = next(self._next_age)
        left = sorted(before.values(), key=lambda record: self._ages[name_of(record)])
        present = {name_of(record) for record in records}
        self._gone = left + [record for record in self._gone if name_of(record) not in present]
        self.current = records


class Step:
    """One version and the one before it. `records` are the version's, in page order, under their lasting keys."""

    def __init__(self, matching: Matching, remembered: Sequence[Record], records: list[Record]) -> None:
        self.records = records
        self._matching = matching
        self._remembered = remembered

    def changes(self, today: date) -> list[Change]:
        """What differs from the version before, as `compare` has it."""
        before, after = self._matching.before.records, self._matching.after.records
        return compare(before, after, today, matching=self._matching, remembered=self._remembered)


def name_of(record: Record) -> Name:
    """What a record is known by on its page."""
    return record.kind, record.key


def says_the_same(one: Record, other: Record) -> bool:
    """Whether two records agree in all but their place on the page."""
    return one == replace(other, position=one.position)


def read_the_same(one: Sequence[Record], other: Sequence[Record]) -> bool:
    """Whether two readings agree in all but keys, which depend on what was before."""
    return len(one) == len(other) and all(old == replace(new, key=old.key) for old, new in zip(one, other, strict=True))
