"""Mail: one message to one recipient over SMTP (RFC 5321), with the headers that mail of this kind carries."""

import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, getaddresses
from typing import Final, Literal, TypeVar
from urllib.parse import quote

from notify.errors import NotifyError, SendError
from notify.subscribers import mask
from storage.observation import FrozenMessage

T = TypeVar("T")
Security = Literal["none", "starttls", "tls"]
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
    """The server mail leaves by; `timeout` in seconds holds for each step. No password: no login."""

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
    try:
        return Address(name, local, domain.encode("idna").decode())
    except (UnicodeError, HeaderParseError, ValueError) as error:
        raise NotifyError("this is no mail address", where=mask(text), todo="Write it as desk@example.jp") from error


def compose(
    message: FrozenMessage,
    *,
    sender: str,
    recipient: str,
    message_id: str,
    change_ids: Sequence[int],
    now: datetime,
) -> EmailMessage:
    """The mail itself; `now` is aware.

    List-Id: RFC 2919; List-Unsubscribe: RFC 2369; Auto-Submitted: RFC 3834, so that no vacation notice answers.
    """
    origin = address_of(sender)
    mail = EmailMessage(policy=_LINES)
    mail["From"] = origin
    mail["To"] = address_of(recipient)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    mail["List-Id"] = f"ministry-monitor <ministry-monitor.{origin.domain}>"
    mail["List-Unsubscribe"] = f"<mailto:{quote(origin.addr_spec, safe='@')}?subject=unsubscribe>"
    mail["Auto-Submitted"] = "auto-generated"
    if change_ids:
        mail["X-Change-Id"] = ", ".join(map(str, change_ids))
    mail.set_content(message.text, charset="utf-8", cte="base64")
    if message.html is not None:
        mail.add_alternative(message.html, subtype="html", charset="utf-8", cte="base64")
    return mail


def send_mail(server: MailServer, mail: EmailMessage) -> str:
    """Hand one mail with one recipient to the server; its answer, such as "250 OK queued as 4711".

    Raises SendError: permanent if the server refuses this recipient or this message for good (5xx), else
    passing. What concerns the server, the login or the sender is passing: mending the settings helps.
    """
    session = _told_apart(server, opening=True, step=lambda: _open(server))
    try:
        return _told_apart(server, opening=False, step=lambda: _hand_over(session, mail))
    finally:
        session.close()


def _open(server: MailServer) -> smtplib.SMTP:
    """A session ready to take mail: protected and logged in as configured."""
    tls = ssl.create_default_context()
    session: smtplib.SMTP
    if server.security == "tls":
        session = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=tls)
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        session.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            session.starttls(context=tls)
            session.ehlo_or_helo_if_needed()
        if server.password:
            session.login(server.user or address_of(server.sender).addr_spec, server.password)
    except BaseException:
        session.close()
        raise
    return session


def _hand_over(session: smtplib.SMTP, mail: EmailMessage) -> str:
    sender, recipient = (mail[name].addresses[0].addr_spec for name in ("From", "To"))
    _expect(session.mail(sender), "the mail server refuses the sender", permanent=False)
    _expect(session.rcpt(recipient), "the mail server refuses the recipient", permanent=True)
    code, answer = session.data(mail.as_bytes())
    _expect((code, answer), "the mail server refuses the message", permanent=True)
    # The server has taken the message: that it hangs up early is no failure.
    with suppress(smtplib.SMTPException, OSError):
        session.quit()
    return _words(code, answer)


def _told_apart(server: MailServer, *, opening: bool, step: Callable[[], T]) -> T:
    """Run a step of the conversation; its failure as a SendError that says what and where.

    What fails while `opening` would fail for every other message too.
    """
    where = f"{server.host}:{server.port}"
    try:
        return step()
    except SendError as error:
        error.where = where
        raise
    except smtplib.SMTPAuthenticationError as error:
        raise _refused("the mail server refuses the login", str(error.smtp_code), where, opening=opening) from None
    except smtplib.SMTPResponseException as error:
        raise _refused("the mail server does not serve us", str(error.smtp_code), where, opening=opening) from None
    except smtplib.SMTPServerDisconnected as error:
        # smtplib tells a silent server like one that hung up; what it met stands behind.
        met = error.__context__
        if isinstance(met, OSError):
            raise _out_of_reach(met, where) from None
        what = "the mail server hung up"
        raise SendError(what, permanent=False, code="connection", unreachable=opening, where=where) from None
    except smtplib.SMTPException as error:
        raise _refused(
            "the mail server lacks something", "refused", where, opening=opening, why=type(error).__name__
        ) from None
    except OSError as error:
        raise _out_of_reach(error, where) from None


def _refused(what: str, code: str, where: str, *, opening: bool, why: str = "") -> SendError:
    return SendError(
        what,
        permanent=False,
        code=code,
        unreachable=opening,
        where=where,
        why=why,
        todo="Check security, user and password of [mail]",
    )


def _out_of_reach(error: OSError, where: str) -> SendError:
    if isinstance(error, TimeoutError):
        what, code = "the mail server does not answer in time", "timeout"
    elif isinstance(error, ssl.SSLError):
        what, code = "no trusted TLS connection to the mail server", "tls"
    else:
        what, code = "the mail server cannot be reached", "connection"
    why = getattr(error, "verify_message", "") or error.strerror or type(error).__name__
    return SendError(
        what,
        permanent=False,
        code=code,
        unreachable=True,
        where=where,
        why=str(why),
        todo="Check server, port and security of [mail]",
    )


def _expect(reply: tuple[int, bytes], what: str, *, permanent: bool) -> None:
    code, answer = reply
    if 200 <= code < 300:
        return
    raise SendError(what, permanent=permanent and 500 <= code < 600, code=str(code), why=_words(code, answer))


def _words(code: int, answer: bytes) -> str:
    text = answer.decode("utf-8", "replace")
    return f"{code} {''.join(char if char.isprintable() else ' ' for char in text)}"[:200].strip()
