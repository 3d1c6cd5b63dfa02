"""Who is told, and where."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Self

from notify.timing import IMMEDIATE, Timing
from storage.observation import Language


@dataclass(frozen=True, slots=True)
class Destination:
    """A mail address or an apprise URL.

    `id` is stable and no secret; `label` is the masked form for people. `address` is the secret: it is never
    stored, logged or shown.
    """

    id: str
    address: str = field(repr=False)
    label: str

    @classmethod
    def of(cls, subscriber: str, configured: str, address: str) -> Self:
        """The destination written as `configured` in config.toml, before `${…}` became `address`.

        The id holds a digest of the configured text, so that a new value of a variable keeps waiting
        deliveries, and another line of the configuration is another destination.
        """
        digest = hashlib.sha256(configured.encode()).hexdigest()[:8]
        return cls(id=f"{subscriber}#{digest}", address=address, label=mask(address))


def is_same_address(destination: str, other: str) -> bool:
    """Whether two destinations, by their ids, are one address as config.toml has it, whosever it is."""
    return destination.rpartition("#")[2] == other.rpartition("#")[2]


def is_url(address: str) -> bool:
    """Whether an address goes through apprise; anything else is a mail address."""
    return "://" in address


def mask(address: str) -> str:
    """An address as people may see it: `d…@example.jp`, `slack://…`."""
    if is_url(address):
        return f"{address.partition('://')[0]}://…"
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}" if at else "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One who is told. Empty filters let everything pass; several filters must all agree, of one any value.

    `pages` and `kinds` are globs ("plan" means "plan.*"); `categories` and `programmes` are titles,
    `companies` parts of names, `match` a pattern of notify.matching. What befalls the page itself passes all filters
    but `pages` and `kinds`; that it cannot be verified, is gone or back, `kinds` too. With `since` (aware), only what
    is detected afterwards is told. `timing` says when.
    """

    name: str
    destinations: tuple[Destination, ...]
    pages: tuple[str, ...] = ("*",)
    kinds: tuple[str, ...] = ("*",)
    categories: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    match: str | None = None
    language: Language = "ja"
    paused: bool = False
    since: datetime | None = None
    timing: Timing = IMMEDIATE

    def hears_of(self, page: str) -> bool:
        """Whether its filter of pages lets the page of that id pass."""
        return not self.pages or any(fnmatchcase(page, glob) for glob in self.pages)
