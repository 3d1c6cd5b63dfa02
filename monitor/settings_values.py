"""The forms a single value of config.toml may take: sizes, durations, crontab lines, addresses.

Each check raises ValueError saying what would be right ("must be …"); the value itself is added by
settings_wording, which knows whether it may be shown.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from notify.errors import NotifyError
from notify.timing import cut_off, quiet_hours

OPERATOR: Final = "operator"
"""The name under which [operator] is told; no subscriber may have it."""

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION: Final = re.compile(r"(\d{1,6})\s*([smhd])")
_BYTES: Final = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_SIZE: Final = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([kKMG]i?B|B)")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PAGE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MAIL_ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]+")
_SENDER: Final = re.compile(rf'[^<>"\\\n]*<{_MAIL_ADDRESS.pattern}>|{_MAIL_ADDRESS.pattern}')
_LONGEST_FILTER: Final = 500
_CHANNEL_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


class Filled(str):
    """A value into which `${NAME}` was filled: never shown. `raw` is as config.toml has it."""

    raw: str
    is_unset: bool

    def __new__(cls, value: str, *, raw: str, is_unset: bool) -> "Filled":
        filled = super().__new__(cls, value)
        filled.raw = raw
        filled.is_unset = is_unset
        return filled


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes. `raw` is its text in config.toml, before `${NAME}` was filled in."""

    secret: SecretStr
    raw: str = field(repr=False)


