"""Which characters differ between two texts, in runs that a reader can take in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

# A part of a date, a number or a Latin word differs as a whole: 29日 → 23日, not 2[9→3]日.
_TOKEN: Final = re.compile(r"\d+[年月日]?|[A-Za-z]+|.", re.DOTALL)
# Beyond this many pairs of tokens the comparison costs more than its marks are worth.
_MOST_PAIRS: Final = 1_000_000
# To enclose what differs where there is neither colour nor bold: pages hardly use them, and none as brackets of notes.
_SIGNS: Final = ("《》", "〖〗", "⟦⟧")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one text; `differs` if the other text lacks it."""

    text: str
    differs: bool


def mark(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, in order; joined they are the texts again."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_PAIRS:
        return _whole(old), _whole(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        _put(left, "".join(before[start:end]), differs=what != "equal")
        _put(right, "".join(after[new_start:new_end]), differs=what != "equal")
    return tuple(left), tuple(right)


def signs_for(texts: Iterable[str]) -> str | None:
    """A pair of signs, opening and closing, that none of the texts holds; None if all of those we know are taken."""
    taken = set().union(*texts)
    return next((pair for pair in _SIGNS if not taken & set(pair)), None)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, differs=True),) if text else ()


def _put(pieces: list[Piece], text: str, *, differs: bool) -> None:
    if not text:
        return
    if pieces and pieces[-1].differs == differs:
        pieces[-1] = Piece(pieces[-1].text + text, differs)
    else:
        pieces.append(Piece(text, differs))
