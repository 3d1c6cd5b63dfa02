"""The outbox: waiting -> claimed -> sent, or back to waiting, or dead; cancelled at any time before it is sent.

storage/posting.py writes what waits.

A message is claimed by one process for the length of a lease. Who dies between sending and marking leaves a
claim that runs out, and the message goes out again under the same Message-ID: at least once, never lost.
Every function is one step for one transaction of its own.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, case, or_, select, update

from storage.batches import batches
from storage.errors import StorageError
from storage.observation import Delivery, Due, FrozenMessage, Window
from storage.outbox_tables import DELIVERY, DELIVERY_CHANGE

# What is sent or cancelled is never sent again: a year of messages would be most of the database.
_NO_WORDS: Final = {"text": None, "html": None}


def claim(
    connection: Connection, now: datetime, owner: str, *, lease: timedelta, only: Sequence[int] | None
) -> Delivery | None:
    """Take the delivery that has been due longest; None if nothing is due.

    Due is what waits and whose time has come, and what is claimed with its lease over or its process dead. A lease
    that ends later than two from now was taken by a clock that was ahead, and is over too.
    """
    among = () if only is None else (DELIVERY.c.id.in_(only),)
    found = _due(connection, now, lease, among)
    if found is None:
        found = _abandoned(connection, among)
    if found is None:
        return None
    connection.execute(
        update(DELIVERY)
        .where(DELIVERY.c.id == found)
        .values(status="claimed", owner=owner, lease_until=now + lease, attempts=DELIVERY.c.attempts + 1)
    )
    return _one(connection, found)


def freeze(connection: Connection, delivery: int, message: FrozenMessage, message_id: str) -> None:
    """Keep the words every attempt will send; the first to freeze them wins.

    A notice has its words already: it gets the Message-ID.
    """
    _must_exist(connection, delivery)
    has_none = DELIVERY.c.subject.is_(None)
    words = {"subject": message.subject, "text": message.text, "html": message.html}
    connection.execute(update(DELIVERY).where(DELIVERY.c.id == delivery, has_none).values(words))
    connection.execute(
        update(DELIVERY).where(DELIVERY.c.id == delivery, DELIVERY.c.message_id.is_(None)).values(message_id=message_id)
    )


def sent(connection: Connection, delivery: int, at: datetime, code: str) -> None:
    """The channel took it: true whatever has become of the claim meanwhile. Its words, but for the subject, go."""
    _finish(connection, delivery, "sent", at, code=code, last_error=None)


def postpone(connection: Connection, claimed: Delivery, until: datetime) -> None:
    """Give a claim back without an attempt: it waits until then. Without effect where the claim has passed on."""
    connection.execute(
        update(DELIVERY)
        .where(DELIVERY.c.id == claimed.id, *_is_claim(claimed.lease_until))
        .values(
            status="waiting",
            next_attempt=until,
            attempts=DELIVERY.c.attempts - 1,
            owner=None,
            lease_until=None,
        )
    )


def failed(
    connection: Connection,
    delivery: int,
    at: datetime,
    error: str,
    retry_at: datetime | None,
    *,
    lease_until: datetime | None = None,
) -> Row[Any] | None:
    """The channel did not take it: it waits until `retry_at`, or is dead (None). The row as it is then.

    Without effect, and None, unless it is claimed, and by the claim that lasts until `lease_until` (None: by any): a
    late failure must not send again what another process has sent, or is sending.
    """
    _must_exist(connection, delivery)
    values: dict[str, Any] = {"last_error": error, "owner": None, "lease_until": None}
    if retry_at is None:
        values |= {"status": "dead", "finished_at": at}
    else:
        values |= {"status": "waiting", "next_attempt": retry_at}
    claimed = update(DELIVERY).where(DELIVERY.c.id == delivery, *_is_claim(lease_until))
    return connection.execute(claimed.values(values).returning(DELIVERY)).one_or_none()


def cancel(
    connection: Connection, delivery: int, at: datetime, why: str, *, lease_until: datetime | None = None
) -> None:
    """It is no longer to be sent; without effect on one that was, and unless the claim that lasts until then is it."""
    is_claim = () if lease_until is None else _is_claim(lease_until)
    _finish(connection, delivery, "cancelled", at, *is_claim, last_error=why, window_until=None)


def cancel_waiting(connection: Connection, at: datetime, why: str, *which: ColumnElement[bool]) -> int:
    """Cancel what waits or was given up and is of these; how many there were."""
    query = select(DELIVERY.c.id).where(DELIVERY.c.status.in_(("waiting", "dead")), *which)
    # Held in the order in which others hold them who write into several.
    ids = connection.execute(query.order_by(DELIVERY.c.id).with_for_update()).scalars().all()
    for some in batches(ids):
        values = {"status": "cancelled", "finished_at": at, "last_error": why, "window_until": None, **_NO_WORDS}
        connection.execute(update(DELIVERY).where(DELIVERY.c.id.in_(some)).values(values))
    return len(ids)


def retry(connection: Connection, ids: Sequence[int] | None, now: datetime, *, early: bool = False) -> int:
    """Make waiting and dead deliveries (these, or all) due now; how many there were.

    One that was never tried and whose time is yet to come stays as it is: a digest before its end, and unless `early`
    what is to wait for the end of quiet hours. What was written by a clock that was ahead has no such time. A dead one
    is tried again for as long as a new one.
    """
    has_come = or_(DELIVERY.c.attempts > 0, DELIVERY.c.next_attempt <= now, DELIVERY.c.created_at > now)
    may_come = or_(has_come, DELIVERY.c.window_until.is_(None)) if early else has_come
    again = (
        update(DELIVERY)
        .where(DELIVERY.c.status.in_(("waiting", "dead")), may_come)
        .values(
            status="waiting",
            next_attempt=now,
            finished_at=None,
            reported_at=None,
            attempts=case((DELIVERY.c.status == "dead", 0), else_=DELIVERY.c.attempts),
        )
    )
    if ids is None:
        return connection.execute(again).rowcount
    return sum(connection.execute(again.where(DELIVERY.c.id.in_(some))).rowcount for some in batches(ids))


def due(connection: Connection, now: datetime) -> list[Due]:
    """What waits and is due, and what is claimed, whoever claimed it; those that are due longest first."""
    is_due = or_(and_(DELIVERY.c.status == "waiting", DELIVERY.c.next_attempt <= now), DELIVERY.c.status == "claimed")
    query = select(DELIVERY.c.id, DELIVERY.c.destination, DELIVERY.c.next_attempt, DELIVERY.c.attempts).where(is_due)
    rows = connection.execute(query.order_by(DELIVERY.c.next_attempt, DELIVERY.c.id))
    return [Due(*row) for row in rows]


def listed(connection: Connection, status: str | None) -> list[Delivery]:
    """Deliveries, oldest first."""
    query = select(DELIVERY).order_by(DELIVERY.c.id)
    if status is not None:
        query = query.where(DELIVERY.c.status == status)
    return deliveries(connection, connection.execute(query).all())


def _due(connection: Connection, now: datetime, lease: timedelta, among: Iterable[Any]) -> int | None:
    """The first that is due and that no other transaction is about to take, which is then held."""
    waiting = and_(DELIVERY.c.status == "waiting", DELIVERY.c.next_attempt <= now)
    over = or_(DELIVERY.c.lease_until <= now, DELIVERY.c.lease_until > now + 2 * lease)
    run_out = and_(DELIVERY.c.status == "claimed", over)
    return connection.execute(
        select(DELIVERY.c.id)
        .where(or_(waiting, run_out), *among)
        .order_by(DELIVERY.c.next_attempt, DELIVERY.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar()


def _abandoned(connection: Connection, among: Iterable[Any]) -> int | None:
    """The oldest whose process is dead and that no other transaction is about to take, which is then held."""
    from storage.owners import is_dead  # noqa: PLC0415

    claimed = [DELIVERY.c.status == "claimed", *among]
    owners = connection.execute(select(DELIVERY.c.owner).where(*claimed).distinct()).scalars()
    dead = [owner for owner in owners if is_dead(owner)]
    if not dead:
        return None
    return connection.execute(
        select(DELIVERY.c.id)
        .where(*claimed, DELIVERY.c.owner.in_(dead))
        .order_by(DELIVERY.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar()


def _is_claim(lease_until: datetime | None) -> list[ColumnElement[bool]]:
    """A claim, and if it is known until when it lasts, that one: no two of a message end at the same instant."""
    is_claimed = [DELIVERY.c.status == "claimed"]
    return is_claimed if lease_until is None else [*is_claimed, DELIVERY.c.lease_until == lease_until]


def _finish(
    connection: Connection, delivery: int, status: str, at: datetime, *which: ColumnElement[bool], **values: str | None
) -> None:
    _must_exist(connection, delivery)
    connection.execute(
        update(DELIVERY)
        .where(DELIVERY.c.id == delivery, DELIVERY.c.status != "sent", *which)
        .values(status=status, finished_at=at, owner=None, lease_until=None, **_NO_WORDS, **values)
    )


def _must_exist(connection: Connection, delivery: int) -> None:
    if connection.execute(select(DELIVERY.c.id).where(DELIVERY.c.id == delivery)).first() is None:
        raise StorageError(f"there is no delivery {delivery}", todo="See `deliveries list`")


def _one(connection: Connection, delivery: int) -> Delivery:
    rows = connection.execute(select(DELIVERY).where(DELIVERY.c.id == delivery)).all()
    return deliveries(connection, rows)[0]


def deliveries(connection: Connection, rows: Sequence[Row[Any]]) -> list[Delivery]:
    """The deliveries of stored rows, in their order."""
    told: dict[int, list[int]] = {row.id: [] for row in rows}
    for some in batches(told):
        query = (
            select(DELIVERY_CHANGE).where(DELIVERY_CHANGE.c.delivery_id.in_(some)).order_by(DELIVERY_CHANGE.c.change_id)
        )
        for link in connection.execute(query):
            told[link.delivery_id].append(link.change_id)
    return [_delivery(row, tuple(told[row.id])) for row in rows]


def _delivery(row: Row[Any], change_ids: tuple[int, ...]) -> Delivery:
    message = window = None
    if row.text is not None:
        message = FrozenMessage(subject=row.subject, text=row.text, html=row.html)
    if row.window_until is not None:
        window = Window(after=row.window_after, until=row.window_until)
    return Delivery(
        id=row.id,
        destination=row.destination,
        subscriber=row.subscriber,
        channel=row.channel,
        language=row.language,
        change_ids=change_ids,
        status=row.status,
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt=row.next_attempt,
        message=message,
        message_id=row.message_id,
        last_error=row.last_error,
        code=row.code,
        sent_at=row.finished_at if row.status == "sent" else None,
        subject=row.subject,
        lease_until=row.lease_until,
        kind=row.kind,
        window=window,
    )
