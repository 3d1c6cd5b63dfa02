"""Emptying the outbox: claim, render and freeze, send, mark. Whatever dies in between, nothing is lost."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from notify.errors import NotifyError, SendError
from notify.render import render
from notify.sending import MailServer, lane, message_id, send, style
from notify.subscribers import Destination
from storage.errors import StorageError
from storage.observation import Delivery, FrozenMessage, PageInfo
from storage.store import Store

Fate = Literal["sent", "waiting", "dead", "cancelled"]
# Long enough for the slowest channel: what is claimed and alive must not be claimed again.
_LEASE: Final = timedelta(minutes=10)
_CHANNELS_AT_ONCE: Final = 4
_FIRST_PAUSE: Final = timedelta(seconds=30)
_LONGEST_PAUSE: Final = timedelta(hours=6)
_GIVE_UP_AFTER: Final = timedelta(days=3)
_LEAST_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What became of the deliveries that were due; `errors` says why some were not sent, once per attempt."""

    sent: int = 0
    waiting: int = 0
    dead: int = 0
    cancelled: int = 0
    errors: tuple[NotifyError, ...] = ()


def deliver(
    store: Store,
    destinations: Mapping[str, Destination],
    *,
    clock: Callable[[], datetime],
    owner: str,
    mail: MailServer,
    pages: Mapping[str, PageInfo],
    only: Sequence[int] | None = None,
) -> Delivered:
    """Send what is due (of `only`, if given); each delivery is tried at most once.

    Destinations go side by side, the messages of one in order. When a server is out of reach, what else
    would go there stays as it was, due at the next run. `destinations` holds those of now, by id: a
    delivery to another one is cancelled.
    """
    queues: dict[str, list[int]] = {}
    for delivery in [*store.deliveries("waiting"), *store.deliveries("claimed")]:
        if only is None or delivery.id in only:
            queues.setdefault(delivery.destination, []).append(delivery.id)
    run = _Run(store, destinations, clock, owner, mail, pages)
    with ThreadPoolExecutor(_CHANNELS_AT_ONCE, thread_name_prefix="deliver") as pool:
        for done in [pool.submit(run.empty, name, sorted(ids)) for name, ids in queues.items()]:
            done.result()
    return run.result()


class _Run:
    """One pass over the outbox, shared by the threads that send."""

    def __init__(
        self,
        store: Store,
        destinations: Mapping[str, Destination],
        clock: Callable[[], datetime],
        owner: str,
        mail: MailServer,
        pages: Mapping[str, PageInfo],
    ) -> None:
        self._store = store
        self._destinations = destinations
        self._clock = clock
        self._owner = owner
        self._mail = mail
        self._pages = pages
        self._fates: Counter[str] = Counter()
        self._errors: list[NotifyError] = []
        self._down: set[str] = set()
        self._lock = threading.Lock()

    def result(self) -> Delivered:
        return Delivered(**self._fates, errors=tuple(self._errors))

    def empty(self, destination_id: str, ids: Sequence[int]) -> None:
        """Send the deliveries of one destination in order, until its server is out of reach."""
        destination = self._destinations.get(destination_id)
        for delivery_id in ids:
            if destination is not None and self._is_down(destination):
                return
            delivery = self._claim(delivery_id)
            if delivery is not None:
                fate = self._attempt(delivery, destination)
                with self._lock:
                    self._fates[fate] += 1

    def _claim(self, delivery_id: int) -> Delivery | None:
        """The delivery if it is due and nobody else's; asked just before sending, so that no lease runs idle."""
        return self._store.claim(self._clock(), self._owner, lease=_LEASE, only=[delivery_id])

    def _is_down(self, destination: Destination) -> bool:
        with self._lock:
            return lane(destination) in self._down

    def _attempt(self, delivery: Delivery, destination: Destination | None) -> Fate:
        if destination is None:
            self._store.cancel(delivery.id, self._clock(), "its destination is no longer configured")
            return "cancelled"
        try:
            message, identity = self._frozen(delivery, destination)
            answer = send(
                destination,
                message,
                message_id=identity,
                change_ids=delivery.change_ids,
                mail=self._mail,
                now=self._clock(),
            )
        except SendError as error:
            if error.unreachable:
                with self._lock:
                    self._down.add(lane(destination))
            return self._failed(delivery, destination, error)
        except StorageError:
            raise
        except Exception as error:
            what = error.what if isinstance(error, NotifyError) else "the message could not be written or sent"
            fault = SendError(what, permanent=False, code="internal", why=type(error).__name__)
            return self._failed(delivery, destination, fault)
        self._store.sent(delivery.id, self._clock(), answer)
        return "sent"

    def _frozen(self, delivery: Delivery, destination: Destination) -> tuple[FrozenMessage, str]:
        """The words and the Message-ID of every attempt, made and kept at the first."""
        if delivery.message is not None and delivery.message_id is not None:
            return delivery.message, delivery.message_id
        message = render(
            self._store.changes_by_id(delivery.change_ids),
            self._pages,
            language=delivery.language,
            now=self._clock(),
            subscriber=delivery.subscriber,
            style=style(destination),
        )
        identity = message_id(delivery.id, delivery.created_at, self._mail)
        self._store.freeze(delivery.id, message, identity)
        return message, identity

    def _failed(self, delivery: Delivery, destination: Destination, error: SendError) -> Fate:
        now = self._clock()
        retry_at = None if error.permanent else next_attempt(delivery, now)
        self._store.failed(delivery.id, now, f"{error.code}: {error.what}", retry_at)
        told = SendError(
            error.what,
            permanent=error.permanent,
            code=error.code,
            unreachable=error.unreachable,
            where=f"delivery {delivery.id} to {delivery.subscriber} ({destination.label})",
            why="; ".join(filter(None, (error.where, error.why))),
            todo=error.todo or ("" if retry_at is None else "It waits for the next run"),
        )
        with self._lock:
            self._errors.append(told)
        return "waiting" if retry_at is not None else "dead"


def next_attempt(delivery: Delivery, now: datetime) -> datetime | None:
    """When to try again, or None to give up: after three days, and five attempts at least.

    The first retry is due at the next run, the others after pauses that double, with jitter, up to six hours.
    """
    if delivery.attempts >= _LEAST_ATTEMPTS and now - delivery.created_at >= _GIVE_UP_AFTER:
        return None
    if delivery.attempts <= 1:
        return now
    pause = min(_FIRST_PAUSE * (1 << min(delivery.attempts - 2, 20)), _LONGEST_PAUSE)
    # Spreads out what failed together; nothing secret hangs on it.
    return now + pause * random.uniform(0.5, 1.5)  # noqa: S311
