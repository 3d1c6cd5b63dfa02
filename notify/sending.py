"""Sending one message to one destination: mail by our own SMTP, everything else through apprise."""

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote, urlencode

from notify.chat import chat_style, check_url, send_chat
from notify.errors import NotifyError, SendError
from notify.mail import MailServer, address_of, compose, ids_in_header
from notify.render import Style
from notify.smtp import MailSession
from notify.subscribers import Destination, is_url
from storage.observation import FrozenMessage

__all__ = ["MailServer", "Sender", "check_address", "lane", "message_id", "pace", "send", "style", "width"]

_MAIL: Final = "mail"
# Mail servers allow a client few sessions at once.
_MAIL_SESSIONS: Final = 4
# Slack takes one message a second from a hook, Discord five in two seconds (their documentation on rate limits).
_SECONDS_BETWEEN_CHATS: Final = 1.0
# Web-hooks of this form are read by programs: a header names the message to them.
_HOOKS: Final = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})


def check_address(address: str) -> None:
    """Raise NotifyError, its secrets masked, if the address can never work. Nothing is sent; no network."""
    if is_url(address):
        check_url(address)
    else:
        address_of(address)


def style(destination: Destination) -> Style:
    """The form of message that the destination takes."""
    return chat_style(destination.address) if is_url(destination.address) else "mail"


def lane(destination: Destination) -> str:
    """What goes one way: all mail, by its server; else what goes to one URL, which is a secret."""
    return destination.address if is_url(destination.address) else _MAIL


def width(lane: str) -> int:
    """How many messages may go by a lane at once."""
    return _MAIL_SESSIONS if lane == _MAIL else 1


def pace(lane: str) -> float:
    """The least seconds between two messages by a lane; a web-hook of one's own says itself if it wants any."""
    return _SECONDS_BETWEEN_CHATS if is_url(lane) and not _is_hook(lane) else 0.0


def message_id(delivery: int, created_at: datetime, mail: MailServer) -> str:
    """The Message-ID (RFC 5322, 3.6.4) of a delivery: the same at every attempt, another in another database."""
    return f"<delivery-{delivery}.{created_at:%Y%m%dT%H%M%S%f}@{mail.domain}>"


class Sender:
    """Sends one message after another, by one session with the mail server as far as that lasts.

    `on_ready` is called when such a session has begun. A context manager, for one thread at a time.
    """

    def __init__(self, mail: MailServer, *, on_ready: Callable[[], None] = lambda: None) -> None:
        self._mail = mail
        self._session = MailSession(mail, on_ready=on_ready)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def send(
        self,
        destination: Destination,
        message: FrozenMessage,
        *,
        message_id: str,
        change_ids: Sequence[int],
        now: datetime,
        unsubscribe_url: str | None = None,
    ) -> str:
        """Send the message and return what the server answered. Raises SendError."""
        if is_url(destination.address):
            return send_chat(_named(destination.address, message_id, change_ids), message)
        try:
            composed = compose(
                message,
                sender=self._mail.sender,
                recipient=destination.address,
                message_id=message_id,
                change_ids=change_ids,
                now=now,
                unsubscribe_url=unsubscribe_url,
            )
        except NotifyError as error:
            raise SendError(
                error.what, permanent=False, code="bad_address", where=error.where, todo=error.todo
            ) from None
        return self._session.send(composed)


def send(
    destination: Destination,
    message: FrozenMessage,
    *,
    message_id: str,
    change_ids: Sequence[int],
    mail: MailServer,
    now: datetime,
) -> str:
    """Send a single message and return what the server answered. Raises SendError."""
    with Sender(mail) as sender:
        return sender.send(destination, message, message_id=message_id, change_ids=change_ids, now=now)


def _named(url: str, message_id: str, change_ids: Sequence[int]) -> str:
    """The address of a web-hook with headers that name the message, so that one sent twice is recognised."""
    if not _is_hook(url):
        return url
    headers = {"+X-Message-Id": message_id.strip("<>")}
    if change_ids:
        headers["+X-Change-Id"] = ids_in_header(change_ids)
    return f"{url}{'&' if '?' in url else '?'}{urlencode(headers, quote_via=quote)}"


def _is_hook(url: str) -> bool:
    return url.partition("://")[0].lower() in _HOOKS
