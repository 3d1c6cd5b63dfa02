"""Handing mail to a server over SMTP (RFC 5321), one session for many messages."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType
from typing import Final, Self, TypeVar

from notify.errors import SendError
from notify.mail import MailServer
from notify.subscribers import mask

T = TypeVar("T")
# Servers end long sessions by themselves, some after a hundred messages.
_MESSAGES_A_SESSION: Final = 100
_LONGEST_FAREWELL: Final = 5.0  # seconds
# How long a server may look at a message before it takes it (RFC 5321, 4.5.3.2.6): who does not wait sends it again.
_DATA_ENDS: Final = 600.0
_SHUTTING_DOWN: Final = 421
# "Security or policy" (RFC 3463, 3.8), such as a relay that is closed to us: it says nothing of the mailbox.
_POLICY: Final = re.compile(rb"5\.7\.\d")


class MailSession:
    """Sends mail to one server; the connection is made when it is needed, kept, and made anew when it was lost.

    `on_ready` is called when a new one has taken the login and the sender. A context manager, for one thread at a time.
    """

    def __init__(self, server: MailServer, *, on_ready: Callable[[], None] = lambda: None) -> None:
        self._server = server
        self._on_ready = on_ready
        self._smtp: smtplib.SMTP | None = None
        self._taken = 0  # of this connection
        self._is_clean = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, mail: EmailMessage) -> str:
        """Hand one mail with one recipient to the server; its answer, such as "250 OK queued as 4711".

        Raises SendError: permanent if the server refuses this recipient or this message for good (5xx), else
        passing; `bounced` if there is nothing at that address. What concerns the server, the login or the sender is
        passing: mending the settings helps. What breaks off once the sender is taken says nothing of other messages.
        """
        if self._smtp is not None and self._taken >= _MESSAGES_A_SESSION:
            self.close()
        smtp = self._smtp if self._smtp is not None and self._goes_on(self._smtp, mail) else self._begun(mail)
        self._is_clean = False
        try:
            answer = self._told_apart(lambda: _hand_over(smtp, mail))
        except SendError as error:
            error.unreachable = False
            raise
        self._taken += 1
        self._is_clean = True
        return answer

    def close(self) -> None:
        """Take leave of the server; that it is gone already is no failure."""
        if self._smtp is None:
            return
        with suppress(smtplib.SMTPException, OSError):
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(_LONGEST_FAREWELL)
                self._smtp.quit()
        self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp, self._taken, self._is_clean = None, 0, True

    def _begun(self, mail: EmailMessage) -> smtplib.SMTP:
        """A new session that has been told the sender."""
        smtp = self._smtp = self._told_apart(lambda: open_session(self._server), opening=True)
        self._told_apart(lambda: _name_sender(smtp, mail))
        self._on_ready()
        return smtp

    def _goes_on(self, smtp: smtplib.SMTP, mail: EmailMessage) -> bool:
        """Whether the session takes another message, whose sender it has then been told.

        If not, it is over; nothing of the message has been said, so that a new one may take it.
        """
        try:
            if not self._is_clean:
                _expect(smtp.rset(), "the mail server does not start anew", permanent=False)
            _name_sender(smtp, mail)
        except (SendError, smtplib.SMTPException, OSError):
            self._drop()
            return False
        return True

    def _told_apart(self, step: Callable[[], T], *, opening: bool = False) -> T:
        """Run a step of the conversation; its failure as a SendError that says what and where.

        What fails while `opening` would fail for every other message too. After any failure but a refusal of this
        one message the session is over.
        """
        where = f"{self._server.host}:{self._server.port}"
        try:
            return step()
        except SendError as error:
            error.where = where
            if error.unreachable:
                self._drop()
            raise
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise _as_send_error(error, where, opening=opening) from None


def open_session(server: MailServer) -> smtplib.SMTP:
    """A session ready to take mail: protected and logged in as configured. Raises smtplib.SMTPException, OSError."""
    session: smtplib.SMTP
    if server.security == "tls":
        tls = ssl.create_default_context()
        session = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=tls)
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        session.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            session.starttls(context=ssl.create_default_context())
            session.ehlo_or_helo_if_needed()
        if server.user and server.password:
            session.login(server.user, server.password)
    except BaseException:
        session.close()
        raise
    return session


def _name_sender(session: smtplib.SMTP, mail: EmailMessage) -> None:
    _expect(session.mail(_address(mail, "From")), "the mail server refuses the sender", permanent=False)


def _hand_over(session: smtplib.SMTP, mail: EmailMessage) -> str:
    recipient = _address(mail, "To")
    reply = session.rcpt(recipient)
    try:
        _expect(reply, "the mail server refuses the recipient", permanent=True, recipient=recipient)
    except SendError as error:
        error.bounced = error.permanent and not _POLICY.match(reply[1])
        raise
    patience = session.timeout
    try:
        if session.sock is not None:
            session.sock.settimeout(max(_DATA_ENDS, patience))
        code, answer = session.data(mail.as_bytes())
    except smtplib.SMTPDataError as refusal:  # before a word of the message was said
        said = refusal.smtp_error
        code, answer = refusal.smtp_code, said if isinstance(said, bytes) else said.encode()
    finally:
        if session.sock is not None:
            session.sock.settimeout(patience)
    _expect((code, answer), "the mail server refuses the message", permanent=True, recipient=recipient)
    return _words(code, answer, recipient)


def _address(mail: EmailMessage, header: str) -> str:
    address: str = mail[header].addresses[0].addr_spec
    return address


def _as_send_error(error: smtplib.SMTPException | OSError, where: str, *, opening: bool) -> SendError:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _refused("the mail server refuses the login", str(error.smtp_code), where, opening=opening)
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
        code, why = str(error.smtp_code), _words(error.smtp_code, said)
        what = "the mail server does not serve us"
        return SendError(what, permanent=False, code=code, unreachable=opening, where=where, why=why)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        # smtplib tells a silent server like one that hung up; what it met stands behind.
        met = error.__context__
        if isinstance(met, OSError):
            return _out_of_reach(met, where)
        what = "the mail server hung up"
        return SendError(what, permanent=False, code="connection", unreachable=opening, where=where)
    if isinstance(error, smtplib.SMTPException):
        # No STARTTLS, or no way to log in that we know: the library's own words say which.
        what = "the mail server lacks something"
        return _refused(what, "refused", where, opening=opening, why=str(error))
    return _out_of_reach(error, where)


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


def _expect(reply: tuple[int, bytes], what: str, *, permanent: bool, recipient: str = "") -> None:
    code, answer = reply
    if 200 <= code < 300:
        return
    raise SendError(
        what,
        permanent=permanent and 500 <= code < 600,
        code=str(code),
        unreachable=code == _SHUTTING_DOWN,
        why=_words(code, answer, recipient),
    )


def _words(code: int, answer: bytes, recipient: str = "") -> str:
    """What the server said, on one line, the recipient's address masked."""
    text = answer.decode("utf-8", "replace")
    if recipient:
        text = re.sub(re.escape(recipient), lambda _: mask(recipient), text, flags=re.IGNORECASE)
    return f"{code} {''.join(char if char.isprintable() else ' ' for char in text)}"[:200].strip()
