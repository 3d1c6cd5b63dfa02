"""Reading config.toml: the only place where settings enter the program."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from monitor.errors import ConfigError
from monitor.settings_models import PageSettings, Preferences, Settings, SubscriberSettings
from monitor.settings_values import OPERATOR, Address, Filled
from monitor.settings_wording import Place, dotted, words
from notify.subscribers import Destination, Subscriber
from notify.timing import Timing
from storage.changes import CHANGE_GLOBS, CHANGE_NAMES, TOLD_TO_SUBSCRIBERS, matches

__all__ = [
    "UNBUILT_KEYS",
    "PageSettings",
    "Settings",
    "SubscriberSettings",
    "filled",
    "load",
    "meant",
    "operator_of",
    "row_of",
    "subscriber_of",
    "subscribers_of",
    "unbuilt_in",
]

UNBUILT_KEYS: Final = frozenset(
    {
        "fetch.max_document",
        "schedule.documents",
        "pages.documents",
        "pages.was",
        "web.host",
        "web.port",
        "web.token",
    }
)
"""Keys that are accepted and checked, and do nothing yet."""

_VARIABLE: Final = re.compile(r"\$\{([^}]*)\}?")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TOML_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|(end of document))\)$")


def load(path: Path, environ: Mapping[str, str]) -> Settings:
    """The settings in the file at `path`, with `${NAME}` taken from `environ`.

    Raises ConfigError, which names every problem of the file on one line.
    """
    where = str(path)
    raw = _parsed(_text(path), where)
    problems: list[str] = []
    filled = _fill(raw, environ, (), problems)
    problems += _twice(raw)
    try:
        settings = Settings.model_validate(filled, context={"folder": path.absolute().parent})
    except ValidationError as error:
        problems += words(error.errors(include_url=False))
    else:
        problems += _deaf(settings)
    if problems:
        raise ConfigError(tuple(problems), where=where)
    settings._path = path
    return settings


def _text(path: Path) -> str:
    where = str(path)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        todo = "Write one with `ministry-monitor init`, or name another with --config PATH"
        raise ConfigError("there is no such file", where=where, todo=todo) from None
    except IsADirectoryError:
        raise ConfigError("is a folder, not a file", where=where, todo="Name the file in it") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(
            f"is not UTF-8 in line {line}", where=where, todo="Save it as UTF-8, which TOML requires"
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError("cannot be read", where=where, why=why) from None


def _parsed(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        message = str(error)[: found.start()] if found else str(error)
        place = f"line {found[1]}, column {found[2]}" if found and found[1] else "at its end"
        raise ConfigError(
            f"is no valid TOML, {place}: {message[:1].lower()}{message[1:]}",
            where=where,
            why="often text without quotes, or a quote or bracket that is not closed",
        ) from None
    except RecursionError:
        raise ConfigError("is no valid TOML: nested too deeply", where=where) from None


def _fill(value: Any, environ: Mapping[str, str], place: Place, problems: list[str]) -> Any:
    """`value` with each `${NAME}` filled in; what cannot be is added to `problems`."""
    if isinstance(value, dict):
        return {key: _fill(item, environ, (*place, key), problems) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, environ, (*place, index), problems) for index, item in enumerate(value)]
    if not isinstance(value, str) or "${" not in value:
        return value
    names = _VARIABLE.findall(value)
    wrong = [name for name in names if name not in environ]
    for name in wrong:
        if _NAME.fullmatch(name):
            problems.append(f"{dotted(place)}: the environment variable {name} is not set; set it before you start")
        else:
            problems.append(f"{dotted(place)}: ${{…}} must hold the name of an environment variable")
    text = value if wrong else _VARIABLE.sub(lambda found: environ[found[1]], value)
    return Filled(text, raw=value, is_unset=bool(wrong))


def _twice(raw: Mapping[str, Any]) -> Iterator[str]:
    """Ids of pages, names of subscribers and addresses of one subscriber that stand twice."""
    for table, key in (("pages", "id"), ("subscribers", "name")):
        rows = raw.get(table)
        seen: dict[str, int] = {}
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            name = row.get(key) if isinstance(row, dict) else None
            if not isinstance(name, str):
                continue
            if name in seen:
                yield f'{table}[{index}].{key}: "{name}" is taken by {table}[{seen[name]}], choose another'
            seen.setdefault(name, index)
            addresses = row.get("to")
            if isinstance(addresses, list) and len(set(map(str, addresses))) < len(addresses):
                yield f"{table}[{index}].to: names one address twice, remove one"


def _deaf(settings: Settings) -> Iterator[str]:
    """Filters of subscribers that can never let anything through: a name of a change or a page that there is not."""
    pages = [page.id for page in settings.pages]
    for index, subscriber in enumerate(settings.subscribers):
        for key in ("kinds", "urgent"):
            for kind in getattr(subscriber, key):
                if not matches(kind, CHANGE_NAMES):
                    yield f'subscribers[{index}].{key}: there is no change "{kind}", {meant(kind, CHANGE_GLOBS)}'
                elif not matches(kind, TOLD_TO_SUBSCRIBERS):
                    yield f'subscribers[{index}].{key}: "{kind}" is told to [operator] alone'
        for glob in subscriber.pages:
            if pages and not any(fnmatchcase(page, glob) for page in pages):
                yield f'subscribers[{index}].pages: there is no page "{glob}", {meant(glob, pages)}'


def meant(name: str, known: Sequence[str]) -> str:
    """What someone who wrote `name` may have meant: the nearest of `known`, else some of them."""
    near = get_close_matches(name, known, n=1)
    return f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known[:8])}{' …' if len(known) > 8 else ''}"


def unbuilt_in(settings: Settings) -> list[str]:
    """The keys of UNBUILT_KEYS that the file sets, as `pages[0].was`, in the order of the tables."""
    found: list[str] = []
    for table in Settings.model_fields:
        value = getattr(settings, table)
        rows = value if isinstance(value, tuple) else (value,)
        for index, row in enumerate(rows):
            name = f"{table}[{index}]" if isinstance(value, tuple) else table
            keys = [key for key in type(row).model_fields if key in row.model_fields_set]
            found += [f"{name}.{key}" for key in keys if f"{table}.{key}" in UNBUILT_KEYS]
    return found


def subscribers_of(settings: Settings) -> list[Subscriber]:
    """The subscribers of config.toml, in its order."""
    return [
        subscriber_of(row.name, row, _destinations(row.name, row.to), settings=settings) for row in settings.subscribers
    ]


def subscriber_of(
    name: str,
    wishes: Preferences,
    destinations: tuple[Destination, ...],
    *,
    settings: Settings,
    since: datetime | None = None,
) -> Subscriber:
    """One who is told what it wishes; with `since`, only what is detected afterwards."""
    return Subscriber(
        name=name,
        destinations=destinations,
        pages=wishes.pages,
        kinds=wishes.kinds,
        categories=wishes.categories,
        programmes=wishes.programmes,
        companies=wishes.companies,
        match=wishes.match,
        timing=Timing.of(
            delivery=wishes.delivery,
            quiet=wishes.quiet,
            urgent=wishes.urgent,
            all_quiet=wishes.all_quiet,
            zone=ZoneInfo(settings.monitor.timezone),
        ),
        language=wishes.language or settings.monitor.language,
        paused=wishes.paused,
        since=since,
    )


def row_of(raw: Mapping[str, Any], settings: Settings, environ: Mapping[str, str]) -> SubscriberSettings:
    """A subscriber that does not stand in config.toml, held to the rules of [[subscribers]].

    Raises ConfigError, which names every problem.
    """
    problems: list[str] = []
    data = {"subscribers": [_fill(dict(raw), environ, ("subscribers", 0), problems)]}
    problems += _twice({"subscribers": [raw]})
    try:
        alone = Settings.model_validate(data)
    except ValidationError as error:
        problems += words(error.errors(include_url=False))
    else:
        problems += _deaf(settings.model_copy(update={"subscribers": alone.subscribers}))
    if problems:
        raise ConfigError(
            tuple(problem.removeprefix("subscribers[0].") for problem in problems), where=str(raw.get("name"))
        )
    return alone.subscribers[0]


def filled(text: str, environ: Mapping[str, str]) -> str | None:
    """`text` with each `${NAME}` filled in; None if one is not set."""
    if any(name not in environ for name in _VARIABLE.findall(text)):
        return None
    return _VARIABLE.sub(lambda found: environ[found[1]], text)


def operator_of(settings: Settings) -> Subscriber | None:
    """Who hears of incidents; None if config.toml names nobody."""
    if not settings.operator.to:
        return None
    return Subscriber(
        name=OPERATOR,
        destinations=_destinations(OPERATOR, settings.operator.to),
        language=settings.monitor.language,
    )


def _destinations(name: str, addresses: tuple[Address, ...]) -> tuple[Destination, ...]:
    return tuple(Destination.of(name, item.raw, item.secret.get_secret_value()) for item in addresses)
