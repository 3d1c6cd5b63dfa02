"""What goes into the store and what comes out of it. Every `datetime` is aware and in UTC."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from parsers.records import Page, Record
from storage.changes import RecordedChange

Outcome = Literal["baseline", "unchanged", "changed", "failed", "suspect"]
VersionOrigin = Literal["live", "accept", "import", "parser"]
Channel = Literal["subscriber", "operator"]
Language = Literal["ja", "en"]
DeliveryStatus = Literal["waiting", "claimed", "sent", "dead", "cancelled"]
DeliveryKind = Literal["changes", "digest", "notice"]
StandingState = Literal["paused", "bounced", "unsubscribed"]
Phase = Literal["opened", "open", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a check has no page to show.

    `failed`: nothing came (`timeout`, `dns`, `tls`, `http_404`, `short_body`, …). `suspect`: a body came that
    is not the page it should be; `reason` is then one of `parsers.errors.SuspectReason`.
    """

    kind: Literal["failed", "suspect"]
    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One check of one page, as it was fetched and read.

    It holds exactly one of `content` (read; `body` goes with it), `problem` and `not_modified` (304, or the
    very bytes of the last good check). `reread` is the last good body read by today's parser, where the
    current version was read by another. `moved_to` is where a permanent redirect (301, 308) leads.
    `since_version` is the number of the version that was current when the page was asked for: where that is
    given and another version has come since, what this observation says may be older than what is stored. `reader`
    stands for all that decides how a body is read.
    """

    page: str
    url: str
    name: str
    at: datetime
    seconds: float
    http_status: int | None
    final_url: str | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    content: Page | None = None
    not_modified: bool = False
    problem: Problem | None = None
    reread: Page | None = None
    moved_to: str | None = None
    since_version: int | None = None
    reader: str | None = None

    def __post_init__(self) -> None:
        given = [self.content is not None, self.problem is not None, self.not_modified]
        if given.count(True) != 1:
            raise ValueError("an observation holds exactly one of content, problem and not_modified")
        if self.content is not None and self.body is None:
            raise ValueError("an observation with content holds the body it was read from")

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case of letters."""
        return first_header(self.headers, name)


