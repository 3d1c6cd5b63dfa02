"""Prose of two versions, line by line: what differs once breaks and order are set aside."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Final, NamedTuple

from parsers.text import fold

# Enough starts to try for a passage broken elsewhere; more would make pages of like lines quadratic.
_STARTS: Final = 8


class Line(NamedTuple):
    """One printed line, its folded form, and the index of the record it stands in."""

    folded: str
    printed: str
    record: int = 0


def printed_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.isspace()]


def lines_of(text: str, record: int = 0) -> list[Line]:
    return [Line(folded, line, record) for line in printed_lines(text) if (folded := fold(line))]


def texts_agree(old: str, new: str) -> bool:
    """True where folded lines agree as multisets or folded texts agree whole, or passage by passage."""
    if old == new or fold(old) == fold(new):
        return True
    old_lines, new_lines = lines_of(old), lines_of(new)
    if Counter(line.folded for line in old_lines) == Counter(line.folded for line in new_lines):
        return True
    old_rest, new_rest = differing(old_lines, new_lines)
    return not old_rest and not new_rest


def differing(old: Sequence[Line], new: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of each side without counterpart on the other, also when broken at other places."""
    old_rest, new_rest = without_equals(old, new, lambda line: line.folded, lambda line: line.folded)
    return _without_rejoined(old_rest, new_rest)


def without_equals(
    old: Sequence[Line],
    new: Sequence[Line],
    old_mark: Callable[[Line], Hashable],
    new_mark: Callable[[Line], Hashable],
) -> tuple[list[Line], list[Line]]:
    """Both sides less the lines of equal mark, one for one."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for number, line in enumerate(new):
        waiting[new_mark(line)].append(number)
    rest = []
    met = set()
    for line in old:
        numbers = waiting.get(old_mark(line))
        if numbers:
            met.add(numbers.popleft())
        else:
            rest.append(line)
    return rest, [line for number, line in enumerate(new) if number not in met]


def _without_rejoined(old: list[Line], new: list[Line]) -> tuple[list[Line], list[Line]]:
    starts: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(new):
        starts[line.folded[0]].append(number)
    rest = []
    met: set[int] = set()
    first = 0
    while first < len(old):
        for second in starts.get(old[first].folded[0], [])[:_STARTS]:
            taken = _passage(old, first, new, second)
            if taken and met.isdisjoint(range(second, second + taken[1])):
                met.update(range(second, second + taken[1]))
                first += taken[0]
                break
        else:
            rest.append(old[first])
            first += 1
    return rest, [line for number, line in enumerate(new) if number not in met]


def _passage(old: Sequence[Line], first: int, new: Sequence[Line], second: int) -> tuple[int, int] | None:
    """How many lines from `first` and from `second` on read the same when joined, or None."""
    old_end, new_end = first + 1, second + 1
    ahead, behind, old_is_ahead = old[first].folded, new[second].folded, True
    while True:
        if len(ahead) < len(behind):
            ahead, behind, old_is_ahead = behind, ahead, not old_is_ahead
        if not ahead.startswith(behind):
            return None
        ahead = ahead[len(behind) :]
        if not ahead:
            return old_end - first, new_end - second
        if old_is_ahead:
            if new_end == len(new):
                return None
            behind = new[new_end].folded
            new_end += 1
        else:
            if old_end == len(old):
                return None
            behind = old[old_end].folded
            old_end += 1
