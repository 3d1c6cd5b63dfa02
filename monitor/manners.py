"""How a client behaves towards the hosts it asks: what `monitor.fetch` wants of it, and the manners of one alone.

Those that all processes share are in `monitor.politeness`.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from monitor.errors import FetchError

if TYPE_CHECKING:
    from monitor.fetch import Client


@dataclass(slots=True, kw_only=True)
class Turn:
    """A host's turn to be asked, for which `waited` seconds were spent.

    Without `keeps_connection` it is closed after the answer. `answered_at` (time.monotonic()) is set when that begins.
    """

    waited: float
    keeps_connection: bool = True
    answered_at: float | None = None


class Manners(Protocol):
    """How a client behaves; used by several threads."""

    def turn(self, client: "Client", url: str) -> AbstractContextManager[Turn]:
        """Wait until `url` may be asked for; the connection is used until the context ends, which sees its errors.

        Raises FetchError if it may not be, or not so soon.
        """

    def failed(self, error: FetchError) -> None:
        """A fetch came to nothing in all its attempts."""


class Pace:
    """The manners of a client that knows of no others: `interval` seconds between the starts of two requests."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, client: "Client", url: str) -> Iterator[Turn]:  # noqa: ARG002  there is nothing to ask first
        host = urlsplit(url).hostname or ""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next.get(host, now))
            self._next[host] = start + self._interval
        time.sleep(start - now)
        yield Turn(waited=start - now)

    def failed(self, error: FetchError) -> None:
        """Nothing is remembered: the client ends with the command."""
