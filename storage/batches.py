"""Many ids in as many statements as they need."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

_Id = TypeVar("_Id", int, str)

_MOST: Final = 500


def batches(ids: Iterable[_Id]) -> Iterator[list[_Id]]:
    """As many as a statement takes, in one order for all transactions."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _MOST):
        yield ordered[start : start + _MOST]
