"""The options commands share, and how dates and names of the command line are understood."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final

import typer

from monitor.cli.show import JAPAN, Format
from monitor.errors import UsageError
from storage.changes import CHANGE_GLOBS, CHANGE_NAMES, matches

_LEAST: Final = timedelta(microseconds=1)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{8}|\d{4}-?W\d\d-?\d")


def _config_path(context: typer.Context, value: Path | None) -> Path:
    """The path after the command, else before the command, else ./config.toml."""
    return value or context.find_root().params.get("config") or Path("config.toml")


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="PATH",
        help="The settings' file (default ./config.toml).",
        show_default=False,
        callback=_config_path,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, for machines.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print it.")]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url", metavar="URL", help="The address the page was saved from; relative links are read against it."
    ),
]
ParserOption = Annotated[str, typer.Option("--parser", metavar="NAME", help="The parser to read with.")]
CharsetOption = Annotated[
    str | None,
    typer.Option("--charset", metavar="NAME", help="The encoding, where the page declares a wrong one or none."),
]


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """What the writer of `wrong` may have meant: the nearest known name, or all of them."""
    names = sorted(known)
    near = get_close_matches(wrong, names, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    return f"Known: {', '.join(names)}." if names else "There are none."


def require_change_globs(globs: Iterable[str]) -> None:
    """Raises UsageError for one of --kind that no change's name matches."""
    for glob in globs:
        if not matches(glob, CHANGE_NAMES):
            raise UsageError(f"there is no change {glob!r}", where="--kind", todo=did_you_mean(glob, CHANGE_GLOBS))


def moment(text: str, *, option: str, end: bool) -> datetime:
    """The instant, in UTC, that `text` (ISO 8601) names; Japan's time where it names no offset.

    What is named is a day, a minute or a second as a whole: its first instant, or with `end` its last, as the program
    prints seconds and stores less. Raises UsageError naming `option`.
    """
    try:
        if _DAY.fullmatch(text):
            parsed, unit = datetime.combine(date.fromisoformat(text), time.min), timedelta(days=1)
        else:
            parsed, unit = datetime.fromisoformat(text), _unit(text)
        parsed = parsed if parsed.tzinfo else parsed.replace(tzinfo=JAPAN)
        return (parsed + unit - _LEAST if end else parsed).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{text!r} is no date",
            where=option,
            todo="Write it like 2024-11-05 or 2024-11-05T09:00",
        ) from None


def _unit(text: str) -> timedelta:
    """The smallest thing that a date and time name: an hour, a minute, a second, or the least there is."""
    clock = re.split(r"[Tt ]", text, maxsplit=1)[-1]
    digits = re.split(r"[+Zz-]", clock, maxsplit=1)[0].replace(":", "")
    return {2: timedelta(hours=1), 4: timedelta(minutes=1), 6: timedelta(seconds=1)}.get(len(digits), _LEAST)
