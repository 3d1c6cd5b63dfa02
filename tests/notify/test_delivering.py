"""The outbox emptied: a real store, a real SMTP server and real web-hooks on loopback."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

import parsers
from notify.delivering import Context, Delivered, next_attempt
from notify.dispatching import deliver
from notify.mail import MailServer
from notify.render import render
from notify.routing import make_route
from notify.subscribers import Destination, Subscriber
from notify.tokens import Links
from storage.errors import StorageError
from storage.observation import Delivery, FrozenMessage, Observation, PageInfo, Problem, Route, Window
from storage.owners import this_process
from storage.store import Store

SUPPORT = Path(__file__).parents[1] / "pages" / "support" / "details-definitions.html"
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
PAGE = PageInfo(id="support", name="地域情報通信振興 支援施策", url=URL)
START = datetime(2024, 1, 23, 0, 0, tzinfo=UTC)


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Inbox:
    """Takes mail, or refuses with the answer it is told; at RCPT those in `unknown`."""

    answer: str = ""
    unknown: dict[str, str] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    sessions: list[Any] = field(default_factory=list)
    slow: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.unknown:
            return self.unknown[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer:
            return self.answer
        while self.slow.intersection(envelope.rcpt_tos):
            await asyncio.sleep(0.05)
        self.sessions.append(session)
        self.mails.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return f"250 OK queued as {len(self.mails)}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    found = Inbox()
    controller = Controller(found, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield found, controller.port
    controller.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'monitor.db'}") as opened:
        yield opened


def subscriber(name: str, *addresses: str) -> Subscriber:
    return Subscriber(name=name, destinations=tuple(Destination.of(name, address, address) for address in addresses))


class World:
    """A page that changes, those who hear of it, and the outbox between."""

    def __init__(self, store: Store, mail_port: int, clock: Clock) -> None:
        self.store = store
        self.mail = MailServer(host="127.0.0.1", port=mail_port, sender="monitor@example.jp", timeout=2)
        self.clock = clock
        self.subscribers: list[Subscriber] = []
        self.operator: Subscriber | None = None
        self.links: Links | None = None
        self.watched: list[str] = []
        self._body = SUPPORT.read_bytes()
        self._save(self._body)

    def subscribe(self, name: str, *addresses: str) -> None:
        self.subscribers.append(subscriber(name, *addresses))

    def change(self, day: int = 2, route: Route | None = None) -> None:
        """富士通's amendment gets another day."""
        body = self._body.replace("令和6年1月23日変更".encode(), f"令和6年2月{day}日変更".encode())
        assert body != self._body
        self._save(body, route)

    def suspect(self) -> None:
        """The page is one to log in by: news for the operator."""
        problem = Problem(kind="suspect", reason="login", message="a login page")
        observation = replace(self._observed(self._body), content=None, problem=problem)
        self.store.save(observation, make_route(self.subscribers, self.operator))

    def _save(self, body: bytes, route: Route | None = None) -> None:
        self.store.save(self._observed(body), route or make_route(self.subscribers, self.operator))

    def _observed(self, body: bytes) -> Observation:
        return Observation(
            page=PAGE.id,
            url=URL,
            name=PAGE.name,
            at=self.clock(),
            seconds=0.1,
            http_status=200,
            final_url=URL,
            body=body,
            content=parsers.parse(body, url=URL),
        )

    def deliver(self, only: Sequence[int] | None = None, owner: str | None = None) -> Delivered:
        return deliver(self.store, self.context(), clock=self.clock, owner=owner or this_process(), only=only)

    def context(self) -> Context:
        told = [*self.subscribers, *([self.operator] if self.operator else [])]
        return Context(
            destinations={item.id: item for subscriber in told for item in subscriber.destinations},
            mail=self.mail,
            pages={PAGE.id: PAGE},
            held={item.destination for item in self.store.standings() if item.destination},
            subscribers={item.name: item for item in self.subscribers},
            watched=self.watched,
            operator=self.operator,
            links=self.links,
        )

    def statuses(self) -> list[str]:
        return [delivery.status for delivery in self.store.deliveries()]


@pytest.fixture
def world(store: Store, inbox: tuple[Inbox, int]) -> World:
    return World(store, inbox[1], Clock(START))


def counts(done: Delivered) -> tuple[int, int, int, int]:
    return done.sent, done.waiting, done.dead, done.cancelled


