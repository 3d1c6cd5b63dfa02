"""Logging to stderr, one line an event; nothing a page sent can forge a line or move the cursor, no secret shows."""

import logging
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Final, TextIO
from zoneinfo import ZoneInfo

_JAPAN: Final = ZoneInfo("Asia/Tokyo")
_HIDDEN: Final = "***"
_QUIET: Final = ("httpx", "httpcore", "apprise", "alembic", "stamina")


class _LineFormatter(logging.Formatter):
    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        return datetime.fromtimestamp(record.created, _JAPAN).isoformat(timespec="seconds")

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    r"""Control, format and separator characters as escapes: \n, \x1b, \u202e."""
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def configure(level: int = logging.WARNING, *, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Log to `stream` (default stderr) from `level` on; each of `secrets` shows as ***.

    Libraries speak only from WARNING on. Calling again replaces the handler.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_LineFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
