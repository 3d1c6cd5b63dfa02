"""Logging to stderr, one line an event; nothing a page sent can forge a line or move the cursor, no secret shows."""

import json
import logging
import sys
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final, TextIO
from zoneinfo import ZoneInfo

_JAPAN: Final = ZoneInfo("Asia/Tokyo")
_HIDDEN: Final = "***"
_QUIET: Final = ("httpx", "httpcore", "apprise", "alembic", "stamina")


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class _LineFormatter(logging.Formatter):
    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802
        return datetime.fromtimestamp(record.created, _JAPAN).isoformat(timespec="seconds")

    def format(self, record: logging.LogRecord) -> str:
        return self._shown(super().format(record))

    def _shown(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return "".join(_visible(char) for char in text)


class _JsonFormatter(_LineFormatter):
    """One JSON object a line: `time` (ISO 8601 with +09:00), `level`, `logger`, `message`, a traceback in `error`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self._shown(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = self._shown(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _visible(char: str) -> str:
    r"""Control, format and separator characters as escapes: \n, \x1b, \u202e."""
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def configure(
    level: int = logging.WARNING,
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    log_format: LogFormat = LogFormat.TEXT,
) -> None:
    """Log to `stream` (default stderr) from `level` on; each of `secrets` shows as ***.

    Libraries speak only from WARNING on. Calling again replaces the handler.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    formatter = _JsonFormatter if log_format is LogFormat.JSON else _LineFormatter
    handler.setFormatter(formatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
