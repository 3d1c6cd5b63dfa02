"""Subscribers who do not stand in config.toml, and how each subscriber stands, wherever it is configured."""

import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, Final

from sqlalchemy import Connection, case, delete, insert, or_, select, update
from sqlalchemy import func as sql

from storage import outbox
from storage.batches import batches
from storage.concurrency import insert_of, insert_once
from storage.errors import StorageError
from storage.observation import Standing, StandingState, StoredAddress, StoredSubscriber
from storage.outbox_tables import DELIVERY, KNOWN_SUBSCRIBER, STANDING, SUBSCRIBER, SUBSCRIBER_ADDRESS

_ERASED: Final = "[erased]"
_SAID: Final = ("subject", "text", "html", "last_error", "code")


def add(
    connection: Connection, name: str, addresses: Sequence[str], settings: Mapping[str, Any], at: datetime
) -> StoredSubscriber:
    """Add a subscriber; raises StorageError for a name that is taken and addresses that are not to be stored."""
    _must_be_storable(name, addresses)
    row = {"name": name, "settings": dict(settings), "added_at": at}
    added = insert_once(connection, SUBSCRIBER, "name", row)
    if added is None:
        raise StorageError(f"there is a subscriber {name!r} already", todo="Choose another name, or remove that one")
    # At random: whoever reads it learns nothing of the address, not even whether it is one they know.
    destinations = tuple(StoredAddress(id=f"{name}#{secrets.token_hex(4)}", address=item) for item in addresses)
    connection.execute(
        insert(SUBSCRIBER_ADDRESS),
        [{"subscriber_id": added, "destination": item.id, "address": item.address} for item in destinations],
    )
    return StoredSubscriber(name=name, settings=dict(settings), destinations=destinations, added_at=at)


def remove(connection: Connection, name: str, at: datetime) -> int:
    """Erase a subscriber, its addresses and standings, and cancel what waits for it; how many messages that were.

    The addresses are also taken out of what was sent, and of what servers answered. Raises StorageError where there is
    no such subscriber.
    """
    found = connection.execute(select(SUBSCRIBER.c.id).where(SUBSCRIBER.c.name == name).with_for_update()).scalar()
    if found is None:
        raise StorageError(f"there is no subscriber {name!r} in the database", todo="See `subscribers list`")
    own = SUBSCRIBER_ADDRESS.c.subscriber_id == found
    addresses = connection.execute(select(SUBSCRIBER_ADDRESS.c.address).where(own)).scalars().all()
    connection.execute(delete(SUBSCRIBER_ADDRESS).where(own))
    connection.execute(delete(SUBSCRIBER).where(SUBSCRIBER.c.id == found))
    connection.execute(delete(STANDING).where(STANDING.c.subscriber == name))
    cancelled = outbox.cancel_waiting(connection, at, "its subscriber was removed", *_messages_to(name, None))
    for address in addresses:
        _erase(connection, address)
    return cancelled


def stored(connection: Connection) -> list[StoredSubscriber]:
    """The subscribers of the database, in the order in which they were added."""
    addresses: dict[int, list[StoredAddress]] = defaultdict(list)
    for row in connection.execute(select(SUBSCRIBER_ADDRESS).order_by(SUBSCRIBER_ADDRESS.c.id)):
        addresses[row.subscriber_id].append(StoredAddress(id=row.destination, address=row.address))
    return [
        StoredSubscriber(
            name=row.name, settings=row.settings, destinations=tuple(addresses[row.id]), added_at=row.added_at
        )
        for row in connection.execute(select(SUBSCRIBER).order_by(SUBSCRIBER.c.id))
    ]


def known_since(connection: Connection, names: Iterable[str]) -> dict[str, datetime]:
    """Since when subscribers of the settings are known, of those that are."""
    found: dict[str, datetime] = {}
    for some in batches(names):
        query = select(KNOWN_SUBSCRIBER).where(KNOWN_SUBSCRIBER.c.name.in_(some))
        found |= {row.name: row.since for row in connection.execute(query)}
    return found


