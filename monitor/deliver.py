"""Sending what is due, by the channels that config.toml and the database name."""

import logging
import socket
import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

from monitor.audience import audience_of
from monitor.settings import operator_of, subscribers_of
from monitor.settings_models import Settings
from notify.delivering import Context, Delivered
from notify.dispatching import Dispatcher, report
from notify.dispatching import deliver as empty_outbox
from notify.sending import MailServer
from notify.subscribers import Destination, Subscriber
from notify.tokens import Links, Signer
from storage.observation import PageInfo
from storage.owners import this_process
from storage.store import Store

_REPORT_EVERY: Final = 3600.0  # seconds

_log = logging.getLogger(__name__)


def deliver(
    settings: Settings, store: Store, *, clock: Callable[[], datetime], only: Sequence[int] | None = None
) -> Delivered:
    """Send the deliveries that are due (of `only`, if given). What could not be sent waits, or is dead.

    Those of who is paused wait untouched. Raises StorageError, ConfigError.
    """
    context = _context(settings, store)
    return empty_outbox(store, context, clock=clock, owner=this_process(), only=set(only) if only is not None else None)


class Outgoing:
    """The deliveries of a process that goes on: `pump` it again and again. It logs what becomes of them.

    It is for one thread to drive; what is sent goes by others.
    """

    def __init__(self, settings: Settings, store: Store, *, clock: Callable[[], datetime]) -> None:
        """Raises StorageError, ConfigError."""
        self._settings = settings
        self._store = store
        self._clock = clock
        self._dispatcher = Dispatcher(
            store, _context(settings, store), clock=clock, owner=this_process(), on_left=self._log
        )
        self._report_at = time.monotonic()
        self._has_given_up = True  # at least a process before may have, and died before it said so
        self._pumped_at: datetime | None = None

    def pump(self) -> None:
        """Begin to send what is due, without waiting for it.

        The operator is told of what is given up, at most once an hour. Raises StorageError, ConfigError.
        """
        now = self._clock()
        if self._pumped_at is None or now < self._pumped_at:
            self._forget_the_future(now)
        self._pumped_at = now
        if self._has_given_up and time.monotonic() >= self._report_at:
            self._has_given_up = False
            if report(self._store, _context(self._settings, self._store), now):
                self._report_at = time.monotonic() + _REPORT_EVERY
        if self._store.due(now):
            self._dispatcher.pump(_context(self._settings, self._store))
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
        self._has_given_up |= delivered.dead > 0
        for error in delivered.errors:
            _log.warning("not delivered: %s", error)
        if delivered.sent:
            _log.info("%d messages sent", delivered.sent)

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


def destinations_of(settings: Settings) -> dict[str, Destination]:
    """Every destination of config.toml, the operator's too, by its id."""
    told = [*subscribers_of(settings), *filter(None, [operator_of(settings)])]
    return {item.id: item for one in told for item in one.destinations}


def _context(settings: Settings, store: Store) -> Context:
    audience = audience_of(settings, store)
    subscribers = {member.subscriber.name: member.subscriber for member in audience.members}
    return Context(
        destinations=audience.destinations,
        mail=mail_server(settings),
        pages=_pages(settings, store),
        held=audience.held,
        watched=lambda name: _watched(subscribers.get(name), settings),
        operator=audience.operator,
        links=_links(settings),
    )


def _watched(subscriber: Subscriber | None, settings: Settings) -> Collection[str]:
    """The pages that a subscriber hears of."""
    return [page.id for page in settings.pages if subscriber is not None and subscriber.hears_of(page.id)]


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
