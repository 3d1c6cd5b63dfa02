"""Words within the length that a chat service takes."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final, Literal

Detail = Literal["whole", "some", "brief"]
_LESS: Final[tuple[Detail, ...]] = ("some", "brief")


def fitted(write: Callable[[int, Detail], str], count: int, limit: int | None, last: Sequence[str]) -> str:
    """The most that has at most `limit` characters (None: no limit) of what `write(shown, detail)` gives.

    That is all `count` items in as much detail as there is room for, else the first ones briefly, with a word of how
    many more there are; where not even that has room, the first of `last` that has, or as much of its end as fits.
    """
    text = write(count, "whole")
    if limit is None or len(text) <= limit:
        return text
    for detail in _LESS:
        text = write(count, detail)
        if len(text) <= limit:
            return text
    shown = bisect_right(range(count), limit, key=lambda items: len(write(items, "brief"))) - 1
    if shown >= 0:
        return write(shown, "brief")
    return next((text for text in last if len(text) <= limit), last[-1][:limit])
