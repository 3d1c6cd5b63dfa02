"""A site of several hosts on loopback, which changes, fails, and notes how it was asked.

Each host has an address of its own in 127.0.0.0/8, which Linux has without being told.
"""

import random
import select
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any, Final

from tests.end_to_end.conftest import MAINTENANCE, OLD_NOTE, PAGE

FAILING: Final = ("http_500", "http_503", "silent", "stalled", "cut", "reset")
"""Faults of an answer by which a check fails."""

SUSPECT: Final = ("unfinished", "maintenance", "pdf", "empty_list")
"""Faults of an answer that comes whole, with status 200, and is not the page."""

_LONGEST_WAIT: Final = 60.0  # seconds until a client that does not hang up is hung up on
_FIRST_DAY: Final = date(2024, 1, 23)
_SAVED: Final = PAGE.read_text("utf-8")
_TITLE: Final = "地域情報通信振興 支援施策"
_COMPANY: Final = "富士通株式会社"
_COUNTER: Final = "本日のアクセス数 12345"
assert all(part in _SAVED for part in (_TITLE, _COMPANY, _COUNTER, OLD_NOTE))


def day_of(amendment: int) -> str:
    """The day that the page's numbered amendment prints; 0 is that of the saved page."""
    day = _FIRST_DAY + timedelta(days=amendment)
    return f"令和{day.year - 2018}年{day.month}月{day.day}日"


def company(page: int) -> str:
    """The company whose plan is amended on a page, which no other page names."""
    return f"富士通第{page:04}株式会社"


@dataclass(slots=True)
class WatchedPage:
    """A page as the site knows it; `known` are the amendments the client said it had, each once, in order."""

    number: int
    amendment: int = 0
    asked: int = 0
    known: list[int] = field(default_factory=list)
    served_good: bool = False

    def body(self) -> bytes:
        text = _SAVED.replace(_TITLE, f"{_TITLE} 第{self.number:04}号").replace(_COMPANY, company(self.number))
        text = text.replace(OLD_NOTE, f"{day_of(self.amendment)}変更")
        return text.replace(_COUNTER, f"本日のアクセス数 {self.asked}").encode()

    @property
    def etag(self) -> str:
        return f'"{self.number}-{self.amendment}"'

    @property
    def is_known(self) -> bool:
        """Whether the client has said that it has the page as it is now."""
        return bool(self.known) and self.known[-1] == self.amendment

    @property
    def ignores_conditions(self) -> bool:
        """A page of a server without 304, whose counter makes each body another one."""
        return self.number % 4 == 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer: "good", "not_modified" or a fault, with the page as it is; `number` counts its answers."""

    kind: str
    body: bytes
    etag: str
    number: int


class Site:
    """`pages` pages, spread over `hosts` hosts; of the answers the share `faults` is faulty while `is_faulty`.

    What goes wrong with a page's n-th answer follows from `seed` alone. `retry_after`: seconds a 503 asks for.
    """

    def __init__(
        self, pages: int, hosts: int, *, seed: int = 1, faults: float = 0.0, retry_after: Sequence[int] = (1,)
    ) -> None:
        self.pages = [WatchedPage(number) for number in range(pages)]
        self.hosts = [Host(self, f"127.0.0.{number + 2}") for number in range(hosts)]
        self.faults = faults
        self.is_faulty = True
        self.retry_after = tuple(retry_after)
        self.answers: Counter[str] = Counter()
        self.most_of_a_page = 0
        self._seed = seed
        self._lock = threading.Lock()
        self._at_once: Counter[int] = Counter()

    @contextmanager
    def open(self) -> Iterator[None]:
        with ExitStack() as stack:
            for host in self.hosts:
                stack.enter_context(host)
                threading.Thread(target=host.serve_forever, args=(0.1,), daemon=True).start()
                stack.callback(host.shutdown)
            yield

    def url(self, page: int) -> str:
        host = self.hosts[page % len(self.hosts)]
        return f"http://{host.server_address[0]!s}:{host.server_address[1]}/{page}.html"

    def amend(self, page: int) -> None:
        with self._lock:
            self.pages[page].amendment += 1

    @property
    def least_gap(self) -> float:
        """Seconds between the starts of two requests to one host."""
        gaps = (later - earlier for host in self.hosts for earlier, later in pairwise(sorted(host.asked)))
        return min(gaps, default=0.0)

    @property
    def most_open(self) -> int:
        """Connections to one host at one time."""
        return max(host.most_open for host in self.hosts)

    @property
    def too_early(self) -> int:
        """Requests that came while their host had asked for a pause."""
        return sum(host.too_early for host in self.hosts)

    @contextmanager
    def asked(self, page: WatchedPage, condition: str | None) -> Iterator["Answer"]:
        """A request for a page, and what to answer."""
        with self._lock:
            page.asked += 1
            if condition is not None:
                known = int(condition.strip('"').rpartition("-")[2])
                if page.known[-1:] != [known]:
                    page.known.append(known)
            kind = self._fault(page) or "good"
            if kind == "good":
                page.served_good = True
                if condition == page.etag and not page.ignores_conditions:
                    kind = "not_modified"
            self.answers[kind] += 1
            answer = Answer(kind, page.body(), page.etag, page.asked)  # as the page is now, whoever amends it
            self._at_once[page.number] += 1
            self.most_of_a_page = max(self.most_of_a_page, self._at_once[page.number])
        try:
            yield answer
        finally:
            with self._lock:
                self._at_once[page.number] -= 1

    def _fault(self, page: WatchedPage) -> str | None:
        chance = random.Random(f"{self._seed}/{page.number}/{page.asked}")
        if not self.is_faulty or chance.random() >= self.faults:
            return None
        found = chance.choice(FAILING + SUSPECT)
        # Nobody can know of a page never seen that its lists are not always empty.
        return "maintenance" if found == "empty_list" and not page.served_good else found


class Host(ThreadingHTTPServer):
    """One host of the site; `asked` holds the time of each request, robots.txt included."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Site, address: str) -> None:
        super().__init__((address, 0), _Handler)
        self.site = site
        self.asked: list[float] = []
        self.too_early = 0
        self.most_open = 0
        self._not_before = 0.0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def note(self) -> None:
        """A request begins."""
        with self._lock:
            self.asked.append(time.monotonic())
            self.too_early += self.asked[-1] < self._not_before

    def pause(self, seconds: float) -> None:
        """Nobody is to ask for so long."""
        with self._lock:
            self._not_before = max(self._not_before, time.monotonic() + seconds)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        with self._lock:
            self._open = {other for other in self._open if not _is_left(other)} | {connection}
            self.most_open = max(self.most_open, len(self._open))
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is none of the site's errors."""


