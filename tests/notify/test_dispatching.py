"""The outbox emptied by lanes: what is slow, dead, paced or refused for good, and what the operator hears of it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from notify.dispatching import Dispatcher
from notify.mail import MailServer
from notify.subscribers import Destination
from notify.tokens import Links, Signer
from storage.observation import Draft, PageInfo, Window
from storage.owners import this_process
from storage.store import Store
from tests.notify.test_delivering import (  # noqa: F401  (fixtures among them)
    PAGE,
    START,
    Clock,
    Inbox,
    World,
    counts,
    free_port,
    inbox,
    store,
    subscriber,
    world,
)

Box = tuple[Inbox, int]
DAY = timedelta(days=1)


def dead_server() -> MailServer:
    return MailServer(host="127.0.0.1", port=free_port(), sender="monitor@example.jp", timeout=2)


def settled(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not condition() and time.monotonic() < until:
        time.sleep(0.01)
    return condition()


@pytest.fixture
def hook(httpserver: HTTPServer) -> tuple[str, HTTPServer]:
    httpserver.expect_request("/hook").respond_with_data("ok")
    return f"json://127.0.0.1:{httpserver.port}/hook", httpserver


def received(hook: tuple[str, HTTPServer]) -> list[str]:
    """The titles of what the web-hook was sent, once each."""
    return list(dict.fromkeys(json.loads(request.get_data())["title"] for request, _ in hook[1].log))


# Lanes


@pytest.fixture
def dispatcher(world: World) -> Iterator[Dispatcher]:  # noqa: F811
    found = Dispatcher(world.store, world.context(), clock=world.clock, owner=this_process())
    yield found
    found.end()
    assert found.wait(10)


def test_a_slow_channel_does_not_hold_up_what_comes_later(
    world: World,  # noqa: F811
    inbox: Box,  # noqa: F811
    dispatcher: Dispatcher,
    httpserver: HTTPServer,
) -> None:
    release = threading.Event()

    def slow(_: Request) -> Response:
        release.wait(20)
        return Response("ok")

    httpserver.expect_request("/slow").respond_with_handler(slow)
    world.subscribe("chat", f"json://127.0.0.1:{httpserver.port}/slow")
    world.change(2)
    dispatcher.pump(world.context())
    world.subscribe("desk", "desk@example.jp")
    world.change(3)
    dispatcher.pump(world.context())
    arrived = settled(lambda: bool(inbox[0].mails))
    release.set()
    assert arrived


def test_what_is_being_sent_is_not_sent_again_by_the_next_pump(
    world: World,  # noqa: F811
    dispatcher: Dispatcher,
    httpserver: HTTPServer,
) -> None:
    release = threading.Event()

    def slow(_: Request) -> Response:
        release.wait(20)
        return Response("ok")

    httpserver.expect_request("/slow").respond_with_handler(slow)
    world.subscribe("chat", f"json://127.0.0.1:{httpserver.port}/slow")
    world.change()
    for _ in range(3):
        dispatcher.pump(world.context())
        time.sleep(0.05)
    release.set()
    assert dispatcher.wait(10)
    assert (dispatcher.taken().sent, len(httpserver.log)) == (1, 1)


def test_a_recipient_at_whom_the_server_hangs_up_keeps_mail_from_nobody_else(world: World, inbox: Box) -> None:  # noqa: F811
    bad = [f"bad{number}" for number in range(4)]
    inbox[0].unknown = {f"{name}@example.jp": "421 go away" for name in bad}
    for name in (*bad, "one", "two", "three"):
        world.subscribe(name, f"{name}@example.jp")
    world.change()
    assert counts(world.deliver()) == (3, 4, 0, 0)


def test_a_server_that_breaks_off_with_everybody_is_left_alone(world: World, inbox: Box) -> None:  # noqa: F811
    names = [f"desk{number}" for number in range(40)]
    inbox[0].unknown = {f"{name}@example.jp": "421 go away" for name in names}
    for name in names:
        world.subscribe(name, f"{name}@example.jp")
    world.change()
    assert 8 <= world.deliver().waiting <= 20


def test_a_message_that_a_server_looks_at_for_long_keeps_mail_from_nobody_else(world: World, inbox: Box) -> None:  # noqa: F811
    inbox[0].slow = {"slow@example.jp"}
    for name in ("slow", "one", "two"):
        world.subscribe(name, f"{name}@example.jp")
    world.change()
    delivering = threading.Thread(target=world.deliver)
    delivering.start()
    came = settled(lambda: len(inbox[0].mails) == 2)
    inbox[0].slow.clear()
    delivering.join(30)
    assert came


def test_what_failed_before_comes_after_the_others(world: World, inbox: Box) -> None:  # noqa: F811
    for name in ("first", "second"):
        world.subscribe(name, f"{name}@example.jp")
    world.change()
    inbox[0].answer = "451 later"
    world.deliver(only=[1])
    inbox[0].answer = ""
    world.clock.forward(minutes=5)
    world.deliver()
    assert inbox[0].recipients == ["second@example.jp", "first@example.jp"]


def test_a_server_out_of_reach_is_tried_for_two_destinations_a_run(world: World) -> None:  # noqa: F811
    for name in ("one", "two", "three"):
        world.subscribe(name, f"{name}@example.jp")
    world.change()
    world.mail = dead_server()
    assert counts(world.deliver()) == (0, 2, 0, 0)
    assert [delivery.attempts for delivery in world.store.deliveries()] == [1, 1, 0]


def test_mail_to_many_goes_by_few_sessions(world: World, inbox: Box) -> None:  # noqa: F811
    for number in range(20):
        world.subscribe(f"desk{number}", f"desk{number}@example.jp")
    world.change()
    assert world.deliver().sent == 20
    assert 1 <= len({id(session) for session in inbox[0].sessions}) <= 4


def test_to_one_chat_goes_one_message_a_second_at_most(world: World, httpserver: HTTPServer) -> None:  # noqa: F811
    at: list[float] = []

    def note(_: Request) -> Response:
        at.append(time.monotonic())
        return Response("ok")

    httpserver.expect_request(f"/hooks/{'t' * 24}").respond_with_handler(note)
    world.subscribe("chat", f"mmost://127.0.0.1:{httpserver.port}/{'t' * 24}")
    for day in (2, 3, 4):
        world.change(day)
    assert world.deliver().sent == 3
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(at))


def test_a_web_hook_of_ones_own_is_told_as_fast_as_it_answers(world: World, hook: tuple[str, HTTPServer]) -> None:  # noqa: F811
    world.subscribe("program", hook[0])
    for day in range(2, 12):
        world.change(day)
    started = time.monotonic()
    assert world.deliver().sent == 10
    assert time.monotonic() - started < 9


def test_a_chat_that_is_told_too_much_rests_for_a_minute(world: World, httpserver: HTTPServer) -> None:  # noqa: F811
    httpserver.expect_oneshot_request("/hook").respond_with_data("slow down", status=429)
    httpserver.expect_request("/hook").respond_with_data("ok")
    world.subscribe("chat", f"json://127.0.0.1:{httpserver.port}/hook")
    world.change(2)
    world.change(3)
    leaped = 0.0
    dispatcher = Dispatcher(
        world.store,
        world.context(),
        clock=world.clock,
        owner=this_process(),
        monotonic=lambda: time.monotonic() + leaped,
    )
    dispatcher.pump(world.context())
    assert dispatcher.wait(10)
    first, second = world.store.deliveries()
    assert (first.status, first.last_error, first.attempts, second.attempts) == (
        "waiting",
        "429: JSON refuses the message",
        1,
        0,
    )
    assert first.next_attempt - world.clock() >= timedelta(minutes=1)
    world.clock.forward(seconds=59)
    leaped = 50.0
    assert dispatcher.pump(world.context()) == []
    world.clock.forward(minutes=2)
    leaped = 180.0
    assert [item.number for item in dispatcher.pump(world.context())] == [1, 2]
    assert dispatcher.wait(10)
    assert world.statuses() == ["sent", "sent"]


def test_of_a_server_out_of_reach_one_message_is_tried_however_often_it_is_asked(world: World) -> None:  # noqa: F811
    for number in range(5):
        world.subscribe(f"desk{number}", f"desk{number}@example.jp")
    world.change()
    world.mail = dead_server()
    dispatcher = Dispatcher(
        world.store, world.context(), clock=world.clock, owner=this_process(), monotonic=lambda: 0.0
    )
    for _ in range(5):
        dispatcher.pump(world.context())
        assert dispatcher.wait(10)
    assert sum(delivery.attempts for delivery in world.store.deliveries()) == 1


# Three days


class Outage:
    """A daemon's sender in simulated time, its mail server out of reach; `attempts` are the times since the start."""

    def __init__(self, world: World) -> None:  # noqa: F811
        self.world = world
        self.up = world.mail
        world.mail = dead_server()
        self._dispatcher = Dispatcher(
            world.store,
            world.context(),
            clock=world.clock,
            owner=this_process(),
            monotonic=self._seconds,
        )
        self.attempts: list[timedelta] = []

    def _seconds(self) -> float:
        return (self.world.clock() - START).total_seconds()

    def last(self, until: timedelta) -> None:
        """Pump as the daemon does: every half minute for an hour, then every ten."""
        clock, context = self.world.clock, self.world.context()
        while clock() - START < until:
            if self._dispatcher.pump(context):
                assert self._dispatcher.wait(20)
                done = self._dispatcher.taken()
                self.attempts += [clock() - START] * (done.waiting + done.dead)
            clock.forward(seconds=30 if clock() - START < timedelta(hours=1) else 600)


