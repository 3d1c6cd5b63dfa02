"""The digest after a time in which nothing was told, for those who asked for one."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, exists, select

from storage.observation import Draft, Window
from storage.outbox_tables import DELIVERY, DELIVERY_CHANGE
from storage.tables import CHECK


def quiet(connection: Connection, drafts: Iterable[Draft]) -> list[Draft]:
    """Those drafts to whose destination nothing was told in their window, and that have no digest of it.

    Left out are windows in which nothing was checked: a digest of these would say nothing.
    """
    of: dict[Window, list[Draft]] = {}
    for draft in drafts:
        if draft.window is not None:
            of.setdefault(draft.window, []).append(draft)
    return [draft for window, some in of.items() for draft in _quiet(connection, window, some)]


def _quiet(connection: Connection, window: Window, drafts: Sequence[Draft]) -> list[Draft]:
    made = select(DELIVERY.c.destination).where(DELIVERY.c.window_until == window.until)
    served = set(connection.execute(made).scalars())
    left = [draft for draft in drafts if draft.destination not in served]
    if (
        not left
        or not connection.execute(
            select(exists().where(CHECK.c.at > window.after, CHECK.c.at <= window.until))
        ).scalar()
    ):
        return []
    told = (
        select(DELIVERY.c.destination)
        .join(DELIVERY_CHANGE, DELIVERY_CHANGE.c.delivery_id == DELIVERY.c.id)
        .where(DELIVERY.c.created_at > window.after, DELIVERY.c.created_at <= window.until)
        .distinct()
    )
    heard = set(connection.execute(told).scalars())
    return [draft for draft in left if draft.destination not in heard]