def _is_left(connection: socket.socket) -> bool:
    """Whether the client has closed a connection, though the thread that answers it may not know yet."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


class _Handler(BaseHTTPRequestHandler):
    server: Host
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.note()
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        site = self.server.site
        page = site.pages[int(self.path.strip("/").removesuffix(".html"))]
        with site.asked(page, self.headers.get("If-None-Match")) as answer:
            if answer.kind == "good":
                self._send(200, answer.body, ETag=answer.etag)
            elif answer.kind == "not_modified":
                self._send(304, b"", ETag=answer.etag)
            elif answer.kind in SUSPECT:
                self._send_another(answer.kind, answer.body)
            else:
                self._fail(answer)

    def _send(self, status: int, body: bytes, *, part: int | None = None, kind: str = "text/html", **more: str) -> None:
        """An answer; of the body only the first `part` bytes, whatever Content-Length says."""
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:part])

    def _send_another(self, kind: str, body: bytes) -> None:
        if kind == "maintenance":
            self._send(200, MAINTENANCE)
        elif kind == "pdf":
            self._send(200, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", kind="application/pdf")
        elif kind == "unfinished":
            self._send(200, body[: len(body) // 2])
        else:
            lines = body.splitlines(keepends=True)
            self._send(200, b"".join(line for line in lines if not line.startswith(b"<li><a")))

    def _fail(self, answer: Answer) -> None:
        self.close_connection = True
        body = answer.body
        if answer.kind == "http_500":
            self._send(500, b"Internal Server Error", kind="text/plain")
        elif answer.kind == "http_503":
            self._send_busy(answer.number)
        elif answer.kind == "cut":
            self._send(200, body, part=len(body) // 2)
        elif answer.kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.rfile.close()  # it would keep the socket open
            self.connection.close()
        else:
            if answer.kind == "stalled":
                self._send(200, body, part=len(body) // 2)
            select.select([self.connection], [], [], _LONGEST_WAIT)

    def _send_busy(self, count: int) -> None:
        """503 with Retry-After, as seconds and as a date in turn."""
        seconds = self.server.site.retry_after[count % len(self.server.site.retry_after)]
        until = (datetime.now(UTC) + timedelta(seconds=seconds)).replace(microsecond=0)
        is_date = bool(count // len(self.server.site.retry_after) % 2)
        self.server.pause((until - datetime.now(UTC)).total_seconds() if is_date else seconds)
        value = format_datetime(until, usegmt=True) if is_date else str(seconds)
        self._send(503, b"busy", kind="text/plain", Retry_After=value)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()

    def log_message(self, *_: object) -> None:
        pass
