"""The tables, those of messages apart (storage/outbox_tables.py). Ids grow with time and give the order: clocks may be
set back.

`storage/migrations/` holds the same schema as history; a test compares the two.
The constants in capitals are the tables for Core statements.
"""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Index, LargeBinary, Table, text
from sqlmodel import Field

from storage.columns import (
    ADDED_LATER,
    Base,
    long_text,
    maybe_moment,
    maybe_text,
    moment,
    packed,
    plain_json,
    reference,
    row_id,
)
from storage.packing import PackedJson, Pairs
from storage.types import UtcDateTime


class PageRow(Base, table=True):
    """A watched page and all an unchanged check needs to know, in one row.

    `page` is its id in config.toml. `version` and `suspect_snapshot` point forward without a foreign key, as
    their tables point here. `reader` stands for all that decides how its bodies are read: parsers and the page's
    settings. `pending_*` is the set of records that repeated suspect checks agree on. `thinned_on`
    is the day (in Japan) on which what is old was last thinned. `next_due` is when the daemon checks it next, and
    `last_started` when it last began to; `unverified` holds from `page.unverified` to `page.verified`.
    """

    __tablename__ = "page"
    id: int = row_id()
    page: str = Field(unique=True)
    name: str
    url: str = long_text()
    last_check: datetime | None = maybe_moment()
    last_good: datetime | None = maybe_moment()
    last_full: datetime | None = maybe_moment()
    outcome: str | None = None
    reason: str | None = None
    message: str | None = maybe_text()
    failures: int = 0
    gone_count: int = 0
    gone: bool = False
    moved_to: str | None = maybe_text()
    etag: str | None = maybe_text()
    last_modified: str | None = None
    body_sha256: str | None = None
    records_digest: str | None = None
    version: int = 0
    parser: str | None = None
    parser_version: int | None = None
    reader: str | None = None
    title: str | None = maybe_text()
    record_count: int = 0
    suspect_snapshot: int | None = None
    pending_digest: str | None = None
    pending_since: datetime | None = maybe_moment()
    pending_count: int = 0
    thinned_on: date | None = None
    next_due: datetime | None = maybe_moment()
    last_started: datetime | None = maybe_moment()
    unverified: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})


class BodyRow(Base, table=True):
    """A body, stored once; `size` in bytes before compression; storage/bodies.py says how `data` is to be read.

    `base_id` is the body it is stored as a difference from; it is read in `steps` decompressions.
    """

    __tablename__ = "body"
    id: int = row_id()
    sha256: str = Field(unique=True)
    size: int
    format: str
    data: bytes = Field(sa_type=LargeBinary)
    base_id: int | None = Field(default=None, foreign_key="body.id", index=True)
    steps: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class SnapshotRow(Base, table=True):
    """A body as it came: `claimed_at` is the time it is said to be from, `recorded_at` when it was stored.

    `origin` is `live` or `import`; `entry_sha256` the hash of its entry in the page's chain (storage/chain.py).
    """

    __tablename__ = "snapshot"
    id: int = row_id()
    page_id: int = reference("page.id", index=True)
    body_id: int = reference("body.id", index=True)
    url: str = long_text()
    http_status: int | None = None
    headers: list[list[str]] = packed()
    claimed_at: datetime = moment()
    recorded_at: datetime = moment()
    outcome: str
    reason: str | None = None
    origin: str = Field(default="live", sa_column_kwargs={"server_default": "live"})
    entry_sha256: str = Field(default="-", sa_column_kwargs=ADDED_LATER)


class CheckRow(Base, table=True):
    """One check; `final_url` only where a redirect led elsewhere."""

    __tablename__ = "check_run"
    __table_args__ = (Index(None, "page_id", "at"),)
    id: int = row_id()
    page_id: int = reference("page.id")
    at: datetime = moment()
    seconds: float
    outcome: str
    http_status: int | None = None
    final_url: str | None = maybe_text()
    reason: str | None = None
    message: str | None = maybe_text()
    snapshot_id: int | None = Field(default=None, foreign_key="snapshot.id")


class CheckDayRow(Base, table=True):
    """How many checks of a day (in Japan) came to an outcome, once their own rows are thinned."""

    __tablename__ = "check_day"
    page_id: int = Field(foreign_key="page.id", primary_key=True)
    day: date = Field(primary_key=True)
    outcome: str = Field(primary_key=True)
    count: int


class VersionRow(Base, table=True):
    """What a page said, from `created_at` on.

    `origin` is how it came to be: `live`, `accept` (by a person), `import` or `parser` (the same body, read again);
    `corrected_at` when another reading of its body took the place of the first. `number` is its place in time.
    `record_order` lists its records as [record_version.id, position], so that a shifted position rewrites no record.
    """

    __tablename__ = "version"
    __table_args__ = (Index(None, "page_id", "number", unique=True),)
    id: int = row_id()
    page_id: int = reference("page.id")
    number: int
    snapshot_id: int = reference("snapshot.id", index=True)
    origin: str
    parser: str
    parser_version: int
    title: str = long_text()
    charset: str
    coverage: float
    floors: dict[str, int] = plain_json()
    warnings: list[dict[str, str]] = plain_json()
    record_order: list[list[int]] = Field(sa_type=Pairs)
    created_at: datetime = moment()
    corrected_at: datetime | None = maybe_moment()


