"""What `compare` finds, and the same once recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, Final, Literal

ChangeOrigin = Literal["live", "import", "parser"]

_TOLD_TO_OPERATORS: Final = ("page.suspect", "page.failing", "page.stale", "page.recovered")

TOLD_TO_SUBSCRIBERS: Final = (
    *(f"category.{name}" for name in ("added", "removed", "renamed", "changed")),
    *(f"programme.{name}" for name in ("added", "removed", "moved", "renamed", "changed")),
    *(f"plan.{name}" for name in ("added", "removed", "amended", "replaced", "revised", "moved", "renamed", "changed")),
    *(f"document.{name}" for name in ("added", "removed", "replaced", "revised", "moved", "renamed", "changed")),
    *(f"document.{name}" for name in ("gone", "restored")),
    "text.changed",
    *(f"{kind}.corrected" for kind in ("category", "programme", "plan", "document", "text")),
    *(f"page.{name}" for name in ("moved", "gone", "restored", "unverified", "verified")),
)
"""The names of changes that a subscriber may hear of."""

CHANGE_NAMES: Final = (*TOLD_TO_SUBSCRIBERS, *_TOLD_TO_OPERATORS)
"""Every name a change can have."""

CHANGE_GLOBS: Final = (*dict.fromkeys(name.partition(".")[0] for name in CHANGE_NAMES), *CHANGE_NAMES)
"""What people write for changes, globs aside: a kind ("plan" means "plan.*") or a name."""

ABOUT_VERIFYING: Final = frozenset({"page.unverified", "page.verified"})
"""What subscribers are told of the monitoring itself: no change of a page."""


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
    `operators_only` marks incidents, which no subscriber hears of. What was found between saved pages (`origin`
    `import`) or when bodies were read again (`parser`) was told to nobody. `superseded_by` is the id of the change
    `KIND.corrected` that takes this one back: it was misread, and never was.
    """

    id: int
    page: str
    detected_at: datetime
    last_seen_before: datetime | None = None
    snapshot_before: int | None = None
    snapshot_after: int | None = None
    operators_only: bool = False
    origin: ChangeOrigin = "live"
    superseded_by: int | None = None


def glob_of(kind: str) -> str:
    """The glob over names of changes that a person means; "plan" means "plan.*"."""
    return kind if "." in kind or "*" in kind else f"{kind}.*"


def matches(kind: str, names: Iterable[str]) -> bool:
    """Whether `glob_of(kind)` matches one of the names of changes."""
    glob = glob_of(kind)
    return any(fnmatchcase(name, glob) for name in names)
