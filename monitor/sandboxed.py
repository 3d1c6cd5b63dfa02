"""The inner side of the sandbox: a process that reads one body after another, within limits, and does nothing else.

It is started by `monitor.sandbox` with the time and memory that one body may take, and a socket as its stdin. It
ends when the other side of that socket is closed, by whatever cause. Requests and answers are messages: a length
(eight bytes, big-endian), then as many bytes. To each request, the options of `parsers.parse` as JSON followed by
a body, comes one answer of JSON: the page, the error, or where the program itself failed.
"""

import json
import math
import os
import resource
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Any, Final

from selectolax.lexbor import SelectolaxError

from parsers import parse
from parsers.errors import MonitorError, ReadingError
from storage.readings import as_data

OUT_OF_MEMORY: Final = 64
"""The exit status of a process that asked for more memory than a body may take."""

READY: Final = b"ready"

_LENGTH: Final = struct.Struct(">Q")
_AT_ONCE: Final = 1 << 20
_OPEN_FILES: Final = 16


def send(channel: socket.socket, message: bytes, deadline: float | None = None) -> None:
    """Send one message. Raises TimeoutError past `deadline` (time.monotonic()), OSError if nobody listens."""
    for piece in (_LENGTH.pack(len(message)), message):
        _set_deadline(channel, deadline)
        channel.sendall(piece)


def receive(channel: socket.socket, most: int | None = None, deadline: float | None = None) -> bytes:
    """One message of at most `most` bytes.

    Raises EOFError if the other side is gone, TimeoutError past `deadline` (time.monotonic()), ValueError for a
    longer message, and OSError.
    """
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size, deadline))
    if most is not None and length > most:
        raise ValueError(f"a message of {length} bytes")
    return _exactly(channel, length, deadline)


def _exactly(channel: socket.socket, length: int, deadline: float | None) -> bytes:
    received = bytearray()
    while len(received) < length:
        _set_deadline(channel, deadline)
        piece = channel.recv(min(length - len(received), _AT_ONCE))
        if not piece:
            raise EOFError
        received += piece
    return bytes(received)


def _set_deadline(channel: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    channel.settimeout(left)


def _lower(limit: int, value: int) -> None:
    """Set a limit for good; one that is lower already stays."""
    _, hard = resource.getrlimit(limit)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value))


def _limit(memory_bytes: int) -> None:
    """No more memory than that on top of what this process has now; no file written, no process started."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)


def _allow_processor_time(seconds: float) -> None:
    """End this process when it has worked that long from now: the kernel does so even where nobody waits for it."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def _answer(options: dict[str, Any], body: bytes) -> dict[str, Any]:
    try:
        return {"page": as_data(parse(body, **options))}
    except (MemoryError, SelectolaxError):  # the parsers catch what a selector raises; lexbor's rest is no memory
        os._exit(OUT_OF_MEMORY)
    except ReadingError as error:
        return {"unreadable": {"reason": error.reason, **_parts(error)}}
    except MonitorError as error:
        return {"refused": _parts(error)}
    except Exception as error:
        return {"fault": {"type": type(error).__name__, "place": _place(error)}}


def _parts(error: MonitorError) -> dict[str, str]:
    return {"what": error.what, "where": error.where, "why": error.why, "todo": error.todo}


def _place(error: Exception) -> str:
    """The module and line that raised; the error's own message may hold anything of the page."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else "an unknown place"


def main() -> None:
    # A terminal's Ctrl-C and a service manager's SIGTERM reach the whole group: the one who asked ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    seconds, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    with socket.socket(fileno=sys.stdin.fileno()) as channel:
        _limit(memory_bytes)
        try:
            send(channel, READY)
            while True:
                options = json.loads(receive(channel))
                _allow_processor_time(seconds)
                send(channel, json.dumps(_answer(options, receive(channel))).encode("ascii"))
        except (EOFError, OSError):
            pass  # nobody waits for an answer any more
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