class RecordRow(Base, table=True):
    """A record as it stood from one version's number until before another's (None: it is current)."""

    __tablename__ = "record_version"
    __table_args__ = (
        Index(
            "uq_record_version_current",
            "page_id",
            "kind",
            "key",
            unique=True,
            sqlite_where=text("until_version IS NULL"),
            postgresql_where=text("until_version IS NULL"),
        ),
        Index(None, "page_id", "until_version"),
    )
    id: int = row_id()
    page_id: int = reference("page.id")
    kind: str
    key: str = long_text()
    record: dict[str, Any] = packed()
    since_version: int
    until_version: int | None = None


class ChangeRow(Base, table=True):
    """A published change or an incident's news.

    `names` holds all its names between bars, `search` its folded words, for LIKE; `told` is the rest of what people
    are told. `version_id` is the version it began, None for a change of the page itself. `origin` is `live`, `import`
    or `parser` (found when bodies were read again): those two were told to nobody. `superseded_by` is the correction
    of a change that a better reading showed to be none.
    """

    __tablename__ = "change"
    __table_args__ = (Index(None, "page_id", "detected_at"),)
    id: int = row_id()
    page_id: int = reference("page.id")
    version_id: int | None = Field(default=None, foreign_key="version.id", index=True)
    origin: str = Field(default="live", sa_column_kwargs={"server_default": "live"})
    superseded_by: int | None = Field(default=None, foreign_key="change.id")
    change: str
    names: str = long_text()
    kind: str
    key: str = long_text()
    told: dict[str, Any] = packed()
    search: str = long_text()
    operators_only: bool
    detected_at: datetime = Field(sa_type=UtcDateTime, index=True)
    last_seen_before: datetime | None = maybe_moment()
    snapshot_before: int | None = Field(default=None, foreign_key="snapshot.id")
    snapshot_after: int | None = Field(default=None, foreign_key="snapshot.id")


class ReadingRow(Base, table=True):
    """A body of the archive as it was read again, until all of its page are and take their place together.

    `reader` names the parsers and the page's settings it was read with; `page` is None where it cannot be read.
    """

    __tablename__ = "reading"
    snapshot_id: int = Field(foreign_key="snapshot.id", primary_key=True)
    reader: str
    page: dict[str, Any] | None = Field(default=None, sa_type=PackedJson)


class IncidentRow(Base, table=True):
    """Something operators were told of, last at `told_at`; at most one of a kind is open on a page.

    One without a page is about the service itself; of these, too, at most one of a kind is open.
    """

    __tablename__ = "incident"
    __table_args__ = (
        Index(
            "uq_incident_open",
            "page_id",
            "kind",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "uq_incident_open_of_service",
            "kind",
            unique=True,
            sqlite_where=text("page_id IS NULL AND closed_at IS NULL"),
            postgresql_where=text("page_id IS NULL AND closed_at IS NULL"),
        ),
    )
    id: int = row_id()
    page_id: int | None = Field(default=None, foreign_key="page.id", index=True)
    kind: str
    reason: str
    message: str = long_text()
    opened_at: datetime = moment()
    closed_at: datetime | None = maybe_moment()
    told_at: datetime | None = maybe_moment()


class HostRow(Base, table=True):
    """What all processes know of a host, so that together they are as polite as one.

    No request goes out before `not_before` (the host's Retry-After, or a pause after `failures` in a row) or
    `next_turn`. A robots.txt has a row of its own, whose `host` is its address: each scheme and port may have another.
    `robots_*` is what was last answered, and the last good answer, which holds while it cannot be reached (RFC 9309,
    2.3.1.4).
    """

    __tablename__ = "host"
    id: int = row_id()
    host: str = Field(unique=True)
    not_before: datetime | None = maybe_moment()
    next_turn: datetime | None = maybe_moment()
    failures: int = 0
    robots_status: int | None = None
    robots_body: bytes | None = Field(default=None, sa_type=LargeBinary)
    robots_at: datetime | None = maybe_moment()
    robots_good: bytes | None = Field(default=None, sa_type=LargeBinary)
    robots_good_at: datetime | None = maybe_moment()
    robots_unreachable_since: datetime | None = maybe_moment()


class HostVisitRow(Base, table=True):
    """A connection to a host that a process (see storage/owners.py) has open, at the longest until `until`."""

    __tablename__ = "host_visit"
    id: int = row_id()
    host_id: int = reference("host.id", index=True)
    owner: str
    until: datetime = moment()


class DaemonRow(Base, table=True):
    """The process that keeps the schedule (see storage/owners.py), and when it last said so."""

    __tablename__ = "daemon"
    name: str = Field(primary_key=True)
    owner: str
    since: datetime = moment()
    seen_at: datetime = moment()


metadata: Final = Base.metadata

PAGE: Final[Table] = metadata.tables["page"]
BODY: Final[Table] = metadata.tables["body"]
SNAPSHOT: Final[Table] = metadata.tables["snapshot"]
CHECK: Final[Table] = metadata.tables["check_run"]
CHECK_DAY: Final[Table] = metadata.tables["check_day"]
VERSION: Final[Table] = metadata.tables["version"]
RECORD: Final[Table] = metadata.tables["record_version"]
CHANGE: Final[Table] = metadata.tables["change"]
READING: Final[Table] = metadata.tables["reading"]
INCIDENT: Final[Table] = metadata.tables["incident"]
HOST: Final[Table] = metadata.tables["host"]
HOST_VISIT: Final[Table] = metadata.tables["host_visit"]
DAEMON: Final[Table] = metadata.tables["daemon"]
