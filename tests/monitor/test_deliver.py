"""From settings to a channel: a real SMTP server on loopback, a real database."""

import socket
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from monitor.deliver import deliver, destinations_of, mail_server
from monitor.settings import load, operator_of, subscribers_of
from monitor.settings_models import Settings
from notify.delivering import Delivered
from storage.changes import RecordedChange
from storage.observation import Draft, Observation, PageInfo, Problem
from storage.store import Store

NOW = datetime(2024, 4, 26, 1, 30, tzinfo=UTC)


class Box:
    """Keeps what the server takes."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

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


def fail_a_check(store: Store, config: Settings, to_whom: str = "operator") -> None:
    """A suspect page, of which the one named is told."""
    told = {one.name: one for one in (*subscribers_of(config), operator_of(config)) if one is not None}

    def route(page: PageInfo, changes: Sequence[RecordedChange]) -> list[Draft]:
        return [
            Draft(
                destination=told[to_whom].destinations[0].id,
                subscriber=to_whom,
                channel="operator",
                change_ids=tuple(change.id for change in changes),
                language="ja",
            )
        ]

    observation = Observation(
        page="support",
        url="https://www.soumu.example/",
        name="support",
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
    subscriber = '[[subscribers]]\nname = "desk"\nto = ["desk@example.jp"]\n'
    config = settings(tmp_path, box[1], subscriber)
    fail_a_check(store, config, to_whom="desk")
    paused = settings(tmp_path, box[1], subscriber + "paused = true\n")
    assert deliver(paused, store, clock=lambda: NOW) == Delivered()
    assert deliver(config, store, clock=lambda: NOW).sent == 1


def test_the_destinations_are_those_of_subscribers_and_operator(tmp_path: Path) -> None:
    config = settings(tmp_path, more='[[subscribers]]\nname = "desk"\nto = ["desk@example.jp"]\n')
    assert {item.address for item in destinations_of(config).values()} == {"desk@example.jp", "ops@example.jp"}


def test_without_a_sender_mail_comes_from_this_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "monitor01")
    assert mail_server(Settings()).sender == "ministry-monitor@monitor01"