def _duration(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError('must be a duration like "30m", "24h" or "90d"')  # noqa: TRY004  pydantic wants it
    found = _DURATION.fullmatch(value)
    if not found or not int(found[1]):
        raise ValueError('must be a duration like "30m", "24h" or "90d"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _size(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    found = _SIZE.fullmatch(value) if isinstance(value, str) else None
    unit = found[2].replace("KB", "kB").replace("ki", "Ki") if found else ""
    size = int(float(found[1]) * _BYTES[unit]) if found else 0
    if size <= 0:
        raise ValueError('must be a size like "20 MB", "512 KiB" or a number of bytes')
    return size


def web_url(value: str) -> str:
    """`value`, if it is an http or https URL with a host and without a password; else ValueError."""
    if not value.isprintable() or " " in value:
        raise ValueError("must be a URL without white space")
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  reading it checks it
    except ValueError as error:
        raise ValueError("must be a valid URL like https://www.soumu.go.jp/") from error
    if parts.scheme not in {"http", "https"}:
        raise ValueError("must begin with https:// or http://")
    if not parts.hostname:
        raise ValueError("must name a host, as in https://www.soumu.go.jp/")
    if parts.username is not None:
        raise ValueError("must not hold a user name or password")
    return value


def _optional_url(value: str) -> str:
    return web_url(value) if value else value


def _address(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("must be a mail address or a channel's URL, in quotes")  # noqa: TRY004
    raw = value.raw if isinstance(value, Filled) else value
    if not (_CHANNEL_URL.fullmatch(value) or _MAIL_ADDRESS.fullmatch(value)) or not value.isprintable():
        raise ValueError('must be a mail address like "desk@example.jp" or a URL like "slack://…"')
    return Address(secret=SecretStr(str(value)), raw=raw)


def at_least_one(value: tuple[Address, ...]) -> tuple[Address, ...]:
    """`value`, unless it is empty; else ValueError."""
    if not value:
        raise ValueError('must name at least one, like ["desk@example.jp"]')
    return value


def _matching(pattern: re.Pattern[str], message: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not pattern.fullmatch(value) or not value.isprintable():
            raise ValueError(message)
        return value

    return check


def _header_text(value: str) -> str:
    if not (value.isascii() and value.isprintable()) or set(value) & set("()\\"):
        raise ValueError("must be a mail address or URL in ASCII letters: it goes into the User-Agent header")
    return value


def _understood(parse: Callable[[str], object]) -> Callable[[str], str]:
    """What lets through what `parse` understands, as it is written."""

    def check(value: str) -> str:
        try:
            parse(value)
        except NotifyError as error:
            raise ValueError(error.what) from None
        return value

    return check


def _one_line(value: str) -> str:
    if not value.strip() or not value.isprintable() or len(value) > 200:
        raise ValueError("must be a name: one line, 1 to 200 characters, without control characters")
    return value


def _subscriber_name(value: str) -> str:
    if value.strip("[]") == OPERATOR:
        raise ValueError("must not be that of [operator]")
    if _one_line(value) != value.strip():
        raise ValueError("must not begin or end with a space")
    return value


def _visible(value: str) -> str:
    if not any(char.isprintable() and not char.isspace() for char in value):
        raise ValueError("must name something or be left out")
    if len(value) > _LONGEST_FILTER:
        raise ValueError(f"must have at most {_LONGEST_FILTER} characters")
    return value


def _cron_number(text: str, low: int, high: int, names: Sequence[str]) -> int:
    if text in names:
        return names.index(text) + low
    if not text.isdecimal() or not text.isascii() or not low <= int(text) <= high:
        raise ValueError(f"{low} to {high}" + (f" or {names[0]} to {names[-1]}" if names else ""))
    return int(text)


def _cron_field(text: str, low: int, high: int, names: Sequence[str]) -> None:
    for item in text.split(","):
        span, slash, step = item.partition("/")
        first, dash, last = span.partition("-")
        if slash and (not step.isdecimal() or not int(step)):
            raise ValueError("a whole number after /")
        if span == "*":
            continue
        start = _cron_number(first, low, high, names)
        if dash and _cron_number(last, low, high, names) < start:
            raise ValueError("the smaller end of a range first")
        if slash and not dash:
            raise ValueError("a range or * before /")


def crontab(value: str) -> str:
    """`value`, if it is a crontab line of five fields with week days by name; else ValueError."""
    fields = value.lower().split()
    if len(fields) != 5:
        raise ValueError(
            'must be a crontab line of five fields: minute hour day month weekday, like "0 9-18 * * mon-fri"'
        )
    if any(char.isdecimal() for char in fields[4].partition("/")[0]):
        raise ValueError(
            "must name its week days (mon-fri): cron counts them from Sunday, the scheduler from Monday, "
            "so that a number would run a day late"
        )
    rules: tuple[tuple[str, int, int, Sequence[str]], ...] = (
        ("minute", 0, 59, ()),
        ("hour", 0, 23, ()),
        ("day", 1, 31, ()),
        ("month", 1, 12, _MONTHS),
        ("weekday", 0, 6, _DAYS),
    )
    for text, (name, low, high, names) in zip(fields, rules, strict=True):
        try:
            _cron_field(text, low, high, names)
        except ValueError as error:
            raise ValueError(f"must be a crontab line, whose {name} takes {error}") from None
    return value


Names = Annotated[tuple[str, ...], Field(strict=False)]
Filters = Annotated[tuple[Annotated[str, AfterValidator(_visible)], ...], Field(strict=False)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Size = Annotated[int, BeforeValidator(_size)]
Line = Annotated[str, AfterValidator(_one_line)]
SubscriberName = Annotated[str, AfterValidator(_subscriber_name)]
Url = Annotated[str, AfterValidator(web_url)]
OptionalUrl = Annotated[str, AfterValidator(_optional_url)]
Crontab = Annotated[str, AfterValidator(crontab)]
Contact = Annotated[str, AfterValidator(_header_text)]
Sender = Annotated[str, AfterValidator(_matching(_SENDER, 'must be a mail address like "monitor@example.jp"'))]
Addresses = Annotated[tuple[Annotated[Address, BeforeValidator(_address)], ...], Field(strict=False)]
PageId = Annotated[
    str, AfterValidator(_matching(_PAGE_ID, "must be 1 to 64 letters, digits, dots, dashes and underscores"))
]
Delivery = Annotated[str, AfterValidator(_understood(cut_off))]
Quiet = Annotated[str, AfterValidator(_understood(quiet_hours))]
