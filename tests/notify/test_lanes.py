"""Lanes: no lane waits for another, dead ones leave the living their threads, each keeps its order and its pace."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from notify import lanes
from notify.lanes import Found, Item, Lanes

DOWN = Found(is_up=False)
UP = Found(is_up=True)
MAIL = "mail"


@dataclass
class World:
    """What is attempted, and how it goes: `go` holds up what `held` names, `found` tells what else than `UP` shows."""

    held: set[str] = field(default_factory=set)
    found: dict[str, Found] = field(default_factory=dict)
    width: int = 1
    pace: float = 0.0
    now: Callable[[], float] = time.monotonic
    go: threading.Event = field(default_factory=threading.Event)
    done: list[int] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    opened: Counter[str] = field(default_factory=Counter)
    left: int = 0
    most: int = 0
    at_work: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def lanes(self) -> Lanes[str]:
        return Lanes(
            self._attempt,
            self._open,
            width=lambda _: self.width,
            pace=lambda _: self.pace,
            on_left=self._leave,
            monotonic=self.now,
        )

    def _attempt(self, way: str, item: Item) -> Found:
        assert way == item.lane
        with self.lock:
            self.at_work[item.lane] += 1
            self.most = max(self.most, self.at_work[item.lane])
            self.at.append(time.monotonic())
        if item.lane in self.held:
            self.go.wait(20)
        with self.lock:
            self.at_work[item.lane] -= 1
            self.done.append(item.number)
        return self.found.get(item.lane, UP)

    @contextmanager
    def _open(self, lane: str) -> Iterator[str]:
        with self.lock:
            self.opened[lane] += 1
        yield lane

    def _leave(self) -> None:
        self.left += 1


def items(lane: str, *numbers: int, queue: str = "") -> list[Item]:
    return [Item(lane, queue or lane, number) for number in numbers]


def settled(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not condition() and time.monotonic() < until:
        time.sleep(0.005)
    return condition()


def test_everything_handed_in_is_done() -> None:
    world = World()
    work = world.lanes()
    assert work.hand_in([*items("a", 1, 2), *items("b", 3)]) == [*items("a", 1, 2), *items("b", 3)]
    assert work.wait(10)
    assert sorted(world.done) == [1, 2, 3]


def test_a_queue_is_done_in_order() -> None:
    world = World(width=4)
    work = world.lanes()
    work.hand_in(items(MAIL, *range(100)))
    assert work.wait(10)
    assert world.done == list(range(100))


def test_a_lane_that_hangs_holds_up_no_other() -> None:
    world = World(held={"slow"})
    work = world.lanes()
    work.hand_in([*items("slow", 1), *items("a", 2), *items("b", 3)])
    assert settled(lambda: sorted(world.done) == [2, 3])
    world.go.set()
    assert work.wait(10)


def test_a_lane_that_hangs_does_not_hold_up_what_comes_later() -> None:
    world = World(held={"slow"})
    work = world.lanes()
    work.hand_in(items("slow", 1))
    work.hand_in(items("a", 2))
    assert settled(lambda: world.done == [2])
    world.go.set()
    assert work.wait(10)


def test_handing_in_does_not_wait() -> None:
    world = World(held={"slow"})
    work = world.lanes()
    started = time.monotonic()
    work.hand_in(items("slow", 1))
    assert time.monotonic() - started < 1
    assert not work.wait(0)
    world.go.set()
    assert work.wait(10)


def test_what_is_at_work_is_not_begun_again_when_it_is_handed_in_again() -> None:
    """The one who does it knows whether it is still to be done; here it is handed in twice, so it is done twice."""
    world = World(held={"slow"})
    work = world.lanes()
    work.hand_in(items("slow", 1))
    assert settled(lambda: world.at_work["slow"] == 1)
    for _ in range(4):
        work.hand_in(items("slow", 1))
    world.go.set()
    assert work.wait(10)
    assert world.done == [1, 1]


def test_all_of_a_lane_goes_by_one_way() -> None:
    world = World()
    work = world.lanes()
    work.hand_in([*items(MAIL, 1, queue="x"), *items(MAIL, 2, queue="y"), *items(MAIL, 3, queue="z")])
    assert work.wait(10)
    assert world.opened == {MAIL: 1}


def test_a_lane_known_to_be_up_is_worked_on_by_as_many_as_it_allows() -> None:
    world = World(width=3)
    work = world.lanes()
    work.hand_in(items(MAIL, 0))
    assert work.wait(10)
    world.held = {MAIL}
    work.hand_in([Item(MAIL, f"queue{number}", number) for number in range(1, 9)])
    assert settled(lambda: world.at_work[MAIL] == 3)
    world.go.set()
    assert work.wait(10)
    assert (world.most, len(world.done)) == (3, 9)


def test_a_lane_of_which_nothing_is_known_is_tried_by_one() -> None:
    world = World(width=3, held={MAIL})
    work = world.lanes()
    work.hand_in([Item(MAIL, f"queue{number}", number) for number in range(8)])
    time.sleep(0.1)
    assert world.at_work[MAIL] == 1
    world.go.set()
    assert work.wait(10)


def test_a_lane_that_is_down_is_left_after_one_attempt() -> None:
    world = World(found={"dead": DOWN})
    work = world.lanes()
    work.hand_in([*items("dead", 1, 2, queue="x"), *items("dead", 3, queue="y")])
    assert work.wait(10)
    assert world.done == [1]


def test_a_lane_that_is_down_is_probed_after_pauses_that_double() -> None:
    now = 0.0
    world = World(found={"dead": DOWN}, now=lambda: now)
    work = world.lanes()
    probes = []
    while now < 7200:
        if work.hand_in(items("dead", 1)):
            probes.append(now)
            assert work.wait(10)
        now += 1
    pauses = [later - earlier for earlier, later in pairwise(probes)]
    for pause, most in zip(pauses, [5, 10, 20, 40, 80, 160, 320, *[600] * 100], strict=False):
        assert most * 0.5 <= pause <= most + 1
    assert len(probes) > 10


def test_a_lane_that_is_back_takes_everything() -> None:
    now = 0.0
    world = World(found={"dead": DOWN}, now=lambda: now)
    work = world.lanes()
    work.hand_in(items("dead", 1))
    assert work.wait(10)
    world.found.clear()
    now = 31
    work.hand_in(items("dead", 1, 2, 3))
    assert work.wait(10)
    assert world.done == [1, 1, 2, 3]


def test_a_lane_that_asks_for_a_rest_gets_it() -> None:
    now = 0.0
    world = World(found={"chat": Found(is_up=True, rest=60)}, now=lambda: now)
    work = world.lanes()
    assert work.hand_in(items("chat", 1, 2)) == items("chat", 1, 2)
    assert work.wait(10)
    world.found.clear()
    now = 59.0
    assert work.hand_in(items("chat", 2)) == []
    now = 60.0
    assert work.hand_in(items("chat", 2)) == items("chat", 2)
    assert work.wait(10)
    assert world.done == [1, 2]


def test_of_a_queue_that_is_to_be_skipped_nothing_more_is_done_and_the_next_goes_on() -> None:
    world = World(found={MAIL: Found(is_up=True, skip=True)})
    work = world.lanes()
    work.hand_in([*items(MAIL, 1, 2, queue="bounced"), *items(MAIL, 3, queue="well")])
    assert work.wait(10)
    assert world.done == [1, 3]


def test_between_two_attempts_of_a_lane_lies_its_pace() -> None:
    world = World(pace=0.2)
    work = world.lanes()
    work.hand_in([*items("chat", 1, 2, queue="x"), *items("chat", 3, queue="y")])
    assert work.wait(10)
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(world.at))
    assert len(world.at) == 3


def test_the_pace_holds_from_one_handing_in_to_the_next() -> None:
    world = World(pace=0.2)
    work = world.lanes()
    for number in range(3):
        work.hand_in(items("chat", number))
        assert work.wait(10)
    assert world.at[-1] - world.at[0] >= 0.4


def test_what_was_not_tried_costs_no_pause() -> None:
    world = World(pace=30.0, found={"chat": Found()})
    work = world.lanes()
    work.hand_in(items("chat", 1, 2, 3))
    assert work.wait(5)
    assert world.left == 0


def test_a_pause_holds_up_no_other_lane() -> None:
    world = World(pace=30.0)
    work = world.lanes()
    work.hand_in([*items("chat", 1, 2), *items("other", 3)])
    assert settled(lambda: sorted(world.done) == [1, 3])
    work.end()
    assert work.wait(5)


def test_dead_lanes_however_many_leave_the_living_their_threads() -> None:
    dead = {f"dead{number}" for number in range(60)}
    world = World(held=set(dead))
    work = world.lanes()
    living = [*items("a", 1), *items("b", 2)]
    work.hand_in(living)
    assert work.wait(10)
    work.hand_in([*(Item(name, name, 100) for name in sorted(dead)), *living])
    assert settled(lambda: sorted(world.done) == [1, 1, 2, 2])
    work.end()
    world.go.set()
    assert work.wait(10)


def test_lanes_known_to_be_down_have_a_few_threads_together() -> None:
    now = 0.0
    dead = {f"dead{number}" for number in range(20)}
    world = World(found=dict.fromkeys(dead, DOWN), now=lambda: now)
    work = world.lanes()
    handed = [Item(name, name, 100) for name in sorted(dead)]
    work.hand_in(handed)
    assert work.wait(10)
    now, world.held = 60.0, set(dead)
    work.hand_in([*handed, *items("new", 1)])
    assert settled(lambda: 1 in world.done)
    assert settled(lambda: sum(world.at_work.values()) == lanes._AT_MOST["down"])
    time.sleep(0.1)  # those of one more would have come by now
    assert sum(world.at_work.values()) == lanes._AT_MOST["down"]
    world.go.set()
    assert work.wait(10)


def test_a_lane_with_more_at_work_than_it_may_have_keeps_no_other_from_a_thread() -> None:
    lane = lanes._Lane(MAIL, width=4, pace=0.0, condition="down", workers=3)
    lane.waiting["x"] = deque([1])
    assert lane.open_places == 0


def test_there_are_never_more_threads_than_allowed() -> None:
    names = [f"lane{number}" for number in range(200)]
    world = World(held=set(names))
    work = world.lanes()
    before = threading.active_count()
    for _ in range(3):
        work.hand_in([Item(name, name, 1) for name in names])
    assert threading.active_count() - before <= lanes._THREADS
    world.go.set()
    assert work.wait(20)
    assert len(world.done) >= 200


def test_a_lane_with_much_to_do_gives_others_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "_THREADS", 1)
    world = World()
    world.now = lambda: float(len(world.done))  # each attempt takes a second
    work = world.lanes()
    work.hand_in([*items("much", *range(100)), *items("little", 1000)])
    assert work.wait(10)
    assert world.done.index(1000) == 10
    assert len(world.done) == 101


def test_after_the_end_nothing_is_begun_and_what_is_at_work_ends() -> None:
    world = World(held={"a"})
    work = world.lanes()
    work.hand_in(items("a", 1, 2, 3))
    assert settled(lambda: world.at_work["a"] == 1)
    work.end()
    world.go.set()
    assert work.wait(10)
    assert world.done == [1]
    assert work.hand_in(items("a", 2)) == []


def test_what_an_attempt_raises_reaches_who_waits() -> None:
    class Broken(World):
        def _attempt(self, way: str, item: Item) -> Found:
            raise ZeroDivisionError

    work = Broken().lanes()
    work.hand_in(items("a", 1, 2))
    with pytest.raises(ZeroDivisionError):
        work.wait(10)
    assert work.wait(10)


def test_who_hands_in_hears_when_something_was_tried() -> None:
    world = World()
    work = world.lanes()
    work.hand_in(items("a", 1, 2))
    assert work.wait(10)
    assert world.left == 1


def test_nothing_is_lost_where_many_hand_in_at_once_and_lanes_come_and_go() -> None:
    """Each handing in brings all that is not done; at the end all is."""
    world = World(width=4)
    work = world.lanes()
    wanted = {number: Item(f"lane{number % 7}", f"queue{number % 23}-{number % 7}", number) for number in range(2000)}
    until = time.monotonic() + 20
    while (missing := wanted.keys() - set(world.done)) and time.monotonic() < until:
        work.hand_in(wanted[number] for number in sorted(missing))
        work.wait(0.01)
    assert work.wait(10)
    assert set(world.done) == set(wanted)