def meet(connection: Connection, names: Iterable[str], at: datetime) -> None:
    """Note that these are known from now on, unless they were before."""
    rows = [{"name": name, "since": at} for name in sorted(names)]
    if rows:
        connection.execute(insert_of(connection, KNOWN_SUBSCRIBER).on_conflict_do_nothing(), rows)


def stand(
    connection: Connection, subscriber: str, state: StandingState, at: datetime, *, destination: str | None, why: str
) -> None:
    """Note how a subscriber, or one destination of it, stands from now on; who unsubscribed stays so until cleared.

    `since` is when the state began. Unsubscribing cancels what waits.
    """
    statement = insert_of(connection, STANDING)
    fresh = statement.excluded
    is_as_before = STANDING.c.state == fresh.state
    keys = ["subscriber"] if destination is None else ["subscriber", "destination"]
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=keys,
            index_where=STANDING.c.destination.is_(None) if destination is None else None,
            set_={
                "state": fresh.state,
                "why": fresh.why,
                "since": case((is_as_before, STANDING.c.since), else_=fresh.since),
                "reported_at": case((is_as_before, STANDING.c.reported_at), else_=None),
            },
            where=STANDING.c.state != "unsubscribed",
        ),
        {"subscriber": subscriber, "destination": destination, "state": state, "since": at, "why": why},
    )
    if state == "unsubscribed":
        outbox.cancel_waiting(connection, at, "unsubscribed", *_messages_to(subscriber, destination))


def clear(connection: Connection, subscriber: str, *, destination: str | None) -> bool:
    """Forget how a subscriber, or one destination of it, stands; False if nothing was noted."""
    of = STANDING.c.destination.is_(None) if destination is None else STANDING.c.destination == destination
    return bool(connection.execute(delete(STANDING).where(STANDING.c.subscriber == subscriber, of)).rowcount)


def standings(connection: Connection) -> list[Standing]:
    """How subscribers and destinations stand where that is not as configured, oldest first."""
    return [standing(row) for row in connection.execute(select(STANDING).order_by(STANDING.c.id))]


def standing(row: Any) -> Standing:
    """The standing of a stored row."""
    return Standing(
        subscriber=row.subscriber, destination=row.destination, state=row.state, since=row.since, why=row.why
    )


def _must_be_storable(name: str, addresses: Sequence[str]) -> None:
    if not name or not addresses or not all(addresses):
        raise StorageError("a subscriber has a name and at least one address")
    if len(set(addresses)) < len(addresses):
        raise StorageError("an address is given twice", where=f"subscriber {name}", todo="Give each once")
    if any("://" in address for address in addresses):
        # The address itself is not shown: it may hold a token.
        raise StorageError(
            "an address that is a URL is not stored",
            where=f"subscriber {name}",
            why="it may hold a secret, and the database is read by many",
            todo="Put it into the environment and give its name as ${NAME}",
        )


def _messages_to(subscriber: str, destination: str | None) -> tuple[Any, ...]:
    if destination is not None:
        return (DELIVERY.c.destination == destination,)
    return (DELIVERY.c.subscriber == subscriber, DELIVERY.c.channel == "subscriber")


def _erase(connection: Connection, address: str) -> None:
    """Take an address out of every message and answer, in whatever case of letters it stands there."""
    if address.startswith("${"):
        return
    forms = re.compile("|".join(map(re.escape, dict.fromkeys((address, escape(address))))), re.IGNORECASE)
    columns = [DELIVERY.c[name] for name in _SAID]
    holding = or_(
        *(sql.lower(column).contains(form, autoescape=True) for column in columns for form in _lower(address))
    )
    for row in connection.execute(select(DELIVERY.c.id, *columns).where(holding).order_by(DELIVERY.c.id)).all():
        said = {name: value and forms.sub(_ERASED, value) for name, value in zip(_SAID, row[1:], strict=True)}
        connection.execute(update(DELIVERY).where(DELIVERY.c.id == row.id).values(said))


def _lower(address: str) -> set[str]:
    return {address.lower(), escape(address).lower()}
