"""Servers that misbehave, each a host of its own, met by the installed command: all in one check."""

import contextlib
import gzip
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import pytest

from tests.end_to_end.conftest import PAGE, Desk, Ended, MailBox, configuration

GOOD: Final = PAGE.read_bytes()
OK: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
Fault = Callable[[socket.socket], None]


def whole(body: bytes, headers: bytes = b"", status: bytes = OK) -> bytes:
    return status + headers + b"Content-Length: %d\r\n\r\n" % len(body) + body


def saying(answer: bytes) -> Fault:
    return lambda connection: connection.sendall(answer)


def status(line: str, headers: str = "") -> Fault:
    return saying(whole(b"x", headers.encode("latin-1"), f"HTTP/1.1 {line}\r\n".encode("latin-1")))


def without_end(start: bytes, piece: bytes, pause: float = 0.0) -> Fault:
    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def silent(connection: socket.socket) -> None:
    connection.recv(1)


FAULTS: Final[dict[str, tuple[Fault, str]]] = {
    "headers-drip": (without_end(OK + b"X-Slow: ", b"x", 0.1), "failed timeout"),
    "body-drips": (without_end(OK + b"Content-Length: 1000\r\n\r\n", b"x", 0.1), "failed timeout"),
    "interim-answers": (without_end(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.1), "failed timeout"),
    "silence": (silent, "failed timeout"),
    "body-without-end": (without_end(OK + b"\r\n", b"x" * 65536), "failed too_large"),
    "headers-without-end": (without_end(OK, b"X-Many: 12345\r\n"), "failed protocol"),
    "bomb": (saying(whole(gzip.compress(bytes(30_000_000)), b"Content-Encoding: gzip\r\n")), "failed too_large"),
    "brotli": (saying(whole(GOOD, b"Content-Encoding: br\r\n")), "failed encoding"),
    "gzip-broken": (saying(whole(GOOD, b"Content-Encoding: gzip\r\n")), "failed encoding"),
    "gzip-cut": (saying(whole(gzip.compress(GOOD)[:-9], b"Content-Encoding: gzip\r\n")), "failed short_body"),
    "length-too-long": (saying(OK + b"Content-Length: 99999\r\n\r\n" + GOOD), "failed short_body"),
    "length-too-short": (saying(OK + b"Content-Length: 3000\r\n\r\n" + GOOD), "suspect cut_off"),
    "two-lengths": (saying(OK + b"Content-Length: 1\r\n" + whole(GOOD, status=b"")), "failed protocol"),
    "chunk-broken": (saying(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<html>\r\n0\r\n\r\n"), "failed short_body"),
    "chunks-cut": (saying(OK + b"Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n"), "failed short_body"),
    "hangs-up": (saying(b""), "failed connection"),
    "no-http": (saying(b"<html>\r\n\r\n<body>HTTP/0.9</body></html>"), "failed protocol"),
    "control-characters": (saying(whole(GOOD, b"X-Color: \x1b[31mred\0\r\n")), "failed protocol"),
    "loop": (status("302 Found", "Location: /page\r\n"), "failed redirect_loop"),
    "wants-its-cookie": (status("302 Found", "Location: /page\r\nSet-Cookie: seen=1\r\n"), "failed redirect_loop"),
    "to-a-file": (status("301 Moved", "Location: file:///etc/passwd\r\n"), "failed bad_url"),
    "to-ftp": (status("301 Moved", "Location: ftp://example.jp/\r\n"), "failed bad_url"),
    "to-a-script": (status("302 Found", "Location: javascript:alert(1)\r\n"), "failed bad_url"),
    "far-away": (status("302 Found", "Location: /" + "x" * 5000 + "\r\n"), "failed bad_url"),
    "not-modified-unasked": (status("304 Not Modified"), "failed http_304"),
    "a-part": (status("206 Partial Content"), "failed http_206"),
    "another-protocol": (status("101 Switching Protocols", "Upgrade: x\r\n"), "failed protocol"),
    "nothing": (saying(b"HTTP/1.1 204 No Content\r\n\r\n"), "suspect empty"),
    "forbidden": (status("403 \x1b[2J{{ 7*7 }} %s"), "failed http_403"),
    "retry-never": (status("503 X", "Retry-After: " + "9" * 5000 + "\r\n"), "failed http_503"),
    "retry-garbage": (status("503 X", "Retry-After: soon\r\n"), "failed http_503"),
    "retry-past": (status("503 X", "Retry-After: -5\r\n"), "failed http_503"),
    "too-many": (status("429 X", "Retry-After: Fri, 31 Dec 99999 23:59:59 GMT\r\n"), "failed http_429"),
    "an-odd-etag": (saying(whole(GOOD, 'ETag: "総務"\r\nLast-Modified: someday\r\n'.encode())), "unchanged"),
    "of-the-future": (saying(whole(GOOD, b"Last-Modified: Fri, 31 Dec 2099 23:59:59 GMT\r\n")), "unchanged"),
    "early-hints": (saying(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + whole(GOOD)), "unchanged"),
}
PAUSED: Final = {"retry-never", "too-many"}
"""Their hosts are left alone at the next check."""


class Server:
    """Answers /robots.txt with 404, and every other address with the good page or, `in_trouble`, with its fault."""

    def __init__(self, host: str, fault: Fault) -> None:
        self._fault = fault
        self._listener = socket.create_server((host, 0), backlog=16)
        self.in_trouble = False
        self.address = f"http://{host}:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._work, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _work(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if connection.recv(65536).startswith(b"GET /robots.txt"):
                status("404 Not Found")(connection)
            elif self.in_trouble:
                self._fault(connection)
            else:
                connection.sendall(whole(GOOD))


@contextmanager
def serving() -> Iterator[Mapping[str, Server]]:
    servers = {name: Server(f"127.0.0.{at}", fault) for at, (name, (fault, _)) in enumerate(FAULTS.items(), start=1)}
    try:
        yield servers
    finally:
        for server in servers.values():
            server.close()


def settings(servers: Mapping[str, Server], mailbox: MailBox) -> str:
    """As `configuration`, with a page for each server, little patience, and the operator told at once."""
    before, _, rest = configuration("URL", mailbox.port).partition("[[pages]]")
    pages = [f'[[pages]]\nid = "{name}"\nurl = "{server.address}/page"\n' for name, server in servers.items()]
    text = before + "\n".join(pages) + rest.partition('url = "URL"')[2] + "\n[monitor]\nincident_after = 1\n"
    return text.replace("timeout = 5.0", 'timeout = 3.0\nmax_body = "200 kB"')


def outcomes(ended: Ended) -> dict[str, str]:
    return {page["page"]: page["outcome"] for page in ended.json["pages"]}


@pytest.mark.timeout(300)
def test_a_server_that_misbehaves_is_told_to_the_operator_and_changes_nothing(desk: Desk, mailbox: MailBox) -> None:
    """A single test, because the checks take their time: what differs is named."""
    with serving() as servers, mailbox.open():
        desk.configure(settings(servers, mailbox))
        first = desk.run("check", "--json")
        for server in servers.values():
            server.in_trouble = True
        started = time.monotonic()
        second = desk.run("check", "--json")
        seconds = time.monotonic() - started
        incidents = desk.run("status", "--json").json["incidents"]
        told = Counter(str(mail["To"]) for mail in mailbox.received)
        for server in servers.values():
            server.in_trouble = False
        third = desk.run("check", "--json")
        changes = desk.run("changes", "--json").json["changes"]

    reasons = {incident["page"]: incident["reason"] for incident in incidents}
    met = {page: f"{outcome} {reasons.get(page, '')}".strip() for page, outcome in outcomes(second).items()}
    troubled = {name for name, (_, expected) in FAULTS.items() if expected != "unchanged"}
    assert (first.status, outcomes(first)) == (0, dict.fromkeys(FAULTS, "baseline"))
    assert met == {name: expected for name, (_, expected) in FAULTS.items()}
    assert second.status == 5
    assert Counter(name for name in FAULTS if f"page {name}:" in second.err) == Counter([*troubled])
    assert second.err.replace("\n", "").isprintable()
    assert "7*7" not in second.err
    assert told == {"operator@example.jp": len(troubled)}
    assert {name for name, outcome in outcomes(third).items() if outcome != "unchanged"} == PAUSED
    assert changes == []
    assert seconds < 60  # four hang for three seconds, five are tried thrice, eight hosts at a time
