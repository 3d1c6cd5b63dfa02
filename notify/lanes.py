"""Threads that empty queues lane by lane, so that no lane waits for another: not within a pass, not between passes.

A lane is what shares a way out. Of those that are known to be down one message goes as a probe, after a pause that
doubles, and they have but a few of the threads, so that dead lanes, however many, leave the others theirs.
"""

import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Final, Generic, Literal, NamedTuple, TypeVar

Way = TypeVar("Way")
Condition = Literal["unknown", "up", "down"]

_THREADS: Final = 64
# Threads that lanes in a condition may have together: those that are up have some for themselves.
_AT_MOST: Final[dict[Condition, int]] = {"unknown": 48, "up": _THREADS, "down": 8}
# All times are seconds.
_TURN: Final = 10.0
_FIRST_REST: Final = 5.0
_LONGEST_REST: Final = 600.0


class Item(NamedTuple):
    """Something to do: by which lane, in which queue of it, and its number."""

    lane: str
    queue: str
    number: int


class Found(NamedTuple):
    """What an attempt showed of the lane: whether it is up (None: nothing was tried), and if it asks for a rest.

    `skip`: nothing more of that queue now.
    """

    is_up: bool | None = None
    rest: float = 0.0
    skip: bool = False


@dataclass(slots=True)
class _Lane:
    """`waiting` holds the queues that nobody is at work on, in the order of their turns; `busy` the others."""

    name: str
    width: int
    pace: float
    waiting: dict[str, deque[int]] = field(default_factory=dict)
    busy: dict[str, deque[int]] = field(default_factory=dict)
    workers: int = 0
    condition: Condition = "unknown"
    failures: int = 0
    rests_until: float = 0.0
    next_at: float = 0.0

    @property
    def open_places(self) -> int:
        """How many more may work on it: one alone until it has shown to be up."""
        return max(0, min(len(self.waiting), (self.width if self.condition == "up" else 1) - self.workers))


