"""Sending one message to one destination: mail by our own SMTP, everything else through apprise."""

from collections.abc import Sequence
from datetime import datetime

from notify.chat import chat_style, check_url, send_chat
from notify.errors import NotifyError, SendError
from notify.mail import MailServer, address_of, compose, send_mail
from notify.render import Style
from notify.subscribers import Destination, is_url
from storage.observation import FrozenMessage

__all__ = ["MailServer", "check_address", "lane", "message_id", "send", "style"]


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
    """What destinations share that one server out of reach takes down: the mail server, or nothing."""
    return destination.id if is_url(destination.address) else "mail"


def message_id(delivery: int, created_at: datetime, mail: MailServer) -> str:
    """The Message-ID (RFC 5322, 3.6.4) of a delivery: the same at every attempt, another in another database."""
    return f"<delivery-{delivery}.{created_at:%Y%m%dT%H%M%S%f}@{mail.domain}>"


def send(
    destination: Destination,
    message: FrozenMessage,
    *,
    message_id: str,
    change_ids: Sequence[int],
    mail: MailServer,
    now: datetime,
) -> str:
    """Send the message and return what the server answered. Raises SendError."""
    if is_url(destination.address):
        return send_chat(destination.address, message)
    try:
        composed = compose(
            message,
            sender=mail.sender,
            recipient=destination.address,
            message_id=message_id,
            change_ids=change_ids,
            now=now,
        )
    except NotifyError as error:
        raise SendError(error.what, permanent=False, code="bad_address", where=error.where, todo=error.todo) from None
    return send_mail(mail, composed)
