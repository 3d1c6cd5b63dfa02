"""The outbox: waiting -> claimed -> sent, or back to waiting, or dead; cancelled at any time before it is sent.

A message is claimed by one process for the length of a lease. Who dies between sending and marking leaves a
claim that runs out, and the message goes out again under the same Message-ID: at least once, never lost.
Every function is one step for one transaction of its own.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, or_, select, update

from storage.errors import StorageError
from storage.observation import Delivery, FrozenMessage
from storage.tables import DELIVERY, DELIVERY_CHANGE

_BATCH: Final = 500


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
    """Keep the words every attempt will send; the first to freeze them wins."""
    _must_exist(connection, delivery)
    connection.execute(
        update(DELIVERY)
        .where(DELIVERY.c.id == delivery, DELIVERY.c.message_id.is_(None))
        .values(subject=message.subject, text=message.text, html=message.html, message_id=message_id)
    )


def sent(connection: Connection, delivery: int, at: datetime, code: str) -> None:
    """The channel took it: true whatever has become of the claim meanwhile."""
    _finish(connection, delivery, "sent", at, code=code, last_error=None)


def failed(connection: Connection, delivery: int, at: datetime, error: str, retry_at: datetime | None) -> None:
    """The channel did not take it: it waits until `retry_at`, or is dead (None).

    Without effect unless it is claimed: a late failure must not send again what another process has sent.
    """
    _must_exist(connection, delivery)
    values: dict[str, Any] = {"last_error": error, "owner": None, "lease_until": None}
    if retry_at is None:
        values |= {"status": "dead", "finished_at": at}
    else:
        values |= {"status": "waiting", "next_attempt": retry_at}
    connection.execute(update(DELIVERY).where(DELIVERY.c.id == delivery, DELIVERY.c.status == "claimed").values(values))


def cancel(connection: Connection, delivery: int, at: datetime, why: str) -> None:
    """It is no longer to be sent; without effect on one that was."""
    _finish(connection, delivery, "cancelled", at, last_error=why)


def retry(connection: Connection, ids: Sequence[int] | None, now: datetime) -> int:
    """Make waiting and dead deliveries (these, or all) due now; how many there were."""
    among = () if ids is None else (DELIVERY.c.id.in_(ids),)
    return connection.execute(
        update(DELIVERY)
        .where(DELIVERY.c.status.in_(("waiting", "dead")), *among)
        .values(status="waiting", next_attempt=now, finished_at=None)
    ).rowcount


def listed(connection: Connection, status: str | None) -> list[Delivery]:
    """Deliveries, oldest first."""
    query = select(DELIVERY).order_by(DELIVERY.c.id)
    if status is not None:
        query = query.where(DELIVERY.c.status == status)
    return _deliveries(connection, connection.execute(query).all())


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


def _finish(connection: Connection, delivery: int, status: str, at: datetime, **values: str | None) -> None:
    _must_exist(connection, delivery)
    connection.execute(
        update(DELIVERY)
        .where(DELIVERY.c.id == delivery, DELIVERY.c.status != "sent")
        .values(status=status, finished_at=at, owner=None, lease_until=None, **values)
    )


def _must_exist(connection: Connection, delivery: int) -> None:
    if connection.execute(select(DELIVERY.c.id).where(DELIVERY.c.id == delivery)).first() is None:
        raise StorageError(f"there is no delivery {delivery}", todo="See `deliveries list`")


def _one(connection: Connection, delivery: int) -> Delivery:
    rows = connection.execute(select(DELIVERY).where(DELIVERY.c.id == delivery)).all()
    return _deliveries(connection, rows)[0]


def _deliveries(connection: Connection, rows: Sequence[Row[Any]]) -> list[Delivery]:
    told: dict[int, list[int]] = {row.id: [] for row in rows}
    ids = list(told)
    for start in range(0, len(ids), _BATCH):
        query = (
            select(DELIVERY_CHANGE)
            .where(DELIVERY_CHANGE.c.delivery_id.in_(ids[start : start + _BATCH]))
            .order_by(DELIVERY_CHANGE.c.change_id)
        )
        for link in connection.execute(query):
            told[link.delivery_id].append(link.change_id)
    return [_delivery(row, tuple(told[row.id])) for row in rows]


def _delivery(row: Row[Any], change_ids: tuple[int, ...]) -> Delivery:
    message = None
    if row.message_id is not None:
        message = FrozenMessage(subject=row.subject, text=row.text, html=row.html)
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
    )
