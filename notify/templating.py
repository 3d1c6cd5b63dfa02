"""The templates beside this module: words of each language, layouts of each form of message."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from storage.observation import Language

if TYPE_CHECKING:
    from jinja2 import Environment

# What CommonMark could take for markup inside a line (CommonMark 0.31, 6); an underscore within a word is none. Two
# bars hide what follows on Discord.
_MARKUP: Final = re.compile(r"[\\`*\[\]<~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\|(?=\|)")
# What chat services ring somebody for whatever stands before it: Discord's mentions, and Teams' in angle brackets.
_MENTION: Final = re.compile(r"@(?=everyone|here|channel|all|[!&]?[0-9])|<(?=/?at>)", re.IGNORECASE)
# What would become a picture: the name of an emoji between colons, which a time of day is not.
_EMOJI: Final = re.compile(r"(?<![0-9]):(?=[a-z0-9_+-]+:)", re.IGNORECASE)
_NOTHING: Final = "\u200b"
# What would open a heading, a quotation, a list, a rule or Discord's small print at the start of a line or of a list's
# item.
_BLOCK: Final = re.compile(r"^(?=#{1,6}(?:\s|$)|>|[+-](?:[\s#-]|$)|=+\s*$)")
_ENDS_ADDRESS: Final = re.compile(r"[\s()<>\\]")
_NUMBER: Final = re.compile(r"^([0-9]+)([.)])(?=\s|$)")
# For titles, which some services read as Markdown and others as plain text: signs that are none, of the same look.
_TWINS: Final = str.maketrans("*`~<>\\", "\uff0a\uff40\uff5e\uff1c\uff1e\uff3c")
_WORD_END_UNDERSCORE: Final = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


@cache
def environment() -> "Environment":
    """The one environment; what ends in `.html.j2` is escaped."""
    # Loaded here: commands that word nothing need not wait for it.
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape  # noqa: PLC0415

    env = Environment(
        loader=PackageLoader("notify"),
        autoescape=select_autoescape(("html.j2",), default=False, default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {"brief": brief, "md": escape_markdown, "md_url": escape_markdown_url, "md_mark": markdown_mark}
    return env


@cache
def words(language: Language) -> Any:
    """The macros and words of one language, as attributes.

    Macros are called from Python alone: called from a template that escapes, Jinja2 would take what they
    return for markup.
    """
    return environment().get_template(f"words_{language}.j2").module


def brief(text: str, length: int) -> str:
    """A quotation of at most `length` characters, without its full stop."""
    text = text.rstrip("。")
    return text if len(text) <= length else text[: length - 1] + "…"


def escape_markdown(text: str) -> str:
    """Text that stays itself within a line of Markdown, rings nobody and becomes no picture."""
    text = _MARKUP.sub(lambda found: f"\\{found[0]}", silenced(text))
    return _NUMBER.sub(r"\1\\\2", _BLOCK.sub(r"\\", text))


def markdown_mark(text: str) -> str:
    """A run of a line in bold, as far as it is letters and digits.

    A sign of bold stands for itself between a letter and a bracket (CommonMark 0.31, 6.2), and Slack knows it only
    where no letter touches it from outside: something invisible keeps them apart.
    """
    start = next((place for place, char in enumerate(text) if char.isalnum()), None)
    if start is None:
        return escape_markdown(text)
    end = len(text) - next(place for place, char in enumerate(reversed(text)) if char.isalnum())
    before, heart, after = (escape_markdown(part) for part in (text[:start], text[start:end], text[end:]))
    return f"{before}{_NOTHING}**{heart}**{_NOTHING}{after}"


def silenced(text: str) -> str:
    """Text with something invisible in what would be a mention of somebody, or the name of a picture."""
    for sign in (_MENTION, _EMOJI):
        text = sign.sub(lambda found: found[0] + _NOTHING, text)
    return text


def chat_title(text: str) -> str:
    """A title that stays itself whether a service reads it as Markdown or as plain text."""
    text = _WORD_END_UNDERSCORE.sub("\uff3f", silenced(text).translate(_TWINS))
    return text.replace("](", f"]{_NOTHING}(").replace("||", f"|{_NOTHING}|")


def escape_markdown_url(url: str) -> str:
    """An address for a link written as `[words](address)`, which even those services read that know little Markdown."""
    return _ENDS_ADDRESS.sub(lambda found: quote(found[0], safe=""), url)
