"""From settings to a channel: a real SMTP server on loopback, a real database."""

import logging
import socket
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from monitor.audience import LiveAudience, audience_of
from monitor.deliver import Outgoing, deliver, mail_server
from monitor.settings import load, operator_of, subscribers_of
from monitor.settings_models import Settings
from notify.delivering import Delivered
from notify.tokens import Signer
from storage.changes import RecordedChange
from storage.observation import Channel, Draft, Observation, PageInfo, Problem
from storage.store import Store

DESK = '[[subscribers]]\nname = "desk"\nto = ["desk@example.jp"]\n'
NOW = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)


class Box:
    """Keeps what the server takes; `unknown` recipients are refused for good, as a closed relay does."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.unknown: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.unknown:
            return "554 5.7.1 relay access denied"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content))
        return "250 taken"


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    held = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(held, hostname="127.0.0.1", port=port)
    controller.start()
    yield held, port
    controller.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/monitor.db") as opened:
        yield opened


def settings(folder: Path, port: int = 25, more: str = "") -> Settings:
    path = folder / "config.toml"
    text = f"""
[mail]
server = "127.0.0.1"
port = {port}
sender = "総務省モニター <monitor@example.jp>"
[operator]
to = ["ops@example.jp"]
[[pages]]
id = "support"
url = "https://www.soumu.example/"
{more}
"""
    path.write_text(text, encoding="utf-8")
    return load(path, {})


def fail_a_check(
    store: Store,
    config: Settings,
    to_whom: str = "operator",
    *,
    channel: Channel = "operator",
    destination: str | None = None,
    page: str = "support",
) -> None:
    """A suspect page, of which the one named is told."""
    told = {one.name: one for one in (*subscribers_of(config), operator_of(config)) if one is not None}

    def route(_: PageInfo, changes: Sequence[RecordedChange]) -> list[Draft]:
        return [
            Draft(
                destination=destination or told[to_whom].destinations[0].id,
                subscriber=to_whom,
                channel=channel,
                change_ids=tuple(change.id for change in changes),
                language="ja",
            )
        ]

    observation = Observation(
        page=page,
        url="https://www.soumu.example/",
        name=page,
        at=NOW,
        seconds=0.1,
        http_status=200,
        final_url=None,
        body=b"<p>Sign in</p>",
        problem=Problem(kind="suspect", reason="login", message="a login page"),
    )
    store.save(observation, route)


def test_the_operator_gets_a_mail_by_the_configured_server(tmp_path: Path, store: Store, box: tuple[Box, int]) -> None:
    config = settings(tmp_path, box[1])
    fail_a_check(store, config)
    delivered = deliver(config, store, clock=lambda: NOW)
    assert (delivered.sent, delivered.errors) == (1, ())
    [mail] = box[0].mails
    assert mail["To"] == "ops@example.jp"


def test_what_was_sent_is_not_sent_again(tmp_path: Path, store: Store, box: tuple[Box, int]) -> None:
    config = settings(tmp_path, box[1])
    fail_a_check(store, config)
    for _ in range(2):
        deliver(config, store, clock=lambda: NOW)
    assert len(box[0].mails) == 1


def test_a_paused_subscribers_delivery_waits_untouched(tmp_path: Path, store: Store, box: tuple[Box, int]) -> None:
    config = settings(tmp_path, box[1], DESK)
    fail_a_check(store, config, to_whom="desk")
    paused = settings(tmp_path, box[1], DESK + "paused = true\n")
    assert deliver(paused, store, clock=lambda: NOW) == Delivered()
    assert deliver(config, store, clock=lambda: NOW).sent == 1


def test_an_unsubscribed_destination_is_told_nothing(tmp_path: Path, store: Store, box: tuple[Box, int]) -> None:
    config = settings(tmp_path, box[1], DESK)
    fail_a_check(store, config, to_whom="desk")
    store.set_standing("desk", "unsubscribed", NOW, destination=subscribers_of(config)[0].destinations[0].id)
    assert deliver(config, store, clock=lambda: NOW) == Delivered()
    assert [item.status for item in store.deliveries()] == ["cancelled"]


def test_mail_carries_a_link_to_unsubscribe_where_the_web_page_is_known(
    tmp_path: Path, store: Store, box: tuple[Box, int]
) -> None:
    web = '[web]\npublic_url = "https://monitor.example.jp/"\npath_prefix = "/ict"\nsecret = "s3cret"\n'
    config = settings(tmp_path, box[1], DESK + web)
    fail_a_check(store, config, to_whom="desk", channel="subscriber")
    deliver(config, store, clock=lambda: NOW)
    (mail,) = box[0].mails
    link, _, by_mail = str(mail["List-Unsubscribe"]).partition(">, ")
    base, _, token = link.rpartition("/")
    assert (base, by_mail) == (
        "<https://monitor.example.jp/ict/unsubscribe",
        "<mailto:monitor@example.jp?subject=unsubscribe>",
    )
    assert Signer("s3cret").read_unsubscribe(token) == subscribers_of(config)[0].destinations[0].id


def test_without_a_secret_mail_carries_no_link(tmp_path: Path, store: Store, box: tuple[Box, int]) -> None:
    config = settings(tmp_path, box[1], DESK + '[web]\npublic_url = "https://monitor.example.jp/"\n')
    fail_a_check(store, config, to_whom="desk", channel="subscriber")
    deliver(config, store, clock=lambda: NOW)
    assert box[0].mails[0]["List-Unsubscribe"] == "<mailto:monitor@example.jp?subject=unsubscribe>"


def test_what_goes_out_by_and_by_is_logged(
    tmp_path: Path, store: Store, box: tuple[Box, int], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    config = settings(tmp_path, box[1])
    fail_a_check(store, config)
    outgoing = Outgoing(config, store, LiveAudience(lambda: audience_of(config, store)), clock=lambda: NOW)
    outgoing.pump()
    assert outgoing.wait(10)
    assert len(box[0].mails) == 1
    assert "messages sent: 1" in caplog.text


def test_who_is_added_while_it_goes_on_is_told(tmp_path: Path, store: Store, box: tuple[Box, int]) -> None:
    config = settings(tmp_path, box[1])
    outgoing = Outgoing(config, store, LiveAudience(lambda: audience_of(config, store)), clock=lambda: NOW)
    outgoing.pump()
    added = store.add_subscriber("new", ["new@example.jp"], {}, NOW)
    fail_a_check(store, config, destination=added.destinations[0].id)
    outgoing.pump()
    assert outgoing.wait(10)
    assert [mail["To"] for mail in box[0].mails] == ["new@example.jp"]


def test_of_what_is_given_up_the_operator_hears_at_once_and_then_once_an_hour(
    tmp_path: Path, store: Store, box: tuple[Box, int]
) -> None:
    config = settings(tmp_path, box[1], DESK)
    outgoing = Outgoing(config, store, LiveAudience(lambda: audience_of(config, store)), clock=lambda: NOW)
    notices = []
    for page in ("support", "second", "third"):
        box[0].unknown.add("desk@example.jp")
        fail_a_check(store, config, to_whom="desk", page=page)
        for _ in range(2):
            outgoing.pump()
            assert outgoing.wait(10)
        notices.append(len(box[0].mails))
    outgoing._report_at = 0.0
    outgoing.pump()
    assert outgoing.wait(10)
    assert (notices, len(box[0].mails)) == ([1, 1, 1], 2)


def test_what_a_clock_that_was_ahead_has_written_goes_out(tmp_path: Path, store: Store, box: tuple[Box, int]) -> None:
    config = settings(tmp_path, box[1])
    fail_a_check(store, config)
    outgoing = Outgoing(
        config, store, LiveAudience(lambda: audience_of(config, store)), clock=lambda: NOW - timedelta(days=1)
    )
    outgoing.pump()
    assert outgoing.wait(10)
    assert len(box[0].mails) == 1


def test_without_a_sender_mail_comes_from_this_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "monitor01")
    assert mail_server(Settings()).sender == "ministry-monitor@monitor01"
