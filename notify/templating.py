"""The templates beside this module: words of each language, layouts of each form of message."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from storage.observation import Language

if TYPE_CHECKING:
    from jinja2 import Environment

# What CommonMark could take for markup inside a line (CommonMark 0.31, 6); an underscore within a word is none.
_MARKUP: Final = re.compile(r"[\\`*\[\]<~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


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
    env.filters |= {"brief": brief, "md": escape_markdown, "md_url": escape_markdown_url}
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
    """Text that stays itself within a line of Markdown."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def escape_markdown_url(url: str) -> str:
    """An address for a link written as `[words](<address>)`."""
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