def first_header(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The first header of that name, in any case of letters (RFC 9110, 5.1)."""
    return next((value for key, value in headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInfo:
    """A watched page: its id in config.toml, its name for readers, its address."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a check came to.

    `changes` are what subscribers may hear, `incidents` what only operators hear; `record_count` counts the
    records of the version that is current afterwards.
    """

    outcome: Outcome
    changes: tuple[RecordedChange, ...] = ()
    record_count: int = 0
    incidents: tuple[RecordedChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a digest is about: later than `after`, up to and including `until`, when it is sent."""

    after: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to be: one destination (its id, never its address) and the changes to tell it.

    It is sent at once, or not before `due`; with `window` its changes go into the digest of that window.
    """

    destination: str
    subscriber: str
    channel: Channel
    change_ids: tuple[int, ...]
    language: Language
    due: datetime | None = None
    window: Window | None = None


Route = Callable[[PageInfo, Sequence[RecordedChange]], Sequence[Draft]]
"""Called inside the write transaction with changes and incidents together: pure and quick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """Where a page stands.

    `last_check` is the last check of any outcome; `last_unchanged` the last good one, when the page was seen
    to be as the current version says; `last_full` the last good one that brought a body. `outcome`, `reason`
    and `message` are those of the last check. `failures` counts failed checks in a row, 404 and 410 of a page
    once seen apart. `etag`, `last_modified` and `body_sha256` (hex) belong to the last good body; `title` and
    the parser to the current version, whose number is `version` (0: none yet); `reader` stands for all that decided how
    it was read. `suspect_snapshot` is what
    `accept` would take; `gone` holds from `page.gone` to `page.restored`, `unverified` from `page.unverified` to
    `page.verified`. `next_due` is when the daemon checks the page next, `last_started` when it last began to.
    """

    page: PageInfo
    last_check: datetime | None
    last_unchanged: datetime | None
    last_full: datetime | None
    outcome: Outcome | None
    reason: str | None
    message: str | None
    failures: int
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    parser: str | None
    parser_version: int | None
    reader: str | None
    title: str | None
    record_count: int
    suspect_snapshot: int | None
    version: int
    gone: bool
    unverified: bool
    next_due: datetime | None
    last_started: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBody:
    """A body as it was fetched, with the headers it came with; `at` is the time it is from."""

    snapshot: int
    body: bytes
    headers: tuple[tuple[str, str], ...]
    url: str
    content_type: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something operators were told of; open while `closed_at` is None.

    `page` is None where it is about the service itself, such as a disk nearly full.
    """

    page: str | None
    kind: str
    reason: str
    message: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVersion:
    """A record as it stood from `since` until before `until` (None: to this day).

    `record` is None while it was not on the page. `change` names the change that began it; None for the
    baseline, a corrected reading, or a difference of form only. `origin` is how the version of the page in which it
    began came to be known: by a check (`live`), by a person (`accept`), from a saved page (`import`), or from the
    same body read again by another parser (`parser`).
    """

    record: Record | None
    since: datetime
    until: datetime | None
    change: str | None
    origin: VersionOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenMessage:
    """A message as rendered once; every attempt sends these very words."""

    subject: str
    text: str
    html: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One destination × one message.

    `kind` says what is in it: changes, those of a digest's `window`, or a notice that was frozen when it was written.
    `attempts` counts claims, the present one included; a claim lasts until `lease_until`. `message` is None until
    frozen, and again once it was sent or cancelled, when its `subject` alone is left. `message_id` is None until the
    first attempt. `last_error` holds the last failure, or why it was cancelled; `code` the server's answer to a sent
    one.
    """

    id: int
    destination: str
    subscriber: str
    channel: Channel
    language: Language
    change_ids: tuple[int, ...]
    status: DeliveryStatus
    attempts: int
    created_at: datetime
    next_attempt: datetime
    message: FrozenMessage | None
    message_id: str | None
    last_error: str | None
    code: str | None
    sent_at: datetime | None
    subject: str | None = None
    lease_until: datetime | None = None
    kind: DeliveryKind = "changes"
    window: Window | None = None


class Due(NamedTuple):
    """A delivery that waits and whose time has come, or that is claimed; `attempts` counts former claims, too."""

    id: int
    destination: str
    next_attempt: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message that is about no change, frozen when it is written."""

    destination: str
    subscriber: str
    language: Language
    message: FrozenMessage
    channel: Channel = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTally:
    """What the checks of a page within a window came to.

    `good`, `failed` and `suspect` count them; `last_check` and `last_good` are the last up to its end, even if from
    before it. `chain_head` is the hash of the newest entry of the page's chain (storage/chain.py). `changes` counts the
    changes found in the window that stand, whoever hears of them: no incidents, and none that only a later reading
    found. `began` is the page's very first check, where it lies within the window: of the time before nothing is known.
    `gaps` are the times of more than a day within the window between one good check and the next.
    """

    page: PageInfo
    good: int
    failed: int
    suspect: int
    last_good: datetime | None
    last_check: datetime | None
    chain_head: str | None
    changes: int = 0
    began: datetime | None = None
    gaps: tuple[tuple[datetime, datetime], ...] = ()


class Rename(NamedTuple):
    """A category or a programme that a page gave another title."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAddress:
    """One destination of a stored subscriber: a random id, which tells nothing of the address, and the address.

    The address is that of a mailbox, or `${NAME}` for one that the environment holds.
    """

    id: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSubscriber:
    """A subscriber of the database; `settings` are as they were given."""

    name: str
    settings: Mapping[str, Any]
    destinations: tuple[StoredAddress, ...]
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Why nothing goes to a destination of a subscriber, or (None) to any of them, although it is configured."""

    subscriber: str
    destination: str | None
    state: StandingState
    since: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReading:
    """A saved page as it was read; `at` is the time it is said to be from, `headers` are empty where none are known."""

    at: datetime
    url: str
    body: bytes
    content: Page
    http_status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to: pages new to the archive, pages it held already, and changes found between pages."""

    added: int
    known: int
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What reading a page's bodies again came to.

    Of `versions`, `unreadable` stay as they were read before, and `corrected` say something else now. `superseded` are
    the changes that were published and never were; `messages` go to those who were told of them.
    """

    versions: int
    unreadable: int
    corrected: int
    superseded: tuple[RecordedChange, ...]
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedBody:
    """A body of the archive with all that is known of it; `body` is None where it is no longer kept.

    `seen_at` are the times from which on the page was as this body says, oldest first: its own time `at`, that of
    its acceptance, that of a return to it. It is empty for a body that never became the page.
    """

    snapshot: int
    url: str
    at: datetime
    http_status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    outcome: Literal["good", "suspect"]
    seen_at: tuple[datetime, ...]
