"""What `compare` finds, and the same once recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two versions of a page, as a careful reader would name it.

    `change` is the first name that holds ("plan.amended"), `also` the others. `before` and `after` are the
    JSON forms of the record (None where it was added or removed); of a `text.changed` they hold `title`,
    `path` and `lines`, only the lines that differ. A change of the page itself has kind "page", the page's
    id as `key`, and its own facts in `after` (`reason`, `message`, `http_status`, `count`, …).
    """

    change: str
    kind: str
    key: str
    title: str
    path: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    cause: str | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    url: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.change, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedChange(Change):
    """A change with its place in the store; times are aware, in UTC.

    `page` is the page's id; snapshots are the ids of the stored bodies between which it was found;
    `operators_only` marks incidents, which no subscriber hears of.
    """

    id: int
    page: str
    detected_at: datetime
    last_seen_before: datetime | None = None
    snapshot_before: int | None = None
    snapshot_after: int | None = None
    operators_only: bool = False