class Lanes(Generic[Way]):
    """Does `attempt` for every item handed in, each lane in threads of its own.

    `open_way` opens what a run of attempts by a lane shares, such as a session. `width` and `pace` say, by the lane's
    name, how many may work on it at once, and how many seconds lie at least between two attempts. The items of a
    queue are done in order. `on_left` is called whenever a thread that tried something leaves a lane; `monotonic`
    tells seconds.
    """

    def __init__(
        self,
        attempt: Callable[[Way, Item], Found],
        open_way: Callable[[str], AbstractContextManager[Way]],
        *,
        width: Callable[[str], int],
        pace: Callable[[str], float],
        on_left: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._attempt = attempt
        self._open_way = open_way
        self._width = width
        self._pace = pace
        self._on_left = on_left
        self._monotonic = monotonic
        self._lanes: dict[str, _Lane] = {}
        self._changed = threading.Condition()
        self._threads = 0
        self._is_ending = False
        self._fault: Exception | None = None

    def hand_in(self, items: Iterable[Item]) -> list[Item]:
        """Do these, and no longer what was handed in before and is not at work; those that were taken.

        A lane that rests takes none.
        """
        with self._changed:
            for lane in self._lanes.values():
                lane.waiting.clear()
                for rest in lane.busy.values():
                    rest.clear()
            taken = [item for item in items if self._add(item)]
            self._staff()
        return taken

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until nothing is at work, at most so long; whether nothing is. Raises what an attempt raised."""
        with self._changed:
            is_idle = self._changed.wait_for(lambda: not self._threads, seconds)
            fault, self._fault = self._fault, None
        if fault is not None:
            raise fault
        return is_idle

    def found_up(self, lane: str) -> None:
        """Let more work on a lane whose server answers, before the attempt that showed it has ended."""
        with self._changed:
            self._lanes[lane].condition = "up"
            self._staff()

    def second_chance(self, lanes: Iterable[str]) -> float | None:
        """Seconds until the first of these lanes that failed once, and rests, may be tried again; None: none does."""
        with self._changed:
            now = self._monotonic()
            known = [self._lanes[name] for name in lanes if name in self._lanes]
            return min((lane.rests_until - now for lane in known if lane.failures == 1), default=None)

    def end(self) -> None:
        """Begin nothing more."""
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()

    def _add(self, item: Item) -> bool:
        lane = self._lanes.get(item.lane)
        if lane is None:
            lane = _Lane(item.lane, self._width(item.lane), self._pace(item.lane))
            self._lanes[item.lane] = lane
        if self._is_ending or self._monotonic() < lane.rests_until:
            return False
        queues = lane.busy if item.queue in lane.busy else lane.waiting
        queues.setdefault(item.queue, deque()).append(item.number)
        return True

    def _staff(self) -> None:
        """Start threads for what could be done now; who finds nothing to do ends again."""
        wanted = sum(lane.open_places for lane in self._lanes.values())
        for _ in range(min(wanted, _THREADS - self._threads)):
            threading.Thread(target=self._run, name="deliver", daemon=True).start()
            self._threads += 1  # the thread itself waits for the lock

    def _run(self) -> None:
        try:
            while (lane := self._enter()) is not None:
                has_tried = False
                try:
                    has_tried = self._empty(lane)
                finally:
                    with self._changed:
                        lane.workers -= 1
                        self._staff()
                if has_tried:
                    self._on_left()
        except Exception as error:  # whoever waits is told
            with self._changed:
                self._fault = self._fault or error
                for lane in self._lanes.values():
                    lane.waiting.clear()
        finally:
            with self._changed:
                self._threads -= 1
                self._changed.notify_all()

    def _enter(self) -> _Lane | None:
        """The lane that has waited longest for a thread; None if there is none to go to."""
        with self._changed:
            if self._is_ending:
                return None
            lane = next(self._enterable(), None)
            if lane is not None:
                lane.workers += 1
                self._lanes[lane.name] = self._lanes.pop(lane.name)  # last in the order of turns
            return lane

    def _enterable(self) -> Iterator[_Lane]:
        at_work: dict[Condition, int] = {"unknown": 0, "up": 0, "down": 0}
        for lane in self._lanes.values():
            at_work[lane.condition] += lane.workers
        return (
            lane
            for lane in self._lanes.values()
            if lane.open_places > 0 and at_work[lane.condition] < _AT_MOST[lane.condition]
        )

    def _empty(self, lane: _Lane) -> bool:
        """Work on a lane until nothing of it waits, or others have waited long enough; whether anything was tried."""
        until = self._monotonic() + _TURN
        has_tried = False
        with self._open_way(lane.name) as way:
            while (queue := self._take_queue(lane, until)) is not None:
                try:
                    while (number := self._take(lane, queue, until)) is not None:
                        found = self._attempt(way, Item(lane.name, queue, number))
                        if found.is_up is not None:
                            has_tried = True
                            self._learn(lane, queue, found)
                finally:
                    with self._changed:
                        left = lane.busy.pop(queue)
                        if left:
                            lane.waiting[queue] = left
        return has_tried

    def _take_queue(self, lane: _Lane, until: float) -> str | None:
        with self._changed:
            if self._is_ending or not lane.waiting or self._is_over(lane, until):
                return None
            queue = next(iter(lane.waiting))
            lane.busy[queue] = lane.waiting.pop(queue)
            return queue

    def _take(self, lane: _Lane, queue: str, until: float) -> int | None:
        """The next of a queue, when the lane's pace allows it."""
        with self._changed:
            while not self._is_ending and lane.busy[queue] and not self._is_over(lane, until):
                wait = lane.next_at - self._monotonic()
                if wait <= 0:
                    return lane.busy[queue].popleft()
                self._changed.wait(wait)
            return None

    def _is_over(self, lane: _Lane, until: float) -> bool:
        """Whether a thread's time with a lane is over, and another lane has none."""
        if self._threads < _THREADS or self._monotonic() < until:
            return False
        return any(other is not lane for other in self._enterable())

    def _learn(self, lane: _Lane, queue: str, found: Found) -> None:
        with self._changed:
            now = self._monotonic()
            lane.next_at = now + lane.pace
            lane.condition = "up" if found.is_up else "down"
            lane.failures = 0 if found.is_up else lane.failures + 1
            rest = found.rest
            if not found.is_up:
                pause = min(_FIRST_REST * (1 << min(lane.failures - 1, 10)), _LONGEST_REST)
                rest = max(rest, pause * random.uniform(0.5, 1.0))  # noqa: S311  nothing secret hangs on it
            if rest:
                lane.rests_until = now + rest
                lane.waiting.clear()
                for left in lane.busy.values():
                    left.clear()
            if found.skip:
                lane.busy[queue].clear()
            self._staff()
