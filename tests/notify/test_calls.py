"""A web-hook may answer as it likes: calls end, leave no secret behind, and hold up nothing else."""

import io
import logging
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from notify import calls
from notify.calls import in_time
from notify.chat import send_chat
from notify.errors import SendError
from storage.observation import FrozenMessage
from tests.notify.test_delivering import (  # noqa: F401  (fixtures among them)
    Inbox,
    World,
    inbox,
    store,
    world,
)

GIVING_UP = """
import time
from notify.calls import in_time
try:
    in_time("a hook", lambda: time.sleep(50), 0.1)
except TimeoutError:
    print("given up")
"""
TEXT = FrozenMessage(subject="件名", text="本文", html=None)
OK = b"HTTP/1.1 200 OK\r\n"
Answer = Callable[[socketserver.StreamRequestHandler], None]


class Hooks(socketserver.ThreadingTCPServer):
    """A server that reads each request whole and answers as it is told."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        received = self.received = []  # type: list[str]

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                head = b""
                while not head.endswith(b"\r\n\r\n") and (line := self.rfile.readline()):
                    head += line
                received.append(head.decode().partition("\r\n")[0])
                length = [
                    line.split(b":")[1] for line in head.splitlines() if line.lower().startswith(b"content-length")
                ]
                self.rfile.read(int(length[0]) if length else 0)
                with suppress(OSError):
                    answer(self)

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server_address[1]}/services/SECRETPATH"


@contextmanager
def hooks(answer: Answer) -> Iterator[Hooks]:
    with Hooks(answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def says(*lines: bytes) -> Answer:
    return lambda handler: handler.wfile.write(b"".join(lines))


# Answers


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "303 See Other", "308 Permanent Redirect"])
def test_a_hook_that_redirects_has_not_taken_the_message(status: str) -> None:
    to = b"Location: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    with hooks(says(f"HTTP/1.1 {status}\r\n".encode(), to)) as server, pytest.raises(SendError) as error:
        send_chat(server.url, TEXT)
    assert (error.value.code, error.value.permanent, "another address" in error.value.what) == (status[:3], False, True)
    assert server.received == ["POST /services/SECRETPATH HTTP/1.1"]


def test_an_answer_that_never_ends_is_taken_by_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "_ANSWER_SECONDS", 0.3)
    over = threading.Event()

    def trickles(handler: socketserver.StreamRequestHandler) -> None:
        handler.wfile.write(OK + b"Content-Length: 1000\r\n\r\n")
        while not over.wait(0.05):
            handler.wfile.write(b"x")

    with hooks(trickles) as server:
        started = time.monotonic()
        assert send_chat(server.url, TEXT) == "JSON accepted"
        reading = [thread for thread in threading.enumerate() if thread.name == "answer"]
        over.set()
    assert time.monotonic() - started < 10
    assert reading == []


def test_an_answer_without_end_is_not_kept() -> None:
    written: list[int] = []
    piece = b"x" * 1_000_000

    def floods(handler: socketserver.StreamRequestHandler) -> None:
        handler.wfile.write(OK + b"Content-Length: 1000000000\r\n\r\n")
        for _ in range(1000):
            handler.wfile.write(piece)
            written.append(len(piece))

    with hooks(floods) as server:
        assert send_chat(server.url, TEXT) == "JSON accepted"
    assert sum(written) < 100_000_000


@pytest.mark.parametrize("status", ["200 OK", "500 Internal Server Error"])
def test_an_answer_that_is_no_http_leaves_no_address_in_the_log(status: str) -> None:
    logged = io.StringIO()
    handler, root = logging.StreamHandler(logged), logging.getLogger()
    broken = f"HTTP/1.1 {status}\r\nno colon here\r\nContent-Length: 0\r\n\r\n".encode()
    root.addHandler(handler)
    try:
        with hooks(says(broken)) as server, suppress(SendError):
            send_chat(server.url, TEXT)
    finally:
        root.removeHandler(handler)
    assert server.received != []
    assert "SECRETPATH" not in logged.getvalue()


# Time


def test_what_takes_too_long_is_given_up_and_not_begun_again_while_it_goes_on() -> None:
    begun, over = [], threading.Event()

    def call() -> None:
        begun.append(1)
        over.wait(20)

    for _ in range(3):
        with pytest.raises(TimeoutError):
            in_time("a hook", call, 0.1)
    over.set()
    assert begun == [1]


def test_when_it_has_ended_the_next_one_is_begun() -> None:
    over = threading.Event()
    with pytest.raises(TimeoutError):
        in_time("another hook", lambda: over.wait(20), 0.1)
    over.set()
    until = time.monotonic() + 10
    found = None
    while found is None and time.monotonic() < until:
        with suppress(TimeoutError):
            found = in_time("another hook", lambda: "sent", 5)
    assert found == "sent"


def test_what_a_call_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        in_time("a third hook", lambda: 1 / 0, 5)


def test_a_call_that_goes_on_does_not_hold_up_the_end_of_the_program() -> None:
    ended = subprocess.run([sys.executable, "-c", GIVING_UP], capture_output=True, text=True, timeout=40, check=True)
    assert ended.stdout == "given up\n"


def test_twenty_hooks_that_hang_hold_up_no_other(world: World, inbox: tuple[Inbox, int]) -> None:  # noqa: F811
    over, arrived = threading.Event(), threading.Event()

    def hangs(_: socketserver.StreamRequestHandler) -> None:
        over.wait(60)

    def takes(handler: socketserver.StreamRequestHandler) -> None:
        handler.wfile.write(OK + b"Content-Length: 0\r\n\r\n")
        arrived.set()

    with hooks(hangs) as dead, hooks(takes) as healthy:
        for number in range(20):
            world.subscribe(f"dead{number}", f"{dead.url}/{number}")
        world.subscribe("healthy", healthy.url)
        world.change()
        delivering = threading.Thread(target=world.deliver)
        delivering.start()
        came = arrived.wait(20)
        over.set()
        delivering.join(60)
    assert came
