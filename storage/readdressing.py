"""A message whose address was corrected in the settings goes to where its subscriber is told instead."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, exists, select, update

from storage.observation import Delivery
from storage.outbox_tables import DELIVERY, DELIVERY_CHANGE

_WORDS: Final = {"subject": None, "text": None, "html": None}


class Heir(NamedTuple):
    """A destination that may get what was for another one, and the subscriber whose it is."""

    destination: str
    subscriber: str


def readdress(connection: Connection, claimed: Delivery, heirs: Iterable[Heir]) -> bool:
    """Give a claimed message to the first of these destinations that is not told the same; False if there is none.

    It waits again, due at once, as a message that was never tried: in words for its new destination, but for a notice,
    which has its own. A digest whose window has one there already goes as a message by itself.
    """
    row = connection.execute(select(DELIVERY).where(DELIVERY.c.id == claimed.id).with_for_update()).one()
    heir = next((heir for heir in heirs if not _is_told(connection, row, claimed.change_ids, heir.destination)), None)
    if row.status != "claimed" or row.lease_until != claimed.lease_until or heir is None:
        return False
    values: dict[str, Any] = {"destination": heir.destination, "subscriber": heir.subscriber, "status": "waiting"}
    values |= {"owner": None, "lease_until": None, "attempts": 0, "message_id": None, "last_error": None}
    if row.kind != "notice":
        values |= _WORDS
    if row.window_until is not None and _has_digest(connection, row, heir.destination):
        values |= {"kind": "changes", "window_after": None, "window_until": None}
    connection.execute(update(DELIVERY).where(DELIVERY.c.id == claimed.id).values(values))
    return True


def _is_told(connection: Connection, row: Row[Any], changes: Iterable[int], heir: str) -> bool:
    """Whether the destination has what the message says: its changes, or else its window, or the same notice."""
    told = set(changes)
    if told:
        query = (
            select(DELIVERY_CHANGE.c.change_id)
            .join(DELIVERY, DELIVERY.c.id == DELIVERY_CHANGE.c.delivery_id)
            .where(DELIVERY.c.destination == heir, DELIVERY.c.status != "cancelled", DELIVERY.c.id != row.id)
            .where(DELIVERY_CHANGE.c.change_id.in_(told))
        )
        return told <= set(connection.execute(query).scalars())
    if row.window_until is not None:
        return _has_digest(connection, row, heir)
    same = exists().where(
        DELIVERY.c.destination == heir,
        DELIVERY.c.kind == row.kind,
        DELIVERY.c.created_at == row.created_at,
        DELIVERY.c.status != "cancelled",
    )
    return bool(connection.execute(select(same)).scalar())


def _has_digest(connection: Connection, row: Row[Any], heir: str) -> bool:
    made = exists().where(DELIVERY.c.destination == heir, DELIVERY.c.window_until == row.window_until)
    return bool(connection.execute(select(made)).scalar())
