"""Titles that are nearly the same: which old and new ones may name one thing."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from parsers.records import Document, Record
from parsers.text import fold

ALIKE: Final = 0.75
# Up to here every pair is looked at; above, a title meets only those that share its rarest pairs of letters.
_ALL_PAIRS: Final = 10_000
_MEETINGS: Final = 48

_LAW: Final = re.compile(r"(?:法律?|政令|省令|府令|施行令|規則|告示|条例|指針)$")
_ENFORCEMENT: Final = re.compile(r"施行(?:令|規則|細則)$")


def alike_pairs(old: Sequence[str], new: Sequence[str], least: float) -> list[tuple[float, int, int]]:
    """(similarity, number in `old`, number in `new`) of folded titles that are at least `least` alike.

    Similarity is 1 less the edit distance over the longer length.
    """
    # Its import costs as much as a whole comparison, and most comparisons meet no renamed record.
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    pairs = []
    for first, second in _meetings(old, new):
        score = Levenshtein.normalized_similarity(old[first], new[second], score_cutoff=least)
        if score >= least:
            pairs.append((score, first, second))
    return pairs


def _meetings(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) <= _ALL_PAIRS:
        yield from ((first, second) for first in range(len(old)) for second in range(len(new)))
        return
    holders: dict[str, list[int]] = defaultdict(list)
    for second, title in enumerate(new):
        for gram in _grams(title):
            holders[gram].append(second)
    for first, title in enumerate(old):
        met: set[int] = set()
        for gram in sorted(_grams(title), key=lambda gram: (len(holders.get(gram, ())), gram)):
            near = holders.get(gram, [])
            if len(near) > _MEETINGS:
                middle = bisect_left(near, first * len(new) // len(old))
                near = near[max(middle - _MEETINGS // 2, 0) :][:_MEETINGS]
            met.update(near)
            if len(met) >= _MEETINGS:
                break
        yield from ((first, second) for second in sorted(met))


def _grams(title: str) -> set[str]:
    return {title[start : start + 2] for start in range(max(len(title) - 1, 1))}


def may_be_one(old: Record, new: Record, *, in_a_list_of_news: bool) -> bool:
    """False where likeness says nothing: laws of one family, two announcements in a list of news."""
    if not (isinstance(old, Document) and isinstance(new, Document)):
        return True
    if in_a_list_of_news and old.date_kind == new.date_kind == "published" and old.date != new.date:
        return False
    return not (_is_law(old) and _is_law(new) and _are_two_laws(fold(old.title), fold(new.title)))


def statute(title: str) -> str:
    """What sort of statute a folded title names, "" where it names none.

    A law is never its 施行令 or 施行規則, even under one link: laws may all link to one page.
    """
    return _instrument(title) or ("law" if _LAW.search(title) else "")


def _is_law(document: Document) -> bool:
    return document.role == "law" or _LAW.search(document.title) is not None


def _are_two_laws(old: str, new: str) -> bool:
    """A law, its 施行令 and its 施行規則 share nearly all of their names; one may begin or end another."""
    if old == new:
        return False
    shorter, longer = sorted((old, new), key=len)
    return longer.startswith(shorter) or longer.endswith(shorter) or _instrument(old) != _instrument(new)


def _instrument(title: str) -> str:
    found = _ENFORCEMENT.search(title)
    return found[0] if found else ""
