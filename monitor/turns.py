"""Work in threads, hosts in turn: a host with many pages, or a slow one, does not hold up the others."""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from monitor.settings_models import PageSettings

_THREADS: Final = 8

_log = logging.getLogger(__name__)


class Turns:
    """Threads that do `work` for each page handed in; of one host at most `per_host` pages at once.

    A context manager: at its end no more work is begun, and what is at work is left to itself.
    """

    def __init__(self, work: Callable[[PageSettings], None], *, per_host: int) -> None:
        self._work = work
        self._per_host = per_host
        self._waiting: dict[str, deque[PageSettings]] = {}
        self._at_work: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._is_ending = False
        self._threads = [
            threading.Thread(target=self._run, name=f"check-{number}", daemon=True) for number in range(_THREADS)
        ]

    def __enter__(self) -> "Turns":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def hand_in(self, page: PageSettings) -> None:
        """Do the work for this page when its turn has come."""
        with self._changed:
            self._waiting.setdefault(_host(page), deque()).append(page)
            self._changed.notify()

    def end(self) -> None:
        """Begin no more work."""
        with self._changed:
            self._is_ending = True
            self._waiting.clear()
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until all work has ended, at most so long; whether it has."""
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while (page := self._take()) is not None:
            try:
                self._work(page)
            except Exception as error:  # one page's fault must not stop the others
                _log.error("page %s: unexpected %s", page.id, type(error).__name__)
            with self._changed:
                self._at_work[_host(page)] -= 1
                self._changed.notify()

    def _take(self) -> PageSettings | None:
        """The next page of the host that has waited longest for its turn; None at the end."""
        with self._changed:
            while not self._is_ending:
                for host, pages in self._waiting.items():
                    if self._at_work[host] < self._per_host:
                        page = pages.popleft()
                        del self._waiting[host]
                        if pages:
                            self._waiting[host] = pages  # last in the order of turns
                        self._at_work[host] += 1
                        return page
                self._changed.wait()
            return None


def _host(page: PageSettings) -> str:
    return urlsplit(page.url).hostname or ""
