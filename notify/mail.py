"""Mail: one message to one recipient, with the headers that mail of this kind carries; notify/smtp.py sends it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, getaddresses
from typing import Final, Literal
from urllib.parse import quote

from notify.errors import NotifyError
from notify.render import spans
from notify.subscribers import mask
from storage.observation import FrozenMessage

Security = Literal["none", "starttls", "tls"]
_MOST_LISTED: Final = 100  # ids
_LONGEST_IDS: Final = 880  # characters
_PLAIN_ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")


class _Lines(EmailPolicy):
    """Lines as SMTP wants them; addresses of the list stay whole.

    The standard library would put an address too long for a line into encoded words, which no reader of these
    headers undoes (RFC 2047, 5); a line may have 998 characters (RFC 5322, 2.1.1).
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name in {"List-Id", "List-Unsubscribe"}:
            return f"{name}: {value}\r\n".encode("ascii")
        if name == "Subject" and not str(value).isascii():
            # One encoded word after another: spaces between plain and encoded words would be lost (RFC 2047, 6.2).
            encoded = Header(str(value), "utf-8", maxlinelen=75, header_name=name).encode(linesep="\r\n")
            return f"{name}: {encoded}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_LINES: Final = _Lines(linesep="\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server mail leaves by; `timeout` in seconds holds for each step. No user and password: no login."""

    host: str = "localhost"
    port: int = 25
    security: Security = "none"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str
    timeout: float = 30.0

    @property
    def domain(self) -> str:
        """The sender's domain: what Message-ID and List-Id are built on."""
        return address_of(self.sender).domain


def address_of(text: str) -> Address:
    """A mail address, its display name apart and its domain in ASCII (RFC 5891); raises NotifyError if it is none."""
    (name, plain), *others = getaddresses([text]) or [("", "")]
    if others or not _PLAIN_ADDRESS.fullmatch(plain) or not text.isprintable():
        raise NotifyError("this is no mail address", where=mask(text), todo="Write it as desk@example.jp")
    local, _, domain = plain.rpartition("@")
    if not local.isascii():
        raise NotifyError(
            "this mail address has letters other than ASCII before the @",
            where=mask(text),
            why="few mail servers take those (RFC 6531)",
            todo="Use another address of the same mailbox",
        )
    try:
        return Address(name, local, domain.encode("idna").decode())
    except (UnicodeError, HeaderParseError, ValueError) as error:
        raise NotifyError("this is no mail address", where=mask(text), todo="Write it as desk@example.jp") from error


def ids_in_header(change_ids: Sequence[int]) -> str:
    """The ids of changes for X-Change-Id, in at most about 900 characters: servers refuse headers without end.

    Up to a hundred are listed, more are spans in order ("3-5, 8-90"); what does not fit is counted ("and 40 more").
    """
    listed = ", ".join(map(str, change_ids))
    if len(change_ids) <= _MOST_LISTED and len(listed) <= _LONGEST_IDS:
        return listed
    ids = sorted(set(change_ids))
    count = bisect_right(range(len(ids)), _LONGEST_IDS, key=lambda last: len(spans(ids[: last + 1])))
    shown = spans(ids[:count]).replace("–", "-")
    return shown if count == len(ids) else f"{shown}, and {len(ids) - count} more"


def compose(
    message: FrozenMessage,
    *,
    sender: str,
    recipient: str,
    message_id: str,
    change_ids: Sequence[int],
    now: datetime,
    unsubscribe_url: str | None = None,
) -> EmailMessage:
    """The mail itself; `now` is aware.

    List-Id: RFC 2919; List-Unsubscribe: RFC 2369; Auto-Submitted: RFC 3834, so that no vacation notice answers.
    With `unsubscribe_url`, which a POST alone must be enough for, a mail program offers to unsubscribe with one click
    (RFC 8058), which must go by https. It does so only where a DKIM signature covers both headers (RFC 8058, 4): to
    sign is the mail server's part.
    """
    origin = address_of(sender)
    mail = EmailMessage(policy=_LINES)
    mail["From"] = origin
    mail["To"] = address_of(recipient)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    mail["List-Id"] = f"ministry-monitor <ministry-monitor.{origin.domain}>"
    by_mail = f"<mailto:{quote(origin.addr_spec, safe='@')}?subject=unsubscribe>"
    mail["List-Unsubscribe"] = f"<{unsubscribe_url}>, {by_mail}" if unsubscribe_url else by_mail
    if unsubscribe_url and unsubscribe_url.startswith("https://"):
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    if change_ids:
        mail["X-Change-Id"] = ids_in_header(change_ids)
    mail.set_content(message.text, charset="utf-8", cte="base64")
    if message.html is not None:
        mail.add_alternative(message.html, subtype="html", charset="utf-8", cte="base64")
    return mail
