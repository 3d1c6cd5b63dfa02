"""Reading bodies in processes of their own, so that a hostile one costs such a process and never this one.

Every body goes there: a process that lives on adds a millisecond or two to a page's reading, and no guess is needed
of which body is dangerous. A process is started when the first body comes (less than 0.1 s) and again after one that
had to be killed. What comes back is JSON, which runs nothing here even if a body took the process over.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, LifoQueue
from typing import Any, Final, Literal, Self, get_args

from monitor import sandboxed
from parsers.errors import MonitorError, ReadingError, SuspectReason
from parsers.records import Page
from storage.readings import from_data

SandboxReason = Literal["parse_timeout", "parse_memory", "parse_crash"]

_PROCESSES: Final = 2
_START_SECONDS: Final = 30.0
_ENDING_SECONDS: Final = 2.0
_BYTES_PER_PROCESS: Final = 50_000_000  # a process does not give back all the memory that it once needed
_MOST_ANSWER: Final = 256_000_000  # bytes; the largest measured, of a body of 20 MB, has 64 MB
# What an interpreter may need to start at all. Nothing else of the environment, where secrets are, is handed on.
_ENVIRONMENT: Final = ("LD_LIBRARY_PATH", "PYTHONHOME")
_LOOK: Final = "Look at the page's source; it is tried again at the next check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the reading of one body may cost.

    `seconds` by the clock, and of processor time rounded up; `memory_bytes` of address space on top of what the
    process has at its start. Measured: 20 MB of prose and links take 1.3 s and 140 MB, with a byte in them that is
    none of their character set 1.5 s more; 15 MB of periods, no two alike, 23 s and 160 MB.
    """

    seconds: float = 30.0
    memory_bytes: int = 1_000_000_000


class SandboxError(MonitorError):
    """A body whose reading had to be ended or broke off.

    `reason` is parse_timeout, parse_memory or parse_crash: the process died, or said what makes no sense.
    """

    def __init__(self, reason: SandboxReason, what: str, *, where: str = "", why: str = "", todo: str = "") -> None:
        super().__init__(what, where=where, why=why, todo=todo)
        self.reason: SandboxReason = reason


class ParserFaultError(MonitorError):
    """An exception of the parsers that nobody foresaw, by its type and place alone."""


class Sandbox:
    """Reads bodies as `parsers.parse` does, in up to two processes; any number of threads may ask at once.

    A context manager: its processes are ended at the end. They end by themselves when this process dies.
    """

    def __init__(self, bounds: Bounds | None = None) -> None:
        self._workers = [_Worker(bounds or Bounds()) for _ in range(_PROCESSES)]
        # Last in, first out: who reads one body after another needs one process only.
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(
        self,
        body: bytes,
        *,
        url: str,
        content_type: str | None = None,
        parser: str = "auto",
        select: str | None = None,
        ignore: Sequence[str] = (),
        vouched: bool = False,
    ) -> Page:
        """The records of one page: as `parsers.parse`, with the same errors, and SandboxError besides."""
        options = {
            "url": url,
            "content_type": content_type,
            "parser": parser,
            "select": select,
            "ignore": list(ignore),
            "vouched": vouched,
        }
        worker = self._idle.get()
        try:
            if self._is_closed:
                raise RuntimeError("the sandbox is closed")
            return worker.read(options, body)
        except (SandboxError, ParserFaultError) as error:
            error.where = url
            raise
        finally:
            if self._is_closed:
                worker.stop()  # it may have started its process after `close` went through them
            self._idle.put(worker)

    def close(self) -> None:
        """End the processes; those that are reading get two seconds to finish."""
        self._is_closed = True
        deadline = time.monotonic() + _ENDING_SECONDS
        idle: list[_Worker] = []
        try:
            while len(idle) < len(self._workers):
                idle.append(self._idle.get(timeout=max(deadline - time.monotonic(), 0)))
        except Empty:
            for worker in self._workers:
                worker.kill()
        for worker in idle:
            worker.stop()
            self._idle.put(worker)


