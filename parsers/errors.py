"""The error tree's root, shared by every folder.

MonitorError
├── ReadingError          a body that cannot be read as a page (parsers)
│   └── reason: a SuspectReason
├── storage.errors.StorageError
├── notify.errors.NotifyError
└── monitor.errors.*      settings, fetching, usage
"""

from typing import Final, Literal

SuspectReason = Literal[
    "maintenance",
    "waf",
    "captcha",
    "login",
    "empty",
    "cut_off",
    "wrong_type",
    "undecodable",
    "title_lost",
    "unrecognised",
    "too_large",
    "javascript_only",
    "not_found",
    "server_error",
]

_BRIEF: Final = 100


def brief(text: str, most: int = _BRIEF) -> str:
    """What a page or a server says as it may stand in a message: printable, on one line, not longer than `most`."""
    clean = "".join(char if char.isprintable() else " " for char in text[: most + 1])
    return clean if len(clean) <= most else f"{clean[:most]}…"


class MonitorError(Exception):
    """Something a person must read: what happened, where, likely why, and what to do.

    `str()` gives all parts on one line, control characters removed, so that it may go to stderr as it is.
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.todo = todo

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        if self.why:
            line += f" ({self.why})"
        if self.todo:
            line += f". {self.todo}"
        return "".join(char if char.isprintable() else " " for char in line)


class ReadingError(MonitorError):
    """A body that is not the page it should be; `reason` names the hard reason (design: suspect)."""

    def __init__(self, reason: SuspectReason, what: str, *, where: str = "", why: str = "", todo: str = "") -> None:
        super().__init__(what, where=where, why=why, todo=todo)
        self.reason: SuspectReason = reason
