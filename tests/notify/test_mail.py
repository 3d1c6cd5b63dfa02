"""Mail to a real SMTP server on loopback: what arrives, and how refusals are told apart."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from hypothesis import given
from hypothesis import strategies as st

from notify.errors import NotifyError, SendError
from notify.mail import MailServer, address_of, compose, ids_in_header
from notify.smtp import MailSession
from storage.observation import FrozenMessage

NOW = datetime(2024, 1, 23, 1, 5, tzinfo=UTC)
MESSAGE = FrozenMessage(
    subject="【変更】富士通株式会社", text="本文です。\n髙田㈱①～\n", html="<p>本文です。髙田㈱①～</p>"
)


@dataclass
class Handler:
    """Keeps what arrives; answers a step of the conversation otherwise where told to."""

    answers: dict[str, str] = field(default_factory=dict)
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.envelopes.append(envelope)
        return "250 OK queued as 4711"

    def arrived(self) -> EmailMessage:
        (envelope,) = self.envelopes
        assert isinstance(envelope.content, bytes)
        return message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def smtp(handler: Handler, **options: Any) -> Iterator[int]:
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def server(port: int, **values: Any) -> MailServer:
    return MailServer(**{"host": "127.0.0.1", "port": port, "sender": "monitor@example.jp", "timeout": 5, **values})


def composed(recipient: str = "desk@example.jp", message: FrozenMessage = MESSAGE, **values: Any) -> EmailMessage:
    given = {"sender": "監視 <monitor@example.jp>", "message_id": "<delivery-7@example.jp>", "change_ids": (3, 12)}
    return compose(message, recipient=recipient, now=NOW, **{**given, **values})


def send_mail(server: MailServer, mail: EmailMessage) -> str:
    with MailSession(server) as session:
        return session.send(mail)


@pytest.fixture
def delivered() -> EmailMessage:
    handler = Handler()
    with smtp(handler) as port:
        send_mail(server(port), composed())
    return handler.arrived()


def test_text_and_html_arrive_as_alternatives(delivered: EmailMessage) -> None:
    assert delivered.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in delivered.iter_parts()] == ["text/plain", "text/html"]


def test_every_character_of_the_text_arrives(delivered: EmailMessage) -> None:
    text = delivered.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == MESSAGE.text


def test_every_character_of_the_subject_arrives(delivered: EmailMessage) -> None:
    assert delivered["Subject"] == MESSAGE.subject


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("To", "desk@example.jp"),
        ("Message-ID", "<delivery-7@example.jp>"),
        ("List-Id", "ministry-monitor <ministry-monitor.example.jp>"),
        ("List-Unsubscribe", "<mailto:monitor@example.jp?subject=unsubscribe>"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Change-Id", "3, 12"),
        ("Date", "Tue, 23 Jan 2024 01:05:00 +0000"),
    ],
)
def test_the_headers_are_those_of_an_automatic_list(name: str, value: str, delivered: EmailMessage) -> None:
    assert delivered.get_all(name) == [value]


SCATTERED = tuple(range(1_000_000, 1_010_000, 2))


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ((12, 3), "12, 3"),
        (tuple(range(100, 0, -1)), ", ".join(map(str, range(100, 0, -1)))),
        ((*range(8, 108), 3, 5, 4), "3-5, 8-107"),
        (tuple(range(5000, 0, -1)), "1-5000"),
        (SCATTERED, ", ".join(map(str, SCATTERED[:98])) + ", and 4902 more"),
    ],
)
def test_however_many_changes_a_mail_tells_its_header_names_them(ids: tuple[int, ...], said: str) -> None:
    handler = Handler()
    with smtp(handler) as port:
        send_mail(server(port), composed(change_ids=ids))
    assert handler.arrived()["X-Change-Id"] == said


@given(st.lists(st.integers(1, 10**15), min_size=1, max_size=300))
def test_no_header_of_ids_is_longer_than_servers_take(ids: list[int]) -> None:
    said = ids_in_header(ids)
    assert len(said) <= 900
    assert said.isascii()


ONE_CLICK = "https://monitor.example.jp/unsubscribe/" + "t" * 200


def test_with_a_link_a_mail_program_can_unsubscribe_by_one_click() -> None:
    mail = message_from_bytes(composed(unsubscribe_url=ONE_CLICK).as_bytes(), policy=policy.default)
    assert mail["List-Unsubscribe"] == f"<{ONE_CLICK}>, <mailto:monitor@example.jp?subject=unsubscribe>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_link_to_unsubscribe_stays_whole_on_its_line() -> None:
    assert f"List-Unsubscribe: <{ONE_CLICK}>, <mailto:".encode() in composed(unsubscribe_url=ONE_CLICK).as_bytes()


def test_by_a_link_without_https_nobody_is_asked_to_click_once() -> None:
    mail = composed(unsubscribe_url="http://monitor.example.jp/unsubscribe/t")
    assert str(mail["List-Unsubscribe"]).startswith("<http://monitor.example.jp/unsubscribe/t>, <mailto:")
    assert mail["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize("name", ["Message-ID", "List-Id", "List-Unsubscribe"])
def test_a_long_domain_stays_readable_in_every_header(name: str) -> None:
    domain = "department-of-information-policy.city-of-the-long-name.example-prefecture.lg.jp"
    mail = composed(sender=f"monitor@{domain}", message_id=f"<delivery-7.20240123T010500000000@{domain}>")
    (line,) = [line for line in mail.as_bytes().decode().split("\r\n") if line.startswith(f"{name}:")]
    assert domain in line


def test_a_text_alone_is_no_alternative() -> None:
    mail = composed(message=FrozenMessage(subject="s", text="t", html=None))
    assert mail.get_content_type() == "text/plain"


def test_a_message_has_one_recipient() -> None:
    handler = Handler()
    with smtp(handler) as port:
        send_mail(server(port), composed())
    assert (handler.envelopes[0].mail_from, handler.envelopes[0].rcpt_tos) == (
        "monitor@example.jp",
        ["desk@example.jp"],
    )


def test_the_answer_of_the_server_is_kept() -> None:
    with smtp(Handler()) as port:
        assert send_mail(server(port), composed()) == "250 OK queued as 4711"


@pytest.mark.parametrize(
    ("step", "answer", "permanent"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "450 4.2.1 come back later", False),
        ("DATA", "554 5.7.1 spam", True),
        ("DATA", "451 4.3.0 try later", False),
        ("MAIL", "550 5.7.1 sender not allowed", False),
    ],
)
def test_what_is_refused_for_good_is_told_from_what_passes(step: str, answer: str, permanent: bool) -> None:
    with smtp(Handler(answers={step: answer})) as port, pytest.raises(SendError) as caught:
        send_mail(server(port), composed())
    assert (caught.value.permanent, caught.value.code) == (permanent, answer[:3])
    assert not caught.value.unreachable


@pytest.mark.parametrize(
    ("step", "answer", "bounced"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "550 no such user", True),
        ("RCPT", "554 5.7.1 relay access denied", False),
        ("RCPT", "450 4.2.1 come back later", False),
        ("DATA", "554 5.6.0 no such content", False),
        ("MAIL", "550 5.1.8 no such sender", False),
    ],
)
def test_only_a_mailbox_that_does_not_exist_is_one_that_nothing_can_be_sent_to(
    step: str, answer: str, bounced: bool
) -> None:
    with smtp(Handler(answers={step: answer})) as port, pytest.raises(SendError) as caught:
        send_mail(server(port), composed())
    assert caught.value.bounced is bounced


def test_a_refused_message_is_not_taken() -> None:
    handler = Handler(answers={"RCPT": "550 no"})
    with smtp(handler) as port, pytest.raises(SendError):
        send_mail(server(port), composed())
    assert handler.envelopes == []


def test_a_server_that_is_not_there_passes() -> None:
    with pytest.raises(SendError) as caught:
        send_mail(server(free_port()), composed())
    assert (caught.value.permanent, caught.value.code, caught.value.unreachable) == (False, "connection", True)


def test_a_server_that_says_nothing_passes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(SendError) as caught:
        send_mail(server(silent.getsockname()[1], timeout=0.3), composed())
    assert (caught.value.permanent, caught.value.code, caught.value.unreachable) == (False, "timeout", True)


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> trustme.CA:
    found = trustme.CA()
    found.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return found


def context(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(tls)
    return tls


def login(accepts: str) -> Callable[..., AuthResult]:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == accepts.encode(), handled=False)

    return check


def test_starttls_protects_the_conversation(authority: trustme.CA) -> None:
    handler = Handler()
    with smtp(handler, tls_context=context(authority), require_starttls=True) as port:
        send_mail(server(port, security="starttls"), composed())
    assert len(handler.envelopes) == 1


def test_a_login_goes_by_starttls(authority: trustme.CA) -> None:
    handler = Handler()
    options = {"tls_context": context(authority), "require_starttls": True, "auth_required": True}
    with smtp(handler, authenticator=login("geheim"), **options) as port:
        send_mail(server(port, security="starttls", user="monitor", password="geheim"), composed())
    assert len(handler.envelopes) == 1


def test_a_wrong_password_passes_and_is_not_shown(authority: trustme.CA) -> None:
    options = {"tls_context": context(authority), "require_starttls": True, "auth_required": True}
    with smtp(Handler(), authenticator=login("geheim"), **options) as port, pytest.raises(SendError) as caught:
        send_mail(server(port, security="starttls", user="monitor", password="falsch"), composed())
    assert (caught.value.permanent, caught.value.code, caught.value.unreachable) == (False, "535", True)
    assert "falsch" not in str(caught.value)


def test_a_server_without_starttls_gets_nothing_in_the_clear() -> None:
    handler = Handler()
    with smtp(handler) as port, pytest.raises(SendError) as caught:
        send_mail(server(port, security="starttls"), composed())
    assert (caught.value.permanent, caught.value.code, handler.envelopes) == (False, "refused", [])


@pytest.mark.parametrize(("security", "option"), [("starttls", "tls_context"), ("tls", "ssl_context")])
def test_a_certificate_of_another_name_is_refused(security: str, option: str, authority: trustme.CA) -> None:
    handler = Handler()
    options: dict[str, Any] = {option: context(authority, "mail.example.jp")}
    with smtp(handler, **options) as port, pytest.raises(SendError) as caught:
        send_mail(server(port, security=security), composed())
    assert (caught.value.code, handler.envelopes) == ("tls", [])


def test_a_password_is_not_shown_with_the_server() -> None:
    assert "geheim" not in repr(server(25, password="geheim"))


@pytest.mark.parametrize("subject", ["a\r\nBcc: evil@example.jp", "a\nb"])
def test_a_subject_with_a_line_break_adds_no_header(subject: str) -> None:
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        composed(message=FrozenMessage(subject=subject, text="t", html=None))


@pytest.mark.parametrize(
    "text",
    ["", "desk", "a@b@c", "a b@example.jp", "a@example.jp\r\nBcc: x@y", "a@example.jp, b@x.jp", "@x", "x@"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NotifyError, match="no mail address"):
        address_of(text)


def test_letters_before_the_at_sign_that_few_servers_take_are_refused() -> None:
    with pytest.raises(NotifyError, match="ASCII before the @"):
        address_of("田中@example.jp")


def test_a_japanese_domain_goes_in_ascii() -> None:
    assert address_of("desk@日本語.jp").addr_spec == "desk@xn--wgv71a119e.jp"


@pytest.mark.parametrize(
    "subject",
    [
        "[Removed] 無線システムの普及支援 — 総務省「地域情報通信振興 支援施策」",
        "[Renamed] 地域活性化に向けた支援 → 地域経済の活性化に向けた支援 (local 5G) " + "と長い題名" * 20,
        "【変更】富士通株式会社(全国5G)開発供給計画:令和6年1月23日変更",
    ],
)
def test_no_space_of_a_subject_is_lost_where_it_is_folded(subject: str) -> None:
    raw = composed(message=FrozenMessage(subject=subject, text="x", html=None)).as_bytes()
    assert all(len(line) <= 78 for line in raw.splitlines() if line.startswith((b"Subject", b" ")))
    # As RFC 2047 has it: white space between encoded words belongs to none of them.
    decoded = str(make_header(decode_header(message_from_bytes(raw)["Subject"])))
    assert decoded == subject
