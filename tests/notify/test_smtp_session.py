"""One session with a mail server for many messages: kept while it lasts, made anew when it breaks, nothing doubled."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from notify.errors import SendError
from notify.smtp import MailSession
from tests.notify.test_mail import Handler, authority, composed, context, login, server, smtp  # noqa: F401  (a fixture)

HANG_UP = "hang up"
LATE = "late"  # after longer than a session with little patience waits


@dataclass
class Script:
    """What a server answers instead of 250, by the how-manieth command of that name it is; what it was told."""

    answers: dict[tuple[str, int], str] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)
    sessions: int = 0
    taken: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def answer(self, command: str) -> str:
        self.commands.append(command)
        usual = "354 go on" if command == "DATA" else "250 OK"
        return self.answers.get((command, self.commands.count(command)), usual)


class _Conversation(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        script = self.server.script
        script.sessions += 1
        self._say(script.answers.get(("GREETING", script.sessions), "220 ready"))
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            command = line.split(maxsplit=1)[0].upper()
            answer = script.answer("MAIL" if command == "MAIL" else command)
            if answer == HANG_UP or (answer == LATE and script.is_over.wait(1.5)):
                return
            if command == "RCPT":
                recipient = line
            if command == "DATA" and answer.startswith("354"):
                self._say(answer)
                while self.rfile.readline() != b".\r\n":
                    pass
                answer = script.answer("END")
                if answer == LATE:
                    script.is_over.wait(1.5)
                    answer = "250 OK"
                if answer.startswith("250"):
                    script.taken.append(recipient.partition("<")[2].strip(">"))
                if answer == HANG_UP:
                    return
            self._say(answer)
            if command == "QUIT" or answer.startswith("421"):
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.script = script


@contextmanager
def scripted(values: dict[str, Any] | None = None, /, **answers: str) -> Iterator[tuple[Script, MailSession]]:
    """A server and a session with it, as `values` have it; `RCPT_2="450 later"` answers the second RCPT it is told."""
    script = Script({(name.split("_")[0], int(name.split("_")[1])): said for name, said in answers.items()})
    with _Server(script) as listening:
        threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
        with MailSession(server(listening.server_address[1], **(values or {}))) as session:
            yield script, session
        script.is_over.set()
        listening.shutdown()


def send(session: MailSession, *names: str) -> list[str]:
    """Send to these, and the codes of the failures."""
    failures = []
    for name in names:
        try:
            session.send(composed(recipient=f"{name}@example.jp"))
        except SendError as error:
            failures.append(error.code)
    return failures


def test_all_messages_of_a_session_go_by_one_connection() -> None:
    with scripted() as (script, session):
        assert send(session, "a", "b", "c") == []
    assert (script.sessions, script.taken) == (1, ["a@example.jp", "b@example.jp", "c@example.jp"])


def test_at_its_end_it_takes_leave() -> None:
    with scripted() as (script, session):
        send(session, "a")
    assert script.commands[-1] == "QUIT"


@pytest.mark.parametrize("step", ["RCPT_2", "DATA_2", "END_2"])
def test_a_refused_message_leaves_the_session_to_the_next(step: str) -> None:
    with scripted(**{step: "550 5.7.1 no"}) as (script, session):
        assert send(session, "a", "b", "c") == ["550"]
    assert (script.sessions, script.taken) == (1, ["a@example.jp", "c@example.jp"])
    assert script.commands.count("RSET") == 1


@pytest.mark.parametrize("answer", [HANG_UP, "421 4.4.2 idle for too long", "451 4.7.0 too many messages"])
def test_a_session_that_the_server_ended_between_two_messages_is_made_anew(answer: str) -> None:
    with scripted(MAIL_2=answer) as (script, session):
        assert send(session, "a", "b") == []
    assert (script.sessions, script.taken) == (2, ["a@example.jp", "b@example.jp"])


@pytest.mark.parametrize("answer", [HANG_UP, "421 4.3.2 shutting down"])
def test_a_session_lost_after_a_refusal_is_made_anew(answer: str) -> None:
    with scripted(RCPT_1="550 5.1.1 no", RSET_1=answer) as (script, session):
        assert send(session, "a", "b") == ["550"]
    assert (script.sessions, script.taken) == (2, ["b@example.jp"])


@pytest.mark.parametrize("step", ["RCPT_2", "DATA_2", "END_2"])
def test_a_message_in_which_the_session_breaks_fails_for_now_and_the_next_goes_out(step: str) -> None:
    """It may have been taken: only its next attempt, under the same Message-ID, can tell."""
    with scripted(**{step: HANG_UP}) as (script, session):
        assert send(session, "a", "b", "c") == ["connection"]
    assert (script.sessions, script.taken) == (2, ["a@example.jp", "c@example.jp"])


def test_a_message_is_never_handed_over_twice_by_one_call() -> None:
    with scripted(END_1=HANG_UP) as (script, session):
        assert send(session, "a") == ["connection"]
    assert script.commands.count("DATA") == 1


@pytest.mark.parametrize(("step", "unreachable"), [("MAIL_1", True), ("RCPT_1", False), ("END_1", False)])
def test_a_server_that_shuts_down_is_out_of_reach_unless_it_is_for_a_recipients_sake(
    step: str, unreachable: bool
) -> None:
    with scripted(**{step: "421 4.3.2 shutting down"}) as (script, session):
        with pytest.raises(SendError) as caught:
            session.send(composed())
        assert send(session, "b") == []
    assert (caught.value.code, caught.value.unreachable, caught.value.permanent) == ("421", unreachable, False)
    assert script.sessions == 2


def test_a_long_session_is_made_anew_before_the_server_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notify.smtp._MESSAGES_A_SESSION", 2)
    with scripted() as (script, session):
        assert send(session, "a", "b", "c") == []
    assert (script.sessions, len(script.taken)) == (2, 3)


IMPATIENT = {"timeout": 0.3}


def test_a_server_may_look_at_a_message_for_longer_than_at_a_command() -> None:
    with scripted(IMPATIENT, END_1=LATE) as (script, session):
        assert send(session, "a") == []
    assert script.taken == ["a@example.jp"]


@pytest.mark.parametrize("first", ["250 OK", "554 5.6.0 no"])
def test_after_a_message_a_session_is_as_impatient_as_before(first: str) -> None:
    with scripted(IMPATIENT, END_1=first, RCPT_2=LATE) as (_, session):
        assert send(session, "a", "b")[-1:] == ["timeout"]


@pytest.mark.parametrize("step", ["RCPT_1", "DATA_1", "END_1"])
@pytest.mark.parametrize("printed", ["desk@example.jp", "Desk@Example.JP"])
def test_of_what_a_server_says_in_refusing_no_address_is_kept(step: str, printed: str) -> None:
    refusal = f"550 5.1.1 <{printed}>: no such user, {printed}"
    with scripted(**{step: refusal}) as (_, session), pytest.raises(SendError) as caught:
        session.send(composed(recipient="desk@example.jp"))
    assert caught.value.why == "550 5.1.1 <d…@example.jp>: no such user, d…@example.jp"


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"EHLO_1": "250-127.0.0.1\r\n250 AUTH PLAIN LOGIN"}, id="not offered"),
        pytest.param({"EHLO_1": "250-127.0.0.1\r\n250 STARTTLS", "STARTTLS_1": "454 4.7.0 no TLS"}, id="refused"),
        pytest.param({"EHLO_1": "502 what?", "HELO_1": "250 127.0.0.1"}, id="no extensions at all"),
    ],
)
def test_where_protection_is_taken_out_on_the_way_nothing_is_said(answers: dict[str, str]) -> None:
    protected = {"security": "starttls", "user": "monitor", "password": "geheim"}
    with scripted(protected, **answers) as (script, session):
        assert len(send(session, "a")) == 1
    assert {"AUTH", "MAIL", "RCPT", "DATA"}.isdisjoint(script.commands)


def test_where_a_server_does_not_serve_us_its_own_words_say_why() -> None:
    with scripted(GREETING_1="554 5.7.1 your host is on a list") as (_, session), pytest.raises(SendError) as caught:
        session.send(composed())
    assert (caught.value.code, caught.value.why) == ("554", "554 5.7.1 your host is on a list")


def test_what_a_server_lacks_is_named() -> None:
    protected = {"security": "starttls"}
    with scripted(protected, EHLO_1="250 127.0.0.1") as (_, session), pytest.raises(SendError) as caught:
        session.send(composed())
    assert "STARTTLS" in caught.value.why


def test_a_server_gone_before_the_farewell_is_no_failure() -> None:
    with scripted(QUIT_1=HANG_UP) as (script, session):
        assert send(session, "a") == []
    assert len(script.taken) == 1


# The server does not see that it stands behind TLS from the start.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_messages_share_a_protected_session_and_its_login(security: str, authority: Any) -> None:  # noqa: F811
    handler, logins = Handler(), 0

    def counted(*arguments: Any) -> Any:
        nonlocal logins
        logins += 1
        return login("geheim")(*arguments)

    options: dict[str, Any] = {"tls_context": context(authority), "require_starttls": True}
    if security == "tls":
        options = {"ssl_context": context(authority), "auth_require_tls": False}
    with smtp(handler, authenticator=counted, auth_required=True, **options) as port:
        values = {"security": security, "user": "monitor", "password": "geheim"}
        with MailSession(server(port, **values)) as session:
            assert send(session, "a", "b", "c") == []
    assert (len(handler.envelopes), logins) == (3, 1)
