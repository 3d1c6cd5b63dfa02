"""What no page of a ministry is: refused by a scan, before a tree of it would eat time and memory.

Measured with lexbor: 100,000 nested `<div>` take 20 s, 5 MB of `<p><b><i><u>` 741 MB, 500,000 attributes on one
tag minutes. The scan reads tags only; what it counts is an upper estimate, far above any real page.
"""

import re
from typing import Final

from parsers.errors import ReadingError

MAX_NODES: Final = 40_000
MAX_DEPTH: Final = 200
MAX_ATTRIBUTE_WORK: Final = 200_000_000  # pairs of words within one stretch between tags, summed

_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_HIDDEN: Final = re.compile(r"<(?:!--|(script|style)\b)", re.IGNORECASE)
_COMMENT_END: Final = re.compile("--!?>")  # it may begin with the comment's own dashes: <!--> is a whole one
_HIDDEN_END: Final = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in ("script", "style")}
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_OPTIONAL_END: Final = frozenset(
    ["p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rt", "rp"]
)
# `a` is none of these: a second one closes the first.
_FORMATTING: Final = frozenset(
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_FEW_OPENED: Final = 2000  # tags: whatever they are, they make no more than a million elements
_SEPARATORS: Final = " \t\n\r\f/"
_FEW_SEPARATORS: Final = 14_000  # even all in one tag they stay below MAX_ATTRIBUTE_WORK
_OPTION_WEIGHT: Final = 10  # lexbor's time for the options of one list grows with their square
_LONG_STRETCH: Final = 2000  # characters; a shorter one holds too few attributes to matter


def refuse_hostile(text: str) -> None:
    """Raises ReadingError("too_large") for markup that is too much, too deep or too tangled to be a page."""
    if sum(map(text.count, _SEPARATORS)) >= _FEW_SEPARATORS:
        _refuse_attributes(text)
    if text.count("<") - text.count("</") < _FEW_OPENED:
        return
    depth = deepest = nodes = formatting = 0
    for found in _TAG.finditer(without_hidden(text)):
        closing, tag = found[1], found[2].lower()
        if tag in _FORMATTING:
            formatting = max(formatting - 1, 0) if closing else formatting + 1
            nodes += 1
        elif closing:
            depth -= tag not in _OPTIONAL_END and depth > 0
        else:
            # Formatting left open is opened again in every block that follows.
            nodes += (_OPTION_WEIGHT if tag == "option" else 1) + formatting
            depth += tag not in _VOID and tag not in _OPTIONAL_END
            deepest = max(deepest, depth)
        if nodes > MAX_NODES or deepest > MAX_DEPTH:
            break
    if nodes > MAX_NODES:
        raise _refusal(f"the page has more than {MAX_NODES:,} elements, or as many left open")
    if deepest > MAX_DEPTH:
        raise _refusal(f"the page nests its elements more than {MAX_DEPTH} deep")


def without_hidden(text: str) -> str:
    """The source without comments, scripts and styles; one that is never closed hides all that follows."""
    kept, at = [], 0
    while found := _HIDDEN.search(text, at):
        kept.append(text[at : found.start()])
        if found[1]:
            closed = _HIDDEN_END[found[1].lower()].search(text, found.end())
        else:
            closed = _COMMENT_END.search(text, found.end() - 2)
        if closed is None:
            return "".join(kept)
        at = closed.end()
    return "".join([*kept, text[at:]])


def too_deep() -> ReadingError:
    """The refusal for a tree that turned out deeper than its tags said."""
    return _refusal(f"the page nests its elements more than {MAX_DEPTH} deep")


def _refuse_attributes(text: str) -> None:
    work = 0
    for stretch in text.split("<"):
        if len(stretch) > _LONG_STRETCH:
            work += len(re.findall(r"[\s/]+", stretch)) ** 2
    if work > MAX_ATTRIBUTE_WORK:
        raise _refusal("the page has tags with thousands of attributes")


def _refusal(what: str) -> ReadingError:
    return ReadingError(
        "too_large", what, why="no page of a ministry is like that; it may be an attack", todo="Look at its source"
    )
