"""A call that says "I am alive" to a dead-man's switch, which raises the alarm when calls stay away."""

import logging
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Final

_PATIENCE: Final = 10.0  # seconds

_log = logging.getLogger(__name__)


class Heartbeat:
    """Calls `url` (http or https); as it is a secret, it is never named. Of failures in a row the first is logged."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._was_heard = True

    def beat(self) -> None:
        """Call it once; whatever comes of it, nothing is raised."""
        problem = self.call()
        if problem and self._was_heard:
            _log.warning("monitor.heartbeat_url: %s; it is called again every minute", problem)
        elif not problem and not self._was_heard:
            _log.info("monitor.heartbeat_url: answers again")
        self._was_heard = not problem

    def call(self) -> str:
        """Call it once; what went wrong, in words, or nothing."""
        try:
            # Settings let http and https through only; fetch's client would refuse the private address it may have.
            with urllib.request.urlopen(self._url, timeout=_PATIENCE):  # noqa: S310
                return ""
        except urllib.error.HTTPError as error:
            error.close()
            return f"answers {error.code}"
        except (OSError, HTTPException, ValueError) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            return f"cannot be called ({getattr(reason, 'strerror', None) or type(reason).__name__})"