def test_a_change_reaches_mail_and_web_hook(world: World, inbox: tuple[Inbox, int], httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    world.subscribe("desk", "desk@example.jp", f"json://127.0.0.1:{httpserver.port}/hook")
    world.change()
    assert counts(world.deliver()) == (2, 0, 0, 0)
    said = "富士通株式会社(全国5G・開発供給計画)の変更日が令和6年1月23日から令和6年2月2日になりました"
    text = inbox[0].mails[0].get_body(("plain",))
    assert text is not None
    assert said in text.get_content()
    assert said in json.loads(httpserver.log[0][0].get_data())["message"]


def test_what_is_sent_is_not_sent_again(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    world.deliver()
    world.clock.forward(days=1)
    assert counts(world.deliver()) == (0, 0, 0, 0)
    assert len(inbox[0].mails) == 1


def test_what_the_database_cannot_mark_at_once_is_marked_and_not_sent_again(
    world: World, inbox: tuple[Inbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    mark, busy = world.store.sent, [StorageError("locked"), StorageError("locked")]

    def sent(*arguments: Any) -> None:
        if busy:
            raise busy.pop()
        mark(*arguments)

    monkeypatch.setattr(world.store, "sent", sent)
    assert counts(world.deliver()) == (1, 0, 0, 0)
    assert (len(inbox[0].mails), len(world.store.deliveries("sent"))) == (1, 1)


def test_the_answer_of_the_server_is_kept(world: World) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    world.deliver()
    assert [delivery.code for delivery in world.store.deliveries("sent")] == ["250 OK queued as 1"]


def test_what_a_channel_refuses_for_now_goes_out_once_after_a_pause(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    inbox[0].answer = "451 4.3.0 try later"
    assert counts(world.deliver()) == (0, 1, 0, 0)
    inbox[0].answer = ""
    world.clock.forward(minutes=1)
    assert counts(world.deliver()) == (1, 0, 0, 0)
    assert len(inbox[0].mails) == 1


def test_every_attempt_sends_the_same_words_under_the_same_id(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    inbox[0].answer = "451 4.3.0 try later"
    world.deliver()
    (waiting,) = world.store.deliveries("waiting")
    inbox[0].answer = ""
    world.clock.forward(hours=3)
    world.deliver()
    assert inbox[0].mails[0]["Message-ID"] == waiting.message_id
    text = inbox[0].mails[0].get_body(("plain",))
    assert text is not None
    assert waiting.message is not None
    assert text.get_content().replace("\r\n", "\n").strip() == waiting.message.text.strip()


def test_what_a_channel_refuses_for_good_is_dead(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    inbox[0].answer = "554 5.7.1 no"
    done = world.deliver()
    assert counts(done) == (0, 0, 1, 0)
    assert [delivery.last_error for delivery in world.store.deliveries("dead")] == [
        "554: the mail server refuses the message"
    ]


def test_the_error_names_delivery_and_masked_destination(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "geheim@example.jp")
    world.change()
    inbox[0].answer = "554 5.7.1 no"
    (error,) = world.deliver().errors
    assert "delivery 1 to desk (g…@example.jp)" in str(error)
    assert "geheim" not in str(error)


def test_a_dead_channel_does_not_hold_up_the_others(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("chat", f"json://127.0.0.1:{free_port()}/hook")
    world.subscribe("desk", "desk@example.jp")
    world.change()
    assert counts(world.deliver()) == (1, 1, 0, 0)
    assert inbox[0].recipients == ["desk@example.jp"]


def test_the_others_are_not_told_again_while_a_channel_is_down(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("chat", f"json://127.0.0.1:{free_port()}/hook")
    world.subscribe("desk", "desk@example.jp")
    world.change()
    for _ in range(3):
        world.deliver()
        world.clock.forward(hours=1)
    assert len(inbox[0].mails) == 1


def test_a_slow_channel_does_not_hold_up_the_others(
    world: World, inbox: tuple[Inbox, int], httpserver: HTTPServer
) -> None:
    release = threading.Event()

    def slow(request: Request) -> Response:
        release.wait(20)
        return Response("ok")

    httpserver.expect_request("/slow").respond_with_handler(slow)
    world.subscribe("chat", f"json://127.0.0.1:{httpserver.port}/slow")
    world.subscribe("desk", "desk@example.jp")
    world.change()
    running = threading.Thread(target=world.deliver)
    running.start()
    deadline = time.monotonic() + 10
    while not inbox[0].mails and time.monotonic() < deadline:
        time.sleep(0.02)
    arrived = len(inbox[0].mails)
    release.set()
    running.join()
    assert arrived == 1
    assert world.statuses() == ["sent", "sent"]


def test_a_server_out_of_reach_is_tried_once_a_run(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    for day in (2, 3, 4):
        world.change(day)
    world.mail = MailServer(host="127.0.0.1", port=free_port(), sender="monitor@example.jp", timeout=2)
    done = world.deliver()
    assert counts(done) == (0, 1, 0, 0)
    assert [delivery.attempts for delivery in world.store.deliveries()] == [1, 0, 0]


def test_messages_of_one_destination_go_in_order(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    for day in (2, 3, 4):
        world.change(day)
    world.deliver()
    assert [mail["X-Change-Id"] for mail in inbox[0].mails] == ["1", "2", "3"]


def test_a_destination_no_longer_configured_is_cancelled(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    world.subscribers.clear()
    assert counts(world.deliver()) == (0, 0, 0, 1)
    assert inbox[0].mails == []


def test_only_the_deliveries_asked_for_go_out(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("one", "one@example.jp")
    world.subscribe("two", "two@example.jp")
    world.change()
    assert counts(world.deliver(only=[2])) == (1, 0, 0, 0)
    assert inbox[0].recipients == ["two@example.jp"]


def test_what_is_not_due_waits(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    inbox[0].answer = "451 4.3.0 try later"
    world.deliver()
    inbox[0].answer = ""
    assert counts(world.deliver()) == (0, 0, 0, 0)
    world.clock.forward(minutes=1)
    assert counts(world.deliver()) == (1, 0, 0, 0)


def test_after_three_days_of_failing_it_is_given_up(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    inbox[0].answer = "451 4.3.0 try later"
    hours = 0
    while world.statuses() == ["waiting"]:
        world.deliver()
        world.clock.forward(hours=1)
        hours += 1
    assert (world.statuses(), 72 < hours < 76) == (["dead"], True)


def test_two_runs_at_once_send_everything_once(world: World, inbox: tuple[Inbox, int]) -> None:
    for number in range(6):
        world.subscribe(f"desk{number}", f"desk{number}@example.jp")
    world.change()
    runs = [threading.Thread(target=world.deliver) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert sorted(inbox[0].recipients) == [f"desk{number}@example.jp" for number in range(6)]


def killed_owner() -> str:
    """The name of a process that claimed something and is no more."""
    code = "from storage.owners import this_process; print(this_process())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    return done.stdout.strip()


def test_what_a_killed_process_had_claimed_goes_out_under_its_first_id(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    claimed = world.store.claim(world.clock(), killed_owner(), lease=timedelta(minutes=10))
    assert claimed is not None
    assert counts(world.deliver()) == (1, 0, 0, 0)
    assert inbox[0].mails[0]["Message-ID"] == world.store.deliveries("sent")[0].message_id


def test_what_a_living_process_has_claimed_is_left_to_it(world: World, inbox: tuple[Inbox, int]) -> None:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    assert world.store.claim(world.clock(), this_process(), lease=timedelta(minutes=10)) is not None
    assert counts(world.deliver()) == (0, 0, 0, 0)
    assert inbox[0].mails == []


def test_a_message_that_cannot_be_written_does_not_stop_the_others(
    world: World, inbox: tuple[Inbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.subscribe("broken", "broken@example.jp")
    world.subscribe("desk", "desk@example.jp")
    world.change()

    def fails_for_one(*args: Any, subscriber: str, **values: Any) -> FrozenMessage:
        if subscriber == "broken":
            raise ZeroDivisionError
        return render(*args, subscriber=subscriber, **values)

    monkeypatch.setattr("notify.delivering.render", fails_for_one)
    assert counts(world.deliver()) == (1, 1, 0, 0)
    assert inbox[0].recipients == ["desk@example.jp"]


@pytest.fixture
def delivery(world: World) -> Delivery:
    world.subscribe("desk", "desk@example.jp")
    world.change()
    return world.store.deliveries()[0]


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 30), (2, 60), (3, 120), (6, 960), (7, 1920), (8, 3600), (40, 3600)]
)
def test_pauses_double_up_to_an_hour_with_jitter(attempt: int, seconds: int, delivery: Delivery) -> None:
    pauses = {next_attempt(replace(delivery, attempts=attempt), START) for _ in range(50)}
    waits = sorted((pause - START).total_seconds() for pause in pauses if pause is not None)
    assert seconds * 0.5 <= waits[0] < waits[-1] <= seconds * 1.5


def test_a_pause_is_as_long_as_the_server_asks_for_at_least(delivery: Delivery) -> None:
    pauses = {next_attempt(delivery, START, at_least=timedelta(minutes=1)) for _ in range(20)}
    assert all(pause is not None and pause - START >= timedelta(minutes=1) for pause in pauses)


def test_the_three_days_of_a_digest_begin_at_its_hour(delivery: Delivery) -> None:
    until = delivery.created_at + timedelta(days=6)
    digest = replace(delivery, attempts=50, window=Window(after=delivery.created_at, until=until))
    assert next_attempt(digest, until + timedelta(days=2)) is not None
    assert next_attempt(digest, until + timedelta(days=3)) is None


def test_nothing_is_given_up_before_twelve_attempts_however_long_nothing_ran(delivery: Delivery) -> None:
    later = START + timedelta(days=30)
    assert next_attempt(replace(delivery, attempts=11), later) is not None
    assert next_attempt(replace(delivery, attempts=12), later) is None


def test_the_pauses_before_the_twelfth_attempt_are_hours_together(delivery: Delivery) -> None:
    now = START
    for attempt in range(1, 12):
        now = next_attempt(replace(delivery, attempts=attempt), now) or now
    assert now - START > timedelta(hours=2)
