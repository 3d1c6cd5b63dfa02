"""A subscriber's `match`: a regular expression in the syntax of RE2, looked for in all that a change says.

The syntax: https://github.com/google/re2/wiki/Syntax. The time a search takes grows with the length of the text and of
the pattern, never faster, so that no pattern can hang the transaction that asks; both have a bound.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Self

import re2

from notify.errors import NotifyError
from parsers.text import fold, squeeze
from storage.changes import Change
from storage.publishing import strings_in

MAX_PATTERN: Final = 500
"""In characters."""
MAX_TEXT: Final = 100_000
"""In characters; how much of what one change says is looked through."""

_MAX_INSTRUCTIONS: Final = 5000
_MAX_MEMORY: Final = 512 * 1024
# The parts of a pattern that folding must leave alone, or treat apart.
_PART: Final = re.compile(
    r"""
      (?P<space> (?: \\? \s )+ )
    | (?P<kept> \\Q .*? (?: \\E | \Z ) | \\ [pPx] \{ [^}]* \} | \\ . | \( \? P? < [^>]* > )
    | (?P<one_of> \[ \^? \]? (?: \\ . | \[ : [^]]* : \] | [^]\\] )* \] )
    | (?P<other> [^\x00-\x7f]+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_WIDE: Final = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Searched:
    """What one change says: a line for each text, as printed (white space as one space) and folded.

    `is_whole`: none of it had to be left out.
    """

    text: bytes
    is_whole: bool

    @classmethod
    def of(cls, change: Change) -> Self:
        """The title, key and headings of a change, and every text of the record before and after."""
        printed = dict.fromkeys((change.title, change.key, *change.path))
        printed |= dict.fromkeys((*strings_in(change.before), *strings_in(change.after)))
        text = "\n".join(dict.fromkeys((*map(squeeze, printed), *map(fold, printed))))
        return cls(text=text[:MAX_TEXT].encode(errors="replace"), is_whole=len(text) <= MAX_TEXT)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A `match`, compiled: as it stands, and folded where that makes a difference."""

    compiled: tuple[Any, ...]

    def finds(self, searched: Searched) -> bool:
        """Whether a change says it. Of one too long to be looked through it is taken that it does."""
        return any(one.search(searched.text) for one in self.compiled) or not searched.is_whole


@lru_cache(maxsize=4096)
def pattern(match: str) -> Pattern:
    """The pattern, without regard to upper and lower case, `^` and `$` at the ends of a text.

    It finds what is printed as it is, and, as everywhere, what differs by width or white space alone. Raises
    NotifyError as `check_pattern` does.
    """
    check_pattern(match)
    compiled = [_compile(f"(?m){match}")]
    folded = _folded(match)
    if folded != match:
        # Where folding makes it no pattern, it stands as written: only another width is not found.
        with suppress(re2.error):
            compiled.append(_compile(f"(?m){folded}"))
    return Pattern(tuple(compiled))


def check_pattern(match: str) -> None:
    """Raise NotifyError unless `match` is a pattern; its text says what is wrong, and at which character."""
    if not match.strip():
        raise NotifyError("it is empty, and would find everything")
    if len(match) > MAX_PATTERN:
        raise NotifyError(f"it has {len(match):,} characters, {MAX_PATTERN:,} are the most")
    try:
        size = _compile(match).programsize
    except re2.error as error:
        raise NotifyError(_said(match, error)) from None
    if size > _MAX_INSTRUCTIONS:
        raise NotifyError(f"it takes {size:,} steps, {_MAX_INSTRUCTIONS:,} are the most: repeat less by {{…}}")


def _said(match: str, error: Exception) -> str:
    what, _, part = error.args[0].decode(errors="replace").partition(": ")
    # Where it cannot name a part, it names the whole.
    named = part and (part != match or len(match) == 1)
    where = f', "{part}" at character {match.find(part) + 1}' if named else ""
    if part.startswith(("(?=", "(?!", "(?<")) or re.fullmatch(r"\\[1-9]", part):
        return f"look-around and references to groups are not part of RE2{where}"
    return f"{what}{where}"


def _compile(expression: str) -> Any:
    options = re2.Options()
    options.max_mem = _MAX_MEMORY
    options.log_errors = False
    options.case_sensitive = False
    options.never_nl = True  # what one text ends with and the next begins with was never printed together
    options.never_capture = True
    return re2.compile(expression.encode(errors="surrogatepass"), options)


def _folded(match: str) -> str:
    """The pattern that finds in folded text what `match` means: letters folded, white space between them left out."""
    return _PART.sub(_folded_part, match)


def _folded_part(part: re.Match[str]) -> str:
    if part["kept"]:
        return part[0]
    if part["one_of"]:
        return _WIDE.sub(lambda found: _literal(found[0]), part[0])
    if part["space"]:
        return "(?:)"  # a sign for repetition after it finds something to repeat
    return _literal(part[0])


def _literal(text: str) -> str:
    """Letters folded; what becomes ASCII by it is written so that it is no sign of the syntax."""
    folded = text if text.isspace() else fold(text)
    return "".join(f"\\x{{{ord(char):x}}}" if char.isascii() else char for char in folded)
