"""Sending what is due, by the channels that config.toml names."""

import socket
from collections.abc import Callable, Sequence
from datetime import datetime

from monitor.settings import operator_of, subscribers_of
from monitor.settings_models import Settings
from notify.delivering import Delivered
from notify.delivering import deliver as empty_outbox
from notify.sending import MailServer
from notify.subscribers import Destination
from storage.observation import PageInfo
from storage.owners import this_process
from storage.store import Store


def deliver(
    settings: Settings, store: Store, *, clock: Callable[[], datetime], only: Sequence[int] | None = None
) -> Delivered:
    """Send the deliveries that are due (of `only`, if given). What could not be sent waits, or is dead.

    Those of a paused subscriber wait untouched. Raises StorageError.
    """
    return empty_outbox(
        store,
        destinations_of(settings),
        clock=clock,
        owner=this_process(),
        mail=mail_server(settings),
        pages=_pages(settings, store),
        only=_without_paused(settings, store, only),
    )


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


def _pages(settings: Settings, store: Store) -> dict[str, PageInfo]:
    """Every page a message may be about: those dropped from config.toml by what the store knows of them."""
    pages = {state.page.id: state.page for state in store.states()}
    return pages | {page.id: PageInfo(id=page.id, name=page.name, url=page.url) for page in settings.pages}


def _without_paused(settings: Settings, store: Store, only: Sequence[int] | None) -> Sequence[int] | None:
    paused = {row.name for row in settings.subscribers if row.paused}
    if not paused:
        return only
    due = [item for status in ("waiting", "claimed") for item in store.deliveries(status)]
    return [item.id for item in due if item.subscriber not in paused and (only is None or item.id in only)]
