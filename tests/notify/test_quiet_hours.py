"""Quiet hours hold back whatever was not sent before them, however it came to be due within them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notify.dispatching import deliver
from notify.timing import Timing
from storage.observation import Draft, Window
from storage.owners import this_process
from tests.notify.test_delivering import Inbox, World, counts, inbox, store, world  # noqa: F401  (fixtures among them)

Box = tuple[Inbox, int]
EVENING = datetime(2024, 1, 23, 10, 59, tzinfo=UTC)  # 19:59 in Japan
MORNING = datetime(2024, 1, 23, 22, 0, tzinfo=UTC)  # 07:00 of the next day


@pytest.fixture
def desk(world: World) -> World:  # noqa: F811
    """A desk whose mail server refused, a minute before its quiet hours, what it was to be told."""
    world.subscribe("desk", "desk@example.jp")
    world.subscribers = [replace(world.subscribers[0], timing=Timing.of())]
    return world


def refused_in_the_evening(desk: World, inbox: Box) -> None:  # noqa: F811
    desk.clock.now = EVENING
    desk.change()
    inbox[0].answer = "451 later"
    assert counts(desk.deliver()) == (0, 1, 0, 0)
    inbox[0].answer = ""
    desk.clock.now = EVENING + timedelta(minutes=5)


def test_what_failed_in_the_evening_goes_in_the_morning(desk: World, inbox: Box) -> None:  # noqa: F811
    refused_in_the_evening(desk, inbox)
    assert counts(desk.deliver()) == (0, 0, 0, 0)
    desk.clock.now = MORNING - timedelta(seconds=1)
    assert counts(desk.deliver()) == (0, 0, 0, 0)
    desk.clock.now = MORNING
    assert counts(desk.deliver()) == (1, 0, 0, 0)


def test_a_night_counts_for_no_attempt(desk: World, inbox: Box) -> None:  # noqa: F811
    refused_in_the_evening(desk, inbox)
    desk.deliver()
    waiting = desk.store.deliveries("waiting")[0]
    assert (waiting.attempts, waiting.next_attempt) == (1, MORNING)


def test_what_is_urgent_is_tried_again_at_night(desk: World, inbox: Box) -> None:  # noqa: F811
    desk.subscribers = [replace(desk.subscribers[0], timing=Timing.of(urgent=["plan.amended"]))]
    refused_in_the_evening(desk, inbox)
    assert counts(desk.deliver()) == (1, 0, 0, 0)


def test_what_a_person_sends_by_name_goes_at_night(desk: World, inbox: Box) -> None:  # noqa: F811
    refused_in_the_evening(desk, inbox)
    desk.store.retry([1], desk.clock(), early=True)
    context = replace(desk.context(), at_any_hour=True)
    assert deliver(desk.store, context, clock=desk.clock, owner=this_process()).sent == 1


def test_what_was_due_while_nothing_ran_does_not_go_at_night(desk: World, inbox: Box) -> None:  # noqa: F811
    desk.clock.now = EVENING
    desk.change()
    desk.clock.now = EVENING + timedelta(hours=3)
    assert counts(desk.deliver()) == (0, 0, 0, 0)
    assert desk.store.deliveries()[0].next_attempt == MORNING


def test_the_operator_has_no_quiet_hours(desk: World, inbox: Box) -> None:  # noqa: F811
    desk.operator = replace(desk.subscribers.pop(), name="operator")
    desk.clock.now = EVENING + timedelta(hours=3)
    desk.suspect()
    assert desk.deliver().sent == 1


@pytest.fixture
def missed(desk: World) -> Callable[[datetime, datetime], None]:
    """The digest of a day, at hours that are quiet or not, that was to go then and goes now."""

    def make(until: datetime, now: datetime) -> None:
        window = Window(after=until - timedelta(days=1), until=until)
        to = desk.subscribers[0].destinations[0].id
        draft = Draft(
            destination=to, subscriber="desk", channel="subscriber", change_ids=(), language="ja", window=window
        )
        desk.store.open_digests([draft], EVENING)
        desk.clock.now = now

    return make


def test_a_digest_that_was_missed_goes_when_the_program_runs_again(
    desk: World,
    missed: Callable[[datetime, datetime], None],
    inbox: Box,  # noqa: F811
) -> None:
    missed(EVENING, EVENING + timedelta(hours=3))
    assert desk.deliver().sent == 1


def test_a_digest_that_failed_in_the_evening_goes_in_the_morning(
    desk: World,
    missed: Callable[[datetime, datetime], None],
    inbox: Box,  # noqa: F811
) -> None:
    missed(EVENING, EVENING)
    inbox[0].answer = "451 later"
    desk.deliver()
    inbox[0].answer = ""
    desk.clock.forward(minutes=5)
    assert counts(desk.deliver()) == (0, 0, 0, 0)
    assert desk.store.deliveries()[0].next_attempt == MORNING


def test_a_digest_whose_hour_is_a_quiet_one_is_tried_again_at_night(
    desk: World,
    missed: Callable[[datetime, datetime], None],
    inbox: Box,  # noqa: F811
) -> None:
    night = EVENING + timedelta(hours=3)
    missed(night, night)
    inbox[0].answer = "451 later"
    desk.deliver()
    inbox[0].answer = ""
    desk.clock.forward(minutes=5)
    assert desk.deliver().sent == 1