def test_a_message_to_a_channel_down_for_three_days_is_tried_ever_more_seldom_and_given_up(world: World) -> None:  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    world.change()
    outage = Outage(world)
    outage.last(4 * DAY)
    pauses = [later - earlier for earlier, later in pairwise(outage.attempts)]
    doubling = [timedelta(seconds=30) * 2**number for number in range(7)]
    for pause, usual in zip(pauses, [*doubling, *[timedelta(hours=1)] * 200], strict=False):
        assert usual * 0.5 <= pause <= usual * 1.5 + timedelta(minutes=10)
    assert 60 <= len(outage.attempts) <= 120
    assert 3 * DAY <= outage.attempts[-1] <= 3 * DAY + timedelta(hours=1, minutes=40)
    (dead,) = world.store.deliveries("dead")
    assert dead.last_error == "connection: the mail server cannot be reached"


def test_a_channel_that_is_back_after_almost_three_days_gets_everything_once(world: World, inbox: Box) -> None:  # noqa: F811
    for number in range(5):
        world.subscribe(f"desk{number}", f"desk{number}@example.jp")
    world.change()
    outage = Outage(world)
    outage.last(2.9 * DAY)
    world.mail = outage.up
    outage.last(2.9 * DAY + timedelta(hours=2))
    assert sorted(inbox[0].recipients) == [f"desk{number}@example.jp" for number in range(5)]
    assert set(world.statuses()) == {"sent"}


