"""Many ids in as many statements as they need."""

from collections.abc import Iterable, Iterator
from typing import Final

_MOST: Final = 500


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """As many as a statement takes, in one order for all transactions."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _MOST):
        yield ordered[start : start + _MOST]
