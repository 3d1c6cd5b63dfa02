"""The ministry's site and the subscriber's mail server of the demo: both on loopback, both gone afterwards."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE_PATH = "/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"


class Site(ThreadingHTTPServer):
    """One page whose `body` the demo swaps between two checks."""

    daemon_threads = True
    body = b""

    def server_bind(self) -> None:
        """Bind without HTTPServer's reverse look-up, which waits for a name server where there is none."""
        socketserver.TCPServer.server_bind(self)

    @property
    def page_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{PAGE_PATH}"


class _Answer(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        found = self.path == PAGE_PATH
        body = self.server.body if found else b""
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        """Say nothing: the demo's terminal is for the demo."""


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail by SMTP (RFC 5321, the commands a plain client sends) and keeps it in `received`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.received: list[EmailMessage] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._reply("220 demo")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self._reply("354 end with a dot")
                self.server.received.append(message_from_bytes(self._message(), policy=policy.default))
                self._reply("250 kept by the demo")
            elif verb == b"QUIT":
                self._reply("221 bye")
                return
            else:
                self._reply("250 OK")

    def _message(self) -> bytes:
        """The message up to the lone dot, dot-stuffing undone (RFC 5321 section 4.5.2)."""
        kept = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            kept.append(line.removeprefix(b"."))
        return b"".join(kept)

    def _reply(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode("ascii"))


@contextmanager
def serving() -> Iterator[tuple[Site, MailServer]]:
    """Both servers on free ports of 127.0.0.1, stopped at the end."""
    with Site(("127.0.0.1", 0), _Answer) as site, MailServer() as mail:
        servers = (site, mail)
        for server in servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield site, mail
        finally:
            for server in servers:
                server.shutdown()
