"""Sending what is due, by the channels that config.toml and the database name."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from monitor.audience import Audience, LiveAudience, audience_of
from monitor.settings_models import Settings
from notify.delivering import Context, Delivered
from notify.dispatching import Dispatcher, report
from notify.dispatching import deliver as empty_outbox
from notify.sending import MailServer
from notify.tokens import Links, Signer
from storage.errors import StorageError
from storage.observation import PageInfo
from storage.owners import this_process
from storage.store import Store

_REPORT_EVERY: Final = 3600.0  # seconds

_log = logging.getLogger(__name__)


def deliver(
    settings: Settings,
    store: Store,
    *,
    clock: Callable[[], datetime],
    only: Sequence[int] | None = None,
    at_any_hour: bool = False,
    known_at: datetime | None = None,
) -> Delivered:
    """Send the deliveries that are due (of `only`, if given). What could not be sent waits, or is dead.

    `known_at` is when the settings were read (None: now); what was written later for others than they name is left.

    Those of who is paused wait untouched, and unless `at_any_hour` those of who has quiet hours. Raises StorageError,
    ConfigError.
    """
    known_at = known_at or clock()
    context = _context(settings, store, audience_of(settings, store), known_at)
    context = replace(context, at_any_hour=at_any_hour)
    return empty_outbox(store, context, clock=clock, owner=this_process(), only=set(only) if only is not None else None)


class Outgoing:
    """The deliveries of a process that goes on: `pump` it again and again. It logs what becomes of them.

    It is for one thread to drive; what is sent goes by others.
    """

    def __init__(
        self, settings: Settings, store: Store, audience: LiveAudience, *, clock: Callable[[], datetime]
    ) -> None:
        """Raises StorageError."""
        self._settings = settings
        self._store = store
        self._audience = audience
        self._clock = clock
        self._known_at = clock()
        self._dispatcher = Dispatcher(store, self._context(), clock=clock, owner=this_process(), on_left=self._log)
        self._report_at = self._look_at = time.monotonic()
        self._given_up = threading.Event()
        self._pumped_at: datetime | None = None

    def pump(self) -> None:
        """Begin to send what is due, without waiting for it.

        The operator is told of what is given up, at most once an hour. Raises StorageError.
        """
        now = self._clock()
        self._audience.refresh()
        if self._pumped_at is None or now < self._pumped_at:
            self._forget_the_future(now)
        self._pumped_at = now
        self._report(now)
        if self._store.due(now):
            self._dispatcher.pump(self._context())
        self._dispatcher.wait(0)
        self._log()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is being sent, at most so long; whether nothing is. Raises StorageError."""
        return self._dispatcher.wait(seconds)

    def end(self) -> None:
        """Begin to send nothing more."""
        self._dispatcher.end()

    def _log(self) -> None:
        delivered = self._dispatcher.taken()
        if delivered.dead:
            self._given_up.set()
        for error in delivered.errors:
            _log.warning("not delivered: %s", error)
        if delivered.sent:
            _log.info("messages sent: %d", delivered.sent)
        if delivered.cancelled:
            _log.warning("messages cancelled, as their addresses are no longer configured: %d", delivered.cancelled)

    def _report(self, now: datetime) -> None:
        """At once where something was given up; and now and then, as another process may have died before it did."""
        at = time.monotonic()
        if at < self._report_at or (at < self._look_at and not self._given_up.is_set()):
            return
        # First: what another thread gives up while the report is written is told by the next one.
        self._given_up.clear()
        try:
            was_told = report(self._store, self._context(), now)
        except StorageError:
            self._given_up.set()
            raise
        self._look_at = at + _REPORT_EVERY
        if was_told:
            self._report_at = self._look_at

    def _context(self) -> Context:
        return _context(self._settings, self._store, self._audience.current, self._known_at)

    def _forget_the_future(self, now: datetime) -> None:
        """What was written by a clock that was ahead would wait until that time comes."""
        ahead = [item.id for item in self._store.deliveries("waiting") if item.created_at > now]
        if ahead:
            self._store.retry(ahead, now)


def mail_server(settings: Settings) -> MailServer:
    """The server of [mail]; without a `sender`, mail comes from ministry-monitor at this host."""
    mail = settings.mail
    return MailServer(
        host=mail.server,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=mail.password.get_secret_value() if mail.password else None,
        sender=mail.sender or f"ministry-monitor@{socket.gethostname()}",
    )


def _context(settings: Settings, store: Store, audience: Audience, known_at: datetime) -> Context:
    return Context(
        destinations=audience.destinations,
        mail=mail_server(settings),
        pages=_pages(settings, store),
        held=audience.held,
        subscribers={member.subscriber.name: member.subscriber for member in audience.members},
        watched=[page.id for page in settings.pages],
        operator=audience.operator,
        links=_links(settings),
        known_at=known_at,
    )


def _links(settings: Settings) -> Links | None:
    """The links of [web]; None where they could not be followed or not be signed."""
    web = settings.web
    if not web.public_url or web.secret is None:
        return None
    return Links(base=web.public_url.rstrip("/") + web.path_prefix, signer=Signer(web.secret.get_secret_value()))


def _pages(settings: Settings, store: Store) -> dict[str, PageInfo]:
    """Every page a message may be about: those dropped from config.toml by what the store knows of them."""
    pages = {state.page.id: state.page for state in store.states()}
    return pages | {page.id: PageInfo(id=page.id, name=page.name, url=page.url) for page in settings.pages}