def test_what_waited_behind_one_given_up_as_long_is_given_up_with_it(world: World) -> None:  # noqa: F811
    for number in range(60):
        world.subscribe(f"desk{number}", f"desk{number}@example.jp")
    world.change(2)
    outage = Outage(world)
    outage.last(2.5 * DAY)
    world.change(3)
    outage.last(3 * DAY + timedelta(hours=2))
    states = world.statuses()
    assert (set(states[:60]), set(states[60:])) == ({"dead"}, {"waiting"})


def test_what_failed_goes_out_as_soon_as_its_server_is_known_to_be_back(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    world.change(2)
    outage = Outage(world)
    outage.last(DAY)
    world.mail = outage.up
    world.change(3)
    outage.last(DAY + timedelta(minutes=30))
    assert [mail["X-Change-Id"] for mail in inbox[0].mails] in (["2", "1"], ["1", "2"])


# What is refused for good


def test_a_mailbox_that_does_not_exist_is_told_nothing_more(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "gone@example.jp")
    world.subscribe("other", "other@example.jp")
    for day in (2, 3):
        world.change(day)
    inbox[0].unknown["gone@example.jp"] = "550 5.1.1 no such user"
    assert counts(world.deliver()) == (2, 0, 1, 0)
    assert [item.status for item in world.store.deliveries() if item.subscriber == "desk"] == ["dead", "waiting"]
    (standing,) = world.store.standings()
    assert (standing.subscriber, standing.state) == ("desk", "bounced")
    assert standing.why == "550: the mail server refuses the recipient"
    assert counts(world.deliver()) == (0, 0, 0, 0)


def test_a_relay_that_is_closed_to_us_pauses_nobody(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    world.change()
    inbox[0].unknown["desk@example.jp"] = "554 5.7.1 relay access denied"
    assert counts(world.deliver()) == (0, 0, 1, 0)
    assert world.store.standings() == []


def test_a_refused_message_pauses_nobody(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    world.change()
    inbox[0].answer = "554 5.6.0 not this content"
    assert counts(world.deliver()) == (0, 0, 1, 0)
    assert world.store.standings() == []


def test_the_operators_own_mailbox_is_never_paused(world: World, inbox: Box) -> None:  # noqa: F811
    world.operator = subscriber("operator", "ops@example.jp")
    world.suspect()
    inbox[0].unknown["ops@example.jp"] = "550 5.1.1 no such user"
    assert counts(world.deliver())[2] >= 1
    assert world.store.standings() == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_hook_that_is_gone_is_given_up_at_once(status: int, world: World, httpserver: HTTPServer) -> None:  # noqa: F811
    httpserver.expect_request("/hook").respond_with_data("gone", status=status)
    world.subscribe("chat", f"json://127.0.0.1:{httpserver.port}/hook")
    world.change()
    assert counts(world.deliver()) == (0, 0, 1, 0)
    (dead,) = world.store.deliveries("dead")
    assert (dead.last_error or "").startswith(f"{status}: ")


# What the operator hears of it


def test_the_operator_hears_of_a_mailbox_that_does_not_exist_in_the_same_run(world: World, inbox: Box) -> None:  # noqa: F811
    world.operator = subscriber("operator", "ops@example.jp")
    world.subscribe("desk", "gone@example.jp")
    world.change()
    inbox[0].unknown["gone@example.jp"] = "550 5.1.1 no such user"
    assert counts(world.deliver()) == (1, 0, 1, 0)
    assert inbox[0].recipients == ["ops@example.jp"]
    world.deliver()
    assert len(inbox[0].recipients) == 1


def test_where_the_mail_server_was_down_the_operator_hears_of_it_by_chat(
    world: World,  # noqa: F811
    hook: tuple[str, HTTPServer],
) -> None:
    world.operator = subscriber("operator", "ops@example.jp", hook[0])
    world.subscribe("desk", "desk@example.jp")
    world.change()
    Outage(world).last(4 * DAY)
    done = world.deliver()
    assert (done.sent, len(received(hook))) == (1, 1)
    assert [item.destination for item in world.store.deliveries() if item.kind == "notice"] == [
        world.operator.destinations[1].id
    ]


def test_an_operator_who_has_no_other_channel_hears_of_it_when_the_server_is_back(
    world: World,  # noqa: F811
    inbox: Box,  # noqa: F811
) -> None:
    world.operator = subscriber("operator", "ops@example.jp")
    world.subscribe("desk", "desk@example.jp")
    world.change()
    outage = Outage(world)
    outage.last(4 * DAY)
    world.mail = outage.up
    assert world.deliver().sent == 1
    assert inbox[0].recipients == ["ops@example.jp"]


def test_what_an_operators_channel_refuses_is_told_by_the_operators_other_channel(
    world: World,  # noqa: F811
    inbox: Box,  # noqa: F811
    hook: tuple[str, HTTPServer],
) -> None:
    world.operator = subscriber("operator", "ops@example.jp", hook[0])
    inbox[0].unknown["ops@example.jp"] = "550 5.1.1 no such user"
    world.suspect()
    done = world.deliver()
    assert (done.sent, done.dead) == (2, 1)
    assert len(received(hook)) == 2


def test_of_a_notice_that_could_not_be_delivered_no_notice_is_made(world: World, inbox: Box) -> None:  # noqa: F811
    world.operator = subscriber("operator", "ops@example.jp")
    world.subscribe("desk", "gone@example.jp")
    world.change()
    inbox[0].unknown |= {"gone@example.jp": "550 5.1.1 no", "ops@example.jp": "550 5.1.1 no"}
    for _ in range(3):
        world.deliver()
        world.clock.forward(hours=1)
    assert [item.kind for item in world.store.deliveries()] == ["changes", "notice"]


def test_without_an_operator_what_is_dead_stays_to_be_told(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "gone@example.jp")
    world.change()
    inbox[0].unknown["gone@example.jp"] = "550 5.1.1 no such user"
    world.deliver()
    world.operator = subscriber("operator", "ops@example.jp")
    assert world.deliver().sent == 1


# What a message carries


def test_a_subscribers_mail_can_be_unsubscribed_by_one_click(world: World, inbox: Box) -> None:  # noqa: F811
    signer = Signer("secret")
    world.links = Links("https://monitor.example.jp/ict", signer)
    world.subscribe("desk", "desk@example.jp")
    world.change()
    world.deliver()
    (mail,) = inbox[0].mails
    link = str(mail["List-Unsubscribe"]).partition("<")[2].partition(">")[0]
    base, _, token = link.rpartition("/")
    assert base == "https://monitor.example.jp/ict/unsubscribe"
    assert signer.read_unsubscribe(token) == world.subscribers[0].destinations[0].id
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_operators_mail_offers_no_click_that_would_silence_the_monitor(world: World, inbox: Box) -> None:  # noqa: F811
    world.links = Links("https://monitor.example.jp", Signer("secret"))
    world.operator = subscriber("operator", "ops@example.jp")
    world.suspect()
    world.deliver()
    assert inbox[0].mails[0]["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize("scheme", ["json", "xml", "form"])
def test_a_web_hook_is_told_the_message_and_the_changes_in_headers(
    scheme: str,
    world: World,  # noqa: F811
    httpserver: HTTPServer,
) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    world.subscribe("chat", f"{scheme}://127.0.0.1:{httpserver.port}/hook")
    world.change()
    assert world.deliver().sent == 1
    headers = httpserver.log[0][0].headers
    (sent,) = world.store.deliveries("sent")
    assert (headers["X-Change-Id"], f"<{headers['X-Message-Id']}>") == ("1", sent.message_id)


def test_a_digest_goes_out_with_what_was_checked(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    assert PAGE.name in text_of_digest(world, inbox)


def test_a_digest_begins_no_earlier_than_its_subscriber_was_added(world: World, inbox: Box) -> None:  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    world.subscribers = [replace(world.subscribers[0], since=START + timedelta(hours=3))]
    assert text_of_digest(world, inbox).startswith("2024年1月23日 12:00(日本時間)から")


def text_of_digest(world: World, inbox: Box) -> str:  # noqa: F811
    """The digest of a day and nine hours, as it arrives."""
    destination = world.subscribers[0].destinations[0]
    world.watched = [PAGE.id]
    window = Window(after=START - DAY, until=START + timedelta(hours=9))
    draft = Draft(
        destination=destination.id,
        subscriber="desk",
        channel="subscriber",
        change_ids=(),
        language="ja",
        window=window,
    )
    world.store.open_digests([draft], START)
    assert world.deliver().sent == 0
    world.clock.forward(hours=9, minutes=1)
    assert world.deliver().sent == 1
    text = inbox[0].mails[0].get_body(("plain",))
    assert text is not None
    content: str = text.get_content()
    return content


def test_ten_thousand_messages_of_who_is_paused_do_not_slow_the_others(store: Store, inbox: Box) -> None:  # noqa: F811
    world = World(store, inbox[1], Clock(START))  # noqa: F811
    world.subscribe("desk", "desk@example.jp")
    paused = Destination.of("paused", "paused@example.jp", "paused@example.jp")
    draft = Draft(destination=paused.id, subscriber="paused", channel="subscriber", change_ids=(), language="ja")

    def route(_: PageInfo, __: object) -> list[Draft]:
        return [draft] * 10_000

    world.change(2, route)
    store.set_standing("paused", "paused", START, destination=paused.id)
    world.change(3)
    started = time.monotonic()
    assert world.deliver().sent == 1
    assert time.monotonic() - started < 3
    assert len(store.deliveries("waiting")) == 10_000
