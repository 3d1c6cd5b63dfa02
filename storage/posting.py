"""Writing messages to be, inside the transaction of what they tell: due at once or later, or in a window's digest.

A digest is open from its first change to its first claim. Who appends to it holds its row, and a claim passes over a
row that is held: nothing comes into a digest that is being written. What comes too late for it (by a clock that was set
back, or a commit that took long) goes as a message of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, Select, case, delete, insert, select, update

from storage.batches import batches
from storage.concurrency import insert_of
from storage.observation import Draft, Notice, Window
from storage.outbox_tables import DELIVERY, DELIVERY_CHANGE

_IS_OPEN: Final = (DELIVERY.c.status == "waiting", DELIVERY.c.attempts == 0, DELIVERY.c.subject.is_(None))


class Waiting(NamedTuple):
    """A digest that is open yet, and whose it is."""

    id: int
    destination: str
    subscriber: str
    window: Window


def send_later(connection: Connection, drafts: Sequence[Draft], at: datetime) -> None:
    """Write the deliveries: due at once or when the draft says, those with a window as its digest."""
    drafts = _appended(connection, [draft for draft in drafts if draft.window is not None], at) + [
        draft for draft in drafts if draft.window is None
    ]
    if not drafts:
        return
    statement = insert(DELIVERY).returning(DELIVERY.c.id, sort_by_parameter_order=True)
    ids = connection.execute(statement, [_columns(draft, at) for draft in drafts]).scalars().all()
    _link(connection, zip(ids, drafts, strict=True))


def open_digests(connection: Connection, drafts: Iterable[Draft], at: datetime) -> int:
    """Make the digest of each draft's destination and window where there is none; how many were made."""
    # In one order for all transactions: an engine with several writers waits for who is making the same one.
    rows = sorted(
        (_columns(draft, at) for draft in drafts if draft.window is not None),
        key=lambda row: (row["window_until"], row["destination"]),
    )
    if not rows:
        return 0
    statement = insert_of(connection, DELIVERY).on_conflict_do_nothing().returning(DELIVERY.c.id)
    return len(connection.execute(statement, rows).all())


def open_windows(connection: Connection) -> list[Waiting]:
    """The digests that are open, whenever they are due."""
    query = (
        select(DELIVERY.c.id, DELIVERY.c.destination, DELIVERY.c.subscriber)
        .add_columns(DELIVERY.c.window_after, DELIVERY.c.window_until)
        .where(DELIVERY.c.window_until.is_not(None), *_IS_OPEN)
        .order_by(DELIVERY.c.id)
    )
    return [
        Waiting(row.id, row.destination, row.subscriber, Window(after=row.window_after, until=row.window_until))
        for row in connection.execute(query)
    ]


def move(connection: Connection, digest: int, window: Window | None, due: datetime) -> None:
    """Let an open digest be that of another window, or (None) a message by itself; it is due then.

    Its changes come into the digest of that window; where that is closed, they go by themselves. Without effect on one
    that is no longer open.
    """
    row = connection.execute(select(DELIVERY).where(DELIVERY.c.id == digest)).one_or_none()
    if row is None:
        return
    target = None
    if window is not None:
        values = {**_row(row.destination, row.subscriber, row.channel, row.language, row.created_at), "kind": "digest"}
        values |= {"next_attempt": due, "window_after": window.after, "window_until": window.until}
        # Before the rows are held: whoever makes the same digest at this moment is waited for.
        connection.execute(insert_of(connection, DELIVERY).on_conflict_do_nothing(), values)
        of_window = (DELIVERY.c.destination == row.destination, DELIVERY.c.window_until == window.until)
        target = connection.execute(select(DELIVERY.c.id).where(*of_window)).scalar()
    # Held in the order in which others hold them who write into several.
    both = select(DELIVERY).where(DELIVERY.c.id.in_([digest, *([] if target is None else [target])]))
    connection.execute(both.order_by(DELIVERY.c.id).with_for_update()).all()
    is_open = set(connection.execute(both.where(*_IS_OPEN).with_only_columns(DELIVERY.c.id)).scalars())
    if target not in is_open:
        target = None
    if digest in is_open and target is not None:
        _join(connection, row, target)
    elif digest in is_open:
        alone = {"kind": "changes", "window_after": None, "window_until": None, "next_attempt": due}
        connection.execute(update(DELIVERY).where(DELIVERY.c.id == digest).values(alone))
    elif target is not None and not connection.execute(_changes_of(target)).first():
        connection.execute(delete(DELIVERY).where(DELIVERY.c.id == target))


