"""What monitor/ says to a person, and the exit statuses.

MonitorError (parsers.errors)
├── UsageError      a command line that cannot be meant
│   └── ConfigError a config.toml that cannot be used
├── FetchError      a page that could not be fetched; `reason` names the cause
├── SandboxError    a body that could not be read within the sandbox's limits (monitor.sandbox)
├── ParserFaultError a fault of a parser, met in the sandbox (monitor.sandbox)
└── OutputError     stdout that takes nothing (monitor.cli.show)
"""

from enum import IntEnum

from parsers.errors import MonitorError


class ExitStatus(IntEnum):
    """The promise to cron jobs and scripts; of 3 to 6 the highest that holds."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    CHANGES = 3
    NOT_FETCHED = 4
    SUSPECT = 5
    NOT_DELIVERED = 6
    NEEDS_A_PERSON = 7
    INTERRUPTED = 130


class UsageError(MonitorError):
    """A command line that names something that is not there, or asks for two things at once."""


class ConfigError(UsageError):
    """A config.toml that cannot be used; `problems` holds each finding, `str()` all of them on one line."""

    def __init__(self, problems: tuple[str, ...] | str, *, where: str = "", why: str = "", todo: str = "") -> None:
        self.problems = (problems,) if isinstance(problems, str) else problems
        super().__init__("; ".join(self.problems), where=where, why=why, todo=todo)


class FetchError(MonitorError):
    """A page that could not be fetched.

    `reason` is dns, connection, tls, timeout, redirect_loop, too_large, short_body, encoding, protocol,
    private_address, bad_url, robots, not_before, host_busy, or http_ and the status. `status` is the HTTP status
    if one came, `final_url` the address that failed (a redirect may have named it), `retry_after` the seconds the
    server asked for.
    """

    def __init__(self, reason: str, what: str, *, where: str = "", why: str = "", todo: str = "") -> None:
        super().__init__(what, where=where, why=why, todo=todo)
        self.reason = reason
        self.status: int | None = None
        self.final_url: str | None = None
        self.retry_after: float | None = None
