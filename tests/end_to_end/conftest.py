"""The installed command as a process, a site and a mail server on loopback."""

import json
import os
import socket
import subprocess
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

COMMAND = Path(sysconfig.get_path("scripts")) / "ministry-monitor"
PAGE = Path(__file__).parents[1] / "pages" / "support" / "accordion-lists.html"
OLD_NOTE = "令和6年1月23日変更"


def amended(note: str) -> bytes:
    """The saved page with another note on 富士通's nationwide plan."""
    body = PAGE.read_bytes()
    assert body.count(OLD_NOTE.encode()) == 1
    return body.replace(OLD_NOTE.encode(), note.encode())


MAINTENANCE = """<!DOCTYPE html><html lang="ja"><head><meta charset="UTF-8"><title>メンテナンス中</title></head>
<body><h1>ただいまメンテナンス中です</h1><p>ご迷惑をおかけします。しばらくしてからアクセスしてください。</p></body></html>
""".encode()


class Site(ThreadingHTTPServer):
    """Answers every path but /robots.txt with `status` and `body`; `redirect` sends every visitor there instead."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.status = 200
        self.body = PAGE.read_bytes()
        self.content_type = "text/html"
        self.redirect: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/ict/index.html"


class _Answer(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = self.server
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        self.send_response(302 if site.redirect else site.status)
        if site.redirect:
            self.send_header("Location", site.redirect)
        self.send_header("Content-Type", site.content_type)
        self.send_header("Content-Length", str(len(site.body)))
        self.end_headers()
        self.wfile.write(site.body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@dataclass
class MailBox:
    """An SMTP server on `port`: `open()` it, and what arrives is in `received`; `refused` recipients get 550."""

    port: int
    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    @contextmanager
    def open(self) -> Iterator[None]:
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refused:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.extend(envelope.rcpt_tos)
        return "250 2.0.0 kept"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox() -> MailBox:
    return MailBox(free_port())


@dataclass
class Desk:
    """A folder with a config.toml, in which the installed command is run as a process."""

    folder: Path

    def configure(self, text: str) -> None:
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str, stdin: bytes = b"", **environ: str) -> "Ended":
        ended = subprocess.run(
            [COMMAND, *arguments],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            env=_environment() | environ,
            timeout=60,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {"LANG": "C.UTF-8"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    assert COMMAND.exists(), "the command is not installed in this environment: pip install '.[test]'"
    return Desk(tmp_path)


@pytest.fixture
def watching(desk: Desk, site: Site, mailbox: MailBox) -> Desk:
    """A desk that watches `site` and tells desk@example.jp, and operator@example.jp what goes wrong."""
    desk.configure(configuration(site.url, mailbox.port))
    return desk


def configuration(url: str, smtp_port: int, to: str = '"desk@example.jp"') -> str:
    return f"""
[fetch]
min_interval = 0.0
allow_private = true
timeout = 5.0

[mail]
server = "127.0.0.1"
port = {smtp_port}
sender = "monitor@example.jp"

[[pages]]
id = "ict"
name = "支援施策"
url = "{url}"

[[subscribers]]
name = "desk"
to = [{to}]
quiet = ""

[operator]
to = ["operator@example.jp"]
"""
