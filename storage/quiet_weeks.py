"""Digests of a time without changes, for those who asked for them."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, select

from storage.observation import Draft, Window
from storage.outbox_tables import DELIVERY
from storage.tables import CHECK


def unserved(connection: Connection, drafts: Iterable[Draft]) -> list[Draft]:
    """Those drafts whose destination has no digest of their window yet.

    Left out are windows in which nothing was checked: a digest of these would say nothing.
    """
    of: dict[Window, list[Draft]] = {}
    for draft in drafts:
        if draft.window is not None:
            of.setdefault(draft.window, []).append(draft)
    left: list[Draft] = []
    for window, some in of.items():
        made = select(DELIVERY.c.destination).where(DELIVERY.c.window_until == window.until)
        served = set(connection.execute(made).scalars())
        checked = exists().where(CHECK.c.at > window.after, CHECK.c.at <= window.until)
        if connection.execute(select(checked)).scalar():
            left += [draft for draft in some if draft.destination not in served]
    return left
