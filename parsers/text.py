"""White space and folding: how two printed forms are told to be the same for comparing."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_SPACE: Final = re.compile(r"\s+")
_HTML_SPACE: Final = re.compile("[ \t\n\r\f\xa0]+")
_HALF_KANA: Final = re.compile("[\uff61-\uff9f]+")
# What only says where a line may break or which way it runs: soft hyphen, zero-width space, word joiner, byte order
# mark, marks of direction. Nobody sees that it is there.
_UNSEEN: Final = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
# They join what stands beside them, or choose between a picture and a letter: to be shown, and no difference.
_JOINING: Final = "\u034f\u200c\u200d\ufe0e\ufe0f"


def _fold_table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    table |= dict.fromkeys((0x301C, 0xFF5E), "~")
    table |= dict.fromkeys((0x2212, 0xFF0D, 0x2010, 0x2013, 0x2014, 0x2015), "-")
    table |= dict.fromkeys(map(ord, _JOINING), "")
    return table


_FOLD: Final = _fold_table()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form in which printed texts are compared, never shown.

    Folded: width of letters, digits, kana, brackets and ASCII punctuation; Kangxi radicals; white space and
    characters that nobody sees (removed); 〜 and ～; the dashes − － ‐ – — ―. Nothing more: ① stays apart from 1, 10²
    from 102, 葛 from its other form by a variation selector.
    """
    text = _HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(_FOLD))
    return _SPACE.sub("", _UNSEEN.sub("", text))


def squeeze(text: str) -> str:
    """Runs of white space, U+3000 and no-break spaces included, as one space; none at the ends, nothing unseen."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def trim(text: str) -> str:
    """The printed form of a title: HTML's own white space collapsed, U+3000 inside kept; as `squeeze` otherwise."""
    return _HTML_SPACE.sub(" ", _UNSEEN.sub("", text)).strip()