class _Worker:
    """One process, started when it is asked and there is none. Used by one thread at a time."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._read_bytes = 0

    def read(self, options: dict[str, Any], body: bytes) -> Page:
        """The page. Raises what `parsers.parse` raises, and SandboxError."""
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._start()
        answer = self._exchange(json.dumps(options).encode("ascii"), body)
        self._read_bytes += len(body)
        if self._read_bytes > _BYTES_PER_PROCESS:
            self.stop()
        try:
            return _page(json.loads(answer))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            self.stop()
            raise _crash("what reads the page gave a senseless answer") from None

    def _exchange(self, options: bytes, body: bytes) -> bytes:
        assert self._channel is not None
        deadline = time.monotonic() + self._bounds.seconds
        try:
            sandboxed.send(self._channel, options, deadline)
            sandboxed.send(self._channel, body, deadline)
            return sandboxed.receive(self._channel, _MOST_ANSWER, deadline)
        except TimeoutError:
            self.stop()
            raise self._late() from None
        except (EOFError, OSError):
            raise self._ended() from None
        except ValueError as error:
            self.stop()
            raise _crash(f"what reads the page answered with {error}") from None
        except BaseException:  # Ctrl-C: an answer that comes later would be taken for that of the next body
            self.stop()
            raise

    def _start(self) -> None:
        self._channel, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", sandboxed.__name__]
        limits = [str(self._bounds.seconds), str(self._bounds.memory_bytes)]
        kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        path = os.pathsep.join(map(os.path.abspath, sys.path))
        try:
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603  our own module, no shell
                    [*command, *limits],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=kept | {"PYTHONPATH": path},
                    start_new_session=True,
                )
            sandboxed.receive(self._channel, len(sandboxed.READY), time.monotonic() + _START_SECONDS)
        except (OSError, EOFError, ValueError) as error:
            self.stop()
            raise SandboxError(
                "parse_crash",
                "the process that reads pages cannot be started",
                why=getattr(error, "strerror", None) or "it ended or hung at its start",
                todo="See whether the machine has memory and processes left",
            ) from None
        except BaseException:
            self.stop()
            raise

    def _late(self) -> SandboxError:
        return SandboxError(
            "parse_timeout",
            f"reading the page took longer than {self._bounds.seconds:g} s and was ended",
            why="no page of a ministry is like that; it may be an attack",
            todo=_LOOK,
        )

    def _ended(self) -> SandboxError:
        """Why the process is gone."""
        assert self._process is not None
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING_SECONDS)
        status = self._process.returncode
        self.stop()
        if status == sandboxed.OUT_OF_MEMORY:
            return SandboxError(
                "parse_memory",
                f"reading the page took more than {self._bounds.memory_bytes // 10**6} MB of memory and was ended",
                why="no page of a ministry is like that; it may be an attack",
                todo=_LOOK,
            )
        if status == -signal.SIGXCPU:
            return self._late()
        if status is None or status >= 0:
            return _crash("what reads the page broke off")
        return _crash(
            f"what reads the page was ended by signal {-status}, {signal.strsignal(-status)}",
            "a fault of a library, an attack, or the machine's memory is used up",
        )

    def kill(self) -> None:
        """Kill the process; the thread that waits for its answer cleans up."""
        process = self._process
        if process is not None:
            process.kill()

    def stop(self) -> None:
        """Kill the process, if there is one, and clean up after it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._channel is not None:
            self._channel.close()
        self._process = self._channel = None
        self._read_bytes = 0


def _page(answer: dict[str, Any]) -> Page:
    """The page of an answer, or its error raised."""
    [(kind, content)] = answer.items()
    if kind == "page":
        return from_data(content)
    if not all(isinstance(part, str) for part in content.values()):
        raise TypeError
    if kind == "unreadable":
        if content["reason"] not in get_args(SuspectReason):
            raise ValueError
        raise ReadingError(**content)
    if kind == "refused":
        raise MonitorError(**content)
    raise ParserFaultError(f"unexpected {content['type']} in {content['place']}", todo="Please report it")


def _crash(what: str, why: str = "it may be an attack") -> SandboxError:
    return SandboxError("parse_crash", what, why=why, todo=_LOOK)
