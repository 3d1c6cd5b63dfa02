"""Emptying the outbox: what is due goes out by its lane, and no lane waits for another.

The pace and the rests of a lane hold within one process. Two at work at once share no more than the claims: each
message goes out once.
"""

import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

from notify.delivering import GIVE_UP_AFTER, Attempts, Context, Delivered, first_due
from notify.lanes import Item, Lanes
from notify.sending import Sender, lane, pace, width
from notify.subscribers import Destination
from storage.observation import Delivery, Notice, Standing
from storage.store import Store

_NOWHERE: Final = ""


class Dispatcher:
    """Hands what is due to threads of its own, and returns at once; it is for one thread to drive.

    `on_left` is called, by any thread, when something was tried.
    """

    def __init__(
        self,
        store: Store,
        context: Context,
        *,
        clock: Callable[[], datetime],
        owner: str,
        on_left: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._refused: set[Item] = set()
        self._attempts = Attempts(store, context, clock=clock, owner=owner)
        self._lanes = Lanes(
            self._attempts.attempt,
            lambda name: Sender(self._attempts.context.mail, on_ready=lambda: self._lanes.found_up(name)),
            width=width,
            pace=pace,
            on_left=on_left,
            monotonic=monotonic,
        )

    def pump(
        self, context: Context, *, only: Collection[int] | None = None, without: Collection[int] = ()
    ) -> list[Item]:
        """Begin to send what is due (of `only`, if given, and not of `without`), as `context` has it; what was begun.

        A lane that rests, because its server was out of reach or asked for it, begins nothing. Where something failed
        before comes last: it must not keep a lane from the others. Raises StorageError, also what an earlier attempt
        raised.
        """
        self._lanes.wait(0)
        self._attempts.context = context
        self._attempts.forget()
        due = [
            item
            for item in self._store.due(self._clock())
            if item.destination not in context.held and item.id not in without and (only is None or item.id in only)
        ]
        failing = {item.destination for item in due if item.attempts}
        due.sort(key=lambda item: (item.destination in failing, item.id))
        items = [
            Item(self._lane(context.destinations.get(item.destination)), item.destination, item.id) for item in due
        ]
        begun = self._lanes.hand_in(items)
        self._refused = set(items).difference(begun)
        return begun

    def second_chance(self, tried: Collection[str]) -> float | None:
        """Seconds until what the last `pump` did not begin may go by a lane that failed once; None: it may not.

        What failed may have been the fault of that one message: another destination, none of those `tried`, shows.
        """
        return self._lanes.second_chance({item.lane for item in self._refused if item.queue not in tried})

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until nothing is being sent, at most so long; whether nothing is. Raises StorageError."""
        return self._lanes.wait(seconds)

    def touched(self) -> frozenset[str]:
        """The destinations of which something was tried since the last `pump` began."""
        return self._attempts.touched()

    def moved(self) -> frozenset[int]:
        """What was given to another destination, and is due there, since the last `pump` began."""
        return self._attempts.moved()

    def end(self) -> None:
        """Begin to send nothing more."""
        self._lanes.end()

    def taken(self) -> Delivered:
        """What became of what was handed out, since this was last asked for."""
        return self._attempts.taken()

    @staticmethod
    def _lane(destination: Destination | None) -> str:
        return lane(destination) if destination is not None else _NOWHERE


def deliver(
    store: Store, context: Context, *, clock: Callable[[], datetime], owner: str, only: Collection[int] | None = None
) -> Delivered:
    """Send what is due (of `only`, if given) and wait for it; each delivery is tried at most once.

    When a server is out of reach for two destinations in turn, what else would go there stays as it was, due at the
    next run. The operator is told of what is given up. Raises StorageError.
    """
    dispatcher = Dispatcher(store, context, clock=clock, owner=owner)
    tried: set[int] = set()
    destinations: set[str] = set()
    try:
        while True:
            report(store, context, clock())
            begun = dispatcher.pump(context, only=only, without=tried)
            if not begun:
                pause = dispatcher.second_chance(destinations)
                if pause is None:
                    return dispatcher.taken()
                time.sleep(max(pause, 0))
                continue
            dispatcher.wait()
            # What a lane that failed left untouched may have its turn.
            touched = dispatcher.touched()
            tried.update(item.number for item in begun if item.queue in touched or not touched)
            destinations |= touched
            tried -= dispatcher.moved()
    finally:
        dispatcher.end()


def report(store: Store, context: Context, at: datetime) -> int:
    """Write the notices to the operator of what was given up and not told of yet; how many."""
    if context.operator is None:
        return 0
    return store.report(at, lambda dead, bounced: _notices(context, dead, bounced, at))


def _notices(context: Context, dead: Sequence[Delivery], bounced: Sequence[Standing], at: datetime) -> list[Notice]:
    from notify.notices import dead_notice  # noqa: PLC0415  seldom needed

    operator = context.operator
    assert operator is not None
    message = dead_notice(dead, bounced, operator.language)
    return [
        Notice(destination=item.id, subscriber=operator.name, language=operator.language, message=message)
        for item in _other_ways(operator.destinations, context, dead, at)
    ]


def _other_ways(
    own: Sequence[Destination], context: Context, dead: Sequence[Delivery], at: datetime
) -> list[Destination]:
    """The operator's destinations without those to which, or by whose lane, something has just not arrived.

    What is dead before its time was refused, which says nothing of the rest of its lane. Where none would be left,
    they stay: what waits for them arrives when they are back.
    """
    refused = {delivery.destination for delivery in dead}
    late = {delivery.destination for delivery in dead if at - first_due(delivery) >= GIVE_UP_AFTER}
    down = {lane(context.destinations[name]) for name in late if name in context.destinations}
    others = [item for item in own if item.id not in refused]
    return [item for item in others if lane(item) not in down] or others or list(own)
