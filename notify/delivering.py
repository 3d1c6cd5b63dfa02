"""One delivery from claim to mark: claim, render and freeze, send, mark. Whatever dies in between, nothing is lost."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

import stamina

from notify.chat import body_limit
from notify.errors import NotifyError, SendError
from notify.lanes import Found, Item
from notify.render import render
from notify.routing import is_urgent
from notify.sending import MailServer, Sender, message_id, style
from notify.sending import lane as lane_of
from notify.subscribers import Destination, Subscriber, is_same_address, is_url
from storage.errors import StorageError
from storage.observation import Delivery, FrozenMessage, PageInfo
from storage.readdressing import Heir
from storage.store import Store

if TYPE_CHECKING:
    from notify.tokens import Links

Fate = Literal["sent", "waiting", "dead", "cancelled"]
# Longer than all steps of the slowest channel together: what is claimed and alive must not be claimed again.
_LEASE: Final = timedelta(minutes=40)
_MARKING_MAY_TAKE: Final = 20.0  # seconds
_FIRST_PAUSE: Final = timedelta(seconds=30)
_LONGEST_PAUSE: Final = timedelta(hours=1)
GIVE_UP_AFTER: Final = timedelta(days=3)
# Three days for which nothing ran count for nothing: there must have been so many attempts, or a lane that is known to
# have been down for so long.
_LEAST_ATTEMPTS: Final = 12
_LEAST_OUTAGE: Final = timedelta(hours=12)
# What a service that is told too much, too fast asks for at most, as a rule; apprise does not hand on its Retry-After.
_REST: Final = timedelta(minutes=1)
_TOO_MANY: Final = "429"
# How a mail session ends within a message: for that message's sake, or, if so many do in turn, for the server's.
_BROKEN_OFF: Final = frozenset({"421", "timeout", "connection"})
_MOST_BROKEN_OFF: Final = 8
# Failures that say nothing of the server.
_OUR_OWN: Final = frozenset({"bad_address", "bad_url", "internal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What became of the deliveries that were due; `errors` says why some were not sent, once per attempt."""

    sent: int = 0
    waiting: int = 0
    dead: int = 0
    cancelled: int = 0
    errors: tuple[NotifyError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that sending goes by, as it is now.

    `destinations` holds those to which something may go, by id. What goes to those in `held` waits untouched.
    `subscribers` are all there are, by name, each with all its destinations; `watched` are the ids of the pages that
    are checked. `links` writes the links to unsubscribe with. `at_any_hour`: quiet hours hold back nothing. `known_at`
    is as of when all this is known: what was written later, for a destination that is not, is for who knows more.
    """

    destinations: Mapping[str, Destination]
    mail: MailServer
    pages: Mapping[str, PageInfo]
    held: Collection[str] = ()
    subscribers: Mapping[str, Subscriber] = field(default_factory=dict)
    watched: Collection[str] = ()
    operator: Subscriber | None = None
    links: "Links | None" = None
    at_any_hour: bool = False
    known_at: datetime | None = None

    def addressee(self, delivery: Delivery) -> Subscriber | None:
        """Whom a delivery is for; None if there is no such one any more."""
        return self.operator if delivery.channel == "operator" else self.subscribers.get(delivery.subscriber)

    def heirs(self, delivery: Delivery) -> list[Heir]:
        """Where a delivery goes instead, if it is for an address or a name that the settings no longer have.

        That is the same address, whatever name its subscriber has now; else where else its subscriber is told.
        """
        one = self.addressee(delivery)
        candidates = [] if delivery.channel == "operator" else self._having(delivery.destination)
        if not candidates and one is not None:
            candidates = [Heir(item.id, one.name) for item in one.destinations]
        # What is still written there, and yet no destination, has unsubscribed.
        if delivery.destination in {heir.destination for heir in candidates}:
            return []
        return [heir for heir in candidates if heir.destination in self.destinations]

    def _having(self, destination: str) -> list[Heir]:
        return [
            Heir(item.id, one.name)
            for one in self.subscribers.values()
            for item in one.destinations
            if is_same_address(item.id, destination)
        ]


class Attempts:
    """Tries deliveries, each from claim to mark, and keeps count. Threads may share it."""

    def __init__(self, store: Store, context: Context, *, clock: Callable[[], datetime], owner: str) -> None:
        self.context = context
        self._store = store
        self._clock = clock
        self._owner = owner
        self._fates: Counter[str] = Counter()
        self._errors: list[NotifyError] = []
        self._down_since: dict[str, datetime] = {}
        self._broken_off: Counter[str] = Counter()
        self._unmarked: dict[int, str] = {}
        self._moved: set[int] = set()
        self._touched: set[str] = set()
        self._lock = threading.Lock()

    def taken(self) -> Delivered:
        """What was done since this was last asked for."""
        with self._lock:
            done = Delivered(**self._fates, errors=tuple(self._errors))
            self._fates.clear()
            self._errors.clear()
        return done

    def attempt(self, sender: Sender, item: Item) -> Found:
        """Try a delivery if it is due and nobody else's. Raises StorageError.

        It is asked for just before sending, so that no lease runs idle.
        """
        context = self.context
        with self._lock:
            self._touched.add(item.queue)
        delivery = self._store.claim(self._clock(), self._owner, lease=_LEASE, only=[item.number])
        if delivery is None:
            return Found()
        if delivery.id in self._unmarked:
            self._mark(delivery.id, self._unmarked[delivery.id])
            self._count("sent")
            return Found()
        destination = self._goes_to(delivery, context)
        if destination is None:
            return Found()
        try:
            answer = self._sent(sender, delivery, destination, context)
        except SendError as error:
            return self._failed(item.lane, delivery, destination, error)
        except StorageError:
            raise
        except Exception as error:
            what = error.what if isinstance(error, NotifyError) else "the message could not be written or sent"
            fault = SendError(what, permanent=False, code="internal", why=type(error).__name__)
            return self._failed(item.lane, delivery, destination, fault)
        with self._lock:
            self._broken_off.pop(item.lane, None)
        self._mark(delivery.id, answer)
        self._count("sent")
        if self._down_since.pop(item.lane, None) is not None:
            # What failed meanwhile need not wait for the end of its pause.
            self._store.retry([other.id for other, _ in self._waiting(item.lane)], self._clock())
        return Found(is_up=True)

    def forget(self) -> None:
        """Forget what was touched and moved."""
        with self._lock:
            self._touched.clear()
            self._moved.clear()

    def touched(self) -> frozenset[str]:
        """The queues of which something was tried."""
        with self._lock:
            return frozenset(self._touched)

    def moved(self) -> frozenset[int]:
        """What was given to another destination, and is due there."""
        with self._lock:
            return frozenset(self._moved)

    def _goes_to(self, delivery: Delivery, context: Context) -> Destination | None:
        """Where a claimed delivery goes now; None if it is given to another destination, put off or cancelled."""
        destination = context.destinations.get(delivery.destination)
        if destination is None:
            if context.known_at is not None and delivery.created_at > context.known_at:
                self._store.postpone(delivery, delivery.next_attempt)
            else:
                self._readdress(delivery, context.heirs(delivery))
            return None
        wakes_at = self._quiet_until(delivery, context)
        if wakes_at is not None:
            self._store.postpone(delivery, wakes_at)
            return None
        return destination

    def _readdress(self, delivery: Delivery, heirs: Sequence[Heir]) -> None:
        if heirs and self._store.readdress(delivery, heirs):
            with self._lock:
                self._moved.add(delivery.id)
        else:
            why = "its destination is no longer configured"
            self._store.cancel(delivery.id, self._clock(), why, lease_until=delivery.lease_until)
            self._count("cancelled")

    def _quiet_until(self, delivery: Delivery, context: Context) -> datetime | None:
        """When the quiet hours end in which it must not go now; None: it may.

        A digest goes at its own hour, or when it was missed, whatever hour that is: only its second attempt waits.
        """
        one = context.addressee(delivery)
        if context.at_any_hour or one is None or delivery.channel == "operator":
            return None
        until = one.timing.due(self._clock())
        if until is None:
            return None
        window = delivery.window
        if window is not None and (delivery.attempts == 1 or one.timing.due(window.until) is not None):
            return None
        return None if is_urgent(one, self._store.changes_by_id(delivery.change_ids)) else until

    def _mark(self, delivery: int, answer: str) -> None:
        """Mark it as sent; what the database does not take now is marked, and not sent again, at the next claim.

        Raises StorageError.
        """
        self._unmarked[delivery] = answer
        for attempt in stamina.retry_context(on=StorageError, timeout=_MARKING_MAY_TAKE, attempts=None):
            with attempt:
                self._store.sent(delivery, self._clock(), answer)
        del self._unmarked[delivery]

    def _sent(self, sender: Sender, delivery: Delivery, destination: Destination, context: Context) -> str:
        message, identity = self._frozen(delivery, destination, context)
        is_subscribers = delivery.channel == "subscriber"
        return sender.send(
            destination,
            message,
            message_id=identity,
            change_ids=delivery.change_ids,
            now=self._clock(),
            unsubscribe_url=context.links.unsubscribe(destination.id) if context.links and is_subscribers else None,
        )

    def _frozen(self, delivery: Delivery, destination: Destination, context: Context) -> tuple[FrozenMessage, str]:
        """The words and the Message-ID of every attempt, made and kept at the first."""
        if delivery.message is not None and delivery.message_id is not None:
            return delivery.message, delivery.message_id
        message = delivery.message or self._rendered(delivery, destination, context)
        identity = message_id(delivery.id, delivery.created_at, context.mail)
        self._store.freeze(delivery.id, message, identity)
        return message, identity

    def _rendered(self, delivery: Delivery, destination: Destination, context: Context) -> FrozenMessage:
        changes = self._store.changes_by_id(delivery.change_ids)
        one = context.addressee(delivery)
        language = one.language if one is not None else delivery.language
        limit = body_limit(destination.address) if is_url(destination.address) else None
        if delivery.window is not None:
            from notify.digest import render_digest  # noqa: PLC0415

            watched = [page for page in context.watched if one is not None and one.hears_of(page)]
            window = delivery.window
            if one is not None and one.since is not None:
                # Of what was before it was added it is told nothing, and nothing is said of it.
                window = replace(window, after=max(window.after, min(one.since, window.until)))
            return render_digest(
                changes,
                context.pages,
                self._store.tallies(watched, window),
                window=window,
                language=language,
                now=self._clock(),
                subscriber=delivery.subscriber,
                style=style(destination),
                limit=limit,
            )
        return render(
            changes,
            context.pages,
            language=language,
            now=self._clock(),
            subscriber=delivery.subscriber,
            style=style(destination),
            limit=limit,
        )

    def _failed(self, lane: str, delivery: Delivery, destination: Destination, error: SendError) -> Found:
        now = self._clock()
        self._judge(lane, error)
        down_since = self._noted(lane, error, now)
        rest = _REST if error.code == _TOO_MANY else timedelta()
        retry_at = None
        if not error.permanent:
            retry_at = next_attempt(delivery, now, at_least=rest, down_since=down_since)
        has_bounced = error.bounced and delivery.channel == "subscriber"
        if has_bounced:
            self._store.bounced(delivery.id, now, _said(error), lease_until=delivery.lease_until)
        else:
            self._store.failed(delivery.id, now, _said(error), retry_at, lease_until=delivery.lease_until)
        self._count("dead" if retry_at is None else "waiting", _told(error, delivery, destination, retry_at))
        if error.unreachable and retry_at is None:
            self._give_up_what_waits(lane, error)
        if error.code in _OUR_OWN:
            return Found()
        return Found(is_up=not error.unreachable, rest=rest.total_seconds(), skip=has_bounced)

    def _judge(self, lane: str, error: SendError) -> None:
        """Take a server to be out of reach with which one message after another broke off."""
        with self._lock:
            self._broken_off[lane] = self._broken_off[lane] + 1 if error.code in _BROKEN_OFF else 0
            if self._broken_off[lane] >= _MOST_BROKEN_OFF:
                error.unreachable = True

    def _noted(self, lane: str, error: SendError, now: datetime) -> datetime | None:
        """Since when the lane is known to be down, if it is."""
        if error.unreachable:
            return self._down_since.setdefault(lane, now)
        if error.code not in _OUR_OWN:
            self._down_since.pop(lane, None)
        return None

    def _give_up_what_waits(self, lane: str, error: SendError) -> None:
        """Give up what has waited for a server behind a message that was given up, and as long."""
        now = self._clock()
        old = {item.id: to for item, to in self._waiting(lane) if now - first_due(item) >= GIVE_UP_AFTER}
        self._store.retry(list(old), now)
        for number, destination in old.items():
            delivery = self._store.claim(now, self._owner, lease=_LEASE, only=[number])
            if delivery is not None:
                self._store.failed(number, now, _said(error), None, lease_until=delivery.lease_until)
                self._count("dead", _told(error, delivery, destination, None))

    def _waiting(self, lane: str) -> list[tuple[Delivery, Destination]]:
        """What waits to go by a lane, and to whom; it takes as long as all that waits, so it is for rare occasions."""
        context = self.context
        known = [(item, context.destinations.get(item.destination)) for item in self._store.deliveries("waiting")]
        return [
            (item, to) for item, to in known if to is not None and to.id not in context.held and lane_of(to) == lane
        ]

    def _count(self, fate: Fate, error: SendError | None = None) -> None:
        with self._lock:
            self._fates[fate] += 1
            if error is not None:
                self._errors.append(error)


def first_due(delivery: Delivery) -> datetime:
    """When it was to be sent first: a digest is opened by its first change, long before its hour."""
    return max(delivery.created_at, delivery.window.until) if delivery.window else delivery.created_at


def _said(error: SendError) -> str:
    return f"{error.code}: {error.what}"


def _told(error: SendError, delivery: Delivery, destination: Destination, retry_at: datetime | None) -> SendError:
    """The failure with what it befell."""
    return SendError(
        error.what,
        permanent=error.permanent,
        code=error.code,
        unreachable=error.unreachable,
        where=f"delivery {delivery.id} to {delivery.subscriber} ({destination.label})",
        why="; ".join(filter(None, (error.where, error.why))),
        todo=error.todo or ("" if retry_at is None else "It is tried again"),
    )


def next_attempt(
    delivery: Delivery, now: datetime, *, at_least: timedelta = timedelta(), down_since: datetime | None = None
) -> datetime | None:
    """When to try again, or None to give up: after three days, if it was tried for long enough.

    That is twelve times, or that its lane is known to have been down for half a day. The pauses double from half a
    minute up to an hour, with jitter, and are no shorter than `at_least`.
    """
    has_been_down = down_since is not None and now - down_since >= _LEAST_OUTAGE
    has_been_tried = delivery.attempts >= _LEAST_ATTEMPTS or has_been_down
    if has_been_tried and now - first_due(delivery) >= GIVE_UP_AFTER:
        return None
    pause = min(_FIRST_PAUSE * (1 << min(max(delivery.attempts - 1, 0), 20)), _LONGEST_PAUSE)
    # Spreads out what failed together; nothing secret hangs on it.
    return now + max(pause * random.uniform(0.5, 1.5), at_least)  # noqa: S311
