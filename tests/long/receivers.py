"""Who is told: a mail server and a web-hook on loopback, which keep of each message what it says."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, NamedTuple

from aiosmtpd.controller import Controller

from tests.end_to_end.conftest import free_port
from tests.long.site import day_of

_SENTENCE: Final = re.compile(r"富士通第(\d{4})株式会社\(全国5G・開発供給計画\)の変更日が(\S+?)から(\S+?)になりました")
_MOST_AMENDMENTS: Final = 1000
_AMENDMENTS: Final = {day_of(number): number for number in range(_MOST_AMENDMENTS)}


class Step(NamedTuple):
    """A page that went from one of its numbered amendments to another."""

    page: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Told:
    """A message that came: the changes its headers name, if it has any, and those its text tells."""

    recipient: str
    subject: str
    change_ids: tuple[int, ...]
    steps: tuple[Step, ...]


class Loopback:
    """An SMTP server on `smtp_port` and a hook at `hook`, an address of apprise's, that hand on what arrives."""

    def __init__(self) -> None:
        self.smtp_port = free_port()
        self._hook = _Hook(self)

    @property
    def hook(self) -> str:
        return f"json://127.0.0.1:{self._hook.server_address[1]}/hook"

    @contextmanager
    def open(self) -> Iterator[None]:
        controller = Controller(self, hostname="127.0.0.1", port=self.smtp_port)
        controller.start()
        with self._hook:
            threading.Thread(target=self._hook.serve_forever, args=(0.02,), daemon=True).start()
            try:
                yield
            finally:
                self._hook.shutdown()
                controller.stop()

    def posted(self, headers: Mapping[str, str], said: Mapping[str, str]) -> None:
        """A message of the hook's: what its request says."""
        raise NotImplementedError


class Receivers(Loopback):
    """Both of them, and in `messages`, in order, what arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Told] = []

    def posted(self, headers: Mapping[str, str], said: Mapping[str, str]) -> None:
        self.messages.append(Told("hook", said["title"], (), _steps(said["message"])))

    def to(self, recipient: str) -> list[Told]:
        """The messages of one recipient; of the hook those to "hook"."""
        return [message for message in list(self.messages) if message.recipient == recipient]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        text = mail.get_body(("plain",))
        ids = tuple(int(number) for number in str(mail["X-Change-Id"] or "").split(",") if number.strip())
        steps = _steps(text.get_content() if text else "")
        self.messages += [Told(recipient, str(mail["Subject"]), ids, steps) for recipient in envelope.rcpt_tos]
        return "250 2.0.0 kept"


class _Hook(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, receivers: Loopback) -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        self.receivers = receivers

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no error of the hook's."""


class _Post(BaseHTTPRequestHandler):
    server: _Hook

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.receivers.posted(self.headers, said)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def _steps(text: str) -> tuple[Step, ...]:
    return tuple(
        Step(int(page), _AMENDMENTS[before], _AMENDMENTS[after]) for page, before, after in _SENTENCE.findall(text)
    )


def steps_of(messages: Iterable[Told]) -> Counter[Step]:
    """How often each step was told; a message that tells none counts as the impossible step of page -1."""
    nothing = (Step(-1, 0, 0),)
    return Counter(step for message in messages for step in message.steps or nothing)
