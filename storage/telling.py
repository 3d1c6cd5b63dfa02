"""The part of the store that is about telling people: the outbox, whom it is for, what operators hear of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from storage import audience, outbox, posting, quiet_weeks, readdressing, reports, tallies
from storage.engine import Database
from storage.observation import (
    CheckTally,
    Delivery,
    DeliveryStatus,
    Draft,
    Due,
    FrozenMessage,
    Standing,
    StandingState,
    StoredSubscriber,
    Window,
)
from storage.posting import Waiting
from storage.readdressing import Heir
from storage.reports import MakeNotices, MakeReport


class Telling:
    """See storage.store.Store, whose part it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Outbox

    def due(self, now: datetime) -> list[Due]:
        """What waits and is due, and what is claimed, whoever claimed it; those that are due longest first."""
        with self._database.reading() as connection:
            return outbox.due(connection, now)

    def claim(
        self, now: datetime, owner: str, *, lease: timedelta, only: Sequence[int] | None = None
    ) -> Delivery | None:
        """Take the delivery that has been due longest, for `owner` (see storage.owners) and the lease.

        From then on no change comes into a digest any more.
        """
        with self._database.writing() as connection:
            return outbox.claim(connection, now, owner, lease=lease, only=only)

    def freeze(self, delivery: int, message: FrozenMessage, message_id: str) -> None:
        """Keep the words and the Message-ID of every attempt; the first to do so wins, words and Message-ID apart."""
        with self._database.writing() as connection:
            outbox.freeze(connection, delivery, message, message_id)

    def sent(self, delivery: int, at: datetime, code: str) -> None:
        """The channel took it, answering `code`."""
        with self._database.writing() as connection:
            outbox.sent(connection, delivery, at, code)

    def failed(
        self,
        delivery: int,
        at: datetime,
        error: str,
        retry_at: datetime | None,
        *,
        lease_until: datetime | None = None,
    ) -> None:
        """The channel did not take it: it waits until `retry_at`, or is dead (None).

        Without effect unless it is claimed, and by the claim that lasts until `lease_until` (None: by any).
        """
        with self._database.writing() as connection:
            outbox.failed(connection, delivery, at, error, retry_at, lease_until=lease_until)

    def bounced(self, delivery: int, at: datetime, error: str, *, lease_until: datetime | None = None) -> None:
        """The server knows no such recipient: the message is dead, and its destination stands as `bounced`.

        Without effect where `failed` has none.
        """
        with self._database.writing() as connection:
            reports.bounced(connection, delivery, at, error, lease_until=lease_until)

    def postpone(self, claimed: Delivery, until: datetime) -> None:
        """Give a claim back without an attempt: it waits until then."""
        with self._database.writing() as connection:
            outbox.postpone(connection, claimed, until)

    def readdress(self, claimed: Delivery, heirs: Sequence[Heir]) -> bool:
        """Give a claimed message to the first of these destinations that is not told the same; False if there is none.

        It is due there at once.
        """
        with self._database.writing() as connection:
            return readdressing.readdress(connection, claimed, heirs)

    def cancel(self, delivery: int, at: datetime, why: str, *, lease_until: datetime | None = None) -> None:
        """It is no longer to be sent. With `lease_until`, without effect where that claim has passed on."""
        with self._database.writing() as connection:
            outbox.cancel(connection, delivery, at, why, lease_until=lease_until)

    def retry(self, ids: Sequence[int] | None, now: datetime, *, early: bool = False) -> int:
        """Make waiting and dead deliveries (these, or with None all) due now; how many there were.

        Unless `early`, one that was never tried and whose time is yet to come stays as it is.
        """
        with self._database.writing() as connection:
            return outbox.retry(connection, ids, now, early=early)

    def deliveries(self, status: DeliveryStatus | None = None) -> list[Delivery]:
        """Deliveries, oldest first."""
        with self._database.reading() as connection:
            return outbox.listed(connection, status)

    # Digests

    def open_digests(self, drafts: Sequence[Draft], at: datetime) -> int:
        """Make the digest of each draft's destination and window where there is none; how many were made."""
        with self._database.writing() as connection:
            return posting.open_digests(connection, drafts, at)

    def open_windows(self) -> list[Waiting]:
        """The digests that are open, whenever they are due."""
        with self._database.reading() as connection:
            return posting.open_windows(connection)

    def move_digest(self, digest: int, window: Window | None, due: datetime) -> None:
        """Let an open digest be that of another window, or (None) a message by itself; it is due then."""
        with self._database.writing() as connection:
            posting.move(connection, digest, window, due)

    def unserved(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Those drafts whose destination has no digest of their window yet, in which something was checked."""
        with self._database.reading() as connection:
            return quiet_weeks.unserved(connection, drafts)

    def tallies(self, pages: Collection[str], window: Window) -> list[CheckTally]:
        """What the checks of these pages within the window came to; pages never heard of are left out."""
        with self._database.reading() as connection:
            return tallies.tallies(connection, pages, window)

    # Subscribers

    def add_subscriber(
        self, name: str, addresses: Sequence[str], settings: Mapping[str, Any], at: datetime
    ) -> StoredSubscriber:
        """Add a subscriber with what config.toml would say of it, `settings`, which must be JSON.

        An address is a mailbox, or `${NAME}`, which is stored as it is written and filled in from the environment
        elsewhere. Raises StorageError where the name is taken, an address is given twice, or one is a URL: those of
        chat services hold a secret, which must not stand in the database.
        """
        with self._database.writing() as connection:
            return audience.add(connection, name, addresses, settings, at)

    def remove_subscriber(self, name: str, at: datetime) -> int:
        """Erase a subscriber with its addresses and standings, cancel what waits for it; how many messages that were.

        Its addresses are also taken out of the words of messages and of servers' answers; the messages keep the name.
        Raises StorageError where there is no such subscriber.
        """
        with self._database.writing() as connection:
            cancelled = audience.remove(connection, name, at)
        self._database.overwrite_log()
        return cancelled

    def subscribers(self) -> list[StoredSubscriber]:
        """The subscribers of the database, in the order in which they were added."""
        with self._database.reading() as connection:
            return audience.stored(connection)

    def known_since(self, names: Collection[str], now: datetime) -> dict[str, datetime]:
        """Since when each of these subscribers, who stand in the settings, is known: from now on, if not before."""
        with self._database.reading() as connection:
            found = audience.known_since(connection, names)
        if found.keys() >= set(names):
            return found
        with self._database.writing() as connection:
            audience.meet(connection, set(names) - found.keys(), now)
            return audience.known_since(connection, names)

    def set_standing(
        self, subscriber: str, state: StandingState, at: datetime, *, destination: str | None = None, why: str = ""
    ) -> None:
        """Note how a subscriber, or one destination of it, stands; `unsubscribed` also cancels what waits for it.

        Who unsubscribed stays so, whatever is set, until it is cleared.
        """
        with self._database.writing() as connection:
            audience.stand(connection, subscriber, state, at, destination=destination, why=why)

    def clear_standing(self, subscriber: str, *, destination: str | None = None) -> bool:
        """Forget how a subscriber, or one destination of it, stands; False if nothing was noted."""
        with self._database.writing() as connection:
            return audience.clear(connection, subscriber, destination=destination)

    def standings(self) -> list[Standing]:
        """How subscribers and destinations stand where that is not as configured, oldest first."""
        with self._database.reading() as connection:
            return audience.standings(connection)

    # Operators

    def report(self, at: datetime, make: MakeReport) -> int:
        """Write the notices that `make` makes of dead messages and bounces not told of yet; how many.

        Where it makes none, all stays to be told. It is called inside the write transaction: pure and quick.
        """
        with self._database.writing() as connection:
            return reports.report(connection, at, make)

    def condition(self, kind: str, found: str | None, at: datetime, make: MakeNotices) -> bool:
        """Hold an incident of the service itself, such as `disk.full`, against what is found wrong (None: nothing).

        It is told at its opening, again after a day, and at its end: whether it was one of these. `make` makes the
        notices of the incident as it then stands, inside the write transaction.
        """
        with self._database.writing() as connection:
            return reports.condition(connection, kind, found, at, make)
