"""The tables of messages and of those they are for; storage/tables.py has the others."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Index, Table, text
from sqlmodel import Field

from storage.columns import Base, long_text, maybe_moment, maybe_text, moment, plain_json, reference, row_id


class DeliveryRow(Base, table=True):
    """One destination (its id, never its address) × one message; see storage/outbox.py for its life.

    `kind` is `changes`, `digest` or `notice`. A destination has one digest of a window; a cancelled one has no window
    any more, and makes room for another. `finished_at` is when it was sent, given up or cancelled, `reported_at` when
    the operator was told that it is dead.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index(None, "status", "next_attempt"),
        Index(
            "uq_delivery_digest",
            "destination",
            "window_until",
            unique=True,
            sqlite_where=text("window_until IS NOT NULL"),
            postgresql_where=text("window_until IS NOT NULL"),
        ),
    )
    id: int = row_id()
    destination: str
    subscriber: str
    channel: str
    language: str
    status: str
    attempts: int = 0
    created_at: datetime = moment()
    next_attempt: datetime = moment()
    owner: str | None = None
    lease_until: datetime | None = maybe_moment()
    subject: str | None = maybe_text()
    text: str | None = maybe_text()
    html: str | None = maybe_text()
    message_id: str | None = None
    last_error: str | None = maybe_text()
    code: str | None = maybe_text()
    finished_at: datetime | None = maybe_moment()
    kind: str = Field(default="changes", sa_column_kwargs={"server_default": "changes"})
    window_after: datetime | None = maybe_moment()
    window_until: datetime | None = maybe_moment()
    reported_at: datetime | None = maybe_moment()


class DeliveryChangeRow(Base, table=True):
    """The changes a delivery tells."""

    __tablename__ = "delivery_change"
    delivery_id: int = Field(foreign_key="delivery.id", primary_key=True)
    change_id: int = Field(foreign_key="change.id", primary_key=True, index=True)


class SubscriberRow(Base, table=True):
    """A subscriber who does not stand in config.toml; `settings` are what config.toml would say, but for the name."""

    __tablename__ = "subscriber"
    id: int = row_id()
    name: str = Field(unique=True)
    settings: dict[str, Any] = plain_json()
    added_at: datetime = moment()


class SubscriberAddressRow(Base, table=True):
    """Where a subscriber is told: the destination's id, and the mailbox, or `${NAME}` for what is a secret."""

    __tablename__ = "subscriber_address"
    id: int = row_id()
    subscriber_id: int = reference("subscriber.id", index=True)
    destination: str = Field(unique=True)
    address: str = long_text()


class KnownSubscriberRow(Base, table=True):
    """Since when a subscriber of config.toml is known, which has no date itself."""

    __tablename__ = "known_subscriber"
    name: str = Field(primary_key=True)
    since: datetime = moment()


class StandingRow(Base, table=True):
    """Why nothing goes to a destination of a subscriber, or to any of them (None), wherever it is configured.

    `state` is `paused`, `bounced` or `unsubscribed`; `reported_at` is when the operator was told of a bounce.
    """

    __tablename__ = "standing"
    __table_args__ = (
        Index("uq_standing_destination", "subscriber", "destination", unique=True),
        Index(
            "uq_standing_whole",
            "subscriber",
            unique=True,
            sqlite_where=text("destination IS NULL"),
            postgresql_where=text("destination IS NULL"),
        ),
    )
    id: int = row_id()
    subscriber: str
    destination: str | None = None
    state: str
    since: datetime = moment()
    why: str = long_text()
    reported_at: datetime | None = maybe_moment()


DELIVERY: Final[Table] = Base.metadata.tables["delivery"]
DELIVERY_CHANGE: Final[Table] = Base.metadata.tables["delivery_change"]
SUBSCRIBER: Final[Table] = Base.metadata.tables["subscriber"]
SUBSCRIBER_ADDRESS: Final[Table] = Base.metadata.tables["subscriber_address"]
KNOWN_SUBSCRIBER: Final[Table] = Base.metadata.tables["known_subscriber"]
STANDING: Final[Table] = Base.metadata.tables["standing"]