def _join(connection: Connection, digest: Row[Any], target: int) -> None:
    """Let the changes of one open digest come into another, and the first be no more."""
    rows = [{"delivery_id": target, "change_id": row.change_id} for row in connection.execute(_changes_of(digest.id))]
    if rows:
        connection.execute(insert_of(connection, DELIVERY_CHANGE).on_conflict_do_nothing(), rows)
    begins = case((DELIVERY.c.window_after > digest.window_after, digest.window_after), else_=DELIVERY.c.window_after)
    connection.execute(update(DELIVERY).where(DELIVERY.c.id == target).values(window_after=begins))
    connection.execute(delete(DELIVERY_CHANGE).where(DELIVERY_CHANGE.c.delivery_id == digest.id))
    connection.execute(delete(DELIVERY).where(DELIVERY.c.id == digest.id))


def _changes_of(delivery: int) -> Select[int]:
    return select(DELIVERY_CHANGE.c.change_id).where(DELIVERY_CHANGE.c.delivery_id == delivery)


def write_notices(connection: Connection, notices: Sequence[Notice], at: datetime) -> None:
    """Write notices, whose words are frozen, due at once."""
    rows = [
        {
            **_row(notice.destination, notice.subscriber, notice.channel, notice.language, at),
            "kind": "notice",
            "next_attempt": at,
            "subject": notice.message.subject,
            "text": notice.message.text,
            "html": notice.message.html,
        }
        for notice in notices
    ]
    if rows:
        connection.execute(insert(DELIVERY), rows)


def _appended(connection: Connection, drafts: Sequence[Draft], at: datetime) -> list[Draft]:
    """Put these into the digests of their windows; those that came too late, as messages of their own."""
    open_digests(connection, drafts, at)
    digests = _held(connection, drafts)
    places = [(digests.get(_place(draft)), draft) for draft in drafts]
    _link(connection, ((digest, draft) for digest, draft in places if digest is not None))
    return [replace(draft, window=None) for digest, draft in places if digest is None]


def _held(connection: Connection, drafts: Iterable[Draft]) -> dict[tuple[str, datetime], int]:
    """The open digests among those of the drafts, held until the transaction ends."""
    wanted: dict[datetime, set[str]] = {}
    for destination, until in map(_place, drafts):
        wanted.setdefault(until, set()).add(destination)
    found: dict[tuple[str, datetime], int] = {}
    for until in sorted(wanted):
        for some in batches(wanted[until]):
            query = (
                select(DELIVERY.c.id, DELIVERY.c.destination)
                .where(DELIVERY.c.window_until == until, DELIVERY.c.destination.in_(some))
                .where(*_IS_OPEN)
                .order_by(DELIVERY.c.id)
                .with_for_update()
            )
            found |= {(row.destination, until): row.id for row in connection.execute(query)}
    return found


def _link(connection: Connection, told: Iterable[tuple[int, Draft]]) -> None:
    rows = [
        {"delivery_id": delivery, "change_id": change} for delivery, draft in told for change in set(draft.change_ids)
    ]
    if rows:
        connection.execute(insert_of(connection, DELIVERY_CHANGE).on_conflict_do_nothing(), rows)


def _place(draft: Draft) -> tuple[str, datetime]:
    assert draft.window is not None
    return draft.destination, draft.window.until


def _columns(draft: Draft, at: datetime) -> dict[str, Any]:
    window = draft.window
    return {
        **_row(draft.destination, draft.subscriber, draft.channel, draft.language, at),
        "kind": "digest" if window is not None else "changes",
        "next_attempt": window.until if window is not None else draft.due or at,
        "window_after": window.after if window is not None else None,
        "window_until": window.until if window is not None else None,
    }


def _row(destination: str, subscriber: str, channel: str, language: str, at: datetime) -> dict[str, Any]:
    return {
        "destination": destination,
        "subscriber": subscriber,
        "channel": channel,
        "language": language,
        "status": "waiting",
        "attempts": 0,
        "created_at": at,
    }
