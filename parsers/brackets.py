"""Brackets as printed: a pair may mix widths, and may hold other brackets."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_CLOSER: Final = {"【": "】", "(": ")", "〔": "〕", "[": "]", "<": ">", "≪": "≫", "《": "》", "〈": "〉"}
_OPENER: Final = {closer: opener for opener, closer in _CLOSER.items()}
_ENDS: Final = (*_CLOSER.values(), "）", "］", "＞")
_WIDE: Final = str.maketrans("（）［］＜＞", "()[]<>")
HEADING_OPENERS: Final = frozenset("【<")
NOTE_OPENERS: Final = frozenset("【(〔[")


@dataclass(frozen=True, slots=True)
class Bracketed:
    """`before` + an opener (half-width form) + `inner` + its closer, at the end of a text."""

    before: str
    opener: str
    inner: str


@lru_cache(maxsize=8192)
def trailing(text: str) -> Bracketed | None:
    """The bracket with which `text` ends, matched to its own opener, or None."""
    if not text.endswith(_ENDS):
        return None
    narrow = text.translate(_WIDE)
    expected: list[str] = []
    for index in range(len(narrow) - 1, -1, -1):
        char = narrow[index]
        if char in _OPENER:
            expected.append(_OPENER[char])
        elif expected and char == expected[-1]:
            expected.pop()
            if not expected:
                return Bracketed(text[:index], char, text[index + 1 : -1])
        if not expected:
            return None
    return None


def whole(text: str, openers: frozenset[str] = HEADING_OPENERS) -> str | None:
    """What stands inside where one bracket of `openers` holds the whole text, else None."""
    if not text.endswith(_ENDS):
        return None
    found = trailing(text)
    if found is None or found.before or found.opener not in openers:
        return None
    return found.inner
