"""`run`: the daemon as a command."""
# ruff: noqa: PLC0415  (what is heavy loads where it is used: a command that needs none of it starts at once)

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.arguments import ConfigOption
from monitor.cli.desk import DEBUG, now, opened
from monitor.errors import ExitStatus, UsageError
from monitor.logs import LogFormat, configure

if TYPE_CHECKING:
    from monitor.audience import Audience
    from monitor.daemon import Daemon
    from monitor.settings_models import Settings
    from storage.store import Store

_log = logging.getLogger(__name__)

_LONGEST_END: Final = 9.0
"""Seconds after which the process ends whatever is under way; service managers kill after 10 or more."""


def run(
    log_format: Annotated[LogFormat, typer.Option("--log-format", help="How the log on stderr is written.")] = (
        LogFormat.TEXT
    ),
    config: ConfigOption = None,
) -> int:
    """Check the pages by their schedules and tell what changed, until SIGTERM or Ctrl-C.

    \b
    Example: ministry-monitor run --log-format json
    """
    with _until_signalled() as stop, opened(config) as (settings, store):
        level = logging.DEBUG if os.environ.get(DEBUG) else logging.INFO
        configure(level, secrets=settings.secrets(), log_format=log_format)
        if not settings.pages:
            raise UsageError(
                "there is no page to check", where=str(settings.path), todo="Add [[pages]] with id and url"
            )
        with _daemon(settings, store, stop) as daemon:
            if not daemon.run():
                _leave_at_once()
    return ExitStatus.DONE


@contextmanager
def _until_signalled() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set; soon after, the process ends, whatever does not."""
    stop = threading.Event()

    def end(*_: object) -> None:
        stop.set()
        last = threading.Timer(_LONGEST_END, _leave_at_once)
        last.daemon = True
        last.start()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _daemon(settings: "Settings", store: "Store", stop: threading.Event) -> "Iterator[Daemon]":
    from monitor.audience import KnownRenames, LiveAudience, audience_of
    from monitor.check import check_page
    from monitor.daemon import Daemon
    from monitor.deliver import Outgoing
    from monitor.fetch import Client
    from monitor.politeness import Politeness
    from monitor.readers import require_readable
    from monitor.sandbox import Sandbox

    require_readable(settings)
    renames = KnownRenames(store)
    audience = LiveAudience(lambda: audience_of(settings, store, renames=renames))
    _warn_of_addresses(audience.current)
    manners = Politeness(store, settings.fetch, clock=now)
    with Client(settings.fetch, manners) as client, Sandbox() as sandbox:
        yield Daemon(
            settings,
            store,
            check=lambda page: check_page(
                page,
                settings=settings,
                store=store,
                client=client,
                route=audience.refresh(),
                clock=now,
                sandbox=sandbox,
            ),
            sending=Outgoing(settings, store, audience, clock=now),
            audience=audience,
            clock=now,
            stop=stop,
        )


def _warn_of_addresses(audience: "Audience") -> None:
    """Name those that can never work: else it would be known when the first message is to go there."""
    from notify.errors import NotifyError
    from notify.sending import check_address

    for destination in audience.destinations.values():
        try:
            if destination.address:
                check_address(destination.address)
        except NotifyError as error:
            _log.warning("%s: %s", destination.label, error)


def _leave_at_once() -> None:
    """End the process with all its threads: what is under way is as after a crash, nothing of it half stored."""
    logging.shutdown()
    os._exit(ExitStatus.DONE)
